"""Precision of flags and grounding of claims, from the labels that are kept and hold for a run."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

from .groups import Group
from .labels_records import KINDS, LABELLED, Known
from .sampling import Item, items_of

GOOD = {"flags": "right", "claims": "entailed"}
BY = {"flags": "relation", "claims": "value"}
"""What the figures are broken down by: a flag's relation, the kind of a claim's value."""
_Judged = tuple[Item, dict[str, Any] | None]


def wilson(part: int, whole: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share (JASA 22, 1927): from 0 to 1, also where none or all are good."""
    if not whole:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, scale = part / whole, 1 + z * z / whole
    middle = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def measure(groups: Iterable[Group], predictions: Path, folder: Path = LABELLED) -> dict[str, Any]:
    """What the kept labels in `folder` say of a run: `flags` and `claims`, each in `total` and `by` kind.

    `items` are the run's, `labelled` those of them that a label holds for, `good` those labelled right or entailed,
    `share` their share of the labelled with its Wilson interval `low` to `high` (95 %); None where none is labelled.
    Of the claims' `speaker`: those whose attribution was judged, and the share that is right.
    """
    groups = list(groups)
    result: dict[str, Any] = {}
    for kind in KINDS:
        known = Known(kind, folder)
        judged: list[_Judged] = [(item, known.label(item["record"])) for item in items_of(kind, groups, predictions)]
        result[kind] = {
            "total": _figures(kind, judged),
            f"by_{BY[kind]}": _parted(kind, judged, BY[kind]),
            "by_group": _parted(kind, judged, "group"),
        }
        if kind == "claims":
            result[kind]["speaker"] = _speakers(judged)
    return result


def table(measured: Mapping[str, Any]) -> str:
    """The figures as lines for people."""
    lines = [f"{'':32}{'of run':>8}{'labelled':>10}{'good':>7}{'share':>8}   95 %"]
    for kind, heading in (("flags", "flags: right"), ("claims", "claims: entailed")):
        lines.append(_line(heading, measured[kind]["total"]))
        lines.extend(_line(f"  {name}", part) for name, part in measured[kind][f"by_{BY[kind]}"].items())
        wrong = {k: n for k, n in measured[kind]["total"]["labels"].items() if k != GOOD[kind]}
        if wrong:
            lines.append("  " + ", ".join(f"{label} {number}" for label, number in wrong.items()))
    lines.append(_line("claims: speaker right", measured["claims"]["speaker"]))
    return "\n".join(lines)


def _figures(kind: str, judged: Sequence[_Judged]) -> dict[str, Any]:
    labels = Counter(kept["label"] for _, kept in judged if kept)
    return {**_share(len(judged), labels.total(), labels[GOOD[kind]]), "labels": dict(sorted(labels.items()))}


def _speakers(judged: Sequence[_Judged]) -> dict[str, Any]:
    told = [kept["speaker"] for _, kept in judged if kept and kept.get("speaker")]
    return _share(len(judged), len(told), told.count("right"))


def _parted(kind: str, judged: Iterable[_Judged], field: str) -> dict[str, Any]:
    parts: defaultdict[str, list[_Judged]] = defaultdict(list)
    for item, kept in judged:
        parts[item["record"][field]].append((item, kept))
    return {part: _figures(kind, pairs) for part, pairs in sorted(parts.items())}


def _share(items: int, labelled: int, good: int) -> dict[str, Any]:
    low, high = wilson(good, labelled)
    share = round(good / labelled, 3) if labelled else None
    return {
        "items": items,
        "labelled": labelled,
        "good": good,
        "share": share,
        "low": round(low, 3),
        "high": round(high, 3),
    }


def _line(name: str, figures: Mapping[str, Any]) -> str:
    head = f"{name:32}{figures['items']:8}{figures['labelled']:10}{figures['good']:7}"
    if figures["share"] is None:
        return head + f"{'-':>8}"
    return head + f"{figures['share']:8.3f}   {figures['low']:.3f} to {figures['high']:.3f}"
