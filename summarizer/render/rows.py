"""A story as rows, one for each claim with all that stands around it: what tables and lines of data are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..schemas import Agreement, Article, Claim, Comparison, Disagreement, Estimate, MergedSummary, Position

ListName = Literal["disagreement", "agreement", "single_source", "unverified"]


@dataclass(frozen=True)
class Row:
    """One claim, where it stands in the result, and its article; `comparison` and `position` are None if unverified."""

    list: ListName
    claim: Claim
    article: Article
    comparison: Comparison | None = None
    position: Position | None = None
    number: int | None = None
    """Which position of its question, counted from 1."""

    @property
    def disagreement(self) -> Disagreement | None:
        """The comparison, if it is a disagreement."""
        return self.comparison if isinstance(self.comparison, Disagreement) else None

    @property
    def agreement(self) -> Agreement | None:
        """The comparison, if it is an agreement."""
        return self.comparison if isinstance(self.comparison, Agreement) else None

    @property
    def judged(self) -> Disagreement | Agreement | None:
        """The comparison, if something was decided in it."""
        return self.disagreement or self.agreement

    @property
    def estimate(self) -> Estimate | None:
        """Low, best and high estimate of the question, if it has one."""
        return self.disagreement.estimate if self.disagreement else None

    @property
    def sources(self) -> int:
        """How many articles answer the question; copies of an article are not counted."""
        if self.comparison is None:
            return 1
        return len({article for position in self.comparison.positions for article in position.articles})


def rows_of(story: MergedSummary) -> Iterator[Row]:
    """Every claim once, in the order of the result: by list, question, position; unverified ones last."""
    articles = {article.id: article for article in story.articles}
    lists: tuple[tuple[ListName, tuple[Comparison, ...]], ...] = (
        ("disagreement", story.disagreements),
        ("agreement", story.agreements),
        ("single_source", story.single_source),
    )
    for name, comparisons in lists:
        for comparison in comparisons:
            for number, position in enumerate(comparison.positions, 1):
                for claim in position.claims:
                    yield Row(name, claim, articles[claim.article], comparison, position, number)
    for claim in story.unverified:
        yield Row("unverified", claim, articles[claim.article])
