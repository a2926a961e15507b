"""The Python API from articles to a story, against a made-up model on loopback (everything it says is synthetic)."""

import asyncio
import dataclasses
import logging
import subprocess
import sys
import threading
import traceback
from collections import Counter
from typing import Any

import pytest
from pydantic import BaseModel, Field
from support.fake_model import SyntheticModel, asked_sentences, schema_name
from support.scripted_server import Reply, Request, synthetic_completion, synthetic_error

import summarizer
from summarizer import (
    Article,
    InputError,
    ModelUnavailable,
    ReplyError,
    Settings,
    SettingsError,
    Summarizer,
    merge,
    summarize,
)
from summarizer.schemas import EventSummary, Failure, MergedSummary

KEY = "sk-fictional-9876543210fedcba"
TEXTS = {
    "gazette": (
        "The slope above Tarn quarry gave way at 06:40 on Monday. The landslide killed 12 workers, the district said. "
        "Another 30 workers were injured. The owner had closed the upper road before the rain began."
    ),
    "courier": (
        "The landslide killed 15 workers, police said. Another 30 workers were injured. "
        "The ministry confirmed the landslide."
    ),
    "herald": "Crews searched the rubble for 9 missing workers. Neighbours brought blankets and soup to the gate.",
}
ARTICLES = [
    Article.from_text(text, id=name, title=f"The landslide, by the {name}", published="2031-03-04", language="en")
    for name, text in TEXTS.items()
]


