"""The limits of patience, and the worst case that follows: what one question can cost in calls, seconds and tokens."""

from dataclasses import dataclass

from ..settings import Settings

LONGEST_WAIT = 300.0
"""Seconds; a server that asks for more has a quota to refill, and the user should know rather than wait."""
FIRST_JITTER, LONGEST_JITTER = 0.5, 30.0
"""Seconds; without a wish of the server a wait is anywhere between 0 and a bound that doubles from one to the other."""
LONGEST_REASON = 2000
"""Bytes of the reasons in a re-ask: a token is at least one byte."""


@dataclass(frozen=True)
class Bound:
    """What is never exceeded: requests sent, seconds from the first of them to the end, and tokens that may be billed.

    The tokens include those of replies that were lost on the way, which no server reports.
    """

    calls: int
    seconds: float
    prompt_tokens: int
    output_tokens: int


def worst_case(settings: Settings, *, prompt_tokens: int, max_tokens: int) -> Bound:
    """The bound on one question of `prompt_tokens` whose reply may have `max_tokens`.

    It is asked `reasks` + 1 times, and sent `transport_retries` + 1 times each; every request lasts up to `timeout`,
    and before each repeat a server may ask for `LONGEST_WAIT`. Every re-ask holds the replies and reasons before it.
    """
    rounds, tries = settings.reasks + 1, settings.transport_retries + 1
    told_again = sum(number * (max_tokens + LONGEST_REASON) for number in range(rounds))
    return Bound(
        calls=rounds * tries,
        seconds=rounds * (tries * settings.timeout + settings.transport_retries * LONGEST_WAIT),
        prompt_tokens=tries * (rounds * prompt_tokens + told_again),
        output_tokens=rounds * tries * max_tokens,
    )
