"""Labelled samples of the quality bench: what a reader gets, what is kept of it, and what it says of another run."""

import argparse
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality import labels
from benchmarks.quality.groups import Group, parse_group
from benchmarks.quality.labels_measure import measure, table, wilson
from benchmarks.quality.labels_records import CLAIM_REASONS, FLAG_REASONS, keep, load
from benchmarks.quality.sampling import drawn, items_of

TEXTS = {
    "dawn": "Wind rose over Halmby. Seven gliders were wrecked on the field. Pilots slept. Nobody flew.",
    "noon": "Nine gliders were wrecked at Halmby, the club said. Two hangars burnt.",
    "dusk": "A clerk counted seven gliders. Rain followed.",
}
QUESTION = "How many gliders were wrecked?"


def a_group(id: str = "a-story") -> Group:
    articles = [{"article_id": name, "title": name.title(), "text": text} for name, text in TEXTS.items()]
    return parse_group({"group_id": id, "langs": ["en"], "articles": articles, "expected": []})


def span(article: str, quote: str) -> dict[str, Any]:
    start = TEXTS[article].index(quote)
    return {"article": article, "start": start, "end": start + len(quote), "quote": quote}


SEVEN = span("dawn", "Seven gliders were wrecked on the field.")
SEVEN_COUNTED = span("dusk", "A clerk counted seven gliders.")
NINE = span("noon", "Nine gliders were wrecked at Halmby, the club said.")
BURNT = span("noon", "Two hangars burnt.")


def claim(
    answer: str, evidence: dict[str, Any], speaker: str | None = None, question: str = QUESTION
) -> dict[str, Any]:
    return {
        "id": f"{evidence['article']}#{answer}",
        "question": question,
        "answer": answer,
        "attributed_to": speaker,
        "value": {"kind": "quantity"},
        "evidence": [evidence],
    }


def position(*claims: dict[str, Any]) -> dict[str, Any]:
    evidence = [item for told in claims for item in told["evidence"]]
    articles = list(dict.fromkeys(item["article"] for item in evidence))
    return {"answer": claims[0]["answer"], "articles": articles, "claims": list(claims), "evidence": evidence}


def a_story(relation: str = "contradiction", nine: str = "nine", question: str = QUESTION) -> dict[str, Any]:
    """A run's result: one disagreement of two positions, the second told by two articles, and a single-source claim."""
    positions = [
        position(claim(nine, NINE, "the club", question)),
        position(claim("seven", SEVEN, None, question), claim("seven", SEVEN_COUNTED, "a clerk", question)),
    ]
    return {
        "articles": [{"id": id, "title": id.title(), "text": text, "published": None} for id, text in TEXTS.items()],
        "disagreements": [{"question": question, "relation": relation, "positions": positions}],
        "agreements": [],
        "single_source": [{"question": "How many?", "positions": [position(claim("two", BURNT, None, "How many?"))]}],
    }


