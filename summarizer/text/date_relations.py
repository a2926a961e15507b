"""How two EDTF dates lie to each other: the same time, before or after, days between."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from ..schemas.edtf import OPEN, bounds, has_year

NEAR_DAYS, NEAR_MONTH, NEAR_YEAR = 2, 31, 366
"""How far "about" reaches: two days for a day, a month for a month, a year for a year."""


def _reach(point: str) -> timedelta:
    if not point.endswith(("~", "?", "%")):
        return timedelta()
    return timedelta(days=(NEAR_YEAR, NEAR_MONTH, NEAR_DAYS)[min(point.count("-"), 2)])


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


@lru_cache(maxsize=4096)
def _span(edtf: str, widened: bool = False) -> tuple[date, date] | None:
    """First and last day, open ends at the ends of the calendar; None where nothing is known."""
    if not has_year(edtf):
        return None
    first, _, last = edtf.partition("/")
    try:
        low, high = bounds(edtf)
    except (ValueError, OverflowError):
        return None
    if low is None and high is None:
        return None
    low, high = low or date.min, high or date.max
    if widened:
        low, high = _shifted(low, -_reach(first)), _shifted(high, _reach(last or first))
    return (low, high) if low <= high else None


def _within(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _in_year(edtf: str, year: int) -> str:
    return re.sub("(?i)XXXX", f"{year:04d}", edtf)


def same_time(a: str, b: str) -> bool:
    """Whether two EDTF dates can be the same time: equal, or one contains the other.

    `~` reaches two days, one month or one year around a day, month or year. A date without a year is compared within
    the other's year. The open span `..` says nothing, so it is the same only as itself.
    """
    if a == b:
        return True
    if OPEN in (a, b):
        return False
    if has_year(a) != has_year(b):
        bare, full = (b, a) if has_year(a) else (a, b)
        span = _span(full)
        if span is None:
            return False
        dated = {_in_year(bare, day.year) for day in span if day not in (date.min, date.max)}
        return any(has_year(one) and same_time(one, full) for one in dated)
    if not has_year(a):
        a, b = _in_year(a, 2000), _in_year(b, 2000)  # a leap year, so that 29 February exists
        if not (has_year(a) and has_year(b)):
            return False
    spans = _span(a), _span(b), _span(a, True), _span(b, True)
    if not all(spans):
        return False
    narrow_a, narrow_b, wide_a, wide_b = (span for span in spans if span)
    return _within(narrow_a, wide_b) or _within(narrow_b, wide_a)


def order(a: str, b: str) -> int | None:
    """-1 if `a` is earlier, 1 if later, 0 if they overlap, None if it cannot be told (no year, open)."""
    first, second = _span(a, True), _span(b, True)
    if first is None or second is None:
        return None
    if first[1] < second[0]:
        return -1
    return 1 if second[1] < first[0] else 0


def latest(dates: Sequence[str]) -> str | None:
    """The latest of several EDTF dates, in whatever order they come; of those that cannot be ordered the most exact."""
    last = [one for one in dates if not any(order(one, other) == -1 for other in dates)]
    return min(last, key=_vagueness, default=None)


def _vagueness(edtf: str) -> tuple[int, str]:
    """Days that a date leaves open, and the date itself to tell equals apart."""
    span = _span(edtf)
    return (span[1] - span[0]).days if span else date.max.toordinal(), edtf


def days_between(a: str, b: str) -> int | None:
    """Days from the start of `a` to the start of `b`: negative if `b` is earlier.

    0 if they overlap, None as in `order`.
    """
    relation = order(a, b)
    if not relation:
        return relation
    first, second = _span(a), _span(b)
    if first is None or second is None:
        return None
    starts = [span[0] if span[0] != date.min else span[1] for span in (first, second)]
    return (starts[1] - starts[0]).days
