"""Questions as the page shows them: the answers side by side, who gives them, as of when, and their sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...schemas import Agreement, Article, Claim, Comparison, Disagreement, Estimate, Position, Quantity
from ...text.date_words import date_words
from .. import common
from ..common import NOBODY, number, unique
from ..safe import isolate, plain
from .facets import Facets, Traits
from .marking import Kind
from .places import Places, letters
from .plot import Plot, plot_of
from .quoting import Quote, Quoting

VERDICTS = {"same": "one answer", "different": "different answers", "unrelated": "answers to two questions"}
"""What the model can say of two claims."""


@dataclass(frozen=True)
class Side:
    """One answer to a question."""

    id: str
    letter: str
    chip: str
    answer: str
    who: str
    named: bool
    when: str
    as_of: str
    carried: str
    qualities: tuple[str, ...]
    quotes: tuple[Quote, ...]
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True)
class Levels:
    """Low, best and high in words, and the rule that chose best."""

    low: str
    best: str
    high: str
    unit: str
    rule: str


@dataclass(frozen=True)
class Item:
    """A question with its answers; what only a disagreement has is None or empty for the others."""

    id: str
    number: int
    kind: Kind
    glyph: str
    question: str
    label: str
    sides: tuple[Side, ...]
    traits: Traits
    changes: tuple[tuple[str, str], ...]
    rationale: str = ""
    severity: str = ""
    decided_by: str = ""
    levels: Levels | None = None
    plot: Plot | None = None
    note: str | None = None
    asked: tuple[str, ...] = ()
    one_voice: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """The different answers, each once."""
        return tuple(unique(side.answer for side in self.sides))


@dataclass(frozen=True)
class Doubt:
    """A claim that failed a check, and why."""

    id: str
    label: str
    question: str
    answer: str
    who: str
    outlet: str
    why: str
    kind: str
    traits: Traits
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Reading:
    """What is needed to show a question."""

    articles: Sequence[Article]
    places: Places
    facets: Facets
    quoting: Quoting

    def item(self, count: int, item: Comparison) -> Item:
        """A question of any of the three lists, the `count`th of all from 1."""
        marks = letters(item.positions)
        kind: Kind = "single"
        if isinstance(item, Disagreement):
            kind = "disagreement"
        elif isinstance(item, Agreement):
            kind = "agreement"
        traits = self.facets.of(item, kind)
        shown = Item(
            id=f"q{count}",
            number=count,
            kind=kind,
            glyph=traits.relation,
            question=plain(item.question),
            label="only one source",
            sides=tuple(
                self._side(count, place, mark, position)
                for place, (mark, position) in enumerate(zip(marks, item.positions, strict=True), 1)
            ),
            traits=traits,
            asked=tuple(self._asked(item)),
            changes=tuple((change.kind.replace("_", " "), plain(change.text)) for change in item.changes),
        )
        if isinstance(item, Disagreement):
            return replace(
                shown,
                label=common.label(item),
                rationale=plain(item.rationale),
                severity=item.severity,
                decided_by=item.decided_by,
                levels=_levels(item.estimate) if item.estimate else None,
                plot=plot_of(item, marks),
            )
        if isinstance(item, Agreement):
            return replace(
                shown,
                label="agreement",
                rationale=plain(item.rationale),
                decided_by=item.decided_by,
                note=common.voices_note(item, self.articles, mark=isolate),
                one_voice=item.independent_sources == 1,
            )
        return shown

    def doubt(self, count: int, claim: Claim) -> Doubt:
        """A claim that is not verified; `count` from 1."""
        return Doubt(
            id=f"u{count}",
            label=f"?{count}",
            question=plain(claim.question),
            answer=plain(claim.answer),
            who=isolate(common.people(claim.attributed_to)),
            outlet=common.cite([claim.article], self.articles, mark=isolate),
            why=common.reasons(claim),
            kind=common.CHECK_LABELS[common.first_failed(claim).name],
            traits=self.facets.of_claim(claim),
            quotes=self.quoting.quotes([claim]),
        )

    def _asked(self, item: Comparison) -> list[str]:
        """What the model was asked of pairs of answers, and said; each once."""
        told = []
        for pair in item.judged:
            one, other = sorted(self.places.chip(claim).label for claim in pair.claims)
            both = f"two claims of {one}" if one == other else f"{one} and {other}"
            told.append(f"Asked, the model took {both} for {VERDICTS[pair.verdict]}.")
        return unique(told)

    def _carried(self, position: Position) -> str:
        """In how many articles and copies it stands; nothing for a single one."""
        several = [common.plural(len(position.articles), "article")] if len(position.articles) > 1 else []
        return " · ".join(unique([*several, common.in_copies(position.articles, self.articles)]))

    def _side(self, count: int, place: int, mark: str, position: Position) -> Side:
        value = position.value
        who = common.sources(position, self.articles, mark=isolate)
        return Side(
            id=f"q{count}-p{place}",
            letter=mark,
            chip=f"{count}{mark}",
            answer=plain(position.answer),
            who=who,
            named=who != NOBODY,
            when=common.when_words(position),
            as_of=date_words(position.as_of),
            carried=self._carried(position),
            qualities=tuple(map(isolate, common.qualities(position.claims))),
            quotes=self.quoting.quotes(position.claims),
            low=_bound(value.low) if isinstance(value, Quantity) else None,
            high=_bound(value.high) if isinstance(value, Quantity) else None,
        )


def _bound(value: float | None) -> str:
    return "open" if value is None else number(value)


def _levels(estimate: Estimate) -> Levels:
    low, best, high = (number(value) for value in (estimate.low, estimate.best, estimate.high))
    return Levels(low, best, high, plain(estimate.unit or ""), plain(estimate.rule))
