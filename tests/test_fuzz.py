"""Fuzzing of reading, grounding and comparing: what holds for any input; a few examples here, minutes with --soak."""

import codecs
import io
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from support.claims import KILLED, PROVENANCE, drafts, placed
from support.merging import ALARM, EARLY, LEFT, OWNER
from support.nasty import BROKEN, LANGUAGES, TEXTS, articles, files, readings
from support.nasty_claims import plain_stories, stories

from summarizer import Article, merge, read_articles
from summarizer.errors import InputError
from summarizer.extract import Proposed, Reading, read
from summarizer.ground import ground
from summarizer.positions import same_answer
from summarizer.render.markdown import story_markdown, summaries_markdown
from summarizer.render.text import story_text, summaries_text
from summarizer.schemas import (
    Claim,
    DateValue,
    EventSummary,
    MergedSummary,
    Name,
    Qualifier,
    Quantity,
    Relation,
    Value,
    YesNo,
)
from summarizer.schemas.edtf import has_year
from summarizer.sentences import MAX_SENTENCE, split, windows
from summarizer.text.date_relations import same_time
from summarizer.text.numbers import find_numbers, has_one, stands_in
from summarizer.text.unit_names import MEASURES

BURNED = "When did the ferry burn?"
SECONDS = float(os.environ.get("SUMMARIZER_FUZZ_SECONDS", "600"))  # now: tests see no such variable
QUICK = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
SOAKED = settings(QUICK, derandomize=False, max_examples=50, print_blob=True)

Law = Callable[[Any], None]
LAWS: list[tuple[str, st.SearchStrategy[Any], Law]] = []


def holds_for(inputs: st.SearchStrategy[Any], examples: int) -> Callable[[Law], Any]:
    """A test of a law on a few inputs, the same each time; --soak tries it on as many others as there is time for."""

    def registered(law: Law) -> Any:
        LAWS.append((law.__name__.removeprefix("test_"), inputs, law))
        return settings(QUICK, max_examples=examples)(given(inputs)(law))

    return registered


# --- reading ---


@holds_for(files(), 25)
def test_any_bytes_are_an_article_or_one_failure_with_a_reason(raw: bytes) -> None:
    found, failures = read_articles(["-"], stdin=io.BytesIO(raw))
    assert len(found) + len(failures) == 1
    for article in found:
        assert article.text.strip()
        article.model_dump_json().encode()
    for failure in failures:
        assert failure.reason
        failure.model_dump_json().encode()


NAMES = st.text("abc.-_ é漢\u202e'\"$\n\udc80\x00/", min_size=1, max_size=12)


