"""Relations that dates decide: updates, contradictions, and what stays uncertain without them."""

import pytest
from support.claims import KILLED, drafts
from support.merging import ALARM, AT_LEAST, EARLY, LATE, LEFT, MARCH, OWNER, Write, figure, name, only, time, told

from summarizer import merge
from summarizer.positions import position
from summarizer.relations import relate
from summarizer.schemas import Relation
from summarizer.text.date_words import date_words

# --- update ---


@pytest.mark.parametrize("revising", [EARLY, LATE, None])
def test_the_later_of_two_positions_is_the_later_one_in_either_order(revising: str | None) -> None:
    a, b = drafts(EARLY, LATE)
    first, second = (position([d.figure(KILLED, n, revises=d.published == revising)]) for d, n in ((a, 9), (b, 5)))
    subtype = "correction" if revising == LATE else "progression"
    for found in (relate(first, second), relate(second, first)):
        assert (found.relation, found.subtype) == (Relation.UPDATE, subtype)
        assert found.rationale.startswith(f"“9” is as of {date_words(EARLY)}, “5” as of {date_words(LATE)}")


def test_the_rationale_of_a_denial_tells_what_came_first() -> None:
    a, b = drafts(EARLY, LATE)
    first, second = position([a.yes_no(ALARM, "no")]), position([b.yes_no(ALARM, "yes")])
    assert relate(first, second) == relate(second, first)
    assert f"“no” is of {date_words(EARLY)}, “yes” of {date_words(LATE)}" in relate(second, first).rationale


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
        assert date_words(LATE) in found.estimate.rule


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
    ],
)
def test_contradiction_by_outlet(one: Write, other: Write) -> None:
    found = only(told(one, other))
    assert (found.relation, found.subtype) == (Relation.CONTRADICTION, "by_outlet")
    assert date_words(EARLY) in found.rationale


@pytest.mark.parametrize("dates", [(EARLY, LATE), (EARLY, EARLY), (None, None)])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (time(LEFT, "09:42"), time(LEFT, "11:20")),
        (figure("How old is Marta Lind?", 34), figure("How old is Marta Lind?", 43)),
        (figure("How deep is the shaft?", 40, unit="m"), figure("How deep is the shaft?", 80, unit="m")),
    ],
    ids=["time", "age", "depth"],
)
def test_what_does_not_change_with_time_is_no_update(
    one: Write, other: Write, dates: tuple[str | None, str | None]
) -> None:
    found = only(told(one, other, dates=dates))
    assert found.relation is Relation.CONTRADICTION
    assert "does not change from day to day" in found.rationale


def test_figures_within_a_tenth_weigh_less() -> None:
    assert only(told(figure(KILLED, 100), figure(KILLED, 104))).severity == "medium"
    assert only(told(figure(KILLED, 100), figure(KILLED, 140))).severity == "high"


def test_an_article_that_tells_the_disagreement_itself() -> None:
    (a,) = drafts(EARLY)
    a.figure(MARCH, 4000, attributed_to="the police")
    a.figure(MARCH, 20000, attributed_to="the organisers")
    found = only(merge([a.summary()]))
    assert (found.relation, found.subtype) == (Relation.CONTRADICTION, "by_source")


# --- without dates ---


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


def test_days_without_a_year_are_no_common_time() -> None:
    found = only(told(figure(KILLED, 4, as_of="XXXX-05-05"), figure(KILLED, 9, as_of="2031-05-05")))
    assert found.relation is Relation.UNCERTAIN
    assert "cannot be ordered" in found.rationale


SHELLS = "How many shells hit the school in Velden?"
COUNTS = [
    SHELLS,
    KILLED,
    "What is the death toll of the Sorvik Bay ferry fire?",
    "How many boats sank in the Sorvik Bay storm?",
    "How many people took part in the march in Velden?",
    "How many houses were destroyed in Velden?",
    "How many votes did the mayor of Velden get?",
]
UNDATED = [(None, None), (EARLY, None), (None, EARLY)]


@pytest.mark.parametrize("dates", UNDATED)
@pytest.mark.parametrize("question", COUNTS)
def test_counts_stay_uncertain_without_dates(question: str, dates: tuple[str | None, str | None]) -> None:
    found = only(told(figure(question, 4), figure(question, 9), dates=dates))
    assert (found.relation, found.subtype, found.severity) == (Relation.UNCERTAIN, None, "medium")
    assert "no date" in found.rationale


def test_with_dates_a_count_made_once_is_an_update_like_any_other() -> None:
    found = only(told(figure(SHELLS, 4), figure(SHELLS, 9), dates=(EARLY, LATE)))
    assert (found.relation, found.subtype) == (Relation.UPDATE, "progression")


def test_undated_figures_that_overlap_differ_in_precision() -> None:
    found = only(told(figure(SHELLS, 30, hedge=AT_LEAST), figure(SHELLS, 32), dates=(None, None)))
    assert found.relation is Relation.PRECISION
