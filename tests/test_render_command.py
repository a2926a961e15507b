"""`summarizer render`: every format from a story made earlier, without any model; and what is no story."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from rich.cells import cell_len
from support import samples
from support.expected import EXAMPLES
from support.scripted_server import ScriptedServer
from typer.testing import CliRunner, Result

from summarizer.cli import inputs
from summarizer.cli.app import app
from summarizer.render.formats import SUFFIXES, Format, format_of, story_in
from summarizer.schemas import MergedSummary

FERRY = EXAMPLES / "ferry-fire" / "story.json"
BEGINS = {
    Format.TEXT: "Varnholm tunnel collapse",
    Format.JSON: '{\n  "schema_version"',
    Format.MARKDOWN: "# Varnholm",
    Format.CSV: "list,question_id,",
    Format.JSONL: '{"list": "disagreement"',
    Format.JSONLD: '{"@context":',
    Format.HTML: "<!doctype stand-in>",
}


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(app, list(arguments), **options)


@pytest.fixture
def story(tmp_path: Path) -> str:
    """The sample story as a file; it lists one failure."""
    path = tmp_path / "story.json"
    path.write_text(samples.story().model_dump_json(), encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the web page, which has tests of its own."""
    module = types.ModuleType("summarizer.render.page")
    module.__dict__["story_html"] = lambda story: f"<!doctype stand-in>{len(story.articles)}\n"
    monkeypatch.setitem(sys.modules, "summarizer.render.page", module)


# --- formats ---


@pytest.mark.parametrize("format", Format)
def test_every_format_by_option_and_by_suffix(story: str, tmp_path: Path, format: Format) -> None:
    done = run("render", story, "--format", format.value)
    assert done.exit_code == 0
    assert done.stdout.startswith(BEGINS[format])
    for suffix in SUFFIXES[format]:
        target = tmp_path / f"out{suffix.upper()}"
        again = run("render", story, "-o", str(target))
        assert (again.exit_code, again.stdout) == (0, "")
        assert target.read_bytes().decode().startswith(BEGINS[format])


def test_text_is_the_default_and_the_option_wins_over_the_suffix(story: str, tmp_path: Path) -> None:
    assert run("render", story).stdout.startswith(BEGINS[Format.TEXT])
    run("render", story, "-o", str(tmp_path / "a.csv"), "--format", "jsonl")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith(BEGINS[Format.JSONL])


def test_no_two_formats_share_a_suffix() -> None:
    suffixes = [suffix for own in SUFFIXES.values() for suffix in own]
    assert len(set(suffixes)) == len(suffixes)
    assert set(SUFFIXES) == set(Format) == set(BEGINS)
    assert format_of("story.pdf") is None


def test_standard_input_is_a_story(story: str) -> None:
    text = Path(story).read_text(encoding="utf-8")
    assert run("render", "-", "--format", "csv", input=text).stdout == run("render", story, "--format", "csv").stdout


def test_json_is_the_same_story(story: str) -> None:
    told = run("render", story, "--format", "json").stdout
    assert MergedSummary.model_validate_json(told) == samples.story()


@pytest.mark.parametrize("format", [format for format in Format if format is not Format.TEXT])
def test_merge_writes_what_render_makes_of_its_json(tmp_path: Path, format: Format) -> None:
    paths = []
    for article in samples.ARTICLES:
        paths.append(str(tmp_path / f"{article.id}.json"))
        Path(paths[-1]).write_text(samples.summary(article).model_dump_json(), encoding="utf-8")
    target = str(tmp_path / "merged.json")
    assert run("merge", *paths, "-o", target).exit_code == 0
    direct = run("merge", *paths, "--format", format.value)
    assert direct.exit_code == 0
    assert direct.stdout_bytes == run("render", target, "--format", format.value).stdout_bytes


@pytest.mark.parametrize("format", [Format.CSV, Format.JSONL, Format.JSONLD])
def test_a_failure_that_the_format_does_not_show_is_a_note(story: str, format: Format) -> None:
    done = run("render", story, "--format", format.value)
    assert (done.exit_code, len(samples.story().failures)) == (0, 1)
    assert done.stderr.startswith(f"the story lists 1 failure, which {format.value} does not show\n")
    assert run("render", story, "--format", format.value, "--quiet").stderr == ""
    assert run("render", str(FERRY), "--format", format.value).stderr == ""


@pytest.mark.parametrize("format", [Format.TEXT, Format.MARKDOWN, Format.JSON])
def test_a_failure_that_the_format_shows_is_no_note(story: str, format: Format) -> None:
    done = run("render", story, "--format", format.value)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "broken.txt" in done.stdout


