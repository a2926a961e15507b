"""Flags and claims of a run as items for a reader: with the text to judge them by, and the hashes to keep them by."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .groups import Group
from .labels_records import FLAGS, Known, short_hash

Item = dict[str, Any]


@dataclass
class Texts:
    """The articles of one prediction: those it was made from if it holds them, else those of the group."""

    group: Group
    prediction: Mapping[str, Any]
    articles: dict[str, dict[str, Any]] = field(init=False)
    _sentences: dict[str, list[tuple[int, int]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Read the articles."""
        self.articles = {
            id: {"title": article.get("title"), "date": article.get("date"), "text": article["text"]}
            for id, article in self.group.articles.items()
        }
        for article in self.prediction.get("articles", ()):
            told = {"title": article.get("title"), "date": article.get("published"), "text": article["text"]}
            self.articles[article["id"]] = told

    def span(self, evidence: Mapping[str, Any]) -> dict[str, Any]:
        """An evidence span as it is kept."""
        id = evidence["article"]
        hashed = short_hash(self.articles[id]["text"]) if id in self.articles else ""
        return {"article": id, "sha256": hashed, "start": evidence["start"], "end": evidence["end"]}

    def shown(self, evidence: Mapping[str, Any]) -> dict[str, Any]:
        """An evidence span as a reader needs it: the quote, with one sentence either side, title and date."""
        id, quote = evidence["article"], evidence.get("quote", "")
        article = self.articles.get(id, {})
        told = {"article": id, "title": article.get("title"), "date": article.get("date"), "quote": quote}
        start, end = evidence["start"], evidence["end"]
        if start < 0 or article.get("text", "")[start:end] != quote:
            return {**told, "context": None, "found": False}
        return {**told, "context": self._around(id, start, end), "found": True}

    def _around(self, id: str, start: int, end: int) -> str:
        from summarizer.sentences import split

        text = self.articles[id]["text"]
        if id not in self._sentences:
            spans = [(sentence.start, sentence.end) for sentence in split(text, self.group.language(id))]
            self._sentences[id] = spans
        spans = self._sentences[id]
        inside = [index for index, (a, b) in enumerate(spans) if a < end and start < b]
        if not inside:
            return str(text[start:end])
        first, last = max(inside[0] - 1, 0), min(inside[-1] + 1, len(spans) - 1)
        return str(text[spans[first][0] : spans[last][1]])


def flag_items(group: Group, prediction: Mapping[str, Any]) -> Iterator[Item]:
    """One item for each pair of positions of a flagged disagreement: every other one with the most widely told one.

    The prediction is a merged story's JSON, or as much of it as the scorer's format has.
    """
    texts = Texts(group, prediction)
    for item in prediction.get("disagreements", ()):
        positions = item["positions"]
        if item["relation"] not in FLAGS or len(positions) < 2:
            continue
        head = max(positions, key=lambda position: len(position["articles"]))  # the first of those told as widely
        for other in positions:
            if other is not head:
                yield _flag(texts, item, (head, other))


def claim_items(group: Group, prediction: Mapping[str, Any]) -> Iterator[Item]:
    """One item for each verified claim of a merged story's JSON."""
    texts = Texts(group, prediction)
    for part in ("disagreements", "agreements", "single_source"):
        for item in prediction.get(part, ()):
            for position in item.get("positions", ()):
                for claim in position.get("claims", ()):
                    yield _claim(texts, claim)


ITEMS: Mapping[str, Callable[[Group, Mapping[str, Any]], Iterator[Item]]] = {
    "flags": flag_items,
    "claims": claim_items,
}


def items_of(kind: str, groups: Iterable[Group], predictions: Path) -> list[Item]:
    """All items of a kind in a run, in the order of the groups; groups without a prediction have none.

    Raises ValueError that names the file which is no prediction.
    """
    result: list[Item] = []
    for group in groups:
        path = predictions / f"{group.id}.json"
        if path.is_file():
            try:
                result.extend(ITEMS[kind](group, json.loads(path.read_text("utf-8"))))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path} is no prediction: {error!r}") from error
    return result


