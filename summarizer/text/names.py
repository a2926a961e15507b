"""Proper names: find them in a question, check them against a text in any language, tell whether two are one."""

import re
from functools import lru_cache
from itertools import pairwise

from .lexicon import words as listed
from .proper import calendar, proper_names
from .spelling import STEM_MIN, inflected, kana_fits, near, pinyin_fits, sounds_alike
from .territories import place_in, places_of, territories_in
from .tokens import Word, words_of
from .transliteration import Script, plain, romanise, script_of, skeleton

__all__ = ["name_in", "proper_names", "same_name"]

_CASELESS: tuple[Script, ...] = ("arabic", "hebrew", "han", "kana", "hangul", "other")
_SHOUTED = 3  # letters of an acronym that may be a common word in small letters
_SOLID: tuple[Script, ...] = ("han", "kana", "hangul")
_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmyrwjf]|[knhmrgbp]y|sh|ch|ts|kk|tt|pp|ss)?[aeiou]|n(?![aeiou]))+\Z")
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_KATAKANA = re.compile(r"[\u30a1-\u30ff]{2,}")


def _base(language: str | None) -> str | None:
    return language.replace("_", "-").split("-")[0].lower() if language else None


# --- is the name in the text? ---


@lru_cache(maxsize=4096)
def name_in(name: str, text: str, language: str | None = None) -> bool:
    """Whether `text`, in `language` (BCP 47; None: unknown), supports `name`, written in any language.

    Supported: spelt there (case, accents, inflection and near spellings aside), a place or body that CLDR or the
    lexicon names there, a transliteration, an acronym with its words or the reverse. In a text of another language,
    ordinary words of a name ("Ministry", "Old Bridge") are translated and prove nothing; given names may be missing.
    """
    sought = plain(name).strip(" \"'.,;:!?()[]")
    shouted = len(sought) <= _SHOUTED and name.isupper()
    if not sought or (_spelt(sought, plain(text)) and not shouted):
        return True
    if shouted and script_of(name) in ("latin", "cyrillic") and _shouts(sought, text):
        return True
    if any(place_in(place, text, language) for place in places_of(name)):
        return True
    skipped = listed("names", "particles") | listed("names", "titles") | calendar()
    words = [word for word in words_of(name) if word.plain not in skipped and word.text != "s"]
    scripts = _scripts(text)
    foreign = _base(language) != "en" or bool(scripts - {"latin"})
    if foreign:
        words = [word for word in words if word.plain not in listed("names", "ordinary") or not word.text.istitle()]
    if not words:
        return True
    held = [_word_in(word, text, language) for word in words]
    if all(held):
        return True
    if len(words) == 1 and _acronym_in(words[0], text):
        return True
    if len(words) > 1 and _initials_in(words, text):
        return True
    crossing = bool(scripts - {"latin"}) and script_of(name) == "latin"
    if crossing and len(words) > 1 and 2 * sum(held) >= len(words) and (held[0] or held[-1]):
        return True
    return _solid_in(name, words, text)


@lru_cache(maxsize=64)
def _scripts(text: str) -> frozenset[Script]:
    """Scripts of at least a tenth of the words."""
    words = [word for word in words_of(text) if word.script != "other"]
    scripts = [word.script for word in words]
    return frozenset(script for script in set(scripts) if scripts.count(script) >= len(scripts) / 10)


def _spelt(sought: str, text: str) -> bool:
    if script_of(sought) in _SOLID:
        return sought.replace(" ", "") in text.replace(" ", "")
    pattern = r"(?<!\w)" + r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", sought))) + r"(?!\w)"
    return re.search(pattern, text) is not None


def _shouts(acronym: str, text: str) -> bool:
    """Whether a short acronym stands in the text as one: "US" is not "us"."""
    return any(word.plain == acronym and word.text.isupper() for word in words_of(text))


def _word_in(word: Word, text: str, language: str | None) -> bool:
    if word.text.isupper() and 1 < len(word.plain) <= _SHOUTED and word.script in ("latin", "cyrillic"):
        return _shouts(word.plain, text) or any(place_in(place, text, language) for place in places_of(word.text))
    places = places_of(word.text)
    if places:
        return any(place_in(place, text, language) for place in places) or any(
            word.plain in other.forms for other in _distinct(text)
        )
    if any(_supports(other, word) for other in _distinct(text)):
        return True
    others = words_of(text)
    # "Hezbollah" is two words in Arabic.
    pairs = pairwise(others)
    return len(word.plain) > STEM_MIN and any(
        one.script == two.script
        and one.script in ("arabic", "hebrew")
        and sounds_alike(word.plain, one.plain + two.plain)
        for one, two in pairs
    )


@lru_cache(maxsize=64)
def _distinct(text: str) -> tuple[Word, ...]:
    return tuple({(word.plain, word.capital): word for word in words_of(text)}.values())


def _supports(other: Word, word: Word) -> bool:
    """Whether one word of a text is a form of one word of a name."""
    if word.plain in other.forms:
        return True
    if other.script == "other" or other.script in _SOLID or not other.text[0].isalpha() or word.plain.isdigit():
        return False
    if other.script not in _CASELESS and not other.capital:
        # Adjectives from names are written small in most languages: "veldrien".
        return other.script == word.script and len(word.plain) > STEM_MIN and inflected(word.plain, other.plain)
    if other.script != word.script:
        return any(sounds_alike(word.plain, form) for form in other.forms)
    if any(inflected(word.plain, form) for form in other.forms):
        return True
    return near(word.plain, other.plain)


def _initial_letters(words: list[Word]) -> str:
    return "".join(word.plain[0] for word in words if word.plain not in listed("names", "particles"))


