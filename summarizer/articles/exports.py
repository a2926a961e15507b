"""The JSON values in an input, one after the other: a single object, one in each line, or the elements of an array."""

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import InputError
from .decoding import BOMS, MAX_BYTES, too_large, unicode_of
from .files import Bytes
from .strict_json import WRITE_ANEW, StrictJson

MAX_EXPORT_BYTES = 200_000_000
"""Largest export that is read, in bytes; each article in it has the bound of a single file."""
MAX_ARTICLES = 10_000
"""Articles of one export: more in one run would cost days, and a list of that many failures helps nobody."""
LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})

Form = Literal["object", "lines", "array"]
Value = tuple[int | None, Any]
"""The number of the line or element (None for a single object), and the value or the InputError in its place."""

_STARTS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
_OBJECT_IN_LINE = re.compile(rb"^\{.*\}[ \t\r]*$", re.MULTILINE)
_SPACE = re.compile(r"[ \t\r\n]*")
_CHUNK = 1_000_000
_SPLIT = "split it into smaller files"
_ENCODING = "write it as UTF-8, which JSON is to be in"
_A_LINE = "one object stands on one line, as `jq -c .` writes it"


@dataclass(frozen=True)
class Export:
    """What is left to read of a JSON input once its form is known."""

    form: Form
    head: bytes = b""
    rest: Bytes | None = None
    single: Any = None

    def values(self) -> Iterator[Value]:
        """All values in their order; a bad one costs nothing of the others as long as its end can be told."""
        if self.form == "object":
            yield None, self.single
            return
        count = 0
        values = _lines(self) if self.form == "lines" else _elements(self)
        for count, value in enumerate(values, 1):
            if count > MAX_ARTICLES:
                message = f"it holds more than {MAX_ARTICLES:,} articles, and the rest was not read"
                yield None, InputError(message, hint=_SPLIT)
                return
            yield value
        if not count:
            yield None, InputError("it is JSON, but holds no article", hint="check the export")


def is_json(head: bytes, suffix: str) -> bool:
    """True for what begins as JSON objects do, or has a suffix of one object a line."""
    if suffix.casefold() in LINE_SUFFIXES:
        return bool(head.strip())
    start = head[:4000]
    encoding = next((name for bom, name in BOMS if start.startswith(bom)), "latin-1")
    return bool(_STARTS.match(start.decode(encoding, "replace")))


def open_export(head: bytes, rest: Bytes | None, suffix: str) -> Export:
    """The export that begins with `head` (the first `MAX_BYTES` and one more) and goes on in `rest` (None: nowhere).

    Raises InputError for a single object that is too large, and for what cannot be told from its first lines.
    """
    if any(head.startswith(bom) for bom, name in BOMS if name != "utf-8-sig"):
        more = rest.read(MAX_EXPORT_BYTES) if rest else b""
        recoded = unicode_of(head + more).encode()
        head, rest = (
            recoded[: MAX_BYTES + 1],
            io.BytesIO(recoded[MAX_BYTES + 1 :]) if len(recoded) > MAX_BYTES else None,
        )
    head = head.removeprefix(codecs.BOM_UTF8)
    if head.lstrip().startswith(b"["):
        return Export("array", head, rest)
    by_name = suffix.casefold() in LINE_SUFFIXES
    has_lines = bool(_OBJECT_IN_LINE.search(head))
    if by_name and not has_lines and (rest or not head.lstrip().startswith(b"{")):
        raise InputError("no line of it is a JSON object", hint=_A_LINE)
    if rest:
        if by_name or _OBJECT_IN_LINE.match(head.lstrip()):
            return Export("lines", head, rest)
        raise too_large()
    one_line = b"\n" not in head.strip()
    if has_lines and (by_name if one_line else not _is_utf8_object(head)):
        return Export("lines", head)
    return Export("object", single=_attempt(unicode_of(head)))


def _is_utf8_object(head: bytes) -> bool:
    """True for a single object; one that is laid out over several lines has those within it indented."""
    try:
        return not isinstance(_attempt(head.decode("utf-8")), InputError)
    except UnicodeDecodeError:
        return False


def _attempt(text: str, hint: str = WRITE_ANEW) -> Any:
    try:
        return StrictJson().value(text, hint)
    except InputError as error:
        return error


