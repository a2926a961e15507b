"""Answers in words: how a value that code read is written in the output language."""

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from .schemas import DateValue, Name, Qualifier, Quantity, Text, Value, YesNo

_HEDGES = {
    Qualifier.ABOUT: "about {}",
    Qualifier.AT_LEAST: "at least {}",
    Qualifier.MORE_THAN: "more than {}",
    Qualifier.AT_MOST: "at most {}",
    Qualifier.LESS_THAN: "less than {}",
}
_VAGUE = (
    (2e9, "billions"),
    (2e8, "hundreds of millions"),
    (2e7, "tens of millions"),
    (2e6, "millions"),
    (2e5, "hundreds of thousands"),
    (2e4, "tens of thousands"),
    (2e3, "thousands"),
    (200, "hundreds"),
    (20, "dozens"),
    (3, "several"),
    (0, "a few"),
)
_YES_NO = {"yes": "yes", "no": "no", "uncommitted": "neither confirmed nor denied"}


def in_words(value: Value, language: str = "en") -> str:
    """The answer that `value` gives: "about 600", "thousands", "09:42", "neither confirmed nor denied"."""
    match value:
        case Quantity():
            return _quantity(value, language)
        case DateValue():
            return f"about {value.time}" if value.time and value.approximate else value.time or value.edtf
        case YesNo():
            return _YES_NO[value.answer]
        case Name():
            return value.name
        case Text():
            return value.text


def number(value: float, language: str = "en") -> str:
    """A number with the grouping of the output language; integers without decimals."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(format_decimal(int(value) if value == int(value) else round(value, 6), locale=locale))


def _quantity(value: Quantity, language: str) -> str:
    unit = {"percent": "%", None: ""}.get(value.unit, f" {value.unit}")
    if value.qualifier is Qualifier.VAGUE:
        low = value.low or 0
        return next(word for bound, word in _VAGUE if low >= bound) + unit
    if value.qualifier is Qualifier.BETWEEN and value.low is not None and value.high is not None:
        return f"{number(value.low, language)} to {number(value.high, language)}{unit}"
    return _HEDGES.get(value.qualifier, "{}").format(number(value.amount, language)) + unit
