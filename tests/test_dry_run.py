"""Dry runs: what a run would cost is told before it, nothing is sent for it, and the figures hold."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.expected import STORIES, article_paths
from support.fake_model import SyntheticModel, schema_name
from support.scripted_server import Request
from support.spending import ARTICLES, TEXTS, Counted, as_estimated, settings, to_the_bound
from typer.testing import CliRunner, Result

from summarizer import InputError, Settings, Summarizer, read_articles
from summarizer.affirm import MAX_TOKENS
from summarizer.cli.app import app
from summarizer.local.weights import PUBLISHED
from summarizer.model.opening import endpoint_for, unopened_endpoint
from summarizer.model.tokens import MARGIN, prompt_tokens, tokens_of
from summarizer.progress import Silent
from summarizer.schemas import Bounded, Forecast, MergedSummary
from summarizer.settings import Mode

pytestmark = pytest.mark.anyio

CASSETTES = Path(__file__).parents[1] / "cassettes"
READING = ("MarkQuestions", "Facts")
MODES: tuple[Mode, ...] = ("json_schema", "json", "tools")


async def estimate(model: SyntheticModel, *, merging: bool = True, **more: Any) -> Forecast:
    return await Summarizer(settings(model, **more)).estimate(ARTICLES, merging=merging)


async def story(model: SyntheticModel, **more: Any) -> MergedSummary:
    async with Summarizer(settings(model, **more)) as reader:
        return await reader.story(ARTICLES)


def asked_of(name: str, requests: list[Request]) -> list[Request]:
    """The requests that read one article."""
    return [
        request for request in requests if schema_name(request) in READING and f"by the {name}" in str(request.messages)
    ]


# --- nothing is done ---


async def test_nothing_is_sent_and_nothing_left_behind(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    with Counted(as_estimated) as model:
        found = await estimate(model, cache=True, cache_dir=folder)
    assert found.total.calls.likely > 5
    assert model.requests == []
    assert not folder.exists()


async def test_the_embedded_model_needs_neither_weights_nor_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("a dry run starts nothing")

    monkeypatch.setattr("summarizer.local.server.EmbeddedServer.start", never)
    monkeypatch.setattr("summarizer.local.weights.ensure_weights", never)
    for more in ({}, {"gguf": tmp_path / "missing.gguf"}):
        found = await Summarizer(Settings(cache_dir=tmp_path / "none", **more)).estimate(ARTICLES)
        assert found.provider == "embedded"
        assert found.total.calls.likely > 5
    assert list(tmp_path.iterdir()) == []


async def test_two_articles_of_one_id_are_refused_as_in_a_run() -> None:
    with pytest.raises(InputError, match="several articles have the id"):
        await Summarizer(base_url="http://127.0.0.1:9/v1").estimate([ARTICLES[0], ARTICLES[0]])


# --- what a run then costs ---


@pytest.mark.parametrize("window", [1, 60])
async def test_calls_that_read_are_known_and_everything_stays_within_its_bounds(window: int) -> None:
    """The server takes every reply to its bound, and every prompt for what it is estimated at."""
    with Counted(to_the_bound) as model:
        found = await estimate(model, window=window)
        told = await story(model, window=window)
    requests = model.requests
    for article in found.articles:
        own = asked_of(article.article, requests)
        assert article.extract.calls == Bounded(likely=len(own), most=len(own))
        sent = sum(prompt_tokens(request.body, embedded=False) for request in own)
        assert article.extract.prompt_tokens.likely == sent
        assert article.extract.output_tokens.most == sum(request.body["max_tokens"] for request in own)
    kinds = Counter(map(schema_name, requests))
    assert sum(article.summarise.calls.most for article in found.articles) >= kinds["Header"]
    assert found.compare.calls.most >= kinds["Verdicts"] + kinds["Told"]
    assert found.merge.calls.most >= kinds["Narrative"]
    total = found.total
    assert abs(total.calls.likely - told.usage.calls) <= 1  # whether rules leave anything open is not known
    assert told.usage.calls <= total.calls.most
    assert told.usage.prompt_tokens <= total.prompt_tokens.most
    assert told.usage.output_tokens <= total.output_tokens.most


async def test_modes_that_show_the_schema_to_the_model_cost_more() -> None:
    """The embedded server makes a grammar of it in the usual mode, and tells it to the model in the others."""
    usual, *others = [
        (await Summarizer(Settings(cache=False, mode=mode)).estimate(ARTICLES)).total.prompt_tokens.likely
        for mode in MODES
    ]
    assert all(other > 1.1 * usual for other in others)


async def test_the_parts_add_up_to_the_total() -> None:
    with Counted(as_estimated) as model:
        found = await estimate(model)
        alone = await estimate(model, merging=False)
    reading = [cost for article in found.articles for cost in (article.extract, article.summarise)]
    assert sum(reading[1:], reading[0]) + found.compare + found.merge == found.total
    assert alone.articles == found.articles
    assert sum(reading[1:], reading[0]) == alone.total
    assert (found.story, alone.story) == (True, False)


async def test_what_is_asked_about_all_is_bounded_as_the_code_bounds_it() -> None:
    """A denial may be looked for in each of the two other articles; at most 16 pairs are put, of each two articles."""
    pairs = 16 * 24  # tokens that the replies may hold, and 64 for each
    with Counted(as_estimated) as model:
        reader = Summarizer(settings(model))
        denied = (await reader.estimate(ARTICLES)).compare
        undenied = (await reader.estimate([ARTICLES[0], ARTICLES[2]])).compare
        alone = (await reader.estimate(ARTICLES[:1])).compare
    assert denied.calls == Bounded(likely=1, most=2 + 3)
    assert denied.output_tokens.most == 2 * MAX_TOKENS + pairs + 3 * 64
    assert undenied.calls == Bounded(likely=1, most=1)
    assert undenied.output_tokens.most == pairs + 64
    assert undenied.prompt_tokens.most > 2 * undenied.prompt_tokens.likely
    assert alone.calls == Bounded()


async def test_a_budget_as_large_as_the_bound_is_enough() -> None:
    with Counted(to_the_bound) as model:
        most = (await estimate(model)).total.tokens.most
        assert (await story(model, max_tokens_total=most)).failures == ()


# --- kept answers ---


async def test_after_a_run_everything_is_kept_and_the_figures_are_exact(tmp_path: Path) -> None:
    kept: dict[str, Any] = {"cache": True, "cache_dir": tmp_path}
    with Counted(as_estimated) as model:
        told = await story(model, **kept)
        found = await estimate(model, **kept)
        assert len(model.requests) == told.usage.calls  # the dry run sent nothing
    assert found.total.kept_answers == told.usage.calls
    assert found.total.tokens == found.total.calls == Bounded()
    assert (await estimate(model, cache=False, cache_dir=tmp_path)).total.kept_answers == 0


async def test_after_a_run_that_was_cut_short_the_rest_is_told(tmp_path: Path) -> None:
    kept: dict[str, Any] = {"cache": True, "cache_dir": tmp_path}
    with Counted(as_estimated) as model:
        await story(model, max_tokens_total=8_000, **kept)
        paid = len(model.requests)
        found = await estimate(model, **kept)
        assert len(model.requests) == paid
        await story(model, **kept)
    rest = model.requests[paid:]
    assert found.total.kept_answers == paid > 0
    assert sum(article.extract.calls.likely for article in found.articles) == sum(
        schema_name(request) in READING for request in rest
    )
    assert abs(found.total.calls.likely - len(rest)) <= 1
    assert len(rest) <= found.total.calls.most
    first = found.articles[0]
    assert first.extract.calls == first.summarise.calls == Bounded()


@pytest.mark.parametrize("own", [False, True])
async def test_kept_answers_of_the_embedded_model_are_found_without_it(
    own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run looks answers up by is the same with its server and without."""
    path = tmp_path / "own-model.gguf" if own else tmp_path / "models" / PUBLISHED.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"GGUF and little more")

    class Standing:
        """In the place of a running server."""

        base_url, api_key = "http://127.0.0.1:4711/v1", "random"

        def __init__(self, path: Path, **_: Any) -> None:
            self.model = path.stem

        async def __aenter__(self) -> None:
            return None

        async def __aexit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr("summarizer.local.server.EmbeddedServer", Standing)
    monkeypatch.setattr("summarizer.local.weights.ensure_weights", lambda *_: path)
    chosen = Settings(cache_dir=tmp_path, gguf=path if own else None)
    async with endpoint_for(chosen, Silent()) as running:
        unopened = unopened_endpoint(chosen)
    assert (unopened.server, unopened.weights, unopened.model) == (running.server, running.weights, running.model)
    assert unopened.weights


