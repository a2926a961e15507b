"""Everything into one result: questions compared, narrative over them, and every claim in exactly one place."""

from collections.abc import Sequence

from .align import Group
from .compare import UNDECIDED, Judgement, compare
from .narrative import by_rule
from .schemas import (
    Agreement,
    Cited,
    Claim,
    Comparison,
    Disagreement,
    EventSummary,
    Failure,
    MergedSummary,
    Provenance,
    Relation,
    SingleSource,
    Usage,
)
from .voices import heard

_FIRST = {severity: place for place, severity in enumerate(("high", "medium", "low"))}


def compared(groups: Sequence[Group], judgement: Judgement = UNDECIDED) -> list[Comparison]:
    """Every group decided: disagreements by severity, then agreements by number of articles, then single sources."""
    found = [compare(group, number, judgement) for number, group in enumerate(groups, 1)]
    disagreements = sorted((item for item in found if isinstance(item, Disagreement)), key=_disagreement_place)
    agreements = sorted((item for item in found if isinstance(item, Agreement)), key=_width, reverse=True)
    return [*disagreements, *agreements, *(item for item in found if isinstance(item, SingleSource))]


def _disagreement_place(item: Disagreement) -> tuple[int, int, int]:
    return _FIRST[item.severity], item.relation is Relation.UNCERTAIN, -_width(item)


def _width(item: Comparison) -> int:
    return len({article for answer in item.positions for article in answer.articles})


def verified(summaries: Sequence[EventSummary]) -> list[Claim]:
    """The claims that may be compared, by article id: what is found must not hang on which article was given first."""
    ordered = sorted(summaries, key=lambda summary: summary.article.id)
    return [claim for summary in ordered for claim in summary.claims if claim.verified]


def _as_given(item: Comparison, articles: Sequence[str]) -> Comparison:
    """The comparison with what stands behind each answer in the order in which the articles were given."""
    place = {article: number for number, article in enumerate(articles)}
    positions = tuple(
        answer.model_copy(
            update={
                "articles": tuple(sorted(answer.articles, key=lambda article: place[article])),
                "claims": tuple(sorted(answer.claims, key=lambda claim: place[claim.article])),
                "evidence": tuple(sorted(answer.evidence, key=lambda evidence: place[evidence.article])),
            }
        )
        for answer in item.positions
    )
    return item.model_copy(update={"positions": positions})


def assemble(
    summaries: Sequence[EventSummary],
    found: Sequence[Comparison],
    *,
    told: tuple[Cited | None, Sequence[Cited]] | None,
    failures: Sequence[Failure],
    usage: Usage,
    provenance: Provenance,
) -> MergedSummary:
    """The merged story, with the voices behind every answer.

    `told` is headline and narrative; None has them written by rule.
    """
    articles = {summary.article.id: summary.article for summary in summaries}
    found = [_as_given(heard(item, articles), list(articles)) for item in found]
    headline, narrative = told or by_rule(found, summaries)
    claims = verified(summaries)
    return MergedSummary(
        articles=tuple(summary.article for summary in summaries),
        headline=headline or by_rule(found, summaries)[0],
        narrative=tuple(narrative),
        disagreements=tuple(item for item in found if isinstance(item, Disagreement)),
        agreements=tuple(item for item in found if isinstance(item, Agreement)),
        single_source=tuple(item for item in found if isinstance(item, SingleSource)),
        unverified=tuple(claim for summary in summaries for claim in summary.claims if not claim.verified),
        failures=(*failures, *(failure for summary in summaries for failure in summary.failures)),
        usage=usage.per_claim(len(claims)),
        provenance=provenance,
    )
