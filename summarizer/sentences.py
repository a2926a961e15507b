"""Text to numbered sentences, and sentences to windows that one model call reads."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .boilerplate import holds_no_fact

MAX_SENTENCE = 600
"""Characters; what is longer is cut where it hurts least, so that a window stays bounded."""
_MAX_UNIT = 10_000
"""Characters given to the splitter at once: it is quadratic in quotation marks that are never closed."""
_WRAPPED = range(40, 161)
"""Widths at which people hard-wrap text; half of it for scripts with square signs."""

_LINE_ENDS = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BLANK_LINES = re.compile(r"\n[ \n]*\n")
_TERMINAL = ".!?…。．！？؟۔।॥։።"
_CLOSERS = "\"'”’»›)]」』）】*_"
_ENDS = re.compile(rf"[{re.escape(_TERMINAL)}:][{re.escape(_CLOSERS)} ]*$")
_ITEM = re.compile(r" *(?:[-*•·–—▪►] |\d{1,3}[.)] |>|#{1,6} )")
_HEADING = re.compile(r" *#{1,6} ")
_SQUARE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]")
_STRAY_OPENER = re.compile(r"(?<=[^\s]) +([“«„‘‹\"(\[]+) *$")
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[{re.escape(_TERMINAL)}][{re.escape(_CLOSERS)}]*(?=\s)|[。！？।॥]",
        r"[;:；：؛](?=\s)|[；：؛]",
        r"[,，、،](?=\s)|[，、،]|\s[-–—](?=\s)",
        r"\s",
    )
)
"""Places to cut an overlong sentence behind, best first."""

_TITLES = {
    "": "Dr Prof Mr Mrs Ms Mme Mmes Mlle Hon Gen Col Lt Sgt Capt Maj Cmdr Gov Sen Rep Rev Dipl Ing डॉ प्रो श्री",
    "fr": "M MM Pr Ste",
    "es": "Sr Sra Srta Dra Dña Lic",
    "pt": "Sr Sra Dra",
    "it": "sig dott prof on ing avv",
    "ru": "проф акад ген св ул им",
    "uk": "проф акад ген св вул ім",
    "ar": "د أ م",
}
"""By language: abbreviations before a name, so never at the end, that the library lets end a sentence."""
_BEFORE_NUMBERS = {
    "": "approx aprox ca fig nr",
    "fr": "art env",
    "it": "art",
    "es": "art",
    "de": "art abs",
    "ru": "ок ст",
}
_ABBREVIATED = re.compile(r"(?:^|[\s(«“\"’'])([^\s(«“\"’'.]{1,6})\.\s*$")
_LIST_NUMBER = re.compile(r"\W*\d{1,3}[.)]\s*")
_ORDINAL = re.compile(r"\b(?:d(?:er|ie|as|em|en|es)|zu[mr]|am|vom|beim|im) \d{1,2}\. *$", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """A sentence and its place: `text == article_text[start:end]`, offsets in Unicode code points, `number` from 1."""

    number: int
    start: int
    end: int
    text: str


def split(text: str, language: str | None) -> list[Sentence]:
    """The sentences of `text` in order, trimmed of white space; every other character is in exactly one of them.

    `language` is a BCP 47 tag; None counts as English, and a language without rules of its own gets general ones.
    A blank line ends a sentence, so do headings and list items; the line ends of hard-wrapped text do not. None is
    longer than `MAX_SENTENCE` characters.
    """
    flat = _flattened(text)
    primary = (language or "en").split("-")[0].split("_")[0].lower()
    spans = (
        part for unit in _units(flat) for sentence in _sentences(flat, unit, primary) for part in _cut(flat, *sentence)
    )
    return [Sentence(number, start, end, text[start:end]) for number, (start, end) in enumerate(spans, 1)]


def worth_asking(sentence: Sentence, title: str | None) -> bool:
    """False for what cannot hold a fact: credits, links to other articles, bare headings, the title once more."""
    return not holds_no_fact(sentence.text, title)


def windows(sentences: Sequence[Sentence], size: int, max_chars: int = 6000) -> list[list[Sentence]]:
    """Consecutive windows of at most `size` sentences and `max_chars` characters; joined they are `sentences`.

    A sentence longer than `max_chars` is a window by itself. Raises ValueError for a size below 1.
    """
    if size < 1:
        raise ValueError(f"a window holds at least one sentence, not {size}")
    result: list[list[Sentence]] = []
    chars = 0
    for sentence in sentences:
        if not result or len(result[-1]) == size or chars + len(sentence.text) > max_chars:
            result.append([])
            chars = 0
        result[-1].append(sentence)
        chars += len(sentence.text)
    return result


def _flattened(text: str) -> str:
    """The text with plain spaces and newlines as its only white space, so that offsets stay the same.

    The splitter breaks off at any other space that is longer than a byte in UTF-8 and stands before a full stop.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    other = {char for char in set(text) if char.isspace() or "\ud800" <= char <= "\udfff"} - {" ", "\n"}
    table = {ord(char): "\n" if char in _LINE_ENDS else " " if char.isspace() else "\ufffd" for char in other}
    return text.translate(table)


