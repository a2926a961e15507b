"""Dates as they stand in a text, before they are resolved: what was written, and what was left out."""

import re
from dataclasses import dataclass, replace

from .calendar_words import Lexicon, fold
from .date_patterns import Patterns

KANJI_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
CJK_DAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6} | {c: n for n, c in enumerate("月火水木金土日")}
SHIFTS = {"上": -1, "本": 0, "这": 0, "這": 0, "下": 1}
PIVOT = 69
"""Two-digit years from here on are 19xx (POSIX strptime)."""


@dataclass(frozen=True)
class Atom:
    """One date as written; None where the text says nothing."""

    start: int
    end: int
    shape: str
    y: int | None = None
    m: int | None = None
    d: int | None = None
    w: int | None = None
    """Weekday, Monday is 0."""
    last: "Atom | None" = None
    """The end of a range that starts with this atom."""
    unit: str = ""
    offset: int = 0
    so_far: bool = False
    year_offset: int | None = None
    week_offset: int | None = None
    month_offset: int | None = None
    approximate: bool = False
    past: bool = False
    coming: bool = False
    swap: bool = False
    """Day and month could also be the other way round."""
    core_end: int = 0


def number(form: str) -> int | None:
    """A number of up to four digits in any digits, Chinese numerals included."""
    if form.isdecimal():
        return int(form)
    if len(form) == 4 and all(c in KANJI_DIGITS for c in form):
        return int("".join(str(KANJI_DIGITS[c]) for c in form))
    match = re.fullmatch("([二三]?)十([一-九]?)|([〇零一二三四五六七八九])", form)
    if not match:
        return None
    if match[3]:
        return KANJI_DIGITS[match[3]]
    return 10 * KANJI_DIGITS.get(match[1], 1) + KANJI_DIGITS.get(match[2], 0)


def _year(form: str | None) -> int | None:
    if not form:
        return None
    value = number(form.lstrip("’'"))
    if value is None or value >= 100:
        return value
    return value + (1900 if value >= PIVOT else 2000)


def _plausible(atom: Atom) -> bool:
    return (
        (atom.m is None or 1 <= atom.m <= 12)
        and (atom.d is None or 1 <= atom.d <= 31)
        and (atom.y is None or atom.y >= 1000)
    )


def _month_shape(text: str, match: re.Match[str], atom: Atom, p: Patterns, loose: bool) -> Atom | None:
    words, form = p.words, match["m"]
    if not words.spaced or not form[:1].isalpha():
        return atom
    dotted = match.string[match.end("m") : match.end("m") + 1] == "."
    upper = form[:1].isupper()
    if words.cased and not upper and not loose:
        return None
    short = fold(form) in words.short_months
    if atom.d is not None or loose:
        return atom if atom.y or not short or upper or dotted or loose else None
    if atom.y:
        return atom
    if short:
        return None
    marked = atom.approximate or atom.past or atom.coming or p.lead.search(text, max(0, atom.start - 30), atom.start)
    careful = fold(form) in words.careful("careful_months")
    if careful and not marked and not p.lead_after.match(text, atom.end):
        return atom if p.chain.search(text, max(0, atom.start - 30), atom.start) else None
    return atom


def _whole(text: str, match: re.Match[str], groups: dict[str, str | None], p: Patterns, loose: bool) -> Atom | None:
    """Shapes with a day or a month: dmy, mdy, month."""
    words = p.words
    form = groups["m"] or ""
    month = words.months.get(fold(form)) if words.spaced else None
    if month is None:
        month = number(form)
    mods = any(groups.get(key) for key in ("early", "mid", "late", "early2", "mid2", "late2"))
    rely = words.relative.get(fold(groups.get("rely") or ""))
    atom = Atom(
        match.start(), match.end(), "date", _year(groups.get("y")), month, number(groups.get("d") or ""),
        _weekday(groups.get("w") or groups.get("w1"), words), approximate=mods,
        past=bool(groups.get("past") or groups.get("past2")),
        coming=bool(groups.get("coming") or groups.get("coming2")),
        year_offset=rely[1] if rely and rely[0] == "y" else None,
    )  # fmt: skip
    if month is None or not _plausible(atom):
        return None
    if groups.get("rely") and not (rely and rely[0] == "y"):
        atom = replace(atom, start=match.start("m"))
    first, second = groups.get("d0"), groups.get("d2")
    if first or second:
        joint = groups.get("to") or groups.get("to2")
        ranged = not joint or not p.joint.fullmatch(f" {joint} ") or bool(p.to.fullmatch(f" {joint} "))
        ranged = ranged or bool(p.between.search(text, max(0, atom.start - 20), atom.start))
        low, high = (number(first), atom.d) if first else (atom.d, number(second or ""))
        if ranged and low and high and low < high <= 31:
            atom = replace(atom, d=low, last=replace(atom, d=high))
        elif first:
            atom = replace(atom, start=match.start("d"), w=None)
    if "d2" in groups and not atom.y and not second and re.search(r"(?i)\b(?:in|since)\s$", text[: atom.start][-8:]):
        return None  # "In December 17 people ..."
    return _month_shape(text, match, atom, p, loose)


