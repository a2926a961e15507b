"""What went wrong at a model, told to the user: an error of the project without keys and without whole articles."""

import httpx2
import openai
from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.chat.chat_completion import Choice
from pydantic import ValidationError

from ..errors import ModelError, ModelUnavailable, ReplyError
from .bounds import LONGEST_WAIT
from .endpoint import Endpoint, without_secrets
from .retry import asked_wait, quota_used_up

QUOTED = 200
"""Characters of foreign text (a server's message, a reply) that an error may hold: such text can repeat the article."""

_TOO_LONG = (
    "context_length",
    "exceed_context_size",
    "context length",
    "context size",
    "context window",
    "prompt is too long",
)
_LOWER_WINDOW = "lower --window (SUMMARIZER_WINDOW)"
_FOR_ALL = (401, 404)  # not 403: a gate before the server may refuse a text by its words
_FILTERED = ("content_filter", "content_policy", "responsibleai")


def _quoted(text: object, endpoint: Endpoint) -> str:
    words = " ".join(without_secrets(str(text), endpoint.secrets).split())
    return words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"


def _said(error: openai.APIStatusError, endpoint: Endpoint) -> str:
    body = error.body
    message = body.get("message") if isinstance(body, dict) else None
    return f"HTTP {error.status_code}" + (f", {_quoted(message, endpoint)}" if message else "")


def _during(task: str, message: str) -> str:
    return f"{task}: {message}" if task else message


def fault_of(error: Exception, endpoint: Endpoint, article: str | None, task: str) -> ModelError:
    """Make the project's error out of one of openai's, after all repeats."""
    if isinstance(error, openai.APIStatusError):
        return _fault_of_status(error, endpoint, article, task)
    if isinstance(error, openai.APITimeoutError) and not isinstance(error.__cause__, httpx2.ConnectTimeout):
        return ReplyError(
            _during(task, f"{endpoint.provider} did not answer in time"),
            article=article,
            hint=f"raise the timeout (SUMMARIZER_TIMEOUT, seconds) or {_LOWER_WINDOW}",
        )
    if isinstance(error, openai.APIConnectionError):
        return ModelUnavailable(
            f"no connection to the model server ({endpoint.provider})",
            hint="is it running and reachable? `summarizer doctor` tells which one is used",
        )
    return ModelUnavailable(
        f"the answer of {endpoint.provider} is not a chat completion ({type(error).__name__})",
        hint="check the base URL (OPENAI_BASE_URL): up to and with /v1",
    )


def refused_for_all(error: Exception) -> bool:
    """Whether no further question needs to be sent: the key is refused, the model not known, the quota used up."""
    return isinstance(error, openai.APIStatusError) and (error.status_code in _FOR_ALL or quota_used_up(error))


def _fault_of_status(error: openai.APIStatusError, endpoint: Endpoint, article: str | None, task: str) -> ModelError:
    status, said, host = error.status_code, _said(error, endpoint), endpoint.provider
    marks = f"{error.code} {error.type} {said}".lower()
    if quota_used_up(error):
        return ModelUnavailable(f"the account at {host} has no quota left", hint="check its plan and billing")
    if status in (401, 403):  # the server's own words often repeat part of the key
        return ModelUnavailable(
            f"{host} refused the key (HTTP {status})",
            hint="check OPENAI_API_KEY, or unset it (and OPENAI_BASE_URL) to use the embedded model",
        )
    if status == 404:
        return ModelUnavailable(
            f"{host} knows no model {endpoint.model!r} at this address ({said})",
            hint="check the model name (SUMMARIZER_MODEL) and the base URL (OPENAI_BASE_URL), up to and with /v1",
        )
    if status in (400, 413, 422):
        if status == 413 or any(mark in marks for mark in _TOO_LONG):
            return ReplyError(
                _during(task, f"the text is too long for the model's context ({said})"),
                article=article,
                hint=_LOWER_WINDOW,
            )
        if any(mark in marks for mark in _FILTERED):
            return ReplyError(_during(task, f"the server's content filter refused the text ({said})"), article=article)
        return ReplyError(
            _during(task, f"{host} did not accept the request ({said})"),
            article=article,
            hint="if it names response_format, try another SUMMARIZER_MODE (json_schema, json, tools)",
        )
    if (wait := asked_wait(error)) and wait > LONGEST_WAIT:
        return ModelUnavailable(
            f"{host} asks to wait {wait:.0f} s ({said})", hint="try again then, or use another model"
        )
    if status == 429:
        return ModelUnavailable(
            f"{host} limits the rate of requests ({said})", hint="lower SUMMARIZER_CONCURRENCY, or try again later"
        )
    return ModelUnavailable(
        f"{host} fails ({said})", hint="try again later; `summarizer doctor` tells which server is used"
    )


