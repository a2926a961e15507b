"""The bench's `run` and `score` commands, on a made-up model behind a real server."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.fake_model import SyntheticModel, schema_name
from support.scripted_server import Reply, Request, synthetic_error

from benchmarks.quality.__main__ import main
from benchmarks.quality.groups import load_groups, parse_group, write_groups
from benchmarks.quality.run import settings_for
from summarizer.schemas import MergedSummary

TEXTS = {
    "upper-post": "On Tuesday three people were killed at Ostrand. The slope gave way in the night.",
    "lower-post": "On Tuesday five people were killed at Ostrand. The road is closed.",
}
SCORER = """
import argparse, json
parser = argparse.ArgumentParser()
parser.add_argument("--groups", nargs="+")
parser.add_argument("--predictions")
parser.add_argument("--details", action="store_true")
args = parser.parse_args()
for path in args.groups:
    for line in open(path, encoding="utf-8"):
        print("outside", json.loads(line)["group_id"], args.details)
"""


def raw(id: str) -> dict[str, Any]:
    positions = [{"article_id": name, "low": n, "high": n} for name, n in (("upper-post", 3), ("lower-post", 5))]
    dates = dict(zip(TEXTS, ("2031-05-06", "2031-05-08"), strict=True))
    return {
        "group_id": id,
        "source": "invented",
        "langs": ["en"],
        "articles": [
            {"article_id": name, "title": "Ostrand", "text": text, "date": dates[name]} for name, text in TEXTS.items()
        ],
        "expected": [{"slot": "killed", "kind": "number", "relation": "update", "positions": positions}],
    }


@pytest.fixture
def groups(tmp_path: Path) -> Path:
    path = tmp_path / "groups.jsonl"
    write_groups([parse_group(raw("ostrand-1")), parse_group(raw("ostrand-2"))], path)
    return path


def use(model: SyntheticModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", model.base_url)
    monkeypatch.setenv("SUMMARIZER_MODEL", "synthetic")
    monkeypatch.setenv("SUMMARIZER_TRANSPORT_RETRIES", "0")
    monkeypatch.setenv("SUMMARIZER_REASKS", "0")
    monkeypatch.setenv("SUMMARIZER_CONCURRENCY", "1")


def loaded(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def test_a_run_saves_predictions_costs_and_scores(
    groups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, scorer = tmp_path / "out", tmp_path / "scorer.py"
    scorer.write_text(SCORER, "utf-8")
    with SyntheticModel() as model:
        use(model, monkeypatch)
        assert (
            main(["run", "--groups", str(groups), "--only", "ostrand-1", "--out", str(out), "--scorer", str(scorer)])
            == 0
        )
        spent = len(model.requests)
    story = MergedSummary.model_validate_json((out / "predictions" / "ostrand-1.json").read_bytes())
    assert [(article.id, article.title, article.published) for article in story.articles] == [
        ("upper-post", "Ostrand", "2031-05-06"),
        ("lower-post", "Ostrand", "2031-05-08"),
    ]
    cost = loaded(out / "costs.json")["ostrand-1"]
    assert (cost["calls"], cost["articles"]) == (spent, 2)
    told = loaded(out / "score.json")
    assert (told["all"]["recall"], told["all"]["relation_exact"], told["absent"]) == (1, 1, [])
    assert told["all"]["calls_per_article"] == spent / 2
    assert "outside ostrand-1 True" in capsys.readouterr().out
    assert (out / "scorer.txt").read_text("utf-8") == "outside ostrand-1 True\n"


def test_kept_answers_are_told_with_what_they_cost(
    groups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, outs = tmp_path / "answers", (tmp_path / "first", tmp_path / "second")
    with SyntheticModel() as model:
        use(model, monkeypatch)
        spent = []
        for out in outs:
            arguments = ["--groups", str(groups), "--only", "ostrand-1", "--out", str(out), "--answers", str(answers)]
            assert main(["run", *arguments]) == 0
            spent.append(len(model.requests))
    assert spent[0] == spent[1] > 0
    first, second = (loaded(out / "costs.json")["ostrand-1"] for out in outs)
    assert {name: second[name] for name in ("calls", "prompt_tokens", "output_tokens")} == {
        name: first[name] for name in ("calls", "prompt_tokens", "output_tokens")
    }
    assert (first["reused_calls"], second["reused_calls"]) == (0, first["calls"])
    per_article = [loaded(out / "score.json")["all"]["tokens_out_per_article"] for out in outs]
    assert per_article[0] == per_article[1] > 0


def test_weights_stay_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    for _ in range(2):
        settings = settings_for(tmp_path / "answers")
        assert settings.cache_dir == tmp_path / "answers"
        (settings.cache_dir / "models" / "weights").write_text("x", "utf-8")
    assert (tmp_path / "cache" / "models" / "weights").is_file()
    assert settings_for(None).cache_dir == tmp_path / "cache"


def test_a_story_that_fails_leaves_the_others(
    groups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    (out / "predictions").mkdir(parents=True)
    (out / "predictions" / "ostrand-1.json").write_text("{}", "utf-8")  # of an earlier run
    told = [json.loads(line) for line in groups.read_text("utf-8").splitlines()]
    groups.write_text("\n".join([json.dumps(told[0]).replace("Ostrand", "Marsk"), json.dumps(told[1])]), "utf-8")

    def fault(_: int, request: Request) -> Reply | None:
        return synthetic_error(400) if "Marsk" in str(request.messages) else None

    with SyntheticModel(fault=fault) as model:
        use(model, monkeypatch)
        assert main(["run", "--groups", str(groups), "--out", str(out), "--details"]) == 1
    assert not (out / "predictions" / "ostrand-1.json").exists()
    assert list(loaded(out / "costs.json")) == ["ostrand-2"]
    score = loaded(out / "score.json")
    assert (score["absent"], score["all"]["recall"]) == (["ostrand-1"], 0.5)
    shown = capsys.readouterr()
    assert "ostrand-1: failed" in shown.err
    assert "not run: killed" in shown.out


def test_without_a_model_nothing_is_scored(groups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with SyntheticModel() as model:
        use(model, monkeypatch)
    out = tmp_path / "out"
    assert main(["run", "--groups", str(groups), "--out", str(out)]) == 3
    assert not (out / "score.json").exists()


def test_scoring_again_needs_no_model(groups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with SyntheticModel() as model:
        use(model, monkeypatch)
        main(["run", "--groups", str(groups), "--out", str(out)])
    again = ["score", "--groups", str(groups), "--predictions", str(out / "predictions")]
    assert main(again) == 0
    assert loaded(out / "predictions" / "score.json") == loaded(out / "score.json")
    (out / "predictions" / "ostrand-2.json").unlink()
    assert main(again) == 1
    assert main([*again, "--present"]) == 0
    assert loaded(out / "predictions" / "score.json")["all"]["recall"] == 1


def test_wrong_input_is_2_and_says_why(groups: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('no such scale')", "utf-8")
    told = ["--predictions", str(tmp_path)]
    for arguments, reason in (
        (["--groups", str(tmp_path / "none.jsonl"), *told], "none.jsonl"),
        (["--groups", str(groups), "--only", "x", *told], "no group's id begins with 'x'"),
        (["--groups", str(groups), "--scorer", str(broken), *told], "no such scale"),
    ):
        assert main(["score", *arguments]) == 2
        assert reason in capsys.readouterr().err
    assert len(list(load_groups([groups]))) == 2


def test_what_fails_inside_a_story_is_counted(groups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(_: int, request: Request) -> Reply | None:
        asked = schema_name(request) == "MarkQuestions" and "five people" in str(request.messages[-1])
        return synthetic_error(400) if asked else None

    with SyntheticModel(fault=fault) as model:
        use(model, monkeypatch)
        assert main(["run", "--groups", str(groups), "--only", "ostrand-1", "--out", str(tmp_path / "out")]) == 0
    told = loaded(tmp_path / "out" / "score.json")["all"]
    assert (told["failures"], told["lost"]) == (1, {"no claim": 1})
