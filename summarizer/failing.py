"""What could not be done, as a failure of the result, and what was spent on it."""

from collections.abc import Coroutine, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from .errors import BudgetSpent, ModelUnavailable, ReplyError, SummarizerError
from .schemas import EventSummary, Failure, Stage, Usage
from .tasks import run_all

T = TypeVar("T")

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


async def answers(
    questions: Iterable[tuple[str | None, Coroutine[Any, Any, T]]], failures: list[Failure], *, unasked: str = ""
) -> list[T | None]:
    """What the model answers to the questions of a merge, each with the article it concerns; None for no answer.

    A reply of no use is put into `failures` and costs its question alone. So are, together, the questions that the
    budget does not allow; `unasked` says what they were about. Raises ModelUnavailable.
    """

    async def outcome(article: str | None, question: Coroutine[Any, Any, T]) -> T | BudgetSpent | None:
        try:
            return await question
        except ReplyError as error:
            failures.append(failure_of(article, error, stage="compare", partial=True))
            return None
        except BudgetSpent as error:  # an outcome, no error of the group: calls under way are paid for, and go on
            return error

    outcomes = await run_all([outcome(article, question) for article, question in questions])
    spent = [one for one in outcomes if isinstance(one, BudgetSpent)]
    if spent:
        lost = failure_of(None, spent[0], stage="compare", partial=True)
        told = f"{len(spent)} {unasked} were not asked about: {spent[0].message}" if unasked else lost.reason
        failures.append(lost.model_copy(update={"reason": told}))
    return [None if isinstance(one, BudgetSpent) else one for one in outcomes]
