"""Scores told: a table for people, one line for each loss, a JSON file, and what another scorer prints."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .scoring import Score

_WIDTH = 42
_SHARES = (
    ("recall", "recall"),
    ("relation_exact", "exact"),
    ("relation_coarse", "coarse"),
    ("relation_accepted", "accepted"),
    ("evidence_exact", "verbatim"),
    ("evidence_number", "number"),
)
_COST = (
    ("verified_per_article", "verified"),
    ("unverified_share", "unverified"),
    ("calls_per_article", "calls"),
    ("tokens_in_per_article", "tokens in"),
    ("tokens_out_per_article", "tokens out"),
    ("seconds_per_article", "seconds"),
)


def show(
    scores: Mapping[str, Score], by_source: Mapping[str, Score], total: Score, *, absent: Sequence[str] = ()
) -> str:
    """Tables of the stories, the sources, the kinds of rows and the total, then how much each stage lost."""
    lines = [_heads("story", ["found", *(name for _, name in _SHARES), "false flags", "confirmed", "flags"])]
    lines += [_quality(name, score) for name, score in scores.items()]
    lines += ["", _heads("source", ["found", *(name for _, name in _SHARES), "false flags", "confirmed", "flags"])]
    lines += [_quality(name, score) for name, score in by_source.items()]
    lines += [_quality("all", total), "", _heads("rows of kind", ["found", "recall", "exact", "coarse", "accepted"])]
    told = total.summary()
    for kind, row in told["kinds"].items():
        cells = [f"{row['found']}/{row['expected']}", *(_number(row[name]) for name, _ in _SHARES[:4])]
        lines.append(_line(kind, cells))
    lines += ["", _heads("per article", [name for _, name in _COST])]
    lines += [_cost(name, score) for name, score in {**by_source, "all": total}.items()]
    lines.append("")
    for what, counts in (("unverified by", told["unverified"]), ("rows lost by", told["lost"])):
        parts = [f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: -item[1])]
        lines.append(f"{what}: {', '.join(parts) or 'nothing'}")
    lines.append(
        f"flags {told['flags']}, of an expected row {_number(told['flags_explained'])}; told as uncertain "
        f"{told['uncertain']}; traps fallen into {told['trapped']}/{told['traps']}; failures inside stories "
        f"{told['failures']}"
    )
    if absent:
        lines.append(f"no prediction: {', '.join(absent)}")
    return "\n".join(lines)


def details(scores: Mapping[str, Score]) -> str:
    """One line for each row that was lost and each control that was flagged."""
    return "\n".join(
        line
        for name, score in scores.items()
        if score.losses or score.notes
        for line in (name, *(f"    {loss}" for loss in score.losses), *(f"    {note}" for note in score.notes))
    )


def as_json(
    scores: Mapping[str, Score], by_source: Mapping[str, Score], total: Score, *, absent: Sequence[str] = ()
) -> dict[str, Any]:
    """The same as an object, with the losses of each story."""
    stories = {
        name: score.summary()
        | {
            "losses": [
                {"slot": x.slot, "relation": x.relation, "stage": x.stage, "trace": list(x.trace)} for x in score.losses
            ],
            "notes": score.notes,
        }
        for name, score in scores.items()
    }
    return {
        "all": total.summary(),
        "by_source": {name: score.summary() for name, score in by_source.items()},
        "stories": stories,
        "absent": list(absent),
    }


def save(told: Mapping[str, Any], path: Path) -> None:
    """Write JSON, readable and with the same bytes for the same figures."""
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def outside(scorer: Path, groups: Path, predictions: Path) -> str:
    """What the scorer at that path says of the same predictions. Raises OSError where it cannot be run or fails."""
    options = ["--groups", str(groups), "--predictions", str(predictions), "--details"]
    command = [sys.executable, str(scorer), *options]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise OSError(f"{scorer} ended with exit code {done.returncode}: {last}")
    return done.stdout


def _quality(name: str, score: Score) -> str:
    told = score.summary()
    cells = [
        f"{told['found']}/{told['expected']}",
        *(_number(told[key]) for key, _ in _SHARES),
        f"{told['false_flags']}/{told['controls']}",
        f"{told['confirmed']}/{told['controls']}",
        str(told["flags"]),
    ]
    return _line(name, cells)


def _cost(name: str, score: Score) -> str:
    told = score.summary()
    return _line(name, [_number(told[key]) for key, _ in _COST])


def _heads(first: str, names: Sequence[str]) -> str:
    return _line(first, names)


def _line(first: str, cells: Sequence[str]) -> str:
    return f"{first[:_WIDTH]:{_WIDTH}}" + "".join(f"{cell:>12}" for cell in cells)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
