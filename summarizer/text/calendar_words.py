"""Names of months, weekdays and relative days in one language: CLDR's (babel, dateparser) and the press's own."""

import importlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .lexicon import load

MONTH_KEYS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAY_KEYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
UNITS = {"day": "d", "week": "w", "month": "m", "year": "y"}
MONTH_FIRST_REGIONS = {"US", "PH", "PR", "GU", "FM"}
NO_SPACE = {"zh", "ja", "yue", "th", "lo", "km", "my"}


def fold(form: str) -> str:
    """One spelling for lookups: composed, without case, dots, apostrophe variants and extra space."""
    text = unicodedata.normalize("NFC", form).lower().replace("i̇", "i").replace("ı", "i").rstrip(".")
    return re.sub(r"\s+", " ", re.sub("[’ʼ]", "'", text))


def _spellings(form: str) -> Iterator[str]:
    """`form`, and for Latin script also unaccented (wires: FEVRIER) and decomposed."""
    yield form
    decomposed = unicodedata.normalize("NFD", form)
    if decomposed != form and re.match(r"[A-Za-z]", decomposed):
        yield decomposed
        yield "".join(c for c in decomposed if not unicodedata.combining(c))


def alternation(forms: Iterable[str]) -> str:
    """A regular expression for any of `forms`, the longest first; one that never matches for none."""
    unique = sorted({s for form in forms for s in _spellings(form)}, key=lambda s: (-len(s), s))
    return "|".join(re.escape(s).replace(r"\ ", r"\s").replace("'", "['’ʼ]") for s in unique) or r"(?!)"


@dataclass(frozen=True)
class Lexicon:
    """What one language calls the parts of the calendar; keys of the tables are folded (see `fold`)."""

    language: str
    months: dict[str, int]
    short_months: frozenset[str]
    days: dict[str, int]
    short_days: frozenset[str]
    relative: dict[str, tuple[str, int, bool]]
    """phrase -> unit (d, w, m, y), offset, whether it means from the start of that unit until now."""
    counted: tuple[tuple[str, str, int], ...]
    """regular expression, unit, sign (-1: ago)"""
    numbers: dict[str, int]
    words: dict[str, str]
    cased: bool
    month_first: bool | None
    """12/17: the month first (True), the day first (False), or either (None)."""
    dotted: bool
    spaced: bool

    def word(self, key: str) -> str:
        """The regular expression under `key` in the press's words, or one that never matches."""
        return self.words.get(key) or r"(?!)"

    def careful(self, key: str) -> frozenset[str]:
        """The folded forms listed under `key`."""
        return frozenset(fold(form) for form in self.words.get(key, "").split())


def _table(packed: str) -> Iterator[tuple[str, list[str]]]:
    for entry in filter(None, packed.split(";")):
        key, _, forms = entry.partition(":")
        yield key, [form.strip() for form in forms.split(",")]


def _dateparser(base: str) -> dict[str, Any]:
    try:
        info: dict[str, Any] = importlib.import_module(f"dateparser.data.date_translation_data.{base}").info
    except ModuleNotFoundError:
        return {}
    return info


def _is_name(form: str) -> bool:
    plain = form.rstrip(".").replace("-", "").replace(" ", "").replace("ʼ", "").replace("'", "")
    return all(unicodedata.category(c)[0] in "LM" for c in plain) and len(plain) >= (2 if plain > "\u2e80" else 3)


def _names(
    keys: list[str], wide: dict[int, list[str]], short: dict[int, list[str]], info: dict[str, Any]
) -> tuple[dict[str, int], frozenset[str]]:
    full: dict[str, int] = {}
    brief: dict[str, int] = {}
    for number, key in enumerate(keys):
        length = min(5, *(len(form) for form in wide[number])) if wide[number] else 5
        for form in wide[number]:
            full[fold(form)] = number
        for form in [*short[number], *info.get(key, [])]:
            if _is_name(form) and fold(form) not in full:
                cut = any(name != fold(form) and name.startswith(fold(form)) for name in map(fold, wide[number]))
                (brief if cut or len(form.rstrip(".")) < length else full).setdefault(fold(form), number)
    both = {form: number for form, number in brief.items() if form not in full} | full
    every = {fold(s): number for form, number in both.items() for s in _spellings(form)}
    shorts = frozenset(fold(s) for form in both if form not in full for s in _spellings(form))
    return every, shorts