@holds_for(st.lists(st.tuples(NAMES, files(), st.booleans()), max_size=3), 8)
def test_any_files_of_any_names_are_articles_or_failures(given_: list[tuple[str, bytes, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, raw, there in given_:
            path = f"{folder}/{name.strip('/') or 'x'}"
            paths.append(path)
            if there:
                try:
                    Path(path).write_bytes(raw)
                except (OSError, ValueError):
                    continue  # no file can have that name
        found, failures = read_articles(paths)
        assert len(found) + len(failures) == len(paths)
        assert len({article.id for article in found}) == len(found)
        for item in (*found, *failures):
            item.model_dump_json().encode()


ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}


@holds_for(st.tuples(TEXTS, st.sampled_from(sorted(ENCODINGS))), 30)
def test_the_text_of_a_file_is_kept(written: tuple[str, str]) -> None:
    text, encoding = written
    if text.startswith(("\ufeff", "---")) or "\0" in text or "\x1b$" in text:
        return  # a mark, front matter, or the sign of another encoding
    try:
        article = Article.from_bytes(ENCODINGS[encoding] + text.encode(encoding), id="a")
    except InputError:
        return
    assert article.text == text.replace("\r\n", "\n").replace("\r", "\n")


@holds_for(st.tuples(st.one_of(TEXTS, BROKEN), st.sampled_from(LANGUAGES)), 50)
def test_sentences_are_slices_in_order_that_lose_nothing(given_: tuple[str, str | None]) -> None:
    text, language = given_
    sentences = split(text, language)
    end = 0
    for number, sentence in enumerate(sentences, 1):
        assert sentence.number == number
        assert sentence.text == text[sentence.start : sentence.end]
        assert 0 < len(sentence.text) <= MAX_SENTENCE
        assert not text[end : sentence.start].strip()
        assert sentence.start >= end
        end = sentence.end
    assert not text[end:].strip()
    assert [sentence for window in windows(sentences, 3) for sentence in window] == sentences


@holds_for(articles(), 20)
def test_marks_are_slices_of_their_sentences(article: Article) -> None:
    reading = read(article)
    by_number = {sentence.number: sentence for sentence in reading.sentences}
    for number, marks in reading.marks.items():
        text = by_number[number].text
        assert marks == sorted(marks, key=lambda mark: mark.start)
        for mark in marks:
            assert 0 <= mark.start < mark.end <= len(text)
            assert mark.text == text[mark.start : mark.end]
            if isinstance(mark.value, Quantity):
                assert all(math.isfinite(end) for end in (mark.value.low, mark.value.high) if end is not None)


# --- grounding ---


def _words(claim: Claim) -> tuple[str, str, str]:
    return claim.question.casefold(), claim.answer.casefold(), claim.status


@holds_for(readings(), 40)
def test_every_proposal_ends_in_a_claim_with_its_sentence(given_: tuple[Reading, list[Proposed]]) -> None:
    reading, proposed = given_
    claims = ground(proposed, reading)
    assert len({claim.id for claim in claims}) == len(claims) <= len(proposed)
    found: set[str] = set()
    for item in proposed:
        (alone,) = ground([item], reading)
        same = [claim for claim in claims if _words(claim) == _words(alone)]
        same = [claim for claim in same if set(alone.evidence) <= set(claim.evidence)]
        assert same
        found.update(claim.id for claim in same)
    assert found == {claim.id for claim in claims}
    for claim in claims:
        for evidence in claim.evidence:
            assert reading.article.text[evidence.start : evidence.end] == evidence.quote
        assert claim.attributed_to is None or any(claim.attributed_to in item.quote for item in claim.evidence)
    summary = EventSummary(article=reading.article, claims=tuple(claims), provenance=PROVENANCE)
    written = summary.model_dump_json()
    assert EventSummary.model_validate_json(written).model_dump_json() == written


@holds_for(readings(), 40)
def test_the_numbers_of_a_verified_claim_stand_in_each_of_its_sentences(
    given_: tuple[Reading, list[Proposed]],
) -> None:
    reading, proposed = given_
    for claim in ground(proposed, reading):
        if not claim.verified or not isinstance(claim.value, Quantity):
            continue
        for evidence in claim.evidence:
            told = find_numbers(evidence.quote, reading.article.language)
            for end in _ends(claim.value):
                one = end == 1 and has_one(evidence.quote, reading.article.language)
                assert one or stands_in(end, told)


def _ends(value: Quantity) -> set[float]:
    """The numbers that a source must name; of a vague word or a decade only the least it can mean."""
    least = value.qualifier in (Qualifier.VAGUE, Qualifier.BETWEEN)
    return {value.amount} if least else {end for end in (value.low, value.high) if end is not None}


@holds_for(st.lists(readings(), min_size=1, max_size=3), 5)
def test_what_was_grounded_can_be_merged(given_: list[tuple[Reading, list[Proposed]]]) -> None:
    made = []
    for id, (reading, proposed) in zip("abc", given_, strict=False):
        article = reading.article.model_copy(update={"id": id})
        own = Reading(article, reading.title, reading.published, reading.sentences, reading.marks)
        made.append(EventSummary(article=article, claims=tuple(ground(proposed, own)), provenance=PROVENANCE))
    _holds(made)


# --- comparing ---


def _holds(made: list[EventSummary]) -> None:
    story = merge(made)
    assert sorted(placed(story)) == sorted(claim.id for summary in made for claim in summary.claims)
    assert merge(made) == story
    written = story.model_dump_json()
    assert MergedSummary.model_validate_json(written).model_dump_json() == written
    for item in story.comparisons:
        for answer in item.positions:
            _one_answer(list(answer.claims))
    for found in story.disagreements:
        _relates(found.relation, [list(answer.claims) for answer in found.positions])
        if found.estimate:
            told = [answer.value for answer in found.positions if isinstance(answer.value, Quantity)]
            assert found.estimate.low <= found.estimate.best <= found.estimate.high
            if len({value.unit for value in told}) == 1:  # else it is told in the base unit
                assert all(found.estimate.low <= value.amount <= found.estimate.high for value in told)


def _one_answer(claims: list[Claim]) -> None:
    """No two claims of a position exclude each other; exact figures of it are one figure, hedged ones stand beside."""
    for one, other in combinations(claims, 2):
        if isinstance(one.value, YesNo) or isinstance(other.value, YesNo):
            assert one.value == other.value
        elif isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
            exact = one.value.qualifier == other.value.qualifier == Qualifier.EXACTLY
            restated = one.article == other.article or {one.value.unit, other.value.unit} & MEASURES
            assert same_answer(one, other) or not exact or restated
        else:
            assert same_answer(one, other) is not False


def _relates(relation: Relation, answers: list[list[Claim]]) -> None:
    for one, other in combinations(answers, 2):
        if relation is Relation.CONTRADICTION and len(answers) == 2:
            assert not any(a.value == b.value for a in one for b in other)
    if relation is Relation.DENIAL:
        assert len({claim.value.answer for answer in answers for claim in answer if isinstance(claim.value, YesNo)}) > 1


@holds_for(st.one_of(stories(), plain_stories()), 80)
def test_any_summaries_can_be_merged_and_no_claim_is_lost(made: list[EventSummary]) -> None:
    _holds(made)


def _found(story: MergedSummary) -> list[Any]:
    """What was found, without the order in which it is told."""
    return sorted(
        (
            type(item).__name__,
            getattr(item, "relation", ""),
            str(getattr(item, "subtype", "")),
            getattr(item, "severity", ""),
            sorted(sorted(claim.id for claim in answer.claims) for answer in item.positions),
            str(getattr(item, "independent_sources", "")),
            (estimate := getattr(item, "estimate", None)) and (estimate.low, estimate.best, estimate.high),
        )
        for item in story.comparisons
    )


@holds_for(st.tuples(st.one_of(stories(), plain_stories()), st.permutations(range(4))), 20)
def test_the_order_of_the_articles_does_not_change_what_is_found(given_: tuple[list[EventSummary], list[int]]) -> None:
    made, order = given_
    other = [made[place] for place in order if place < len(made)]
    assert _found(merge(made)) == _found(merge(other))


@holds_for(st.tuples(stories(), st.integers(20, 160), st.booleans()), 8)
def test_any_story_can_be_shown(given_: tuple[list[EventSummary], int, bool]) -> None:
    made, width, verbose = given_
    story = merge(made)
    for text in (story_text(story, width=width, verbose=verbose), summaries_text(made, width=width)):
        assert all(cell_len(line) <= width for line in text.splitlines())
        text.encode()
    for text in (story_markdown(story), summaries_markdown(made)):
        assert not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)


# --- what was found, once and for all ---


@pytest.mark.parametrize("figure", ["9" * 20, "1" + "0" * 39, "九" * 20, "九" * 400])
def test_a_figure_too_long_to_be_held_to_its_last_digit_is_not_compared(figure: str) -> None:
    article = Article.from_text(
        f"At least 12 people signed paper {figure}, and 14 others did not.", id="a", language="en"
    )
    reading = read(article)
    proposed = [
        Proposed(s, "How many people?", "", mark) for s in reading.sentences for mark in reading.marks[s.number]
    ]
    assert [claim.answer for claim in ground(proposed, reading)] == ["at least 12", "14"]


@pytest.mark.parametrize(("one", "other", "same"), [("203X", "2031-05-03", True), ("20XX", "1999-05", False)])
def test_a_decade_is_compared_with_a_day(one: str, other: str, same: bool) -> None:
    a, b = drafts(EARLY, EARLY)
    a.date(BURNED, one)
    b.date(BURNED, other)
    for story in (merge([a.summary(), b.summary()]), merge([b.summary(), a.summary()])):
        assert bool(story.agreements) is same
        assert bool(story.disagreements) is not same


def test_a_year_of_which_only_the_millennium_is_known_is_no_year() -> None:
    assert not has_year("2XXX")
    assert same_time("2XXX", "2031-05-03") is same_time("2031-05-03", "2XXX") is False


def in_any_order(*told: tuple[str | None, Value, dict[str, Any]], question: str) -> list[MergedSummary]:
    """Articles with a claim each (date, value, fields), merged in every order, whatever their names."""
    stories = []
    for order in permutations(told):
        made = drafts(*(date for date, _, _ in order))
        for draft, (_, value, fields) in zip(made, order, strict=True):
            draft.claim(question, value, **fields)
        stories.append(merge([draft.summary() for draft in made]))
    return stories


def test_a_yes_against_a_no_outweighs_who_says_neither() -> None:
    told = [(EARLY, YesNo(answer=answer), {}) for answer in ("yes", "no", "uncommitted")]
    for story in in_any_order(*told, question=ALARM):
        (found,) = story.disagreements
        assert (found.relation, found.subtype) == (Relation.DENIAL, None)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (BURNED, [DateValue(edtf=day) for day in ("2031-05-02", "2031-05", "2031-05-09")]),
        (
            LEFT,
            [DateValue(edtf="..", time=clock, approximate=clock == "09:44") for clock in ("09:40", "09:44", "09:48")],
        ),
        (OWNER, [Name(name=name) for name in ("Marta Lind", "Lind", "Leo Lind")]),
    ],
)
def test_an_answer_that_fits_two_others_does_not_make_them_one(question: str, values: list[Value]) -> None:
    for story in in_any_order(*((EARLY, value, {}) for value in values), question=question):
        (found,) = story.disagreements
        assert len(found.positions) == 2


