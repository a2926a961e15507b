"""Relations: every row of the table but those that dates decide, through `merge` on summaries made by hand."""

from typing import Any

import pytest
from support.claims import INJURED, KILLED, Draft, drafts
from support.merging import (
    ABOUT,
    ALARM,
    AT_LEAST,
    CAUSE,
    EARLY,
    LATE,
    LEFT,
    MARCH,
    MORE_THAN,
    OWNER,
    SLICK,
    Write,
    agreed,
    figure,
    name,
    only,
    time,
    told,
    wording,
    yes_no,
)

from summarizer.positions import position
from summarizer.relations import relate
from summarizer.schemas import Certainty, Qualifier, Relation
from summarizer.text.date_words import date_words

# --- not comparable ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure("How old was Ines Maro?", 24), figure("How old was Leo Brandt?", 31)),
        (figure(KILLED, 24, period="2019"), figure(KILLED, 31)),
        (
            figure("How many people were killed in the 2019 ferry fire?", 24),
            figure("How many people were killed in the 2031 ferry fire?", 31),
        ),
        (figure(KILLED, 24), figure(INJURED, 31)),
    ],
    ids=["another person", "another year by period", "another year by question", "another outcome"],
)
def test_another_event_or_referent_is_split(one: Write, other: Write) -> None:
    story = told(one, other)
    assert (story.disagreements, story.agreements) == ((), ())
    assert [len(item.positions) for item in story.single_source] == [1, 1]


# --- agreement ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(MARCH, 12300, answer="12 300"), figure(MARCH, 12300, answer="12.300")),
        (figure(KILLED, 598), figure(KILLED, 600, hedge=ABOUT)),
        (figure(KILLED, 100, hedge=AT_LEAST), figure(KILLED, 100, hedge=MORE_THAN)),
        (figure(KILLED, 5, hedge=AT_LEAST), figure(KILLED, 5)),
        (time(LEFT, "09:42"), time(LEFT, "09:45", about=True)),
        (time(LEFT, "23:58", about=True), time(LEFT, "00:02")),
        (yes_no(ALARM, "yes", attributed_to="Norvik"), yes_no(ALARM, "yes", attributed_to="Norvik")),
        (name(OWNER, "Aleksei Vornov"), name(OWNER, "Aleksey Vornov")),
        (name(OWNER, "Aleksei Vornov"), name(OWNER, "Алексей Ворнов")),
        (wording(CAUSE, "a short circuit"), wording(CAUSE, "the short circuit")),
    ],
)
def test_equal_within_wording_rounding_and_spelling(one: Write, other: Write) -> None:
    found = agreed(told(one, other))
    assert found.positions[0].articles == ("a", "b")
    assert found.decided_by == "rule"


def test_equal_within_unit() -> None:
    agreed(told(figure(SLICK, 3, unit="km"), figure(SLICK, 3000, unit="m")))


def test_one_answer_in_one_unit_agrees() -> None:
    agreed(told(figure(SLICK, 3, unit="km"), figure(SLICK, 3, unit="km")))


def test_a_time_is_only_near_where_one_is_approximate() -> None:
    assert only(told(time(LEFT, "09:42"), time(LEFT, "09:45"))).relation is Relation.CONTRADICTION
    assert only(told(time(LEFT, "09:42"), time(LEFT, "10:45", about=True))).relation is Relation.CONTRADICTION


def test_the_same_value_agrees_whatever_the_dates() -> None:
    agreed(told(figure(KILLED, 5), figure(KILLED, 5), dates=(EARLY, LATE)))
    agreed(told(figure(KILLED, 5), figure(KILLED, 5), dates=(None, LATE)))


def test_one_original_source_is_no_corroboration() -> None:
    one = figure(KILLED, 5, attributed_to="the coast guard")
    same = agreed(told(one, figure(KILLED, 5, attributed_to="Coast Guard")))
    assert same.independent_sources == 1
    assert "no corroboration" in same.rationale
    assert "coast guard" in same.rationale