def _weekday(form: str | None, words: Lexicon) -> int | None:
    if not form:
        return None
    return words.days.get(fold(form), CJK_DAYS.get(form))


def _day_name(text: str, match: re.Match[str], groups: dict[str, str | None], p: Patterns, loose: bool) -> Atom | None:
    form = groups.get("w") or groups.get("cw") or ""
    words = p.words
    if words.spaced and words.cased and not form[:1].isupper() and not loose:
        return None
    end = match.end("core") if groups.get("core") else match.end()
    marked = groups.get("past") or groups.get("coming") or groups.get("part") or groups.get("past2")
    if fold(form) in words.careful("careful_days") and not marked and not loose:
        behind_year = re.search(r"\d{4}\s$", text[max(0, match.start() - 5) : match.start()])
        closed = behind_year or re.match(r"\s?(?:[,.;(]|$)", text[end : end + 2])
        led = behind_year or p.day_lead.search(text, max(0, match.start() - 12), match.start())
        if not (closed and led):
            return None
    shift = groups.get("shift")
    return Atom(
        match.start(), match.end(), "weekday", d=number(groups.get("d") or ""), w=_weekday(form, words),
        past=bool(groups.get("past") or groups.get("past2")),
        coming=bool(groups.get("coming") or groups.get("coming2")),
        week_offset=SHIFTS.get(shift) if shift else None, core_end=end,
    )  # fmt: skip


def _relative(text: str, match: re.Match[str], p: Patterns) -> Atom | None:
    form = match["rel"]
    unit, offset, so_far = p.words.relative.get(fold(form), ("", 0, False))
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 8]
    if not unit:
        return None
    if fold(form) == "morgen" and (form[0].isupper() or re.search(r"(?i)(?:\bde|[’']s|deze)\s$", before)):
        return None  # the morning
    if fold(form) == "mañana" and re.search(r"(?i)\b(?:la|esta|una|cada)\s$", before):
        return None
    if fold(form) == "hoy" and re.match(r"(?i)\sen día", after):
        return None
    return Atom(match.start(), match.end(), "relative", unit=unit, offset=offset, so_far=so_far)


