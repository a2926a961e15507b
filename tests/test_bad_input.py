"""Bad input, row by row: what a user is told, the exit code, and that nothing good is lost (a made-up model)."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from support import samples
from support.bad_articles import BAD, ODD, TOLD, Bad, Odd, head
from support.fake_model import SyntheticModel
from support.scripted_server import Reply, Request, synthetic_completion
from typer.testing import CliRunner, Result

from summarizer.articles import read_articles
from summarizer.cli.app import app
from summarizer.cli.bar import TerminalProgress
from summarizer.cli.exits import report_failures
from summarizer.schemas import Failure

GOOD = {
    "bell.md": head("outlet: The Evening Bell\npublished: 2032-09-14\nlanguage: en"),
    "lamp.md": head("outlet: Morning Lamp\npublished: 2032-09-14\nlanguage: en", TOLD.replace("6", "8")),
}
MEMORY = 3_000_000_000
"""Bytes of address space for a process that reads bad input; what it reads is far smaller."""


@pytest.fixture(scope="module")
def model() -> Iterator[SyntheticModel]:
    """The made-up model."""
    with SyntheticModel() as server:
        yield server


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two articles that differ on one figure."""
    folder = tmp_path_factory.mktemp("good")
    return [_write(folder / name, content) for name, content in GOOD.items()]


def _write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def place(row: Bad | Odd, folder: Path) -> str:
    """Make a row's file in a folder of its own; its name as a user gives it."""
    if row.file.startswith(("/", "http")):
        return row.file
    folder.mkdir()
    path = folder / row.file
    if callable(row.make):
        row.make(path)
    else:
        path.write_bytes(row.make)
    return str(path)


def environment(model: SyntheticModel) -> dict[str, str]:
    """What a user of a server has set."""
    kept = {name: value for name, value in os.environ.items() if name != "SUMMARIZER_CONCURRENCY"}
    return {**kept, "OPENAI_BASE_URL": model.base_url, "SUMMARIZER_CACHE": "0", "SUMMARIZER_TRANSPORT_RETRIES": "0"}


def run(model: SyntheticModel, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    """The command line in a process of its own, with bounded time and memory."""
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments],
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="surrogateescape",
        env=environment(model),
        timeout=180,
        check=False,
        preexec_fn=options.pop("before", lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))),
        **options,
    )


def run_here(model: SyntheticModel, *arguments: str, **options: Any) -> Result:
    """The same within this process, which is faster."""
    return CliRunner().invoke(app, list(arguments), env={**environment(model), **options.pop("env", {})}, **options)


def shown(name: str) -> str:
    """A name as it stands on stderr: on one line, with nothing that moves the cursor."""
    safe = os.fsencode(name).decode("utf-8", "replace").replace("\n", " ")
    return safe.replace("\x1b", "").replace("\u202e", "")


# --- articles ---


@pytest.fixture(scope="module")
def beside(model: SyntheticModel, good: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, ...]:
    """All bad inputs between two good ones: their names, the finished process, the story, the calls it took."""
    folder = tmp_path_factory.mktemp("bad")
    names = [place(row, folder / str(number)) for number, row in enumerate(BAD)]
    before = len(model.requests)
    done = run(model, "story", good[0], *names, good[1], "--format", "json")
    return names, done, json.loads(done.stdout), len(model.requests) - before


def test_the_table_is_long_and_tells_each_input_apart() -> None:
    assert len({row.name for row in (*BAD, *ODD)}) == len(BAD) + len(ODD)
    assert len(BAD) >= 60


@pytest.mark.parametrize("row", [row for row in BAD if not row.deadly], ids=lambda row: row.name)
def test_a_bad_input_alone_is_2_with_what_to_do(model: SyntheticModel, tmp_path: Path, row: Bad) -> None:
    name, before = place(row, tmp_path / "x"), len(model.requests)
    done = run_here(model, "story", name)
    assert (done.exit_code, done.stdout, len(model.requests)) == (2, "", before)
    failed, hint, counted, last = done.stderr.splitlines()
    assert failed.startswith(f"failed: {shown(name)}: ")
    assert row.says in failed
    assert row.do in hint
    assert len(failed + hint) < 700 + len(name)
    assert (counted, last) == ("1 failed, 0 incomplete", "error: no article could be read")