def test_independent_sources_are_counted() -> None:
    police = figure(KILLED, 5, attributed_to="the police")
    two = agreed(told(police, figure(KILLED, 5, attributed_to="the regional hospital")))
    assert two.independent_sources == 2
    assert "no corroboration" not in two.rationale


def test_an_unnamed_source_leaves_the_number_of_sources_open() -> None:
    assert agreed(told(figure(KILLED, 5, attributed_to="the police"), figure(KILLED, 5))).independent_sources is None


# --- denial ---


def test_affirming_and_denying() -> None:
    found = only(told(yes_no(ALARM, "yes", attributed_to="Norvik"), yes_no(ALARM, "no", attributed_to="Norvik")))
    assert (found.relation, found.subtype, found.severity) == (Relation.DENIAL, None, "high")
    assert found.estimate is None


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_not_committing_is_not_a_denial(answer: str) -> None:
    one = yes_no(ALARM, "uncommitted", attributed_to="Norvik")
    found = only(told(one, yes_no(ALARM, answer, attributed_to="Norvik")))
    assert (found.relation, found.subtype) == (Relation.DENIAL, "non_confirmation")
    assert "not a denial" in found.rationale


def test_a_denial_stays_one_over_time_and_tells_the_dates() -> None:
    one, other = yes_no(ALARM, "no", attributed_to="Norvik"), yes_no(ALARM, "yes", attributed_to="Norvik")
    found = only(told(other, one, dates=(LATE, EARLY)))
    assert found.relation is Relation.DENIAL
    assert [item.answer for item in found.positions] == ["no", "yes"]
    assert date_words(EARLY) in found.rationale
    assert date_words(LATE) in found.rationale


# --- scope ---


SCOPES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"period": "2030-12"}, {"period": "2031-01"}),
    ({"place": "Karsholm"}, {"place": "Velden"}),
    ({"definition": "includes_attacker"}, {"definition": "excludes_attacker"}),
    ({"definition": "includes_attacker"}, {}),
]


@pytest.mark.parametrize("later", [EARLY, LATE])
@pytest.mark.parametrize(("one", "other"), SCOPES, ids=["periods", "places", "ways of counting", "one way of counting"])
def test_another_scope_comes_before_an_update(one: dict[str, Any], other: dict[str, Any], later: str) -> None:
    found = only(told(figure(KILLED, 5, **one), figure(KILLED, 9, **other), dates=(EARLY, later)))
    assert (found.relation, found.severity) == (Relation.SCOPE, "medium")
    assert found.estimate is None


def test_a_period_on_one_side_alone() -> None:
    found = only(told(figure(KILLED, 5, period="2030-12"), figure(KILLED, 9)))
    assert found.relation is Relation.SCOPE
    assert "December 2030 only" in found.rationale


def test_the_rationale_of_a_scope_names_both() -> None:
    one, other = figure(KILLED, 5, period="2030-12"), figure(KILLED, 9, period="2031-01")
    found = only(told(one, other))
    assert "December 2030" in found.rationale
    assert "January 2031" in found.rationale


def test_a_month_and_its_year_are_two_scopes() -> None:
    found = only(told(figure(KILLED, 100, period="2030-12"), figure(KILLED, 600, period="2030")))
    assert found.relation is Relation.SCOPE


def test_a_month_and_the_whole_war_are_two_scopes() -> None:
    found = only(told(figure(KILLED, 100, period="2030-12"), figure(KILLED, 600, period="2030-10/2031-04")))
    assert found.relation is Relation.SCOPE


def test_the_rationale_does_not_disown_a_stated_period() -> None:
    found = only(told(figure(KILLED, 100, period="2030-12"), figure(KILLED, 600, period="2030-10/2031-04")))
    assert "names no period" not in found.rationale


