"""Text that no newspaper prints: the work it takes grows with its length, never with the square of it."""

import cProfile
import pstats
import time

import pytest

from summarizer.articles import Article
from summarizer.extract import plan, read
from summarizer.sentences import MAX_SENTENCE, split, worth_asking


def _calls(text: str) -> int:
    """How many functions are called to read an article: the same on every machine."""
    profile = cProfile.Profile()
    article = Article.from_text(text, id="a", language="en")
    profile.enable()
    plan(read(article), 60)
    profile.disable()
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "unit", ["5 people ", "€5 m ", "one killed ", "5 killed, ", "5% ", "2 of 3 ", "1.5 km ", "5-year-old ", "万 "]
)
def test_twice_the_figures_are_not_four_times_the_work(unit: str) -> None:
    count = MAX_SENTENCE // len(unit) // 2 - 5
    _calls("The mill " + unit * count)  # lexicons and patterns are loaded
    once, twice = _calls("The old mill " + unit * count), _calls("The old mill " + unit * count * 2)
    assert 1.5 < twice / once < 3


def test_a_title_of_any_length_is_folded_once() -> None:
    title = "mill fire " * 6_000
    [sentence] = split("The mill is shut.", "en")
    start = time.process_time()
    assert all(worth_asking(sentence, title) for _ in range(20_000))
    assert time.process_time() - start < 10  # seconds of computing; folding it for each sentence takes half a minute


def test_a_heading_of_any_length_ends() -> None:
    """A pattern that tries every place for the end of a heading would take days."""
    assert Article.from_text("# a" + " " * 1_000_000 + "b\n\nThe mill is shut.", id="a").title is None
    assert Article.from_text("# " + "#" * 1_000_000 + "b", id="a").title is None
    assert Article.from_text("# Mill shut ##\n\nBody.", id="a").title == "Mill shut"
    assert Article.from_text("# #\n\nBody.", id="a").title == "#"


@pytest.mark.parametrize(
    "unit",
    [*'1.“"([ a\n\u0301😀', "1,", "..! ", "一。", "-\n", "# a\n", "a\n\n", "א ", "one "],
)
def test_a_long_line_is_split_into_bounded_sentences_and_nothing_is_lost(unit: str) -> None:
    text = "The mill is shut. " + unit * (200_000 // len(unit.encode()))
    sentences = split(text, "en")
    assert all(len(sentence.text) <= MAX_SENTENCE for sentence in sentences)
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    kept = "".join("".join(sentence.text.split()) for sentence in sentences)
    assert kept == "".join(text.split())
