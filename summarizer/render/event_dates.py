"""When what a claim tells happened, as UCDP GED codes it: first and last possible day, and a precision from 1 to 5."""

import re
from dataclasses import dataclass
from typing import Literal

from ..schemas import Claim, DateValue
from ..schemas.edtf import bounds

Basis = Literal["period", "answer"]
_UNSURE = re.compile("[~?%]")
_LONGEST: tuple[tuple[int, int], ...] = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""Days that a span may have, and its code."""


@dataclass(frozen=True)
class EventDates:
    """Days as YYYY-MM-DD; None where the claim gives no bound, or UCDP has no code for it."""

    start: str | None = None
    end: str | None = None
    precision: int | None = None
    basis: Basis | None = None


def event_dates(claim: Claim) -> EventDates:
    """The period that a claim counts, or else the date that it answers with; never `as_of`, which dates knowledge.

    UCDP GED codebook, `date_prec`: 1 the exact day is known, 2 a range of 2 to 6 days, 3 the week, 4 the month (8 to 31
    days), 5 more than a month, up to a year. Longer spans and open ones have no code. A day that is given as
    approximate or uncertain (`~`, `?`, `%`; "about") is not exact, and so has 2.
    """
    if claim.period:
        return _dated(claim.period, "period")
    if isinstance(claim.value, DateValue):
        about = claim.value.approximate and not claim.value.time  # "about 9:45" leaves no doubt of the day
        return _dated(claim.value.edtf, "answer", unsure=about)
    return EventDates()


def _dated(edtf: str, basis: Basis, *, unsure: bool = False) -> EventDates:
    first, last = bounds(edtf)
    if not first and not last:
        return EventDates()
    precision = None
    if first and last:
        days = (last - first).days + 1
        precision = next((code for longest, code in _LONGEST if days <= longest), None)
        if precision == 1 and (unsure or _UNSURE.search(edtf)):
            precision = 2
    return EventDates(first.isoformat() if first else None, last.isoformat() if last else None, precision, basis)
