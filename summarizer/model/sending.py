"""One question on its way: requests bounded in time and by the budget, counted, repeated, and read only if of use."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx2
import openai
from openai.types.chat import ChatCompletion

from ..errors import ModelError
from ..settings import Settings
from .bounds import LONGEST_REASON
from .budget import Budget
from .endpoint import Endpoint, without_secrets
from .faults import fault_of, refused_for_all, status_inside, unusable
from .meter import Meter
from .retry import retrying
from .slots import Slots
from .tokens import at_most, prompt_tokens, tokens_of

_SECRET = 8  # characters; a shorter key is a placeholder, and would be found in half of all replies
_LONGEST_CONNECT = 15.0  # seconds; who has not greeted by then is not there, which is told apart from a slow answer
_NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


class Sender:
    """The connections to one endpoint: at most `settings.parallel` requests at a time, within the budget."""

    def __init__(self, settings: Settings, endpoint: Endpoint, *, kept: bool) -> None:
        self.settings = settings
        self.endpoint = endpoint
        self.slots = Slots(settings.parallel)
        self.secrets = [secret for secret in endpoint.secrets if len(secret) >= _SECRET]
        self.refused: ModelError | None = None
        """Why the server will refuse whatever else it is asked, once it has said so."""
        self._budget = Budget(settings.max_tokens_total, kept=kept)
        # A proxy from the environment cannot reach a server inside this process.
        client = openai.DefaultAsyncHttpxClient(trust_env=False) if endpoint.embedded else None
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.address,
            default_headers=endpoint.login,
            api_key=endpoint.api_key,
            # Here, not per request: instructor would read it as a bound on all attempts of one question together.
            timeout=httpx2.Timeout(settings.timeout, connect=min(_LONGEST_CONNECT, settings.timeout / 2)),
            max_retries=0,
            http_client=client,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def create(self, exchange: "Exchange", request: dict[str, Any]) -> ChatCompletion:
        """One request, its room in the budget, and its cost."""
        meter, output = exchange.meter, _output_bound(request)
        prompt = at_most(prompt_tokens(request, embedded=self.endpoint.embedded))
        held = await self._budget.reserve(prompt, output)
        exchange.sent()
        start = time.monotonic()
        spent, counted = held, False  # as long as nobody learns how it ends, it may cost all that it can
        try:
            # Around all of it: the HTTP library bounds each wait for a byte, which a server that drips never exceeds.
            async with asyncio.timeout(self.settings.timeout):
                completion: ChatCompletion = await self._client.chat.completions.create(**request)
            told, written = _count_tokens(meter, completion)
            counted = told + written > 0
            if error := status_inside(completion):
                spent, counted = told + written, True
                raise error
            spent = (told or prompt) + (written or _written(completion, output))
            self._budget.compare(prompt, told)
        except TimeoutError:
            meter.failed()
            raise openai.APITimeoutError(request=httpx2.Request("POST", self._client.base_url)) from None
        except BaseException as error:
            meter.failed()
            if not counted and _costs_nothing(error):
                spent, counted = 0, True
            raise
        finally:
            meter.waited(time.monotonic() - start)
            if not counted:
                meter.uncounted()
            self._budget.settle(held, spent)
        return completion


class Exchange:
    """One question with its re-asks: the `create` that instructor calls, which repeats transport errors itself."""

    def __init__(self, sender: Sender, meter: Meter, article: str | None, task: str) -> None:
        self.meter = meter
        self._sender = sender
        self._article = article
        self._task = task
        self._first = 0  # messages of the first request; what follows them in later ones are replies and reasons
        self._repeats: Callable[[], None] | None = None
        self.reply = ""
        """The JSON of the last usable reply, as the model wrote it."""

    async def send(self, **request: Any) -> ChatCompletion:
        """One request in the library's terms, repeated after transport errors; raises the project's errors."""
        if self._first:  # instructor comes back only after a reply that did not fit
            self.meter.failed()
            self._repeats = self.meter.reasked
            before, after = request["messages"][: self._first], request["messages"][self._first :]
            request["messages"] = [*before, *(item if item["role"] == "assistant" else _short(item) for item in after)]
        else:
            self._first = len(request["messages"])
        sender, endpoint = self._sender, self._sender.endpoint
        fault: ModelError
        try:
            # The slot is kept while waiting to repeat: a server that asks for less traffic shall not get more.
            async with sender.slots.slot(self._article):
                if sender.refused:
                    raise sender.refused
                attempts = retrying(sender.settings.transport_retries, self._retries)
                completion: ChatCompletion = await attempts(sender.create, self, request)
        except (openai.OpenAIError, ValueError, RecursionError) as error:  # the latter two from a body that is no JSON
            fault = fault_of(error, endpoint, self._article, self._task)
            if refused_for_all(error):
                sender.refused = fault
        else:
            reason = unusable(completion, endpoint, self._article, self._task)
            if reason is None:
                self.reply = _json_of(completion)
                _clean(completion, sender.secrets)  # before instructor sees, and logs, it
                return completion
            self.meter.failed()
            fault = reason
        raise fault

    def _retries(self) -> None:
        self._repeats = self.meter.retried

    def sent(self) -> None:
        """Count the request that goes out now, and why, if it repeats another: one that never goes out is no repeat."""
        self.meter.sent()
        if self._repeats:
            self._repeats()
        self._repeats = None


def _count_tokens(meter: Meter, completion: object) -> tuple[int, int]:
    """Count what the server reports, and return it: tokens of the prompt and of the reply, 0 for what it leaves out."""
    usage = getattr(completion, "usage", None)  # a server may leave it out, or send something else altogether
    details = getattr(usage, "prompt_tokens_details", None)
    counts = (
        getattr(usage, "prompt_tokens", 0),
        getattr(details, "cached_tokens", 0),
        getattr(usage, "completion_tokens", 0),
    )
    prompt, cached, output = (value if isinstance(value, int) and value > 0 else 0 for value in counts)
    meter.spent(prompt=prompt, cached=cached, output=output)
    return prompt, output


def _costs_nothing(error: BaseException) -> bool:
    """Whether a request that failed took no tokens: it never left, or the server answered with an error."""
    unsent = isinstance(error, openai.APIConnectionError) and isinstance(error.__cause__, _NOT_SENT)
    return unsent or isinstance(error, openai.APIStatusError)


def _output_bound(request: Mapping[str, Any]) -> int:
    return int(next(request[name] for name in ("max_tokens", "max_completion_tokens") if name in request))


def _written(completion: object, bound: int) -> int:
    """Upper estimate of a reply whose tokens the server does not report; `bound` is what it may write at most."""
    choices = getattr(completion, "choices", None)
    choice = choices[0] if isinstance(choices, list) and choices else None
    if getattr(choice, "finish_reason", None) == "length":
        return bound
    return min(bound, at_most(tokens_of(str(getattr(choice, "message", completion)))))


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


def _short(message: dict[str, Any]) -> dict[str, Any]:
    """A re-ask with at most `LONGEST_REASON` bytes of reasons: a bad reply can have thousands of faults.

    And without Pydantic's links: a model cannot follow them, and they change with its version.
    """
    lines = str(message["content"]).split("\n")
    told = "\n".join(line for line in lines if "https://errors.pydantic.dev/" not in line)
    return {**message, "content": told.encode()[:LONGEST_REASON].decode(errors="ignore")}
