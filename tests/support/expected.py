"""Expected results of the example stories, and whether a result meets them: positions are matched by their evidence.

Values and differences are matched as the quality bench does. That goes by the question, too, since a reader of news
quotes but one of the sentences that tell a figure; the examples quote each sentence, so here the evidence decides.
"""

from functools import cache
from pathlib import Path

from benchmarks.quality.groups import EXAMPLES, Group, Row, Wanted, example_group
from benchmarks.quality.matching import Said, differ, rests_on, value_fits
from summarizer.schemas import Disagreement, MergedSummary, Position

STORIES = sorted(path.parent.name for path in EXAMPLES.glob("*/expected.json"))
FLAGS = {"contradiction", "denial", "update"}


@cache
def _group(story: str) -> Group:
    return example_group(EXAMPLES / story)


def article_paths(story: str) -> list[Path]:
    """The article files of a story."""
    return sorted((EXAMPLES / story).glob("*.md"))


def story_of(story: str) -> MergedSummary:
    """The kept result of a story, which `tests/test_stories.py` holds equal to what the recorded answers give."""
    return MergedSummary.model_validate_json((EXAMPLES / story / "story.json").read_text(encoding="utf-8"))


def rows(story: str, part: str = "expected") -> list[Row]:
    """The expected rows of a story, or those of its `traps`."""
    return list(_group(story).traps if part == "traps" else _group(story).rows)


def finding(row: Row, story: MergedSummary) -> Disagreement | None:
    """The disagreement that holds two different sides of a row, each in a position of its own."""
    for item in story.disagreements:
        met = {
            (at, side)
            for at, position in enumerate(item.positions)
            for side, wanted in enumerate(row.positions)
            if meets(row, wanted, position, story)
        }
        if any(a != b and differ(row, row.positions[x], row.positions[y]) for a, x in met for b, y in met):
            return item
    return None


def trapped(trap: Row, story: MergedSummary) -> Disagreement | None:
    """A disagreement in which the other event's figure, the first of a trap, stands beside one of today's."""
    other, *todays = trap.positions
    for item in story.disagreements:
        if any(meets(trap, other, position, story) for position in item.positions) and any(
            meets(trap, wanted, position, story) for wanted in todays for position in item.positions
        ):
            return item
    return None


def meets(row: Row, wanted: Wanted, position: Position, story: MergedSummary) -> bool:
    """Whether a position tells what is wanted: the value, from the sentence that the row quotes."""
    said = Said.of(position.model_dump(mode="json"), row.slot)
    texts = {article.id: article.text for article in story.articles}
    by_value = row.kind in ("number", "time")
    return rests_on(wanted, said, texts) and (not by_value or value_fits(row, wanted, said))


def false_flag(row: Row, story: MergedSummary) -> Disagreement | None:
    """A disagreement that flags a difference between positions which a control says agree."""
    for item in story.disagreements:
        if item.relation.value in FLAGS:
            held = [p for p in item.positions if any(meets(row, wanted, p, story) for wanted in row.positions)]
            if len(held) > 1:
                return item
    return None
