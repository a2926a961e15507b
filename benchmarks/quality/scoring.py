"""What a result is worth against a group's rows, as counts that add up over stories, and the shares they make."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.text.numbers import find_numbers, has_one, stands_in
from summarizer.text.times import find_times

from .groups import Group, Row, coarse
from .losses import Loss, lost, misjudged
from .matching import Found, agreements, asks_for, best, disagreements, meets, sides

FLAGS = frozenset({"contradiction", "correction", "denial", "update"})
"""Relations that say that something is wrong or has changed."""
_SHARES = {
    "recall": ("found", "expected"),
    "relation_exact": ("exact", "found"),
    "relation_coarse": ("coarse", "found"),
    "relation_accepted": ("accepted", "found"),
    "flags_explained": ("explained", "flags"),
    "evidence_exact": ("spans_exact", "spans"),
    "evidence_number": ("spans_number", "spans"),
    "unverified_share": ("unverified", "claims"),
}
_PER_ARTICLE = ("verified", "calls", "tokens_in", "tokens_out", "seconds")
_COUNTS = (
    *("expected", "found", "uncertain", "controls", "false_flags", "confirmed", "traps", "trapped", "flags"),
    *("articles", "failures", "without_evidence"),
)


@dataclass
class Score:
    """Counts of one story or of many, counts by kind of row, what was lost where, and what was flagged wrongly."""

    counts: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        """Both together."""
        kinds = {
            kind: self.kinds.get(kind, Counter()) + other.kinds.get(kind, Counter())
            for kind in {**self.kinds, **other.kinds}
        }
        return Score(self.counts + other.counts, kinds, self.losses + other.losses, self.notes + other.notes)

    def summary(self) -> dict[str, Any]:
        """Shares (None where there is nothing to divide by), counts, and means per article."""
        counts = self.counts
        articles = counts["articles"]
        return {
            **{name: share(counts[part], counts[whole]) for name, (part, whole) in _SHARES.items()},
            **{name: counts[name] for name in _COUNTS},
            **{f"{name}_per_article": share(counts[name], articles, 1) for name in _PER_ARTICLE},
            "unverified": dict(Counter({n[11:]: c for n, c in counts.items() if n.startswith("unverified:")})),
            "lost": dict(Counter(loss.stage for loss in self.losses)),
            "kinds": {
                kind: {name: share(kind_counts[part], kind_counts[whole]) for name, (part, whole) in _ROW.items()}
                | {"expected": kind_counts["expected"], "found": kind_counts["found"]}
                for kind, kind_counts in sorted(self.kinds.items())
            },
        }


_ROW = {name: parts for name, parts in _SHARES.items() if name == "recall" or name.startswith("relation")}


def share(part: float, whole: float, digits: int = 3) -> float | None:
    """A share, None of nothing."""
    return round(part / whole, digits) if whole else None


def score_group(group: Group, result: Mapping[str, Any] | None) -> Score:
    """The score of one result (the JSON of a merged story, or as much of it as another program gives).

    None stands for a story that was not run or failed: all its rows are missed, its articles cost nothing.
    """
    if result is None:
        return _not_run(group)
    texts = texts_of(group, result)
    found = disagreements(result)
    score = Score(Counter(articles=len(group.articles)))
    explained: set[int] = set()
    for row in group.rows:
        if not row.control:
            explained |= {index for index, item in enumerate(found) if sides(row, item, texts)}
            if not row.doubtful:
                _score_row(row, found, texts, result, score)
    for row in group.rows:
        if row.control and not row.doubtful:
            _score_control(row, found, explained, agreements(result), texts, score)
    for trap in group.traps:
        _score_trap(trap, found, texts, score)
    flags = [index for index, item in enumerate(found) if item.relation in FLAGS]
    score.notes.extend(_unexplained(found[index]) for index in flags if index not in explained)
    score.counts += Counter(flags=len(flags), explained=len(explained & set(flags)))
    score.counts += _evidence(group, result, texts)
    score.counts += _coverage(result) + _cost(result)
    score.counts["failures"] += len(result.get("failures") or ())
    return score


def _not_run(group: Group) -> Score:
    score = Score()
    for row in group.rows:
        if row.control and not row.doubtful:
            score.counts["controls"] += 1
        elif not row.doubtful:
            score.counts["expected"] += 1
            score.kinds.setdefault(row.kind, Counter())["expected"] += 1
            score.losses.append(Loss(row.slot, row.relation, "not run", ()))
    score.counts["traps"] = len(group.traps)
    return score


def texts_of(group: Group, result: Mapping[str, Any]) -> dict[str, str]:
    """The texts in which a result's offsets count: its own articles, else the group's.

    Raises ValueError where an article of the result is not that of the group: its figures would be of another text.
    """
    texts = {id: str(article["text"]) for id, article in group.articles.items()}
    for article in result.get("articles") or ():
        id, text = article["id"], article["text"]
        if id in texts and " ".join(texts[id].split()) not in " ".join(text.split()):
            raise ValueError(f"{group.id}: the result's article {id} has another text than the group's")
        texts[id] = text
    return texts


def _score_row(
    row: Row, found: Sequence[Found], texts: Mapping[str, str], result: Mapping[str, Any], score: Score
) -> None:
    counts = Counter(expected=1)
    index = best(row, found, texts)
    if index is None:
        score.losses.append(lost(row, result, texts))
    else:
        told = found[index].relation
        accepted = coarse(told) in row.relations
        counts += Counter(
            found=1,
            uncertain=int(told == "uncertain"),
            exact=int(told == row.relation),
            coarse=int(coarse(told) == coarse(row.relation)),
            accepted=int(accepted),
        )
        if not accepted:
            score.losses.append(misjudged(row, found[index]))
    score.counts += counts
    score.kinds.setdefault(row.kind, Counter()).update(counts)


def _score_control(
    row: Row,
    found: Sequence[Found],
    explained: set[int],
    agreed: Sequence[Found],
    texts: Mapping[str, str],
    score: Score,
) -> None:
    bad = [item for index, item in enumerate(found) if _false_flag(row, item, index in explained, texts)]
    confirmed = any(
        len({w.article for w in row.positions for said in item.positions if meets(row, w, said, texts)}) > 1
        for item in agreed
    )
    score.counts += Counter(controls=1, false_flags=int(bool(bad)), confirmed=int(confirmed))
    score.notes.extend(f"false flag on {row.slot}: {item.relation}: {item.question}" for item in bad)


def _false_flag(row: Row, item: Found, explained: bool, texts: Mapping[str, str]) -> bool:
    """Whether a difference is flagged between positions that a control says agree.

    Either the agreed value stands in two positions, or an article that gives it is set against what another article of
    the control is said to answer to the same question, and no expected row explains that.
    """
    if item.relation not in FLAGS:
        return False
    held = [said for said in item.positions if any(meets(row, wanted, said, texts) for wanted in row.positions)]
    if len(held) > 1:
        return True
    articles = {wanted.article for wanted in row.positions}
    against = [said for said in item.positions if said not in held and articles & set(said.articles)]
    return bool(held and against) and not explained and asks_for(row, held[0]) is True


def _score_trap(trap: Row, found: Sequence[Found], texts: Mapping[str, str], score: Score) -> None:
    other, *todays = trap.positions
    fallen = [
        item
        for item in found
        if any(meets(trap, other, said, texts) for said in item.positions)
        and any(meets(trap, wanted, said, texts) for wanted in todays for said in item.positions)
    ]
    score.counts += Counter(traps=1, trapped=int(bool(fallen)))
    score.notes.extend(f"trapped by {trap.slot}: {item.question}" for item in fallen)


def _unexplained(item: Found) -> str:
    """Not wrong by itself: rows are not exhaustive."""
    answers = " / ".join(f"{', '.join(said.articles)}: {said.answer}" for said in item.positions)
    return f"flag of no row: {item.relation}: {item.question} {answers}"


def _evidence(group: Group, result: Mapping[str, Any], texts: Mapping[str, str]) -> Counter[str]:
    """Spans of compared answers: how many are verbatim, and how many hold the numbers of the answer they stand for."""
    counts: Counter[str] = Counter()
    for statement in _statements(result):
        spans = statement.get("evidence") or ()
        counts["without_evidence"] += not spans
        for span in spans:
            article, quote = span.get("article"), span.get("quote") or ""
            text = texts.get(article, "")
            counts["spans"] += 1
            counts["spans_exact"] += bool(quote) and text[span.get("start", 0) : span.get("end", 0)] == quote
            counts["spans_number"] += tells(str(statement.get("answer", "")), quote, group.language(article))
    return counts


def _statements(result: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The claims behind every compared position, or the position itself where a program gives none."""
    for part in ("disagreements", "agreements", "single_source"):
        for item in result.get(part) or ():
            for position in item.get("positions") or [item]:
                yield from position.get("claims") or [position]


