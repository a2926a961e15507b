"""A missed row is charged to the stage that lost it."""

import json
from typing import Any

import pytest
from support.claims import Draft, drafts

from benchmarks.quality.groups import Row, parse_group
from benchmarks.quality.losses import lost
from benchmarks.quality.scoring import score_group
from summarizer import merge

KILLED = "How many people were killed in the Norwick mill fire?"
INJURED = "How many people were injured in the Norwick mill fire?"
ROW: dict[str, Any] = {
    "slot": "killed",
    "relation": "contradiction",
    "kind": "number",
    "positions": [
        {"article_id": "a", "low": 3, "high": 3, "quote": "Three people died."},
        {"article_id": "b", "low": 5, "high": 5, "quote": "Five people died."},
    ],
}


def losing(*articles: Draft, row: dict[str, Any] = ROW) -> tuple[str, str]:
    """The stage that lost the row, and all of its line."""
    result = json.loads(merge([draft.summary() for draft in articles]).model_dump_json())
    texts = {draft.id: draft.article().text for draft in articles}
    told = [{"article_id": id, "text": text} for id, text in texts.items()]
    group = parse_group({"group_id": "g", "langs": ["en"], "articles": told, "expected": [row]})
    (loss,) = score_group(group, result).losses
    return loss.stage, str(loss)


@pytest.fixture
def pair() -> tuple[Draft, Draft]:
    first, second = drafts("2031-05-01", "2031-05-01")
    first.figure(KILLED, 3, sentence="Three people died.")
    return first, second


def test_no_claim(pair: tuple[Draft, Draft]) -> None:
    pair[1].figure(INJURED, 5, sentence="Five cows were hurt.")
    stage, line = losing(*pair)
    assert stage == "no claim"
    assert KILLED in line
    assert "b 5: only elsewhere" in line
    assert INJURED in line


def test_wrong_question(pair: tuple[Draft, Draft]) -> None:
    pair[1].figure(INJURED, 5, sentence="Five people died.")
    stage, line = losing(*pair)
    assert stage == "wrong question"
    assert f"b 5: wrong question: “{INJURED}” → 5" in line


def test_unverified(pair: tuple[Draft, Draft]) -> None:
    pair[1].unverified(KILLED, "5", "speaker", "speaker 'Olm' is not in the article", sentence="Five people died.")
    stage, line = losing(*pair)
    assert stage == "unverified"
    assert "speaker 'Olm' is not in the article" in line


def test_not_aligned(pair: tuple[Draft, Draft]) -> None:
    pair[1].figure("How many people were killed in 2019?", 5, sentence="Five people died.", period="2019")
    stage, line = losing(*pair)
    assert stage == "not aligned"
    assert "single_source[0]" in line
    assert "single_source[1]" in line


def test_joined_as_one_answer_is_a_fault_of_comparing() -> None:
    a, b = drafts("2031-05-01", "2031-05-01")
    a.figure(KILLED, 598, sentence="Some 598 people died.")
    b.figure(KILLED, 600, hedge="about", sentence="About 600 people died.")  # type: ignore[arg-type]
    row = ROW | {
        "positions": [{"article_id": "a", "low": 598, "high": 598}, {"article_id": "b", "low": 600, "high": 600}]
    }
    stage, line = losing(a, b, row=row)
    assert stage == "relation"
    assert "agreements[0]" in line


def test_a_relation_that_is_not_accepted(pair: tuple[Draft, Draft]) -> None:
    pair[1].figure(KILLED, 5, sentence="Five people died.", as_of="2031-05-04")
    stage, line = losing(*pair)
    assert stage == "relation"
    assert "told as update" in line


def test_the_pair_that_came_furthest_counts(pair: tuple[Draft, Draft]) -> None:
    """Of three sides one was never claimed; the row could have been found with the other two."""
    third = Draft("c", "2031-05-01")
    third.unverified(KILLED, "9", "leak", "a name of the prompt", sentence="Nine people died.")
    row = ROW | {"positions": [*ROW["positions"], {"article_id": "c", "low": 9, "high": 9}]}
    pair[1].wording("What colour was the mill?", "red")
    stage, line = losing(*pair, third, row=row)
    assert stage == "unverified"
    assert "c 9" in line
    assert "b 5" not in line


def test_a_row_without_two_sides_says_so() -> None:
    row = Row("killed", "number", "scope", ())
    assert "no two answers" in str(lost(row, {}, {}))
