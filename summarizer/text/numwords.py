"""Numbers written in words: text2num for the languages it reads, tables inverted from num2words for the others."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

from .folding import fold
from .lexicon_scales import Scale, scales, word_key
from .lexicon_small import none_words, small_words
from .numerals import Atom

LIBRARY_LANGUAGES = frozenset({"en", "fr", "es", "pt", "de", "it", "nl", "da"})  # what text2num 3.1 reads
_SAME = {"nb": "no", "nn": "no", "hr": "sr", "bs": "sr", "sh": "sr", "ms": "id", "kk": "kz", "iw": "he", "in": "id"}
_MARKS = "".join(chr(c) for c in range(0x300, 0x1C00) if unicodedata.category(chr(c)) in ("Mn", "Mc")) + "\u200c\u200d"
_WORD = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+")
_APOSTROPHE_WORD = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+(?:['’ʼ](?:[^\W\d_][{_MARKS}]*)+)*")
_NOT_ONE = frozenset({"unos", "unas", "uns", "umas"})  # "some", though text2num reads them as 1
_ROUND = (100, 200, 300, 500, 1000, 2000, 5000)  # spelled with a small number and the word for hundred or thousand
_LINKS = {"no": "og", "is": "og", "vi": "lẻ", "fa": "و", "ar": "و"}  # "and" where numbers up to 99 do not show it
_GLUED = frozenset({"tr", "hu", "fi", "sk", "sv", "sl"})  # whole numbers are written as one word
_CASE_ENDINGS = frozenset({"и", "ью", "і", "ьох", "ьома", "ьом", "u", "i"})


class Word(NamedTuple):
    """A word of a text with its lookup form."""

    start: int
    end: int
    key: str


class _Token:
    """One word as text2num wants it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: "_Token") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def base_language(language: str | None) -> str | None:
    """Primary subtag of a BCP 47 tag, as the tables here name it ("nb-NO" is "no"); None if unknown."""
    if not language or language.casefold() in ("und", "mul", "zxx"):
        return None
    subtag = re.split(r"[-_]", language.casefold())[0]
    return _SAME.get(subtag, subtag)


def words(text: str, language: str | None) -> list[Word]:
    """Words of a text: letters with their marks, digits left out. Ukrainian keeps its apostrophes."""
    pattern = _APOSTROPHE_WORD if language in ("uk", "be") else _WORD
    return [Word(m.start(), m.end(), word_key(m.group())) for m in pattern.finditer(text)]


@lru_cache(maxsize=32)
def _table(language: str) -> tuple[dict[str, float], dict[str, float], frozenset[str], dict[str, float]]:
    """Inverse of num2words for a language: single words, multiplying words, links ("and"), stems of long words."""
    numbers = dict(small_words(language))
    multiply: dict[str, float] = {}
    links: set[str] = set()
    module = import_module("num2words")
    spell = module.num2words
    if language in module.CONVERTER_CLASSES and language not in ("ja", "ko"):
        wanted = [*range(1000), *range(1000, 1000000, 1000), 10**6, 10**9]
        for value in wanted:
            try:
                spelled = [word_key(word) for word in re.split(r"[\s-]+", spell(value, lang=language)) if word]
            except (NotImplementedError, TypeError, ValueError, KeyError, IndexError, OverflowError):
                continue
            if len(spelled) == 1:
                numbers.setdefault(spelled[0], float(value))
            elif len(spelled) == 2 and value in _ROUND and numbers.get(spelled[0]) in (1, 2, 3, 5):
                multiply.setdefault(spelled[1], value / numbers[spelled[0]])
            elif len(spelled) == 3 and value in (21, 25, 32) and spelled[0] in numbers and spelled[2] in numbers:
                links.add(spelled[1])
    numbers |= small_words(language)
    if prefix := {"ar": "و", "he": "ו"}.get(language):
        numbers |= {prefix + word: value for word, value in numbers.items() if value < 1000 and len(word) > 1}
    links.add(word_key(_LINKS.get(language, "")))
    inflected = language in ("ru", "uk", "be", "cs", "sk", "sl", "sr", "bg")
    long_words = {word: value for word, value in numbers.items() if len(word) >= 7 and 11 <= value <= 90}
    stems = {word[:-1]: value for word, value in long_words.items() if inflected}
    return numbers, multiply, frozenset(links), stems


def _look_up(key: str, language: str) -> tuple[float, bool] | None:
    """Value of one word by the tables, and whether it is an ordinal."""
    numbers, _, _, stems = _table(language)
    if key in numbers:
        return numbers[key], False
    for cut in range(1, 4):
        if (value := stems.get(key[:-cut])) is not None:
            return value, key[-cut:] not in _CASE_ENDINGS
    for cut in range(3, len(key) - 1) if language in _GLUED else ():  # "binikiyüz", "ezerkétszáz"
        thousands, rest = numbers.get(key[:cut], 0.0), numbers.get(key[cut:], 1000.0)
        if thousands >= 1000 > rest:
            return thousands + rest, False
    return None


