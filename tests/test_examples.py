"""The example stories are well-formed, their quotes are verbatim, and every relation is planted."""

import itertools
import json
import re
import unicodedata
from datetime import date, time
from pathlib import Path
from typing import Any

import frontmatter
import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
STORIES = sorted(path.parent.name for path in EXAMPLES.glob("*/expected.json"))
PARTS = ("expected", "traps", "single_source")
RELATIONS = {
    "not_comparable",
    "agreement",
    "denial",
    "scope",
    "update",
    "correction",
    "precision",
    "attribution",
    "contradiction",
    "characterisation",
    "uncertain",
}
SUBTYPES = {
    "denial": {"non_confirmation"},
    "update": {"progression"},
    "correction": {"correction"},
    "contradiction": {"by_source", "by_outlet"},
    "agreement": {"one_source"},
}
QUALIFIERS = {"exact", "about", "at_least", "more_than", "at_most", "less_than", "range", "vague", "after"}

Row = dict[str, Any]


def story(name: str) -> dict[str, Any]:
    """The expected result of one story."""
    loaded: dict[str, Any] = json.loads((EXAMPLES / name / "expected.json").read_text("utf-8"))
    return loaded


def posts(name: str) -> dict[str, frontmatter.Post]:
    """The articles of one story by file stem."""
    return {path.stem: frontmatter.loads(path.read_text("utf-8")) for path in (EXAMPLES / name).glob("*.md")}


def rows(name: str) -> list[Row]:
    """Every row of one story, traps and single facts included."""
    expected = story(name)
    return [row for part in PARTS for row in expected[part]]


def differ(row: Row, one: Row, other: Row) -> bool:
    """True if two positions of a row tell different answers."""
    match row["kind"]:
        case "number":
            return bool(max(one["low"], other["low"]) > min(one["high"], other["high"]))
        case "time":
            return bool(one["time"] != other["time"])
        case _:
            return bool(one["value"] != other["value"])


def folded(text: str) -> str:
    """The text with digits of every script as ASCII, groups of three joined and decimal commas as points."""
    ascii_digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    joined = re.sub(r"(?<=\d)[ \u00a0\u202f.,'](?=\d{3}(?!\d))", "", ascii_digits)
    return re.sub(r"(?<=\d),(?=\d)", ".", joined)


def script(text: str) -> str:
    """The script of most letters: LATIN, CYRILLIC, ARABIC, CJK."""
    names = [unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()]
    return max(set(names), key=names.count)


def test_there_are_enough_stories_and_each_has_several_articles() -> None:
    assert len(STORIES) >= 5
    assert {path.name for path in EXAMPLES.iterdir() if path.is_dir()} == set(STORIES)
    assert all(2 <= len(posts(name)) <= 5 for name in STORIES)


def test_there_are_five_languages_and_three_scripts() -> None:
    every = [post for name in STORIES for post in posts(name).values()]
    assert len({post["language"] for post in every}) >= 5
    assert len({script(post.content) for post in every}) >= 3


@pytest.mark.parametrize("name", STORIES)
def test_front_matter_is_complete(name: str) -> None:
    undated = set(story(name).get("undated", ()))
    for stem, post in posts(name).items():
        assert {"title", "outlet", "language", "url"} <= set(post.metadata), stem
        assert all(str(post[key]).strip() for key in post.metadata), stem
        assert re.fullmatch(r"https://[a-z0-9-]+\.example\.org/[a-z0-9/-]+", str(post["url"])), stem
        assert ("published" not in post.metadata) == (stem in undated), stem
        if stem not in undated:
            assert date.fromisoformat(str(post["published"])), stem


@pytest.mark.parametrize("name", STORIES)
def test_articles_are_short_news_texts(name: str) -> None:
    for stem, post in posts(name).items():
        chinese = post["language"] == "zh"
        length = sum(c.isalnum() for c in post.content) if chinese else len(post.content.split())
        assert (200 if chinese else 100) <= length <= (500 if chinese else 260), stem
        assert post.content.count("\n\n") >= 2, f"{stem} has no paragraphs"


def test_article_ids_are_unique_over_all_stories() -> None:
    stems = [stem for name in STORIES for stem in posts(name)]
    assert len(set(stems)) == len(stems)


@pytest.mark.parametrize("name", STORIES)
def test_expected_result_is_well_formed(name: str) -> None:
    expected = story(name)
    assert set(expected) - {"undated"} == {"group_id", "source", "langs", *PARTS}
    assert (expected["group_id"], expected["source"]) == (name, "example")
    assert expected["langs"] == sorted({str(post["language"]) for post in posts(name).values()})
    assert not any(row["relation"] in ("not_comparable", "single_source") for row in expected["expected"])
    assert all(row["relation"] == "not_comparable" for row in expected["traps"])
    assert all(row["relation"] == "single_source" for row in expected["single_source"])
    slots = [row["slot"] for row in rows(name)]
    assert len(set(slots)) == len(slots)


