"""Servers that are bad in every known way: what each costs, what is told, and that nothing is lost or done twice."""

import asyncio
import json
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import BaseModel
from support.bad_replies import LATE, REPLIES, TRANSPORT, UNUSABLE, USELESS, Moody
from support.fake_model import MOST_OF_A_MERGE, question_of
from support.scripted_server import Reply, Request, ScriptedServer, synthetic_completion

from summarizer import Article, Settings, Summarizer
from summarizer.errors import ModelUnavailable, ReplyError, SummarizerError
from summarizer.extract import plan, read
from summarizer.model import Meter, open_model
from summarizer.model.bounds import worst_case
from summarizer.progress import Silent
from summarizer.schemas import EventSummary, Failure, MergedSummary, Usage

pytestmark = pytest.mark.anyio

QUESTION = [{"role": "user", "content": "How many sheep crossed the Dunmoor bridge?"}]
GOOD = synthetic_completion('{"number": 41}')


class Count(BaseModel):
    """A counted thing."""

    number: int


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting before a request is repeated."""

    async def skip(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.model.retry.pause", skip)


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """The first request of a process loads modules: it would take up the short timeouts of these tests."""
    with ScriptedServer(GOOD) as server:
        asyncio.run(ask(server))


async def ask(server: ScriptedServer, **settings: Any) -> tuple[Count | SummarizerError, Usage]:
    """One question: its answer or what went wrong, and what it cost."""
    meter = Meter()
    settings = {"timeout": 30.0, "transport_retries": 2, "reasks": 1, "cache": False} | settings
    async with open_model(Settings(base_url=server.base_url, **settings), Silent()) as model:
        try:
            return await model.ask(
                QUESTION, Count, meter=meter, max_tokens=50, article="a1", task="extract"
            ), meter.usage
        except SummarizerError as error:
            return error, meter.usage


# --- one fault at a time ---


@pytest.mark.parametrize("kind", TRANSPORT)
async def test_what_may_pass_is_repeated_and_forgotten(play: Callable[..., ScriptedServer], kind: str) -> None:
    server = play(TRANSPORT[kind], GOOD)
    answer, usage = await ask(server, timeout=1.5 if kind in LATE else 30.0)
    assert answer == Count(number=41)
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (2, 1, 1, 0)
    assert len(server.requests) == 2


TOLD = {
    "resets": "no connection",
    "resets in the middle of the body": "no connection",
    "overloaded, as a web page": "fails (HTTP 502)",
    "internal error": "fails (HTTP 500, synthetic fault)",
    "request timeout": "fails (HTTP 408, synthetic fault)",
    "conflict": "fails (HTTP 409, synthetic fault)",
    "429 without Retry-After": "limits the rate of requests",
    "429 with seconds": "limits the rate of requests",
    "429 with a date": "limits the rate of requests",
    "200 with a status 503 inside": "fails (HTTP 503, provider overloaded)",
    "broken JSON": "did not fit the schema, asked 2 times",
    "wrong schema": "number: Field required",
    "prose": "did not fit the schema, asked 2 times",
    "nothing": "did not fit the schema, asked 2 times",
    "truncated": "cut off at its token limit",
    "refusal": "I would rather not count people.",
    "content filter": "content filter",
    "empty choices": "a reply without content",
    "no choices": "a reply without content",
    "200 with an error inside": "the provider gave up",
    "a web page": "not a chat completion",
    "a body cut short": "not a chat completion",
    "a list": "not a chat completion",
}


@pytest.mark.parametrize("kind", sorted(set(TRANSPORT) - set(LATE)))  # those: test_model_client, test_worst_case
async def test_what_does_not_pass_ends_in_an_error(play: Callable[..., ScriptedServer], kind: str) -> None:
    server = play(*[TRANSPORT[kind]] * 9)
    error, usage = await ask(server)
    assert isinstance(error, ModelUnavailable)
    assert TOLD[kind] in str(error)
    assert error.hint
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (3, 3, 2, 0)
    assert len(server.requests) == 3


@pytest.mark.parametrize("kind", REPLIES)
async def test_what_does_not_fit_is_asked_again(play: Callable[..., ScriptedServer], kind: str) -> None:
    answer, usage = await ask(play(REPLIES[kind], GOOD))
    assert answer == Count(number=41)
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (2, 1, 0, 1)
    server = play(*[REPLIES[kind]] * 9)
    error, usage = await ask(server)
    assert isinstance(error, ReplyError)
    assert TOLD[kind] in str(error)
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (2, 2, 0, 1)
    assert len(server.requests) == 2


@pytest.mark.parametrize("kind", USELESS | UNUSABLE)
async def test_what_another_try_would_bring_again_is_not_tried(play: Callable[..., ScriptedServer], kind: str) -> None:
    server = play(*[(USELESS | UNUSABLE)[kind]] * 9)
    error, usage = await ask(server)
    assert isinstance(error, ReplyError if kind in USELESS else ModelUnavailable)
    assert TOLD[kind] in str(error)
    assert (usage.calls, usage.failed_calls, usage.retries, usage.reasks) == (1, 1, 0, 0)
    assert len(server.requests) == 1


async def test_a_server_that_greets_nobody_is_not_there() -> None:
    """A full queue of connections that nobody accepts: the next one gets no greeting, as behind a firewall."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf, socket.socket() as one, socket.socket() as two:
        for first in (one, two):
            first.setblocking(False)
            first.connect_ex(deaf.getsockname())
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/v1"
        meter = Meter()
        async with open_model(Settings(base_url=address, timeout=1.0, transport_retries=1, cache=False), Silent()) as m:
            with pytest.raises(ModelUnavailable, match="no connection"):
                await m.ask(QUESTION, Count, meter=meter, max_tokens=50)
    assert meter.usage.calls == 2


