"""The command line as a process of its own, from files to results, against a made-up model on loopback (synthetic)."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support.fake_model import SyntheticModel, schema_name
from support.scripted_server import Reply, synthetic_error
from typer.testing import CliRunner, Result

from summarizer.articles.decoding import MAX_BYTES
from summarizer.cli.app import app

KEY = "sk-fictional-abcdef0123456789"
FRONT = '---\ntitle: "The mill fire"\noutlet: {outlet}\npublished: {published}\nlanguage: en\n---\n'
GOOD = (
    FRONT.format(outlet="The Evening Bell", published="2032-09-14")
    + "The fire at Garrow mill killed 6 workers, the brigade said. Another 21 workers were injured. "
    "The roof of the weaving hall fell in once its walls had cracked.\n"
)
OTHER = (
    FRONT.format(outlet="Morning Lamp", published="2032-09-14")
    + "The fire at Garrow mill killed 8 workers, police said. Another 21 workers were injured.\n"
)
NOTHING_KEPT = b"  hint: nothing was kept (--no-cache, SUMMARIZER_CACHE): the same command begins anew"
TOP_LEVEL = [
    "schema_version", "articles", "headline", "narrative", "disagreements", "agreements", "single_source", "unverified",
    "failures", "usage", "provenance",
]  # fmt: skip
BAD: dict[str, tuple[bytes | None, str]] = {
    "missing.txt": (None, "no such file"),
    "folder": (None, "no file in it"),
    "empty.txt": (b"", "it is empty"),
    "blank.txt": (b" \n\t\n", "no text"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "paper.txt": (b"%PDF-1.7\n" + b"text " * 100, "a PDF document"),
    "damaged.txt": ("Le feu a été maîtrisé à l'aube près de la forêt. ".encode() * 5 + b"\xff\xfe\xe9", "UTF-8"),
    "enormous.txt": (b"A very long story. " * (MAX_BYTES // 19 + 1), "too large"),
    "broken.md": (b'---\ntitle: "The mill\npublished: [2032\n---\nThe fire killed 6 workers.\n', "front matter"),
    "wrong-date.md": (b"---\npublished: someday soon\n---\nThe fire killed 6 workers.\n", "published"),
    "locked.txt": (b"The fire killed 6 workers.", "permission denied"),
}


@pytest.fixture
def model() -> Iterator[SyntheticModel]:
    """The made-up model."""
    with SyntheticModel() as server:
        yield server


@pytest.fixture
def good(tmp_path: Path) -> list[str]:
    """Two articles that differ on one figure."""
    return [_write(tmp_path / "bell.md", GOOD.encode()), _write(tmp_path / "lamp.md", OTHER.encode())]


def _write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def environment(model: SyntheticModel, **more: str) -> dict[str, str]:
    """What a user of a hosted model has set."""
    given = {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": KEY, "SUMMARIZER_TRANSPORT_RETRIES": "0", **more}
    return {**os.environ, **given}


def run(model: SyntheticModel, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    """The command line in a process of its own; the key is looked for in all that it says."""
    command = [sys.executable, "-m", "summarizer", *arguments]
    done = subprocess.run(
        command,
        capture_output=True,
        env=environment(model),
        timeout=120,
        check=False,
        cwd=options.pop("cwd", None),
        **options,
    )
    assert KEY.encode() not in done.stdout + done.stderr
    return done


def run_here(model: SyntheticModel, *arguments: str) -> Result:
    """The same within this process, which is faster."""
    done = CliRunner().invoke(app, list(arguments), env=environment(model))
    assert KEY not in done.output
    return done


def start(model: SyntheticModel, *arguments: str) -> "subprocess.Popen[bytes]":
    """The same, still running, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "summarizer", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(model, SUMMARIZER_WINDOW="1", SUMMARIZER_CONCURRENCY="1"),
        start_new_session=True,
    )


# --- inputs ---


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_fails_alone(model: SyntheticModel, good: list[str], tmp_path: Path, name: str) -> None:
    content, reason = BAD[name]
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    if name == "folder":
        path.mkdir()
    if name == "locked.txt":
        path.chmod(0)
        if os.access(path, os.R_OK):
            pytest.skip("this user may read everything")
    done = run_here(model, "story", good[0], str(path), good[1], "--format", "json")
    assert done.exit_code == 1
    story = json.loads(done.stdout)
    assert [article["id"] for article in story["articles"]] == ["bell", "lamp"]
    [failure] = story["failures"]
    assert (failure["article"], failure["stage"], failure["partial"]) == (str(path), "read", False)
    assert reason in failure["reason"]
    assert failure["hint"]
    assert len(story["disagreements"]) == 1
    assert f"failed: {path}: " in done.stderr