def test_verbose_text_has_whole_quotes_and_failed_claims(story: str) -> None:
    shown = "14 does not stand in the evidence"
    assert shown in run("render", story, "--verbose").stdout
    assert shown not in run("render", story).stdout


def test_the_story_is_not_overwritten(story: str) -> None:
    done = run("render", story, "-o", story)
    assert done.exit_code == 2
    assert "would overwrite an input" in done.stderr


def test_rendering_loads_no_model_and_no_extra() -> None:
    code = (
        "import sys\nfrom summarizer.cli import main\n"
        f"sys.argv = ['summarizer', 'render', {str(FERRY)!r}, '--format', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n    assert not leaving.code, leaving.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    heavy = {
        "openai", "instructor", "xllamacpp", "huggingface_hub", "httpx2", "trafilatura", "lxml", "pandas", "rdflib",
        "summarizer.pipeline", "summarizer.model", "summarizer.local", "summarizer.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, "jsonld"], capture_output=True, text=True, check=True)
    assert "summarizer.render.linked" in done.stderr.split()
    assert not heavy & set(done.stderr.split())


# --- what is no story ---


def edited(change: Callable[[dict[str, Any]], object]) -> bytes:
    data = json.loads(samples.story().model_dump_json())
    change(data)
    return json.dumps(data).encode()


SUMMARY = samples.summary().model_dump_json()
_MAKE = "make it with `summarizer story --format json`"
_HAND = "do not edit stories by hand"
_MERGE = "`summarizer merge {name}` makes a story of it"
NO_STORY: dict[str, tuple[bytes | Callable[[Path], object], str, str]] = {
    # name: content, what happened, what to do
    "empty": (b"", "it is empty", _MAKE),
    "an article": (b"The tunnel collapsed.", "it is not JSON", _MAKE),
    "cut off": (samples.story().model_dump_json().encode()[:-20], "it is not JSON", _MAKE),
    "other JSON": (b'{"type": "FeatureCollection"}', "it is not a story", _MAKE),
    "an empty array": (b"[]", "it is not a story", _MAKE),
    "a story in an array": (b"[" + samples.story().model_dump_json().encode() + b"]", "it is not a story", _MAKE),
    "a summary": (SUMMARY.encode(), "it holds the summary of one article, not a story", _MERGE),
    "summaries": (f"[{SUMMARY}, {SUMMARY}]".encode(), "it holds summaries of single articles", _MERGE),
    "lines of summaries": (f"{SUMMARY}\n{SUMMARY}\n".encode(), "it holds summaries of single articles", _MERGE),
    "what csv wrote": (story_in(samples.story(), Format.CSV).encode(), "it is not JSON", _MAKE),
    "what jsonl wrote": (story_in(samples.story(), Format.JSONL).encode(), "it is not a story", _MAKE),
    "what jsonld wrote": (story_in(samples.story(), Format.JSONLD).encode(), "it is not a story", _MAKE),
    "newer schema": (
        edited(lambda data: data.update(schema_version="2.0")), "schema version 2.0, this program reads 1.",
        "make the story again",
    ),
    "no schema version": (
        edited(lambda data: data.pop("schema_version")), "it has no schema version", "make the story again",
    ),
    "unknown field": (edited(lambda data: data.update(mood="grim")), "not a valid story: mood", _HAND),
    "quote moved": (
        edited(lambda data: data["unverified"][0]["evidence"][0].update(start=3)), "the quote has", _HAND,
    ),
    "claim twice": (
        edited(lambda data: data["unverified"].append(data["unverified"][0])), "stands in two places", _HAND,
    ),
    "article gone": (edited(lambda data: data["articles"].pop()), "which is not in the result", _HAND),
    "articles: null": (edited(lambda data: data.update(articles=None)), "not a valid story: articles", _HAND),
    "NaN": (b'{"articles": [NaN], "disagreements": []}', "it holds a number that is none: NaN", _HAND),
    "missing": (lambda path: None, "there is no such file", "check the name"),
    "directory": (Path.mkdir, "it is a directory", "give the files in it"),
    "pipe that nobody writes to": (os.mkfifo, "a device or a pipe", "standard input"),
    "3 TB": (lambda path: _sparse(path), "and at most 100 MB are read", "single"),
}  # fmt: skip


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * 10**12)


@pytest.mark.parametrize("name", NO_STORY)
def test_what_is_no_story_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    content, says, do = NO_STORY[name]
    path = tmp_path / "x.json"
    if callable(content):
        content(path)
    else:
        path.write_bytes(content)
    target = tmp_path / "out.csv"
    done = run("render", str(path), "-o", str(target))
    assert (done.exit_code, done.stdout, target.exists()) == (2, "", False)
    [error, hint] = done.stderr.splitlines()
    assert error.startswith(f"error: {path}: ")
    assert says in error
    assert do.format(name=path) in hint


