"""Quotes cut to size around the part that matters."""

import re
import unicodedata

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..schemas import Claim, Quantity
from .safe import isolate, plain, right_to_left

_NUMBER = re.compile(r"\d+(?:[.,'\u2019 \u00a0\u2009\u202f\u066b\u066c]\d+)*")
_WORD = re.compile(r"\w{4,}")
ELLIPSIS = "…"


def excerpt(quote: str, claim: Claim, width: int) -> str:
    """`quote` on one line of at most `width` terminal cells, cut with … around what answers the claim's question.

    What matters is the number of the answer (digits of any script, with any separators), else the longest
    word that answer and quote share, else the beginning.
    """
    text = plain(quote)
    if cell_len(text) <= width:
        return text
    start, end = _focus(text, claim)
    return _cut(text, start, end, max(width, 8))


def quote_lines(quote: str, width: int) -> list[str]:
    """`quote` in « », wrapped to `width` cells; where it is written right to left each line is isolated by itself.

    An isolate ends with its line on a terminal, so one pair around the whole would leave the later lines unprotected.
    """
    text = plain(quote)
    if cell_len(text) + 2 <= width:
        return [f"«{isolate(text)}»"]
    wrapped = Text(text).wrap(Console(width=width), max(width - 2, 4))
    lines = [line.plain.strip() for line in wrapped]
    if right_to_left(text):
        lines = [f"\u2068{line}\u2069" for line in lines]
    lines[0] = f"«{lines[0]}"
    lines[-1] = f"{lines[-1]}»"
    return [lines[0], *(f" {line}" for line in lines[1:])]


def _focus(text: str, claim: Claim) -> tuple[int, int]:
    if isinstance(claim.value, Quantity):
        wanted = {int(bound) for bound in (claim.value.low, claim.value.high) if bound is not None and bound >= 0}
        for match in _NUMBER.finditer(text):
            if _digits(match.group()) in wanted:
                return match.span()
    folded = text.casefold()
    if len(folded) == len(text):  # casefolding may lengthen (ß), and then offsets no longer fit
        for word in sorted(_WORD.findall(claim.answer.casefold()), key=len, reverse=True):
            if (at := folded.find(word)) >= 0:
                return at, at + len(word)
    return 0, 0


def _digits(text: str) -> int:
    return int("".join(str(unicodedata.digit(sign)) for sign in text if sign.isdigit()) or "-1")


def _cut(text: str, start: int, end: int, width: int) -> str:
    """The stretch of `text` around start:end that fits into `width` cells with its ellipses."""
    room = width - 4  # "… " and " …"
    left, right = start, min(end, start + room)
    while cell_len(text[left:right]) > room:
        right -= 1
    grew = True
    while grew:  # grow to both sides in turn, two thirds to the right, where a sentence usually goes on
        grew = False
        for step in (1, 1, -1):
            low, high = (left - 1, right) if step < 0 else (left, right + 1)
            if low >= 0 and high <= len(text) and cell_len(text[low:high]) <= room:
                left, right, grew = low, high, True
    if left and (space := text.find(" ", left, start)) >= 0 and space - left < 20:
        left = space + 1
    if right < len(text) and (space := text.rfind(" ", end, right)) >= 0 and right - space < 20:
        right = space
    before = "" if left == 0 else ELLIPSIS + " "
    after = "" if right == len(text) else " " + ELLIPSIS
    return f"{before}{text[left:right].strip()}{after}"
