"""Relations: every row of the table, through `merge` on summaries made by hand, and the order of the rules."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.claims import INJURED, KILLED, Draft, drafts

from summarizer import merge
from summarizer.compare import estimate
from summarizer.positions import position
from summarizer.relations import ORDER, relate
from summarizer.schemas import Agreement, Certainty, Disagreement, MergedSummary, Position, Qualifier, Relation
from summarizer.schemas.edtf import bounds, has_year

ABOUT, AT_LEAST, MORE_THAN = Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.MORE_THAN
EARLY, LATE = "2031-05-03", "2031-05-08"
MARCH = "How many people took part in the Lantern March in Karsholm?"
LEFT = "At what time did the ferry leave Karsholm?"
ALARM = "Has Norvik confirmed that an alarm sounded on the ferry?"
OWNER = "Who owned the ferry that burned in Sorvik Bay?"
CAUSE = "What caused the fire on the ferry in Sorvik Bay?"
SLICK = "How long is the oil slick in Sorvik Bay?"

Write = Callable[[Draft], Any]


def told(one: Write, other: Write, *, dates: tuple[str | None, str | None] = (EARLY, EARLY)) -> MergedSummary:
    """Two articles with one claim each, merged."""
    a, b = drafts(*dates)
    one(a)
    other(b)
    return merge([a.summary(), b.summary()])


def only(story: MergedSummary) -> Disagreement:
    """The one disagreement of a story that holds nothing else."""
    assert (len(story.agreements), len(story.single_source)) == (0, 0)
    (found,) = story.disagreements
    return found


def agreed(story: MergedSummary) -> Agreement:
    """The one agreement of a story that holds nothing else."""
    assert (len(story.disagreements), len(story.single_source)) == (0, 0)
    (found,) = story.agreements
    assert len(found.positions) == 1
    return found


def figure(question: str, low: float | None, *more: Any, **fields: Any) -> Write:
    return lambda draft: draft.figure(question, low, *more, **fields)


def yes_no(question: str, answer: Any, **fields: Any) -> Write:
    return lambda draft: draft.yes_no(question, answer, **fields)


def time(question: str, clock: str, **fields: Any) -> Write:
    return lambda draft: draft.time(question, clock, **fields)


def name(question: str, who: str, **fields: Any) -> Write:
    return lambda draft: draft.name(question, who, **fields)


def wording(question: str, text: str, **fields: Any) -> Write:
    return lambda draft: draft.wording(question, text, **fields)


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
    assert EARLY in found.rationale
    assert LATE in found.rationale


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
    assert "2030-12 only" in found.rationale


def test_the_rationale_of_a_scope_names_both() -> None:
    one, other = figure(KILLED, 5, period="2030-12"), figure(KILLED, 9, period="2031-01")
    found = only(told(one, other))
    assert "2030-12" in found.rationale
    assert "2031-01" in found.rationale


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
    assert "2030-12 only" in found.rationale


# --- update ---


@pytest.mark.parametrize("revising", [EARLY, LATE, None])
def test_the_later_of_two_positions_is_the_later_one_in_either_order(revising: str | None) -> None:
    a, b = drafts(EARLY, LATE)
    first, second = (position([d.figure(KILLED, n, revises=d.published == revising)]) for d, n in ((a, 9), (b, 5)))
    subtype = "correction" if revising == LATE else "progression"
    for found in (relate(first, second), relate(second, first)):
        assert (found.relation, found.subtype) == (Relation.UPDATE, subtype)
        assert found.rationale.startswith(f"“9” is as of {EARLY}, “5” as of {LATE}")


def test_the_rationale_of_a_denial_tells_what_came_first() -> None:
    a, b = drafts(EARLY, LATE)
    first, second = position([a.yes_no(ALARM, "no")]), position([b.yes_no(ALARM, "yes")])
    assert relate(first, second) == relate(second, first)
    assert f"“no” is of {EARLY}, “yes” of {LATE}" in relate(second, first).rationale


@pytest.mark.parametrize(("first", "second"), [(5, 9), (9, 5)])
def test_an_update_is_ordered_by_date_and_never_by_size(first: int, second: int) -> None:
    for reverse in (False, True):
        writes, dates = [figure(KILLED, first), figure(KILLED, second)], [EARLY, LATE]
        if reverse:
            writes.reverse()
            dates.reverse()
        found = only(told(*writes, dates=(dates[0], dates[1])))
        assert (found.relation, found.subtype) == (Relation.UPDATE, "progression")
        assert [item.answer for item in found.positions] == [str(first), str(second)]
        assert found.estimate is not None
        assert (found.estimate.low, found.estimate.best, found.estimate.high) == (5, second, 9)
        assert LATE in found.estimate.rule


def test_a_later_article_that_revises_is_a_correction() -> None:
    found = only(told(figure(KILLED, 9), figure(KILLED, 5, revises=True), dates=(EARLY, LATE)))
    assert (found.relation, found.subtype) == (Relation.UPDATE, "correction")
    assert "revised" in found.rationale


@pytest.mark.parametrize("dates", [(EARLY, LATE), (EARLY, EARLY), (None, None)])
def test_an_article_that_names_the_figure_it_revises_needs_no_date(dates: tuple[str | None, str | None]) -> None:
    a, b = drafts(*dates)
    a.figure(KILLED, 41)
    b.figure(KILLED, 26, revises=True)
    b.figure(KILLED, 41, as_of=None)
    found = only(merge([a.summary(), b.summary()]))
    assert (found.relation, found.subtype) == (Relation.UPDATE, "correction")
    assert "26" in found.rationale


def test_a_chain_of_updates_is_in_the_order_of_time() -> None:
    a, b, c = drafts("2031-05-03", "2031-05-08", "2031-05-05")
    for draft, count in ((a, 4), (b, 9), (c, 6)):
        draft.figure(KILLED, count)
    found = only(merge([a.summary(), b.summary(), c.summary()]))
    assert found.relation is Relation.UPDATE
    assert [item.answer for item in found.positions] == ["4", "6", "9"]
    assert found.estimate is not None
    assert found.estimate.best == 9


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


# --- contradiction ---


def test_contradiction_by_source() -> None:
    police = figure(MARCH, 4000, attributed_to="the police")
    found = only(told(police, figure(MARCH, 20000, attributed_to="the organisers")))
    assert (found.relation, found.subtype, found.severity) == (Relation.CONTRADICTION, "by_source", "high")
    assert "the police" in found.rationale
    assert "the organisers" in found.rationale


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(KILLED, 4), figure(KILLED, 9)),
        (figure(KILLED, 4, attributed_to="the police"), figure(KILLED, 9)),
        (figure(KILLED, 4, attributed_to="the police"), figure(KILLED, 9, attributed_to="police")),
        (name(OWNER, "Aleksei Vornov"), name(OWNER, "Marta Lind")),
        (time(LEFT, "09:42"), time(LEFT, "11:20")),
    ],
)
def test_contradiction_by_outlet(one: Write, other: Write) -> None:
    found = only(told(one, other))
    assert (found.relation, found.subtype) == (Relation.CONTRADICTION, "by_outlet")
    assert EARLY in found.rationale


def test_figures_within_a_tenth_weigh_less() -> None:
    assert only(told(figure(KILLED, 100), figure(KILLED, 104))).severity == "medium"
    assert only(told(figure(KILLED, 100), figure(KILLED, 140))).severity == "high"


def test_an_article_that_tells_the_disagreement_itself() -> None:
    (a,) = drafts(EARLY)
    a.figure(MARCH, 4000, attributed_to="the police")
    a.figure(MARCH, 20000, attributed_to="the organisers")
    found = only(merge([a.summary()]))
    assert (found.relation, found.subtype) == (Relation.CONTRADICTION, "by_source")


# --- uncertain, characterisation ---


@pytest.mark.parametrize(
    ("dates", "missing"), [((None, None), ("4", "9")), ((EARLY, None), ("9",)), ((None, EARLY), ("4",))]
)
def test_without_dates_it_is_uncertain_and_says_what_is_missing(
    dates: tuple[str | None, str | None], missing: tuple[str, ...]
) -> None:
    found = only(told(figure(KILLED, 4), figure(KILLED, 9), dates=dates))
    assert (found.relation, found.subtype) == (Relation.UNCERTAIN, None)
    assert "no date" in found.rationale
    assert all((f"“{answer}”" in found.rationale) is (answer in missing) for answer in ("4", "9"))


def test_two_wordings_are_uncertain_to_rules() -> None:
    found = only(told(wording(CAUSE, "a short circuit"), wording(CAUSE, "arson by the owner")))
    assert found.relation is Relation.UNCERTAIN
    assert found.decided_by == "rule"


def test_tones_are_reported_as_such() -> None:
    asked = "How does the mayor of Karsholm describe the crew of the ferry?"
    found = only(told(wording(asked, "heroes of the bay"), wording(asked, "expendable men")))
    assert (found.relation, found.severity) == (Relation.CHARACTERISATION, "low")


# --- what holds for all ---

UNLIMITED = settings(deadline=None)  # machines differ
HEDGES = list(Qualifier)


KINDS = st.sampled_from(["figure", "figure", "figure", "yes_no", "time", "name", "text"])


def made(draw: st.DrawFn, id: str, kind: str) -> Position:
    """A position of one claim, with any value of one kind, dates, scope and source."""
    draft = Draft(id, draw(st.sampled_from([None, "2031-05-03", "2031-05-08", "2031-05", "XXXX-05"])))
    fields: dict[str, Any] = {
        "attributed_to": draw(st.sampled_from([None, "the police", "the organisers", "the regional hospital"])),
        "period": draw(st.sampled_from([None, "2030-12", "2031-01", "2030", "2031-05-02", "XXXX-12"])),
        "revises": draw(st.booleans()),
        "certainty": draw(st.sampled_from(Certainty)),
        "place": draw(st.sampled_from([None, "Karsholm", "Velden"])),
        "group": draw(st.sampled_from([None, None, "children", "civilians"])),
        "definition": draw(st.sampled_from([None, None, "includes_attacker", "nationwide"])),
    }
    match kind:
        case "figure":
            hedge, low = draw(st.sampled_from(HEDGES)), draw(st.integers(0, 120))
            high: Any = low + draw(st.integers(0, 40)) if hedge in (Qualifier.BETWEEN, Qualifier.VAGUE) else "same"
            claim = draft.figure(MARCH, low, high, hedge=hedge, **fields)
        case "yes_no":
            claim = draft.yes_no(ALARM, draw(st.sampled_from(["yes", "no", "uncommitted"])), **fields)
        case "time":
            claim = draft.time(LEFT, draw(st.sampled_from(["09:42", "09:45"])), about=draw(st.booleans()), **fields)
        case "name":
            claim = draft.name(OWNER, draw(st.sampled_from(["Marta Lind", "Leo Brandt"])), **fields)
        case _:
            claim = draft.wording(CAUSE, draw(st.sampled_from(["arson", "a short circuit"])), **fields)
    return position([claim])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Position, Position]:
    """Two positions on one question: their values are of one kind."""
    kind = draw(KINDS)
    return made(draw, "a", kind), made(draw, "b", kind)


@st.composite
def several(draw: st.DrawFn) -> list[Position]:
    """Two to four positions on one question."""
    kind = draw(KINDS)
    return [made(draw, id, kind) for id in "abcd"[: draw(st.integers(2, 4))]]


@UNLIMITED
@given(pairs())
def test_the_first_rule_that_matches_wins_in_either_order(pair: tuple[Position, Position]) -> None:
    a, b = pair
    found, back = relate(a, b), relate(b, a)
    assert (found.relation, found.subtype) == (back.relation, back.subtype)
    matching = [hit for rule in ORDER if (hit := rule(a, b))]
    assert found == matching[0] if matching else found.relation is Relation.UNCERTAIN
    assert found.rationale.endswith(".")


@UNLIMITED
@given(pairs())
def test_a_progression_is_told_only_between_dates_that_lie_apart(pair: tuple[Position, Position]) -> None:
    found = relate(*pair)
    if found.relation is Relation.UPDATE and found.subtype == "progression":
        dates = [answer.as_of or "" for answer in pair]
        earlier, later = sorted(dates)
        assert has_year(earlier)
        assert has_year(later)
        assert (bounds(earlier)[1] or date.max) < (bounds(later)[0] or date.min)


@UNLIMITED
@given(several(), st.sampled_from([item for item in Relation if item is not Relation.SCOPE]))
def test_an_estimate_lies_within_what_is_told(answers: list[Position], relation: Relation) -> None:
    found = estimate(answers, relation)
    figures = all(answer.value.kind == "quantity" for answer in answers)
    assert (found is not None) is figures
    assert estimate(answers, Relation.SCOPE) is None
    if found:
        assert found.low <= found.best <= found.high
        assert found.rule


def three() -> Iterator[tuple[Draft, ...]]:
    for order in permutations(drafts(None, None, None)):
        for draft, count in zip(order, (4, 9, 9), strict=True):
            draft.text, draft.claims = "", []
            draft.figure(KILLED, count)
        yield tuple(sorted(order, key=lambda draft: draft.id))


def test_without_dates_best_is_what_most_articles_say() -> None:
    for order in three():
        found = only(merge([draft.summary() for draft in order]))
        assert found.estimate is not None
        assert (found.estimate.low, found.estimate.best, found.estimate.high) == (4, 9, 9)
        assert "most articles (2)" in found.estimate.rule


def test_with_nothing_to_tell_best_is_the_lowest() -> None:
    found = only(told(figure(KILLED, 9), figure(KILLED, 4), dates=(None, None)))
    assert found.estimate is not None
    assert found.estimate.best == 4
    assert "lowest" in found.estimate.rule


def test_days_without_a_year_are_no_common_time() -> None:
    found = only(told(figure(KILLED, 4, as_of="XXXX-05-05"), figure(KILLED, 9, as_of="2031-05-05")))
    assert found.relation is Relation.UNCERTAIN
    assert "cannot be ordered" in found.rationale
