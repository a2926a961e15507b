"""Asking a model for an answer that fits a schema: the only way to one."""

import asyncio
import json
import logging
from typing import Any, TypeVar

import instructor
from instructor.core import InstructorRetryException, ResponseParsingError
from pydantic import BaseModel, ValidationError

from ..errors import BudgetSpent, SummarizerError
from ..schemas import Usage
from ..settings import Settings
from .endpoint import Endpoint, without_secrets
from .faults import misfit
from .meter import Meter
from .sending import Exchange, Sender
from .slots import Slots
from .store import AnswerStore, answer_key

T = TypeVar("T", bound=BaseModel)

MODES = {"json_schema": instructor.Mode.JSON_SCHEMA, "json": instructor.Mode.JSON, "tools": instructor.Mode.TOOLS}
_BOUND_BY_HOST = {"api.openai.com": "max_completion_tokens"}  # its newer models refuse the older name, others want it

# instructor logs whole replies and errors, which hold article text; Python prints errors of a logger without handler.
logging.getLogger("instructor").addHandler(logging.NullHandler())


class Model:
    """A model at one endpoint, asked by at most `settings.parallel` requests at a time, and not what `store` holds."""

    def __init__(
        self, settings: Settings, endpoint: Endpoint, store: AnswerStore | None = None, sender: Sender | None = None
    ) -> None:
        self._settings = settings
        self._endpoint = endpoint
        self._store = store
        self._sender = sender or Sender(settings, endpoint, kept=store is not None)

    @property
    def name(self) -> str:
        """The model that is asked for."""
        return self._endpoint.model

    @property
    def provider(self) -> str:
        """`embedded`, or the host of the server."""
        return self._endpoint.provider

    @property
    def slots(self) -> Slots:
        """How articles share the requests under way."""
        return self._sender.slots

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
        """Return the model's answer to `messages` as an instance of `schema`.

        A reply that does not fit is asked for again with the reason, `settings.reasks` times; transport errors are
        repeated `settings.transport_retries` times (see `bounds`). `meter` counts all of it, also where an error is
        raised. `article` (its id) and `task` (for example "extract") say in errors what was being done, and articles
        share the requests under way (see `Slots`). An answer that the store holds, and that fits, is not asked for
        again; one that is paid for is kept before it is returned.
        Raises ModelUnavailable where no further call can succeed, ReplyError where only this one failed, and
        BudgetSpent where `settings.max_tokens_total` allows none: every request, repeated ones too, needs room in it
        before it is sent.
        """
        key = self._key(messages, schema, max_tokens) if self._store else b""
        if kept := self._kept(key, schema):
            meter.reused(kept[1])
            await asyncio.sleep(0)  # a run from the store alone shall leave other tasks, and Ctrl-C, their turn
            return kept[0]
        paid = Meter(meter)
        exchange = Exchange(self._sender, paid, article, task)
        create: Any = instructor.patch(create=exchange.send, mode=MODES[self._settings.mode])
        request = {
            "model": self.name,
            "messages": messages,
            _BOUND_BY_HOST.get(self.provider, "max_tokens"): max_tokens,
            "temperature": self._settings.temperature,
        }
        if self._endpoint.embedded:
            request["extra_body"] = {"cache_prompt": True}  # keeps the fixed prefix of a prompt between calls
        fault: BaseException
        try:
            # strict=None leaves strictness to the schema; instructor would force Pydantic's strict mode on it.
            parsed = await create(response_model=schema, max_retries=self._settings.reasks, strict=None, **request)
            answer = _as(schema, parsed)
            self._keep(key, exchange.reply, answer, task, paid)
            return answer
        except InstructorRetryException as error:
            cause = error.__cause__ or error
            if isinstance(cause, SummarizerError):
                if isinstance(cause, BudgetSpent):
                    cause.article = article
                fault = cause
            elif isinstance(cause, (ValidationError, json.JSONDecodeError, ResponseParsingError)):
                paid.failed()
                fault = misfit(cause, error.n_attempts, self._endpoint, article, task)
            else:
                fault = cause
        # Outside the except block, so that the fault does not carry the library's error, its request and its headers.
        raise fault

    def _key(self, messages: list[dict[str, str]], schema: type[BaseModel], max_tokens: int) -> bytes:
        return answer_key(
            model=self.name,
            server=self._endpoint.server,
            weights=self._endpoint.weights,
            messages=messages,
            schema=schema.model_json_schema(),
            max_tokens=max_tokens,
            temperature=self._settings.temperature,
            mode=self._settings.mode,
        )

    def _kept(self, key: bytes, schema: type[T]) -> tuple[T, Usage] | None:
        """The stored answer and what it cost, if there is one that (still) fits the schema."""
        kept = self._store.get(key) if self._store else None
        answer = _read(schema, kept.reply) if kept else None
        return (answer, kept.cost) if kept and answer is not None else None

    def _keep(self, key: bytes, reply: str, answer: BaseModel, task: str, paid: Meter) -> None:
        if self._store is None:
            return
        # What the model wrote is best, if the answer comes of it alone.
        kept = reply if _read(type(answer), reply) == answer else answer.model_dump_json(by_alias=True)
        if all(without_secrets(text, self._sender.secrets) == text for text in (reply, kept)):
            self._store.put(key, kept, task=task, cost=paid.usage)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._sender.aclose()


def _read(schema: type[T], reply: str) -> T | None:
    """The answer that a kept reply makes; None if it does not fit: the schema's validators may have changed since."""
    try:
        return schema.model_validate_json(reply)
    except ValueError:
        return None


def _as(schema: type[T], parsed: BaseModel) -> T:
    """Turn `parsed` into an instance of `schema` itself: instructor returns one of a class derived from it.

    The derived one would not equal an instance made by hand, nor could it be pickled; and it holds the raw reply.
    """
    state = parsed.__getstate__()
    fields = type(parsed).model_fields
    state["__dict__"] = {name: value for name, value in state["__dict__"].items() if name in fields}
    plain = schema.__new__(schema)
    plain.__setstate__(state)
    return plain
