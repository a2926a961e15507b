"""Two articles with one claim each, written by hand and merged by rules."""

from collections.abc import Callable
from typing import Any

from summarizer import merge
from summarizer.schemas import Agreement, Disagreement, MergedSummary, Qualifier

from .claims import Draft, drafts

ABOUT, AT_LEAST, MORE_THAN = Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.MORE_THAN
EARLY, LATE = "2031-05-03", "2031-05-08"
MARCH = "How many people took part in the Lantern March in Karsholm?"
LEFT = "At what time did the ferry leave Karsholm?"
ALARM = "Has Norvik confirmed that an alarm sounded on the ferry?"
OWNER = "Who owned the ferry that burned in Sorvik Bay?"
CAUSE = "What caused the fire on the ferry in Sorvik Bay?"
SLICK = "How long is the oil slick in Sorvik Bay?"

Write = Callable[[Draft], Any]


def told(one: Write, other: Write, *, dates: tuple[str | None, str | None] = (EARLY, EARLY)) -> MergedSummary:
    """Two articles with one claim each, merged."""
    a, b = drafts(*dates)
    one(a)
    other(b)
    return merge([a.summary(), b.summary()])


def only(story: MergedSummary) -> Disagreement:
    """The one disagreement of a story that holds nothing else."""
    assert (len(story.agreements), len(story.single_source)) == (0, 0)
    (found,) = story.disagreements
    return found


def agreed(story: MergedSummary) -> Agreement:
    """The one agreement of a story that holds nothing else."""
    assert (len(story.disagreements), len(story.single_source)) == (0, 0)
    (found,) = story.agreements
    assert len(found.positions) == 1
    return found


def figure(question: str, low: float | None, *more: Any, **fields: Any) -> Write:
    return lambda draft: draft.figure(question, low, *more, **fields)


def yes_no(question: str, answer: Any, **fields: Any) -> Write:
    return lambda draft: draft.yes_no(question, answer, **fields)


def time(question: str, clock: str, **fields: Any) -> Write:
    return lambda draft: draft.time(question, clock, **fields)


def name(question: str, who: str, **fields: Any) -> Write:
    return lambda draft: draft.name(question, who, **fields)


def wording(question: str, text: str, **fields: Any) -> Write:
    return lambda draft: draft.wording(question, text, **fields)
