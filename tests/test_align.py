"""Alignment: which claims answer one question, over articles and wordings, and which never do."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.claims import INJURED, KILLED, Draft, drafts

from summarizer.align import align, settle
from summarizer.schemas import Claim, Quantity

DAY = "2031-05-06"


def joined(one: Claim, other: Claim, *more: Claim) -> bool:
    """Whether the first two stand in one group."""
    groups = align([one, other, *more]).groups
    return next(group for group in groups if one in group.claims) is next(g for g in groups if other in g.claims)


def figures(first: str, second: str, *counts: int, **fields: Any) -> tuple[Claim, Claim]:
    """Two figures of two articles; `fields` go to the second."""
    a, b = drafts(DAY, DAY)
    low, high = counts or (4, 9)
    return a.figure(first, low), b.figure(second, high, **fields)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (KILLED, KILLED),
        (KILLED, "How many people died when the ferry burned in Sorvik Bay?"),
        (KILLED, "How many dead were there in the ferry fire in Sorvik Bay?"),
        (KILLED, "What is the death toll of the Sorvik Bay ferry fire?"),
        (INJURED, "How many people were hurt in the ferry fire in Sorvik Bay?"),
        ("How many people took part in the Lantern March?", "How many marchers joined the Lantern March?"),
        ("How old was Ines Maro?", "What age was Ines Maro?"),
        ("What percentage of the lifeboats failed?", "What share of the lifeboats failed?"),
    ],
)
def test_one_question_in_other_words_joins(first: str, second: str) -> None:
    assert joined(*figures(first, second))


def test_times_and_causes_in_other_words_join() -> None:
    a, b = drafts(DAY, DAY)
    assert joined(
        a.time("At what time did the ferry leave Karsholm?", "09:42"),
        b.time("What time did the ferry leave the port of Karsholm?", "09:45", about=True),
    )
    assert joined(
        a.wording("What caused the fire on the ferry Lindholm?", "a faulty pump"),
        b.wording("What caused the ferry Lindholm to catch fire?", "arson"),
    )


def test_three_articles_make_one_group() -> None:
    a, b, c = drafts(DAY, DAY, DAY)
    wordings = (
        KILLED,
        "How many people died in the Sorvik Bay ferry fire?",
        "How many died in the ferry fire?",
    )
    claims = [draft.figure(question, 4) for draft, question in zip((a, b, c), wordings, strict=True)]
    (group,) = align(claims).groups
    assert group.articles == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (KILLED, INJURED),
        (KILLED, "How many people were missing after the Sorvik Bay ferry fire?"),
        (KILLED, "How many people were arrested after the Sorvik Bay ferry fire?"),
        (INJURED, "How many people were rescued from the Sorvik Bay ferry fire?"),
        ("How old was Ines Maro?", "How old was Leo Brandt?"),
        ("How old was Ines Maro?", "How old was the captain?"),
        (
            "How old was Ines Maro, the sailor killed in the ferry fire?",
            "How old was Leo Brandt, the sailor killed in the ferry fire?",
        ),
        (KILLED, "How old were the people killed in the Sorvik Bay ferry fire?"),
        ("How many people were killed in the 2019 ferry fire?", "How many people were killed in the 2031 ferry fire?"),
    ],
)
def test_different_questions_never_join_however_alike(first: str, second: str) -> None:
    one, other = figures(first, second)
    assert not joined(one, other)
    assert not joined(other, one)


def test_ages_of_two_people_at_one_place_never_join() -> None:
    first = "How old was Ines Maro, the sailor killed in the Sorvik Bay ferry fire?"
    assert not joined(*figures(first, first.replace("Ines Maro", "Leo Brandt"), 24, 31))


@pytest.mark.parametrize("group", ["children", "police", "serious", "civilians"])
def test_a_part_of_the_people_is_not_all_of_them(group: str) -> None:
    assert not joined(*figures(INJURED, INJURED.replace("people", group), group=group))


def test_two_parts_of_the_people_are_two_questions() -> None:
    a, b = drafts(DAY, DAY)
    children = a.figure(KILLED.replace("people", "children"), 4, group="children")
    assert joined(children, b.figure(KILLED.replace("people", "children"), 5, group="children"))
    assert not joined(children, b.figure(KILLED.replace("people", "sailors"), 5, group="soldiers"))


def test_another_years_event_never_joins() -> None:
    assert not joined(*figures(KILLED, KILLED, period="2019"))
    assert joined(*figures(KILLED, KILLED, period="2031-05-02"))


def test_a_measure_is_no_count() -> None:
    a, b = drafts(DAY, DAY)
    asked = "How large was the oil slick in Sorvik Bay?"
    assert not joined(a.figure(asked, 4, unit="km"), b.figure(asked, 4, unit="EUR"))


def test_a_figure_and_a_confirmation_are_two_questions() -> None:
    a, b = drafts(DAY, DAY)
    assert not joined(a.figure(KILLED, 4), b.yes_no("Were people killed in the Sorvik Bay ferry fire?", "yes"))


@pytest.mark.parametrize("answer", ["yes", "no", "uncommitted"])
def test_what_one_body_confirms_or_denies_joins(answer: Any) -> None:
    a, b = drafts(DAY, DAY)
    one = a.yes_no("Has Norvik confirmed that an alarm sounded on the ferry?", "no", attributed_to="Norvik")
    other = b.yes_no("Did Norvik admit that the ferry's alarm had sounded?", answer, attributed_to="Norvik")
    assert joined(one, other)


def test_an_articles_second_figure_is_split_off() -> None:
    a, b = drafts(DAY, DAY)
    first, second = a.figure(KILLED, 4), a.figure(KILLED, 700)
    other = b.figure(KILLED, 4)
    groups = align([first, second, other]).groups
    assert sorted(sorted(claim.id for claim in group.claims) for group in groups) == [["a#1", "b#1"], ["a#2"]]


def test_an_article_that_tells_both_sides_stays_whole() -> None:
    (a,) = drafts(DAY)
    asked = "How many people took part in the Lantern March?"
    police = a.figure(asked, 4000, attributed_to="the police")
    assert joined(police, a.figure(asked, 20000, attributed_to="the organisers"))


# --- what is counted and measured ---


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("How many sites were attacked in Karsholm?", "How many people were attacked in Karsholm?"),
        ("How many bridges were destroyed in Velden?", "How many houses were destroyed in Velden?"),
        ("How many diggers were brought to Velden?", "How many pumps were brought to Velden?"),
        ("How many boats did the storm sink in Velden?", "How many cars did the storm sink in Velden?"),
        ("How many police cars were hit in Velden?", "How many police officers were hit in Velden?"),
        ("How many cars burnt in Velden?", "How many houses burnt in Velden?"),
    ],
)
def test_figures_of_two_things_never_join(first: str, second: str) -> None:
    assert not joined(*figures(first, second))
    assert not joined(*figures(second, first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("How many diggers were brought to Velden?", "How many excavators were brought to Velden?"),
        ("How many houses did the quake in Velden destroy?", "How many homes did the earthquake in Velden destroy?"),
        ("How strong was the quake in Velden?", "How strong was the earthquake in Velden?"),
        ("How many bridges collapsed in Velden?", "How many bridges gave way in Velden?"),
    ],
)
def test_two_words_for_one_thing_join(first: str, second: str) -> None:
    assert joined(*figures(first, second))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("How deep is the well in Velden?", "How deep was the well in Velden?", True),
        ("How deep is the well in Velden?", "What is the depth of the well in Velden?", True),
        ("How wide is the crater in Velden?", "What is the diameter of the crater in Velden?", True),
        ("How deep is the well in Velden?", "How wide is the crater in Velden?", False),
        ("How deep is the well in Velden?", "How wide is the well in Velden?", False),
        ("How deep is the well in Velden?", "How deep is the crater in Velden?", False),
        ("What is the depth of the well in Velden?", "What is the width of the well in Velden?", False),
        ("What is the depth of the well in Velden?", "What is the depth of the crater in Velden?", False),
    ],
)
def test_measures_are_of_one_dimension_and_one_thing(first: str, second: str, same: bool) -> None:
    a, b = drafts(DAY, DAY)
    assert joined(a.figure(first, 40, unit="m"), b.figure(second, 38, unit="m")) is same


def test_an_amount_whose_unit_is_not_known_joins_one_with_it() -> None:
    asked = "How much did the Sorvik Bay bridge cost?"
    a, b = drafts(DAY, DAY)
    assert joined(a.figure(asked, 18_500_000, unit="EUR"), b.figure(asked, 17_000_000))


def test_a_measure_in_another_unit_joins() -> None:
    a, b = drafts(DAY, DAY)
    asked = "How deep is the well in Velden?"
    assert joined(a.figure(asked, 40, unit="m"), b.figure(asked, 131, unit="feet"))
    took = "How long did the search in Velden take?"
    assert joined(a.figure(took, 3, unit="days"), b.figure(took, 70, unit="hours"))


def test_durations_of_two_things_never_join() -> None:
    a, b = drafts(DAY, DAY)
    search = a.figure("How long did the search in Velden take?", 3, unit="days")
    assert not joined(search, b.figure("How long did the siege in Velden take?", 4, unit="days"))


# --- questions for words ---


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Who lit the fire on the ferry Lindholm?", "Where was the fire lit on the ferry Lindholm?"),
        ("Who lit the fire on the ferry Lindholm?", "Why was the fire lit on the ferry Lindholm?"),
        ("Where did the ferry Lindholm catch fire?", "Why did the ferry Lindholm catch fire?"),
        ("Where did the ferry Lindholm catch fire?", "How did the ferry Lindholm catch fire?"),
    ],
)
def test_who_where_and_why_are_three_questions(first: str, second: str) -> None:
    a, b = drafts(DAY, DAY)
    one, other = a.wording(first, "a faulty pump"), b.wording(second, "a faulty pump")
    assert not joined(one, other)
    assert align([one, other]).doubts == []


def test_which_and_what_may_ask_for_the_same() -> None:
    a, b = drafts(DAY, DAY)
    one = a.wording("What ferry caught fire in Sorvik Bay?", "the Lindholm")
    assert joined(one, b.wording("Which ferry caught fire in Sorvik Bay?", "the Lindholm"))


BLAMED = "Who is blamed for the fire on the ferry Lindholm?"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("Who is accused of the fire on the ferry Lindholm?", True),
        ("Who claimed responsibility for the fire on the ferry Lindholm?", True),
        ("Who condemned the fire on the ferry Lindholm?", False),
        ("Who saw the fire on the ferry Lindholm?", False),
    ],
)
def test_who_is_blamed_is_another_question_than_who_spoke(other: str, same: bool) -> None:
    a, b = drafts(DAY, DAY)
    assert joined(a.name(BLAMED, "Leo Brandt"), b.name(other, "Ines Maro")) is same


# --- what the whole story is about ---

CHILDREN = "How many children were killed in Karsholm?"
DEAD = "How many people were killed in Karsholm?"


@pytest.mark.parametrize(
    ("titles", "same"),
    [
        ((), False),
        (("Children killed in Karsholm", "Fire in Karsholm"), False),
        (("Children killed in Karsholm", "Fire in Karsholm", "Karsholm mourns"), False),
        (("Children killed in Karsholm", "Karsholm fire kills children"), True),
        (("Children killed in Karsholm", "Karsholm fire kills children", "Karsholm mourns"), True),
        (("Children killed in Karsholm", "Karsholm fire kills children", None), True),
        pytest.param(
            ("Des enfants tués à Karsholm", "Children killed in Karsholm", "Karsholm mourns"),
            True,
            marks=pytest.mark.xfail(strict=True, reason="every title is read as English"),
        ),
    ],
)
def test_a_group_of_most_titles_is_the_storys_own(titles: tuple[str | None, ...], same: bool) -> None:
    a, b = drafts(DAY, DAY)
    groups = align([a.figure(CHILDREN, 4, group="children"), b.figure(DEAD, 9)], titles).groups
    assert (len(groups) == 1) is same


def test_a_group_that_most_articles_ask_for_is_the_storys_own() -> None:
    claims = [draft.figure(CHILDREN, 4, group="children") for draft in drafts(DAY, DAY)]
    assert len(align([*claims, Draft("z", DAY).figure(DEAD, 9)]).groups) == 1
    assert len(align([claims[0], Draft("z", DAY).figure(DEAD, 9), Draft("y", DAY).figure(DEAD, 9)]).groups) == 2


def test_how_badly_people_are_hurt_always_narrows() -> None:
    a, b, c = drafts(DAY, DAY, DAY)
    serious = INJURED.replace("injured", "seriously injured")
    one, other = a.figure(serious, 4, group="serious"), b.figure(serious, 5, group="serious")
    titles = ("Many seriously injured in fire", "Two seriously hurt", "Seriously injured sailors")
    groups = align([one, other, c.figure(INJURED, 12)], titles).groups
    assert [[claim.id for claim in group.claims] for group in groups] == [["a#1", "b#1"], ["c#1"]]


# --- what holds for all ---

UNLIMITED = settings(deadline=None)  # machines differ
QUESTIONS = (
    KILLED,
    "How many people died when the ferry burned in Sorvik Bay?",
    INJURED,
    "How many sailors were injured in the Sorvik Bay ferry fire?",
    "How old was Ines Maro?",
    "How old was Leo Brandt?",
    "What percentage of the lifeboats failed?",
    "How many people took part in the Lantern March?",
)
EXCLUSIVE = [(0, 2), (0, 3), (1, 2), (1, 3), (4, 5), (0, 4), (2, 6), (0, 6), (7, 0)]
SPEAKERS = st.sampled_from([None, "the police", "Norvik", "the regional hospital"])


@st.composite
def claim_sets(draw: st.DrawFn) -> list[Claim]:
    """Claims of up to four articles on a small pool of questions."""
    claims: list[Claim] = []
    for draft in drafts(*draw(st.lists(st.sampled_from([None, DAY, "2031-05"]), min_size=1, max_size=4))):
        for _ in range(draw(st.integers(0, 4))):
            question, low = draw(st.sampled_from(QUESTIONS)), draw(st.integers(0, 60))
            unit = "percent" if "percentage" in question else None
            fields: dict[str, Any] = {
                "attributed_to": draw(SPEAKERS),
                "period": draw(st.sampled_from([None, None, "2031-05-02", "2019", "2030-12"])),
                "group": draw(st.sampled_from([None, None, None, "children"])),
                "revises": draw(st.booleans()),
            }
            kind = draw(st.sampled_from(["figure", "figure", "figure", "yes_no", "text"]))
            if kind == "figure":
                claims.append(draft.figure(question, low, unit=unit, **fields))
            elif kind == "yes_no":
                claims.append(draft.yes_no("Has Norvik confirmed that an alarm sounded?", "yes", **fields))
            else:
                claims.append(draft.wording("What caused the fire on the ferry?", "a faulty pump", **fields))
    return claims


@UNLIMITED
@given(claim_sets())
def test_every_claim_is_in_exactly_one_group(claims: list[Claim]) -> None:
    alignment = align(claims)
    assert all(group.claims for group in alignment.groups)
    assert sorted(c.id for group in alignment.groups for c in group.claims) == sorted(c.id for c in claims)


@UNLIMITED
@given(claim_sets())
def test_exclusive_questions_never_share_a_group(claims: list[Claim]) -> None:
    for group in align(claims).groups:
        asked = {QUESTIONS.index(c.question) for c in group.claims if isinstance(c.value, Quantity)}
        assert not [pair for pair in EXCLUSIVE if asked >= set(pair)]


@UNLIMITED
@given(claim_sets())
def test_what_is_in_doubt_is_asked_between_articles_and_settled_without_loss(claims: list[Claim]) -> None:
    alignment = align(claims)
    for doubt in alignment.doubts:
        assert doubt.first.article != doubt.second.article
    groups = settle(alignment, {(doubt.first.id, doubt.second.id): "same" for doubt in alignment.doubts})
    assert sorted(c.id for group in groups for c in group.claims) == sorted(c.id for c in claims)
    assert settle(alignment, {}) == alignment.groups


def partition(claims: Sequence[Claim]) -> set[frozenset[str]]:
    """The groups as sets of ids."""
    return {frozenset(claim.id for claim in group.claims) for group in align(claims).groups}


@UNLIMITED
@given(st.lists(st.sets(st.sampled_from(QUESTIONS), max_size=3), min_size=2, max_size=3), st.data())
def test_the_order_of_the_articles_does_not_matter(asked: list[set[str]], data: st.DataObject) -> None:
    articles: list[list[Claim]] = []
    for place, questions in enumerate(asked):
        draft = Draft("abc"[place], DAY)
        for question in sorted(questions):
            draft.figure(question, 10 + place, unit="percent" if "percentage" in question else None)
        articles.append(draft.claims)
    as_they_came = [claim for claims in articles for claim in claims]
    other = data.draw(st.sampled_from(list(permutations(articles))))
    assert partition(as_they_came) == partition([claim for claims in other for claim in claims])
