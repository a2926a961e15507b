"""Expected results of the example stories, and whether a result meets them: positions are matched by their evidence."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.schemas import DateValue, Disagreement, MergedSummary, Position, Quantity

EXAMPLES = Path(__file__).parents[2] / "examples"
STORIES = sorted(path.parent.name for path in EXAMPLES.glob("*/expected.json"))
FLAGS = {"contradiction", "denial", "update"}


@dataclass(frozen=True)
class Row:
    """One expected disagreement or control, with the relations that may be told of it."""

    slot: str
    relations: frozenset[str]
    kind: str
    positions: tuple[dict[str, Any], ...]

    @property
    def control(self) -> bool:
        """True where the articles agree."""
        return "agreement" in self.relations


def article_paths(story: str) -> list[Path]:
    """The article files of a story."""
    return sorted((EXAMPLES / story).glob("*.md"))


def rows(story: str, part: str = "expected") -> list[Row]:
    """The expected rows of a story, or those of its `traps`."""
    told = json.loads((EXAMPLES / story / "expected.json").read_text("utf-8")).get(part, [])
    return [
        Row(
            row["slot"],
            frozenset("update" if name == "correction" else name for name in (row["relation"], *row.get("also", ()))),
            row["kind"],
            tuple(row["positions"]),
        )
        for row in told
    ]


def finding(row: Row, story: MergedSummary) -> Disagreement | None:
    """The disagreement that holds two different sides of a row, each in a position of its own."""
    for item in story.disagreements:
        met = {
            (at, side)
            for at, position in enumerate(item.positions)
            for side, wanted in enumerate(row.positions)
            if meets(row, wanted, position, story)
        }
        if any(a != b and _differ(row, row.positions[x], row.positions[y]) for a, x in met for b, y in met):
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


def meets(row: Row, wanted: dict[str, Any], position: Position, story: MergedSummary) -> bool:
    """Whether a position tells what is wanted: the value, from the sentence that the row quotes."""
    text = next((article.text for article in story.articles if article.id == wanted["article_id"]), "")
    start = text.find(wanted["quote"])
    end = start + len(wanted["quote"])
    said = any(e.article == wanted["article_id"] and e.start < end and start < e.end for e in position.evidence)
    return said and start >= 0 and _fits(row, wanted, position)


def _fits(row: Row, wanted: dict[str, Any], position: Position) -> bool:
    if row.kind == "number":
        value = position.value
        ends = (value.low, value.high) if isinstance(value, Quantity) else ()
        return any(end is not None and wanted["low"] <= end <= wanted["high"] for end in ends)
    if row.kind == "time":
        return isinstance(position.value, DateValue) and position.value.time == wanted["time"]
    return True


def _differ(row: Row, one: dict[str, Any], other: dict[str, Any]) -> bool:
    if row.kind == "number":
        return bool(one["high"] < other["low"] or other["high"] < one["low"])
    key = "time" if row.kind == "time" else "value"
    return bool(one[key] != other[key])


def false_flag(row: Row, story: MergedSummary) -> Disagreement | None:
    """A disagreement that flags a difference between positions which a control says agree."""
    for item in story.disagreements:
        if item.relation.value in FLAGS:
            held = [p for p in item.positions if any(meets(row, wanted, p, story) for wanted in row.positions)]
            if len(held) > 1:
                return item
    return None