def _relative(info: dict[str, Any], words: dict[str, str]) -> dict[str, tuple[str, int, bool]]:
    found: dict[str, tuple[str, int, bool]] = {}
    for meaning, forms in info.get("relative-type", {}).items():
        match = re.fullmatch(r"(in )?(\d+) (day|week|month|year)( ago)?", meaning)
        if match and (match[1] or match[4]):
            offset = int(match[2]) * (1 if match[1] else -1)
            forms = [form for form in forms if form != "اليوم السابق"]  # "the day before", of whatever the text tells
            found |= {
                fold(form): (UNITS[match[3]], offset, False) for form in forms if len(form) > 2 or not form.isascii()
            }
    for code, forms in _table(words.get("relative", "")):
        match = re.fullmatch(r"([dwmy])(-?\d+)(<?)", code)
        if match:
            found |= {fold(form): (match[1], int(match[2]), bool(match[3])) for form in forms}
    return found


def _counted(fields: Any, info: dict[str, Any], numbers: str) -> Iterator[tuple[str, str, int]]:
    """Phrases such as "{0} days ago" in all plural forms, as one regular expression for each unit and direction."""
    for name, unit in UNITS.items():
        for when, sign, key in (("past", -1, f"\\1 {name} ago"), ("future", 1, f"in \\1 {name}")):
            templates = set((fields.get(name) or {}).get(when, {}).values())
            templates |= {re.sub(r"\(.*?\)", "{0}", form) for form in info.get("relative-type-regex", {}).get(key, [])}
            shapes = set()
            for template in templates:
                words = re.findall(r"[^\W\d_]+", template.replace("{0}", " "))
                # "3 d ago" and the like: the press does not abbreviate these
                abbreviated = any(len(word) == 1 and word in "bcdfghjklmnpqrstvwx" for word in words)
                if template.count("{0}") == 1 and words and not abbreviated:
                    before, after = (
                        re.escape(p).replace(r"\ ", r"\s") for p in template.replace("\xa0", " ").split("{0}")
                    )
                    shapes.add(rf"{before}(?:\d{{1,3}}|{numbers}){after}")
            if shapes:
                yield "|".join(sorted(shapes, key=len, reverse=True)), unit, sign


@lru_cache(maxsize=64)
def lexicon(tag: str) -> Lexicon:
    """The lexicon for a BCP 47 tag; an unknown language gets the English one."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_day_names, get_month_names

    parts = re.split("[-_]", tag.strip()) if tag.isascii() else ["en"]
    base = parts[0].lower()
    try:
        locale = Locale.parse(base)
    except (UnknownLocaleError, ValueError, TypeError):
        base, locale = "en", Locale.parse("en")
    region = next((part.upper() for part in parts[1:] if re.fullmatch("[A-Za-z]{2}", part)), None)
    info, words = _dateparser(base), load("calendar").get(base, {})

    def named(getter: Any, width: str, first: int, count: int) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {number: [] for number in range(count)}
        for context in ("format", "stand-alone"):
            names = getter(width, context, locale)
            for number in range(count):
                found[number].append(names[number + first])
        return found

    wide_months, wide_days = named(get_month_names, "wide", 1, 12), named(get_day_names, "wide", 0, 7)
    cased = all(form[:1].isupper() for forms in wide_months.values() for form in forms)
    for key, forms in _table(words.get("months", "")):
        wide_months[int(key) - 1] += forms
    for key, forms in _table(words.get("days", "")):
        wide_days[int(key)] += forms
    months, short_months = _names(MONTH_KEYS, wide_months, named(get_month_names, "abbreviated", 1, 12), info)
    days, short_days = _names(DAY_KEYS, wide_days, named(get_day_names, "abbreviated", 0, 7), info)
    spaced = base not in NO_SPACE
    pattern = str(locale.date_formats["long"].pattern)
    short = str(locale.date_formats["short"].pattern)
    month_first: bool | None = "M" in pattern and "d" in pattern and pattern.index("M") < pattern.index("d")
    if base == "en":
        month_first = None if region is None else region in MONTH_FIRST_REGIONS
    numbers = {
        fold(form): value
        for value, forms in enumerate(words.get("numbers", "").split("|"), 1)
        for form in forms.split("/")
        if form
    }
    return Lexicon(
        language=base,
        months={form: number + 1 for form, number in months.items()},
        short_months=short_months,
        days=days,
        short_days=short_days,
        relative=_relative(info, words),
        counted=tuple(_counted(locale._data["date_fields"], info, alternation(numbers))),
        numbers=numbers,
        words=words,
        cased=cased,
        month_first=month_first,
        dotted="." in short,
        spaced=spaced,
    )
