"""What people would use instead, on the same model and stories: `baseline plain` and `baseline langextract`."""

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..groups import Group
    from .server import Answers

    Predict = Callable[[Group, Answers], tuple[dict[str, Any], list[str]]]

SPENT = ("calls", "failed_calls", "prompt_tokens", "cached_tokens", "output_tokens", "seconds")


def add_parser(subparsers: Any) -> None:
    """Add `baseline plain` and `baseline langextract`."""
    parser = subparsers.add_parser("baseline", help="run what people would use instead, on the same model")
    kinds = parser.add_subparsers(dest="baseline", required=True, metavar="plain|langextract")
    for name, help, tokens in (
        ("plain", "all articles in one prompt, a list of disagreements through instructor", 1600),
        ("langextract", "langextract per article, then equal-class values compared", 1200),
    ):
        kind = kinds.add_parser(name, help=help)
        which = kind.add_mutually_exclusive_group(required=True)
        which.add_argument("--groups", type=Path, nargs="+", metavar="FILE", help="JSONL files of groups")
        which.add_argument("--examples", action="store_true", help="the project's own stories")
        kind.add_argument("--out", type=Path, required=True, help="folder of the predictions and costs.json")
        kind.add_argument("--only", nargs="+", metavar="PREFIX", help="groups whose id begins with one of these")
        kind.add_argument("--answers", type=Path, metavar="DIR", help="kept replies; else OUT/answers")
        kind.add_argument("--replay", action="store_true", help="ask no model: kept replies only")
        kind.add_argument("--context", type=int, default=16384, metavar="TOKENS", help="of the embedded model")
        kind.add_argument("--max-tokens", type=int, default=tokens, help="bound on one reply")
        if name == "langextract":
            kind.add_argument("--texts", action="store_true", help="compare answers without a number, too")
        kind.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Run one baseline over the groups. Exit code 0, 1 if a request failed, 2 for wrong input, 3 without a model.

    Every group's prediction is written as soon as it is made, and every reply is kept: started again, the command
    asks only what it has not been answered yet.
    """
    from summarizer.errors import ModelUnavailable, SettingsError
    from summarizer.settings import Settings

    from .server import Answers

    try:
        groups = _chosen(options)
        settings = Settings.resolve(context_tokens=options.context)
    except (ValueError, OSError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    predict = _predict(options)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        with Answers(options.answers or options.out / "answers", settings, replay=options.replay) as answers:
            return over(groups, predict, answers, options.out, {"baseline": options.baseline, "model": answers.model})
    except ModelUnavailable as error:
        print(error, file=sys.stderr)
        return 3


def over(groups: "list[Group]", predict: "Predict", answers: "Answers", out: Path, about: dict[str, str]) -> int:
    """Write `out`/<group>.json for every group and add each one's cost to `out`/costs.json; 1 if a request failed.

    Costs are per group: articles, calls, tokens, `seconds` of waiting for the model when the replies were made, and
    `failures` in words; the prediction holds the same as its `usage`. Raises ModelUnavailable; what was done until
    then is written.
    """
    from summarizer.model.meter import Meter

    path = out / "costs.json"
    known = json.loads(path.read_text("utf-8"))["groups"] if path.is_file() else {}
    for number, group in enumerate(groups, 1):
        answers.meter = Meter()
        prediction, failures = predict(group, answers)
        usage = answers.meter.usage
        spent = {name: getattr(usage, name) for name in SPENT}
        known[group.id] = {"articles": len(group.articles), **spent, "failures": failures}
        _write(out / f"{group.id}.json", {**prediction, "usage": spent})
        _write(path, {**about, "groups": known, "total": _total(known)})
        print(
            f"{number}/{len(groups)} {group.id}: {len(prediction['disagreements'])} disagreements, "
            f"{usage.calls} calls, {usage.prompt_tokens} + {usage.output_tokens} tokens, {usage.seconds:.0f} s"
            + (f", {len(failures)} failures" if failures else ""),
            file=sys.stderr,
            flush=True,
        )
    return int(answers.unanswered > 0)


def _chosen(options: argparse.Namespace) -> "list[Group]":
    from ..groups import example_groups, load_groups, selected

    groups = example_groups() if options.examples else load_groups(options.groups)
    prefixes = tuple(options.only or ("",))
    return selected([group for group in groups if group.id.startswith(prefixes)], None)


def _predict(options: argparse.Namespace) -> "Predict":
    if options.baseline == "plain":
        from .plain import predict

        return partial(predict, context_tokens=options.context, max_tokens=options.max_tokens)
    from .extracts import predict as extract

    return partial(extract, max_tokens=options.max_tokens, texts=options.texts)


def _total(costs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: round(sum(cost[name] for cost in costs.values()), 3) for name in ("articles", *SPENT)}


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