def drawn(items: Sequence[Item], count: int | None, seed: int) -> list[Item]:
    """`count` of the items (all of them for None), each group with its share of them, in the order of `items`.

    Which of a group's items are drawn hangs on their hashes and `seed` alone: an item that a later run has, too, is
    drawn there again, so that most labels serve both, and the draw stays independent of what is right.
    """
    if count is None or count >= len(items):
        return list(items)
    by_group: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        by_group[item["group"]].append(index)
    chosen: list[int] = []
    sizes = {group: len(members) for group, members in by_group.items()}
    for group, share in _shares(sizes, count).items():
        chosen.extend(sorted(by_group[group], key=lambda index: _lot(items[index], seed))[:share])
    return [items[index] for index in sorted(chosen)]


def with_known(items: Iterable[Item], known: Known) -> list[Item]:
    """The items with the labels that are kept for them already."""
    result = []
    for item in items:
        kept: Mapping[str, Any] = known.label(item["record"]) or {}
        told: Item = {name: kept.get(name) or "" for name in ("label", "speaker", "reason") if name in item}
        result.append({**item, **told})
    return result


def _flag(texts: Texts, item: Mapping[str, Any], pair: Sequence[Mapping[str, Any]]) -> Item:
    relation = "update" if item["relation"] == "correction" else item["relation"]
    sides = [
        {"answer": short_hash(position["answer"]), "spans": [texts.span(span) for span in position["evidence"]]}
        for position in pair
    ]
    return {
        "kind": "flags",
        "group": texts.group.id,
        "question": item["question"],
        "relation": relation,
        "subtype": item.get("subtype"),
        "rationale": item.get("rationale"),
        "positions": [
            {
                "answer": position["answer"],
                "attributed_to": position.get("attributed_to"),
                "as_of": position.get("as_of"),
                "told": _told(texts, position),
            }
            for position in pair
        ],
        "label": "",
        "reason": "",
        "record": {
            "group": texts.group.id,
            "relation": relation,
            "question": short_hash(item["question"]),
            "sides": sides,
        },
    }


def _told(texts: Texts, position: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a position rests on: its claims with their own questions and evidence, or its evidence alone."""
    claims = position.get("claims")
    if not claims:
        return [{"evidence": [texts.shown(span) for span in position["evidence"]]}]
    names = ("question", "answer", "attributed_to", "as_of")
    return [
        {**{name: claim.get(name) for name in names}, "evidence": [texts.shown(span) for span in claim["evidence"]]}
        for claim in claims
    ]


def _claim(texts: Texts, claim: Mapping[str, Any]) -> Item:
    speaker = claim.get("attributed_to")
    return {
        "kind": "claims",
        "group": texts.group.id,
        "claim": claim["id"],
        "question": claim["question"],
        "answer": claim["answer"],
        "attributed_to": speaker,
        "stance": claim.get("stance"),
        "certainty": claim.get("certainty"),
        "evidence": [texts.shown(span) for span in claim["evidence"]],
        "label": "",
        "speaker": "",
        "reason": "",
        "record": {
            "group": texts.group.id,
            "value": claim["value"]["kind"],
            "question": short_hash(claim["question"]),
            "answer": short_hash(claim["answer"]),
            "attributed_to": short_hash(speaker) if speaker else None,
            "spans": [texts.span(span) for span in claim["evidence"]],
        },
    }


def _lot(item: Item, seed: int) -> str:
    return hashlib.sha256(f"{seed} {json.dumps(item['record'], sort_keys=True)}".encode()).hexdigest()


def _shares(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """`count` parted in proportion to `sizes`, by largest remainders."""
    whole = sum(sizes.values())
    exact = {name: count * size / whole for name, size in sizes.items()}
    shares = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(sizes, key=lambda name: (shares[name] - exact[name], name))
    for name in by_remainder[: count - sum(shares.values())]:
        shares[name] += 1
    return shares
