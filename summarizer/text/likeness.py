"""Whether two texts are one: nearly the same words in the same order, whatever their case, spaces and signs."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from .folding import fold

__all__ = ["COPIED", "likeness", "same_words", "tokens"]

COPIED = 0.9
"""Share of their words that two copies have in common, in order (2 x common / all; rapidfuzz's Indel similarity)."""
_MIN_WORDS = 8  # shorter sentences are alike by chance
_SOLID = "\u3040-\u30ff\u3400-\u9fff"  # signs of scripts without spaces; about two make a word
_TOKEN = re.compile(rf"[{_SOLID}]|[^\W_{_SOLID}]+")


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[str, ...]:
    """The words of `text`, folded; of scripts without spaces each sign."""
    return tuple(_TOKEN.findall(fold(text)))


@lru_cache(maxsize=2048)
def _counts(text: str) -> Counter[str]:
    return Counter(tokens(text))


@lru_cache(maxsize=16384)
def same_words(one: str, other: str) -> bool:
    """Whether two texts of at least eight words are alike to `COPIED` or more."""
    left, right = tokens(one), tokens(other)
    if min(_words(left), _words(right)) < _MIN_WORDS:
        return False
    both = len(left) + len(right)
    shortest = 2 * min(len(left), len(right))
    # Words in common, in whatever order: a bound that spares most pairs of whole articles the comparison in order.
    if shortest < COPIED * both or 2 * (_counts(one) & _counts(other)).total() < COPIED * both:
        return False
    return Indel.normalized_similarity(left, right, score_cutoff=COPIED) >= COPIED


def likeness(one: str, other: str) -> float:
    """The share of their words that two texts have in common, in order: 0 to 1."""
    return Indel.normalized_similarity(tokens(one), tokens(other))


def _words(found: Sequence[str]) -> float:
    return sum(0.5 if len(token) == 1 and re.match(rf"[{_SOLID}]", token) else 1 for token in found)
