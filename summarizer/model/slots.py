"""Who may ask next: a bound on requests at once, shared among the articles so that none takes it all."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager


class Slots:
    """At most `total` requests at once, for one event loop.

    While several articles are not done none holds more than its even share, rounded up: a server that keeps one article
    waiting cannot keep the others waiting, too. Within that, whoever holds the fewest goes first, then whoever
    asked first. What belongs to no article (None) counts as one more of them.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._undone: Counter[str | None] = Counter()
        self._held: Counter[str | None] = Counter()
        self._queues: dict[str | None, deque[asyncio.Future[None]]] = {}

    @contextmanager
    def shared_with(self, article: str) -> Iterator[None]:
        """Count `article` among those that are not done, which makes the shares of the others smaller."""
        self._undone[article] += 1
        try:
            yield
        finally:
            _less(self._undone, article)
            self._hand_out()

    @asynccontextmanager
    async def slot(self, article: str | None) -> AsyncIterator[None]:
        """Hold one slot, as soon as there is one for `article`."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(article, deque()).append(turn)
        self._hand_out()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._forget(article, turn)
            else:  # it was handed over in the moment in which it was given up
                self._give_back(article)
            raise
        try:
            yield
        finally:
            self._give_back(article)

    def _give_back(self, article: str | None) -> None:
        _less(self._held, article)
        self._hand_out()

    def _forget(self, article: str | None, turn: "asyncio.Future[None]") -> None:
        queue = self._queues.get(article)
        if queue and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[article]

    def _hand_out(self) -> None:
        while self._held.total() < self._total:
            share = -(-self._total // max(1, len(self._undone)))
            waiting = [article for article in self._queues if self._held[article] < share]
            if not waiting:
                return
            article = min(waiting, key=lambda name: self._held[name])
            queue = self._queues.pop(article)
            turn = queue.popleft()
            if queue:
                self._queues[article] = queue  # behind the others
            if not turn.cancelled():
                self._held[article] += 1
                turn.set_result(None)


def _less(counts: "Counter[str | None]", name: str | None) -> None:
    counts[name] -= 1
    if not counts[name]:
        del counts[name]
