"""The budget of a run: room for a request is held before it is sent, and what it really took is settled after it."""

import asyncio

from ..errors import BudgetSpent

_LARGEST = 2**53  # a server may report any number, and not every one can be divided


class Budget:
    """At most `limit` tokens, in and out together; None is no bound. It serves the tasks of one event loop.

    What requests under way may take at most is held for them, so that calls at the same time cannot overshoot together:
    one that fits only beside them waits until they are settled. The first that would not fit even alone is refused, and
    from then on every other, so that what was paid for is what a run with a larger budget asks first.
    """

    def __init__(self, limit: int | None, *, kept: bool = True) -> None:
        self._limit = limit
        again = "answers that are kept cost nothing" if kept else "with the cache on, no answer would be paid for twice"
        self._hint = f"raise --max-tokens-total (SUMMARIZER_MAX_TOKENS_TOTAL) and run again: {again}"
        self._spent = self._held = 0
        self._scale = 1.0
        self._reason: str | None = None
        self._changed = asyncio.Event()

    async def reserve(self, prompt: int, output: int) -> int:
        """Hold room for a request of at most `prompt` and `output` tokens; returns how much, for `settle`.

        Raises BudgetSpent where nothing may be asked any more.
        """
        if self._limit is None:
            return 0
        while self._reason is None:
            need = round(prompt * self._scale) + output
            if self._spent + need > self._limit:
                self._reason = (
                    f"the budget of {self._limit:,} tokens is spent: {self._spent:,} are used, and the next call may "
                    f"take {need:,}"
                )
                self._changed.set()
            elif self._spent + self._held + need <= self._limit:
                self._held += need
                return need
            else:
                self._changed.clear()
                await self._changed.wait()
        raise BudgetSpent(self._reason, hint=self._hint)

    def settle(self, held: int, spent: int) -> None:
        """Give back what was held for a request, and count what it took."""
        self._held -= held
        self._spent += spent
        self._changed.set()

    def compare(self, most: int, counted: int) -> None:
        """Learn from a prompt that the server counted: one that took more than it should raises all that follow."""
        if counted > most > 0:
            self._scale = max(self._scale, min(counted, _LARGEST) / most)