def test_different_groups_are_two_scopes() -> None:
    a, b = drafts(EARLY, EARLY)
    children, civilians = a.figure(KILLED, 5, group="children"), b.figure(KILLED, 9, group="civilians")
    found = relate(position([children]), position([civilians]))
    assert found.relation is Relation.SCOPE
    assert "children" in found.rationale


def test_a_period_on_one_side_and_no_dates_says_what_cannot_be_told() -> None:
    found = only(told(figure(KILLED, 100, period="2030-12"), figure(KILLED, 600), dates=(None, None)))
    assert found.relation is Relation.SCOPE
    assert "without dates" in found.rationale


def test_a_later_figure_without_the_period_is_an_update_that_notes_it() -> None:
    one, other = figure(KILLED, 100, hedge=AT_LEAST, period="2030-12"), figure(KILLED, 600, hedge=ABOUT)
    found = only(told(one, other, dates=("2030-12-20", "2031-08-22")))
    assert found.relation is Relation.UPDATE
    assert "December 2030 only" in found.rationale


# --- precision ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(MARCH, 10000, hedge=ABOUT), figure(MARCH, 10000, hedge=MORE_THAN)),
        (figure(KILLED, 24, 99, hedge=Qualifier.VAGUE), figure(KILLED, 37)),
        (figure(KILLED, 30, 50, hedge=Qualifier.BETWEEN), figure(KILLED, 40, 60, hedge=Qualifier.BETWEEN)),
        (figure(KILLED, 30, hedge=AT_LEAST), figure(KILLED, 37)),
    ],
    ids=["some and more than", "dozens and 37", "ranges", "at least and 37"],
)
def test_overlapping_figures_differ_in_precision(one: Write, other: Write) -> None:
    found = only(told(one, other))
    assert (found.relation, found.severity) == (Relation.PRECISION, "low")


@pytest.mark.parametrize("dates", [(EARLY, LATE), (LATE, EARLY), (None, None), (EARLY, None)])
def test_the_same_number_in_other_words_is_no_update(dates: tuple[str | None, str | None]) -> None:
    some, more = figure(MARCH, 10000, hedge=ABOUT), figure(MARCH, 10000, hedge=MORE_THAN)
    assert only(told(some, more, dates=dates)).relation is Relation.PRECISION
    dozens, exact = figure(KILLED, 24, 99, hedge=Qualifier.VAGUE), figure(KILLED, 37)
    assert only(told(dozens, exact, dates=dates)).relation is Relation.PRECISION


# --- attribution ---


def test_fact_and_allegation_differ_in_attribution() -> None:
    sure, alleged = (
        position([Draft(id_, EARLY).yes_no(ALARM, "yes", certainty=level)])
        for id_, level in (("a", Certainty.REPORTED), ("b", Certainty.ALLEGED))
    )
    assert relate(sure, alleged).relation is Relation.ATTRIBUTION


def test_fact_and_allegation_differ_in_attribution_in_a_story() -> None:
    sure, alleged = yes_no(ALARM, "yes"), yes_no(ALARM, "yes", certainty=Certainty.ALLEGED)
    assert only(told(sure, alleged)).relation is Relation.ATTRIBUTION


# --- characterisation ---


def test_tones_are_reported_as_such() -> None:
    asked = "How does the mayor of Karsholm describe the crew of the ferry?"
    found = only(told(wording(asked, "heroes of the bay"), wording(asked, "expendable men")))
    assert (found.relation, found.severity) == (Relation.CHARACTERISATION, "low")


def test_a_vague_figure_without_a_least_has_the_most_it_can_mean() -> None:
    found = only(told(figure(KILLED, None, 2, hedge=Qualifier.VAGUE), figure(KILLED, 9), dates=(None, None)))
    assert found.estimate is not None
    assert (found.estimate.low, found.estimate.best, found.estimate.high) == (2, 2, 9)
