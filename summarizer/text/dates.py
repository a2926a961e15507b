"""Dates in news text of many languages, resolved against the article's publication date, as EDTF."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from ..schemas.edtf import check_edtf
from .date_atoms import Atom, collect
from .date_patterns import Patterns, patterns
from .date_relations import days_between, order, same_time
from .date_resolve import Anchor, anchor, joined, resolve, tense
from .lexicon import load

__all__ = [
    "DateMention",
    "days_between",
    "find_dateline",
    "find_dates",
    "order",
    "parse_published",
    "same_time",
    "to_edtf",
]

Kind = Literal["day", "month", "year", "span"]
Role = Literal["point", "since", "until", "span"]
DATELINE_WITHIN = 200
SMALL_WORDS = r"(?:de|del|della|di|da|do|dos|la|las|los|le|les|el|al|of|the|and|sur|am|an|der|im|upon|in|et|y)"
PLACE = rf"(?:[^\W\d_][\w.'’-]*|[(\[][^()\[\]\n]{{1,40}}[)\]]|{SMALL_WORDS})"


@dataclass(frozen=True)
class DateMention:
    """A date in a text: `text == source[start:end]`, `edtf` valid, unspecified year XXXX where nothing tells it.

    `approximate`: said to be so (about, mid-December, two weeks ago). `relative`: needs the article's own date.
    `role`: what the words around it make of it ("since 2022", "until Saturday"); `edtf` is the date itself.
    """

    start: int
    end: int
    text: str
    edtf: str
    approximate: bool
    relative: bool
    kind: Kind
    role: Role


def _kind(edtf: str) -> Kind:
    if "/" in edtf:
        return "span"
    kinds: tuple[Kind, ...] = ("year", "month", "day")
    return kinds[edtf.count("-")]


def _role(text: str, atom: Atom, edtf: str, p: Patterns) -> Role:
    if atom.last:
        return "span"
    start, end, window = atom.start, atom.end, max(0, atom.start - 32)
    if p.since.search(text, window, start) or p.since_after.match(text, end):
        return "since"
    if p.until.search(text, window, start) or p.until_after.match(text, end):
        return "until"
    return "span" if "/" in edtf else "point"


def _fit(text: str, atom: Atom, when: Anchor | None, p: Patterns) -> Iterator[tuple[Atom, str, bool]]:
    found = resolve(atom, when, tense(text, atom, p))
    if not found and atom.shape == "weekday" and atom.d:
        # the number behind the weekday is no day of the month: "samedi 5 personnes"
        atom = replace(atom, d=None, end=atom.core_end)
        found = resolve(atom, when, tense(text, atom, p))
    if found:
        yield atom, *found


def _find(text: str, tag: str, when: Anchor | None, loose: bool) -> list[DateMention]:
    p = patterns(tag)
    mentions = []
    for atom in joined(text, collect(text, p, loose), p):
        for kept, edtf, vague in _fit(text, atom, when, p):
            around = kept.shape == "date" and bool(p.about.search(text, max(0, kept.start - 24), kept.start))
            approximate = vague or kept.approximate or around
            relative = kept.shape != "date" or (kept.y is None and not (kept.last and kept.last.y))
            # EDTF has no way to write about when within an unknown year
            mark = "~" if approximate and "X" not in edtf and "/" not in edtf else ""
            role = _role(text, kept, edtf, p)
            found = text[kept.start : kept.end]
            mentions.append(
                DateMention(kept.start, kept.end, found, edtf + mark, approximate, relative, _kind(edtf), role)
            )
    return mentions


def find_dates(text: str, language: str | None, published: str | None) -> list[DateMention]:
    """All dates in `text`, in order, not overlapping.

    `language`: BCP 47 tag of the text (None: English and numeric dates). `published`: EDTF of the article's date.
    News looks back: a day, month or weekday without a year is the latest one not after `published`, unless it is said
    to come ("will", "next"). Without `published` a day or month gets the year XXXX, and what only makes sense from the
    article's date ("yesterday", "Saturday", "last week") is left out.
    """
    return _find(text, language or "en", anchor(published), loose=False)


def find_dateline(text: str, language: str | None, published: str | None = None) -> DateMention | None:
    """The day in a wire's dateline ("PARIS, Dec 17 (Agency) -"), which can stand in for a publication date."""
    head = text[:DATELINE_WITHIN]
    for tag in dict.fromkeys((language or "en", "en")):
        for mention in _find(head, tag, anchor(published), loose=True):
            line = head[: mention.start].rsplit("\n", 1)[-1]
            after = head[mention.end :]
            if mention.kind != "day" or (mention.relative and not re.search(r"\d", mention.text)):
                continue
            if patterns(tag).words.spaced:
                names = re.fullmatch(rf"\W*(?:{PLACE}(?:[,/:]|\s?[-–—])?\s?){{0,8}}\W*", line)
                lower = [w for w in re.findall(r"[^\W\d_]+", re.sub(r"\(.*?\)|\[.*?\]", "", line)) if w[0].islower()]
                if not names or any(not re.fullmatch(SMALL_WORDS, word) for word in lower):
                    continue
                if re.match(r"\.?,?\s*(?:\(|\[|--|[-–—](?:\s|$)|:|/)", after):
                    return mention
            elif len(line) <= 20 and re.match(r"\s?[^\s。，、]{0,8}[电電讯訊)）】]", after):
                return mention
    return None


