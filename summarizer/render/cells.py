r"""Text in the cells of a table: whatever it says, no spreadsheet computes it and no terminal acts on it; reversible.

Two rules, undone by `read_cell` in the reverse order:

1. Signs that a terminal acts on or that mislead a reader (all that `safe.plain` takes away, line feeds aside), and
   formula signs behind something that may part cells elsewhere (a semicolon where the decimal sign is a comma), are
   written as JSON writes them: `\u001b`, `\u003d`; a backslash is doubled.
2. A text that begins with a formula sign gets an apostrophe in front, and so does one that begins with an apostrophe:
   OWASP's rule (ASVS 5, 1.2.10, CSV and formula injection; CWE-1236).
"""

import json
import re
from collections.abc import Iterable

from .safe import NOT_IN_JSON

# ASCII, full-width, small forms, and the minus sign: spreadsheets of East Asian locales take them alike.
_FORMULA = "=+\\-@＝＋－＠﹢﹣﹦﹫−"
_BLANK = "\\s\u00ad\u200b-\u200f\u2060\ufeff"
_STARTS = re.compile(f"[{_BLANK}]*[{_FORMULA}\\t\\r]|'")
_ELSEWHERE = re.compile(f"(?<=[;|\\n])([{_BLANK}]*)([{_FORMULA}])")
_PARTED = ";"


def text_cell(text: str | None) -> str:
    """`text` as the content of a cell; None and the empty text are both an empty cell."""
    if not text:
        return ""
    safe = text.replace("\\", "\\\\")
    safe = _ELSEWHERE.sub(lambda match: match[1] + _escaped(match[2]), safe)
    safe = NOT_IN_JSON.sub(lambda match: _escaped(match[0]), safe)
    return f"'{safe}" if _STARTS.match(text) else safe


def read_cell(cell: str) -> str:
    """The text that `text_cell` wrote; raises ValueError for a backslash that stands for nothing."""
    return _unescaped(cell.removeprefix("'"))


def list_cell(items: Iterable[str | None]) -> str:
    """Several texts in one cell, parted by semicolons as in UCDP's columns; a semicolon in one of them is escaped."""
    cells = [text_cell(item).removeprefix("'").replace(_PARTED, _escaped(_PARTED)) for item in items]
    joined = _PARTED.join(cells)
    joined = _ELSEWHERE.sub(lambda match: match[1] + _escaped(match[2]), joined)
    return f"'{joined}" if _STARTS.match(joined) else joined


def read_list(cell: str) -> list[str]:
    """The texts that `list_cell` wrote; an empty cell is one empty text."""
    return [_unescaped(item) for item in cell.removeprefix("'").split(_PARTED)]


def number_cell(value: float | None) -> str:
    """A number as itself, never as text: whole numbers without a fraction, nothing for None."""
    if value is None:
        return ""
    return str(int(value)) if abs(value) < 1e15 and float(value).is_integer() else repr(float(value))


def _escaped(sign: str) -> str:
    """`sign` as JSON escapes it: two escapes for signs beyond U+FFFF."""
    short = json.dumps(sign)[1:-1]
    return short if short.startswith("\\") else f"\\u{ord(sign):04x}"


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return str(json.loads('"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'))
