"""A rehearsal of a run: the store answers what it holds, every other question is noted where it would be sent."""

from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from ..errors import BudgetSpent
from ..settings import Settings
from .client import Model
from .endpoint import Endpoint
from .meter import Meter
from .sending import Exchange, Sender
from .store import AnswerStore
from .tokens import prompt_tokens

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Noted:
    """A question that a run would ask: its `prompt` in estimated tokens, and the `bound` on its reply.

    `kept` is True for an answer in the store, which costs nothing.
    """

    article: str | None
    task: str
    schema: type[BaseModel]
    bound: int
    prompt: int = 0
    kept: bool = False


class _NotAsked(BudgetSpent):
    """A question that a rehearsal does not ask: it has nothing to spend."""

    def __init__(self, prompt: int) -> None:
        self.prompt = prompt
        super().__init__("nothing is asked in a dry run")


class _NoSender(Sender):
    """Refuses every request."""

    async def create(self, exchange: Exchange, request: dict[str, Any]) -> ChatCompletion:
        raise _NotAsked(prompt_tokens(request, embedded=self.endpoint.embedded))


class Rehearsal(Model):
    """A model that sends nothing; `noted` holds what it was asked, in that order.

    A question that the store does not answer is refused as one that no budget allows: whatever works with a model goes
    on as far as the answers at hand carry it.
    """

    def __init__(self, settings: Settings, endpoint: Endpoint, store: AnswerStore | None = None) -> None:
        super().__init__(settings, endpoint, store, _NoSender(settings, endpoint, kept=store is not None))
        self.noted: list[Noted] = []

    async def ask(
        self,
        messages: list[dict[str, str]],
        schema: type[T],
        *,
        meter: Meter,
        max_tokens: int,
        article: str | None = None,
        task: str = "",
    ) -> T:
        """The answer from the store; otherwise the question is noted, and BudgetSpent raised."""
        try:
            answer = await super().ask(messages, schema, meter=meter, max_tokens=max_tokens, article=article, task=task)
        except _NotAsked as unasked:
            self.noted.append(Noted(article, task, schema, max_tokens, unasked.prompt))
            raise
        self.noted.append(Noted(article, task, schema, max_tokens, kept=True))
        return answer

    async def noted_by(self, work: Awaitable[Any]) -> list[Noted]:
        """What `work` alone would ask; it is not kept in `noted`."""
        before = len(self.noted)
        with suppress(BudgetSpent):
            await work
        found = self.noted[before:]
        del self.noted[before:]
        return found