class Bench:
    """A folder with a group, a run and kept labels, and the commands on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.groups = folder / "groups.jsonl"
        self.groups.write_text(json.dumps(a_group().raw) + "\n", "utf-8")
        self.labelled = folder / "labelled"
        self.run(a_story())

    def run(self, story: dict[str, Any]) -> None:
        (self.folder / "run").mkdir(exist_ok=True)
        (self.folder / "run" / "a-story.json").write_text(json.dumps(story), "utf-8")

    def command(self, *arguments: str) -> int:
        parser = argparse.ArgumentParser()
        labels.add_parser(parser.add_subparsers())
        places = ["--labelled", str(self.labelled)]
        if arguments[0] != "keep":
            places += ["--predictions", str(self.folder / "run"), "--groups", str(self.groups)]
        options = parser.parse_args(["labels", *arguments, *places])
        return int(options.func(options))

    def sample(self, kind: str, *more: str) -> list[dict[str, Any]]:
        file = self.folder / f"{kind}-sample.jsonl"
        assert self.command("sample", kind, "--out", str(file), *more) == 0
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    def label(self, kind: str, judge: Callable[[dict[str, Any]], dict[str, str]]) -> None:
        """Draw a sample, have every item judged, and keep the labels."""
        items = [{**item, **judge(item)} for item in self.sample(kind)]
        file = self.folder / "judged.jsonl"
        file.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
        assert self.command("keep", str(file)) == 0

    def measured(self, kind: str) -> dict[str, Any]:
        told: dict[str, Any] = measure([a_group()], self.folder / "run", self.labelled)[kind]
        return told


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


# What a reader gets


def test_a_flag_is_shown_with_its_sentences_and_their_neighbours(bench: Bench) -> None:
    (item,) = bench.sample("flags")
    assert (item["kind"], item["question"], item["relation"], item["label"]) == ("flags", QUESTION, "contradiction", "")
    widest, other = item["positions"]
    assert (widest["answer"], other["answer"]) == ("seven", "nine")  # told by two articles, and by one
    (shown,) = widest["told"][0]["evidence"]
    assert shown["quote"] == "Seven gliders were wrecked on the field."
    assert shown["context"] == "Wind rose over Halmby. Seven gliders were wrecked on the field. Pilots slept."
    assert (shown["title"], shown["found"]) == ("Dawn", True)
    assert other["told"][0]["attributed_to"] == "the club"


@pytest.mark.parametrize("relation", ["scope", "precision", "attribution", "uncertain", "characterisation"])
def test_what_is_not_flagged_is_no_item(relation: str, bench: Bench) -> None:
    bench.run(a_story(relation))
    assert bench.sample("flags") == []


def test_each_further_position_makes_a_pair_with_the_most_widely_told(bench: Bench) -> None:
    story = a_story()
    story["disagreements"][0]["positions"].append(position(claim("two", BURNT)))
    bench.run(story)
    assert [[side["answer"] for side in item["positions"]] for item in bench.sample("flags")] == [
        ["seven", "nine"],
        ["seven", "two"],
    ]


def test_claims_are_those_of_every_compared_position(bench: Bench) -> None:
    items = bench.sample("claims")
    assert [(item["answer"], item["attributed_to"]) for item in items] == [
        ("nine", "the club"),
        ("seven", None),
        ("seven", "a clerk"),
        ("two", None),
    ]
    assert items[3]["evidence"][0]["context"].startswith("Nine gliders")


def test_the_scorers_format_is_enough_for_flags(bench: Bench) -> None:
    bare = a_story()
    del bare["articles"]
    for place in bare["disagreements"][0]["positions"]:
        del place["claims"]
    lost = {"article": "noon", "start": -1, "end": -1, "quote": "Nine gliders went missing"}
    bare["disagreements"][0]["positions"][0]["evidence"] = [lost]
    bench.run(bare)
    (item,) = bench.sample("flags")
    (shown,) = item["positions"][1]["told"][0]["evidence"]
    assert (shown["found"], shown["context"], shown["quote"]) == (False, None, "Nine gliders went missing")


def test_a_sample_is_not_written_into_the_repository(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    inside = labels.REPOSITORY / "sample.jsonl"
    assert bench.command("sample", "flags", "--out", str(inside)) == 2
    assert not inside.exists()
    assert "repository" in capsys.readouterr().err


def test_a_run_without_predictions_is_told(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    (bench.folder / "run" / "a-story.json").unlink()
    assert bench.command("measure") == 2
    assert "prediction" in capsys.readouterr().err


# The draw


def items_for_draw(sizes: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"group": group, "record": {"question": f"{group} {number}"}}
        for group, size in sizes.items()
        for number in range(size)
    ]


def test_each_group_gives_its_share() -> None:
    items = items_for_draw({"small": 10, "middle": 30, "large": 60})
    shares = Counter(item["group"] for item in drawn(items, 20, seed=1))
    assert shares == {"small": 2, "middle": 6, "large": 12}


def test_the_draw_has_the_size_asked_for_and_the_order_of_the_run() -> None:
    items = items_for_draw({"a": 7, "b": 7, "c": 7})
    some = drawn(items, 10, seed=1)
    assert len(some) == 10
    assert some == [item for item in items if item in some]
    assert drawn(items, None, seed=1) == drawn(items, 99, seed=1) == items


def test_a_later_run_has_most_of_the_draw_in_common() -> None:
    items = items_for_draw({"only": 100})
    changed = [{"group": "only", "record": {"question": "new"}}, *items[5:]]
    first, later = drawn(items, 40, seed=1), drawn(changed, 40, seed=1)
    assert len([item for item in later if item in first]) >= 35
    assert drawn(items, 40, seed=2) != first


# What is kept


def test_nothing_of_the_texts_is_kept(bench: Bench) -> None:
    bench.label("flags", lambda item: {"label": "right", "reason": "ok", "note": "my own words about it"})
    bench.label("claims", lambda item: {"label": "entailed"})
    kept = "".join(path.read_text("utf-8") for path in bench.labelled.iterdir()).lower()
    words = {word.strip(".,?") for text in (*TEXTS.values(), QUESTION) for word in text.lower().split()}
    assert not [word for word in words if len(word) > 3 and word in kept]
    assert "my own words" not in kept
    (record,) = load("flags", bench.labelled)
    assert set(record) == {"group", "relation", "question", "sides", "label", "reason"}
    assert record["sides"][1]["spans"][0]["start"] == NINE["start"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"label": "perhaps"}, "label 'perhaps'"),
        ({"label": "right", "reason": "because I say so"}, "reason"),
        ({"label": "right", "kind": "letters"}, "letters"),
        ({"label": "right", "record": {}}, "question"),
    ],
)
def test_a_wrong_label_stops_all_and_names_its_line(
    change: dict[str, Any], told: str, bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = bench.sample("flags")
    file = bench.folder / "judged.jsonl"
    file.write_text(json.dumps({**item, "label": "right"}) + "\n" + json.dumps({**item, **change}) + "\n", "utf-8")
    assert bench.command("keep", str(file)) == 2
    error = capsys.readouterr().err
    assert "line 2" in error
    assert told in error
    assert not bench.labelled.exists()


def test_a_text_in_the_place_of_a_hash_is_refused(bench: Bench) -> None:
    (item,) = bench.sample("flags")
    item["record"]["question"] = QUESTION
    file = bench.folder / "judged.jsonl"
    file.write_text(json.dumps({**item, "label": "right"}) + "\n", "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        keep([file], bench.labelled)


def test_labels_add_up_and_the_later_one_counts(bench: Bench) -> None:
    bench.label("claims", lambda item: {"label": "entailed" if item["answer"] == "nine" else ""})
    assert len(load("claims", bench.labelled)) == 1
    bench.label("claims", lambda item: {"label": "wrong_value", "reason": "number"})
    assert [record["label"] for record in load("claims", bench.labelled)] == ["wrong_value"] * 4


def test_known_labels_come_with_the_next_sample(bench: Bench) -> None:
    bench.label("claims", lambda item: {"label": "not_entailed" if item["answer"] == "nine" else "", "reason": ""})
    assert [(item["answer"], item["label"]) for item in bench.sample("claims")][:2] == [
        ("nine", "not_entailed"),
        ("seven", ""),
    ]


# What labels say of a run


def test_precision_counts_the_labelled_flags(bench: Bench) -> None:
    story = a_story()
    story["disagreements"].append({**a_story("update", question="How many wrecks?")["disagreements"][0]})
    bench.run(story)
    bench.label("flags", lambda item: {"label": "right" if item["relation"] == "contradiction" else "wrong_event"})
    story["disagreements"].append({**a_story(nine="ten")["disagreements"][0]})  # not labelled
    bench.run(story)
    flags = bench.measured("flags")
    total = flags["total"]
    assert (total["items"], total["labelled"], total["good"], total["share"]) == (3, 2, 1, 0.5)
    assert total["labels"] == {"right": 1, "wrong_event": 1}
    assert total["low"] < 0.5 < total["high"]
    assert flags["by_relation"]["update"]["share"] == 0.0
    assert flags["by_relation"]["contradiction"]["items"] == 2


@pytest.mark.parametrize(
    "changed", [a_story(nine="9"), a_story(question="How many gliders were lost?")], ids=["answer", "question"]
)
def test_a_label_does_not_hold_for_other_words(changed: dict[str, Any], bench: Bench) -> None:
    bench.label("flags", lambda item: {"label": "right"})
    assert bench.measured("flags")["total"]["labelled"] == 1
    bench.run(changed)
    assert bench.measured("flags")["total"]["labelled"] == 0


def test_a_label_does_not_hold_for_another_sentence(bench: Bench) -> None:
    bench.label("flags", lambda item: {"label": "right"})
    story = a_story()
    story["disagreements"][0]["positions"][0]["evidence"] = [BURNT]
    bench.run(story)
    assert bench.measured("flags")["total"]["labelled"] == 0


def test_a_label_does_not_hold_for_another_text(bench: Bench) -> None:
    bench.label("claims", lambda item: {"label": "entailed"})
    story = a_story()
    story["articles"][1]["text"] += " Later it rained."
    bench.run(story)
    assert bench.measured("claims")["total"]["labelled"] == 2  # those of the other two articles


def test_the_order_of_positions_does_not_matter(bench: Bench) -> None:
    bench.label("flags", lambda item: {"label": "right"})
    story = a_story()
    story["disagreements"][0]["positions"].reverse()
    bench.run(story)
    assert bench.measured("flags")["total"]["good"] == 1


@pytest.mark.parametrize(
    ("label", "labelled"), [("right", 0), ("wrong_relation", 0), ("wrong_question", 1), ("wrong_value", 1)]
)
def test_a_judgement_of_the_relation_holds_for_that_relation(label: str, labelled: int, bench: Bench) -> None:
    bench.label("flags", lambda item: {"label": label})
    bench.run(a_story("update"))
    assert bench.measured("flags")["total"]["labelled"] == labelled


def test_speaker_and_entailment_are_counted_apart(bench: Bench) -> None:
    verdicts = {"the club": "wrong_speaker", "a clerk": "not_entailed", None: "entailed"}
    bench.label("claims", lambda item: {"label": verdicts[item["attributed_to"]]})
    claims = bench.measured("claims")
    assert (claims["total"]["good"], claims["total"]["labelled"]) == (3, 4)
    assert (claims["speaker"]["good"], claims["speaker"]["labelled"]) == (2, 3)
    assert claims["by_value"]["quantity"]["items"] == 4


def test_entailment_holds_where_only_the_speaker_changed(bench: Bench) -> None:
    bench.label("claims", lambda item: {"label": "wrong_speaker" if item["answer"] == "nine" else "", "speaker": ""})
    story = a_story()
    story["disagreements"][0]["positions"][0]["claims"][0]["attributed_to"] = "club members"
    bench.run(story)
    claims = bench.measured("claims")
    assert (claims["total"]["good"], claims["speaker"]["labelled"]) == (1, 0)


def test_measure_prints_a_table_and_writes_json(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.label("flags", lambda item: {"label": "wrong_relation", "reason": "compatible"})
    capsys.readouterr()
    file = bench.folder / "figures.json"
    assert bench.command("measure", "--out", str(file)) == 0
    printed = capsys.readouterr().out
    assert "wrong_relation 1" in printed
    figures = json.loads(file.read_text("utf-8"))
    assert table(figures) + "\n" == printed
    assert figures["claims"]["total"]["share"] is None


def test_wilson_intervals() -> None:
    assert wilson(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert wilson(150, 150) == pytest.approx((0.9750295, 1.0), abs=1e-6)
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_prediction_that_is_none_is_named(bench: Bench) -> None:
    (bench.folder / "run" / "a-story.json").write_text('{"disagreements": [3]}', "utf-8")
    with pytest.raises(ValueError, match=r"a-story\.json is no prediction"):
        items_of("flags", [a_group()], bench.folder / "run")


def test_every_reason_is_one_word_with_a_meaning() -> None:
    for reasons in (FLAG_REASONS, CLAIM_REASONS):
        assert all(word.replace("_", "").isalpha() and meaning for word, meaning in reasons.items())
