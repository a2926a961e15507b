"""Bad summaries for `merge`, row by row: what a user is told, the exit code, and that the good ones are merged."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import samples
from typer.testing import CliRunner, Result

from summarizer.cli import inputs
from summarizer.cli.app import app
from summarizer.schemas import MergedSummary

GOOD = samples.summary(samples.ENGLISH)
_MAKE = "make it with `summarizer summarize"
_HAND = "do not edit summaries by hand"
_AGAIN = "summarize the article again"


def text() -> str:
    """A good summary as `summarize` writes it."""
    return samples.summary(samples.FRENCH).model_dump_json()


def edited(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The same, tampered with."""
    data = json.loads(text())
    change(data)
    return json.dumps(data).encode()


def _at(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    """Put a value into a summary."""

    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = to

    return change


def _number(written: str) -> bytes:
    """A summary in which a number is written like this."""
    return edited(_at("usage", "seconds", to=12345.5)).replace(b"12345.5", written.encode())


def _nested(levels: int) -> Callable[[dict[str, Any]], None]:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return _at("claims", 0, "value", to=value)


def _reword(data: dict[str, Any]) -> None:
    size = len(samples.FRENCH.text)
    data["claims"][0]["evidence"][0].update(start=0, end=size, quote="x" * size)


def _move_far(data: dict[str, Any]) -> None:
    evidence = data["claims"][0]["evidence"][0]
    evidence.update(start=10**30, end=10**30 + len(evidence["quote"]))


FIRST = ("claims", 0, "evidence", 0)
FILES: dict[str, tuple[bytes | Callable[[Path], object], str, str]] = {
    # name: content, what happened, what to do
    "empty": (b"", "it is empty", _MAKE),
    "white space": (b" \n", "it is empty", _MAKE),
    "an article": (b"The fire at Garrow mill killed 6 workers.", "it is not JSON", _MAKE),
    "zip": (b"PK\x03\x04\x00\x01", "it is not JSON", _MAKE),
    "cut off": (text().encode()[:-20], "it is not JSON", _MAKE),
    "two objects in a row": ((text() + text()).encode(), "it is not JSON", _MAKE),
    "bytes that are no UTF-8": (text().encode()[:-1] + b"\xff}", "it is not JSON", _MAKE),
    "100,000 levels": (b"[" * 100_000, "nested too deeply", _HAND),
    "900 levels": (edited(_nested(900)), "not a valid event summary", _HAND),
    "other JSON": (b'{"type": "FeatureCollection", "features": []}', "it is not an event summary", "make summaries"),
    "a string": (b'"summary"', "it is not an event summary", "make summaries"),
    "an empty array": (b"[]", "it holds no summary", _MAKE),
    "a story": (samples.story().model_dump_json().encode(), "it is a merged story", "make summaries"),
    "article: null": (edited(_at("article", to=None)), "not a valid event summary: article", _HAND),
    "older schema": (edited(_at("schema_version", to="0.9")), "schema version 0.9, this program reads 1.", _AGAIN),
    "newer schema": (edited(_at("schema_version", to="2.0")), "schema version 2.0, this program reads 1.", _AGAIN),
    "no schema version": (edited(lambda data: data.pop("schema_version")), "it has no schema version", _AGAIN),
    "schema version as number": (edited(_at("schema_version", to=1.0)), "it has no schema version", _AGAIN),
    "field that there is not": (edited(_at("mood", to="grim")), "not a valid event summary: mood", _HAND),
    "offset moved": (edited(_at(*FIRST, "start", to=3)), "the quote has", _HAND),
    "quote reworded": (edited(_reword), "is not the text of article 'le-phare'", _HAND),
    "offsets behind the end": (edited(_move_far), "not a valid event summary", _HAND),
    "article reworded": (edited(_at("article", "text", to="Nothing happened.")), "does not have the SHA-256", _HAND),
    "verified without evidence": (edited(_at("claims", 0, "evidence", to=[])), "a verified claim has evidence", _HAND),
    "evidence of another article": (edited(_at(*FIRST, "article", to="x")), "cites another article", _HAND),
    "claim twice": (edited(lambda data: data["claims"].append(data["claims"][0])), "claim ids repeat", _HAND),
    "claim with the id of another's": (
        text().replace('"le-phare#', '"harbour-post#').encode(), "has the id of a claim in another summary", _HAND,
    ),
    "date that is none": (edited(_at("claims", 0, "as_of", to="soon")), "is not an EDTF date", _HAND),
    "year as power of ten": (edited(_at("article", "published", to="Y17E999999999")), "is not an EDTF date", _HAND),
    "date of 60,000 signs": (edited(_at("article", "published", to="2031-" * 12_000)), "is not an EDTF date", _HAND),
    "NaN": (_number("NaN"), "it holds a number that is none: NaN", _HAND),
    "infinity": (_number("-Infinity"), "it holds a number that is none: -Infinity", _HAND),
    "number without bounds": (_number("1e999"), "it holds a number that is none: 1e999", _HAND),
    "number of 5,000 digits": (_number("9" * 5000), "it holds a number that is none: 99999999999999999999", _HAND),
    "negative count": (edited(_at("usage", "calls", to=-1)), "not a valid event summary: usage.calls", _HAND),
    "lone surrogate": (edited(_at("article", "title", to="\ud800")), "not a valid event summary", _HAND),
    "missing": (lambda path: None, "there is no such file", "check the name"),
    "directory": (Path.mkdir, "it is a directory", "give the files in it"),
    "pipe that nobody writes to": (os.mkfifo, "a device or a pipe", "standard input"),
    "device without end": (lambda path: path.symlink_to("/dev/zero"), "a device or a pipe", "standard input"),
    "symlink loop": (lambda path: path.symlink_to(path.name), "leads back to itself", "give the file"),
    "3 TB": (lambda path: _sparse(path), "and at most 100 MB are read", "single"),
}  # fmt: skip


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * 10**12)


