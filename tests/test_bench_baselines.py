"""The baselines of the quality bench: how replies become predictions, and that every reply is paid for once."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from support.scripted_server import Reply, ScriptedServer, synthetic_completion, synthetic_error

from benchmarks.quality import baselines
from benchmarks.quality.baselines.extracts import EXAMPLE, EXAMPLE_TEXT, Fact, clusters, compared
from benchmarks.quality.baselines.plain import batches, evidence, prompt
from benchmarks.quality.groups import Group, parse_group

FIRST = "Six barges sank off Tellin, the port office said. The storm began at noon."
SECOND = "Nine barges went down off Tellin. Divers began their search."


def a_group(**dates: str) -> Group:
    texts = {"quay": ("Storm at Tellin", FIRST), "mole": (None, SECOND)}
    articles = [
        {"article_id": id, "title": title, "text": text, "date": dates.get(id)} for id, (title, text) in texts.items()
    ]
    return parse_group({"group_id": "tellin-storm", "langs": ["en"], "articles": articles, "expected": []})


def group_file(folder: Path, **dates: str) -> Path:
    path = folder / "groups.jsonl"
    path.write_text(json.dumps(a_group(**dates).raw) + "\n", "utf-8")
    return path


def disagreement(*positions: tuple[str, int, str], relation: str = "contradiction") -> dict[str, Any]:
    told = [{"answer": answer, "article": article, "quote": quote} for answer, article, quote in positions]
    return {"question": "How many barges sank?", "relation": relation, "positions": told}


def reply_of(*items: dict[str, Any], **fields: Any) -> Reply:
    return synthetic_completion(json.dumps({"disagreements": list(items)}), **fields)


def command(server: ScriptedServer | None, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url if server else "http://127.0.0.1:9/v1")
    parser = argparse.ArgumentParser()
    baselines.add_parser(parser.add_subparsers())
    options = parser.parse_args(["baseline", *arguments])
    return int(options.func(options))


def plain(server: ScriptedServer | None, monkeypatch: pytest.MonkeyPatch, folder: Path, *more: str) -> int:
    groups = str(group_file(folder))
    return command(server, monkeypatch, "plain", "--groups", groups, "--out", str(folder / "out"), *more)


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / "out" / name).read_text("utf-8"))


# plain


def test_plain_positions_get_article_ids_and_spans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = disagreement(("six", 1, "Six barges sank off Tellin"), ("nine", 2, "Nine barges sank off Tellin"))
    with ScriptedServer(reply_of(found, prompt_tokens=700, output_tokens=90)) as server:
        assert plain(server, monkeypatch, tmp_path) == 0
    (told,) = read(tmp_path, "tellin-storm.json")["disagreements"]
    assert (told["question"], told["relation"]) == ("How many barges sank?", "contradiction")
    six, nine = told["positions"]
    assert six["articles"] == ["quay"]
    assert six["evidence"] == [{"article": "quay", "start": 0, "end": 26, "quote": FIRST[:26]}]
    assert nine["articles"] == ["mole"]
    assert nine["evidence"] == [{"article": "mole", "start": -1, "end": -1, "quote": "Nine barges sank off Tellin"}]
    costs = read(tmp_path, "costs.json")
    assert costs["baseline"] == "plain"
    cost = costs["groups"]["tellin-storm"]
    assert (cost["articles"], cost["calls"], cost["prompt_tokens"], cost["output_tokens"]) == (2, 1, 700, 90)
    assert cost["failures"] == []
    assert costs["total"]["output_tokens"] == 90


def test_plain_asks_with_all_articles_at_temperature_zero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(reply_of()) as server:
        plain(server, monkeypatch, tmp_path, "--max-tokens", "333")
        (request,) = server.requests
    text = str(request.messages[-1]["content"])
    assert FIRST in text
    assert SECOND in text
    assert (request.body["temperature"], request.body["max_tokens"]) == (0.0, 333)
    assert request.body["response_format"]["type"] == "json_schema"


def test_plain_agreements_stand_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same = disagreement(("Tellin", 1, "off Tellin"), ("Tellin", 2, "off Tellin"), relation="agreement")
    with ScriptedServer(reply_of(same)) as server:
        plain(server, monkeypatch, tmp_path)
    prediction = read(tmp_path, "tellin-storm.json")
    assert prediction["disagreements"] == []
    assert [position["articles"] for position in prediction["agreements"][0]["positions"]] == [["quay"], ["mole"]]
    assert "relation" not in prediction["agreements"][0]


def test_plain_drops_and_tells_what_names_no_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(reply_of(disagreement(("six", 1, "Six"), ("ten", 3, "Ten")))) as server:
        plain(server, monkeypatch, tmp_path)
    assert read(tmp_path, "tellin-storm.json")["disagreements"] == []
    assert read(tmp_path, "costs.json")["groups"]["tellin-storm"]["failures"] == [
        "a position names an article that is not there",
        "a disagreement has fewer than two positions",
    ]


@pytest.mark.parametrize(
    ("replies", "calls"),
    [
        ([synthetic_completion("[]"), synthetic_completion('{"disagreements": 3}')], 2),
        ([synthetic_completion('{"disagreements": [{"question": "How', finish_reason="length")], 1),
    ],
)
def test_a_useless_reply_counts_as_empty(
    replies: list[Reply], calls: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer(*replies) as server:
        assert plain(server, monkeypatch, tmp_path) == 0
    prediction = read(tmp_path, "tellin-storm.json")
    assert (prediction["disagreements"], prediction["agreements"]) == ([], [])
    assert prediction["usage"]["calls"] == calls
    cost = read(tmp_path, "costs.json")["groups"]["tellin-storm"]
    assert cost["calls"] == calls
    assert len(cost["failures"]) == 1


def test_a_reply_is_asked_again_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = reply_of(disagreement(("six", 1, "Six barges"), ("nine", 2, "Nine barges")))
    with ScriptedServer(synthetic_completion("[]"), good) as server:
        plain(server, monkeypatch, tmp_path)
    assert len(read(tmp_path, "tellin-storm.json")["disagreements"]) == 1
    assert read(tmp_path, "costs.json")["groups"]["tellin-storm"]["calls"] == 2


def test_kept_replies_are_not_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = disagreement(("six", 1, "Six barges"), ("nine", 2, "Nine barges"))
    with ScriptedServer(reply_of(found, prompt_tokens=40, cached_tokens=10, output_tokens=7)) as server:
        plain(server, monkeypatch, tmp_path)
    first, costs = read(tmp_path, "tellin-storm.json"), read(tmp_path, "costs.json")
    assert plain(None, monkeypatch, tmp_path, "--replay") == 0
    assert read(tmp_path, "tellin-storm.json") == first
    assert read(tmp_path, "costs.json") == costs
    assert costs["total"]["cached_tokens"] == 10
    assert plain(None, monkeypatch, tmp_path, "--replay", "--max-tokens", "99") == 3  # another request: not kept


def test_a_failed_request_is_told_and_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    too_long = synthetic_error(400, "the request exceeds the available context size", code="context_length_exceeded")
    with ScriptedServer(too_long) as server:
        assert plain(server, monkeypatch, tmp_path) == 1
    assert len(read(tmp_path, "costs.json")["groups"]["tellin-storm"]["failures"]) == 1
    with ScriptedServer(reply_of()) as server:
        assert plain(server, monkeypatch, tmp_path) == 0
        assert len(server.requests) == 1
    assert read(tmp_path, "costs.json")["groups"]["tellin-storm"]["failures"] == []


def test_the_key_is_in_no_kept_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-in-this-test")
    with ScriptedServer(reply_of()) as server:
        plain(server, monkeypatch, tmp_path)
        assert server.requests[0].headers["authorization"] == "Bearer sk-planted-in-this-test"
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(files) == 3
    assert not [path for path in files if "sk-planted" in path.read_text("utf-8")]


def test_wrong_input_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plain(None, monkeypatch, tmp_path, "--only", "somewhere-else") == 2
    assert "no groups" in capsys.readouterr().err


def test_articles_that_do_not_fit_together_go_in_pairs() -> None:
    group = a_group()
    third = {**group.raw["articles"][1], "article_id": "pier"}
    larger = parse_group({**group.raw, "articles": [*group.raw["articles"], third]})
    size = len(prompt(larger, ["quay", "mole", "pier"]).encode())
    assert batches(larger, size) == [("quay", "mole", "pier")]
    assert batches(larger, size - 1) == [("quay", "mole"), ("quay", "pier"), ("mole", "pier")]


def test_a_quote_of_the_title_counts_above_the_text() -> None:
    told = evidence(a_group(), "quay", "Storm at Tellin")
    assert f"Storm at Tellin\n\n{FIRST}"[told["start"] : told["end"]] == "Storm at Tellin"


# langextract: facts compared


def fact(article: str, answer: str, question: str = "How many barges sank?", kind: str = "count") -> Fact:
    return Fact(article, kind, question, answer, 0, 3, "Six")


UNDATED: dict[str, str | None] = {"quay": None, "mole": None, "pier": None}
DATED: dict[str, str | None] = {"quay": "2031-05-01", "mole": "2031-05-02", "pier": "2031-05-02"}


def test_different_numbers_are_a_contradiction_with_evidence() -> None:
    (found,) = compared([fact("quay", "six"), fact("mole", "9")], UNDATED, texts=False)["disagreements"]
    assert found["relation"] == "contradiction"
    assert [(position["answer"], position["articles"]) for position in found["positions"]] == [
        ("six", ["quay"]),
        ("9", ["mole"]),
    ]
    assert found["positions"][0]["evidence"] == [{"article": "quay", "start": 0, "end": 3, "quote": "Six"}]


def test_articles_of_different_dates_make_an_update() -> None:
    facts = [fact("quay", "six"), fact("mole", "nine")]
    assert compared(facts, DATED, texts=False)["disagreements"][0]["relation"] == "update"
    facts.append(fact("pier", "ten"))  # of the same day as "nine"
    assert compared(facts, DATED, texts=False)["disagreements"][0]["relation"] == "contradiction"


def test_equal_numbers_are_an_agreement() -> None:
    result = compared([fact("quay", "six"), fact("mole", "6 barges")], DATED, texts=False)
    assert result["disagreements"] == []
    assert result["agreements"][0]["positions"][0]["articles"] == ["quay", "mole"]


def test_one_article_disagrees_with_no_one() -> None:
    assert compared([fact("quay", "six"), fact("quay", "seven")], UNDATED, texts=False) == {
        "disagreements": [],
        "agreements": [],
    }


def test_answers_without_numbers_are_compared_on_demand() -> None:
    facts = [fact("quay", "a gale", "What sank them?", "cause"), fact("mole", "a rock", "What sank them?", "cause")]
    assert compared(facts, UNDATED, texts=False)["disagreements"] == []
    assert compared(facts, UNDATED, texts=True)["disagreements"][0]["relation"] == "contradiction"


def test_class_and_question_bring_facts_together() -> None:
    facts = [
        fact("quay", "six", "How many barges sank?"),
        fact("mole", "nine", "How many barges sank off Tellin?"),
        fact("pier", "noon", "When did the storm begin?"),
        fact("pier", "six", "How many barges sank?", kind="time"),
    ]
    assert [[member.article for member in cluster] for cluster in clusters(facts)] == [
        ["quay", "mole"],
        ["pier"],
        ["pier"],
    ]


def test_the_example_is_verbatim_and_in_order() -> None:
    places = [EXAMPLE_TEXT.find(text) for _, text, *_ in EXAMPLE]
    assert -1 not in places
    assert places == sorted(places)


# langextract itself


def extraction(kind: str, text: str, **attributes: str | None) -> dict[str, Any]:
    return {kind: text, f"{kind}_attributes": attributes}


def extracts(server: ScriptedServer | None, monkeypatch: pytest.MonkeyPatch, folder: Path, *more: str) -> int:
    pytest.importorskip("langextract")
    groups = str(group_file(folder, quay="2031-05-01 08:00", mole="2031-05-02"))
    return command(server, monkeypatch, "langextract", "--groups", groups, "--out", str(folder / "out"), *more)


def extracted(*items: dict[str, Any], **fields: Any) -> Reply:
    return synthetic_completion(json.dumps({"extractions": list(items)}), **fields)


def test_langextract_facts_are_aligned_compared_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"question": "How many barges sank?", "speaker": ""}
    six = extraction("count", "Six barges sank", answer="6", **asked)
    nine = extraction("count", "Nine barges went down", answer="nine", **asked)
    lost = extraction("time", "at midnight sharp", answer="12", question="When did the storm begin?", speaker=None)
    bare = extraction("cause", "the storm", question=None, answer=None, speaker=None)
    with ScriptedServer(extracted(six, bare), extracted(nine, lost, prompt_tokens=30)) as server:
        assert extracts(server, monkeypatch, tmp_path, "--max-tokens", "222") == 0
        first = server.requests[0].body
    assert (first["temperature"], first["max_tokens"]) == (0.0, 222)
    assert first["response_format"]["type"] == "json_schema"
    (found,) = read(tmp_path, "tellin-storm.json")["disagreements"]
    assert found["relation"] == "update"
    assert [position["evidence"] for position in found["positions"]] == [
        [{"article": "quay", "start": 0, "end": 15, "quote": "Six barges sank"}],
        [{"article": "mole", "start": 0, "end": 21, "quote": "Nine barges went down"}],
    ]
    costs = read(tmp_path, "costs.json")
    assert (costs["total"]["calls"], costs["total"]["prompt_tokens"]) == (2, 40)
    assert extracts(None, monkeypatch, tmp_path, "--max-tokens", "222", "--replay") == 0
    assert read(tmp_path, "costs.json") == costs


def test_langextract_leaves_out_what_does_not_parse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(synthetic_completion('{"extractions": [', finish_reason="length"), extracted()) as server:
        assert extracts(server, monkeypatch, tmp_path) == 0
    cost = read(tmp_path, "costs.json")["groups"]["tellin-storm"]
    assert (cost["calls"], cost["failed_calls"]) == (2, 1)


def test_langextract_tells_a_failed_request_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(synthetic_error(400, "no such grammar"), extracted()) as server:
        assert extracts(server, monkeypatch, tmp_path) == 1
        assert len(server.requests) == 2
    (failure,) = read(tmp_path, "costs.json")["groups"]["tellin-storm"]["failures"]
    assert failure.startswith("quay: ")


def test_langextract_without_a_model_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert extracts(None, monkeypatch, tmp_path, "--replay") == 3
    assert not (tmp_path / "out" / "tellin-storm.json").exists()


def test_examples_are_stories_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(reply_of(), reply_of()) as server:
        out = str(tmp_path / "out")
        assert command(server, monkeypatch, "plain", "--examples", "--out", out, "--only", "ferry", "march") == 0
    assert sorted(path.stem for path in (tmp_path / "out").glob("*-*.json")) == ["ferry-fire", "march-of-lanterns"]
