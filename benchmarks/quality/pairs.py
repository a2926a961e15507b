"""The `pairs` command: how well figures alone tell conflict from compatibility, on pairs of texts, without a model."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import report
from .scoring import share

if TYPE_CHECKING:
    from summarizer.schemas import DateValue, Quantity

Decision = Literal["conflict", "compatible", "undecided", "no figures"]
"""`no figures`: not both texts hold one. `undecided`: both do, but none can be said to count the same thing."""
DECISIONS: tuple[Decision, ...] = ("conflict", "compatible", "undecided", "no figures")
MEANING: Mapping[str, Literal["conflict", "compatible"] | None] = {
    "contradiction": "conflict",
    "different_value": "conflict",
    "compatible": "compatible",
    "entailment": "compatible",
    "neutral": "compatible",
    "same_value": "compatible",
    "vague_vs_exact": "compatible",
    "agreement": "compatible",
    "discuss": "compatible",
    "conflicting_evidence": None,
    "weakens": None,
    "not_weakening": None,
}
"""What a label says of conflict, None where it says something softer, which is counted but not scored."""
_NOUNS = 2  # content words behind a figure in which the counted thing stands
_REACH = 40  # characters behind a figure in which they stand


@dataclass(frozen=True)
class Figure:
    """A figure or clock time of a text, and what it counts: concept, and words behind it."""

    value: "Quantity | DateValue"
    concept: str | None
    words: frozenset[str]


def add_parser(subparsers: Any) -> None:
    """Add the `pairs` command."""
    parser = subparsers.add_parser("pairs", help="measure the comparing of figures on pairs", description=__doc__)
    parser.add_argument("--file", nargs="+", type=Path, required=True, metavar="FILE", help="JSONL files of pairs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="gets pairs.json")
    parser.add_argument("--details", action="store_true", help="name each pair that is decided wrongly, by its id")
    parser.set_defaults(func=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        pairs = [json.loads(line) for path in options.file for line in path.read_text("utf-8").splitlines() if line]
        measured = measure(pairs)
    except (OSError, ValueError, KeyError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(show(measured, details=options.details))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        report.save(measured, options.out / "pairs.json")
    return 0


def measure(pairs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """For each label scheme: decisions by label, and precision and recall of conflict."""
    tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    wrong: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        scheme, label = f"{pair['source']}: {pair['label_scheme']}", str(pair["label"])
        decision = decide(str(pair["text_a"]), str(pair["text_b"]), pair.get("lang"))
        tables[scheme][label][decision] += 1
        meant = MEANING.get(label)
        if meant and decision in ("conflict", "compatible") and decision != meant:
            wrong[scheme].append(f"{pair['id']}: {decision} for {label}")
    return {
        scheme: {**_rates(labels), "labels": {name: dict(counts) for name, counts in sorted(labels.items())}}
        | {"wrong": wrong[scheme]}
        for scheme, labels in sorted(tables.items())
    }


def _rates(labels: Mapping[str, Counter[str]]) -> dict[str, Any]:
    cells: Counter[tuple[str, str]] = Counter()
    for label, counts in labels.items():
        for decision, count in counts.items():
            cells[MEANING.get(label) or "not scored", decision] += count
    hits, misses = cells["conflict", "conflict"], cells["conflict", "compatible"]
    flagged = hits + cells["compatible", "conflict"]
    conflicts = sum(cells["conflict", decision] for decision in DECISIONS)
    every = sum(cells.values())
    figures = every - sum(count for (_, decision), count in cells.items() if decision == "no figures")
    decided = sum(count for (_, decision), count in cells.items() if decision in ("conflict", "compatible"))
    return {
        "pairs": every,
        "with_figures": share(figures, every),
        "decided": share(decided, every),
        "precision": share(hits, flagged),
        "recall_of_decided": share(hits, hits + misses),
        "recall_of_all": share(hits, conflicts),
    }


def show(measured: Mapping[str, Any], *, details: bool = False) -> str:
    """A table for each label scheme."""
    lines = [
        "Only pairs in which both texts hold a figure of one thing can be decided by figures; a difference that stands",
        "in words alone is out of reach of these rules. Labels of different schemes mean different things: no total.",
    ]
    for scheme, told in measured.items():
        lines += ["", scheme, f"  {'label':36}" + "".join(f"{name:>12}" for name in DECISIONS)]
        for label, counts in told["labels"].items():
            meant = MEANING.get(label)
            named = f"{label} = {meant}" if meant and meant != label else label if meant else f"{label} (not scored)"
            lines.append(f"  {named:36.36}" + "".join(f"{counts.get(name, 0):>12}" for name in DECISIONS))
        rates = [f"{name.replace('_', ' ')} {_percent(told[name])}" for name in told if name not in _TABLES]
        lines.append("  " + " · ".join(rates))
        if details:
            lines += [f"    {line}" for line in told["wrong"]]
    return "\n".join(lines)


_TABLES = frozenset({"labels", "wrong"})


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def decide(text_a: str, text_b: str, language: str | None) -> Decision:
    """Whether the figures of two texts on one matter conflict, by the project's own rules.

    Each figure of the text with fewer of them looks for its equal in the other, whatever that counts, then for one of
    the same thing that can be true besides it: with either they are compatible; with none but others of the same thing
    they conflict.
    """
    one, other = figures(_flat(text_a), language), figures(_flat(text_b), language)
    if not one or not other:
        return "no figures"
    fewer, more = sorted((one, other), key=len)
    lone = len(fewer) == len(more) == 1
    decisions = {_against(figure, more, lone=lone) for figure in fewer}
    return next((decision for decision in DECISIONS if decision in decisions), "undecided")


def _against(figure: Figure, others: Sequence[Figure], *, lone: bool) -> Decision:
    if any(_equal(figure, other) for other in others):
        return "compatible"
    alike = [other for other in others if comparable(figure, other, lone=lone)]
    if any(_agree(figure, other) for other in alike):
        return "compatible"
    return "conflict" if alike else "undecided"


def _equal(a: Figure, b: Figure) -> bool:
    from summarizer.schemas import Quantity
    from summarizer.text.quantities import same_quantity

    return isinstance(a.value, Quantity) and isinstance(b.value, Quantity) and same_quantity(a.value, b.value)


def figures(text: str, language: str | None) -> list[Figure]:
    """The figures and clock times that a text holds, sentence by sentence."""
    from summarizer.marks import find_marks
    from summarizer.schemas import YesNo
    from summarizer.sentences import split
    from summarizer.text.concepts import find_concepts, nearest_concept
    from summarizer.text.wording import content_words

    found = []
    for sentence in split(text, language):
        marks = find_marks(sentence.text, language, None)
        mentions = find_concepts(sentence.text, language)
        spans = [(mark.start, mark.end) for mark in marks]
        for mark in marks:
            if isinstance(mark.value, YesNo):
                continue
            concept = nearest_concept(mentions, mark.start, mark.end, sentence.text, spans)
            behind = sentence.text[mark.end : mark.end + _REACH].split()[: _NOUNS + 1]
            found.append(Figure(mark.value, concept, content_words(" ".join(behind))))
    return found


def comparable(a: Figure, b: Figure, *, lone: bool = False) -> bool:
    """Whether two figures count the same thing: one unit, one concept or a common noun.

    Pairs are texts on one matter, so `lone` figures, the only ones of both, need no such sign where nothing speaks
    against it.
    """
    from summarizer.schemas import DateValue

    if isinstance(a.value, DateValue) or isinstance(b.value, DateValue):
        return isinstance(a.value, DateValue) and isinstance(b.value, DateValue)
    if a.value.unit != b.value.unit:
        return False
    if a.concept and b.concept and a.concept != b.concept:
        return False
    if a.value.unit or (a.concept and a.concept == b.concept):
        return True
    return lone or bool(a.words & b.words)


def _agree(a: Figure, b: Figure) -> bool:
    """Whether two figures of one thing can both be true."""
    from summarizer.schemas import DateValue, Quantity
    from summarizer.text.quantities import close, quantities_overlap
    from summarizer.text.times import same_clock

    if isinstance(a.value, Quantity) and isinstance(b.value, Quantity):
        return close(a.value, b.value) or quantities_overlap(a.value, b.value)
    if isinstance(a.value, DateValue) and isinstance(b.value, DateValue):
        return same_clock(a.value.time or "", b.value.time or "", a.value.approximate or b.value.approximate)
    return False


def _flat(text: str) -> str:
    """The text itself, or the answers of a list of questions and answers."""
    if not text.startswith("[{"):
        return text
    try:
        items = json.loads(text)
    except ValueError:
        return text
    return " ".join(str(answer) for item in items for answer in item.get("a", ()))
