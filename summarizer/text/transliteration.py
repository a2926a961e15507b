"""Make spellings of one name comparable: plain letters, other scripts in Latin ones, consonant skeletons."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

from .folding import fold

Script = Literal["latin", "cyrillic", "greek", "arabic", "hebrew", "han", "kana", "hangul", "other"]

_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x1E00, 0x1EFF, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x1F00, 0x1FFF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x3040, 0x30FF, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "hangul"),
)
# One letter, several codes: Arabic and Persian keyboards, spelling habits, the tatweel that only stretches a word.
_ALIKE = {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "ٱ": "ا", "ґ": "г"}
_KANA_MARKS = "\u3099\u309a"

# Groups of letters that write one sound in some romanisation. Longest first; the results are classes, not letters.
_SOUNDS = re.compile(
    r"shch|tsch|tsh|dzh|sch|tch|sh|ch|cz|sz|zh|dj|kh|gh|th|dh|ph|ck|ts|tz|ks|x|qu|c(?=[eiy])|[a-z]", flags=re.ASCII
)
_CLASS = (
    dict.fromkeys(("shch", "tsch", "tsh", "dzh", "sch", "tch", "sh", "ch", "cz", "sz", "zh", "dj", "j"), "J")
    | dict.fromkeys(("k", "q", "c", "ck", "kh", "qu"), "K")
    | dict.fromkeys(("s", "z", "ts", "tz"), "S")
    | {"c ": "S", "ks": "KS", "x": "KS", "g": "G", "gh": "G", "th": "T", "dh": "D", "ph": "F", "t": "T", "d": "D"}
    | {"b": "B", "p": "P", "f": "F", "v": "F", "l": "L", "r": "R", "m": "M", "n": "N"}
)
# What a script's spelling does not tell apart; applied to both sides.
_MERGES: dict[Script, dict[int, int]] = {
    "arabic": str.maketrans("PGJ", "BKK"),
    "hebrew": str.maketrans("PF", "BB"),
    "kana": str.maketrans("LJF", "RSB"),
    "hangul": str.maketrans("LGBDFJ", "RKPTPS"),
    "han": str.maketrans("LGJ", "RKJ"),
}


@lru_cache(maxsize=8192)
def plain_char(char: str) -> str:
    """One character as `plain` writes it: none, one or more; lets callers keep offsets."""
    parts = unicodedata.normalize("NFKD", char.casefold())
    kept = "".join(part for part in parts if not unicodedata.combining(part) or part in _KANA_MARKS)
    out: list[str] = []
    for part in unicodedata.normalize("NFC", kept):
        if part in _ALIKE:
            out.append(_ALIKE[part])
        elif not part.isascii() and script_of(part) == "latin" and part.isalpha():
            out.append(anyascii(part).lower())
        else:
            out.append(part)
    return "".join(out)


def plain(text: str) -> str:
    """Fold, and take off accents and other marks that writers leave out ("Séoul", "seoul"; "إعلام", "اعلام")."""
    return "".join(map(plain_char, fold(text)))


@lru_cache(maxsize=8192)
def _script_of_code(code: int) -> Script:
    return next((script for low, high, script in _RANGES if low <= code <= high), "other")


def script_of(text: str) -> Script:
    """The script of the first letter of `text`; Han beside kana is kana."""
    found: Script = "other"
    for char in text:
        if not char.isalpha():
            continue
        script = _script_of_code(ord(char))
        if found == "other":
            found = script
        if found != "han":
            return found
        if script == "kana":
            return "kana"
    return found


@lru_cache(maxsize=65536)
def romanise(text: str) -> str:
    """Latin small letters for a text of any script, other signs dropped; Han becomes pinyin, without tones."""
    letters = anyascii(text).lower()
    if script_of(text) == "greek":
        letters = letters.replace("mp", "b").replace("nt", "d").replace("gk", "g")
    return re.sub(r"[^a-z]", "", letters)


@lru_cache(maxsize=65536)
def skeleton(text: str, script: Script = "latin") -> str:
    """The consonants of a name as sound classes, as far as `script` tells them apart.

    "Zelensky", "Зеленський" and "زيلينسكي" have one skeleton; doubled letters count once, h, w, y and vowels not at all
    (an initial w sounds as v does). Compare two names under the script of the one that is not Latin.
    """
    letters = re.sub(r"(.)\1+", r"\1", romanise(text))
    if script == "hebrew":
        letters = letters[:1] + letters[1:].replace("v", "")
    if letters[:1] == "w" and script_of(text) != "arabic":
        letters = "v" + letters[1:]
    found = [_CLASS.get("c " if sound == "c" and _soft(letters, end) else sound, "") for sound, end in _sounds(letters)]
    return "".join(found).translate(_MERGES.get(script, {}))


def _sounds(letters: str) -> list[tuple[str, int]]:
    return [(match.group(), match.end()) for match in _SOUNDS.finditer(letters)]


def _soft(letters: str, end: int) -> bool:
    return letters[end : end + 1] in ("e", "i", "y") and end < len(letters)
