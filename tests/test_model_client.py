"""Asking a model: re-asks, retries, errors and what they cost, against a scripted server and a recorded model."""

import asyncio
import dataclasses
import json
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from support.logs import everything_logged
from support.scripted_server import Reply, ScriptedServer, synthetic_completion, synthetic_error

from summarizer.errors import ModelError, ModelUnavailable, ReplyError, SettingsError, SummarizerError
from summarizer.model import Endpoint, Meter, describe, open_model
from summarizer.model.client import Model
from summarizer.progress import Silent
from summarizer.settings import Settings

pytestmark = pytest.mark.anyio

KEY = "sk-planted-0123456789abcdef"
ARTICLE = "The ferry Anneke ran aground off Texholm at dawn, the harbour office said. " * 20
QUESTION = [{"role": "user", "content": f"How many people were aboard?\n{ARTICLE}"}]


class Kind(StrEnum):
    """What is counted."""

    PEOPLE = "people"
    CARS = "cars"


class Count(BaseModel):
    """A counted thing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=0)
    kind: Kind = Kind.PEOPLE

    @field_validator("number")
    @classmethod
    def _small(cls, number: int) -> int:
        if number > 1000:
            raise ValueError("a ferry holds at most a thousand")
        return number


GOOD = synthetic_completion('{"number": 41, "kind": "people"}')
BAD = synthetic_completion('{"number": 5000, "kind": "people"}')


class Asked:
    """What one question led to."""

    def __init__(self) -> None:
        self.meter = Meter()
        self.answer: Count | None = None
        self.error: SummarizerError | None = None


async def ask(base_url: str, **settings: Any) -> Asked:
    """Put the question to a hosted server."""
    asked = Asked()
    resolved = Settings(base_url=base_url, api_key=SecretStr(KEY), cache=False, **settings)
    async with open_model(resolved, Silent()) as model:
        try:
            asked.answer = await model.ask(
                QUESTION, Count, meter=asked.meter, max_tokens=50, article="a1", task="extract"
            )
        except SummarizerError as error:
            asked.error = error
    return asked


# -- answers --------------------------------------------------------------------------------------------------------


async def test_an_answer_is_an_instance_of_the_schema_and_counted(play: Callable[..., ScriptedServer]) -> None:
    server = play(synthetic_completion('{"number": 41}', prompt_tokens=300, cached_tokens=120, output_tokens=9))
    asked = await ask(server.base_url)
    assert asked.answer == Count(number=41)
    assert type(asked.answer) is Count
    assert asked.answer.model_dump() == {"number": 41, "kind": Kind.PEOPLE}
    usage = asked.meter.usage
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (1, 0, 0, 0)
    assert (usage.prompt_tokens, usage.cached_tokens, usage.output_tokens) == (300, 120, 9)
    assert usage.seconds > 0


async def test_a_hosted_request_carries_the_settings(play: Callable[..., ScriptedServer]) -> None:
    server = play(GOOD)
    await ask(server.base_url, model="house-model", temperature=0.3)
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body["model"] == "house-model"
    assert request.body["temperature"] == 0.3
    assert request.body["max_tokens"] == 50
    assert request.body["messages"] == QUESTION
    assert request.body["response_format"]["json_schema"]["schema"]["properties"].keys() == {"number", "kind"}
    assert "cache_prompt" not in request.body


async def test_the_embedded_server_is_asked_to_keep_its_cache_whatever_proxy_is_set(
    play: Callable[..., ScriptedServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server = play(GOOD)
    model = Model(Settings(), Endpoint(server.base_url, "k", "small", "embedded"))
    assert await model.ask(QUESTION, Count, meter=Meter(), max_tokens=50) == Count(number=41)
    await model.aclose()
    assert (model.name, model.provider) == ("small", "embedded")
    assert server.requests[0].body["cache_prompt"] is True


@pytest.mark.parametrize(
    ("mode", "reply"),
    [
        ("json", GOOD),
        (
            "tools",
            synthetic_completion(
                None,
                tool_calls=[
                    {"id": "c1", "type": "function", "function": {"name": "Count", "arguments": '{"number": 41}'}}
                ],
            ),
        ),
    ],
)
async def test_other_modes(play: Callable[..., ScriptedServer], mode: str, reply: Reply) -> None:
    server = play(reply)
    asked = await ask(server.base_url, mode=mode)
    assert asked.answer == Count(number=41)
    body = server.requests[0].body
    assert ("tools" in body) == (mode == "tools")
    assert body.get("response_format") == ({"type": "json_object"} if mode == "json" else None)


async def test_usage_may_be_missing(play: Callable[..., ScriptedServer]) -> None:
    body = {**GOOD.body, "usage": None}
    asked = await ask(play(Reply(body=body)).base_url)
    assert asked.answer == Count(number=41)
    assert asked.meter.usage.prompt_tokens == 0


# -- re-asks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["json_schema", "json"])
async def test_a_misfit_is_asked_for_again_with_the_reason(play: Callable[..., ScriptedServer], mode: str) -> None:
    server = play(BAD, GOOD)
    asked = await ask(server.base_url, mode=mode)
    assert asked.answer == Count(number=41)
    first, second = server.requests
    *before, reply, reason = second.messages
    assert before == first.messages
    assert reply == {"role": "assistant", "content": BAD.body["choices"][0]["message"]["content"]}
    assert "a ferry holds at most a thousand" in reason["content"]
    assert "number" in reason["content"]
    assert "errors.pydantic.dev" not in reason["content"]
    usage = asked.meter.usage
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (2, 1, 0, 1)
    assert (usage.prompt_tokens, usage.output_tokens) == (20, 10)


async def test_broken_json_is_asked_for_again(play: Callable[..., ScriptedServer]) -> None:
    server = play(synthetic_completion('{"number": 4'), GOOD)
    asked = await ask(server.base_url)
    assert asked.answer == Count(number=41)
    assert "JSON" in server.requests[1].messages[-1]["content"]


@pytest.mark.parametrize("reasks", [0, 2])
async def test_misfits_end_in_an_error_with_the_reason(play: Callable[..., ScriptedServer], reasks: int) -> None:
    server = play(*[BAD] * 5)
    asked = await ask(server.base_url, reasks=reasks)
    assert isinstance(asked.error, ReplyError)
    assert "a ferry holds at most a thousand" in str(asked.error)
    assert str(asked.error).startswith("a1: extract: ")
    assert len(server.requests) == reasks + 1
    usage = asked.meter.usage
    assert (usage.calls, usage.failed_calls, usage.reasks) == (reasks + 1, reasks + 1, reasks)
    assert usage.output_tokens == 5 * (reasks + 1)


async def test_a_reply_without_a_tool_call_is_a_misfit(play: Callable[..., ScriptedServer]) -> None:
    server = play(synthetic_completion("Forty-one."), synthetic_completion("Forty-one, I said."))
    asked = await ask(server.base_url, mode="tools")
    assert isinstance(asked.error, ReplyError)
    assert len(server.requests) == 2


# -- replies of no use ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (synthetic_completion('{"number": 4', finish_reason="length"), "cut off"),
        (synthetic_completion(None, refusal="I will not count people."), "I will not count people."),
        (synthetic_completion(None, finish_reason="content_filter"), "content filter"),
        (Reply(body={**GOOD.body, "choices": []}), "without content"),
        (Reply(body={**GOOD.body, "choices": None}), "without content"),
        (synthetic_error(400, "too long", code="context_length_exceeded"), "--window"),
        (
            Reply(
                status=400,
                body={
                    "error": {
                        "code": 400,
                        "message": "request (9000 tokens) exceeds the available context size (4096 tokens)",
                        "type": "exceed_context_size_error",
                    }
                },
            ),
            "--window",
        ),
        (synthetic_error(400, "filtered", code="content_filter"), "content filter"),
        (synthetic_error(400, "response_format is not supported"), "SUMMARIZER_MODE"),
        (synthetic_error(422, "no such parameter"), "no such parameter"),
    ],
)
async def test_a_reply_of_no_use_is_an_error_at_once(
    play: Callable[..., ScriptedServer], waits: list[float], reply: Reply, words: str
) -> None:
    server = play(reply)
    asked = await ask(server.base_url)
    assert isinstance(asked.error, ReplyError)
    assert words in str(asked.error)
    assert asked.error.article == "a1"
    assert len(server.requests) == 1  # the same question with the same bound would bring the same reply
    assert waits == []
    usage = asked.meter.usage
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (1, 1, 0, 0)
    assert usage.output_tokens == (5 if reply.status == 200 else 0)


async def test_a_refusal_stands_whatever_a_request_under_way_ends_in(play: Callable[..., ScriptedServer]) -> None:
    """Two at once: one learns that the key is refused, the other then gets a reply of no use; a third is not sent."""
    both_came, later = threading.Event(), threading.Event()
    server = play(dataclasses.replace(synthetic_error(401), hold=both_came), Reply(status=400, hold=later))
    settings = Settings(base_url=server.base_url, api_key=SecretStr(KEY), cache=False, concurrency=2)
    async with open_model(settings, Silent()) as model:

        async def asked() -> str:
            with pytest.raises(ModelError) as caught:
                await model.ask(QUESTION, Count, meter=Meter(), max_tokens=50)
            return str(caught.value)

        both = [asyncio.create_task(asked()) for _ in range(2)]
        while len(server.requests) < 2:
            await asyncio.sleep(0.01)
        both_came.set()
        done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        later.set()
        told = [await task for task in both]
        assert sum("refused the key" in one for one in told) == len(done) == 1
        assert "refused the key" in await asked()
    assert len(server.requests) == 2


# -- servers of no use ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (synthetic_error(401, f"Incorrect API key provided: {KEY}"), "check OPENAI_API_KEY, or unset it"),
        (synthetic_error(403), "OPENAI_API_KEY"),
        (synthetic_error(404, "no such model"), "SUMMARIZER_MODEL"),
        (synthetic_error(429, code="insufficient_quota"), "quota"),
        (synthetic_error(429, retry_after="7200"), "7200 s"),
        (Reply(body="<html>Welcome</html>", headers={"content-type": "text/html"}), "/v1"),
        (Reply(body='{"choices": ['), "/v1"),
    ],
)
async def test_an_unusable_server_is_not_asked_twice(
    play: Callable[..., ScriptedServer], waits: list[float], reply: Reply, words: str
) -> None:
    server = play(reply)
    asked = await ask(server.base_url)
    assert isinstance(asked.error, ModelUnavailable)
    assert words in str(asked.error)
    assert (len(server.requests), waits) == (1, [])
    assert (asked.meter.usage.calls, asked.meter.usage.failed_calls) == (1, 1)


async def test_nobody_listens(waits: list[float]) -> None:
    with ScriptedServer() as server:
        address = server.base_url
    asked = await ask(address, transport_retries=2)
    assert isinstance(asked.error, ModelUnavailable)
    assert "127.0.0.1" in str(asked.error)
    assert "summarizer doctor" in str(asked.error)
    assert len(waits) == 2
    assert (asked.meter.usage.calls, asked.meter.usage.failed_calls, asked.meter.usage.retries) == (3, 3, 2)


# -- retries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
async def test_transport_errors_are_repeated(
    play: Callable[..., ScriptedServer], waits: list[float], status: int
) -> None:
    server = play(synthetic_error(status), synthetic_error(status), GOOD)
    asked = await ask(server.base_url)
    assert asked.answer == Count(number=41)
    first, *others = server.requests
    assert [other.body for other in others] == [first.body] * 2
    assert len(waits) == 2
    usage = asked.meter.usage
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (3, 2, 2, 0)


async def test_a_reset_connection_is_repeated(play: Callable[..., ScriptedServer], waits: list[float]) -> None:
    asked = await ask(play(Reply(reset=True), GOOD).base_url)
    assert asked.answer == Count(number=41)
    assert asked.meter.usage.retries == 1


async def test_a_timeout_is_repeated_then_an_error(play: Callable[..., ScriptedServer], waits: list[float]) -> None:
    never = threading.Event()
    server = play(Reply(hold=never), Reply(hold=never))
    asked = await ask(server.base_url, timeout=0.2, transport_retries=1)
    never.set()
    assert isinstance(asked.error, ReplyError)
    assert "SUMMARIZER_TIMEOUT" in str(asked.error)
    assert (asked.meter.usage.calls, asked.meter.usage.retries) == (2, 1)


async def test_retries_end(play: Callable[..., ScriptedServer], waits: list[float]) -> None:
    server = play(*[synthetic_error(503, "overloaded")] * 9)
    asked = await ask(server.base_url, transport_retries=3)
    assert isinstance(asked.error, ModelUnavailable)
    assert "overloaded" in str(asked.error)
    assert (len(server.requests), len(waits)) == (4, 3)
    # Full jitter: anywhere between nothing and a bound that doubles.
    assert all(0 <= wait <= 0.5 * 2**number for number, wait in enumerate(waits))


async def test_re_asks_have_their_own_retries(play: Callable[..., ScriptedServer], waits: list[float]) -> None:
    server = play(synthetic_error(503), BAD, synthetic_error(503), GOOD)
    asked = await ask(server.base_url, transport_retries=1)
    assert asked.answer == Count(number=41)
    usage = asked.meter.usage
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (4, 3, 2, 1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "1.5"}, 1.5),
        ({"retry_after_ms": "250", "retry_after": "7"}, 0.25),
        ({"retry_after": "Thu, 05 Mar 2026 12:00:30 GMT"}, 30.0),
        ({"retry_after": "Thu, 05 Mar 2026 11:00:00 GMT"}, 0.0),
    ],
)
async def test_the_server_says_how_long_to_wait(
    play: Callable[..., ScriptedServer],
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
    seconds: float,
) -> None:
    monkeypatch.setattr("summarizer.model.retry.now", lambda: datetime(2026, 3, 5, 12, 0, tzinfo=UTC))
    asked = await ask(play(synthetic_error(429, **headers), GOOD).base_url)
    assert asked.answer == Count(number=41)
    assert waits == [seconds]


@pytest.mark.parametrize("nonsense", ["soon", "-5", "nan", "inf", ""])
async def test_a_nonsensical_wait_is_replaced_by_jitter(
    play: Callable[..., ScriptedServer], waits: list[float], nonsense: str
) -> None:
    asked = await ask(play(synthetic_error(503, retry_after=nonsense), GOOD).base_url)
    assert asked.answer == Count(number=41)
    assert len(waits) == 1
    assert 0 <= waits[0] <= 0.5


# -- bounds, secrets, closing ---------------------------------------------------------------------------------------


async def test_no_more_requests_at_once_than_set(play: Callable[..., ScriptedServer]) -> None:
    gate = threading.Event()
    server = play(*[Reply(body=GOOD.body, hold=gate)] * 6)
    settings = Settings(base_url=server.base_url, concurrency=2, cache=False)
    meter = Meter()
    async with open_model(settings, Silent()) as model:
        asked = [asyncio.create_task(model.ask(QUESTION, Count, meter=meter, max_tokens=50)) for _ in range(6)]
        while server.under_way < 2:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)  # time for a third to come in, if it could
        gate.set()
        answers = await asyncio.gather(*asked)
    assert server.peak == 2
    assert answers == [Count(number=41)] * 6
    assert meter.usage.calls == 6


ECHO = f"key {KEY} sent with: {ARTICLE}"


@pytest.mark.parametrize(
    "replies",
    [
        [synthetic_error(401, ECHO)],
        [synthetic_error(404, ECHO)],
        [synthetic_error(400, ECHO)],
        [synthetic_error(400, ECHO, code="context_length_exceeded")],
        [synthetic_error(503, ECHO)] * 2,
        [synthetic_error(429, ECHO, code="insufficient_quota")],
        [synthetic_completion(None, refusal=ECHO)],
        [synthetic_completion(json.dumps({"number": ECHO}))] * 2,
        [synthetic_completion(ECHO)] * 2,
        [Reply(reset=True)] * 2,
    ],
)
async def test_errors_and_logs_hold_no_key_and_errors_no_article(
    play: Callable[..., ScriptedServer], waits: list[float], replies: list[Reply]
) -> None:
    server = play(*replies)
    with everything_logged() as records:
        asked = await ask(server.base_url.replace("http://", "http://reader:hush-hush@"), transport_retries=1)
    assert asked.error is not None
    chain: BaseException | None = asked.error
    while chain is not None:
        told = "\n".join([str(chain), repr(chain), *traceback.format_exception(chain)])
        assert KEY not in told
        assert "hush-hush" not in told
        chain = chain.__cause__ or chain.__context__
    assert ARTICLE[:200] not in str(asked.error)
    assert len(asked.error.message) < 350
    logged = [record.getMessage() for record in records]
    ours = [line for line in logged if line.startswith(("API call failed", "Max retries exceeded"))]
    assert ours
    assert not any(KEY in line for line in ours)


async def test_libraries_print_nothing(play: Callable[..., ScriptedServer], capfd: pytest.CaptureFixture[str]) -> None:
    await ask(play(BAD, BAD).base_url)
    assert capfd.readouterr() == ("", "")


def test_an_endpoint_does_not_show_its_secrets() -> None:
    endpoint = Endpoint(f"http://reader:hush-hush@example.org/{KEY}", KEY, "m", "example.org")
    assert KEY not in repr(endpoint)
    assert "hush-hush" not in repr(endpoint)


@pytest.mark.parametrize(
    "address", ["localhost:8000", "ftp://example.org/v1", "http://", "http://[::1", "http://h:no/v1"]
)
async def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        async with open_model(Settings(base_url=address, cache=False), Silent()):
            pass  # pragma: no cover


@pytest.mark.parametrize("key", ["sk-\nplanted", "sk-plänted"])
async def test_a_key_that_no_header_can_carry(key: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY") as caught:
        async with open_model(Settings(api_key=SecretStr(key), cache=False), Silent()):
            pass  # pragma: no cover
    assert key not in str(caught.value)


async def test_space_around_a_key_is_not_part_of_it(play: Callable[..., ScriptedServer]) -> None:
    server = play(GOOD)
    settings = Settings(base_url=server.base_url, api_key=SecretStr(f" {KEY}\n"), cache=False)
    async with open_model(settings, Silent()) as model:
        await model.ask(QUESTION, Count, meter=Meter(), max_tokens=50)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


async def test_the_provider_is_the_host_alone() -> None:
    address = "https://reader:hush-hush@models.example.org:8443/v1"
    settings = Settings(base_url=address, api_key=SecretStr(KEY), cache=False)
    async with open_model(settings, Silent()) as model:
        assert (model.name, model.provider) == (settings.model_name, "models.example.org")


def test_describe_says_which_model_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    told = describe(Settings(base_url="http://reader:hush-hush@localhost:8000/v1", api_key=SecretStr(KEY), model="big"))
    assert all(word in told for word in ("big", "localhost", "OPENAI_API_KEY", "OPENAI_BASE_URL"))
    assert KEY not in told
    assert "hush-hush" not in told
    assert "api.openai.com" in describe(Settings(api_key=SecretStr(KEY)))
    assert "embedded model qwen" in describe(Settings())
    assert "own.gguf" in describe(Settings.resolve({"SUMMARIZER_GGUF": "/models/own.gguf", "OPENAI_API_KEY": KEY}))


# -- a real model ---------------------------------------------------------------------------------------------------


async def test_the_embedded_model_answers(model_settings: Settings) -> None:
    meter = Meter()
    async with open_model(model_settings, Silent()) as model:
        assert model.provider == "embedded"
        answer = await model.ask(
            [
                {"role": "system", "content": "Read the sentence.\nAnswer with its number and what is counted."},
                {"role": "user", "content": "« 41 personnes étaient à bord », a dit la capitainerie."},
            ],
            Count,
            meter=meter,
            max_tokens=40,
        )
    assert answer == Count(number=41, kind=Kind.PEOPLE)
    usage = meter.usage
    assert (usage.calls, usage.failed_calls) == (1, 0)
    assert usage.prompt_tokens > 40
    assert 0 < usage.output_tokens <= 40
