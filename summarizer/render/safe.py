"""Text of others made safe: nothing in it acts on a terminal, a program or a reader's eyes."""

import json
import re
import unicodedata

_BIDI_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Controls that move the cursor or reorder what a reader sees; joiners and direction marks stay, since
# Persian, Indic and emoji text needs them. Tag characters (U+E00xx) print nothing and can hide instructions.
UNSAFE = re.compile(
    f"[\x00-\x1f\x7f-\x9f{_BIDI_OVERRIDES}\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
NOT_IN_JSON = re.compile(f"(?!\n)(?:{UNSAFE.pattern}|[\u2028\u2029])")
"""Signs that no raw output should hold, line feeds aside: JSON can write each as an escape."""


def plain(text: str) -> str:
    """`text` on one line, without anything that a terminal or a reader could be misled by.

    C0 and C1 controls, bidirectional embeddings, overrides and isolates, tag characters and lone surrogates
    go; every run of white space (line and paragraph separators too) becomes one space.
    """
    return _SPACES.sub(" ", UNSAFE.sub("", _SPACES.sub(" ", text))).strip()


def plain_lines(text: str) -> str:
    """`text` of several lines, each made safe as by `plain` behind its indent: tracebacks, reports."""
    lines = (re.match(r" *", line) for line in text.split("\n"))
    return "\n".join(f"{indent[0]}{plain(indent.string[indent.end() :])}" for indent in lines if indent)


def json_safe(text: str) -> str:
    """JSON text that means the same, with what `plain` takes away written as escapes: a terminal acts on none of it."""
    return NOT_IN_JSON.sub(lambda match: json.dumps(match[0])[1:-1], text)


def right_to_left(text: str) -> bool:
    """True if some letter of `text` is written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def isolate(text: str) -> str:
    """`text`, wrapped in U+2068 and U+2069 if it is written right to left, so that it cannot reorder its neighbours."""
    return f"\u2068{text}\u2069" if right_to_left(text) else text
