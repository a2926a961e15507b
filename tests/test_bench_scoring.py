"""The bench's scores: what counts as found, as told rightly, as a false flag, and what a story cost."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from support.claims import Draft, drafts

from benchmarks.quality.groups import Group, parse_group
from benchmarks.quality.scoring import Score, score_group, tells, total
from summarizer import merge

KILLED = "How many people were killed in the Norwick mill fire?"
INJURED = "How many people were injured in the Norwick mill fire?"
LAMPS = "How many lamps hung in the hall?"
TIME = "At what time did the fire break out?"


def row(slot: str, relation: str, *positions: dict[str, Any], kind: str = "number", **more: Any) -> dict[str, Any]:
    return {"slot": slot, "relation": relation, "kind": kind, "positions": list(positions), **more}


def number(article: str, low: float, **more: Any) -> dict[str, Any]:
    return {"article_id": article, "low": low, "high": low, **more}


def group_of(articles: Sequence[Draft], *rows: dict[str, Any], **more: Any) -> Group:
    told = [{"article_id": draft.id, "text": draft.article().text} for draft in articles]
    return parse_group(
        {"group_id": "mill", "source": "invented", "langs": ["en"], "articles": told, "expected": list(rows), **more}
    )


def story(*articles: Draft) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(merge([draft.summary() for draft in articles]).model_dump_json())
    return found


def tolls(first: float, second: float, *dates: str | None, question: str = KILLED) -> tuple[Draft, Draft]:
    a, b = drafts(*(dates or ("2031-05-01", "2031-05-02")))
    a.figure(question, first)
    b.figure(question, second)
    return a, b


UPDATE = row("killed", "update", number("a", 3), number("b", 5))


def test_a_disagreement_that_is_found_and_told_rightly() -> None:
    articles = tolls(3, 5)
    told = score_group(group_of(articles, UPDATE), story(*articles)).summary()
    assert (told["recall"], told["relation_exact"], told["relation_accepted"]) == (1, 1, 1)
    assert (told["flags"], told["flags_explained"], told["lost"]) == (1, 1, {})
    assert told["kinds"]["number"]["recall"] == 1


@pytest.mark.parametrize(
    "expected",
    [
        row("killed", "update", number("a", 5), number("b", 3)),
        row("killed", "update", number("a", 3), number("b", 6)),
        row("injured", "update", number("a", 3), number("b", 5)),
        row("age of the miller", "update", number("a", 3), number("b", 5)),
    ],
    ids=["other articles", "other value", "other topic", "age"],
)
def test_what_is_not_what_the_row_asks(expected: dict[str, Any]) -> None:
    articles = tolls(3, 5)
    told = score_group(group_of(articles, expected), story(*articles)).summary()
    assert (told["recall"], told["found"], told["flags_explained"]) == (0, 0, 0)


def test_a_question_that_tells_nothing_is_judged_by_its_sentence() -> None:
    articles = tolls(3, 5, question="How many carts stood in the yard?")
    quoted = row("lanterns", "update", number("a", 3, quote="It is 3."), number("b", 5, quote="It is 5."))
    elsewhere = row("lanterns", "update", number("a", 3, quote="Three lanterns hung."), number("b", 5))
    scores = [score_group(group_of(articles, expected), story(*articles)) for expected in (quoted, elsewhere)]
    assert [score.counts["found"] for score in scores] == [1, 0]


def test_relations_exact_coarse_and_accepted() -> None:
    articles = tolls(3, 5)
    relations = [("correction", []), ("scope", ["update"]), ("denial", [])]
    summaries = [
        score_group(group_of(articles, {**UPDATE, "relation": name, "also": also}), story(*articles)).summary()
        for name, also in relations
    ]
    keys = ("relation_exact", "relation_coarse", "relation_accepted")
    assert [tuple(told[key] for key in keys) for told in summaries] == [(0, 1, 1), (0, 0, 1), (0, 0, 0)]
    assert [told["lost"] for told in summaries] == [{}, {}, {"relation": 1}]


def test_a_correction_is_told_by_its_subtype() -> None:
    a, b = drafts("2031-05-01", "2031-05-02")
    a.figure(KILLED, 7)
    b.figure(KILLED, 5, revises=True)
    told = score_group(group_of((a, b), row("killed", "correction", number("a", 7), number("b", 5))), story(a, b))
    assert told.summary()["relation_exact"] == 1


def test_times_sides_and_words() -> None:
    a, b = drafts("2031-05-01", "2031-05-01")
    a.time(TIME, "21:40")
    b.time(TIME, "20:10")
    a.yes_no("Did the owner lock the gate?", "yes")
    b.yes_no("Did the owner lock the gate?", "no")
    a.name("Who built the mill?", "Odda Brenn")
    b.name("Who built the mill?", "Karel Vint")
    words = {"brenn": {"any": ["brenn"]}, "vint": {"any": ["vint"], "none": ["brenn"]}}
    rows = [
        row(
            "time",
            "contradiction",
            {"article_id": "a", "time": "09:40"},
            {"article_id": "b", "time": "20:10"},
            kind="time",
        ),
        row(
            "gate",
            "denial",
            {"article_id": "a", "value": "affirmed"},
            {"article_id": "b", "value": "denied"},
            kind="side",
            about=["gate"],
        ),
        row(
            "builder",
            "contradiction",
            {"article_id": "a", "value": "brenn"},
            {"article_id": "b", "value": "vint"},
            kind="text",
            words=words,
        ),
    ]
    told = score_group(group_of((a, b), *rows), story(a, b)).summary()
    assert {kind: counts["found"] for kind, counts in told["kinds"].items()} == {"side": 1, "text": 1, "time": 1}
    wrong = [{**rows[1], "about": ["roof"]}, {**rows[2], "words": {**words, "vint": {"any": ["int"]}}}]
    assert score_group(group_of((a, b), *wrong), story(a, b)).counts["found"] == 0


def test_doubtful_rows_are_neither_asked_for_nor_held_against() -> None:
    articles = tolls(3, 5)
    told = score_group(group_of(articles, {**UPDATE, "doubtful": True}), story(*articles)).summary()
    assert (told["expected"], told["recall"], told["flags_explained"]) == (0, None, 1)
    control = row("killed", "agreement", number("a", 3), number("b", 3), doubtful=True)
    assert score_group(group_of(articles, control), story(*articles)).counts["controls"] == 0


def test_a_difference_between_what_a_control_says_agrees_is_a_false_flag() -> None:
    a, b = drafts("2031-05-01", "2031-05-02")
    for draft, figure in ((a, 3), (b, 5)):
        draft.figure(KILLED, figure)
        draft.figure(LAMPS, 40)
    tolled, lamps = (row("killed", "agreement", number("a", n), number("b", n)) for n in (3, 40))
    lamps["slot"] = "lamps"
    score = score_group(group_of((a, b), tolled, lamps), story(a, b))
    assert (score.counts["controls"], score.counts["false_flags"], score.counts["confirmed"]) == (2, 1, 1)
    assert any("false flag on killed" in note for note in score.notes)
    explained = score_group(group_of((a, b), UPDATE, tolled), story(a, b))
    assert explained.counts["false_flags"] == 0


def test_one_value_in_two_positions_is_a_false_flag_whatever_else_is_expected() -> None:
    articles = tolls(3, 5)
    control = row("killed", "agreement", {**number("a", 3), "high": 5}, {**number("b", 3), "high": 5})
    assert score_group(group_of(articles, UPDATE, control), story(*articles)).counts["false_flags"] == 1


def test_uncertain_is_no_flag() -> None:
    articles = tolls(3, 5, None, None)
    control = row("killed", "agreement", number("a", 3), number("b", 3))
    told = score_group(group_of(articles, UPDATE, control), story(*articles)).summary()
    assert (told["uncertain"], told["flags"], told["false_flags"]) == (1, 0, 0)


def test_a_trap_is_another_events_figure_beside_todays() -> None:
    articles = tolls(3, 5)
    trap = row("killed in another fire", "not_comparable", number("a", 3), number("b", 5))
    other = row("killed in another fire", "not_comparable", number("a", 9), number("b", 5))
    told = score_group(group_of(articles, UPDATE, traps=[trap, other]), story(*articles)).summary()
    assert (told["traps"], told["trapped"]) == (2, 1)


def test_evidence_has_to_be_verbatim_and_to_tell_the_number() -> None:
    articles = tolls(3, 5)
    group, good = group_of(articles, UPDATE), story(*articles)
    assert (score_group(group, good).counts["spans_exact"], score_group(group, good).counts["spans_number"]) == (2, 2)
    spoilt = json.loads(json.dumps(good))
    claim = spoilt["disagreements"][0]["positions"][0]["claims"][0]
    claim["evidence"][0]["start"] += 1
    claim["answer"] = "4"
    told = score_group(group, spoilt).summary()
    assert (told["evidence_exact"], told["evidence_number"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("answer", "quote", "language", "holds"),
    [
        ("57", "Cinquante-sept personnes sont mortes.", "fr", True),
        ("57", "Cinquante-six personnes sont mortes.", "fr", False),
        ("1", "Un homme est mort.", "fr", True),
        ("21:45", "Le feu a pris vers 21 h 45.", "fr", True),
        ("21:45", "Le feu a pris vers 20 h 45.", "fr", False),
        ("the north wing", "The north wing burned.", "en", True),
        ("12,300", "12.300 Menschen kamen.", "de", True),
    ],
)
def test_numbers_are_read_in_the_language_of_the_article(answer: str, quote: str, language: str, holds: bool) -> None:
    assert tells(answer, quote, language) is holds


def test_coverage_names_the_failed_check() -> None:
    a, b = tolls(3, 5)
    a.unverified("Where did it start?", "in the attic", "answer", "not in the sentence")
    a.unverified("How many goats fled?", "9", "number", "9 does not stand in the evidence")
    b.unverified("How many sheep fled?", "8", "number", "8 does not stand in the evidence")
    told = score_group(group_of((a, b), UPDATE), story(a, b)).summary()
    assert told["unverified"] == {"answer": 1, "number": 2}
    assert (told["unverified_share"], told["verified_per_article"]) == (0.6, 1)


def test_kept_answers_cost_what_was_paid_for_them() -> None:
    articles = tolls(3, 5)
    result = story(*articles)
    result["usage"] |= {"calls": 2, "prompt_tokens": 100, "output_tokens": 10, "seconds": 1.0}
    result["usage"] |= {
        "reused_calls": 6,
        "reused_prompt_tokens": 300,
        "reused_output_tokens": 30,
        "reused_seconds": 9.0,
    }
    told = score_group(group_of(articles, UPDATE), result).summary()
    names = ("calls", "tokens_in", "tokens_out", "seconds")
    assert [told[f"{name}_per_article"] for name in names] == [4, 200, 20, 5]


def test_a_result_of_another_text_is_refused() -> None:
    articles = tolls(3, 5)
    group = group_of(articles, UPDATE)
    articles[0].figure(LAMPS, 8)
    changed = story(*articles)
    assert score_group(group, changed).counts["found"] == 1  # a title above the text, say, is no other text
    changed["articles"][0]["text"] = "It is 4."
    with pytest.raises(ValueError, match="the result's article a has another text"):
        score_group(group, changed)


def test_a_program_that_gives_positions_only_is_scored_alike() -> None:
    articles = tolls(3, 5)

    def position(draft: Draft, answer: str) -> dict[str, Any]:
        span = {"article": draft.id, "start": 0, "end": len(draft.text), "quote": draft.text}
        return {"answer": answer, "articles": [draft.id], "evidence": [span]}

    found = {
        "question": KILLED,
        "relation": "update",
        "positions": [position(articles[0], "three"), position(articles[1], "5")],
    }
    told = score_group(group_of(articles, UPDATE), {"disagreements": [found]}).summary()
    assert (told["recall"], told["relation_exact"], told["evidence_exact"], told["evidence_number"]) == (1, 1, 1, 1)


def test_a_story_that_was_not_run_is_missed_and_costs_nothing() -> None:
    articles = tolls(3, 5)
    control = row("lamps", "agreement", number("a", 4), number("b", 4))
    group = group_of(articles, UPDATE, control)
    both = total([score_group(group, None), score_group(group, story(*articles))])
    told = both.summary()
    assert (told["expected"], told["found"], told["recall"], told["controls"]) == (2, 1, 0.5, 2)
    assert (told["articles"], told["verified_per_article"]) == (2, 1)
    assert told["lost"] == {"not run": 1}
    assert Score().summary()["recall"] is None
