"""`summarizer story --into`: files in, files out, exit codes, and what is wrong with a story that is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from support import samples
from support.fake_model import SyntheticModel, asked_sentences
from support.scripted_server import synthetic_completion
from typer.testing import CliRunner, Result

from summarizer.cli.app import app
from summarizer.schemas import MergedSummary

TEXTS = {
    "gazette": "The landslide killed 12 workers, the district said. Another 30 workers were injured.",
    "courier": "The landslide killed 15 workers, police said. Another 30 workers were injured.",
    "herald": "The landslide killed 16 workers, the mayor said. Crews searched the rubble for 9 missing workers.",
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """The articles' files by name, and the story's."""
    paths = {"story": str(tmp_path / "story.json")}
    for day, (name, text) in enumerate(TEXTS.items(), 3):
        path = tmp_path / f"{name}.md"
        path.write_text(f"---\npublished: 2031-03-0{day}\noutlet: {name.title()}\n---\n{text}\n", encoding="utf-8")
        paths[name] = str(path)
    return paths


def run(model: SyntheticModel, *arguments: str) -> Result:
    server = ["--base-url", model.base_url, "--model", "synthetic"]
    return CliRunner().invoke(app, ["story", *arguments, *server])


def first_story(files: dict[str, str], *more: str) -> MergedSummary:
    with SyntheticModel() as model:
        done = run(model, files["gazette"], files["courier"], "-o", files["story"], *more)
    assert done.exit_code == 0, done.stderr
    return stored(files)


def stored(files: dict[str, str]) -> MergedSummary:
    return MergedSummary.model_validate_json(Path(files["story"]).read_text(encoding="utf-8"))


def test_a_story_is_continued_in_its_own_file(files: dict[str, str]) -> None:
    first_story(files)
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["herald"], "-o", files["story"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert all("16 workers" in text or "9 missing" in text for text in asked_sentences(model.requests))
    story = stored(files)
    assert [one.id for one in story.articles] == ["gazette", "courier", "herald"]
    count = sum(len(item.changes) for item in story.comparisons)
    assert count > 1
    assert f"{count} changes since the story was last made\n" in done.stderr
    assert [path.name for path in Path(files["story"]).parent.iterdir() if "part" in path.name] == []


def test_the_page_shows_the_changes_and_quiet_says_nothing(files: dict[str, str]) -> None:
    before = first_story(files)
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["herald"], "--quiet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "CHANGED" in done.stdout
    assert stored(files) == before


def test_what_is_there_already_is_said_and_costs_nothing(files: dict[str, str], tmp_path: Path) -> None:
    before = first_story(files)
    (tmp_path / "wire.txt").write_text(TEXTS["courier"], encoding="utf-8")
    with SyntheticModel() as model:
        arguments = [files["gazette"], str(tmp_path / "wire.txt"), "--format", "json"]
        done = run(model, "--into", files["story"], *arguments)
    assert model.requests == []
    assert done.exit_code == 0
    assert "gazette: it is in the story already; it is not read again\n" in done.stderr
    assert "wire: the same text as courier; it is kept as its copy, and not read for itself\n" in done.stderr
    assert "0 changes since the story was last made\n" in done.stderr
    story = MergedSummary.model_validate_json(done.stdout)
    assert [copy.id for copy in story.articles[1].copies] == ["wire"]
    assert [item.question for item in story.comparisons] == [item.question for item in before.comparisons]


def test_a_story_that_lies_beside_its_articles_is_none_of_them(files: dict[str, str], tmp_path: Path) -> None:
    first_story(files)
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], str(tmp_path), "-o", files["story"])
        named = run(model, "--into", files["story"], files["story"], files["herald"], "-o", files["story"])
    assert done.exit_code == 0, done.stderr
    assert [one.id for one in stored(files).articles] == ["gazette", "courier", "herald"]
    assert stored(files).failures == ()
    assert named.exit_code == 2
    assert "would overwrite an input" in named.stderr


def test_a_dry_run_counts_the_new_ones(files: dict[str, str]) -> None:
    first_story(files)
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["gazette"], files["herald"], "--dry-run", "--format", "json")
    assert (done.exit_code, model.requests) == (0, [])
    assert [item["article"] for item in json.loads(done.stdout)["articles"]] == ["herald"]
    assert "gazette: it is in the story already" in done.stderr


def test_a_new_article_that_fails_leaves_the_story_as_it_was(files: dict[str, str]) -> None:
    before = first_story(files)
    with SyntheticModel(fault=lambda *_: synthetic_completion("no JSON")) as model:
        done = run(model, "--into", files["story"], files["herald"], "-o", files["story"])
    assert done.exit_code == 1
    after = stored(files)
    assert after.comparisons == before.comparisons
    assert [failure.article for failure in after.failures] == ["herald"]
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["herald"], "-o", files["story"])
    assert done.exit_code == 0
    assert [one.id for one in stored(files).articles] == ["gazette", "courier", "herald"]


def test_a_budget_that_allows_nothing_leaves_the_story_as_it_was(files: dict[str, str]) -> None:
    before = first_story(files)
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["herald"], "-o", files["story"], "--max-tokens-total", "1")
    assert (done.exit_code, model.requests) == (1, [])
    assert stored(files).comparisons == before.comparisons


def test_a_model_that_is_not_there_leaves_the_story_as_it_was(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = first_story(files)
    monkeypatch.setenv("SUMMARIZER_TRANSPORT_RETRIES", "0")
    with SyntheticModel() as gone:
        where = gone.base_url
    server = ["--base-url", where, "--model", "synthetic"]
    done = CliRunner().invoke(app, ["story", "--into", files["story"], files["herald"], "-o", files["story"], *server])
    assert done.exit_code == 3
    after = stored(files)
    assert after.comparisons == before.comparisons
    assert [failure.stage for failure in after.failures] == ["model"]
    with SyntheticModel() as model:  # the model is there again, and another article still fails
        other = run(model, "--into", files["story"], files["courier"])
    assert (other.exit_code, model.requests) == (1, [])


def test_only_a_story_takes_the_place_of_the_story(files: dict[str, str]) -> None:
    before = first_story(files)
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["herald"], "-o", files["story"], "--format", "text")
        over = run(model, "--into", files["story"], files["herald"], "-o", files["herald"])
    assert (done.exit_code, over.exit_code, model.requests) == (2, 2, [])
    assert "would put text in the place of the story" in done.stderr
    assert "would overwrite an input" in over.stderr
    assert stored(files) == before


def test_summaries_are_made_without_a_story(files: dict[str, str]) -> None:
    done = CliRunner().invoke(app, ["summarize", files["herald"], "--into", files["story"]])
    assert done.exit_code == 2
    assert "only `story` adds articles to a story" in done.stderr
    assert "--into" not in CliRunner().invoke(app, ["summarize", "--help"], env={"COLUMNS": "200"}).stdout
    assert "--into" in CliRunner().invoke(app, ["story", "--help"], env={"COLUMNS": "200"}).stdout


STORY = samples.story().model_dump(mode="json")


def edited(**fields: Any) -> str:
    return json.dumps({**STORY, **fields})


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (None, "there is no such file", "check the name"),
        ("", "it is empty", "summarizer story --format json"),
        ("no JSON", "it is not JSON", "summarizer story --format json"),
        ("[1", "it is not JSON", "summarizer story --format json"),
        ("17", "it is not a story", "summarizer story --format json"),
        ("{}", "it is not a story", "summarizer story --format json"),
        (
            samples.summary().model_dump_json(),
            "it holds the summary of one article, not a story",
            "summarizer merge",
        ),
        (
            f"[{samples.summary().model_dump_json()}]",
            "it holds summaries of single articles, not a story",
            "summarizer merge",
        ),
        (edited(schema_version="9.0"), "it has schema version 9.0, this program reads 1.0", "make the story again"),
        (edited(schema_version=None), "it has no schema version", "make the story again"),
        (edited(extra=1), "it is not a valid story: extra", "do not edit stories by hand"),
        (edited(articles=[]), "it is not a valid story: claim", "do not edit stories by hand"),
        (edited(usage={"calls": float("inf")}), "a number that is none: Infinity", "do not edit stories by hand"),
    ],
)
def test_what_is_no_story_is_refused_before_anything_is_asked(
    content: str | None, message: str, hint: str, files: dict[str, str]
) -> None:
    if content is not None:
        Path(files["story"]).write_text(content, encoding="utf-8")
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["herald"])
    assert (done.exit_code, model.requests, done.stdout) == (2, [], "")
    first, second = done.stderr.splitlines()
    assert first.startswith(f"error: --into {files['story']}: ")
    assert message in first
    assert hint in second


def test_a_quote_that_was_changed_by_hand_is_found(files: dict[str, str]) -> None:
    first_story(files)
    text = Path(files["story"]).read_text(encoding="utf-8")
    Path(files["story"]).write_text(
        text.replace("killed 12 workers, the district", "killed 13 workers, the district", 1)
    )
    with SyntheticModel() as model:
        done = run(model, "--into", files["story"], files["herald"])
    assert (done.exit_code, model.requests) == (2, [])
    assert "it is not a valid story" in done.stderr
