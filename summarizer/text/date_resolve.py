"""From dates as written to calendar dates: joined with their neighbours, placed by the article's date, as EDTF."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..schemas.edtf import bounds
from .date_atoms import Atom
from .date_patterns import Patterns

CLAUSE_END = r"[.!?;:,\n،؛。！？；，、]"


@dataclass(frozen=True)
class Anchor:
    """When the article appeared: a day, or the first and last day it may have been."""

    low: date
    high: date

    @property
    def day(self) -> date | None:
        """The day, if it is known to the day."""
        return self.high if self.low == self.high else None

    @property
    def month(self) -> date | None:
        """Its first day, if the month is known."""
        return (
            self.high.replace(day=1) if (self.low.year, self.low.month) == (self.high.year, self.high.month) else None
        )

    @property
    def year(self) -> int | None:
        """The year, if it is known."""
        return self.high.year if self.low.year == self.high.year else None


def anchor(published: str | None) -> Anchor | None:
    """The anchor for an article's `published`; None if there is none or it cannot be placed."""
    if not published:
        return None
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?=$|[T ~?%])", published)
    try:
        if match:
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return Anchor(day, day)
        low, high = bounds(published.strip())
    except (ValueError, OverflowError):
        return None
    return Anchor(low, high) if low and high and low <= high else None


def _join(text: str, a: Atom, b: Atom, p: Patterns) -> Atom | None:
    """One atom for two neighbours that make one date, or None."""
    gap = text[a.end : b.start]
    if len(gap) > 16 or "\n\n" in gap:
        return None
    near = bool(
        re.fullmatch(
            r"\s?(?:(?:of|in|de|del|do|da|du|des|dell[’']|di|van|los|la|l[’']|el|der|dem|im|в|на|у|w|من|的|の)\s?){0,2}",
            gap,
            re.I,
        )
    )
    pair = (a.shape, b.shape)
    if pair == ("date", "weekday") and a.d and not a.w and b.d is None and re.fullmatch(r"[,،]?\s?\(?", gap):
        if "(" in gap or p.words.language in ("tr", "hu", "ko", "zh", "ja"):
            closing = 1 if "(" in gap and text[b.end : b.end + 1] == ")" else 0
            return replace(a, end=b.end + closing, w=b.w)
        return None
    if pair == ("relative", "weekday") and a.unit == "d" and not b.past and gap in (" ", "\u00a0") and p.words.spaced:
        return replace(a, end=b.core_end or b.end)
    if near and "relative" in pair:
        rel, other = (a, b) if a.shape == "relative" else (b, a)
        if rel.unit == "y" and other.shape == "date" and other.m and not other.y and not other.last:
            return replace(other, start=a.start, end=b.end, year_offset=rel.offset)
        if rel.unit == "w" and not rel.so_far and other.shape == "weekday":
            return replace(other, start=a.start, end=b.end, week_offset=rel.offset, core_end=b.end)
    if pair == ("date", "date") and not a.last and not b.last and not (a.d and not b.d) and (a.m or not b.m):
        between = bool(p.between.search(text, max(0, a.start - 24), a.start))
        linked = p.to.fullmatch(gap) or (between and p.joint.fullmatch(gap))
        if linked and (between or bool(a.d) == bool(b.d)):
            return replace(a, end=b.end, last=b)
    return None


