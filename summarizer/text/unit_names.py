"""The measure that stands behind a figure, in the language of the text: "40 mètres", "10-year", "5 часов"."""

import re
from functools import cache
from itertools import product
from typing import Literal

from .folding import fold
from .numwords import base_language

_CLDR = {
    "length-kilometer": "km",
    "length-meter": "m",
    "length-centimeter": "cm",
    "length-mile": "miles",
    "length-foot": "feet",
    "length-inch": "inches",
    "length-yard": "yards",
    "mass-kilogram": "kg",
    "mass-tonne": "tonnes",
    "mass-ton": "tons",
    "area-hectare": "hectares",
    "area-acre": "acres",
    "volume-liter": "litres",
    "duration-year": "years",
    "duration-month": "months",
    "duration-week": "weeks",
    "duration-day": "days",
    "duration-hour": "hours",
    "duration-minute": "minutes",
    "duration-second": "seconds",
}
"""CLDR's names of units, and ours."""

_SHORT = {"km": "km", "cm": "cm", "kg": "kg", "m": "m", "ha": "hectares", "mi": "miles", "ft": "feet", "mm": "mm"}
_WORDS = ("m", "ha", "mi", "ft", "mm")  # behind a space these may be words, or millions
_BRITISH = {"kilometre": "km", "metre": "m", "centimetre": "cm", "tonne": "tonnes", "litre": "litres"}

_UNSPACED = ("zh", "ja", "ko", "th")
_SUM = re.compile(r"[$€£¥₽₹₩₴₺]\s?[\d.,]*$")
_JOINED = re.compile(
    r"(?:km|cm|mm|kg|ha|mi|ft|m)\b(?!\s?(?:euros?|dollars?|pounds?|francs?|people|personnes|personas|persone|users?)\b)"
)  # written on to the figure: "80m-deep", not "$80m"
_LENGTHS: tuple[Literal["long", "short"], ...] = ("long", "short")
_AMOUNTS = (1, 2, 3, 5, 11, 100, 1.5)  # CLDR's plural forms: one, two, few, many, other

MEASURES = frozenset({*_CLDR.values(), "mm"})
"""Every unit that `unit_behind` gives."""
DURATIONS = frozenset(name for key, name in _CLDR.items() if key.startswith("duration-"))
"""Those that measure time."""


def unit_behind(text: str, end: int, language: str | None) -> str | None:
    """The measure whose name begins behind `text[:end]`, after a space, a hyphen or nothing; None for none.

    Names in the text's language and in English, all their plural forms. Source: CLDR through Babel.
    """
    joined = _JOINED.match(text, end)
    if joined and not _SUM.search(text[:end]):
        return _SHORT[joined.group()]
    match = _names(base_language(language or "en") or "en").match(_plain(text[end : end + 40]))
    if match is None:
        return None
    return _by_name(base_language(language or "en") or "en")[match["name"]]


def measure_named(name: str, language: str | None) -> str | None:
    """The measure that a folded name is, if it is one; "m" is metres here, where nothing but a unit is expected."""
    return _by_name(base_language(language or "en") or "en").get(name) or {"m": "m"}.get(name)


def _plain(text: str) -> str:
    """Folded, without the vowel signs that Arabic writes or leaves out."""
    return re.sub("[\u064b-\u0652]", "", fold(text))


@cache
def _names(language: str) -> re.Pattern[str]:
    known = sorted(_by_name(language), key=len, reverse=True)
    end = "" if language in _UNSPACED else r"(?![^\W_])"
    return re.compile(rf"[\s-]*(?P<name>{'|'.join(map(re.escape, known))}){end}")


@cache
def _by_name(language: str) -> dict[str, str]:
    from babel import UnknownLocaleError
    from babel.units import UnknownUnitError, format_unit

    names = {name: unit for name, unit in _SHORT.items() if name not in _WORDS}
    for tag in dict.fromkeys((language, "en")):
        for key, unit in _CLDR.items():
            for amount, length in product(_AMOUNTS, _LENGTHS):
                try:
                    written = format_unit(amount, key, length=length, locale=tag)
                except (UnknownLocaleError, UnknownUnitError, ValueError):
                    continue
                name = _plain(re.sub(r"[\d.,٠-٩٫۰-۹]+", "", written))
                # CLDR gives its own key where a language has no name; a letter or two may be any word.
                if (length == "long" or len(name) > 2 or tag in _UNSPACED) and name and not name.startswith(key):
                    names.setdefault(name, unit)
    for name, unit in _BRITISH.items():
        names.update({name: unit, f"{name}s": unit})
    return names
