"""Words for a field of one line: without references, and without signs that act on a terminal or a direction."""

from html import unescape

_JOINERS = "\u200c\u200d"


def printable_text(text: str) -> str:
    """`text` on one line, without references (`&amp;`) and characters that control a terminal or a direction."""
    kept = "".join(char for char in unescape(text) if char.isprintable() or char.isspace() or char in _JOINERS)
    return " ".join(kept.split())
