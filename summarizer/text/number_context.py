"""Tell numbers that count something from those that are part of a date, a time or a name."""

import re
from collections.abc import Sequence
from functools import lru_cache

from .folding import fold, fold_each
from .lexicon_hedges import hedges_before
from .numbers import Number
from .numwords import base_language


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_YEAR_CUE = re.compile(
    r"(?<!\w)(?:in|since|until|till|by|of|as of|from|during|early|late|en|depuis|seit|im|dal|nel|em|desde)\s*$"
)
_YEARS = re.compile(r"\W*(?:(?:from|between)\s)?(?:19|20)\d\d\s*(?:-|to|and|until)\s*(?:19|20)\d\d\W*")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}(?::\d{2}(?::\d{2})?|\s?[ap]\.?m\b\.?|\s?o'clock|h\d{2}(?!\d))", re.IGNORECASE)
_NUMERIC_DATE = re.compile(r"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{2,4})(?!\d)")
_NOT_NAMES = _words(
    "the these those all only just exactly some about around nearly almost roughly over under at least most up to no a "
    "an total with killed injured wounded dead yes probably reportedly officially another additional further it was "
    "were and us usd eur gbp chf jpy cny rub uah inr"
)


@lru_cache(maxsize=32)
def _months(language: str) -> re.Pattern[str]:
    """Month names of a language and English, longest first. Source: CLDR through Babel."""
    from babel import UnknownLocaleError
    from babel.dates import get_month_names

    names: set[str] = set()
    for tag in {language, "en"}:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                try:
                    names.update(get_month_names(width, context, locale=tag).values())
                except (UnknownLocaleError, ValueError):
                    continue
    spelled = {re.escape(name.rstrip(".")) for name in names if len(name) > 1 and not name[0].isdecimal()}
    known = sorted(spelled, key=len)
    return re.compile(rf"(?<!\w)(?:{'|'.join(reversed(known))})(?!\w)\.?")  # cased: "May" is a month, "may" is not


def without_dates(text: str, numbers: Sequence[Number], language: str) -> list[Number]:
    """Drop the numbers that are days, years or clock times."""
    flat = fold_each(text)
    spans = [m.span() for m in (*_CLOCK.finditer(flat), *_NUMERIC_DATE.finditer(flat))]
    months = [m.span() for m in _months(base_language(language) or "en").finditer(text)]
    kept = [n for n in numbers if not any(start <= n.start < end for start, end in spans)]
    kept = [n for n in kept if not any(_beside(text, n, month) for month in months)]
    return [n for n in kept if not _is_year(flat, n)]


def _beside(text: str, number: Number, month: tuple[int, int]) -> bool:
    """Whether a number is the day or year of a month: "17 December 2024", "Dec. 17, 2024", "the 17th of December"."""
    if number.vague or number.value != int(number.value) or not (1 <= number.value <= 31 or _yearlike(number)):
        return False
    if number.end <= month[0]:
        gap = text[number.end : month[0]]
        return number.value <= 31 and fold(gap) in ("", "of", "de", ".", "-")
    gap = text[month[1] : number.start]
    return re.fullmatch(r"[\s,.-]*(?:(?:the|of|de|del|\d{1,2}(?:st|nd|rd|th)?,?)\s+)?(?:\d{1,2},\s)?", gap) is not None


def _yearlike(number: Number) -> bool:
    return re.fullmatch(r"\d{4}", number.text) is not None and 1900 <= number.value <= 2099


def _is_year(flat: str, number: Number) -> bool:
    if not _yearlike(number):
        return False
    before, after = flat[: number.start], flat[number.end :]
    if _YEAR_CUE.search(before):
        return not re.match(r"\s+[^\W\d]", after) or re.match(r"\s+(?:and|to|or|when|as|during)\b", after) is not None
    alone = not before.strip(" ()~-") and not after.strip(" .()-")
    return (alone and number.value % 100 != 0) or _YEARS.fullmatch(flat) is not None


def is_identifier(text: str, number: Number, language: str) -> bool:
    """Whether a number belongs to a name: a capitalised word stands directly before it ("Boeing 737", "COVID-19")."""
    before = text[: number.start]
    match = re.search(r"([^\W\d_][\w.'’]*)[\s-]?$", before)
    if not match or not match.group(1)[0].isupper() or number.text[:1].isalpha():
        return False
    if fold(match.group(1)).strip(".'") in _NOT_NAMES:
        return False
    pattern, _ = hedges_before(base_language(language) or "en")
    return pattern.search(fold_each(before)) is None
