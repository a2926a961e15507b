"""Fold text for comparison: case, width, spaces, dashes and quotes no longer matter."""

import unicodedata
from functools import lru_cache

_DASHES = "‐‑‒–—―−﹘﹣－"
_SINGLE_QUOTES = "‘’‚‛′ʹʻʼʽˈ´`＇"
_DOUBLE_QUOTES = "“”„‟″«»＂〝〞"
_MARKS = dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"')


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char in _MARKS:
        return _MARKS[char]
    if unicodedata.category(char) == "Zs":
        return " "
    folded = unicodedata.normalize("NFKC", char).casefold()
    return folded if len(folded) == 1 else char


def fold_each(text: str) -> str:
    """Fold character by character, so that offsets into the result are offsets into `text`.

    What would change length (ligatures, "ß", combining accents) stays as it is; so do line breaks and tabs, which
    separate what stands on either side.
    """
    return "".join(map(_fold_char, text))


def fold(text: str) -> str:
    """Fold for comparison: NFKC, casefolded, quotes and dashes unified, white space collapsed and stripped."""
    # NFKC turns some marks into others (full-width quotes), casefolding can undo composition: normalise around both.
    marked = fold_each(unicodedata.normalize("NFKC", text))
    return " ".join(unicodedata.normalize("NFKC", marked.casefold()).split())