def _lines(export: Export) -> Iterator[Value]:
    reader = _Chained(export.head, export.rest)
    number = size = 0
    while line := reader.readline(MAX_BYTES + 1):
        number += 1
        whole = len(line)
        while not line.endswith(b"\n") and (more := reader.readline(_CHUNK)):
            line, whole = b"\n" if more.endswith(b"\n") else b"", whole + len(more)
        size += whole
        if whole > MAX_BYTES + 1:
            yield number, too_large(whole)
        elif line.strip():
            try:
                yield number, _attempt(line.decode("utf-8").rstrip("\r\n"), _A_LINE)
            except UnicodeDecodeError as error:
                yield number, InputError(f"it is not UTF-8 (byte {error.start} of the line)", hint=_ENCODING)
        if size > MAX_EXPORT_BYTES:
            yield number, _last(_too_much())
            return


def _last(error: InputError) -> InputError:
    return InputError(f"{error.message}; what follows was not read", hint=error.hint)


def _too_much() -> InputError:
    return InputError(f"it is larger than {MAX_EXPORT_BYTES // 1_000_000} MB", hint=_SPLIT)


def _elements(export: Export) -> Iterator[Value]:
    """The elements of the array, each read as soon as all of it has come."""
    text = _Text(_Chained(export.head, export.rest))
    parser = StrictJson()
    number = 0
    try:
        text.skip_space()
        text.at += 1  # the opening bracket
        text.skip_space()
        while text.next() != "]" or number:
            number += 1
            value = text.value(parser)
            yield number, value
            text.skip_space()
            if (sign := text.next()) == "]":
                break
            if sign != ",":
                found = f"{sign!r} stands" if sign else "it ends"
                raise InputError(
                    f"it is not valid JSON: {found} where a comma or ']' is needed", hint="repair it there"
                )
            text.at += 1
            text.skip_space()
        text.at += 1
        text.skip_space()
        if text.next():
            raise InputError("it is not valid JSON: something stands behind its end", hint="remove it")
    except InputError as error:
        yield number, _last(error)


class _Text:
    """Characters of an input as far as they are needed; `at` is the next one."""

    def __init__(self, source: "_Chained") -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._size = 0
        self._ended = False
        self.at = 0

    def next(self) -> str:
        """The next character; empty at the end."""
        while self.at >= len(self._text) and self._more():
            pass
        return self._text[self.at : self.at + 1]

    def skip_space(self) -> None:
        while self.next():
            space = _SPACE.match(self._text, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self._text):
                return

    def value(self, parser: StrictJson) -> Any:
        """The value here, or the InputError in its place; raises one where it cannot be told where it ends."""
        while True:
            try:
                value, end = parser.value_at(self._text, self.at)
            except json.JSONDecodeError as error:
                if self._room() and self._more():
                    continue
                if not self._room():
                    raise too_large() from None
                raise InputError(f"it is not valid JSON: {error.msg}", hint="repair it there") from None
            if end < len(self._text) or not self._more():  # a number could go on
                large = end - self.at > MAX_BYTES
                self.at = end
                return too_large() if large else value

    def _room(self) -> bool:
        return len(self._text) - self.at <= MAX_BYTES

    def _more(self) -> bool:
        """Read on; what lies behind is let go. InputError for what is no UTF-8 or beyond the bound."""
        if self._ended:
            return False
        raw = self._source.read(_CHUNK)
        self._ended = not raw
        self._size += len(raw)
        if self._size > MAX_EXPORT_BYTES:
            raise _too_much()
        try:
            self._text = self._text[self.at :] + self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            raise InputError(f"it is not UTF-8: {error.reason}", hint=_ENCODING) from None
        self.at = 0
        return not self._ended


class _Chained:
    """Bytes that were read already, and then the input that they came from."""

    def __init__(self, head: bytes, rest: Bytes | None) -> None:
        self._parts: list[Bytes] = [io.BytesIO(head), *([rest] if rest else [])]

    def read(self, size: int) -> bytes:
        """The next `size` bytes or fewer; empty only at the end."""
        while self._parts:
            if raw := self._parts[0].read(size):
                return raw
            del self._parts[0]
        return b""

    def readline(self, size: int) -> bytes:
        """The rest of the line with its end, or `size` bytes of it."""
        line = b""
        while self._parts and len(line) < size and not line.endswith(b"\n"):
            if not (raw := self._parts[0].readline(size - len(line))):
                del self._parts[0]
            line += raw
        return line
