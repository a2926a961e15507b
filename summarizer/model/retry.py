"""When and how long to wait before a request is sent again: the only layer that repeats transport errors."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import openai
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from .bounds import FIRST_JITTER, LONGEST_JITTER, LONGEST_WAIT

_REPEATABLE = frozenset({408, 409, 429})
_jitter = wait_random_exponential(multiplier=FIRST_JITTER, max=LONGEST_JITTER)  # full: from nothing to the bound


async def pause(seconds: float) -> None:
    """Sleep between two attempts (a function of its own so that tests need not wait)."""
    await asyncio.sleep(seconds)


def now() -> datetime:
    """Return the time that a `Retry-After` date is measured against."""
    return datetime.now(UTC)


def quota_used_up(error: BaseException) -> bool:
    """Tell the 429 that no waiting helps: the account has no credit."""
    return isinstance(error, openai.APIStatusError) and "insufficient_quota" in (error.code, error.type)


def asked_wait(error: BaseException | None) -> float | None:
    """Return the seconds the server asks to wait (`retry-after-ms`; `Retry-After` as seconds or date), or None."""
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) * unit
        except (KeyError, ValueError):
            continue
        if 0 <= seconds < float("inf"):  # also false for "nan"
            return seconds
    try:
        moment = parsedate_to_datetime(headers.get("retry-after", ""))
    except (ValueError, OverflowError):  # the latter from figures that no date can hold
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now()).total_seconds())


def worth_repeating(error: BaseException) -> bool:
    """Tell errors that may pass by themselves: timeouts, lost connections, 408, 409, 429 and 5xx."""
    if isinstance(error, openai.APIConnectionError):  # timeouts are a kind of it
        return True
    if not isinstance(error, openai.APIStatusError) or quota_used_up(error):
        return False
    if (asked_wait(error) or 0) > LONGEST_WAIT:
        return False
    return error.status_code in _REPEATABLE or error.status_code >= 500


def _wait(state: RetryCallState) -> float:
    asked = asked_wait(state.outcome.exception() if state.outcome else None)
    return _jitter(state) if asked is None else asked


def retrying(retries: int, on_retry: Callable[[], None]) -> AsyncRetrying:
    """Allow up to `retries` repeats of a call that raises openai's errors; the last error is raised as it is."""
    return AsyncRetrying(
        stop=stop_after_attempt(retries + 1),
        retry=retry_if_exception(worth_repeating),
        wait=_wait,
        sleep=lambda seconds: pause(seconds),
        before_sleep=lambda _: on_retry(),
        reraise=True,
    )