def scale_of(word: Word, language: str | None) -> Scale | None:
    """Return the magnitude word that `word` is, if any: Arabic ones also with article or preposition."""
    table = scales(language)
    if (scale := table.get(word.key)) is not None:
        return scale
    if language == "ar":
        for prefix in ("وال", "بال", "ال", "لل", "و", "ب", "ل"):
            if word.key.startswith(prefix) and (scale := table.get(word.key.removeprefix(prefix))) is not None:
                return scale
    if language in (None, "th") and word.key[:1] >= "\u0e01" and word.key[:1] <= "\u0e4e":  # Thai writes no spaces
        return next((s for known, s in scales("th").items() if word.key.startswith(known)), None)
    if language not in LIBRARY_LANGUAGES and language is not None:
        value = _table(language)[1].get(word.key)
        return Scale(value) if value is not None else None
    return None


def near(text: str, left: int, right: int) -> bool:
    """Whether only a space or a hyphen, or nothing, stands between two offsets."""
    return right - left <= 4 and fold(text[left:right]) in ("", "-") and "\n\n" not in text[left:right]


def follows_any(text: str, ends: set[int], start: int) -> bool:
    """Whether one of the offsets `ends` lies directly before `start`, parted by no more than a space or a hyphen."""
    return any(end in ends and near(text, end, start) for end in range(start - 3, start + 1))


def none_spans(text: str, language: str) -> list[Atom]:
    """Words that say zero: "no one", "nadie"."""
    pattern = none_words(language)
    if not pattern:
        return []
    found = re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)
    return [Atom(m.start(), m.end(), 0.0, "done") for m in found]


def value_of(word: Word, language: str) -> float | None:
    """Value of a word that is a number by itself; None for any other."""
    if word.key in _NOT_ONE:
        return None
    if word.key in small_words(language):
        return small_words(language)[word.key]
    if language in LIBRARY_LANGUAGES:
        spans = _transcribe([word], language)
        return spans[0][2] if spans else None
    known = _look_up(word.key, language)
    return known[0] if known else None


def _spelling(word: str, language: str) -> str:
    # text2num knows "centoottanta" but not the usual elision "centottanta".
    return word.replace("centott", "centoott") if language == "it" else word


def _transcribe(run: Sequence[Word], language: str) -> list[tuple[int, int, float, bool]]:
    """Run text2num on words that follow each other: first and last index (exclusive), value, ordinal."""
    occurrences = import_module("text_to_num").find_numbers(
        [_Token(_spelling(word.key, language)) for word in run], language, 0.0
    )
    return [(o.start, o.end, float(o.value), bool(o.is_ordinal)) for o in occurrences]


def number_words(text: str, found: Sequence[Word], language: str, taken: set[int]) -> list[Atom]:
    """Parts of numbers among words: number words and magnitude words, for `compose`."""
    atoms: list[Atom] = []
    run: list[Word] = []

    def flush() -> None:
        if run:
            atoms.extend(_library_atoms(run, language))
            run.clear()

    for word in found:
        scale = scale_of(word, language)
        if run and not near(text, run[-1].end, word.start):
            flush()
        follows = not run and (
            follows_any(text, taken, word.start) or bool(atoms and near(text, atoms[-1].end, word.start))
        )
        if scale is not None and (follows or language not in LIBRARY_LANGUAGES):
            if scale.flag not in ("d", "$") or follows:
                atoms.append(Atom(word.start, word.end, scale.value, "scale"))
        elif language in LIBRARY_LANGUAGES and word.key not in small_words(language):
            run.append(word)
        elif language in LIBRARY_LANGUAGES:  # the library stops here anyway; a magnitude may follow ("anderthalb …")
            flush()
            atoms.append(Atom(word.start, word.end, small_words(language)[word.key], "word"))
        elif (known := _look_up(word.key, language)) is not None:
            atoms.append(Atom(word.start, word.end, known[0], "word", ordinal=known[1]))
    flush()
    return atoms


def _library_atoms(run: Sequence[Word], language: str) -> list[Atom]:
    atoms: list[Atom] = []
    covered: set[int] = set()
    for first, end, value, ordinal in _transcribe(run, language):
        if end - first == 1 and (len(run[first].key) == 1 or run[first].key in _NOT_ONE):  # "o" is read as zero
            continue
        covered.update(range(first, end))
        atoms.append(Atom(run[first].start, run[end - 1].end, value, "done" if ordinal else "word", ordinal=ordinal))
    for index, word in enumerate(run):
        if index in covered:
            continue
        scale = scale_of(word, language)
        if scale is not None and scale.flag not in ("d", "$"):
            atoms.append(Atom(word.start, word.end, scale.value, "scale"))
    return sorted(atoms)


def links_between(text: str, left: int, right: int, language: str) -> bool:
    """Whether two parts of a number are joined by a space, a hyphen or the language's "and"."""
    gap = fold(text[left:right]).strip("- ")
    if not gap:
        return "\n\n" not in text[left:right]
    if language in LIBRARY_LANGUAGES:
        return False
    return word_key(gap) in _table(language)[2] or (language == "ro" and gap == "de")