def test_what_could_kill_the_process_is_2_as_well(model: SyntheticModel, tmp_path: Path) -> None:
    rows = [row for row in BAD if row.deadly]
    names, before = [place(row, tmp_path / str(number)) for number, row in enumerate(rows)], len(model.requests)
    done = run(model, "story", *names)
    assert (done.returncode, done.stdout, len(model.requests)) == (2, "", before)
    lines = done.stderr.splitlines()
    for row, name, failed, hint in zip(rows, names, lines[::2], lines[1::2], strict=False):
        assert failed.startswith(f"failed: {name}: ")
        assert row.says in failed
        assert row.do in hint
    assert lines[2 * len(rows) :] == [f"{len(rows)} failed, 0 incomplete", "error: no article could be read"]


@pytest.mark.parametrize("row", BAD, ids=lambda row: row.name)
def test_a_bad_input_beside_good_ones_is_listed(beside: tuple[Any, ...], row: Bad) -> None:
    names, done, story, _ = beside
    name = names[BAD.index(row)]
    [failure] = [item for item in story["failures"] if item["article"] == os.fsencode(name).decode("utf-8", "replace")]
    assert (failure["stage"], failure["partial"]) == ("read", False)
    assert row.says in failure["reason"]
    assert row.do in failure["hint"]
    assert f"failed: {shown(name)}: " in done.stderr


def test_bad_inputs_cost_the_good_ones_nothing(model: SyntheticModel, good: list[str], beside: tuple[Any, ...]) -> None:
    _, done, story, calls = beside
    before = len(model.requests)
    alone = json.loads(run_here(model, "story", *good, "--format", "json").stdout)
    assert done.returncode == 1
    assert len(story["failures"]) == len(BAD)
    assert done.stderr.splitlines()[-1] == f"{len(BAD)} failed, 0 incomplete"
    assert calls == len(model.requests) - before
    for part in ("articles", "headline", "narrative", "disagreements", "agreements", "single_source", "unverified"):
        assert story[part] == alone[part]
    assert len(story["disagreements"]) == 1


@pytest.fixture(scope="module")
def read(model: SyntheticModel, tmp_path_factory: pytest.TempPathFactory) -> "subprocess.CompletedProcess[str]":
    """All odd inputs in one run."""
    folder = tmp_path_factory.mktemp("odd")
    names = [place(row, folder / str(number)) for number, row in enumerate(ODD)]
    return run(model, "summarize", *names, "--format", "json")


def test_odd_inputs_are_no_failures(read: "subprocess.CompletedProcess[str]") -> None:
    assert (read.returncode, len(json.loads(read.stdout))) == (0, len(ODD))
    assert "failed" not in read.stderr


