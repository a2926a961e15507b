"""Dates as EDTF strings (ISO 8601-2, levels 0 to 2): validation and the days they span."""

import re
from datetime import date
from functools import lru_cache
from time import struct_time
from typing import Annotated, Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from pydantic import AfterValidator, Field

OPEN = ".."
"""An open time span: no bound is known or meant."""
_LONGEST = 100
_POWER = re.compile(r"\dE-?\d", re.IGNORECASE)
"""Years as powers of ten (Y17E7): no news needs them, and working out one of a billion digits takes for ever."""


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Any:
    fault = f"{text[:_LONGEST]!r} is not an EDTF date such as 2024-12-17, 2024-12, 2025-08~ or 2024/2025"
    if len(text) > _LONGEST or _POWER.search(text):
        raise ValueError(fault)
    try:
        return parse_edtf(text)
    except EDTFParseException as error:
        raise ValueError(fault) from error


def check_edtf(text: str) -> str:
    """Return `text` unchanged if it is EDTF (or the open span `..`); raise ValueError otherwise."""
    if text != OPEN:
        _parsed(text)
    return text


Edtf = Annotated[
    str,
    AfterValidator(check_edtf),
    Field(
        description="A date or time span in EDTF: 2024-12-17, 2024-12, 2025-08~ (about), 2024-10/2024-12, XXXX-12, .."
    ),
]


def _day(moment: object) -> date | None:
    if not isinstance(moment, struct_time) or not 1 <= moment.tm_year <= 9999:
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def has_year(text: str) -> bool:
    """False for dates of which not even the century is known (`XXXX-12`), and for the open span; true for `203X`."""
    return text != OPEN and "XXX" not in text[:4].upper()


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day that `text` can mean, both included; None where it is open.

    `2024-12` gives 1 and 31 December 2024; `2024-12/..` gives 1 December 2024 and None; a date without
    a year (`XXXX-12`) gives None twice, since it has no place on a calendar. The mark `~` (about) does not widen it.
    """
    if not has_year(text):
        return None, None
    parsed = _parsed(text)
    return _day(parsed.lower_strict()), _day(parsed.upper_strict())