@pytest.fixture
def good(tmp_path: Path) -> str:
    """A file with one good summary."""
    path = tmp_path / "good.json"
    path.write_text(GOOD.model_dump_json(), encoding="utf-8")
    return str(path)


def merge(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(app, ["merge", *arguments, "--format", "json"], **options)


@pytest.mark.parametrize("name", FILES)
def test_a_bad_summary_fails_alone(good: str, tmp_path: Path, name: str) -> None:
    content, says, do = FILES[name]
    path = tmp_path / "bad.json"
    if callable(content):
        content(path)
    else:
        path.write_bytes(content)
    done = merge(good, str(path))
    assert done.exit_code == 1
    story = MergedSummary.model_validate_json(done.stdout)
    assert [article.id for article in story.articles] == [GOOD.article.id]
    [failure] = [failure for failure in story.failures if failure not in GOOD.failures]
    assert (failure.article, failure.stage, failure.partial) == (str(path), "read", False)
    assert says in failure.reason
    assert do in (failure.hint or "")
    assert len(failure.reason) < 400
    if "claim with the id of" not in name:  # alone it is as good as another
        alone = merge(str(path))
        assert (alone.exit_code, alone.stdout) == (2, "")
        assert f"failed: {path}: " in alone.stderr
        assert says in alone.stderr
        assert alone.stderr.endswith("error: there is no summary to merge\n")


def test_one_bad_summary_in_an_array_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    bad = json.loads(edited(_at(*FIRST, "start", to=3)))
    path.write_text(json.dumps([json.loads(GOOD.model_dump_json()), bad, 5]), encoding="utf-8")
    done = merge(str(path))
    assert done.exit_code == 1
    story = json.loads(done.stdout)
    assert [article["id"] for article in story["articles"]] == [GOOD.article.id]
    listed = [failure["article"] for failure in story["failures"] if failure["stage"] == "read"]
    assert listed == [f"{path}, summary 2 of 3", f"{path}, summary 3 of 3"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_in_other_encodings_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(text().encode(encoding))
    assert [summary.article.id for summary in inputs.read_summaries([str(path)])[0]] == ["le-phare"]


def test_standard_input_twice_is_empty_the_second_time(good: str) -> None:
    done = merge("-", "-", input=text())
    assert done.exit_code == 1
    assert "failed: -: it is empty" in done.stderr


def test_closed_standard_input_is_a_failure(good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    _, failures, _ = inputs.read_summaries(["-"])
    assert [failure.reason for failure in failures] == ["there is no standard input"]


def test_what_was_incomplete_stays_incomplete(tmp_path: Path) -> None:
    """A summary that lacks a part says so in the story, and by the exit code, as long as it is merged."""
    told = {"article": "le-phare", "stage": "extract", "reason": "sentence 3", "hint": None}
    lacking = {**told, "partial": True, "usage": None}
    path = tmp_path / "s.json"
    path.write_bytes(edited(_at("failures", to=[lacking])))
    done = merge(str(path))
    assert done.exit_code == 1
    assert json.loads(done.stdout)["failures"] == [lacking]
    assert done.stderr.splitlines()[-1] == "0 failed, 1 incomplete"
