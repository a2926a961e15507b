"""The `labels` command: draw a sample of a run for a reader, keep what the reader says, and measure runs by it."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .groups import Group

CLAIMS = 220
REPOSITORY = Path(__file__).resolve().parents[2]


def add_parser(subparsers: Any) -> None:
    """Add `labels sample`, `labels keep` and `labels measure`."""
    parser = subparsers.add_parser("labels", help="precision and grounding, by labelled samples", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="sample|keep|measure")

    sample = verbs.add_parser("sample", help="write items of a run for a reader to label")
    kinds = sample.add_subparsers(dest="kind", required=True, metavar="flags|claims")
    for name, count, what in (
        ("flags", None, "pairs of positions of flagged disagreements"),
        ("claims", CLAIMS, "verified claims"),
    ):
        kind = kinds.add_parser(name, help=what)
        _add_run(kind)
        kind.add_argument("--out", type=Path, required=True, metavar="FILE", help="JSONL, outside the repository")
        kind.add_argument("--count", type=int, default=count, help=f"how many; by default {count or 'all'}")
        kind.add_argument("--seed", type=int, default=1, help="another number draws another sample")
        kind.set_defaults(func=_sample)

    keep = verbs.add_parser("keep", help="keep the labels of sample files, without the text")
    keep.add_argument("files", type=Path, nargs="+", metavar="FILE")
    _add_labelled(keep)
    keep.set_defaults(func=_keep)

    measure = verbs.add_parser("measure", help="what the kept labels say of a run")
    _add_run(measure)
    measure.add_argument("--out", type=Path, metavar="FILE", help="the figures as JSON")
    measure.set_defaults(func=_measure)


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--predictions", type=Path, required=True, metavar="DIR", help="holds <group>.json of a run")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--groups", type=Path, nargs="+", metavar="FILE", help="JSONL files of groups")
    which.add_argument("--examples", action="store_true", help="the project's own stories")
    parser.add_argument("--only", nargs="+", metavar="PREFIX", help="groups whose id begins with one of these")
    _add_labelled(parser)


def _add_labelled(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--labelled", type=Path, metavar="DIR", help="kept labels; else those of the repository")


def _sample(options: argparse.Namespace) -> int:
    """Exit code 0, 2 for wrong input. What has a kept label comes with it; the rest has an empty one."""
    from .labels_records import LABELLED, LABELS, REASONS, SPEAKER_LABELS, Known
    from .sampling import drawn, items_of, with_known

    if options.out.resolve().is_relative_to(REPOSITORY):
        return _wrong(f"{options.out} is in the repository, where no article text may be: write it elsewhere")
    try:
        every = items_of(options.kind, _groups(options), options.predictions)
        known = Known(options.kind, options.labelled or LABELLED)
        items = with_known(drawn(every, options.count, options.seed), known)
        lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        options.out.write_text(lines, "utf-8")
    except (ValueError, OSError) as error:
        return _wrong(error)
    labelled = sum(bool(item["label"]) for item in items)
    print(f"{len(items)} of {len(every)} {options.kind} in {options.out}, {labelled} of them labelled already")
    for heading, words in (("label", LABELS), ("reason (may stay empty)", REASONS)):
        print(f"\n{heading}")
        print("\n".join(f"  {word:16} {meaning}" for word, meaning in words[options.kind].items()))
    if options.kind == "claims":
        print(f"\nspeaker (may stay empty): {', '.join(SPEAKER_LABELS)}")
    return 0


def _keep(options: argparse.Namespace) -> int:
    """Exit code 0, 2 for a file with something else in it than labelled items."""
    from .labels_records import LABELLED, keep

    try:
        kept = keep(options.files, options.labelled or LABELLED)
    except (ValueError, OSError) as error:
        return _wrong(error)
    print(", ".join(f"{number} {kind}" for kind, number in kept.items()) + " are labelled")
    return 0


def _measure(options: argparse.Namespace) -> int:
    """Exit code 0, 2 for wrong input."""
    from .labels_measure import measure, table
    from .labels_records import LABELLED

    try:
        measured = measure(_groups(options), options.predictions, options.labelled or LABELLED)
        if options.out:
            options.out.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    except (ValueError, OSError) as error:
        return _wrong(error)
    print(table(measured))
    return 0


def _groups(options: argparse.Namespace) -> "list[Group]":
    from .groups import example_groups, load_groups, selected

    groups = example_groups() if options.examples else load_groups(options.groups)
    prefixes = tuple(options.only or ("",))
    chosen = selected([group for group in groups if group.id.startswith(prefixes)], None)
    if not any((options.predictions / f"{group.id}.json").is_file() for group in chosen):
        raise ValueError(f"{options.predictions} holds a prediction of none of these {len(chosen)} groups")
    return chosen


def _wrong(error: object) -> int:
    print(error, file=sys.stderr)
    return 2