def test_bad_inputs_fail_alone_in_a_process_of_its_own(model: SyntheticModel, good: list[str], tmp_path: Path) -> None:
    bad = [name for name, (content, _) in BAD.items() if content is not None and name != "locked.txt"]
    paths = [_write(tmp_path / name, BAD[name][0] or b"") for name in bad]
    done = run(model, "story", good[0], *paths, good[1], "--format", "json")
    assert done.returncode == 1
    story = json.loads(done.stdout)
    assert [failure["article"] for failure in story["failures"]] == paths
    assert [article["id"] for article in story["articles"]] == ["bell", "lamp"]
    assert b"Traceback" not in done.stderr


def test_no_readable_article_is_2_and_nothing_on_stdout(model: SyntheticModel, tmp_path: Path) -> None:
    bad = [_write(tmp_path / name, BAD[name][0] or b"") for name in ("empty.txt", "paper.txt", "broken.md")]
    done = run(model, "story", *bad, str(tmp_path / "missing.txt"), "--format", "json")
    assert (done.returncode, done.stdout) == (2, b"")
    for name in ("empty.txt", "paper.txt", "broken.md", "missing.txt"):
        assert name.encode() in done.stderr
    assert b"no article could be read" in done.stderr
    assert b"Traceback" not in done.stderr
    assert model.requests == []


def test_legacy_encodings_and_standard_input_are_read(model: SyntheticModel, good: list[str], tmp_path: Path) -> None:
    text = "L'incendie de l'usine a tué 6 ouvriers, a déclaré la préfète à l'aube. Vingt ouvriers ont été blessés. " * 3
    legacy = _write(tmp_path / "legacy.txt", text.encode("cp1252"))
    done = run(model, "story", good[0], legacy, "-", "--format", "json", input=OTHER.encode("utf-16"))
    assert done.returncode == 0
    articles = {article["id"]: article for article in json.loads(done.stdout)["articles"]}
    assert list(articles) == ["bell", "legacy", "stdin"]
    assert articles["legacy"]["text"] == text
    assert articles["stdin"]["outlet"] == "Morning Lamp"


@pytest.mark.parametrize("form", ["{path}", "{name}", "{stem}"])
def test_published_forms(model: SyntheticModel, tmp_path: Path, form: str) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("The fire killed 6 workers on Monday.\n")
    given = form.format(path=path, name=path.name, stem=path.stem)
    done = run_here(model, "story", str(path), "--published", f"{given}=2032-09-15", "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["articles"][0]["published"] == "2032-09-15"
    assert "Date: 2032-09-15" in model.requests[0].messages[-1]["content"]


@pytest.mark.parametrize("given", ["plain.txt", "plain.txt=", "other.txt=2032", "plain.txt=soon", "=2032"])
def test_wrong_published_forms_are_2_before_anything_is_asked(
    model: SyntheticModel, tmp_path: Path, given: str
) -> None:
    path = _write(tmp_path / "plain.txt", b"The fire killed 6 workers on Monday.\n")
    done = run_here(model, "story", path, "--published", given)
    assert (done.exit_code, done.stdout) == (2, "")
    assert given in done.stderr
    assert model.requests == []


# --- results ---


def test_the_result_is_the_promised_json_and_nothing_else(model: SyntheticModel, good: list[str]) -> None:
    done = run(model, "story", *good, "--format", "json")
    assert done.returncode == 0
    story = json.loads(done.stdout)
    assert list(story) == TOP_LEVEL
    schema = json.loads(run(model, "schema").stdout)
    Draft202012Validator(schema).validate(story)
    texts = {article["id"]: article["text"] for article in story["articles"]}
    places = [*story["disagreements"], *story["agreements"], *story["single_source"]]
    evidence = [item for place in places for answer in place["positions"] for item in answer["evidence"]]
    assert evidence
    assert all(texts[item["article"]][item["start"] : item["end"]] == item["quote"] for item in evidence)
    lines = done.stderr.decode().splitlines()
    assert lines == ["read articles: 5/5", "compare: 2/2"]
    assert story["usage"]["calls"] == len(model.requests)


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("story.json", lambda text: list(json.loads(text)) == TOP_LEVEL),
        ("story.md", lambda text: text.startswith("# ")),
        ("story.txt", lambda text: "DISAGREE  1" in text),
    ],
)
def test_a_result_in_a_file(
    model: SyntheticModel, good: list[str], tmp_path: Path, name: str, check: Callable[[str], bool]
) -> None:
    done = run_here(model, "story", *good, "-o", str(tmp_path / name))
    assert (done.exit_code, done.stdout) == (0, "")
    assert check((tmp_path / name).read_text(encoding="utf-8"))