# --- bodies of any shape ---

MESSAGE = {"role": "assistant", "content": '{"number": 41}'}
ODD: dict[str, Any] = {
    "no object": True,
    "nothing in it": {},
    "choices that are none": {"choices": True},
    "choices by name": {"choices": {"message": MESSAGE}},
    "a choice that is none": {"choices": [None]},
    "a choice that is a text": {"choices": ["41"]},
    "a message that is a text": {"choices": [{"message": "41"}]},
    "content that is a number": {"choices": [{"message": {**MESSAGE, "content": 41}}]},
    "content that is a list": {"choices": [{"message": {**MESSAGE, "content": [{"text": "41"}]}}]},
    "tool calls that are a number": {"choices": [{"message": {**MESSAGE, "tool_calls": 41}}]},
    "an error that is a text": {"error": "overloaded"},
    "an error with an odd status": {"error": {"code": 10**30, "message": ["overloaded"]}},
    "deep": "[" * 200_000,
    "a number of 5000 digits": '{"choices": ' + "4" * 5000 + "}",
}


@pytest.mark.parametrize("shape", ODD)
async def test_a_body_of_any_shape_is_an_error_of_its_own_kind(play: Callable[..., ScriptedServer], shape: str) -> None:
    server = play(*[Reply(body=ODD[shape])] * 2)
    error, usage = await ask(server, mode="tools" if "tool" in shape else "json_schema", reasks=0)
    assert isinstance(error, ReplyError | ModelUnavailable)
    assert (usage.calls, usage.failed_calls) == (1, 1)
    assert len(server.requests) == 1


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=6,
)