class Recorder:
    """Keeps what progress is told."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self.steps: Counter[str] = Counter()
        self.finished: list[str] = []

    def start(self, task: str, total: int) -> None:
        self.totals[task] = total

    def advance(self, task: str, steps: int = 1) -> None:
        assert task not in self.finished
        self.steps[task] += steps

    def finish(self, task: str) -> None:
        self.finished.append(task)

    def note(self, text: str) -> None:
        raise AssertionError(f"nothing here is worth a note: {text}")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting before a request is repeated."""

    async def skip(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.model.retry.pause", skip)


def settings(model: SyntheticModel, **more: Any) -> Settings:
    """Settings for the made-up server."""
    return Settings.resolve(**{"base_url": model.base_url, "api_key": KEY, "model": "synthetic", **more})


def about(request: Request) -> str:
    """Which of the articles a request is about; empty for those of the merge."""
    asked = str(request.messages)  # a repeated question does not end with the article
    return next((name for name in TEXTS if f"by the {name}" in asked), "")


def told(story: MergedSummary) -> list[tuple[str, list[str]]]:
    """Questions and answers of all that was compared."""
    return [(item.question, [answer.answer for answer in item.positions]) for item in story.comparisons]


# --- the whole way ---


def test_the_documented_import_gives_functions_and_classes() -> None:
    """In a process of its own: a module of one of these names would take its place once it is loaded."""
    names = summarizer.__all__
    code = f"import summarizer.pipeline, types\nfrom summarizer import {', '.join(names)}\n"
    code += f"print([name for name in {names!r} if isinstance(globals()[name], types.ModuleType)])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.anyio
@pytest.mark.parametrize("window", [1, 4, 60])
async def test_a_story_from_articles(window: int) -> None:
    with SyntheticModel() as model:
        async with Summarizer(settings(model, window=window)) as reader:
            story = await reader.story(ARTICLES)
    assert [article.id for article in story.articles] == list(TEXTS)
    assert story.failures == ()
    [killed] = [item for item in story.disagreements if "killed" in item.question]
    assert sorted(answer.answer for answer in killed.positions) == ["12", "15"]
    [injured] = [item for item in story.agreements if "injured" in item.question]
    assert injured.positions[0].articles == ("gazette", "courier")
    assert story.headline
    assert story.headline.text == "A slope gave way"
    assert (story.provenance.provider, story.provenance.model) == ("127.0.0.1", "synthetic")
    asked = [schema_name(request) for request in model.requests]
    if window == 60:  # a whole article in one call of each kind
        kinds = Counter((about(request), kind) for request, kind in zip(model.requests, asked, strict=True))
        assert max(kinds.values()) <= 2  # figures, and words of confirming and denying, share a reply schema
    if window == 1:
        assert max(len(asked_sentences([request])) for request in model.requests) == 1


@pytest.mark.anyio
async def test_windows_of_any_size_find_the_same() -> None:
    found = []
    for window in (1, 4, 60):
        with SyntheticModel() as model:
            async with Summarizer(settings(model, window=window)) as reader:
                found.append(told(await reader.story(ARTICLES)))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 5


def test_plain_functions_without_an_event_loop() -> None:
    with SyntheticModel() as model:
        summaries = [summarize(article, base_url=model.base_url, api_key=KEY) for article in ARTICLES]
        calls = len(model.requests)
        story = merge(summaries)
        assert len(model.requests) == calls  # merging by rules asks nobody
    assert [summary.article.id for summary in summaries] == list(TEXTS)
    assert any("killed" in item.question for item in story.disagreements)
    assert story.provenance.settings == {"merged_by": "rules"}
    assert story.usage.calls == calls


@pytest.mark.anyio
async def test_plain_functions_say_what_to_use_inside_an_event_loop() -> None:
    with pytest.raises(SettingsError, match="async with Summarizer"):
        summarize(ARTICLES[0], base_url="http://127.0.0.1:9/v1")


@pytest.mark.anyio
async def test_a_summarizer_is_used_as_a_context_manager() -> None:
    with pytest.raises(SettingsError, match="async with"):
        await Summarizer(base_url="http://127.0.0.1:9/v1").summarize(ARTICLES[0])


@pytest.mark.anyio
async def test_results_stand_in_the_order_of_the_articles() -> None:
    first_goes_last = threading.Event()

    class Model(SyntheticModel):
        def take(self, request: Request) -> Reply:
            reply = super().take(request)
            if about(request) == "gazette":
                return dataclasses.replace(reply, hold=first_goes_last)
            if about(request) == "herald" and schema_name(request) == "Header":
                first_goes_last.set()
            return reply

    with Model() as model:
        async with Summarizer(settings(model)) as reader:
            results = await reader.summarize_all(ARTICLES)
    assert [item.article.id for item in results if isinstance(item, EventSummary)] == list(TEXTS)


@pytest.mark.anyio
async def test_two_articles_of_one_id_are_refused_before_anything_is_spent() -> None:
    with SyntheticModel() as model:
        async with Summarizer(settings(model)) as reader:
            with pytest.raises(InputError, match="several articles have the id gazette"):
                await reader.story([*ARTICLES, ARTICLES[0]])
    assert model.requests == []


# --- schemas of the user's own ---


class Casualty(BaseModel):
    who: str
    count: int


class Slide(BaseModel):
    place: str
    dead: int | None = Field(default=None, alias="deathCount")
    casualties: list[Casualty] = []


SLIDE = {"place": "Tarn quarry", "deathCount": 12, "casualties": [{"who": "workers", "count": 12}]}


def test_a_schema_of_ones_own() -> None:
    with SyntheticModel(filled={"Slide": SLIDE}) as model:
        found = summarize(ARTICLES[0], schema=Slide, settings=settings(model))
    assert type(found) is Slide
    assert found == Slide.model_validate(SLIDE)
    [request] = model.requests
    assert TEXTS["gazette"] in request.messages[-1]["content"]


@pytest.mark.anyio
async def test_a_schema_of_ones_own_over_a_long_article_joins_its_parts() -> None:
    long = Article.from_text(" ".join(long_text(130_000)), id="long", language="en")
    parts = iter(range(100))

    def part(number: int, request: Request) -> Reply:
        count = next(parts)
        filled = {"place": "" if count == 0 else f"place {count}", "casualties": [{"who": f"crew {count}", "count": 1}]}
        return synthetic_completion(Slide.model_validate(filled).model_dump_json(by_alias=True))

    with SyntheticModel(fault=part) as model:
        async with Summarizer(settings(model)) as reader:
            found = await reader.summarize(long, schema=Slide)
    assert len(model.requests) == 3
    assert found.place == "place 1"  # the first part told none
    assert [item.who for item in found.casualties] == ["crew 0", "crew 1", "crew 2"]


# --- usage and progress ---


@pytest.mark.anyio
@pytest.mark.parametrize("window", [1, 60])
async def test_usage_is_what_the_server_sent(window: int) -> None:
    with SyntheticModel() as model:
        async with Summarizer(settings(model, window=window)) as reader:
            story = await reader.story(ARTICLES)
    usage = story.usage
    assert usage.calls == len(model.requests)
    spent = (usage.prompt_tokens, usage.cached_tokens, usage.output_tokens)
    assert spent == (model.prompt_tokens, model.cached_tokens, model.output_tokens)
    assert (usage.failed_calls, usage.retries, usage.reasks) == (0, 0, 0)
    verified = sum(len(answer.claims) for item in story.comparisons for answer in item.positions)
    assert usage.output_tokens_per_verified_claim == round(model.output_tokens / verified, 1)


@pytest.mark.anyio
async def test_usage_holds_what_failed_repeated_and_lost_calls_cost(at_once: None) -> None:
    """One article's replies are all of no use, one call of another one meets a server in trouble."""
    troubled: list[int] = []

    def fault(number: int, request: Request) -> Reply | None:
        if about(request) == "herald":
            return synthetic_completion('{"nonsense": 1}', prompt_tokens=50, output_tokens=7)
        if about(request) == "courier" and not troubled:
            troubled.append(number)
            return synthetic_error(503)
        return None

    with SyntheticModel(fault=fault) as model:
        async with Summarizer(settings(model)) as reader:
            story = await reader.story(ARTICLES)
    usage = story.usage
    lost = sum(about(request) == "herald" for request in model.requests)
    assert [failure.article for failure in story.failures] == ["herald"]
    assert (usage.calls, usage.retries) == (len(model.requests), 1)
    assert (usage.failed_calls, usage.reasks) == (lost + 1, lost / 2)
    spent = (usage.prompt_tokens, usage.cached_tokens, usage.output_tokens)
    assert spent == (model.prompt_tokens, model.cached_tokens, model.output_tokens)


@pytest.mark.anyio
@pytest.mark.parametrize("window", [1, 60])
async def test_progress_ends_complete(window: int) -> None:
    recorder = Recorder()
    with SyntheticModel() as model:
        async with Summarizer(settings(model, window=window), progress=recorder) as reader:
            await reader.story(ARTICLES)
    assert recorder.totals
    assert dict(recorder.steps) == recorder.totals
    assert recorder.finished == list(recorder.totals)


@pytest.mark.anyio
@pytest.mark.parametrize("bound", [1, 3])
async def test_no_more_requests_at_once_than_the_setting_allows(bound: int) -> None:
    full = threading.Event()

    class Model(SyntheticModel):
        def take(self, request: Request) -> Reply:
            reply = super().take(request)
            if self.under_way >= bound:
                threading.Timer(0.05, full.set).start()  # time for one too many to show itself
            return dataclasses.replace(reply, hold=full)

    with Model() as model:
        async with Summarizer(settings(model, window=1, concurrency=bound)) as reader:
            await reader.story(ARTICLES)
    assert model.peak == bound


# --- long articles ---


def long_text(characters: int) -> list[str]:
    """Distinct sentences, some with a figure and some without, of that many characters together."""
    things = ("harbour", "council", "market", "bridge", "tunnel", "school", "river", "station", "mill", "depot")
    sentences: list[str] = []
    length = 0
    while length < characters:
        number = len(sentences)
        one, two, three = (things[number // 10**place % 10] for place in range(3))
        where = f"beside the {one} and the {two} of the old {three} quarter"
        if number % 4 == 0:
            sentences.append(f"Crews stacked {number + 10_000} crates {where}.")
        else:
            colour = ("red", "green", "grey")[number % 4 - 1]
            floor = ["north", "south", "east", "west", "upper", "lower", "inner", "outer"][number // 1000]
            sentences.append(f"The foreman had painted the {floor} gate {colour} {where}.")
        length += len(sentences[-1]) + 1
    return sentences


@pytest.mark.anyio
async def test_every_sentence_of_a_long_article_is_asked_about_exactly_once() -> None:
    sentences = long_text(200_000)
    assert len(set(sentences)) == len(sentences)
    article = Article.from_text(" ".join(sentences), id="long", title="A town at work", language="en")
    with SyntheticModel() as model:
        async with Summarizer(settings(model, window=40)) as reader:
            summary = await reader.summarize(article)
    sent = asked_sentences(model.requests)
    assert Counter(sent) == Counter(sentences)
    windows = [asked_sentences([request]) for request in model.requests]
    assert max(map(len, windows)) == 40
    assert max(sum(map(len, window)) for window in windows) <= 6000
    assert summary.failures == ()
    with_figures = [sentence for sentence in sentences if "crates" in sentence]
    assert len(summary.claims) == len(with_figures)
    assert [claim.evidence[0].quote for claim in summary.claims] == with_figures


# --- what fails ---


@pytest.mark.anyio
@pytest.mark.parametrize("broken", ['{"questions": [', "no JSON at all", '{"questions": []}', ""])
async def test_a_broken_reply_costs_its_window_alone(broken: str) -> None:
    def fault(number: int, request: Request) -> Reply | None:
        return synthetic_completion(broken) if "Another 30 workers" in str(request.messages) else None

    with SyntheticModel(fault=fault) as model:
        async with Summarizer(settings(model, window=1)) as reader:
            summary = await reader.summarize(ARTICLES[0])
    [failure] = summary.failures
    assert (failure.article, failure.stage, failure.partial) == ("gazette", "extract", True)
    assert failure.reason.startswith("sentence 3: ")
    assert [claim.answer for claim in summary.claims] == ["06:40", "12"]
    assert summary.usage.calls == len(model.requests)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "lost", [synthetic_completion("nonsense"), synthetic_completion('{"questions": [', finish_reason="length")]
)
async def test_an_article_whose_calls_all_fail_is_listed_and_the_others_are_merged(lost: Reply) -> None:
    with SyntheticModel(fault=lambda _, request: lost if about(request) == "courier" else None) as model:
        async with Summarizer(settings(model)) as reader:
            results = await reader.summarize_all(ARTICLES)
            story = await reader.story(ARTICLES)
            with pytest.raises(ReplyError, match="no part of it could be read"):
                await reader.summarize(ARTICLES[1])
    assert [type(item) for item in results] == [EventSummary, Failure, EventSummary]
    [failure] = story.failures
    assert (failure.article, failure.stage, failure.partial) == ("courier", "extract", False)
    assert [article.id for article in story.articles] == ["gazette", "herald"]
    assert len(told(story)) == 4


@pytest.mark.anyio
async def test_headers_and_narratives_of_no_use_leave_the_rest() -> None:
    def fault(number: int, request: Request) -> Reply | None:
        return synthetic_completion("{}") if schema_name(request) in ("Header", "Narrative", "Verdicts") else None

    with SyntheticModel(fault=fault) as model:
        async with Summarizer(settings(model)) as reader:
            story = await reader.story(ARTICLES)
    stages = Counter((failure.article, failure.stage) for failure in story.failures)
    assert {(name, "summarise") for name in TEXTS} | {(None, "merge")} <= set(stages)
    assert all(failure.partial for failure in story.failures)
    assert len(told(story)) == 5
    assert story.narrative  # told by rule
    assert story.usage.calls == len(model.requests)


@pytest.mark.anyio
async def test_a_server_that_dies_midway_leaves_what_was_finished(at_once: None) -> None:
    """It dies while the second article is read, one call at a time."""
    died: list[int] = []

    def fault(number: int, request: Request) -> Reply | None:
        if died or (about(request) == "courier" and "Another 30" in request.messages[-1]["content"]):
            died.append(number)
            return Reply(reset=True)
        return None

    with SyntheticModel(fault=fault) as model:
        async with Summarizer(settings(model, window=1, concurrency=1, transport_retries=1)) as reader:
            gazette, courier, herald = await reader.summarize_all(ARTICLES)
            story = await reader.merge(
                [item for item in (gazette, courier, herald) if isinstance(item, EventSummary)],
                [item for item in (gazette, courier, herald) if isinstance(item, Failure)],
            )
    assert isinstance(gazette, EventSummary)
    assert gazette.failures == ()
    assert gazette.headline
    assert isinstance(courier, EventSummary)  # one of its parts was answered, and paid for
    assert [claim.answer for claim in courier.claims] == ["15"]
    assert [(failure.stage, failure.partial) for failure in courier.failures] == [("model", True)]
    assert courier.failures[0].reason.startswith("2 of 3 parts were not read: no connection")
    assert isinstance(herald, Failure)
    assert (herald.article, herald.stage, herald.partial) == ("herald", "model", False)
    [killed] = [item for item in story.disagreements if "killed" in item.question]
    assert len(killed.positions) == 2
    assert {failure.article for failure in story.failures} == {None, "courier", "herald"}
    # A request that was about to leave when the server's death was noticed may or may not have reached it.
    assert 0 <= story.usage.calls - len(model.requests) <= 2
    assert (story.usage.prompt_tokens, story.usage.output_tokens) == (model.prompt_tokens, model.output_tokens)


@pytest.mark.anyio
@pytest.mark.parametrize("last", ["Header", "Narrative"])
async def test_a_server_that_dies_late_loses_nothing_that_was_paid_for(at_once: None, last: str) -> None:
    def fault(number: int, request: Request) -> Reply | None:
        return synthetic_error(500) if schema_name(request) == last else None

    with SyntheticModel(fault=fault) as model:
        async with Summarizer(settings(model)) as reader:
            story = await reader.story(ARTICLES)
    assert len(told(story)) == 5
    assert "model" in {failure.stage for failure in story.failures}
    assert story.usage.calls == len(model.requests)


@pytest.mark.anyio
async def test_a_refused_key_makes_the_model_unavailable() -> None:
    with SyntheticModel(fault=lambda *_: synthetic_error(401, f"Incorrect API key provided: {KEY}")) as model:
        async with Summarizer(settings(model, concurrency=1)) as reader:
            with pytest.raises(ModelUnavailable, match="refused the key"):
                await reader.summarize(ARTICLES[0])
            results = await reader.summarize_all(ARTICLES)
            with pytest.raises(ModelUnavailable, match="no article could be summarised"):
                await reader.story(ARTICLES)
    assert [(item.article, item.stage) for item in results if isinstance(item, Failure)] == [
        (name, "model") for name in TEXTS
    ]
    assert len(model.requests) == 1  # a server that has refused the key is not asked again


@pytest.mark.anyio
async def test_no_answer_at_all_is_a_reply_error_and_not_a_missing_model() -> None:
    with SyntheticModel(fault=lambda *_: synthetic_completion("nonsense")) as model:
        async with Summarizer(settings(model)) as reader:
            with pytest.raises(ReplyError, match="no article could be summarised"):
                await reader.story(ARTICLES)


@pytest.mark.anyio
async def test_cancelling_a_story_ends_its_requests() -> None:
    with SyntheticModel(stop_at=2) as model:
        async with Summarizer(settings(model, window=1, concurrency=1)) as reader:
            work = asyncio.create_task(reader.story(ARTICLES))
            await asyncio.to_thread(model.seen.wait, 30)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
        model.go_on.set()
        assert len(model.requests) == 2


# --- the key ---


@pytest.mark.anyio
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
async def test_the_key_stands_nowhere(
    at_once: None, status: int, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """The server repeats the key in what it says, as real ones do with parts of it."""

    def fault(number: int, request: Request) -> Reply | None:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        if number == 1:
            return None
        return synthetic_error(status, f"no good: {KEY}")

    caplog.set_level(logging.DEBUG)
    shown = []
    with SyntheticModel(fault=fault) as model:
        async with Summarizer(settings(model, window=1, concurrency=1)) as reader:
            shown += [repr(reader.settings), str(reader.settings), reader.settings.model_dump_json()]
            story = await reader.story(ARTICLES)
            shown += [story.model_dump_json(), repr(story)]
            try:
                await reader.summarize(ARTICLES[0])
            except summarizer.SummarizerError as error:
                shown += ["".join(traceback.format_exception(error)), repr(error), repr(vars(error))]
    captured = capsys.readouterr()
    shown += [captured.out, captured.err, caplog.text, *(repr(vars(record)) for record in caplog.records)]
    assert story.failures
    assert [text for text in shown if KEY in text] == []


@pytest.mark.anyio
async def test_a_byline_is_neither_asked_about_nor_a_voice() -> None:
    """Who wrote an article changes nothing that is sent, found or counted, even where that is an agency."""
    found = []
    for byline in (None, "Reuters; killed 900 workers"):
        articles = [article.model_copy(update={"byline": byline}) for article in ARTICLES]
        with SyntheticModel() as model:
            async with Summarizer(settings(model, concurrency=1)) as reader:
                story = await reader.story(articles)
        assert [article.byline for article in story.articles] == [byline] * 3
        sent = [request.messages for request in model.requests]
        found.append((sent, story.comparisons, story.unverified, story.headline, story.narrative))
    assert found[0] == found[1]
    assert len(found[0][0]) > 5
