"""`docs/formats.md` tells the truth: its commands and code run as shown, and its lists of fields are the real ones."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from support import samples
from support.expected import EXAMPLES
from typer.testing import CliRunner

from summarizer.cli.app import app
from summarizer.render.formats import SUFFIXES
from summarizer.render.jsonl import story_jsonl
from summarizer.render.table import COLUMNS
from summarizer.render.vocabulary import CONTEXT, OWN

DOC = (Path(__file__).parents[1] / "docs" / "formats.md").read_text("utf-8")
PARTS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOC, re.DOTALL | re.MULTILINE))
COMMANDS = re.findall(r"```sh\n(.*?)```", PARTS["What is written"], re.DOTALL)[0].splitlines()
SNIPPETS = re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", DOC, re.DOTALL)
JQ = re.findall(r"^jq .*$", PARTS["JSONL"], re.MULTILINE)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with the ferry fire's story, in which the page's commands were run."""
    monkeypatch.chdir(tmp_path)
    text = (EXAMPLES / "ferry-fire" / "story.json").read_text(encoding="utf-8")
    Path("story.json").write_text(text, encoding="utf-8")
    for command in COMMANDS:
        program, *arguments = shlex.split(command.removesuffix(" < story.json"))
        assert program == "summarizer"
        done = CliRunner().invoke(app, arguments, input=text)
        assert done.exit_code == 0, done.output
    return tmp_path


def first_cells(part: str, head: str) -> list[str]:
    """The names in the first column of the table with this heading."""
    table = PARTS[part].split(f"| {head} |", 1)[1].split("\n\n")[0]
    return [re.findall(r"`([^`]+)`", row.split("|")[1])[0] for row in table.splitlines()[2:]]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser uses it
def test_the_code_of_the_page_prints_what_the_page_says(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(SNIPPETS) == DOC.count("```python") == 3
    names: dict[str, object] = {}
    for code, printed in SNIPPETS:
        exec(compile(code, "formats.md", "exec"), names)
        assert capsys.readouterr().out == printed


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_the_filters_of_the_page_work(files: Path) -> None:
    corrected, counted = (
        subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout for line in JQ
    )
    assert "26: Le nombre des blessés atteint désormais 26." in corrected.splitlines()
    assert sum(json.loads(counted).values()) == len(Path("story.jsonl").read_text(encoding="utf-8").splitlines())


def test_the_formats_and_their_suffixes_are_the_real_ones() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\.[\w .]+) \|", PARTS["What is written"], re.MULTILINE)
    assert {name: tuple(suffixes.split()) for name, suffixes in rows} == {
        format.value: suffixes for format, suffixes in SUFFIXES.items()
    }


def test_the_columns_are_the_real_ones_in_their_order() -> None:
    assert first_cells("CSV", "column") == [name for name, _ in COLUMNS]


def test_the_columns_of_lists_are_marked() -> None:
    from test_table import LISTS

    marked = re.findall(r"^\| `(\w+)` \|[^|]*\(\*list\*\)", PARTS["CSV"], re.MULTILINE)
    assert set(marked) == LISTS


def test_the_keys_of_a_line_are_the_real_ones_in_their_order() -> None:
    line = json.loads(story_jsonl(samples.story()).splitlines()[0])
    assert first_cells("JSONL", "key") == list(line)


def test_every_term_of_the_graph_is_described() -> None:
    table = PARTS["JSON-LD"].split("| term |", 1)[1].split("\n\n")[0]
    described = set(re.findall(r"`(\w+)`", table))
    assert set(CONTEXT) - {"schema", "oa", "foaf", "xsd", "own"} - described == set()
    assert f"`{OWN}`" in DOC


def test_the_places_of_the_page_are_there() -> None:
    assert {"What is read", "Web pages", "A story that grows", "HTML"} <= set(PARTS)
