"""Which questions have one answer only, so that two different ones exclude each other."""

import re

from .schemas import Name, Position, Text
from .text.stance import blames
from .text.wording import content_words

_SHORT = 2  # content words of an answer that is a name for one thing
_NAMES_ONE = re.compile(
    r"(?:in |on |at |of |from |by |with )?"
    r"(?:which\s+\w+|what\s+(?!is\b|are\b|was\b|were\b|did\b|do\b|does\b|has\b|have\b|had\b|will\b|happen)\w+)"
    r"|what\s+(?:is|was)\s+the\s+(?:first |last |full )?(?:name|type|kind|make|colou?r|cause)\b",
    re.IGNORECASE,
)
"""Questions that ask to name one thing: a type, a name, a part, a cause."""
_BEFELL = re.compile(
    r"who\s+(?:all\s+)?(?:was|were|is|are|got|has been|have been|had been|else)\s+(?:\w+ly\s+)?(?:also\s+)?"
    r"(?!the\b|behind\b|in\b|responsible\b|blamed\b|accused\b)\w+(?:ed|en|n|t|ng)\b"
    r"|who\s+(?:are|were)\b|who\s+(?:said|says|told|spoke|attended|died|fled|lives?|came|took part)\b",
    re.IGNORECASE,
)
"""Questions that several people can be the answer to: those who were hurt, who came, who said something."""


def excludes(one: Position, other: Position) -> bool:
    """Whether two different answers in words cannot both be true, by what is asked and how short they are.

    Several people may have been shot or have spoken, a place may lie in another, and of two accounts in free words both
    may hold; but one has the name, the type and the blame.
    """
    return _has_one_answer(one) and _has_one_answer(other)


def _has_one_answer(position: Position) -> bool:
    question = position.claims[0].question
    if isinstance(position.value, Name):
        asks_who = question.casefold().startswith("who") and not _BEFELL.match(question)
        return asks_who or blames(question, "en")
    if isinstance(position.value, Text):
        return len(content_words(position.answer)) <= _SHORT and _NAMES_ONE.match(question) is not None
    return False