# --- the estimate of tokens, against what the embedded model's server counted ---


@cache
def recorded() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Cassette, request and reply of every recorded call."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    calls = []
    for path in sorted(CASSETTES.rglob("*.yaml")):
        for interaction in yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["interactions"]:
            reply = interaction["response"]["body"]["string"]["json"]
            calls.append((path.stem, interaction["request"]["body"]["json"], reply))
    return calls


def test_prompts_take_about_what_is_estimated_in_every_language() -> None:
    ratios = [
        reply["usage"]["prompt_tokens"] / prompt_tokens(request, embedded=True) for _, request, reply in recorded()
    ]
    assert len(ratios) > 200
    assert min(ratios) > 0.8
    assert max(ratios) < MARGIN  # so that the upper estimate is one
    assert 0.9 < sum(ratios) / len(ratios) < 1.1


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The ferry left the harbour of Velden at dawn with nineteen people on board.", (12, 22)),
        ("12345 67890", (8, 14)),
        ("Паром вышел из гавани на рассвете с людьми на борту.", (14, 30)),
        ("غادرت العبّارة الميناء عند الفجر وعلى متنها ركاب.", (12, 30)),
        ("渡轮在黎明时分离开港口，船上载有乘客。", (9, 20)),
    ],
)
def test_scripts_weigh_differently(text: str, tokens: tuple[int, int]) -> None:
    low, high = tokens
    assert low <= tokens_of(text) <= high


