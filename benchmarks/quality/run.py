"""The `run` command: stories through the project's own main job, as a user would run it, then scored."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .groups import Group, article_files
from .score import add_story_options, score, stories

if TYPE_CHECKING:
    from summarizer.progress import Progress
    from summarizer.schemas import MergedSummary, Usage
    from summarizer.settings import Settings

PAID = ("calls", "prompt_tokens", "output_tokens", "seconds")
"""What a story costs; with the prefix `reused_` the part of it that kept answers saved in this run."""


def add_parser(subparsers: Any) -> None:
    """Add the `run` command."""
    parser = subparsers.add_parser("run", help="run stories through the model, then score them", description=__doc__)
    add_story_options(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="gets articles/, predictions/, costs.json, score.json"
    )
    parser.add_argument(
        "--answers", type=Path, metavar="DIR", help="where model answers are kept; by default the user's cache"
    )
    parser.set_defaults(func=_run)


def _run(options: argparse.Namespace) -> int:
    """Exit code 0, 1 if a story failed, 2 for wrong input, 3 without a usable model."""
    from summarizer.cli.bar import TerminalProgress
    from summarizer.errors import ModelUnavailable, SettingsError

    try:
        groups = stories(options)
        settings = settings_for(options.answers)
        with TerminalProgress() as progress:
            failed = asyncio.run(run_all(groups, options.out, settings, progress))
        return max(score(groups, options.out / "predictions", options.out, options), int(bool(failed)))
    except ModelUnavailable as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    except (OSError, ValueError, SettingsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def settings_for(answers: Path | None) -> "Settings":
    """The user's settings, with model answers kept in `answers` and the weights where they always are.

    Both live in one cache folder, so that of the weights is linked into `answers`.
    """
    from summarizer.settings import Settings

    if not answers:
        return Settings.resolve()
    weights = Settings.resolve().cache_dir.expanduser() / "models"
    link = answers / weights.name
    answers.mkdir(parents=True, exist_ok=True)
    if not link.exists():
        weights.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)  # a link to what is gone
        link.symlink_to(weights.resolve(), target_is_directory=True)
    return Settings.resolve(cache_dir=answers, cache=True)


async def run_all(groups: Sequence[Group], out: Path, settings: "Settings", progress: "Progress") -> dict[str, str]:
    """Run every story over one open model, each saved as soon as it is there; what failed, by group id, with why.

    Raises ModelUnavailable as soon as the model is gone: what was saved stays.
    """
    from summarizer.errors import ModelUnavailable, SummarizerError
    from summarizer.pipeline import Summarizer

    predictions = out / "predictions"
    predictions.mkdir(parents=True, exist_ok=True)
    costs: dict[str, dict[str, Any]] = {}
    failed: dict[str, str] = {}
    async with Summarizer(settings, progress=progress) as summarizer:
        for number, group in enumerate(groups, 1):
            started = time.monotonic()
            path = predictions / f"{group.id}.json"
            path.unlink(missing_ok=True)  # an earlier run's would be scored in the place of one that fails now
            try:
                story = await _story(group, out / "articles", summarizer)
            except ModelUnavailable:
                raise
            except SummarizerError as error:
                failed[group.id] = error.message
                progress.note(f"{group.id}: failed: {error.message}")
                continue
            path.write_text(story.model_dump_json(indent=1) + "\n", "utf-8")
            costs[group.id] = paid(story.usage, len(group.articles), time.monotonic() - started)
            (out / "costs.json").write_text(json.dumps(costs, indent=1) + "\n", "utf-8")
            took = f"{len(group.articles)} articles, {costs[group.id]['wall_seconds']:g} s"
            progress.note(f"{number}/{len(groups)} {group.id}: {took}, {len(story.disagreements)} disagreements")
    return failed


async def _story(group: Group, folder: Path, summarizer: Any) -> "MergedSummary":
    from summarizer.articles import read_articles

    articles, failures = read_articles([str(path) for path in article_files(group, folder)])
    strange = [article.id for article in articles if article.id not in group.articles]
    if strange:
        raise ValueError(f"{group.id}: {', '.join(strange)} is no article id of the group: ids must be file names")
    story: MergedSummary = await summarizer.story(articles, failures)
    return story


def paid(usage: "Usage", articles: int, wall: float) -> dict[str, Any]:
    """What a story cost when its answers were paid for, how much of that was kept ones, and how long this run took."""
    told = usage.model_dump()
    costs: dict[str, Any] = {"articles": articles}
    for name in PAID:
        kept = told.get(f"reused_{name}", 0)
        costs[name] = round(told[name] + kept, 3)
        costs[f"reused_{name}"] = round(kept, 3)
    return {**costs, "wall_seconds": round(wall, 1)}
