"""Asking a model for an answer that fits a schema: the only module that sends anything to one."""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from typing import Any, TypeVar

import instructor
import openai
from instructor.core import InstructorRetryException, ResponseParsingError
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from ..errors import ModelError, SummarizerError
from ..schemas import Usage
from ..settings import Settings
from .endpoint import Endpoint
from .faults import fault_of, misfit, unusable, without_secrets
from .meter import Meter
from .retry import retrying
from .store import AnswerStore, answer_key

T = TypeVar("T", bound=BaseModel)

MODES = {"json_schema": instructor.Mode.JSON_SCHEMA, "json": instructor.Mode.JSON, "tools": instructor.Mode.TOOLS}
_SECRET = 8  # characters; a shorter key is a placeholder, and would be found in half of all replies
_BOUND_BY_HOST = {"api.openai.com": "max_completion_tokens"}  # its newer models refuse the older name, others want it

# instructor logs whole replies and errors, which hold article text; Python prints errors of a logger without handler.
logging.getLogger("instructor").addHandler(logging.NullHandler())


class Model:
    """A model at one endpoint, asked by at most `settings.parallel` requests at a time, and not what `store` holds."""

    def __init__(self, settings: Settings, endpoint: Endpoint, store: AnswerStore | None = None) -> None:
        self._settings = settings
        self._endpoint = endpoint
        self._store = store
        self._slots = asyncio.Semaphore(settings.parallel)
        self._secrets = [secret for secret in endpoint.secrets if len(secret) >= _SECRET]
        # A proxy from the environment cannot reach a server inside this process.
        client = openai.DefaultAsyncHttpxClient(trust_env=False) if endpoint.embedded else None
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.address,
            default_headers=endpoint.login,
            api_key=endpoint.api_key,
            # Here, not per request: instructor would read it as a bound on all attempts of one question together.
            timeout=settings.timeout,
            max_retries=0,
            http_client=client,
        )

    @property
    def name(self) -> str:
        """The model that is asked for."""
        return self._endpoint.model

    @property
    def provider(self) -> str:
        """`embedded`, or the host of the server."""
        return self._endpoint.provider

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
        repeated `settings.transport_retries` times. `meter` counts all of it, also where an error is raised.
        `article` (its id) and `task` (for example "extract") only say in errors what was being done. An answer that the
        store holds, and that fits, is not asked for again; one that is paid for is kept before it is returned.
        Raises ModelUnavailable where no further call can succeed, ReplyError where only this one failed.
        """
        key = self._key(messages, schema, max_tokens) if self._store else b""
        if kept := self._kept(key, schema):
            meter.reused(kept[1])
            await asyncio.sleep(0)  # a run from the store alone shall leave other tasks, and Ctrl-C, their turn
            return kept[0]
        paid = Meter(meter)
        exchange = _Exchange(self, paid, article, task)
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
        if all(without_secrets(text, self._secrets) == text for text in (reply, kept)):
            self._store.put(key, kept, task=task, cost=paid.usage)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _create(self, meter: Meter, request: dict[str, Any]) -> ChatCompletion:
        """One request, and its cost."""
        meter.sent()
        start = time.monotonic()
        try:
            completion: ChatCompletion = await self._client.chat.completions.create(**request)
        except BaseException:
            meter.failed()
            raise
        finally:
            meter.waited(time.monotonic() - start)
        _count_tokens(meter, completion)
        return completion


class _Exchange:
    """One question with its re-asks: the `create` that instructor calls, which repeats transport errors itself."""

    def __init__(self, model: Model, meter: Meter, article: str | None, task: str) -> None:
        self._model = model
        self._meter = meter
        self._article = article
        self._task = task
        self._asked = False
        self.reply = ""
        """The JSON of the last usable reply, as the model wrote it."""

    async def send(self, **request: Any) -> ChatCompletion:
        if self._asked:  # instructor comes back only after a reply that did not fit
            self._meter.failed()
            self._meter.reasked()
            request["messages"] = [*request["messages"][:-1], _without_links(request["messages"][-1])]
        self._asked = True
        model, meter = self._model, self._meter
        fault: ModelError
        try:
            # The slot is kept while waiting to repeat: a server that asks for less traffic shall not get more.
            async with model._slots:
                attempts = retrying(model._settings.transport_retries, meter.retried)
                completion: ChatCompletion = await attempts(model._create, meter, request)
        except (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError) as error:
            fault = fault_of(error, model._endpoint, self._article, self._task)
        else:
            reason = unusable(completion, model._endpoint, self._article, self._task)
            if reason is None:
                self.reply = _json_of(completion)
                _clean(completion, model._secrets)  # before instructor sees, and logs, it
                return completion
            meter.failed()
            fault = reason
        raise fault


def _count_tokens(meter: Meter, completion: object) -> None:
    usage = getattr(completion, "usage", None)  # a server may leave it out, or send something else altogether
    if usage is None:
        return
    details = getattr(usage, "prompt_tokens_details", None)
    counts = (
        getattr(usage, "prompt_tokens", 0),
        getattr(details, "cached_tokens", 0),
        getattr(usage, "completion_tokens", 0),
    )
    prompt, cached, output = (value if isinstance(value, int) and value > 0 else 0 for value in counts)
    meter.spent(prompt=prompt, cached=cached, output=output)


def _json_of(completion: ChatCompletion) -> str:
    """What the model wrote as an answer: the arguments of its tool call, or the message."""
    message = completion.choices[0].message
    for call in message.tool_calls or ():
        return str(getattr(getattr(call, "function", None), "arguments", ""))
    return message.content or ""


def _clean(completion: ChatCompletion, secrets: Sequence[str]) -> None:
    """Take the secrets out of what the model wrote: a server can repeat in a reply what it was sent in a header."""
    for message in (choice.message for choice in completion.choices if choice.message):
        if message.content:
            message.content = without_secrets(message.content, secrets)
        for call in message.tool_calls or ():
            if (function := getattr(call, "function", None)) and function.arguments:
                function.arguments = without_secrets(function.arguments, secrets)


def _without_links(message: dict[str, Any]) -> dict[str, Any]:
    """Drop Pydantic's links from a re-ask: a model cannot follow them, and they change with its version."""
    lines = str(message["content"]).split("\n")
    return {**message, "content": "\n".join(line for line in lines if "https://errors.pydantic.dev/" not in line)}


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