@pytest.mark.parametrize("name", STORIES)
async def test_the_recorded_stories_cost_what_is_foretold(name: str) -> None:
    articles, failures = read_articles([str(path) for path in article_paths(name)], stdin=None)
    found = await Summarizer(Settings(cache=False)).estimate(articles, failures)
    usages = [reply["usage"] for cassette, _, reply in recorded() if cassette == f"test_story.{name}"]
    prompt = sum(usage["prompt_tokens"] for usage in usages)
    output = sum(usage["completion_tokens"] for usage in usages)
    total = found.total
    assert abs(total.calls.likely - len(usages)) <= 2
    assert len(usages) <= total.calls.most
    assert 0.8 < prompt / total.prompt_tokens.likely < 1.2
    assert 0.5 < output / total.output_tokens.likely < 1.5
    assert prompt <= total.prompt_tokens.most
    assert output <= total.output_tokens.most


def test_the_schema_of_a_reply_counts_where_a_model_reads_it() -> None:
    schema = {"type": "json_schema", "json_schema": {"name": "Count", "schema": {"properties": {"number": {}}}}}
    messages = [{"role": "user", "content": "How many geese?"}]
    bare = prompt_tokens({"messages": messages}, embedded=True)
    assert prompt_tokens({"messages": messages, "response_format": schema}, embedded=True) == bare
    assert prompt_tokens({"messages": messages, "response_format": schema}, embedded=False) > bare
    assert prompt_tokens({"messages": messages, "tools": [schema]}, embedded=True) > bare


# --- the command line ---


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: The flood of Orsel, by the {name}\n---\n{text}\n")
    return [str(tmp_path / f"{name}.md") for name in TEXTS]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("command", ["story", "summarize"])
def test_json_is_a_forecast_on_stdout_and_no_output_is_written(command: str, files: list[str], tmp_path: Path) -> None:
    done = run(command, *files, "--dry-run", "--format", "json", "-o", str(tmp_path / "out.json"))
    assert (done.exit_code, done.stderr) == (0, "")
    found = Forecast.model_validate_json(done.stdout)
    assert [article.article for article in found.articles] == list(TEXTS)
    assert found.story == (command == "story")
    assert found.merge.calls.likely == (command == "story")
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_a_reader_gets_a_line_for_each_article_and_the_total(format: str, files: list[str]) -> None:
    found = Forecast.model_validate_json(run("story", *files, "--dry-run", "--format", "json").stdout)
    done = run("story", *files, "--dry-run", "--format", format)
    assert done.exit_code == 0
    lines = [" ".join(line.replace("|", " ").replace("*", "").split()) for line in done.stdout.splitlines()]
    for article in found.articles:
        (line,) = [line for line in lines if line.startswith(article.article)]
        cost = article.extract + article.summarise
        assert f"{cost.prompt_tokens.likely:,} to {cost.prompt_tokens.most:,}" in line
        assert f"{cost.output_tokens.likely:,} to {cost.output_tokens.most:,}" in line
    total = found.total
    (line,) = [line for line in lines if line.startswith("total")]
    assert f"{total.calls.likely} to {total.calls.most} 0 {total.prompt_tokens.likely:,}" in line
    assert f"about {total.tokens.likely:,} tokens, at most {total.tokens.most:,}" in " ".join(lines)
    assert "faults come on top" in " ".join(lines)


@pytest.mark.parametrize(("budget", "words"), [(100, "will probably not do"), (15_000, "may do"), (900_000, "will do")])
def test_a_budget_is_compared(budget: int, words: str, files: list[str]) -> None:
    done = run("story", *files, "--dry-run", "--max-tokens-total", str(budget))
    assert f"The budget of {budget:,} tokens {words}." in done.stdout


def test_an_article_that_cannot_be_read_is_listed(files: list[str], tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.txt")
    done = run("story", *files, missing, "--dry-run")
    assert done.exit_code == 1
    assert "FAILED" in done.stdout
    as_json = run("story", *files, missing, "--dry-run", "--format", "json")
    assert as_json.exit_code == 1
    (failure,) = json.loads(as_json.stdout)["failures"]
    assert failure["stage"] == "read"
    assert missing in as_json.stderr
    assert run("story", missing, "--dry-run").exit_code == 2
