"""What is spent on a model: counted at every request, so that failed and repeated ones are in it too."""

from collections import Counter, defaultdict

from ..schemas import Usage


class Meter:
    """A counter for one piece of work (an article, a merge); `usage` is its reading at any moment.

    One meter may serve several calls at once within one event loop. `total` is a meter that counts all of it, too.
    """

    def __init__(self, total: "Meter | None" = None) -> None:
        self._total = total
        self._counts: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    @property
    def usage(self) -> Usage:
        """The reading so far."""
        spent, saved = (round(self._seconds[name], 3) for name in ("seconds", "reused_seconds"))
        return Usage(**self._counts, seconds=spent, reused_seconds=saved)

    def sent(self) -> None:
        """Count a request that goes out."""
        self._count(calls=1)

    def failed(self) -> None:
        """Count a request that brought nothing usable: an error, a refused or cut reply, or one that does not fit."""
        self._count(failed_calls=1)

    def uncounted(self) -> None:
        """Count a request of which nobody tells how many tokens it took."""
        self._count(uncounted_calls=1)

    def retried(self) -> None:
        """Count a request that repeats another after a transport error."""
        self._count(retries=1)

    def reasked(self) -> None:
        """Count a request that repeats another with the reason why its reply did not fit."""
        self._count(reasks=1)

    def waited(self, seconds: float) -> None:
        """Add the time between a request and the end of its reply, or of its failure."""
        self._wait("seconds", seconds)

    def spent(self, *, prompt: int, cached: int, output: int) -> None:
        """Add the tokens that a server reports for one reply; `cached` is part of `prompt`."""
        self._count(prompt_tokens=prompt, cached_tokens=cached, output_tokens=output)

    def reused(self, cost: Usage) -> None:
        """Count an answer from the store, and what it cost when it was paid for; nothing of that is spent again."""
        self._count(
            reused_answers=1,
            reused_calls=cost.calls,
            reused_prompt_tokens=cost.prompt_tokens,
            reused_output_tokens=cost.output_tokens,
        )
        self._wait("reused_seconds", cost.seconds)

    def _count(self, **amounts: int) -> None:
        self._counts.update(amounts)
        if self._total is not None:
            self._total._count(**amounts)

    def _wait(self, name: str, seconds: float) -> None:
        self._seconds[name] += seconds
        if self._total is not None:
            self._total._wait(name, seconds)