def joined(text: str, atoms: list[Atom], p: Patterns) -> list[Atom]:
    """Atoms with neighbours that belong together made one: ranges, "December last year", "Monday of last week"."""
    result: list[Atom] = []
    for atom in atoms:
        whole = _join(text, result[-1], atom, p) if result else None
        if whole:
            result[-1] = whole
        else:
            result.append(atom)
    return result


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shift_months(day: date, months: int) -> date:
    """The first of the month that lies `months` away; clamped to the calendar."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True)
class Tense:
    """What the words around a date say of its direction."""

    coming: bool
    maybe_coming: bool


def tense(text: str, atom: Atom, p: Patterns) -> Tense:
    """Whether a date lies ahead: said before it in its clause, or only somewhere behind it in the sentence."""
    before = re.split(CLAUSE_END, text[max(0, atom.start - 80) : atom.start])[-1]
    after = re.split(r"[.!?;\n。！？；]", text[atom.end : atom.end + 80])[0]
    ahead = atom.coming or bool(p.future.search(before))
    later = bool(p.future.search(after))
    if p.words.language in ("tr", "ja") and later and not atom.past:
        ahead = True  # the verb comes last
    return Tense(ahead and not atom.past, later)


def _year_of_day(atom: Atom, when: Anchor, t: Tense) -> int | None:
    month, day = atom.m or 1, atom.d or 1
    days = [
        found
        for year in range(when.high.year - 8, when.high.year + 9)
        if 1 <= year <= 9999 and (found := _safe(year, month, day))
    ]
    past = [d for d in days if d <= when.high]
    ahead = [d for d in days if d > when.high]
    if not past:
        return None
    if atom.w is not None and when.day and not t.coming:
        fitting = [d for d in (past[-1], *ahead[:1], *past[-2:-1]) if d.weekday() == atom.w]
        if fitting:
            return fitting[0].year
    if t.coming and ahead:
        return past[-1].year if past[-1] == when.day else ahead[0].year
    if t.maybe_coming and ahead and (ahead[0] - when.high).days <= 30 and (when.high - past[-1]).days >= 60:
        return ahead[0].year
    return past[-1].year


def _year_of_month(atom: Atom, when: Anchor, t: Tense) -> int:
    month, now = atom.m or 1, when.high
    if atom.past:
        return now.year if month < now.month else now.year - 1
    if atom.coming:
        return now.year if month > now.month else now.year + 1
    if t.coming and when.month:
        return now.year if month >= now.month else now.year + 1
    return now.year if month <= now.month else now.year - 1


def _point(year: int | None, month: int | None, day: int | None) -> str | None:
    head = "XXXX" if year is None else f"{year:04d}"
    if month is None:
        return None if year is None else head
    if day is None:
        return f"{head}-{month:02d}"
    if not 1 <= day <= (monthrange(year, month)[1] if year else monthrange(2000, month)[1]):
        return None
    return f"{head}-{month:02d}-{day:02d}"


def _date(atom: Atom, when: Anchor | None, t: Tense) -> str | None:
    year = atom.y
    if year is None and when:
        if atom.year_offset is not None:
            year = when.year + atom.year_offset if when.year else None
        elif atom.d:
            year = _year_of_day(atom, when, t)
        elif atom.m:
            year = _year_of_month(atom, when, t)
    if year is not None and not 1 <= year <= 9999:
        return None
    if atom.swap and atom.m and atom.d:
        other = _safe(year or 2000, atom.d, atom.m)
        this = _safe(year or 2000, atom.m, atom.d)
        if when and this and other and (this <= when.high) != (other <= when.high):
            day = this if this <= when.high else other
            return _point(year, day.month, day.day)
        return _point(year, None, None)  # 03/04/2025: only the year is certain
    return _point(year, atom.m, atom.d)


def _weekday(atom: Atom, when: Anchor | None, t: Tense) -> str | None:
    if not when or not when.day or atom.w is None:
        return None
    now = when.day
    if atom.week_offset is not None:
        return _day_text(now, atom.week_offset * 7 + atom.w - now.weekday())
    if atom.d:
        return _monthday(atom, when)
    ahead, back = (atom.w - now.weekday()) % 7, (now.weekday() - atom.w) % 7
    if atom.coming:
        return _day_text(now, ahead or 7)
    if t.coming:
        return _day_text(now, ahead)
    return _day_text(now, -(back or 7) if atom.past else -back)


def _day_text(day: date, offset: int) -> str | None:
    try:
        return (day + timedelta(days=offset)).isoformat()
    except OverflowError:
        return None


def _monthday(atom: Atom, when: Anchor | None) -> str | None:
    """A day of the month without the month: the latest one not after the article's, on its weekday if named."""
    if not when or not when.day or not atom.d:
        return None
    if atom.month_offset is not None:
        month = shift_months(when.day, atom.month_offset)
        found = _safe(month.year, month.month, atom.d)
        return found.isoformat() if found else None
    steps = (0, -1, -2) if atom.w is None else (0, -1, 1)
    for step in steps:
        month = shift_months(when.day, step)
        found = _safe(month.year, month.month, atom.d)
        if found and (atom.w is None or found.weekday() == atom.w) and (found <= when.day or atom.w is not None):
            return found.isoformat()
    return None


def _relative(atom: Atom, when: Anchor | None, t: Tense) -> tuple[str | None, bool]:
    """The EDTF of "yesterday", "last week", "three months ago", and whether it is approximate."""
    counted = atom.shape == "counted"
    if not when or (counted and atom.offset > 0 and not t.coming):
        return None, False
    if atom.unit == "y":
        return (
            _point(when.year + atom.offset, None, None) if when.year and 1 <= when.year + atom.offset <= 9999 else None
        ), counted
    if atom.unit == "m":
        return (shift_months(when.month, atom.offset).isoformat()[:7] if when.month else None), counted
    if not when.day:
        return None, False
    if atom.unit == "d":
        return _day_text(when.day, atom.offset), counted and abs(atom.offset) >= 7
    if counted:
        return _day_text(when.day, 7 * atom.offset), True
    monday = _day_text(when.day, 7 * atom.offset - when.day.weekday())
    sunday = when.day.isoformat() if atom.so_far else _day_text(when.day, 7 * atom.offset + 6 - when.day.weekday())
    return (f"{monday}/{sunday}" if monday and sunday else None), False


def resolve(atom: Atom, when: Anchor | None, t: Tense) -> tuple[str, bool] | None:
    """EDTF (without the mark of approximation) and whether it is approximate; None if it cannot be written."""
    if atom.last is not None:
        last = replace(
            atom.last, year_offset=atom.last.year_offset if atom.last.year_offset is not None else atom.year_offset
        )
        if atom.y and not last.y and last.year_offset is None:
            later = (last.m or 12, last.d or 31) >= (atom.m or 1, atom.d or 1)
            last = replace(last, y=atom.y if later else atom.y + 1)
        high = _date(last, when, t)
        if high is None:
            return None
        first = replace(atom, last=None, coming=False)
        if first.y is None and first.m and not high.startswith("X"):
            year = int(high[:4])
            first = replace(first, y=year if (first.m, first.d or 0) <= (last.m or 12, last.d or 31) else year - 1)
        low = _date(first, when, t)
        if low is None or ("X" in low) != ("X" in high) or ("X" not in low and low > high):
            return None
        return f"{low}/{high}", False
    if atom.shape == "date":
        found, loose = _date(atom, when, t), False
    elif atom.shape == "weekday":
        found, loose = _weekday(atom, when, t), False
    elif atom.shape == "monthday":
        found, loose = _monthday(atom, when), False
    else:
        found, loose = _relative(atom, when, t)
    return (found, loose) if found else None
