"""Article text as segments: which evidence covers which stretch, by exact offsets; nothing in it acts."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ..safe import UNSAFE

Kind = Literal["disagreement", "agreement", "single", "unverified"]
"""Where a claim stands in the result."""
Direction = Literal["ltr", "rtl"]

_LINE_ENDS = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PARAGRAPH = re.compile(r"[^\S\n]*\n\s*\n\s*")
_KEPT = frozenset("\n\t")


@dataclass(frozen=True)
class Chip:
    """A way back from a sentence to a claim that rests on it."""

    label: str
    target: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Span:
    """A stretch of a text that is evidence: offsets in code points, the id of its place, and the claims on it."""

    start: int
    end: int
    id: str
    chips: tuple[Chip, ...] = ()

    @property
    def kind(self) -> Kind:
        """The weightiest kind among its claims: a disagreement before an agreement, what failed a check last."""
        kinds = [chip.kind for chip in self.chips]
        return next((kind for kind in ("disagreement", "agreement", "single") if kind in kinds), "unverified")


@dataclass(frozen=True)
class Piece:
    """Text to show; `title` names the sign where it stands for one that must not act."""

    text: str
    title: str | None = None


@dataclass(frozen=True)
class Segment:
    """A stretch that the same spans cover from end to end; `opens` begin with it, `closes` end with it."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    spans: tuple[Span, ...] = ()
    opens: tuple[Span, ...] = ()
    closes: tuple[Span, ...] = ()

    @property
    def keys(self) -> str:
        """Ids of the spans that cover it, parted by spaces."""
        return " ".join(span.id for span in self.spans)


@dataclass(frozen=True)
class Paragraph:
    """Segments of one paragraph, and the white space behind it."""

    segments: tuple[Segment, ...]
    gap: str = ""


def shown(text: str) -> str:
    """`text`, as long as before, with signs in place of what would act on a terminal or turn the reading order.

    C0 controls become their pictures (U+2400 …), everything else that `safe.plain` takes away U+FFFD; what ends a
    line in some system becomes a line feed, since HTML would read a carriage return as one, too.
    """
    return "".join(piece.text for piece in pieces(text))


def pieces(text: str) -> tuple[Piece, ...]:
    """`shown(text)`, with each run of one stand-in apart and named: 'U+202E RIGHT-TO-LEFT OVERRIDE'."""
    even = _LINE_ENDS.sub("\n", text.replace("\r\n", " \n"))
    found: list[Piece] = []
    at = 0
    for match in re.finditer(rf"(?:(?![\n\t]){UNSAFE.pattern})+", even):
        if match.start() > at:
            found.append(Piece(even[at : match.start()]))
        names = dict.fromkeys(_name(sign) for sign in match[0])
        found.append(Piece("".join(map(_stand_in, match[0])), ", ".join(list(names)[:3])))
        at = match.end()
    if at < len(even):
        found.append(Piece(even[at:]))
    return tuple(found)


def direction(text: str) -> Direction:
    """The direction that most letters of `text` are written in; an article may begin with a name in other letters."""
    right = left = 0
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        right += kind in ("R", "AL")
        left += kind == "L"
    return "rtl" if right > left else "ltr"


def paragraphs(text: str, spans: Sequence[Span]) -> list[Paragraph]:
    """`text` in paragraphs, cut where evidence begins or ends; spans may nest, overlap and cross paragraphs.

    The segments and gaps put together are `text` again, offset by offset (as `shown`). Each span opens in one segment
    and closes in one. White space between paragraphs is never marked, unless a span has nothing else.
    """
    gaps = [match.span() for match in _PARAGRAPH.finditer(text)]
    gaps = [gap for gap in gaps if not any(gap[0] <= span.start and span.end <= gap[1] for span in spans)]
    cuts = sorted({0, len(text), *(at for gap in gaps for at in gap), *(at for s in spans for at in (s.start, s.end))})
    starts_gap = dict(gaps)
    opening = sorted(spans, key=lambda span: (span.start, -span.end))
    place, active = 0, list[Span]()
    waiting: list[Span] = []
    done: list[Paragraph] = []
    row: list[Segment] = []
    at = 0
    for start, end in pairwise(cuts):
        while place < len(opening) and opening[place].start <= start:
            waiting.append(opening[place])
            place += 1
        if start < at:
            continue  # within a gap that a span cuts
        if start in starts_gap:
            at = starts_gap[start]
            done.append(Paragraph(tuple(row), shown(text[start:at])))
            row = []
            continue
        active = [span for span in active if span.end > start] + waiting
        covers = tuple(active)
        closes = tuple(span for span in covers if _last_text(span, gaps) == end)
        row.append(Segment(start, end, pieces(text[start:end]), covers, tuple(waiting), closes))
        waiting = []
    if row:
        done.append(Paragraph(tuple(row)))
    return done


def _last_text(span: Span, gaps: Sequence[tuple[int, int]]) -> int:
    """Where the last marked stretch of `span` ends: before a gap in which it ends."""
    return next((start for start, end in gaps if start < span.end <= end), span.end)


def _stand_in(sign: str) -> str:
    code = ord(sign)
    if sign in _KEPT:
        return sign
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'control character')}"
