"""Perfect claims from expected rows, and what the rules alone make of them."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.groups import Group, parse_group, write_groups
from benchmarks.quality.scoring import score_group
from benchmarks.quality.stages import merged, perfect, wording

TEXTS = {
    "a": "Three people were killed at the Norwick mill. The fire broke out at 21:40. The mayor denied it.",
    "b": "The mill is gone. At least five people died, the police said. It began at 20:10. The mayor confirmed it.",
    "c": "Five people died. Forty lamps hung in the hall.",
}
DATES = {"a": "2031-05-01", "b": "2031-05-03", "c": "2031-05-03"}


def group(*rows: dict[str, Any]) -> Group:
    articles = [{"article_id": id, "title": "Mill", "text": text, "date": DATES[id]} for id, text in TEXTS.items()]
    return parse_group({"group_id": "mill", "langs": ["en"], "articles": articles, "expected": list(rows)})


def row(slot: str, kind: str, *positions: dict[str, Any], relation: str = "update", **more: Any) -> dict[str, Any]:
    return {"slot": slot, "kind": kind, "relation": relation, "positions": list(positions), **more}


KILLED = row(
    "killed",
    "number",
    {"article_id": "a", "low": 3, "high": 3, "quote": "Three people were killed"},
    {"article_id": "b", "low": 5, "high": 5, "qualifier": "at_least", "quote": "five people died"},
    {"article_id": "c", "low": 5, "high": 5},
)


def test_each_article_words_the_question_its_own_way() -> None:
    summaries = list(perfect(group(KILLED)))
    questions = [claim.question for summary in summaries for claim in summary.claims]
    assert len(set(questions)) == len(questions) == 3
    first, second, third = (summary.claims[0] for summary in summaries)
    assert (first.as_of, second.as_of, second.attributed_to) == ("2031-05-01", "2031-05-03", "the police")
    assert (first.answer, second.answer, third.answer) == ("3", "at least 5", "5")
    assert first.evidence[0].quote == "Three people were killed at the Norwick mill."
    assert third.evidence[0].quote == "Five people died."  # no quote is given: the sentence that tells the number


def test_a_difference_is_found_and_charged_to_no_stage() -> None:
    made = group(KILLED)
    told = score_group(made, merged(made)).summary()
    assert (told["recall"], told["relation_exact"], told["lost"]) == (1, 1, {})


def test_what_cannot_be_aligned_is_charged_to_aligning() -> None:
    """An article's second figure under one question, with no speaker nor period of its own, is split off."""
    made = group(
        row("lamps", "number", {"article_id": "c", "low": 40, "high": 40}, {"article_id": "c", "low": 90, "high": 90})
    )
    score = score_group(made, merged(made))
    assert [loss.stage for loss in score.losses] == ["not aligned"]


def test_times_and_sides_become_claims_of_their_kind() -> None:
    times = row("time of the fire", "time", {"article_id": "a", "time": "21:40"}, {"article_id": "b", "time": "20:10"})
    side = row(
        "fire admitted",
        "side",
        {"article_id": "a", "value": "denied"},
        {"article_id": "b", "value": "affirmed"},
        relation="denial",
        about=["fire"],
    )
    made = group(times, side)
    values = [claim.value.model_dump(exclude_none=True) for s in perfect(made) for claim in s.claims]
    assert [value["kind"] for value in values] == ["date", "yes_no", "date", "yes_no"]
    assert (values[0]["time"], values[1]["answer"], values[3]["answer"]) == ("21:40", "no", "yes")
    assert score_group(made, merged(made)).counts["found"] == 2


def test_doubtful_rows_make_no_claims_and_shared_answers_one() -> None:
    again = KILLED | {"slot": "killed: with the miller or without"}
    claims = [claim for summary in perfect(group(KILLED, again)) for claim in summary.claims]
    assert len(claims) == 3
    assert not [claim for s in perfect(group(KILLED | {"doubtful": True})) for claim in s.claims]


@pytest.mark.parametrize(
    ("slot", "kind", "question"),
    [
        ("seriously injured", "number", "How many people were seriously injured?"),
        ("injured in the Dock Street fire", "number", "How many people were injured in the Dock Street fire?"),
        ("killed: miller counted or not", "number", "How many people were killed?"),
        ("participants (ministry)", "number", "How many people took part?"),
        ("age of the miller", "number", "How old was the miller?"),
        ("shaft depth in metres", "number", "How many metres was the shaft depth?"),
        ("lamps in the hall", "number", "How many lamps in the hall were there?"),
        ("time", "time", "At what time was the event?"),
        ("why the gate was shut", "text", "Why the gate was shut?"),
        ("vehicle", "text", "What was the vehicle?"),
    ],
)
def test_questions_from_slots(slot: str, kind: str, question: str) -> None:
    (made,) = group(row(slot, kind)).rows
    assert wording(made, 0) == question
    assert len({wording(made, place) for place in range(3)}) == 3


def test_the_command_saves_what_it_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_groups([group(KILLED)], tmp_path / "groups.jsonl")
    out = tmp_path / "out"
    assert main(["stages", "--groups", str(tmp_path / "groups.jsonl"), "--out", str(out)]) == 0
    assert (out / "predictions" / "mill.json").is_file()
    assert (out / "score.json").is_file()
    assert "Perfect claims in" in capsys.readouterr().out
    assert main(["stages", "--groups", str(tmp_path / "none.jsonl"), "--out", str(out)]) == 2
