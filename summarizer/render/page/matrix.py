"""Which article answers what: questions down, articles across; what one article alone says is counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ...schemas import MergedSummary
from ..safe import plain
from .items import Item
from .places import Places, letters
from .quoting import name_of

_SHAPES = 4
_WORDY = 5
"""Up to so many articles a cell has room for the answer itself."""


@dataclass(frozen=True)
class Column:
    """An article at the head of a column."""

    id: str
    number: int
    name: str
    alone: int
    unverified: int


@dataclass(frozen=True)
class Cell:
    """What an article answers: the mark of the answer, the answer, and the sentence.

    `shape` (0 to 3) lets neighbouring answers be told apart at a glance, beside their letters.
    """

    mark: str
    answer: str
    sentence: str
    shape: int


@dataclass(frozen=True)
class Row:
    """A question and what each article answers, in the order of the columns; nothing where it is silent."""

    item: Item
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Matrix:
    """Rows of the questions that several articles answer; `wordy` where cells have room for answers."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    wordy: bool


def matrix(story: MergedSummary, items: Sequence[Item], places: Places) -> Matrix | None:
    """The matrix of a story, `items` being its comparisons as shown; None where no two articles share a question."""
    shared = (*story.disagreements, *story.agreements)
    if len(story.articles) < 2 or not shared:
        return None
    alone = Counter(
        article
        for item in story.single_source
        for article in {article for position in item.positions for article in position.articles}
    )
    unverified = Counter(claim.article for claim in story.unverified)
    rows = []
    for item, view in zip(shared, items, strict=False):  # disagreements and agreements come first in both
        cells: dict[str, list[Cell]] = {article.id: [] for article in story.articles}
        for place, (mark, position) in enumerate(zip(letters(item.positions), item.positions, strict=True)):
            for article in position.articles:
                evidence = next(e for claim in position.claims if claim.article == article for e in claim.evidence)
                cells[article].append(
                    Cell(mark or "=", plain(position.answer), places.sentence(evidence), place % _SHAPES)
                )
        rows.append(Row(view, tuple(tuple(cells[article.id]) for article in story.articles)))
    columns = tuple(
        Column(places.articles[article.id], count, name_of(article), alone[article.id], unverified[article.id])
        for count, article in enumerate(story.articles, 1)
    )
    return Matrix(columns, tuple(rows), len(columns) <= _WORDY)