def _acronym_in(word: Word, text: str) -> bool:
    """Whether the text has the words of an acronym: "National Intelligence Service" for "NIS"."""
    if not (word.text.isupper() and 2 <= len(word.plain) <= 6):
        return False
    others = [other for other in words_of(text) if other.plain not in listed("names", "particles")]
    letters = "".join(other.plain[0] if other.capital else " " for other in others)
    return word.plain in letters


def _initials_in(words: list[Word], text: str) -> bool:
    """Whether the text has the acronym of these words: "NIS" for "National Intelligence Service"."""
    initials = _initial_letters(words)
    return len(initials) >= 3 and any(word.plain == initials and word.text.isupper() for word in words_of(text))


def _solid_in(name: str, words: list[Word], text: str) -> bool:
    """Transliterations inside Chinese and Japanese lines, where words are not set apart."""
    if script_of(name) != "latin":
        return False
    whole = [romanise(name), *(romanise(word.plain) for word in words if len(word.plain) > 2)]
    for run in _KATAKANA.findall(text):
        if any(kana_fits(piece, run) for piece in whole):
            return True
    kana = bool(re.search(r"[\u3040-\u30ff]", text))
    if kana:
        # Kanji have readings that only a dictionary knows: what may be a Japanese name cannot be refuted here.
        return bool(_HAN_RUN.search(text)) and all(_ROMAJI.match(romanise(word.plain)) for word in words)
    return any(pinyin_fits(piece, run) for piece in whole for run in _HAN_RUN.findall(text))


# --- are two names one? ---


@lru_cache(maxsize=8192)
def same_name(a: str, b: str) -> bool:
    """Whether two names denote the same: spelling, accents, script, titles, initials and missing given names aside.

    Different digits or different places never do. "Syrskyi", "O. Syrsky" and "Gen. Oleksandr Syrskyi" do.
    """
    one, two = plain(a), plain(b)
    if one == two:
        return True
    if set(re.findall(r"\d+", one)) != set(re.findall(r"\d+", two)):
        return False
    left, right = places_of(a), places_of(b)
    if left and right:
        return bool(left & right)
    if not any(char.isalnum() for char in one) or not any(char.isalnum() for char in two):
        return False
    here, there = territories_in(a), territories_in(b)
    if here and there and not here & there:
        return False
    return any(_same_words(first, second) for first in _readings(a) for second in _readings(b))


def _readings(name: str) -> list[list[Word]]:
    """A name without titles, as a whole, without its brackets, and what the brackets hold."""
    pieces = [name, re.sub(r"\([^()]*\)", " ", name), *re.findall(r"\(([^()]*)\)", name)]
    titles = listed("names", "titles")
    readings = []
    for piece in dict.fromkeys(pieces):
        words = [word for word in words_of(piece) if word.text not in ("s", "S")]
        core = [word for word in words if word.plain not in titles and word.plain not in listed("names", "particles")]
        if core or words:
            readings.append(core or words)
    return readings


def _same_words(one: list[Word], two: list[Word]) -> bool:
    if len(one) > len(two):
        one, two = two, one
    if len(one) == 1 and _acronym_of(one[0], two):
        return True
    if len(two) == 1 and _acronym_of(two[0], one):
        return True
    if any(word.script in _SOLID for word in (one[0], two[0])):
        return _same_solid("".join(word.text for word in one), "".join(word.text for word in two))
    if len(one) == len(two):
        by_name = sorted(one, key=lambda word: word.plain), sorted(two, key=lambda word: word.plain)
        if all(left.plain == right.plain for left, right in zip(*by_name, strict=True)):
            return True
        if not all(_same_word(left, right) for left, right in zip(one, two, strict=True)):
            return False
        return (len(one[-1].plain) > 1 and len(two[-1].plain) > 1) or one[-1].plain == two[-1].plain
    return _part_of(one, two)


def _part_of(few: list[Word], many: list[Word]) -> bool:
    """Whether `few` is the surname, or a selection in order that ends in it; East Asian surnames come first."""
    rest = iter(many)
    if _same_word(few[-1], many[-1]) and len(few[-1].plain) > 1:
        return all(any(_same_word(word, other) for other in rest) for word in few)
    first = few[0].plain
    return len(few) == 1 and first == many[0].plain and first in listed("names", "family_first")


def _same_word(one: Word, two: Word) -> bool:
    if one.plain == two.plain:
        return True
    if one.plain.isdigit() or two.plain.isdigit():
        return False
    if one.script != two.script:
        return sounds_alike(one.plain, two.plain) or sounds_alike(two.plain, one.plain)
    if min(len(one.plain), len(two.plain)) == 1:
        return one.plain[0] == two.plain[0]
    short, long = sorted((one.plain, two.plain), key=lambda text: (len(text), text))
    if one.script == "latin" and len(short) >= STEM_MIN and near(short, long):
        return True
    inflecting = one.script not in ("latin", "other")
    return inflecting and len(short) >= STEM_MIN and inflected(short, long)


def _acronym_of(word: Word, words: list[Word]) -> bool:
    # In Latin capitals; elsewhere nothing tells an acronym from a word.
    return (
        word.text.isupper()
        and len(words) > 1
        and 2 <= len(word.plain) == len(words)
        and (word.plain == _initial_letters(words))
    )


def _same_solid(one: str, two: str) -> bool:
    solid, other = (one, two) if script_of(one) in _SOLID else (two, one)
    if script_of(other) in _SOLID:
        short, long = sorted((solid, other), key=len)
        return len(short) >= 2 and long.endswith(short)
    script = script_of(solid)
    sound = skeleton(other, script)
    if script == "kana":
        return len(sound) >= 2 and sound == skeleton(solid, script)
    return len(sound) >= 2 and (romanise(solid) == romanise(other) or pinyin_fits(romanise(other), solid))
