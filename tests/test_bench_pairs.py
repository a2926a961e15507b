"""Conflict and compatibility of two texts, decided by their figures alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.pairs import decide, measure


@pytest.mark.parametrize(
    ("first", "second", "language", "decision"),
    [
        ("Three sailors were killed.", "Five sailors were killed.", "en", "conflict"),
        ("Three sailors were killed.", "3 sailors were killed.", "en", "compatible"),
        ("More than 40 crates were lost.", "48 crates were lost.", "en", "compatible"),
        ("More than 40 crates were lost.", "92 crates were lost.", "en", "conflict"),
        ("Three sailors were killed, 12 hurt.", "Twelve sailors were injured.", "en", "compatible"),
        ("Three sailors were killed.", "Nine sailors were injured.", "en", "undecided"),
        ("The crates weigh 40 kg.", "The crates cost 70 dollars.", "en", "undecided"),
        ("The ship sank.", "Five sailors were killed.", "en", "no figures"),
        ("Cinq marins sont morts.", "Six marins sont morts.", "fr", "conflict"),
        ("The gate closed at 9:40 pm.", "It closed at about 21:42.", "en", "compatible"),
        ("The gate closed at 9:40 pm.", "It closed at 20:10.", "en", "conflict"),
        ('[{"q": "How many?", "a": ["Four sailors were killed."]}]', "Six sailors were killed.", "en", "conflict"),
    ],
)
def test_decisions(first: str, second: str, language: str, decision: str) -> None:
    assert decide(first, second, language) == decision
    assert decide(second, first, language) == decision


def pair(id: str, second: str, label: str, scheme: str = "two-way") -> dict[str, Any]:
    first = "Three sailors were killed."
    return {
        "id": id,
        "source": "S",
        "label_scheme": scheme,
        "lang": "en",
        "text_a": first,
        "text_b": second,
        "label": label,
    }


PAIRS = [
    pair("1", "Five sailors were killed.", "contradiction"),
    pair("2", "3 sailors were killed.", "contradiction"),
    pair("3", "The ship is safe.", "contradiction"),
    pair("4", "Six sailors were killed.", "compatible"),
    pair("5", "Three sailors were killed there.", "compatible"),
    pair("6", "Seven sailors were killed.", "weakens", "soft"),
]


def test_shares_by_scheme() -> None:
    measured = measure(PAIRS)
    hard, soft = measured["S: two-way"], measured["S: soft"]
    assert (hard["pairs"], hard["with_figures"], hard["decided"]) == (5, 0.8, 0.8)
    assert (hard["precision"], hard["recall_of_decided"], hard["recall_of_all"]) == (0.5, 0.5, 0.333)
    assert hard["labels"]["contradiction"] == {"conflict": 1, "compatible": 1, "no figures": 1}
    assert hard["wrong"] == ["2: compatible for contradiction", "4: conflict for compatible"]
    assert (soft["precision"], soft["labels"]["weakens"]) == (None, {"conflict": 1})


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in PAIRS), "utf-8")
    assert main(["pairs", "--file", str(path), "--out", str(tmp_path / "out"), "--details"]) == 0
    shown = capsys.readouterr().out
    assert "out of reach" in shown
    assert "2: compatible for contradiction" in shown
    assert json.loads((tmp_path / "out" / "pairs.json").read_text("utf-8")) == measure(PAIRS)
    path.write_text("{}", "utf-8")
    assert main(["pairs", "--file", str(path)]) == 2