def test_an_unknown_format_is_wrong_usage(story: str) -> None:
    done = run("render", story, "--format", "pdf")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "jsonld" in done.stderr


# --- summaries of single articles ---


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "a.txt"
    path.write_text("Three people died in the mill fire, police said.", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("format", ["html", "csv", "jsonld"])
def test_summaries_have_no_form_of_a_comparison(
    article: str, tmp_path: Path, format: str, play: Callable[..., ScriptedServer]
) -> None:
    server = play([])
    address = ("--base-url", server.base_url, "--model", "m")
    for options in (["--format", format], ["-o", str(tmp_path / f"s.{format}")], ["--dry-run", "--format", format]):
        done = run("summarize", article, *options, *address)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"cannot be written as {format}" in done.stderr
        assert "choose one of json, jsonl, markdown, text" in done.stderr
    assert not server.requests


def test_a_dry_run_tells_in_text_what_a_page_would_cost(article: str) -> None:
    usual = run("story", article, "--dry-run", "--base-url", "http://127.0.0.1:9/v1", "--model", "m")
    paged = run("story", article, "--dry-run", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", "-f", "html")
    assert usual.exit_code == 0
    assert paged.stdout == usual.stdout


def test_summaries_one_a_line_are_read_by_merge(tmp_path: Path) -> None:
    from summarizer.render.jsonl import summaries_jsonl

    summaries = [samples.summary(article) for article in samples.ARTICLES]
    path = tmp_path / "s.jsonl"
    path.write_text(summaries_jsonl(summaries), encoding="utf-8")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    found, failures, notes = inputs.read_summaries([str(path)])
    assert (found, failures, notes) == (summaries, [], [])


# --- the terminal ---


def on_terminal(width: int, **environment: str) -> str:
    """What a terminal of `width` cells receives."""
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, pack("HHHH", 50, width, 0, 0))
    cleared = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TTY_COMPATIBLE")
    inherited = {name: value for name, value in os.environ.items() if name not in cleared}
    command = [sys.executable, "-m", "summarizer", "render", str(FERRY)]
    with subprocess.Popen(
        command, stdout=theirs, stdin=subprocess.DEVNULL, env={**inherited, "TERM": "xterm", **environment}
    ) as process:
        os.close(theirs)
        received = b""
        while chunk := _read(ours):
            received += chunk
        assert process.wait() == 0
    os.close(ours)
    return received.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""


COLOUR = re.compile(r"\x1b\[(?:\d+;)*[349]\d(?:;\d+)*m")
STYLE = re.compile(r"\x1b\[[\d;]*m")


@pytest.mark.parametrize(
    ("width", "environment", "coloured", "styled"),
    [
        (60, {}, True, True),
        (120, {"NO_COLOR": "1"}, False, True),
        (100, {"CLICOLOR": "0"}, False, True),
        (60, {"TERM": "dumb"}, False, False),
        (110, {"TERM": "dumb"}, False, False),
    ],
)
def test_a_terminal_gets_its_width_and_the_colours_it_wants(
    width: int, environment: dict[str, str], coloured: bool, styled: bool
) -> None:
    received = on_terminal(width, **environment)
    assert bool(COLOUR.search(received)) is coloured
    assert bool(STYLE.search(received)) is styled
    plain = STYLE.sub("", received)
    assert "\x1b" not in plain
    widest = max(cell_len(re.sub("[\u2068\u2069]", "", line)) for line in plain.splitlines())
    assert width - 8 <= widest <= width


def piped(**environment: str) -> str:
    command = [sys.executable, "-m", "summarizer", "render", str(FERRY)]
    cleared = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    done = subprocess.run(command, capture_output=True, env={**cleared, **environment}, check=True, timeout=60)
    return done.stdout.decode()


def test_a_pipe_gets_plain_text_unless_colours_are_forced() -> None:
    assert not STYLE.search(piped(CLICOLOR_FORCE="0"))
    forced = piped(CLICOLOR_FORCE="1", TERM="xterm")
    assert COLOUR.search(forced)


def test_a_file_gets_100_cells_whatever_the_terminal(story: str, tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    run("render", story, "-o", str(target), env={"COLUMNS": "40", "FORCE_COLOR": "1"})
    lines = target.read_text(encoding="utf-8").splitlines()
    assert 90 < max(map(cell_len, lines)) <= 100
    assert not STYLE.search("\n".join(lines))


def test_data_on_a_terminal_is_data() -> None:
    done = run("render", str(FERRY), "--format", "csv", env={"FORCE_COLOR": "1", "COLUMNS": "20"})
    assert len(list(csv.reader(io.StringIO(done.stdout, newline="")))) > 20
    assert "\x1b" not in done.stdout
