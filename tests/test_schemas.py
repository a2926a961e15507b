"""The shapes: what cannot be built, because it would not be true."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from support.claims import KILLED, PROVENANCE, Draft, drafts

from summarizer import merge
from summarizer.schemas import (
    Agreement,
    Article,
    Check,
    Cited,
    Claim,
    DateValue,
    Disagreement,
    Estimate,
    EventSummary,
    Evidence,
    MergedSummary,
    Position,
    Quantity,
    Relation,
    SingleSource,
    Usage,
)
from summarizer.schemas.edtf import bounds, check_edtf, has_year

NO_END = None


def dumped() -> dict[str, Any]:
    """A verified claim as plain data, to be spoilt."""
    draft = Draft("a", "2031-05-06")
    draft.figure(KILLED, 37, attributed_to="the coast guard")
    return draft.claims[0].model_dump()


def test_a_claim_comes_back_as_it_was() -> None:
    assert Claim.model_validate(dumped()).model_dump() == dumped()


def failed_check(claim: dict[str, Any]) -> None:
    claim["checks"] = (Check(name="number", passed=False, reason="37 does not stand in the evidence").model_dump(),)


def no_check(claim: dict[str, Any]) -> None:
    claim["checks"] = ()


def no_evidence(claim: dict[str, Any]) -> None:
    claim["evidence"] = ()


def unverified_without_reason(claim: dict[str, Any]) -> None:
    claim["status"] = "unverified"


def evidence_of_another_article(claim: dict[str, Any]) -> None:
    claim["evidence"] = ({**claim["evidence"][0], "article": "b"},)


def date_without_basis(claim: dict[str, Any]) -> None:
    claim["as_of_basis"] = None


def no_date(claim: dict[str, Any]) -> None:
    claim["period"] = "last summer"


def unknown_field(claim: dict[str, Any]) -> None:
    claim["atributed_to"] = "a slip of the pen"


def empty_answer(claim: dict[str, Any]) -> None:
    claim["answer"] = ""


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (failed_check, "a verified claim has evidence and passes every check; failed: ['number']"),
        (no_check, "a verified claim has evidence and passes every check"),
        (no_evidence, "a verified claim has evidence and passes every check"),
        (unverified_without_reason, "an unverified claim says which check it failed"),
        (evidence_of_another_article, "cites another article"),
        (date_without_basis, "as_of and as_of_basis go together"),
        (no_date, "'last summer' is not an EDTF date"),
        (unknown_field, "Extra inputs are not permitted"),
        (empty_answer, "at least 1 character"),
    ],
)
def test_an_untrue_claim_cannot_be_built(spoil: Callable[[dict[str, Any]], None], message: str) -> None:
    data = dumped()
    spoil(data)
    with pytest.raises(ValidationError) as error:
        Claim.model_validate(data)
    assert message in str(error.value)


def test_an_unverified_claim_gives_its_reasons() -> None:
    draft = Draft("a")
    draft.unverified(KILLED, "40", "number", "40 does not stand in the evidence")
    assert draft.claims[0].reasons == ["40 does not stand in the evidence"]
    assert not draft.claims[0].verified


def test_a_record_cannot_be_changed() -> None:
    claim = Claim.model_validate(dumped())
    with pytest.raises(ValidationError, match="frozen"):
        claim.answer = "38"


def test_a_quote_has_the_length_of_its_span() -> None:
    with pytest.raises(ValidationError, match="the quote has 5 characters, its span 4"):
        Evidence(article="a", start=0, end=4, quote="Smoke")


def test_evidence_is_checked_to_the_letter() -> None:
    article = Article(id="a", text="Smoke rose over the pier.")
    Evidence(article="a", start=0, end=5, quote="Smoke").check(article)
    with pytest.raises(ValueError, match="is not the text of article 'a'"):
        Evidence(article="a", start=0, end=5, quote="smoke").check(article)
    with pytest.raises(ValueError, match="was checked against article 'a'"):
        Evidence(article="b", start=0, end=5, quote="Smoke").check(article)


def test_a_text_has_the_hash_that_is_given_with_it() -> None:
    text = "Über dem Kai stand Rauch."
    right = hashlib.sha256(text.encode()).hexdigest()
    assert Article(id="a", text=text).sha256 == right
    assert Article(id="a", text=text, sha256=right).sha256 == right
    with pytest.raises(ValidationError, match="does not have the SHA-256"):
        Article(id="a", text=text + " ", sha256=right)


@pytest.mark.parametrize("text", ["", "\ud800"])
def test_a_text_that_no_file_can_hold_is_none(text: str) -> None:
    with pytest.raises(ValidationError):
        Article(id="a", text=text)


UNLIMITED = settings(deadline=None)  # machines differ
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


@UNLIMITED
@given(numbers, numbers)
def test_a_quantity_is_an_interval(low: float, high: float) -> None:
    if low <= high:
        assert Quantity(low=low, high=high).low == low
    else:
        with pytest.raises(ValidationError, match="is above high"):
            Quantity(low=low, high=high)


def test_a_quantity_has_a_number() -> None:
    assert Quantity(low=0, high=None).low == 0
    with pytest.raises(ValidationError, match="needs a low or a high number"):
        Quantity(low=None, high=None)


@UNLIMITED
@given(numbers, numbers, numbers)
def test_an_estimate_is_in_order(low: float, best: float, high: float) -> None:
    if low <= best <= high:
        assert Estimate(low=low, best=best, high=high, rule="latest").best == best
    else:
        with pytest.raises(ValidationError, match="are not in order"):
            Estimate(low=low, best=best, high=high, rule="latest")


@pytest.mark.parametrize("time", ["9:42", "24:00", "09:60", "noon", "09:42:10"])
def test_a_time_of_day_is_written_in_one_way(time: str) -> None:
    with pytest.raises(ValidationError):
        DateValue(edtf="2031-05-06", time=time)


@pytest.mark.parametrize(
    "text",
    ["2031-05-06", "2031-05", "2031", "2031-05~", "2030/2031", "../2031-05", "2031-05/..", "XXXX-12", ".."],
)
def test_dates_are_edtf(text: str) -> None:
    assert check_edtf(text) == text


@pytest.mark.parametrize("text", ["", "yesterday", "06.05.2031", "2031-13", "2031-02-30", "2031-5-6", "May 2031"])
def test_what_is_not_edtf_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not an EDTF date"):
        check_edtf(text)


@pytest.mark.parametrize(
    ("text", "known"), [("2031", True), ("2031-05~", True), ("XXXX-12", False), ("XXXX-12-24", False), ("..", False)]
)
def test_a_date_without_a_year_is_known_as_such(text: str, known: bool) -> None:
    assert has_year(text) is known


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2031-05-06", date(2031, 5, 6), date(2031, 5, 6)),
        ("2030-12", date(2030, 12, 1), date(2030, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2031-05~", date(2031, 5, 1), date(2031, 5, 31)),
        ("2030-12/2031-01", date(2030, 12, 1), date(2031, 1, 31)),
        ("2030-12/..", date(2030, 12, 1), NO_END),
        ("../2030-12", NO_END, date(2030, 12, 31)),
        ("XXXX-12", NO_END, NO_END),
        ("..", NO_END, NO_END),
    ],
)
def test_bounds_are_the_first_and_the_last_day(text: str, first: date | None, last: date | None) -> None:
    assert bounds(text) == (first, last)


def pair() -> tuple[Draft, Draft]:
    """Two articles with one claim each, on one question."""
    a, b = drafts("2031-05-06", "2031-05-06")
    a.figure(KILLED, 37)
    b.figure(KILLED, 41)
    return a, b


def held(claim: Claim, **changes: Any) -> Position:
    fields = {"answer": claim.answer, "value": claim.value, "articles": (claim.article,)}
    return Position(**{**fields, "claims": (claim,), "evidence": claim.evidence, **changes})


def story(a: Draft, b: Draft, **changes: Any) -> MergedSummary:
    one, other = SingleSource(id="q1", question=KILLED, positions=(held(a.claims[0]),)), held(b.claims[0])
    fields: dict[str, Any] = {
        "articles": (a.article(), b.article()),
        "headline": None,
        "narrative": (),
        "disagreements": (),
        "agreements": (),
        "single_source": (one, SingleSource(id="q2", question=KILLED, positions=(other,))),
        "unverified": (),
        "failures": (),
        "usage": Usage(),
        "provenance": PROVENANCE,
    }
    return MergedSummary(**{**fields, **changes})


def test_a_claim_stands_in_one_place() -> None:
    a, b = pair()
    twice = Agreement(id="q3", question=KILLED, positions=(held(a.claims[0]),), rationale="Same answer.")
    assert len(story(a, b).single_source) == 2
    with pytest.raises(ValidationError, match="a claim stands in two places"):
        story(a, b, agreements=(twice,))


def test_a_story_quotes_its_own_articles_only() -> None:
    a, b = pair()
    with pytest.raises(ValidationError, match="cites article 'b', which is not in the result"):
        story(a, b, articles=(a.article(),))
    with pytest.raises(ValidationError, match="article ids repeat"):
        story(a, b, articles=(a.article(), a.article()))
    changed = Article(id="b", text=b.text.replace("41", "14"))
    with pytest.raises(ValidationError, match="is not the text of article 'b'"):
        story(a, b, articles=(a.article(), changed))


def test_a_narrative_cites_claims_that_are_there() -> None:
    a, b = pair()
    with pytest.raises(ValidationError, match="cites claims that are not verified"):
        story(a, b, narrative=(Cited(text="Some died.", claims=("a#1", "a#9")),))
    with pytest.raises(ValidationError, match="at least 1 item"):
        Cited(text="Some died.", claims=())


def test_a_position_rests_on_verified_claims_of_its_articles() -> None:
    a, b = pair()
    a.unverified(KILLED, "40", "number", "40 does not stand in the evidence")
    with pytest.raises(ValidationError, match="rests on verified claims only"):
        held(a.claims[1])
    with pytest.raises(ValidationError, match="lists the articles of its claims"):
        held(b.claims[0], articles=("a", "b"))


@pytest.mark.parametrize("relation", [Relation.AGREEMENT, Relation.NOT_COMPARABLE])
def test_what_is_no_disagreement_cannot_be_one(relation: Relation) -> None:
    a, b = pair()
    with pytest.raises(ValidationError, match="is not a disagreement"):
        Disagreement(
            id="q1",
            question=KILLED,
            positions=(held(a.claims[0]), held(b.claims[0])),
            relation=relation,
            severity="low",
            decided_by="rule",
            rationale="None.",
        )


def test_a_disagreement_has_two_sides() -> None:
    a, _ = pair()
    with pytest.raises(ValidationError, match="at least two positions"):
        Disagreement(
            id="q1",
            question=KILLED,
            positions=(held(a.claims[0]),),
            relation=Relation.CONTRADICTION,
            severity="high",
            decided_by="rule",
            rationale="None.",
        )


def test_a_summary_holds_its_own_claims_once() -> None:
    a, b = pair()
    with pytest.raises(ValidationError, match="belongs to article 'b', not 'a'"):
        EventSummary(article=a.article(), claims=(b.claims[0],), provenance=PROVENANCE)
    with pytest.raises(ValidationError, match="claim ids repeat"):
        EventSummary(article=a.article(), claims=(a.claims[0], a.claims[0]), provenance=PROVENANCE)


def test_a_header_cites_verified_claims() -> None:
    a, _ = pair()
    a.unverified(KILLED, "40", "number", "40 does not stand in the evidence")
    with pytest.raises(ValidationError, match="who cites claims that are not verified"):
        EventSummary(
            article=a.article(),
            who=Cited(text="40 people", claims=("a#2",)),
            claims=tuple(a.claims),
            provenance=PROVENANCE,
        )


counts = st.integers(0, 10**9)
usages = st.builds(Usage, calls=counts, reasks=counts, output_tokens=counts, cached_tokens=counts, seconds=counts)


@UNLIMITED
@given(usages, usages)
def test_usage_adds_up_and_drops_the_ratio(one: Usage, other: Usage) -> None:
    total = one.per_claim(3) + other.per_claim(5)
    assert total.output_tokens_per_verified_claim is None
    assert total.model_dump(exclude={"output_tokens_per_verified_claim"}) == {
        name: getattr(one, name) + getattr(other, name)
        for name in Usage.model_fields
        if name != "output_tokens_per_verified_claim"
    }


def test_usage_per_claim_is_none_for_no_claims() -> None:
    assert Usage(output_tokens=40).per_claim(0).output_tokens_per_verified_claim is None
    assert Usage(output_tokens=40).per_claim(16).output_tokens_per_verified_claim == 2.5
    assert Usage(output_tokens=8, reused_output_tokens=32).per_claim(16).output_tokens_per_verified_claim == 2.5


def test_a_spoilt_story_is_refused_when_it_is_read_back() -> None:
    a, b = pair()
    text = merge([a.summary(), b.summary()]).model_dump_json()
    with pytest.raises(ValidationError):
        MergedSummary.model_validate_json(text.replace("It is 37.", "It is 73.", 1))
