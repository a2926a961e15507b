"""Relations and estimates: what holds for any positions, and the order of the rules."""

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.claims import KILLED, Draft, drafts
from support.merging import ALARM, CAUSE, LEFT, MARCH, OWNER, figure, only, told

from summarizer import merge
from summarizer.compare import estimate
from summarizer.positions import position
from summarizer.relations import ORDER, relate
from summarizer.schemas import Certainty, Position, Qualifier, Relation
from summarizer.schemas.edtf import bounds, has_year

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


def test_figures_in_two_units_are_estimated_in_one() -> None:
    depth = "How deep was the shaft in Karsholm?"
    found = only(told(figure(depth, 80, unit="feet"), figure(depth, 61, unit="m")))
    assert found.estimate is not None
    assert found.estimate.unit == "m"
    assert (found.estimate.low, found.estimate.high) == (pytest.approx(24.384), 61)
    assert found.estimate.best == found.estimate.low


def test_figures_in_two_units_that_nearly_agree_weigh_less() -> None:
    depth = "How deep was the shaft in Karsholm?"
    found = only(told(figure(depth, 262, unit="feet"), figure(depth, 73, unit="m")))
    assert found.relation is Relation.CONTRADICTION
    assert found.severity == "medium"


def test_two_currencies_have_no_estimate() -> None:
    cost = "How much did the repair of the quay in Karsholm cost?"
    a, b = drafts(None, None)
    euros, dollars = position([a.figure(cost, 12, unit="EUR")]), position([b.figure(cost, 14, unit="USD")])
    assert estimate([euros, dollars], Relation.CONTRADICTION) is None