def _stamp(text: str) -> str | None:
    """The day of an ISO 8601 or RFC 2822 time stamp, as written (in its own time zone)."""
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d|\d{8}(?:T|$)|\d{4}-\d\d-\d\d$", text):
        try:
            return datetime.fromisoformat(text).date().isoformat()
        except ValueError:
            return None
    if re.match(r"(?:[A-Z][a-z]{2},\s)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d\d:", text):
        try:
            return parsedate_to_datetime(text).date().isoformat()
        except (ValueError, TypeError):
            return None
    return None


def _ready(text: str) -> str | None:
    """`text` if it is EDTF of years, months and days already."""
    part = r"(?:[\dX]{4}(?:-[\dX]{2}){0,2}[~?%]?|\.\.)"
    if not text.isascii() or not re.fullmatch(rf"{part}(?:/{part})?", text) or text == "..":
        return None
    try:
        return check_edtf(text)
    except ValueError:
        return None


def to_edtf(text: str, language: str | None, published: str | None) -> str | None:
    """EDTF for an answer that is one date ("late November 2024", "on Saturday", "since 2022"), or None.

    Read in `language`, then in English; an answer with several different dates is None.
    """
    text = text.strip()
    found = _ready(text) or _stamp(text)
    if found:
        return found
    tags = dict.fromkeys((language or "en", "en"))
    readings = [_find(text, tag, anchor(published), loose) for loose in (False, True) for tag in tags]
    mentions = max(readings, key=lambda reading: sum(mention.end - mention.start for mention in reading))
    if len({mention.edtf for mention in mentions}) != 1:
        return None
    mention = mentions[0]
    if "/" not in mention.edtf and mention.role in ("since", "until") and "X" not in mention.edtf:
        return f"{mention.edtf}/.." if mention.role == "since" else f"../{mention.edtf}"
    return mention.edtf


def parse_published(text: str) -> str:
    """A publication date as a user writes it -> EDTF (a day, or a month or year if that is all).

    ISO 8601 and RFC 2822 dates and times, EDTF, and dates in words in any language with the year. Raises ValueError.
    """
    given = text.strip()
    help_text = (
        f"{text[:100]!r} is not a date that can be read without doubt: write it as YYYY-MM-DD, for example 2025-08-22"
    )
    found = _ready(given) or _stamp(given)
    if found and "X" not in found and "/" not in found:
        return found
    if not found and re.search(r"\d", given) and len(given) <= 80:
        # digits alone are read one way for all: 03/04/2025 is a different day in different countries
        tags = list(load("calendar")) if re.search(r"[^\W\d_]", given) else ["en"]
        read = {edtf for tag in tags if (edtf := _all_of_it(given, tag))}
        if read:
            best = max(edtf.count("-") for edtf in read)
            read = {edtf for edtf in read if edtf.count("-") == best}
        worded = read.pop() if len(read) == 1 else None if read else _any_language(given)
        if worded and (worded.count("-") > 0 or len(tags) > 1):
            return worded
    raise ValueError(help_text)


def _all_of_it(text: str, tag: str) -> str | None:
    """The date that is all of `text`, but for a word such as a weekday or "the"."""
    mentions = _find(text, tag, None, loose=True)
    if len(mentions) != 1 or "X" in mentions[0].edtf or mentions[0].kind == "span":
        return None
    rest = text[: mentions[0].start] + text[mentions[0].end :]
    return mentions[0].edtf if len(rest) <= 12 and not re.search(r"\d", rest) else None


def _any_language(text: str) -> str | None:
    if not re.search(r"[^\W\d_]", text) or not re.search(r"\d{4}", text):
        return None
    import dateparser  # type: ignore[import-untyped]

    try:
        read = dateparser.parse(text, settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"})
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return read.date().isoformat() if read else None
