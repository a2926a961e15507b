"""What could not be done, as a failure of the result, and what was spent on it."""

from collections.abc import Mapping, Sequence

from .errors import BudgetSpent, ModelUnavailable, SummarizerError
from .schemas import EventSummary, Failure, Stage, Usage

_UNASKED: Mapping[str, str] = {
    "summarise": "its header was not asked for: ",
    "compare": "what rules leave open was not asked: ",
    "merge": "headline and narrative were not asked for: ",
}


def failure_of(
    article: str | None,
    error: SummarizerError,
    *,
    stage: Stage = "extract",
    partial: bool = False,
    usage: Usage | None = None,
) -> Failure:
    """The failure that `error` is; `stage` is where it came up, unless the model went away or the budget was spent."""
    reason = error.message
    if isinstance(error, BudgetSpent):
        reason, stage = _UNASKED.get(stage, "") + reason, "budget"
    elif isinstance(error, ModelUnavailable):
        stage = "model"
    return Failure(article=article, stage=stage, reason=reason, hint=error.hint, partial=partial, usage=usage)


def spent_on(summaries: Sequence[EventSummary], failures: Sequence[Failure]) -> Usage:
    """What went into a story before its merge, failed articles included."""
    lost = (failure.usage for failure in failures if failure.usage)
    return sum(lost, sum((summary.usage for summary in summaries), Usage()))
