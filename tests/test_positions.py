"""Positions: one answer in two units, and what three positions of one question are to each other."""

from itertools import permutations
from typing import Any

import pytest
from support.claims import Draft, drafts

from summarizer import merge
from summarizer.positions import gather, position
from summarizer.schemas import Disagreement, MergedSummary, Relation
from summarizer.text.date_words import date_words

FIRST, SECOND, THIRD = "2031-05-03", "2031-05-05", "2031-05-08"
DEPTH = "How deep is the well in Velden?"
KILLED = "How many people were killed in Velden?"
POLICE: dict[str, Any] = {"attributed_to": "the police"}
HOSPITAL: dict[str, Any] = {"attributed_to": "the regional hospital"}


# --- one answer in two units ---


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        (((40, "m"), (131, "feet")), "40 m (131 feet)"),
        (((131, "feet"), (40, "m")), "131 feet (40 m)"),
        (((40, "m"), (131, "feet"), (132, "feet"), (40, "m")), "40 m (131 feet)"),
        (((40, "m"), (131, "feet"), (44, "yards")), "40 m (131 feet, 44 yards)"),
        (((40, "m"), (40, "m")), "40 m"),
        (((40, None), (40, None)), "40"),
    ],
)
def test_an_answer_told_in_two_units_shows_both(told: tuple[tuple[float, str | None], ...], answer: str) -> None:
    claims = [Draft(f"d{place}").figure(DEPTH, amount, unit=unit) for place, (amount, unit) in enumerate(told)]
    (held,) = gather(claims)
    assert position(held).answer == answer


def test_the_merged_story_shows_both_units() -> None:
    a, b, c = drafts(FIRST, FIRST, FIRST)
    a.figure(DEPTH, 40, unit="m")
    b.figure(DEPTH, 131, unit="feet")
    c.figure(DEPTH, 90, unit="m")
    (found,) = merge([a.summary(), b.summary(), c.summary()]).disagreements
    assert [answer.answer for answer in found.positions] == ["40 m (131 feet)", "90 m"]


# --- three positions ---


def story(*told: tuple[str | None, float, dict[str, Any]]) -> MergedSummary:
    """Articles with one figure each: date, number of the dead, fields."""
    made = drafts(*(date for date, _, _ in told))
    for draft, (_, count, fields) in zip(made, told, strict=True):
        draft.figure(KILLED, count, **fields)
    return merge([draft.summary() for draft in made])


def only(merged: MergedSummary) -> Disagreement:
    (found,) = merged.disagreements
    assert (merged.agreements, merged.single_source) == ((), ())
    return found


@pytest.mark.parametrize("dates", [(FIRST, FIRST, THIRD), (FIRST, THIRD, THIRD), (FIRST, SECOND, THIRD)])
@pytest.mark.parametrize("counts", [(4, 9, 12), (9, 4, 7), (4, 9, 7)])
def test_a_count_that_was_told_again_later_is_an_update(
    dates: tuple[str, str, str], counts: tuple[int, int, int]
) -> None:
    found = only(story(*((date, count, {}) for date, count in zip(dates, counts, strict=True))))
    assert (found.relation, found.subtype, found.severity) == (Relation.UPDATE, "progression", "medium")
    assert [answer.as_of for answer in found.positions] == sorted(dates)
    for date, count in zip(dates, counts, strict=True):
        told = found.rationale.split(date_words(date))[0].rsplit(";", 1)[-1]
        assert f"“{count}”" in told


def test_three_figures_of_one_day_contradict_each_other() -> None:
    found = only(story((FIRST, 4, {}), (FIRST, 9, {}), (FIRST, 12, {})))
    assert (found.relation, found.subtype) == (Relation.CONTRADICTION, "by_outlet")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_speakers_who_contradict_each_other_do_so_whatever_comes_later(order: tuple[int, ...]) -> None:
    told: tuple[tuple[str, float, dict[str, Any]], ...] = ((FIRST, 4, POLICE), (FIRST, 9, HOSPITAL), (THIRD, 12, {}))
    found = only(story(*(told[place] for place in order)))
    assert (found.relation, found.subtype, found.severity) == (Relation.CONTRADICTION, "by_source", "high")
    assert "the police" in found.rationale
    assert "the regional hospital" in found.rationale


def test_an_article_that_quotes_both_keeps_their_contradiction_beside_a_later_figure() -> None:
    a, b = drafts(FIRST, THIRD)
    a.figure(KILLED, 4, **POLICE)
    a.figure(KILLED, 9, **HOSPITAL)
    b.figure(KILLED, 12)
    found = only(merge([a.summary(), b.summary()]))
    assert (found.relation, found.subtype) == (Relation.CONTRADICTION, "by_source")


@pytest.mark.parametrize("second", [{}, POLICE])
def test_without_two_speakers_the_course_is_told(second: dict[str, Any]) -> None:
    found = only(story((FIRST, 4, POLICE), (FIRST, 9, second), (THIRD, 12, {})))
    assert (found.relation, found.subtype) == (Relation.UPDATE, "progression")