def test_quiet_leaves_stderr_empty(model: SyntheticModel, good: list[str]) -> None:
    done = run_here(model, "story", *good, "--quiet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "DISAGREE  1" in done.stdout


def test_merging_summaries_without_a_model_finds_what_the_story_found(
    model: SyntheticModel, good: list[str], tmp_path: Path
) -> None:
    story = json.loads(run_here(model, "story", *good, "--format", "json").stdout)
    assert run_here(model, "summarize", *good, "-o", f"{tmp_path / 'summaries'}/").exit_code == 0
    calls = len(model.requests)
    files = sorted(map(str, (tmp_path / "summaries").iterdir()))
    merged = json.loads(run_here(model, "merge", *files, "--format", "json").stdout)
    assert len(model.requests) == calls
    assert list(merged) == TOP_LEVEL
    by_rules = [item for item in story["disagreements"] if item["decided_by"] == "rule"]
    assert by_rules
    assert [item for item in merged["disagreements"] if item["decided_by"] == "rule"] == by_rules
    assert merged["agreements"] == story["agreements"]
    assert merged["unverified"] == story["unverified"]


# --- the model's side ---


def test_a_refused_key_is_3_with_what_to_do(good: list[str]) -> None:
    with SyntheticModel(fault=lambda *_: synthetic_error(401, f"Incorrect API key provided: {KEY}")) as model:
        for command in ("story", "summarize"):
            done = run(model, command, *good, "--format", "json", "--verbose")
            assert (done.returncode, done.stdout) == (3, b"")
            assert b"refused the key (HTTP 401)" in done.stderr
            assert b"check OPENAI_API_KEY" in done.stderr


def test_a_server_that_dies_midway_is_3_and_what_was_finished_is_put_out(good: list[str]) -> None:
    with SyntheticModel(fault=lambda number, _: Reply(reset=True) if number > 3 else None) as model:
        command = ["story", *good, "--window", "60", "--format", "json"]
        environ = environment(model, SUMMARIZER_CONCURRENCY="1")
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", *command], capture_output=True, env=environ, timeout=120, check=False
        )
    assert done.returncode == 3
    story = json.loads(done.stdout)
    assert [article["id"] for article in story["articles"]] == ["bell"]
    assert {"lamp"} <= {failure["article"] for failure in story["failures"] if failure["stage"] == "model"}
    assert KEY.encode() not in done.stdout + done.stderr


# --- killed, interrupted, started again ---


@pytest.mark.parametrize("moment", [1, 4, 8])
def test_killed_at_any_moment_and_started_again(good: list[str], tmp_path: Path, moment: int) -> None:
    target = tmp_path / "out" / "story.json"
    target.parent.mkdir()
    target.write_text("an earlier result")
    with SyntheticModel(stop_at=moment) as model:
        process = start(model, "story", *good, "-o", str(target))
        assert model.seen.wait(60)
        process.kill()
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert target.read_text() == "an earlier result"
        model.go_on.set()
        again = run(model, "story", *good, "-o", str(target))
    assert again.returncode == 0
    assert list(json.loads(target.read_text(encoding="utf-8"))) == TOP_LEVEL
    assert os.listdir(target.parent) == ["story.json"]


@pytest.mark.parametrize("moment", [1, 4, 8])
def test_interrupted_is_130_with_how_to_go_on_and_nothing_left_behind(
    good: list[str], tmp_path: Path, moment: int
) -> None:
    target = tmp_path / "out" / "story.json"
    target.parent.mkdir()
    with SyntheticModel(stop_at=moment) as model:
        process = start(model, "story", *good, "-o", str(target), "--quiet")
        assert model.seen.wait(60)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)  # the reply under way is held for longer
        assert (process.returncode, output) == (130, b"")
        assert errors.splitlines() == [b"Interrupted.", NOTHING_KEPT]
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        assert len(model.requests) == moment
        model.go_on.set()
    assert os.listdir(target.parent) == []


def test_the_moments_of_these_tests_are_in_every_part_of_the_run(good: list[str]) -> None:
    with SyntheticModel() as model:
        with start(model, "story", *good) as process:
            process.communicate(timeout=60)
        parts = [schema_name(model.requests[moment - 1]) for moment in (1, 4, 8)]
    assert parts == ["MarkQuestions", "Header", "Narrative"]


# --- what is loaded ---


def modules_of(arguments: Sequence[str]) -> set[str]:
    """What a command loads."""
    code = (
        "import sys\nfrom summarizer.cli import main\n"
        f"sys.argv = ['summarizer', *{list(arguments)!r}]\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n    assert not leaving.code, leaving.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return set(done.stderr.split())


def test_help_and_version_load_no_pydantic() -> None:
    for option in ("--help", "--version"):
        assert not {"openai", "instructor", "pydantic", "rich.progress"} & modules_of([option])


def test_commands_without_a_model_load_no_model_code(model: SyntheticModel, good: list[str], tmp_path: Path) -> None:
    summaries = f"{tmp_path / 'summaries'}/"
    run_here(model, "summarize", *good, "-o", summaries)
    files = [str(path) for path in Path(summaries).iterdir()]
    heavy = {"openai", "instructor", "xllamacpp", "huggingface_hub"}
    for form in ("text", "json", "markdown"):
        assert not heavy & modules_of(["merge", *files, "--format", form])
    assert not heavy & modules_of(["schema", "story"])
    assert not heavy & modules_of(["doctor"])