@pytest.mark.parametrize("name", STORIES)
def test_rows_have_known_words(name: str) -> None:
    for row in rows(name):
        assert row["kind"] in ("number", "time", "text", "side"), row["slot"]
        assert row["by"] == "reader", row["slot"]
        assert row["relation"] in RELATIONS | {"single_source"}, row["slot"]
        assert set(row.get("also", ())) <= RELATIONS - {row["relation"]}, row["slot"]
        assert "subtype" not in row or row["subtype"] in SUBTYPES[row["relation"]], row["slot"]
        assert ("words" in row) == (row["kind"] == "text"), row["slot"]
        assert ("about" in row) == (row["kind"] == "side"), row["slot"]
        assert (row.get("independent_sources") == 1) == (row.get("subtype") == "one_source"), row["slot"]


@pytest.mark.parametrize("name", STORIES)
def test_quotes_stand_in_their_articles_once(name: str) -> None:
    articles = posts(name)
    for row in rows(name):
        for position in row["positions"]:
            found = articles[position["article_id"]].content.count(position["quote"])
            assert found == 1, f"{row['slot']}: {position['quote']}"


@pytest.mark.parametrize("name", STORIES)
def test_positions_say_what_their_kind_asks_for(name: str) -> None:
    for row in rows(name):
        for position in row["positions"]:
            if row["kind"] == "number":
                assert position["low"] <= position["high"], row["slot"]
                assert position["qualifier"] in QUALIFIERS, row["slot"]
                assert position["low"] == position["high"] or position["qualifier"] in ("range", "vague"), row["slot"]
            elif row["kind"] == "time":
                assert time.fromisoformat(position["time"]).isoformat("minutes") == position["time"], row["slot"]
                assert position["qualifier"] in QUALIFIERS, row["slot"]
            elif row["kind"] == "text":
                assert position["value"] in row["words"], row["slot"]
            else:
                assert position["value"], row["slot"]
        if row["kind"] == "text":
            assert set(row["words"]) == {position["value"] for position in row["positions"]}, row["slot"]
            listed = [w for words in row["words"].values() for w in (*words["any"], *words.get("none", ()))]
            assert all(word == word.lower() for word in listed), row["slot"]


@pytest.mark.parametrize("name", STORIES)
def test_numbers_and_times_stand_in_their_quotes(name: str) -> None:
    """Digits must be there; numbers up to twenty, also of millions, may be words, and vague ones always are."""
    for row in rows(name):
        for position in row["positions"]:
            quote = folded(position["quote"])
            told = re.findall(r"\d+(?:\.\d+)?", quote)
            if row["kind"] == "number" and position["qualifier"] != "vague":
                value = position["low"]
                short = value / 1_000_000 if value >= 1_000_000 else value
                in_words = short <= 20 and float(short).is_integer()
                assert {f"{value:.10g}", f"{short:.10g}"} & set(told) or in_words, f"{row['slot']}: {quote}"
            elif row["kind"] == "time":
                hour, minute = map(int, position["time"].split(":"))
                parts = {int(number) for number in re.findall(r"\d+", quote)}
                assert parts & {hour, hour % 12}, f"{row['slot']}: {quote}"
                assert minute == 0 or minute in parts, f"{row['slot']}: {quote}"


@pytest.mark.parametrize("name", STORIES)
def test_disagreements_differ_and_controls_are_of_several_articles(name: str) -> None:
    expected = story(name)
    for row in (*expected["expected"], *expected["traps"]):
        pairs = list(itertools.combinations(row["positions"], 2))
        assert len({position["article_id"] for position in row["positions"]}) > 1, row["slot"]
        if row["relation"] != "agreement":
            assert any(differ(row, *pair) for pair in pairs), row["slot"]
        elif row["kind"] != "time":  # times may be rounded
            assert not any(differ(row, *pair) for pair in pairs), row["slot"]
    for row in expected["single_source"]:
        assert len(row["positions"]) == 1, row["slot"]


@pytest.mark.parametrize("name", STORIES)
def test_updates_and_corrections_follow_the_dates(name: str) -> None:
    articles = posts(name)
    for row in rows(name):
        if row["relation"] in ("update", "correction"):
            days = [str(articles[position["article_id"]]["published"]) for position in row["positions"]]
            assert days == sorted(set(days)), row["slot"]


def test_every_relation_and_subtype_is_planted() -> None:
    every = [row for name in STORIES for row in rows(name)]
    assert {row["relation"] for row in every} == RELATIONS | {"single_source"}
    planted = {(row["relation"], row["subtype"]) for row in every if "subtype" in row}
    assert planted == {(relation, subtype) for relation, kinds in SUBTYPES.items() for subtype in kinds}
    assert any("subtype" not in row for row in every if row["relation"] == "denial")


def test_one_story_agrees_fully() -> None:
    agreeing = [name for name in STORIES if {row["relation"] for row in story(name)["expected"]} == {"agreement"}]
    assert len(agreeing) == 1
    assert not story(agreeing[0])["traps"]
    assert len(story(agreeing[0])["langs"]) >= 3


def test_every_story_has_controls_and_facts_of_one_article() -> None:
    for name in STORIES:
        expected = story(name)
        assert expected["single_source"], name
        assert any(row["relation"] == "agreement" for row in expected["expected"]), name


def test_undated_rows_are_uncertain_and_only_they() -> None:
    for name in STORIES:
        expected = story(name)
        uncertain = [row for row in expected["expected"] if row["relation"] == "uncertain"]
        assert bool(uncertain) == bool(expected.get("undated")), name
        for row in uncertain:
            assert {position["article_id"] for position in row["positions"]} <= set(expected["undated"]), name


def test_readme_names_every_story() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in text for name in STORIES)
