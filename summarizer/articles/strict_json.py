"""JSON without what no reader of it agrees on: NaN, keys given twice, numbers without end, levels without end."""

import json
import math
from typing import Any

from ..errors import InputError

_LONGEST_NUMBER = 300
_SHOWN = 40
WRITE_ANEW = "let the program that wrote it write JSON as RFC 8259 has it"


class StrictJson:
    """Reads values one at a time, so that a fault inside one does not cost those behind it."""

    def __init__(self) -> None:
        self._fault: InputError | None = None
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._none, parse_float=self._float, parse_int=self._int
        )

    def value_at(self, text: str, start: int) -> tuple[Any, int]:
        """The value that begins at `start`, and where it ends.

        An InputError in the place of the value says that its end is known and that it cannot be used. Raises ValueError
        (JSONDecodeError) for what is not JSON and InputError for too many levels: then its end is not known.
        """
        self._fault = None
        try:
            value, end = self._decoder.raw_decode(text, start)
        except RecursionError:
            raise InputError("it is JSON nested too deeply", hint="flatten it: an article is one object") from None
        return (self._fault or value), end

    def value(self, text: str, hint: str = WRITE_ANEW) -> Any:
        """The only value in `text`; raises InputError for everything else, with `hint` for what is not JSON."""
        start = len(text) - len(text.lstrip())
        try:
            value, end = self.value_at(text, start)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
            raise InputError(f"it is not valid JSON: {error.msg} ({place})", hint=hint) from None
        if text[end:].strip():
            raise InputError("it is not valid JSON: something stands behind its end", hint=hint)
        if isinstance(value, InputError):
            raise value
        return value

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) != len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            self._complain(f"it has the field {_short(twice)!r} twice", "keep one of them")
        return record

    def _none(self, text: str) -> None:
        self._complain(f"it holds a number that is none: {text}", "write null where there is no value")

    def _float(self, text: str) -> float:
        value = float(text)
        if not math.isfinite(value):
            self._none(_short(text))
        return value

    def _int(self, text: str) -> int:
        if len(text) <= _LONGEST_NUMBER:
            return int(text)
        self._none(_short(text))
        return 0

    def _complain(self, message: str, hint: str) -> None:
        self._fault = self._fault or InputError(message, hint=hint)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