@pytest.mark.parametrize("number", range(len(ODD)), ids=[row.name for row in ODD])
def test_an_odd_input_is_read(read: "subprocess.CompletedProcess[str]", number: int) -> None:
    summary = json.loads(read.stdout)[number]
    article = summary["article"]
    assert {name: article[name] for name in ODD[number].holds} == ODD[number].holds
    quotes = [evidence for claim in summary["claims"] for evidence in claim["evidence"]]
    assert quotes
    assert all(article["text"][quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)


def test_a_name_that_begins_with_a_dash_needs_two_dashes(
    model: SyntheticModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _write(tmp_path / "-q.txt", TOLD.encode())
    assert run_here(model, "story", "--", "-q.txt").exit_code == 0
    done = run_here(model, "story", "-z.txt")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No such option" in done.stderr


def test_an_article_that_grows_while_it_is_read_is_read_to_its_bound(tmp_path: Path) -> None:
    """A file of a size that is not told (as in /proc) shows up as too large only when it is read."""
    reader, writer = os.pipe()
    os.set_inheritable(reader, True)
    with subprocess.Popen([sys.executable, "-c", "while True: print('mill ' * 1000)"], stdout=writer) as endless:
        os.close(writer)
        articles, failures = read_articles([f"/dev/fd/{reader}"])
        endless.kill()
    os.close(reader)
    assert articles == []
    assert failures[0].reason == "it is too large: more, and at most 5 MB are read"


def test_10_000_articles_of_one_line(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / str(folder)).mkdir()
        for number in range(100):
            (tmp_path / str(folder) / f"{number}.txt").write_text("The fire killed 6.")
    paths = sorted(tmp_path.glob("*/*.txt"))
    articles, failures = read_articles([*paths, tmp_path / "none.txt"])
    assert (len(articles), len(failures)) == (10_000, 1)
    assert len({article.id for article in articles}) == 10_000


# --- several inputs ---

FIRE = TOLD.encode()
FLOOD, STORM = b"A flood took 4 barns of Tarn on Friday.", b"The storm broke 90 trees in Hale, the town said."
SEVERAL: dict[str, tuple[Sequence[str], Mapping[str, bytes], int, Sequence[str], str]] = {
    # name: arguments, files, exit code, ids of the articles, words on stderr
    "same file twice": (["a.md", "a.md"], {"a.md": FIRE}, 1, ["a"], "a.md: it was given twice"),
    "same file by another way": (["a.md", "x/../a.md"], {"a.md": FIRE, "x/b": b""}, 1, ["a"], "given twice"),
    "same text in two files": (["a.md", "b.md"], {"a.md": FIRE, "b.md": FIRE}, 0, ["a"], "b: the same text as a"),
    "same stem in two folders": (["a.md", "x/a.md"], {"a.md": FIRE, "x/a.md": FLOOD}, 0, ["a", "a-2"], ""),
    "same stem, other suffix": (["a.md", "a.txt"], {"a.md": FIRE, "a.txt": FLOOD}, 0, ["a", "a-2"], ""),
    "stems that differ in case": (["a.md", "A.md"], {"a.md": FIRE, "A.md": FLOOD}, 0, ["a", "A"], ""),
    "a stem that looks numbered": (
        ["a.md", "x/a.md", "a-2.md"], {"a.md": FIRE, "x/a.md": FLOOD, "a-2.md": STORM},
        0, ["a", "a-3", "a-2"], "",
    ),
    "stdin twice": (["-", "-"], {"-": FIRE}, 1, ["stdin"], "-: it was given twice"),
    "stdin and a file of its name": (["-", "stdin.md"], {"-": FIRE, "stdin.md": FLOOD}, 0,
                                     ["stdin", "stdin-2"], ""),
    "empty stdin": (["a.md", "-"], {"-": b"", "a.md": FIRE}, 1, ["a"], "-: it is empty"),
    "binary stdin": (["a.md", "-"], {"-": b"PK\x03\x04x", "a.md": FIRE}, 1, ["a"], "-: it looks like a ZIP"),
}  # fmt: skip


@pytest.mark.parametrize("name", SEVERAL)
def test_several_inputs(model: SyntheticModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    arguments, files, code, ids, words = SEVERAL[name]
    for file, content in files.items():
        if file != "-":
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    done = run_here(model, "story", *arguments, "--format", "json", input=files.get("-", b""))
    assert done.exit_code == code
    assert [article["id"] for article in json.loads(done.stdout)["articles"]] == ids
    assert words in done.stderr
    assert ("failed" in done.stderr) == (code == 1)


def test_stems_that_differ_in_case_get_two_files(model: SyntheticModel, tmp_path: Path) -> None:
    names = [_write(tmp_path / name, TOLD.encode()) for name in ("a.md", "A.md")]
    assert run_here(model, "summarize", *names, "-o", f"{tmp_path}/out/").exit_code == 0
    assert sorted(os.listdir(tmp_path / "out")) == ["A-2.json", "a.json"]


# --- options ---

OPTIONS: dict[str, tuple[Sequence[str], Mapping[str, str], str, str]] = {
    # name: options, environment, what is said, what to do
    "date for an unknown file": (["--published", "none.md=2032"], {}, "names none of the inputs", "bell.md, lamp.md"),
    "date for a file and more": (["--published", "bell.md-2=2032"], {}, "names none of the inputs", "bell.md, lamp.md"),
    "date that is none": (["--published", "bell.md=soon"], {}, "'soon' is not a date", "2031-05-03"),
    "date with two readings": (["--published", "bell.md=03/04/2032"], {}, "is not a date", "2031-05-03"),
    "date that is a span": (["--published", "bell.md=2032/2033"], {}, "is not a date", "2031-05-03"),
    "date that is open": (["--published", "bell.md=.."], {}, "is not a date", "2031-05-03"),
    "date with an exponent": (["--published", "bell.md=Y17E9"], {}, "is not a date", "2031-05-03"),
    "date that no calendar has": (["--published", "bell.md=2032-02-30"], {}, "is not a date", "2031-05-03"),
    "no date": (["--published", "bell.md="], {}, "is not FILE=DATE", "report.txt=2031-05-03"),
    "two dates for one file": (
        ["--published", "bell.md=2032", "--published", "bell.md=2033"], {}, "gives two dates for bell.md", "one",
    ),
    "window that is no number": ([], {"SUMMARIZER_WINDOW": "abc"}, "(SUMMARIZER_WINDOW)", ""),
    "window below zero": ([], {"SUMMARIZER_WINDOW": "-1"}, "(SUMMARIZER_WINDOW)", ""),
    "window of zero": (["--window", "0"], {}, "--window", ""),
    "concurrency of a million": ([], {"SUMMARIZER_CONCURRENCY": "1000000"}, "(SUMMARIZER_CONCURRENCY)", ""),
    "retries below zero": ([], {"SUMMARIZER_TRANSPORT_RETRIES": "-1"}, "(SUMMARIZER_TRANSPORT_RETRIES)", ""),
    "timeout of zero": ([], {"SUMMARIZER_TIMEOUT": "0"}, "(SUMMARIZER_TIMEOUT)", ""),
    "temperature that is too high": ([], {"SUMMARIZER_TEMPERATURE": "9"}, "(SUMMARIZER_TEMPERATURE)", ""),
    "mode that there is not": ([], {"SUMMARIZER_MODE": "xml"}, "(SUMMARIZER_MODE)", ""),
    "cache that is neither on nor off": ([], {"SUMMARIZER_CACHE": "perhaps"}, "(SUMMARIZER_CACHE)", ""),
    "bound of the cache in words": ([], {"SUMMARIZER_CACHE_BYTES": "1 GB"}, "(SUMMARIZER_CACHE_BYTES)", ""),
    "language that is none": (["--language", "the best"], {}, "(SUMMARIZER_LANGUAGE)", ""),
    "output into a missing folder": (["-o", "no/such/story.json"], {}, "there is no directory no/such", "create it"),
    "output over a folder": (["-o", "."], {}, "is a directory", "the name of a file"),
    "output over an input": (["-o", "bell.md"], {}, "would overwrite an input", "choose another file"),
    "output over an input, by a detour": (["-o", "../here/bell.md"], {}, "would overwrite an input", "another file"),
    "output where nobody may write": (["-o", "/proc/story.json"], {}, "cannot be written", "choose another place"),
    "output below a file": (["-o", "bell.md/story.json"], {}, "there is no directory bell.md", "create it"),
    "output below a file, as a folder": (["-o", "bell.md/"], {}, "is a directory", "the name of a file"),
    "output with a name too long": (["-o", "n" * 300 + ".json"], {}, "File name too long", "choose another place"),
    "unknown format": (["--format", "pdf"], {}, "'pdf'", ""),
    "unknown option": (["--fast"], {}, "--fast", ""),
}  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two good articles, in which a command is run."""
    folder = tmp_path / "here"
    folder.mkdir()
    for name, content in GOOD.items():
        _write(folder / name, content)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("name", OPTIONS)
def test_a_bad_option_is_2_before_any_call(model: SyntheticModel, here: Path, name: str) -> None:
    options, env, says, do = OPTIONS[name]
    before = len(model.requests)
    done = run_here(model, "story", *GOOD, *options, env=env)
    assert (done.exit_code, done.stdout, len(model.requests)) == (2, "", before)
    assert says in done.stderr
    assert not do or do in done.stderr.partition("hint:")[2]
    assert sorted(os.listdir(here)) == sorted(GOOD)
    assert all((here / name).read_bytes() == content for name, content in GOOD.items())


def test_summaries_never_take_the_place_of_their_articles(model: SyntheticModel, here: Path) -> None:
    before = len(model.requests)
    done = run_here(model, "summarize", *GOOD, "-o", "./", "--format", "markdown")
    assert (done.exit_code, len(model.requests)) == (2, before)
    assert "would overwrite the input bell.md" in done.stderr
    assert (here / "bell.md").read_bytes() == GOOD["bell.md"]


def test_dates_for_many_inputs_name_only_some(model: SyntheticModel, tmp_path: Path) -> None:
    names = [_write(tmp_path / f"{number}.txt", TOLD.encode()) for number in range(500)]
    done = run_here(model, "story", *names, "--published", "none.txt=2032")
    assert "the inputs are 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 495 more" in done.stderr


# --- streams that are closed or full ---

STREAMS: dict[str, tuple[str, int, str]] = {
    # name: the command as a shell takes it, exit code, words on stderr
    "closed standard input": ("story - <&-", 2, "-: there is no standard input"),
    "standard input without end": ("story - </dev/zero", 2, "-: it is too large"),
    "closed standard output": ("story bell.md >&-", 2, "standard output is closed"),
    "full disk behind standard output": ("merge bell.json >/dev/full", 2, "output cannot be written: No space left"),
    "full disk behind -o": ("merge bell.json -o /dev/full", 2, "/dev/full cannot be written: No space left on device"),
    "no room for the file": ("merge bell.json -o x.json", 2, "x.json cannot be written: File too large"),
    "closed standard error": ("merge bell.json none.json 2>&-", 1, ""),
    "full disk behind standard error": ("merge bell.json none.json 2>/dev/full", 1, ""),
}  # fmt: skip


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))


@pytest.mark.parametrize("name", STREAMS)
def test_streams_that_are_closed_or_full(model: SyntheticModel, here: Path, name: str) -> None:
    arguments, code, words = STREAMS[name]
    (here / "bell.json").write_text(samples.summary().model_dump_json(), encoding="utf-8")
    before, files = len(model.requests), sorted(os.listdir(here))
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m summarizer {arguments} --format json', sys.executable],
        capture_output=True,
        text=True,
        env=environment(model),
        timeout=120,
        check=False,
        preexec_fn=_small_files if name == "no room for the file" else None,
    )
    assert (done.returncode, len(model.requests)) == (code, before)
    assert words in done.stderr
    assert "internal error" not in done.stderr
    if "merge" in arguments and ">/dev/full" not in arguments.replace("2>", ""):  # what is there is put out
        assert json.loads(done.stdout)["articles"]
    assert sorted(os.listdir(here)) == files


@pytest.mark.parametrize("stream", ["closed", "full"])
def test_progress_that_nobody_can_read_costs_no_result(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    full = open("/dev/full", "w", encoding="utf-8", buffering=1)  # noqa: SIM115  # closing it fails, too
    monkeypatch.setattr(sys, "stderr", None if stream == "closed" else full)
    with TerminalProgress() as progress:
        progress.start("read articles", 2)
        progress.note("halfway")
        progress.finish("read articles")
    report_failures([Failure(article="a.md", stage="read", reason="it is empty")])
    with suppress(OSError):
        full.close()


# --- results in part ---


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """A good article, one of which a sentence fails, one of which all fail, and one that cannot be read."""
    texts = {
        "good.md": TOLD,
        "part.md": TOLD.replace("6 workers", "8 workers").replace("21 workers", "21 poisoned workers"),
        "lost.md": "The fire at Garrow mill killed 9 poisoned workers, police said.\n",
    }
    names = [_write(tmp_path / name, head("language: en", text)) for name, text in texts.items()]
    return [*names, str(tmp_path / "none.md")]


def poisoned(_: int, request: Request) -> Reply | None:
    """No answer that could be read for what holds the word; the article's header comes all the same."""
    asked = str(request.messages[-1]["content"])
    return synthetic_completion("I would rather not.") if "poisoned" in asked and "[1] " in asked else None


@pytest.mark.parametrize("command", ["story", "summarize"])
@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("json", lambda text: _told_in_json(text)),
        ("markdown", lambda text: _told_in_words(text)),
        ("text", lambda text: _told_in_words(text)),
    ],
)
def test_what_failed_and_what_is_incomplete_is_told_alike(
    three: list[str], command: str, form: str, told: Callable[[str], int]
) -> None:
    with SyntheticModel(fault=poisoned) as model:
        done = run_here(model, command, *three, "--format", form, "--window", "1", env={"SUMMARIZER_REASKS": "0"})
    assert done.exit_code == 1
    assert told(done.stdout) == 1
    if form != "text":  # else the reader sees them in the result
        assert done.stderr.splitlines()[-1] == "2 failed, 1 incomplete"


def _told_in_words(text: str) -> int:
    """The same in a page that is read: each failure stands there once, with its reason."""
    plain = " ".join(text.split())
    for words in ("none.md: there is no such file", "lost: no part of it could be read", "part: sentence 2: "):
        assert plain.count(words) == 1
    return plain.count("the rest of it is in the result")


def _told_in_json(text: str) -> int:
    """How many failures are partial; checks those of a story, which hold everything."""
    result = json.loads(text)
    if isinstance(result, list):
        assert [item["article"]["id"] for item in result] == ["good", "part"]
        return sum(failure["partial"] for item in result for failure in item["failures"])
    assert [article["id"] for article in result["articles"]] == ["good", "part"]
    found = [(failure["article"][-7:], failure["stage"], failure["partial"]) for failure in result["failures"]]
    assert found == [("none.md", "read", False), ("lost", "extract", False), ("part", "extract", True)]
    return 1
