"""The `score` command: predictions saved by a run (or by another program) measured again, without any model."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import report
from .groups import Group, example_groups, load_groups, selected, write_groups
from .scoring import Score, score_group, total


def add_story_options(parser: argparse.ArgumentParser) -> None:
    """Options that say which stories are meant, and with what scorer besides."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--groups", nargs="+", type=Path, metavar="FILE", help="JSONL files of groups")
    which.add_argument("--examples", action="store_true", help="the project's own stories")
    parser.add_argument("--only", metavar="PREFIX", help="only groups whose id begins with this")
    parser.add_argument("--scorer", type=Path, metavar="PATH", help="print what this scorer says, too")
    parser.add_argument("--details", action="store_true", help="a line for each row that was lost, with its stage")


def add_parser(subparsers: Any) -> None:
    """Add the `score` command."""
    parser = subparsers.add_parser("score", help="measure saved predictions again", description=__doc__)
    add_story_options(parser)
    parser.add_argument("--predictions", type=Path, required=True, metavar="DIR", help="holds <group>.json files")
    parser.add_argument("--present", action="store_true", help="leave out groups that have no prediction")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where score.json goes; by default beside them")
    parser.set_defaults(func=_run)


def stories(options: argparse.Namespace) -> list[Group]:
    """The groups that the options name. Raises ValueError where a file holds none."""
    found = example_groups() if options.examples else load_groups(options.groups)
    return selected(found, options.only)


def _run(options: argparse.Namespace) -> int:
    try:
        groups = stories(options)
        if options.present:
            groups = [group for group in groups if (options.predictions / f"{group.id}.json").exists()]
        return score(groups, options.predictions, options.out or options.predictions, options)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def score(groups: Sequence[Group], predictions: Path, out: Path, options: argparse.Namespace) -> int:
    """Score what there is of `predictions`, print it, and write score.json to `out`; 1 if predictions are missing."""
    scores, absent = measured(groups, predictions)
    by_source = summed(groups, scores)
    everything = total(scores.values())
    print(report.show(scores, by_source, everything, absent=absent))
    if options.details:
        print("\n" + report.details(scores))
    out.mkdir(parents=True, exist_ok=True)
    report.save(report.as_json(scores, by_source, everything, absent=absent), out / "score.json")
    if options.scorer:
        with TemporaryDirectory() as folder:  # of exactly these groups, examples among them
            write_groups(groups, Path(folder, "groups.jsonl"))
            told = report.outside(options.scorer, Path(folder, "groups.jsonl"), predictions)
        (out / "scorer.txt").write_text(told, "utf-8")
        print(f"\n{options.scorer}:\n{told}")
    return 1 if absent else 0


def measured(groups: Sequence[Group], predictions: Path) -> tuple[dict[str, Score], list[str]]:
    """The score of each group, and the ids of those without a prediction: all their rows are missed."""
    scores, absent = {}, []
    for group in groups:
        path = predictions / f"{group.id}.json"
        if path.exists():
            scores[group.id] = score_group(group, json.loads(path.read_text("utf-8")))
        else:
            absent.append(group.id)
            scores[group.id] = score_group(group, None)
    return scores, absent


def summed(groups: Sequence[Group], scores: dict[str, Score]) -> dict[str, Score]:
    """The scores of each source's groups together."""
    sources: dict[str, Score] = defaultdict(Score)
    for group in groups:
        sources[group.source] = sources[group.source] + scores[group.id]
    return dict(sorted(sources.items()))
