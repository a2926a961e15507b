"""Groups of stories: read from JSONL and from the examples, their spans placed, their articles written as files."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.groups import (
    Group,
    article_files,
    example_groups,
    load_groups,
    parse_group,
    places,
    selected,
    write_groups,
)
from summarizer import read_articles

FIRST = "The barn at Ulmeck burned.\n\nSix goats  died,\nthe vet said."
SECOND = "« Neuf chèvres » sont mortes : « le toit est tombé »."


def raw(**more: Any) -> dict[str, Any]:
    titled = "Fire: barn lost"
    start = len(f"{titled} || The barn at Ulmeck burned. ")
    return {
        "group_id": "barn",
        "source": "invented",
        "langs": ["en", "fr"],
        "articles": [
            {
                "article_id": "a-1",
                "title": titled,
                "text": FIRST,
                "date": "2031-02-03",
                "lang": "en",
                "publisher": "Mill",
            },
            {"article_id": "b.2", "title": None, "text": SECOND, "url": "https://example.org/2", "lang": "fr"},
        ],
        "expected": [
            {
                "slot": "goats killed",
                "kind": "number",
                "relation": "correction",
                "also": ["contradiction"],
                "positions": [
                    {"article_id": "a-1", "low": 6, "high": 6, "span": [start, start + len("Six goats died")]},
                    {"article_id": "b.2", "low": 9, "high": 9, "span": [len("|| « "), len("|| « Neuf chèvres")]},
                ],
            }
        ],
        **more,
    }


def test_spans_count_in_title_and_text_with_single_spaces() -> None:
    (row,) = parse_group(raw()).rows
    assert [wanted.quote for wanted in row.positions] == ["Six goats died", "Neuf chèvres"]
    (place,) = places(row.positions[0].quote, FIRST)
    assert FIRST[slice(*place)] == "Six goats  died"
    assert places("Seven goats", FIRST) == places(None, FIRST) == places(" ", FIRST) == []


def test_corrections_count_as_updates() -> None:
    (row,) = parse_group(raw()).rows
    assert row.relations == {"update", "contradiction"}
    assert not row.control


def test_articles_are_written_as_a_user_would_have_them(tmp_path: Path) -> None:
    group = parse_group(raw())
    articles, failures = read_articles(article_files(group, tmp_path))
    assert not failures
    assert [(article.id, article.title, article.language) for article in articles] == [
        ("a-1", "Fire: barn lost", "en"),
        ("b.2", None, "fr"),
    ]
    assert [article.text for article in articles] == [FIRST, SECOND]
    assert (articles[0].published, articles[0].outlet, articles[1].url) == (
        "2031-02-03",
        "Mill",
        "https://example.org/2",
    )


def test_an_article_without_a_language_has_that_of_its_group(tmp_path: Path) -> None:
    articles = [{"article_id": "a", "text": "Seis."}]
    assert parse_group(raw(langs=["es"], articles=articles, expected=[])).language("a") == "es"
    assert parse_group(raw(langs=["es", "it"], articles=articles, expected=[])).language("a") is None


def test_groups_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    write_groups([parse_group(raw())], path)
    assert [dict(group.raw) for group in load_groups([path])] == [raw()]


def test_a_line_that_is_no_group_is_named(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    path.write_text(json.dumps(raw()) + "\n\n" + json.dumps({"group_id": "x"}) + "\n", "utf-8")
    with pytest.raises(ValueError, match=r"groups\.jsonl, line 3, is no group"):
        list(load_groups([path]))


def test_selecting_by_prefix() -> None:
    groups = [parse_group(raw(group_id=name)) for name in ("barn-1", "barn-2", "mill")]

    def ids(found: list[Group]) -> list[str]:
        return [group.id for group in found]

    assert ids(selected(groups, "barn")) == ["barn-1", "barn-2"]
    assert ids(selected(groups, None)) == ["barn-1", "barn-2", "mill"]
    with pytest.raises(ValueError, match="begins with 'x'"):
        selected(groups, "x")
    with pytest.raises(ValueError, match="several groups have the id mill"):
        selected([*groups, groups[2]], None)


def test_every_quote_of_the_examples_stands_in_its_article(tmp_path: Path) -> None:
    groups = list(example_groups())
    assert len(groups) >= 6
    for group in groups:
        for row in (*group.rows, *group.traps):
            for wanted in row.positions:
                assert places(wanted.quote, group.articles[wanted.article]["text"]), (group.id, row.slot)
    assert sum(len(group.traps) for group in groups) >= 2
    assert article_files(groups[0], tmp_path) == list(groups[0].files)
    assert not list(tmp_path.iterdir())