def test_what_an_article_says_again_does_not_join_it_to_another_figure_of_others() -> None:
    a, b = drafts(EARLY, EARLY)
    a.figure(KILLED, 40)
    b.figure(KILLED, 40, hedge=Qualifier.AT_LEAST)
    b.figure(KILLED, 42)
    for story in (merge([a.summary(), b.summary()]), merge([b.summary(), a.summary()])):
        (found,) = story.agreements
        assert {claim.id for claim in found.positions[0].claims} == {"a#1", "b#1"}


def test_the_date_of_an_answer_is_its_latest_and_most_exact() -> None:
    told = [(date, Quantity(low=9, high=9), {}) for date in ("XXXX-05-03", "2031-05-03", "2031-05", "2031-04-30")]
    for story in in_any_order(*told, question=KILLED):
        (found,) = story.agreements
        assert found.positions[0].as_of == "2031-05-03"


def test_what_only_one_article_limits_is_found_alike_in_any_order_of_them() -> None:
    a, b, c = drafts("2031-05-08", "2031-05", "2031-05-03")
    a.figure(KILLED, 43)
    b.figure(KILLED, 23, period="2031-05-03")
    c.figure(KILLED, 43, period="2031-05", place="Karsholm")
    made = [draft.summary() for draft in (a, b, c)]
    assert len({str(_found(merge(order))) for order in permutations(made)}) == 1


# --- as long as there is time ---


@pytest.mark.soak
@pytest.mark.parametrize(("inputs", "law"), [pytest.param(inputs, law, id=name) for name, inputs, law in LAWS])
def test_random_inputs(inputs: st.SearchStrategy[Any], law: Law, capsys: pytest.CaptureFixture[str]) -> None:
    tried = 0

    def counted(value: Any) -> None:
        nonlocal tried
        tried += 1
        law(value)

    end = time.monotonic() + SECONDS / len(LAWS)
    while time.monotonic() < end:
        start = random.getrandbits(48)
        try:
            seed(start)(SOAKED(given(inputs)(counted)))()
        except BaseException as error:
            error.add_note(f"after {tried} examples; hypothesis seed {start}")
            raise
    with capsys.disabled():
        sys.stdout.write(f"\n{tried:,} examples of {law.__name__}\n")
