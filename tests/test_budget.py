"""The budget of tokens: never exceeded, no call cut off for it, what was paid for kept, and the rest said."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from support.denials import CUTS, SALE, SCHOOL, SOLD, article, denial, summaries
from support.fake_model import SyntheticModel, schema_name
from support.scripted_server import Reply, Request, ScriptedServer, synthetic_completion, synthetic_error
from support.spending import ARTICLES, TEXTS, Counted, as_estimated, settings, to_the_bound
from typer.testing import CliRunner, Result

from summarizer import Article, BudgetSpent, Settings, SettingsError, Summarizer
from summarizer.affirm import affirmations
from summarizer.cli.app import app
from summarizer.extract import read
from summarizer.fill import fill
from summarizer.model import Meter, open_model
from summarizer.model.budget import Budget
from summarizer.model.tokens import at_most, prompt_tokens
from summarizer.progress import Silent
from summarizer.schemas import EventSummary, Failure, MergedSummary

pytestmark = pytest.mark.anyio


class Count(BaseModel):
    number: int


QUESTION = [{"role": "user", "content": "How many geese crossed the Lowen bridge? Nineteen geese crossed it at noon."}]
GOOD = synthetic_completion('{"number": 19}', prompt_tokens=40, output_tokens=8)
MISFIT = synthetic_completion('{"geese": 19}', prompt_tokens=40, output_tokens=8)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting before a request is repeated."""

    async def skip(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.model.retry.pause", skip)


async def story(model: SyntheticModel, **more: Any) -> MergedSummary:
    """A run of its own."""
    async with Summarizer(settings(model, **more)) as reader:
        return await reader.story(ARTICLES)


async def whole_run(**more: Any) -> tuple[list[Request], int]:
    """The requests of a run without a budget, in their order, and what it costs."""
    with Counted(as_estimated) as model:
        await story(model, **more)
    return model.requests, model.spent


def budget_failures(found: MergedSummary) -> list[Failure]:
    return [failure for failure in found.failures if failure.stage == "budget"]


async def ask(server: ScriptedServer, times: int = 1, **more: Any) -> tuple[list[Any], Meter]:
    """Put the question several times, one after the other: answers, or the errors in their place."""
    meter, outcomes = Meter(), []
    async with open_model(Settings.resolve(base_url=server.base_url, model="m", **more), Silent()) as model:
        for _ in range(times):
            try:
                outcomes.append(await model.ask(QUESTION, Count, meter=meter, max_tokens=50, article="a1"))
            except (BudgetSpent, Exception) as error:
                outcomes.append(error)
    return outcomes, meter


# --- the bound ---


@pytest.mark.parametrize("concurrency", [1, 8])
@pytest.mark.parametrize("budget", [3_000, 8_000])
async def test_it_is_never_exceeded_however_many_calls_are_under_way(concurrency: int, budget: int) -> None:
    """Every reply is as long as it may be: calls that do not hold room for that would overshoot together."""
    with Counted(to_the_bound) as model:
        async with Summarizer(settings(model, concurrency=concurrency, max_tokens_total=budget)) as reader:
            results = await reader.summarize_all(ARTICLES)
    assert 0 < model.spent <= budget
    assert any(isinstance(item, Failure) or item.failures for item in results)
    assert reader.usage.calls == len(model.requests)
    assert reader.usage.failed_calls == 0  # nothing under way was broken off


async def test_calls_that_fit_only_one_after_the_other_wait_for_each_other() -> None:
    """Room for about two replies at their bound, and replies that are short: all is asked, though not at once."""
    _, whole = await whole_run()
    budget = whole + 1_600
    with Counted(as_estimated) as model:
        found = await story(model, concurrency=8, max_tokens_total=budget)
    assert found.failures == ()
    assert model.spent == whole
    assert 1 <= model.peak < 8


async def test_a_budget_that_is_large_enough_changes_nothing() -> None:
    requests, whole = await whole_run()
    with Counted(as_estimated) as model:
        found = await story(model, max_tokens_total=10 * whole)
    assert [request.body for request in model.requests] == [request.body for request in requests]
    assert found.failures == ()


async def test_a_tokenizer_that_divides_finer_than_estimated_is_learnt_from() -> None:
    """The first prompt takes three times its estimate; the last call that the estimate would allow is not sent."""

    def finely(request: Request) -> tuple[int, int]:
        return 3 * prompt_tokens(request.body, embedded=False), 50

    with Counted(finely) as model:
        await ask(model_with_counts(model), times=1)
    one = model.spent
    held = round(1.3 * one / 3) + 50
    with Counted(finely) as model:
        outcomes, _ = await ask(model_with_counts(model), times=6, max_tokens_total=3 * one + held)
    assert model.spent <= 3 * one + held
    assert isinstance(outcomes[-1], BudgetSpent)


def model_with_counts(model: Counted) -> Counted:
    model.filled = {"Count": {"number": 19}}
    return model


async def test_a_server_that_reports_no_usage_is_held_to_estimates() -> None:
    budget = 8_000
    with Counted(lambda request: None) as model:
        found = await story(model, max_tokens_total=budget)
    asked = [prompt_tokens(request.body, embedded=False) for request in model.requests]
    assert len(asked) > 1
    assert budget / 2 < sum(asked) <= budget
    assert budget_failures(found)
    assert found.usage.uncounted_calls == found.usage.calls == len(asked)


@pytest.mark.parametrize("body", [{"choices": []}, {"choices": None}, {}, "nothing to read"])
async def test_what_is_no_reply_is_held_to_estimates_too(play: Callable[..., ScriptedServer], body: Any) -> None:
    server = play(*[Reply(body=body)] * 20)
    outcomes, meter = await ask(server, times=20, max_tokens_total=1_000)
    assert 0 < len(server.requests) < 20
    assert isinstance(outcomes[-1], BudgetSpent)
    assert meter.usage.uncounted_calls == len(server.requests)


async def test_any_number_that_a_server_reports_can_be_counted(play: Callable[..., ScriptedServer]) -> None:
    server = play(synthetic_completion('{"number": 19}', prompt_tokens=10**400), GOOD)
    outcomes, _ = await ask(server, times=2, max_tokens_total=1_000)
    assert outcomes[0] == Count(number=19)
    assert isinstance(outcomes[1], BudgetSpent)


# --- what counts ---


async def test_a_question_repeated_for_its_reply_needs_room_of_its_own(play: Callable[..., ScriptedServer]) -> None:
    server = play(GOOD)
    await ask(server)
    once = at_most(prompt_tokens(server.requests[0].body, embedded=False)) + 50
    server = play(MISFIT, GOOD)
    (error,), meter = await ask(server, max_tokens_total=once + 40)  # 48 of it go to the misfit
    assert isinstance(error, BudgetSpent)
    assert error.article == "a1"
    assert len(server.requests) == 1
    usage = meter.usage
    assert (usage.calls, usage.failed_calls, usage.reasks) == (1, 1, 0)
    assert (usage.prompt_tokens, usage.output_tokens) == (40, 8)


async def test_a_request_that_broke_off_is_taken_to_have_cost_all_it_could(play: Callable[..., ScriptedServer]) -> None:
    server = play(Reply(reset=True), GOOD)
    (error,), meter = await ask(server, max_tokens_total=200)
    assert isinstance(error, BudgetSpent)
    assert len(server.requests) == 1
    usage = meter.usage
    assert (usage.calls, usage.failed_calls, usage.retries, usage.uncounted_calls) == (1, 1, 0, 1)


async def test_errors_that_a_server_answers_with_cost_nothing(play: Callable[..., ScriptedServer]) -> None:
    server = play(synthetic_error(503), synthetic_error(503), GOOD)
    (answer,), meter = await ask(server, max_tokens_total=200)
    assert answer == Count(number=19)
    assert (meter.usage.calls, meter.usage.retries, meter.usage.uncounted_calls) == (3, 2, 0)


async def test_a_connection_that_is_never_made_costs_nothing() -> None:
    with ScriptedServer() as server:
        address = server  # nobody listens once it has ended
    (error,), meter = await ask(address, max_tokens_total=200, transport_retries=3)
    assert not isinstance(error, BudgetSpent)
    assert (meter.usage.calls, meter.usage.uncounted_calls) == (4, 0)


async def test_after_the_first_refusal_nothing_is_sent(play: Callable[..., ScriptedServer]) -> None:
    budget = Budget(1_000)
    held = await budget.reserve(300, 100)
    with pytest.raises(BudgetSpent, match=r"budget of 1,000 tokens is spent: 0 are used, .* may take 1,100"):
        await budget.reserve(1_000, 100)
    budget.settle(held, 10)
    with pytest.raises(BudgetSpent):
        await budget.reserve(1, 1)


async def test_a_call_that_waits_for_room_is_refused_when_another_takes_it() -> None:
    budget = Budget(1_000)
    held = await budget.reserve(600, 0)
    waiting = asyncio.create_task(budget.reserve(500, 0))
    await asyncio.sleep(0)
    assert not waiting.done()
    budget.settle(held, 600)
    with pytest.raises(BudgetSpent, match="600 are used"):
        await asyncio.wait_for(waiting, 10)


# --- what is done is kept ---


@pytest.mark.parametrize("share", [0.3, 0.7])
async def test_it_stops_where_it_is_and_the_next_run_goes_on_from_there(share: float, tmp_path: Path) -> None:
    """The calls made are the first of a whole run, so that a larger budget pays for none of them again."""
    requests, whole = await whole_run()
    kept = {"cache": True, "cache_dir": tmp_path}
    with Counted(as_estimated) as model:
        found = await story(model, max_tokens_total=int(share * whole), **kept)
        first = len(model.requests)
        assert [item.body for item in model.requests] == [item.body for item in requests[:first]]
        assert 0 < first < len(requests)
        assert found.usage.calls == first
        assert model.spent == found.usage.prompt_tokens + found.usage.output_tokens
        again = await story(model, **kept)
    assert again.failures == ()
    assert again.usage.calls == len(model.requests) - first
    assert len(model.requests) == len(requests)


async def test_what_was_not_asked_is_listed_and_what_was_answered_is_there() -> None:
    _, whole = await whole_run()
    with Counted(as_estimated) as model:
        async with Summarizer(settings(model, max_tokens_total=int(0.7 * whole))) as reader:
            tribune, observer, messenger = await reader.summarize_all(ARTICLES)
            found = await reader.merge([tribune, observer], [messenger])  # type: ignore[list-item]
    assert isinstance(tribune, EventSummary)
    assert tribune.failures == ()
    assert tribune.headline
    assert isinstance(observer, EventSummary)
    assert [claim.answer for claim in observer.claims]
    (cut,) = observer.failures
    assert (cut.article, cut.stage, cut.partial) == ("observer", "budget", True)
    assert "parts were not read: the budget of" in cut.reason
    assert isinstance(messenger, Failure)
    assert (messenger.stage, messenger.partial) == ("budget", False)
    for failure in budget_failures(found):
        assert "--max-tokens-total" in (failure.hint or "")
    listed = [(failure.article, failure.partial) for failure in budget_failures(found)]
    assert listed[0] == ("messenger", False)
    assert ("observer", True) in listed
    assert (None, True) in listed  # headline and narrative
    assert found.narrative  # told by rule
    (killed,) = [item for item in found.disagreements if "killed" in item.question]
    assert sorted(answer.answer for answer in killed.positions) == ["7", "9"]
    assert found.usage.calls == len(model.requests)


async def test_answers_that_are_kept_cost_nothing(tmp_path: Path) -> None:
    kept = {"cache": True, "cache_dir": tmp_path}
    with Counted(as_estimated) as model:
        paid = await story(model, **kept)
        calls = len(model.requests)
        reused = await story(model, max_tokens_total=1, **kept)
        assert len(model.requests) == calls
    assert reused.failures == ()
    assert reused.disagreements == paid.disagreements


async def test_kept_answers_are_still_taken_when_the_budget_is_spent(tmp_path: Path) -> None:
    kept = {"cache": True, "cache_dir": tmp_path}
    with Counted(as_estimated) as model:
        async with Summarizer(settings(model, **kept)) as reader:
            await reader.summarize(ARTICLES[2])
        calls = len(model.requests)
        async with Summarizer(settings(model, max_tokens_total=1, **kept)) as reader:
            results = await reader.summarize_all(ARTICLES)
        assert len(model.requests) == calls
    assert [type(item) for item in results] == [Failure, Failure, EventSummary]


async def test_the_hint_does_not_promise_answers_that_are_not_kept(tmp_path: Path) -> None:
    with Counted(as_estimated) as model:
        for cache, words in ((True, "answers that are kept cost nothing"), (False, "with the cache on")):
            async with Summarizer(settings(model, max_tokens_total=1, cache=cache, cache_dir=tmp_path)) as reader:
                with pytest.raises(BudgetSpent, match=words):
                    await reader.summarize(ARTICLES[0])
    assert model.requests == []


async def test_nothing_at_all_is_an_error_of_its_own() -> None:
    with Counted(as_estimated) as model, pytest.raises(BudgetSpent, match="no article could be summarised"):
        await story(model, max_tokens_total=10)


async def test_affirmations_that_are_not_asked_leave_those_that_are() -> None:
    """Two denials, a sentence that may affirm each, room for one: the call under way ends, and its claim is there."""
    drafts = (denial(), denial("c", SOLD), article(f"{SCHOOL} {CUTS} {SALE}"))
    failures: list[Failure] = []
    with Counted(to_the_bound, filled={"Told": {"answer": "yes"}}) as model:
        async with open_model(settings(model, max_tokens_total=800, concurrency=8), Silent()) as asked:
            claims = await affirmations(summaries(*drafts), asked, Meter(), failures)
    assert len(claims) == len(model.requests) == 1
    (failure,) = failures
    assert (failure.article, failure.stage, failure.partial) == (None, "budget", True)
    assert failure.reason.startswith("1 sentences that may affirm")


class Flood(BaseModel):
    place: str = ""
    dead: int | None = None


async def test_a_schema_of_ones_own_is_filled_from_the_whole_article_or_not_at_all(tmp_path: Path) -> None:
    """Two calls, one of them paid for: an answer from a part of the article would look like one from all of it."""
    sentences = (f"Crew {number} filled {number + 100} sacks with sand for the dyke of Orsel." for number in range(150))
    reading = read(Article.from_text(" ".join(sentences), id="long", language="en"))
    kept = {"cache": True, "cache_dir": tmp_path}

    async def filled(model: SyntheticModel, **more: Any) -> Flood:
        async with open_model(settings(model, **kept, **more), Silent()) as asked:
            return await fill(reading, Flood, asked, Meter(), hosted=False, max_tokens=200)

    with Counted(as_estimated, filled={"Flood": {"place": "Orsel", "dead": 7}}) as model:
        with pytest.raises(BudgetSpent) as caught:
            await filled(model, max_tokens_total=3_000)
        assert caught.value.article == "long"
        assert len(model.requests) == 1
        assert (await filled(model)).place == "Orsel"
        assert len(model.requests) == 2


# --- the setting, and the command line ---


def test_argument_before_environment_before_none() -> None:
    assert Settings.resolve({}).max_tokens_total is None
    environment = {"SUMMARIZER_MAX_TOKENS_TOTAL": "5000"}
    assert Settings.resolve(environment).max_tokens_total == 5000
    assert Settings.resolve(environment, max_tokens_total=7000).max_tokens_total == 7000
    with pytest.raises(SettingsError, match="SUMMARIZER_MAX_TOKENS_TOTAL"):
        Settings.resolve({"SUMMARIZER_MAX_TOKENS_TOTAL": "0"})


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: The flood of Orsel, by the {name}\n---\n{text}\n")
    return [str(tmp_path / f"{name}.md") for name in TEXTS]


def run(model: SyntheticModel, *arguments: str, **environment: str) -> Result:
    env = {"OPENAI_BASE_URL": model.base_url, "SUMMARIZER_WINDOW": "1", "SUMMARIZER_CONCURRENCY": "1", **environment}
    return CliRunner().invoke(app, list(arguments), env=env)


def test_story_with_some_of_it_missing_is_1(files: list[str]) -> None:
    with Counted(as_estimated) as model:
        done = run(model, "story", *files, "--format", "json", "--max-tokens-total", "8000")
    assert done.exit_code == 1
    found = MergedSummary.model_validate_json(done.stdout)
    assert found.comparisons
    assert budget_failures(found)
    assert "budget of 8,000 tokens" in done.stderr
    assert model.spent <= 8_000


def test_the_environment_bounds_the_command_too(files: list[str]) -> None:
    with Counted(as_estimated) as model:
        done = run(model, "summarize", *files, "--format", "json", SUMMARIZER_MAX_TOKENS_TOTAL="8000")
    assert done.exit_code == 1
    assert 0 < len(json.loads(done.stdout)) <= len(files)
    assert model.spent <= 8_000


@pytest.mark.parametrize("command", ["story", "summarize"])
def test_a_budget_for_nothing_is_wrong_usage(files: list[str], command: str) -> None:
    with Counted(as_estimated) as model:
        done = run(model, command, *files, "--max-tokens-total", "100")
    assert (done.exit_code, done.stdout, model.requests) == (2, "", [])
    assert "--dry-run" in done.stderr
    assert "doctor" not in done.stderr


def test_merge_needs_a_model_for_a_budget(files: list[str], tmp_path: Path) -> None:
    with Counted(as_estimated) as model:
        written = run(model, "summarize", *files, "-o", f"{tmp_path}/out/")
        assert written.exit_code == 0
        calls = len(model.requests)
        summaries = [str(path) for path in sorted((tmp_path / "out").glob("*.json"))]
        assert run(model, "merge", *summaries, "--max-tokens-total", "50").exit_code == 2
        done = run(model, "merge", *summaries, "--adjudicate", "--max-tokens-total", "50", "--format", "json")
        assert len(model.requests) == calls
    assert done.exit_code == 1
    found = MergedSummary.model_validate_json(done.stdout)
    assert {failure.stage for failure in found.failures} == {"budget"}
    assert found.narrative
    assert "Narrative" not in {schema_name(request) for request in model.requests}