def tells(answer: str, quote: str, language: str | None) -> bool:
    """Whether every clock time and every number of an English answer stands in a quote, in its language's words."""
    times = find_times(answer, "en")
    told_times = {time.time for time in find_times(quote, language)}
    if any(time.time not in told_times for time in times):
        return False
    taken = [(time.start, time.end) for time in times]
    told = find_numbers(quote, language)
    wanted = [
        number.value
        for number in find_numbers(answer, "en")
        if not number.ordinal and not any(start <= number.start < end for start, end in taken)
    ]
    return all(stands_in(value, told) or (value == 1 and has_one(quote, language)) for value in wanted)


def _coverage(result: Mapping[str, Any]) -> Counter[str]:
    compared = [claim for claim in _statements(result) if claim.get("status") == "verified"]
    counts: Counter[str] = Counter(verified=len(compared))
    for claim in result.get("unverified") or ():
        failed = next((check["name"] for check in claim.get("checks") or () if not check["passed"]), "other")
        counts["unverified"] += 1
        counts[f"unverified:{failed}"] += 1
    counts["claims"] = counts["verified"] + counts["unverified"]
    return counts


def _cost(result: Mapping[str, Any]) -> Counter[str]:
    """What was paid for the answers, whether in this run or in an earlier one that kept them."""
    usage = result.get("usage") or {}
    names = {"calls": "calls", "tokens_in": "prompt_tokens", "tokens_out": "output_tokens", "seconds": "seconds"}
    counts: Counter[str] = Counter()
    for name, key in names.items():
        counts[name] = usage.get(key, 0) + usage.get(f"reused_{key}", 0)
    return counts


def total(scores: Iterable[Score]) -> Score:
    """All scores together."""
    result = Score()
    for score in scores:
        result += score
    return result