def _units(flat: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: paragraphs, headings, list items."""
    blocks = list(_between(flat, _BLANK_LINES))
    lines = [_lines(flat, start, end) for start, end in blocks]
    widths = [max(_width(flat[a:b]) for a, b in block) for block in lines]
    wrapped = [width for width, block in zip(widths, lines, strict=True) if len(block) > 1]
    common = max(wrapped, default=0)
    for block, own in zip(lines, widths, strict=True):
        width = common if common <= _WRAPPED.stop - 1 else own
        start = block[0][0]
        for (a, b), (c, d) in pairwise(block):
            if _hard_break(flat[a:b], flat[c:d], width):
                yield start, b
                start = c
        yield start, block[-1][1]


def _between(text: str, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    position = 0
    for match in separator.finditer(text):
        yield position, match.start()
        position = match.end()
    yield position, len(text)


def _lines(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    lines = []
    while (newline := flat.find("\n", start, end)) >= 0:
        lines.append((start, newline))
        start = newline + 1
    return [*lines, (start, end)]


def _width(line: str) -> int:
    """Columns of a terminal: square signs take two."""
    return len(line.strip()) + len(_SQUARE.findall(line))


def _hard_break(line: str, following: str, width: int) -> bool:
    """Whether the newline between two lines ends a sentence or was only put there to wrap the text."""
    if _HEADING.match(line):
        return True
    ended = bool(_ENDS.search(line))
    if _ITEM.match(following) and (ended or _ITEM.match(line) or _HEADING.match(following)):
        return True
    first = following.lstrip()[:1]
    if first.islower() and not ended:
        return False
    if width not in _WRAPPED:
        return True
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    needed = 2 if _SQUARE.match(word) else _width(word) + 1
    # Whoever wraps text breaks a line where the next word does not fit; a tenth is for wrapping that balances lines.
    return _width(line) + needed <= width * 0.9


def _sentences(flat: str, unit: tuple[int, int], language: str) -> Iterator[tuple[int, int]]:
    """Trimmed spans of the sentences in one unit."""
    start, end = unit
    spans: list[tuple[int, int]] = []
    while start < end:
        stop = end if end - start <= _MAX_UNIT else _best_cut(flat, start, start + _MAX_UNIT)
        spans.extend(_split_by_library(flat, start, stop, language))
        start = stop
    yield from _trimmed(flat, _joined(flat, spans, language))


def _split_by_library(flat: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    piece = flat[start:end].replace("\n", " ")
    position = 0
    for boundary in get_sentence_boundaries(language, piece):
        stop = boundary["end_index"]
        opener = _STRAY_OPENER.search(piece, position, stop)
        if opener and stop < len(piece):
            stop = opener.start(1)  # an opening mark belongs to what it opens
        yield start + position, start + stop
        position = stop
    if position < len(piece):
        yield start + position, end


def _joined(flat: str, spans: Iterable[tuple[int, int]], language: str) -> list[tuple[int, int]]:
    """The spans with those put together that the library parted inside a sentence."""
    spans = list(spans)
    if not spans:
        return []
    cased = any(char.isupper() for char in flat[spans[0][0] : spans[-1][1]])
    result = [spans[0]]
    for start, end in spans[1:]:
        before, after = flat[result[-1][0] : result[-1][1]], flat[start:end]
        if _belong_together(before, after, language, cased):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _belong_together(before: str, after: str, language: str, cased: bool) -> bool:
    head = after.lstrip()
    if not any(char.isalnum() for char in head) or not any(char.isalnum() for char in before):
        return True
    if _LIST_NUMBER.fullmatch(before):
        return True
    if cased and head[0].islower():  # written with capitals, so a small letter goes on with the sentence
        return True
    if before[-1:] in "」』" and "\u3041" <= head[0] <= "\u309f":  # the particle behind a Japanese quotation
        return True
    if before[-1:] in ".．" and before[-2:-1].isdigit() and after[0].isdigit():
        return True
    if language == "de" and _ORDINAL.search(before[-20:]):
        return True
    short = _ABBREVIATED.search(before[-12:])
    return short is not None and _stands_before(short[1], head, language)


def _stands_before(word: str, head: str, language: str) -> bool:
    """True if `word`, a possible abbreviation, belongs to the name or number that `head` begins with."""
    if head[0].isnumeric():
        return word.lower() in (_BEFORE_NUMBERS[""] + " " + _BEFORE_NUMBERS.get(language, "")).split()
    titles = (_TITLES[""] + " " + _TITLES.get(language, "")).split()
    return head[0].isalpha() and (word in titles or (word.isupper() and word.capitalize() in titles))


def _trimmed(flat: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        text = flat[start:end]
        left = len(text) - len(text.lstrip())
        if left < len(text):
            yield start + left, start + len(text.rstrip())


def _cut(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span in trimmed parts of at most `MAX_SENTENCE` characters."""
    while end - start > MAX_SENTENCE:
        stop = _best_cut(flat, start, start + MAX_SENTENCE)
        yield from _trimmed(flat, [(start, stop)])
        start = stop
    yield from _trimmed(flat, [(start, end)])


def _best_cut(flat: str, start: int, limit: int) -> int:
    """Where to cut before `limit`: behind the last sentence end in its second half, else clause, comma, space."""
    half = (start + limit) // 2
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(flat, half, limit)]
        if ends:
            return ends[-1]
    return limit
