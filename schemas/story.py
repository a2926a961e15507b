"""The merged story: what the articles agree on, disagree on, and say alone."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from .article import Article, Evidence
from .base import SCHEMA_VERSION, Record
from .claims import Claim
from .edtf import Edtf
from .run import Failure, Provenance, Usage
from .summary import Cited
from .values import Value


class Relation(StrEnum):
    """How the positions on one question relate; decided in this order, the first that fits wins."""

    NOT_COMPARABLE = "not_comparable"
    AGREEMENT = "agreement"
    DENIAL = "denial"
    SCOPE = "scope"
    UPDATE = "update"
    PRECISION = "precision"
    ATTRIBUTION = "attribution"
    CONTRADICTION = "contradiction"
    CHARACTERISATION = "characterisation"
    UNCERTAIN = "uncertain"


Subtype = Literal["non_confirmation", "progression", "correction", "by_source", "by_outlet"]
Severity = Literal["high", "medium", "low"]
DecidedBy = Literal["rule", "model"]
ChangeKind = Literal[
    "new_disagreement", "new_agreement", "position_added", "source_added", "relation_changed", "figure_superseded"
]
Verdict = Literal["same", "different", "unrelated"]
Basis = Literal["attribution", "agency", "copied_text", "outlet"]


class Voice(Record):
    """One original source behind an answer, and the articles that carry it: however many, they count once."""

    source: str | None = Field(
        description="The speaker, the news agency or else the outlet; null where nothing says who had it first."
    )
    articles: tuple[str, ...] = Field(min_length=1, description="Ids of the articles that carry it, by first claim.")
    basis: Basis = Field(
        description="Why they are one: the same speaker, one agency's copy, the same words, or one outlet; "
        "the weakest ground that was needed. UCDP's source_original and source_office tell the same apart."
    )


class Position(Record):
    """One answer to a question, and all who give it."""

    answer: str
    value: Value
    articles: tuple[str, ...] = Field(min_length=1, description="Ids of the articles that give this answer.")
    attributed_to: str | None = Field(default=None, description="Who is behind it; several are parted by '; '.")
    as_of: Edtf | None = Field(default=None, description="Latest date for which it is given, EDTF.")
    claims: tuple[Claim, ...] = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    voices: tuple[Voice, ...] = Field(
        default=(), description="Original sources behind it; an article that names several stands in several."
    )

    @model_validator(mode="after")
    def _verified_only(self) -> Self:
        if not all(claim.verified for claim in self.claims):
            raise ValueError("a position rests on verified claims only")
        if set(self.articles) != {claim.article for claim in self.claims}:
            raise ValueError("a position lists the articles of its claims")
        if self.voices and {article for voice in self.voices for article in voice.articles} != set(self.articles):
            raise ValueError("the voices of a position are carried by its articles, and by each of them")
        return self


class Estimate(Record):
    """UCDP's low, best and high estimate over all positions; the span of reports, not a confidence interval."""

    low: float
    best: float
    high: float
    rule: str = Field(description="The rule that chose best.")
    unit: str | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.best <= self.high:
            raise ValueError(f"low {self.low:g}, best {self.best:g}, high {self.high:g} are not in order")
        return self


class Change(Record):
    """What became of a question since the story was last made (`story --into`)."""

    kind: ChangeKind
    text: str = Field(min_length=1, description="The change in one sentence.")
    articles: tuple[str, ...] = Field(default=(), description="Ids of the new articles that brought it.")


class Judged(Record):
    """What the model said of two claims that rules could not decide."""

    claims: tuple[str, str] = Field(description="Ids of the two claims.")
    verdict: Verdict = Field(description="One answer to one question, different answers to it, or two questions.")


class Comparison(Record):
    """What agreements, disagreements and single-source answers share."""

    id: str
    question: str
    positions: tuple[Position, ...] = Field(min_length=1)
    judged: tuple[Judged, ...] = Field(
        default=(), description="What the model was asked of pairs of its claims, and said; rules decided the rest."
    )
    changes: tuple[Change, ...] = Field(default=(), description="What is new here in a story that was added to.")

    @model_validator(mode="after")
    def _judged_are_its_own(self) -> Self:
        own = {claim.id for position in self.positions for claim in position.claims}
        if any(not own.issuperset(pair.claims) for pair in self.judged):
            raise ValueError("what the model said of two claims stands with the question that has both")
        return self


class SingleSource(Comparison):
    """A question that one article alone answers."""


class Agreement(Comparison):
    """A question to which several articles give the same answer."""

    decided_by: DecidedBy = "rule"
    rationale: str = Field(description="Why it counts as the same answer; says so where all trace to one source.")
    independent_sources: int | None = Field(
        default=None, description="Distinct original sources behind it; null where some articles name none."
    )


class Disagreement(Comparison):
    """A question that the sources answer differently."""

    relation: Relation
    subtype: Subtype | None = None
    severity: Severity
    decided_by: DecidedBy
    rationale: str = Field(description="One sentence: why it has this relation, or what is missing to tell.")
    estimate: Estimate | None = None

    @model_validator(mode="after")
    def _several(self) -> Self:
        if self.relation in (Relation.AGREEMENT, Relation.NOT_COMPARABLE):
            raise ValueError(f"{self.relation.value} is not a disagreement")
        if len(self.positions) < 2:
            raise ValueError("a disagreement has at least two positions")
        return self


class MergedSummary(Record):
    """Several articles on one story, compared; every claim is in exactly one of the four lists."""

    schema_version: str = SCHEMA_VERSION
    articles: tuple[Article, ...]
    headline: Cited | None
    narrative: tuple[Cited, ...]
    disagreements: tuple[Disagreement, ...]
    agreements: tuple[Agreement, ...]
    single_source: tuple[SingleSource, ...]
    unverified: tuple[Claim, ...]
    failures: tuple[Failure, ...]
    usage: Usage
    provenance: Provenance

    @model_validator(mode="after")
    def _nothing_vanishes_nor_repeats(self) -> Self:
        articles = {article.id: article for article in self.articles}
        if len(articles) != len(self.articles):
            raise ValueError("article ids repeat")
        compared = [claim for item in self.comparisons for position in item.positions for claim in position.claims]
        every = [claim.id for claim in (*compared, *self.unverified)]
        if len(set(every)) != len(every):
            raise ValueError("a claim stands in two places of the result")
        for claim in (*compared, *self.unverified):
            for evidence in claim.evidence:
                if evidence.article not in articles:
                    raise ValueError(f"claim {claim.id} cites article {evidence.article!r}, which is not in the result")
                evidence.check(articles[evidence.article])
        known = {claim.id for claim in compared}
        for cited in (self.headline, *self.narrative):
            if cited and not set(cited.claims) <= known:
                raise ValueError(f"{cited.text!r} cites claims that are not verified: {set(cited.claims) - known}")
        return self

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Disagreements, agreements and single-source answers, in this order."""
        return (*self.disagreements, *self.agreements, *self.single_source)
