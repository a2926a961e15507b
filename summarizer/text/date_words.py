"""EDTF dates in English words."""

import re

from ..schemas.edtf import OPEN

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SIMPLE = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?(?:T[\d:]+(?:Z|[+-][\d:]+)?)?([~?%]?)")


def date_words(edtf: str | None) -> str:
    """A date or time span in words; 'undated' for None and `..`, EDTF itself where there are no simple words.

    `2031-05-03` 3 May 2031 · `2031-05~` about May 2031 · `2031-05?` possibly May 2031 · `XXXX-12` December, year
    not known · `203X` 2030s · `2031-22` summer 2031 · `2031-04/2031-06` April to June 2031 · `2031/..` since 2031.
    """
    if not edtf or edtf == OPEN:
        return "undated"
    start, slash, end = edtf.partition("/")
    if not slash:
        return _point(edtf)
    if start in ("", OPEN):
        return "undated" if end in ("", OPEN) else f"until {_point(end)}"
    if end in ("", OPEN):
        return f"since {_point(start)}"
    first, last = _point(start), _point(end)
    if first == last:
        return first
    return f"{_without_shared_end(first, last)} to {last}"


def as_of_words(edtf: str | None) -> str:
    """A date as the state of knowledge it stands for: 'as of 22 August 2025', or 'undated'."""
    words = date_words(edtf)
    return words if words == "undated" or words.startswith(("since ", "until ")) else f"as of {words}"


def period_words(edtf: str) -> str:
    """A time span that is counted: 'in December 2024', 'on 3 May 2031', 'from 3 to 5 May 2031', 'since 2031'."""
    words = date_words(edtf)
    if words == "undated" or words.startswith(("since ", "until ")):
        return words
    if "/" in edtf and " to " in words:
        return f"from {words}"
    return f"on {words}" if re.match(r"\d{1,2} ", words) else f"in {words}"


def _point(edtf: str) -> str:
    if not (match := _SIMPLE.fullmatch(edtf)):
        return edtf
    year, month, day, mark = match.groups()
    words = _year(year)
    if month and month != "XX":
        if "X" in month or not (name := _month(int(month))):
            return edtf
        joint = ", " if year == "XXXX" else " "
        words = f"{name}{joint}{words}"
        if day and day != "XX":
            if "X" in day:
                return edtf
            words = f"{int(day)} {words}"
    return {"~": "about ", "?": "possibly ", "%": "possibly about "}.get(mark, "") + words


def _year(year: str) -> str:
    if year == "XXXX":
        return "year not known"
    known = year.rstrip("X")
    if "X" in known:
        return year
    return {4: year, 3: f"{known}0s", 2: f"{known}00s"}.get(len(known), year)


def _month(month: int) -> str | None:
    return MONTHS[month - 1] if 1 <= month <= 12 else SEASONS.get(month)


def _without_shared_end(first: str, last: str) -> str:
    """`first` without the month and year it shares with `last`: '3' of '3 May 2031' before '5 May 2031'."""
    head, tail = first.split(" "), last.split(" ")
    if len(head) != len(tail) or not head[-1].isdigit():
        return first
    while len(head) > 1 and head[-1] == tail[-1]:
        head.pop()
        tail.pop()
    return " ".join(head)