def status_inside(completion: object) -> openai.APIStatusError | None:
    """The error that a server has put into a reply of status 200, where it names the status that fits it."""
    error = _error_in(completion)
    code = error.get("code") if error else None
    if not isinstance(code, (int, str)) or not str(code).isdecimal() or not 400 <= int(code) < 600:
        return None
    response = httpx2.Response(int(code), request=httpx2.Request("POST", ""))
    return openai.APIStatusError("an error inside a reply", response=response, body=error)


def _error_in(completion: object) -> dict[str, object] | None:
    error = getattr(completion, "error", None)
    return error if isinstance(error, dict) and not getattr(completion, "choices", None) else None


def unusable(completion: object, endpoint: Endpoint, article: str | None, task: str) -> ModelError | None:
    """Tell why a reply need not even be read, or None: cut off, refused, filtered, empty, or no chat completion."""
    if not isinstance(completion, ChatCompletion):
        return ModelUnavailable(
            f"the answer of {endpoint.provider} is not a chat completion",
            hint="check the base URL (OPENAI_BASE_URL): up to and with /v1",
        )
    if error := _error_in(completion):
        told = _quoted(error.get("message") or error, endpoint)
        return ReplyError(_during(task, f"{endpoint.provider} sent an error as its answer: {told}"), article=article)
    choices: object = completion.choices  # nothing checks what a server sends: it may be null, or anything else
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, Choice) or not _whole(choice.message):
        return ReplyError(_during(task, f"{endpoint.provider} sent a reply without content"), article=article)
    if choice.message.refusal:
        return ReplyError(
            _during(task, f"the model refused: {_quoted(choice.message.refusal, endpoint)}"),
            article=article,
            hint="try another model",
        )
    if choice.finish_reason == "content_filter":
        return ReplyError(_during(task, "the server's content filter cut the reply off"), article=article)
    if choice.finish_reason == "length":
        return ReplyError(
            _during(task, "the reply was cut off at its token limit"),
            article=article,
            hint=f"{_LOWER_WINDOW} or raise SUMMARIZER_MAX_OUTPUT_TOKENS",
        )
    return None


def _whole(message: object) -> bool:
    """Whether a message is one, and what it holds of the kind that the protocol has."""
    if not isinstance(message, ChatCompletionMessage):
        return False
    content: object = message.content
    calls: object = message.tool_calls
    return isinstance(content, str | None) and isinstance(calls, list | None)


def misfit(error: Exception, attempts: int, endpoint: Endpoint, article: str | None, task: str) -> ReplyError:
    """Make the error for a reply that does not fit its schema after every re-ask, with the reason."""
    if isinstance(error, ValidationError):
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        reason = "; ".join(f"{'.'.join(map(str, item['loc'])) or 'reply'}: {item['msg']}" for item in faults)
    else:
        reason = str(error)
    times = "once" if attempts == 1 else f"{attempts} times"
    return ReplyError(
        _during(task, f"the model's reply did not fit the schema, asked {times}: {_quoted(reason, endpoint)}"),
        article=article,
        hint="try a larger model, or raise SUMMARIZER_REASKS",
    )