def _count(match: re.Match[str], shape: str, p: Patterns) -> Atom | None:
    _, sign, unit = shape.split()
    found = re.search(r"\d+", match[0])
    amount: int | None = int(found[0]) if found else None
    if amount is None:
        pieces = (
            [match[0]]
            if not p.words.spaced
            else re.findall(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?(?:\son\s(?:bir|iki))?", match[0])
        )
        values = [p.words.numbers[fold(piece)] for piece in pieces if fold(piece) in p.words.numbers]
        values += (
            [number(c) or 0 for c in re.findall("[一二三四五六七八九十]+", match[0])] if not p.words.spaced else []
        )
        amount = values[0] if values else None
    if amount is None:
        return None
    return Atom(match.start(), match.end(), "counted", unit=unit, offset=amount * int(sign))


def _numeric(text: str, match: re.Match[str], groups: dict[str, str | None], p: Patterns) -> Atom | None:
    a, b = number(groups["a"] or "") or 0, number(groups["b"] or "") or 0
    year = _year(groups.get("y"))
    if "y" not in groups and not re.search(
        r"(?i)(?<!\w)(?:am|vom|zum|bis|seit|ab|den|dem|der|в|с|до|на|от|od|do|w|dnia)\s$", text[: match.start()][-6:]
    ):
        return None
    month_first = bool(p.words.month_first) and groups.get("sep") != "."
    if a > 12 or b > 12:
        month_first = b > 12
    both = a <= 12 and b <= 12 and a != b and groups.get("sep") == "/" and p.words.month_first is None
    atom = Atom(match.start(), match.end(), "date", year, a if month_first else b, b if month_first else a, swap=both)
    return atom if _plausible(atom) else None


def _lone_year(text: str, match: re.Match[str], groups: dict[str, str | None], p: Patterns, loose: bool) -> Atom | None:
    atom = Atom(
        match.start(),
        match.end(),
        "date",
        _year(groups["y"]),
        approximate=any(groups.get(k) for k in ("early", "mid", "late")),
    )
    window = max(0, match.start() - 30)
    if loose or groups.get("tail") or atom.approximate or not p.words.spaced:
        return atom
    after = text[match.end() : match.end() + 12]
    noun = re.match(r"\s+[^\W\d_]{5,}", after)
    if p.weak.search(text, window, match.start()):
        return None if noun else atom
    if p.lead.search(text, window, match.start()) or p.chain.search(text, window, match.start()):
        return atom
    return atom if text[match.start() - 1 : match.start()] == "(" and after[:1] in (")", ",", ";") else None


def build(text: str, shape: str, match: re.Match[str], p: Patterns, loose: bool) -> Atom | None:
    """The atom that a match of one shape stands for, or None if it is no date after all."""
    groups = match.groupdict()
    if shape in ("dmy", "mdy", "month"):
        return _whole(text, match, groups, p, loose)
    if shape == "weekday":
        return _day_name(text, match, groups, p, loose)
    if shape == "rel":
        return _relative(text, match, p)
    if shape.startswith("counted"):
        return _count(match, shape, p)
    if shape == "numeric":
        return _numeric(text, match, groups, p)
    if shape in ("year", "year_mod"):
        return _lone_year(text, match, groups, p, loose)
    if shape == "monthday":
        rel = p.words.relative.get(fold(groups.get("rely") or ""))
        start = match.start() if rel and rel[0] == "m" else match.start("d")
        atom = Atom(start, match.end(), "monthday", d=number(groups["d"] or ""), w=_weekday(groups.get("w"), p.words),
                    month_offset=rel[1] if rel and rel[0] == "m" else None)  # fmt: skip
    elif shape == "years":
        first, second = number(groups["y"] or "") or 0, number(groups["y2"] or "") or 0
        second += first // 100 * 100 if second < 100 else 0
        if not first < second <= first + (200 if len(groups["y2"] or "") == 4 else 30):
            return None
        atom = Atom(match.start(), match.end(), "date", first, last=Atom(match.start(), match.end(), "date", second))
    elif shape == "decade":
        first = number(groups["y"] or "") or 0
        atom = Atom(match.start(), match.end(), "date", first, last=Atom(match.start(), match.end(), "date", first + 9))
    else:
        atom = Atom(
            match.start(),
            match.end(),
            "date",
            number(groups["y"] or ""),
            number(groups["m"] or ""),
            number(groups.get("d") or ""),
        )
    return atom if _plausible(atom) else None


def _undotted(text: str, atom: Atom, p: Patterns) -> Atom:
    """Without the full stop of the sentence, which only an abbreviation may keep."""
    if text[atom.end - 1] != "." or atom.shape != "date":
        return atom
    word = re.search(r"[^\W_]+\.$", text[atom.start : atom.end])
    if word and (word[0][0].isdigit() or fold(word[0]) in p.words.short_months or len(word[0]) <= 3):
        return atom
    return replace(atom, end=atom.end - 1)


def collect(text: str, p: Patterns, loose: bool = False) -> list[Atom]:
    """All atoms of a text, the longer first where two overlap, in the order of the text."""
    found: list[tuple[int, int, Atom]] = []
    for rank, (shape, pattern) in enumerate(p.shapes):
        for match in pattern.finditer(text):
            atom = build(text, shape, match, p, loose)
            if atom is not None and atom.end > atom.start:
                atom = _undotted(text, atom, p)
                found.append((atom.start - atom.end, rank, atom))
    chosen: list[Atom] = []
    for _, _, atom in sorted(found, key=lambda item: (item[0], item[1], item[2].start)):
        if all(atom.end <= other.start or atom.start >= other.end for other in chosen):
            chosen.append(atom)
    return sorted(chosen, key=lambda atom: atom.start)
