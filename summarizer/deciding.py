"""All claims compared: rules first, the model for what they leave open, and what was decided before is kept."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .adjudicate import adjudicate, judgement
from .affirm import affirmations
from .align import Alignment, align, by_model, settle
from .continuing import NEW, Continued
from .errors import BudgetSpent, ModelError, ModelUnavailable
from .failing import failure_of
from .merging import compared, verified
from .model import Meter
from .schemas import Claim, Comparison, EventSummary, Failure, Judged, Verdict

if TYPE_CHECKING:
    from .model.client import Model

Verdicts = Mapping[tuple[str, str], Verdict]


async def decide(
    summaries: Sequence[EventSummary],
    model: "Model",
    meter: Meter,
    failures: list[Failure],
    into: Continued = NEW,
) -> tuple[list[Comparison], bool]:
    """The comparisons of the summaries and of the story they go `into`, and whether the model went away.

    Where it does, or no budget is left, rules alone decide the rest, and `failures` say so.
    """
    gone = False
    together = into.together(summaries)
    found = list(into.affirmed)
    verdicts: Verdicts = into.decided.verdicts
    alignment = _aligned(together, found, into)
    try:
        told = [_with(summary, found) for summary in together]
        if new := await affirmations(told, model, meter, failures, into.decided.articles):
            found += new
            alignment = _aligned(together, found, into)
        verdicts = await adjudicate(alignment.doubts, alignment.groups, model, meter, failures, into.decided)
    except (ModelError, BudgetSpent) as error:
        failures.append(failure_of(None, error, stage="compare", partial=True))
        gone = isinstance(error, ModelUnavailable)
    return _compared(alignment, found, verdicts), gone


def decide_by_rules(summaries: Sequence[EventSummary], into: Continued = NEW) -> list[Comparison]:
    """The comparisons without a model; what it decided of the story they go `into` stays."""
    alignment = _aligned(into.together(summaries), into.affirmed, into)
    return _compared(alignment, into.affirmed, into.decided.verdicts)


def _aligned(summaries: Sequence[EventSummary], found: Sequence[Claim], into: Continued) -> Alignment:
    titles = [summary.article.title for summary in summaries]
    return align([*verified(summaries), *found], titles, into.decided)


def _with(summary: EventSummary, found: Sequence[Claim]) -> EventSummary:
    own = tuple(claim for claim in found if claim.article == summary.article.id)
    return summary.model_copy(update={"claims": (*summary.claims, *own)}) if own else summary


def _compared(alignment: Alignment, found: Sequence[Claim], verdicts: Verdicts) -> list[Comparison]:
    items = compared(by_model(settle(alignment, verdicts), found), judgement(verdicts))
    first = [(doubt.first.id, doubt.second.id) for doubt in alignment.doubts]  # in the order in which they were settled
    order = dict.fromkeys([*(pair for pair in first if pair in verdicts), *verdicts])
    return [_with_verdicts(item, {pair: verdicts[pair] for pair in order}) for item in items]


def _with_verdicts(item: Comparison, verdicts: Verdicts) -> Comparison:
    own = {claim.id for position in item.positions for claim in position.claims}
    judged = tuple(Judged(claims=pair, verdict=verdict) for pair, verdict in verdicts.items() if own.issuperset(pair))
    return item.model_copy(update={"judged": judged}) if judged else item
