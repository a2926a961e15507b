"""What is spent on a model: counted at every request, so that failed and repeated ones are in it too."""

from ..schemas import Usage


class Meter:
    """A counter for one piece of work (an article, a merge); `usage` is its reading at any moment.

    One meter may serve several calls at once within one event loop.
    """

    def __init__(self) -> None:
        self._counts = dict.fromkeys(("calls", "failed_calls", "retries", "reasks"), 0)
        self._tokens = dict.fromkeys(("prompt_tokens", "cached_tokens", "output_tokens"), 0)
        self._seconds = 0.0

    @property
    def usage(self) -> Usage:
        """The reading so far."""
        return Usage(**self._counts, **self._tokens, seconds=round(self._seconds, 3))

    def sent(self) -> None:
        """Count a request that goes out."""
        self._counts["calls"] += 1

    def failed(self) -> None:
        """Count a request that brought nothing usable: an error, a refused or cut reply, or one that does not fit."""
        self._counts["failed_calls"] += 1

    def retried(self) -> None:
        """Count a request that is about to be repeated after a transport error."""
        self._counts["retries"] += 1

    def reasked(self) -> None:
        """Count a request that is about to be repeated with the reason why the last reply did not fit."""
        self._counts["reasks"] += 1

    def waited(self, seconds: float) -> None:
        """Add the time between a request and the end of its reply, or of its failure."""
        self._seconds += seconds

    def spent(self, *, prompt: int, cached: int, output: int) -> None:
        """Add the tokens that a server reports for one reply; `cached` is part of `prompt`."""
        self._tokens["prompt_tokens"] += prompt
        self._tokens["cached_tokens"] += cached
        self._tokens["output_tokens"] += output
