"""Bylines: the names in whatever a source has for who wrote it, and nothing else of it."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.common import plain
from summarizer.text.bylines import byline_of, names_in

SIGNS = (
    "By ", "Von ", "; ", ";", "(", ")", "<b>", "&amp;", "&#8238;", "\u202e", "\x1b[31m", "\u2028", "\ud800", "@ida",
    "ida@bell.example", "https://", "www.", "The Bell", "None", "Ida Crane", "علي", "李明", ":", "/",
    "\u200c", "\U000e0041",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=8).map("".join)
ANY: st.SearchStrategy[Any] = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "byline", "url"]), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("said", "byline"),
    [
        ("Ida Crane", "Ida Crane"),
        ("IDA CRANE, correspondent in Holm", "IDA CRANE, correspondent in Holm"),
        ("By Ida Crane and Tom Reed", "Ida Crane and Tom Reed"),
        ("by  Ida\nCrane", "Ida Crane"),
        ("Par Solène Barrat", "Solène Barrat"),
        ("Von Max Muster", "Max Muster"),
        ("Von Arnim", "Von Arnim"),
        ("von Arnim Max", "von Arnim Max"),
        ("Text: von Arnim", "Arnim"),
        ("Text von Max Muster", "Max Muster"),
        ("De Luca Rossi", "De Luca Rossi"),
        ("Story Musgrave", "Story Musgrave"),
        ("Story by Ida Crane", "Ida Crane"),
        ("Автор: Иван Петров", "Иван Петров"),
        ("بقلم علي حسن", "علي حسن"),
        ("作者：李明", "李明"),
        ("文/李明", "李明"),
        ("记者", "记者"),
        ("Ida Crane (Fjord Wire)", "Ida Crane (Fjord Wire)"),
        ("Ida Crane (ida.crane+news@bell.example)", "Ida Crane"),
        ("Ida Crane <mailto:ida@bell.example>", "Ida Crane"),
        ("ida@bell.example (Ida Crane)", "Ida Crane"),
        ("Ida Crane | @idacrane", "Ida Crane"),
        ("<p>By <b>Ida Crane</b></p>", "Ida Crane"),
        ("Ida &amp; Tom", "Ida & Tom"),
        ("Ida Crane; Tom Reed;ida crane; The Bell;", "Ida Crane; Tom Reed"),
        ("J.K. Crane", "J.K. Crane"),
        ("the bell", None),
        ("By The Bell", None),
        ("By", None),
        ("By:", None),
        ("bell.example", None),
        ("www.bell.example/ida", None),
        ("HTTPS://bell.example/ida", None),
        ("ida@bell.example", None),
        ("@ida", None),
        ("2031", None),
        ("None", None),
        ("admin", None),
        ("x" * 201, None),
        ("Ida Crane " * 101, None),
        (" ", None),
    ],
)
def test_a_name_stands_alone(said: str, byline: str | None) -> None:
    assert byline_of(said, outlet="The Bell") == byline


def test_the_first_source_that_holds_a_name_counts() -> None:
    assert byline_of(None, "The Bell", {"url": "x"}, ["Ida Crane"], "Tom Reed", outlet="The Bell") == "Ida Crane"
    assert byline_of({"name": [{"name": "Ida Crane"}]}) == "Ida Crane"
    assert byline_of() is None


def test_a_long_list_of_writers_ends_before_the_bound() -> None:
    names = [f"Writer {number:03}" for number in range(90)]
    byline = byline_of(names)
    assert byline is not None
    assert 480 < len(byline) <= 500
    assert names_in(byline) == names[: byline.count(";") + 1]


@given(ANY)
def test_whatever_stands_there_a_byline_is_one_safe_line_of_names(said: Any) -> None:
    byline = byline_of(said, outlet="The Bell")
    if byline is not None:
        assert plain(byline) == byline
        assert len(byline) <= 500
        assert "; ".join(names_in(byline)) == byline
        assert byline_of(byline, outlet="The Bell") is not None


@pytest.mark.parametrize(
    "said",
    [
        ["x " * 400] * 100_000,
        [[[["Ida Crane"] * 100] * 100] * 100] * 2,
        "a." * 499,
        "a@" * 499,
        "(" * 999,
        "<" * 999,
        "By " * 333,
        ";" * 999,
        "x" * 5_000_000,
    ],
    ids=lambda said: f"{type(said).__name__}-{str(said[:1])[:12]}-{len(said)}",
)
def test_what_is_made_to_take_long_does_not(said: object) -> None:
    start = time.process_time()
    byline_of(said)
    assert time.process_time() - start < 1