def _perhaps(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object with some of the fields, each as the protocol has it or not; or no object at all."""
    return _ANY | st.fixed_dictionaries({}, optional={name: value | _ANY for name, value in fields.items()})


_CALL = _perhaps(id=st.just("1"), type=st.just("function"), function=_perhaps(name=_ANY, arguments=_ANY))
_MESSAGE = _perhaps(role=_ANY, content=st.just('{"number": 4}'), refusal=_ANY, tool_calls=st.lists(_CALL, max_size=2))
_CHOICES = st.lists(_perhaps(message=_MESSAGE, finish_reason=_ANY, index=_ANY), max_size=2)
_BODY = _perhaps(choices=_CHOICES, usage=_perhaps(prompt_tokens=_ANY), error=_perhaps(code=_ANY, message=_ANY), id=_ANY)


@given(mode=st.sampled_from(["json_schema", "json", "tools"]), bodies=st.lists(_BODY, min_size=4, max_size=4))
@examples(max_examples=30, deadline=None)
def test_no_body_is_an_error_of_another_kind(mode: str, bodies: list[Any]) -> None:
    with ScriptedServer(*[Reply(body=json.dumps(body)) for body in bodies]) as server:
        found, usage = asyncio.run(ask(server, mode=mode, transport_retries=1))
    assert isinstance(found, Count | ReplyError | ModelUnavailable)
    assert usage.calls == len(server.requests) <= 4


# --- alternating faults ---

PLACES = ("Garrow", "Dunmoor", "Tarn", "Velluny", "Orlow", "Texholm", "Sarn", "Brack", "Ostrel", "Penmor")


def articles(number: int) -> list[Article]:
    """Articles of one or two sentences, no two of them alike."""
    found = []
    for n in range(number):
        place = " ".join(PLACES[n // 10**digit % 10] for digit in range(3))
        text = f"The storm over {place} killed {n + 3} sheep."
        text += f" Neighbours of {place} brought ropes to the gate." if n % 2 else ""
        found.append(Article.from_text(text, id=f"a{n:03}", title=f"Storm over {place}", language="en"))
    return found


def asked(request: Request) -> str:
    """The question that a request puts, for the first time or again."""
    return json.dumps([request.body["response_format"]["json_schema"]["name"], question_of(request)])


async def run(model: ScriptedServer, told: list[Article], **settings: Any) -> tuple[list[Any], MergedSummary]:
    """The results of a run over the articles, and the story they make."""
    async with Summarizer(Settings(base_url=model.base_url, model="m", **settings)) as reader:
        results = await reader.summarize_all(told)
        whole = [item for item in results if isinstance(item, EventSummary)]
        return results, await reader.merge(whole, [item for item in results if isinstance(item, Failure)])


@pytest.mark.parametrize(
    ("number", "without"),
    [(30, LATE), pytest.param(500, (), marks=pytest.mark.soak)],
    ids=["some articles", "many articles"],
)
async def test_faults_in_a_third_of_all_replies(tmp_path: Path, number: int, without: tuple[str, ...]) -> None:
    told = articles(number)
    ids = [article.id for article in told]
    settings: dict[str, Any] = {"concurrency": 16, "timeout": 30.0, "cache_dir": tmp_path}
    worst = worst_case(Settings(**settings), prompt_tokens=0, max_tokens=0)
    with Moody(seed=3, share=0.3, without=without) as model:
        results, story = await run(model, told, **settings)
        first = list(model.requests)
        paid = Counter(asked(request) for request, reply in model.delivered if model.is_good(reply))
        model.bad = False
        _, again = await run(model, told, **settings)
        second = {asked(request) for request in model.requests[len(first) :]}
        calm, untroubled = await run(model, told, **settings | {"cache": False})

    # Each article is there once: among the articles, or among the failures that cost all of one.
    failed = [failure.article for failure in story.failures if not failure.partial]
    assert sorted([*(article.id for article in story.articles), *map(str, failed)]) == ids
    # It is complete, or what failed of it is told.
    troubled = {failure.article for failure in story.failures}
    assert 0 < len(troubled) < number / 2
    for result, expected in zip(results, calm, strict=True):
        if expected.article.id not in troubled:
            assert (result.claims, result.headline) == (expected.claims, expected.headline)
            assert result.claims

    # The calls keep to the bound.
    put = Counter(asked(request) for request in first)
    questions = sum(len(plan(read(article), 60)) + 1 for article in told) + MOST_OF_A_MERGE
    assert max(put.values()) <= worst.calls
    assert len(put) <= questions
    assert len(first) <= story.usage.calls <= questions * worst.calls
    assert sum(model.faults.values()) > 0.2 * len(first)
    assert without or model.faults.keys() == model.kinds.keys()

    # No question is answered twice. The second run asks none that was, but for what was under way for an article at the
    # moment when the server was given up for it.
    assert set(paid.values()) == {1}
    given_up = {failure.article for failure in story.failures if failure.stage == "model"}
    titles = [str(article.title) for article in told if article.id in given_up]
    assert second
    assert all(any(title in question for title in titles) for question in second & paid.keys())
    # It leaves what a run over a good server leaves.
    assert again.failures == ()
    assert again.model_dump(exclude={"usage"}) == untroubled.model_dump(exclude={"usage"})
