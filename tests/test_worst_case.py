"""How often and how long a question may be repeated at most: the documented worst case, driven on a scripted server."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import BaseModel
from support.fake_model import MOST_OF_A_MERGE, SyntheticModel, question_of, schema_name
from support.scripted_server import Reply, Request, ScriptedServer, synthetic_completion, synthetic_error
from tenacity import Future, RetryCallState

from summarizer import Article, Settings, Summarizer
from summarizer.errors import ModelUnavailable, ReplyError
from summarizer.extract import plan, read
from summarizer.model import Meter, open_model
from summarizer.model.bounds import (
    FIRST_JITTER,
    LONGEST_JITTER,
    LONGEST_REASON,
    LONGEST_WAIT,
    worst_case,
)
from summarizer.model.retry import asked_wait, retrying, worth_repeating
from summarizer.progress import Silent

QUESTION = [{"role": "user", "content": "How many sheep crossed the Dunmoor bridge?"}]


class Flock(BaseModel):
    """Counted sheep, place by place."""

    sheep: list[int]


def failed(attempt: int, **headers: str) -> RetryCallState:
    """What tenacity knows after that many attempts, the last of which a server refused."""
    request = httpx2.Request("POST", "http://127.0.0.1/v1")
    response = httpx2.Response(503, request=request, headers={k.replace("_", "-"): v for k, v in headers.items()})
    state = RetryCallState(retrying(20, lambda: None), None, (), {})
    state.attempt_number = attempt
    state.outcome = Future.construct(attempt, openai.APIStatusError("no", response=response, body=None), True)
    return state


def wait(state: RetryCallState) -> float:
    """How long the client would wait then."""
    return float(state.retry_object.wait(state))


# --- waits ---


@pytest.mark.parametrize("attempt", range(1, 21))
def test_jitter_is_full(attempt: int) -> None:
    """Anywhere between nothing and a bound that doubles: clients that failed together do not come back together."""
    bound = min(LONGEST_JITTER, FIRST_JITTER * 2 ** (attempt - 1))
    seen = [wait(failed(attempt)) for _ in range(500)]
    assert all(0 <= seconds <= bound for seconds in seen)
    assert min(seen) < 0.1 * bound
    assert max(seen) > 0.9 * bound
    for tenth in range(10):  # uniformly: none of the ten parts is empty (the chance of one is below 1e-21)
        assert any(tenth <= 10 * seconds / bound <= tenth + 1 for seconds in seen)


_YEARS = st.integers(0, 10**20)
_DATES = st.builds(
    "{}, {} {} {} {}:{}:30 {}".format,
    st.sampled_from(["Thu", "Wed", ""]),
    _YEARS,
    st.sampled_from(["Mar", "Smarch"]),
    _YEARS,
    _YEARS,
    st.integers(0, 99),
    st.sampled_from(["GMT", "-2500", "+9999999999999999999", ""]),
)
_TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)


@given(st.one_of(_TEXTS, _DATES, st.floats().map(str), st.datetimes().map("{:%a, %d %b %Y %H:%M:%S GMT}".format)))
@examples(max_examples=300, deadline=None)
def test_no_wish_of_a_server_is_an_error_or_a_wait_without_end(header: str) -> None:
    state = failed(1, retry_after=header)
    error = state.outcome.exception() if state.outcome else None
    asked = asked_wait(error)
    assert asked is None or asked >= 0
    if error and worth_repeating(error):
        assert 0 <= wait(state) <= LONGEST_WAIT


@pytest.mark.anyio
@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
async def test_the_longest_wait_is_kept_and_a_longer_one_not_begun(
    play: Callable[..., ScriptedServer], waits: list[float], monkeypatch: pytest.MonkeyPatch, status: int, form: str
) -> None:
    moment = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
    monkeypatch.setattr("summarizer.model.retry.now", lambda: moment)

    def after(seconds: float) -> Reply:
        date = f"{moment + timedelta(seconds=seconds):%a, %d %b %Y %H:%M:%S GMT}"
        return synthetic_error(status, retry_after=date if form == "date" else str(seconds))

    server = play(after(LONGEST_WAIT), synthetic_completion('{"sheep": [4]}'), after(LONGEST_WAIT + 1))
    async with open_model(Settings(base_url=server.base_url, cache=False), Silent()) as model:
        await model.ask(QUESTION, Flock, meter=Meter(), max_tokens=50)
        assert waits == [LONGEST_WAIT]
        with pytest.raises(ModelUnavailable, match=f"asks to wait {LONGEST_WAIT + 1:.0f} s"):
            await model.ask(QUESTION, Flock, meter=Meter(), max_tokens=50)
    assert waits == [LONGEST_WAIT]
    assert len(server.requests) == 3


# --- the worst case of a question ---


def size(messages: list[dict[str, Any]]) -> int:
    """Tokens at their shortest, one for each byte."""
    return sum(len(message["content"].encode()) for message in messages)


@pytest.mark.anyio
@pytest.mark.parametrize(("reasks", "retries"), [(0, 0), (0, 3), (1, 4), (3, 2), (5, 20)])
@pytest.mark.parametrize("end", ["a misfit", "an error"])
async def test_the_worst_case_of_a_question_is_as_documented(
    waits: list[float], reasks: int, retries: int, end: str
) -> None:
    """Each time it is put, the server fails as often as is borne and then answers what does not fit, or fails again."""
    max_tokens = 4000
    misfit = '{"sheep": [' + '"", ' * ((max_tokens - 15) // 4)
    misfit += '""' + " " * (max_tokens - len(misfit) - 4) + "]}"
    assert len(misfit) == max_tokens
    error = synthetic_error(503, retry_after=f"{LONGEST_WAIT:.0f}")
    put = [*[error] * retries, synthetic_completion(misfit, output_tokens=max_tokens)]
    script = [*put * reasks, *[error] * 99] if end == "an error" else put * (reasks + 9)
    with ScriptedServer(*script) as server:
        settings = Settings(base_url=server.base_url, reasks=reasks, transport_retries=retries, timeout=60, cache=False)
        meter = Meter()
        async with open_model(settings, Silent()) as model:
            with pytest.raises(ModelUnavailable if end == "an error" else ReplyError):
                await model.ask(QUESTION, Flock, meter=meter, max_tokens=max_tokens)
    worst = worst_case(settings, prompt_tokens=size(QUESTION), max_tokens=max_tokens)
    assert len(server.requests) == meter.usage.calls == worst.calls == (reasks + 1) * (retries + 1)
    assert sum(waits) == worst.seconds - worst.calls * settings.timeout
    assert sum(size(request.messages) for request in server.requests) == worst.prompt_tokens
    assert sum(request.body["max_tokens"] for request in server.requests) == worst.output_tokens
    assert meter.usage.output_tokens == (reasks + (end == "a misfit")) * max_tokens
    if reasks:
        assert len(server.requests[-1].messages[-1]["content"]) == LONGEST_REASON


@pytest.mark.anyio
async def test_a_request_lasts_no_longer_than_the_setting_whatever_drips(waits: list[float]) -> None:
    """Each byte comes within the time that a wait for one may take; all of them would take two minutes."""
    drip = Reply(body=b'{"sheep": [4]}' + b" " * 500, drip=0.25)
    meter = Meter()
    with ScriptedServer(*[drip] * 9) as server:
        settings = Settings(base_url=server.base_url, timeout=1.0, transport_retries=1, cache=False)
        async with open_model(settings, Silent()) as model:
            with pytest.raises(ReplyError, match="did not answer in time"):
                await model.ask(QUESTION, Flock, meter=meter, max_tokens=50)
    assert meter.usage.calls == 2
    assert 2.0 <= meter.usage.seconds < 20
    assert server.delivered == []


# --- the worst case of a story ---

TEXT = "The storm over {0} killed 12 sheep and 9 goats. Neighbours of {0} brought ropes to the gate."


class Slow(SyntheticModel):
    """Answers a question well only at the last of all times at which it is put; counts how often it was put."""

    def __init__(self, settings: Settings) -> None:
        self.put: Counter[str] = Counter()
        self.tokens: dict[str, int] = {}

        def fault(number: int, request: Request) -> Reply | None:
            question = json.dumps([schema_name(request), question_of(request)])
            self.put[question] += 1
            self.tokens[question] = request.body["max_tokens"]
            rounds, tries = settings.reasks + 1, settings.transport_retries + 1
            if self.put[question] == rounds * tries:
                return None
            if self.put[question] % tries:
                return synthetic_error(503, retry_after="300")
            return synthetic_completion("{}", prompt_tokens=0, output_tokens=0)

        super().__init__(fault=fault)


@pytest.mark.anyio
@pytest.mark.parametrize("window", [1, 60])
async def test_the_worst_case_of_a_story_is_as_documented(waits: list[float], window: int) -> None:
    texts = {name: TEXT.format(name) for name in ("Garrow", "Tarn", "Brack")}
    articles = [
        Article.from_text(text, id=name, title=f"Storm in {name}", language="en") for name, text in texts.items()
    ]
    settings = Settings(reasks=1, transport_retries=2, window=window, cache=False, concurrency=4)
    with Slow(settings) as model:
        async with Summarizer(settings.model_copy(update={"base_url": model.base_url})) as reader:
            results = await reader.summarize_all(articles)
            of_articles = dict(model.put)
            story = await reader.merge(results)  # type: ignore[arg-type]
    assert story.failures == ()
    worst = worst_case(settings, prompt_tokens=0, max_tokens=0)
    questions = sum(len(plan(read(article), window)) + 1 for article in articles)
    assert len(of_articles) == questions
    assert questions < len(model.put) <= questions + MOST_OF_A_MERGE
    assert set(model.put.values()) == {worst.calls}
    assert story.usage.calls == len(model.requests) == len(model.put) * worst.calls
    assert sum(waits) == len(model.put) * (worst.seconds - worst.calls * settings.timeout)
    assert sum(request.body["max_tokens"] for request in model.requests) == sum(
        worst_case(settings, prompt_tokens=0, max_tokens=tokens).output_tokens for tokens in model.tokens.values()
    )
