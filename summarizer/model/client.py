"""Asking a model for an answer that fits a schema: the only module that sends anything to one."""

import asyncio
import json
import logging
import time
from typing import Any, TypeVar

import instructor
import openai
from instructor.core import InstructorRetryException, ResponseParsingError
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from ..errors import ModelError, SummarizerError
from ..settings import Settings
from .endpoint import Endpoint
from .faults import fault_of, misfit, unusable
from .meter import Meter
from .retry import retrying

T = TypeVar("T", bound=BaseModel)

MODES = {"json_schema": instructor.Mode.JSON_SCHEMA, "json": instructor.Mode.JSON, "tools": instructor.Mode.TOOLS}
_BOUND_BY_HOST = {"api.openai.com": "max_completion_tokens"}  # its newer models refuse the older name, others want it

# instructor logs whole replies and errors, which hold article text; Python prints errors of a logger without handler.
logging.getLogger("instructor").addHandler(logging.NullHandler())


class Model:
    """A model at one endpoint, asked by at most `settings.parallel` requests at a time."""

    def __init__(self, settings: Settings, endpoint: Endpoint) -> None:
        self._settings = settings
        self._endpoint = endpoint
        self._slots = asyncio.Semaphore(settings.parallel)
        # A proxy from the environment cannot reach a server inside this process.
        client = openai.DefaultAsyncHttpxClient(trust_env=False) if endpoint.embedded else None
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
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
        `article` (its id) and `task` (for example "extract") only say in errors what was being done.
        Raises ModelUnavailable where no further call can succeed, ReplyError where only this one failed.
        """
        exchange = _Exchange(self, meter, article, task)
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
            return _as(schema, parsed)
        except InstructorRetryException as error:
            cause = error.__cause__ or error
            if isinstance(cause, SummarizerError):
                fault = cause
            elif isinstance(cause, (ValidationError, json.JSONDecodeError, ResponseParsingError)):
                meter.failed()
                fault = misfit(cause, error.n_attempts, self._endpoint, article, task)
            else:
                fault = cause
        # Outside the except block, so that the fault does not carry the library's error, its request and its headers.
        raise fault

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


def _without_links(message: dict[str, Any]) -> dict[str, Any]:
    """Drop Pydantic's links from a re-ask: a model cannot follow them, and they change with its version."""
    lines = str(message["content"]).split("\n")
    return {**message, "content": "\n".join(line for line in lines if "https://errors.pydantic.dev/" not in line)}


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
