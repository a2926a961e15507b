"""Whether a result says what a row expects: positions and claims matched by article, value and what is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from summarizer.frames import COUNTED
from summarizer.text.concepts import concepts_of
from summarizer.text.numbers import find_numbers
from summarizer.text.times import find_times
from summarizer.text.wording import content_words

from .groups import Row, Wanted, places

TOPICS = COUNTED | {"age", "charged", "magnitude"}
"""Concepts that tell what a figure is of: a question on one of them is no question on another."""
_ANYBODY = content_words("people persons men women number many")
_HALF_DAY = 12 * 60


@dataclass(frozen=True)
class Said:
    """An answer, the articles that give it, and the spans it rests on (article, start, end)."""

    question: str
    answer: str
    value: Any
    articles: tuple[str, ...]
    spans: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, raw: Mapping[str, Any], question: str) -> "Said":
        """A position or a claim of a result's JSON, under the question that it answers."""
        articles = raw.get("articles") or [raw.get("article")]
        spans = [(span.get("article"), span.get("start", 0), span.get("end", 0)) for span in raw.get("evidence") or ()]
        return cls(question, str(raw.get("answer", "")), raw.get("value"), tuple(articles), tuple(spans))


@dataclass(frozen=True)
class Found:
    """A disagreement or an agreement of a result; `relation` is `agreement` for the latter."""

    question: str
    relation: str
    positions: tuple[Said, ...]


def disagreements(result: Mapping[str, Any]) -> list[Found]:
    """The disagreements of a result's JSON; an update by correction has the relation `correction`, as rows have it."""
    return [_found(item, _relation(item)) for item in result.get("disagreements") or ()]


def agreements(result: Mapping[str, Any]) -> list[Found]:
    """The agreements of a result's JSON."""
    return [_found(item, "agreement") for item in result.get("agreements") or ()]


def _found(item: Mapping[str, Any], relation: str) -> Found:
    question = str(item.get("question", ""))
    positions = item.get("positions") or ([item] if "answer" in item else [])
    return Found(question, relation, tuple(Said.of(position, question) for position in positions))


def _relation(item: Mapping[str, Any]) -> str:
    relation, subtype = item.get("relation"), item.get("subtype")
    return "correction" if relation == "update" and subtype == "correction" else str(relation)


def meets(row: Row, wanted: Wanted, said: Said, texts: Mapping[str, str]) -> bool:
    """Whether an answer is the expected one: article, value, and a question that asks for it.

    Where the question's wording does not tell, the evidence has to stand where the row quotes the article; `texts` has
    the articles' texts by id.
    """
    if wanted.article not in said.articles or not value_fits(row, wanted, said):
        return False
    asked = asks_for(row, said)
    if asked is not None:
        return asked
    return row.kind != "number" or not wanted.quote or rests_on(wanted, said, texts)


def rests_on(wanted: Wanted, said: Said, texts: Mapping[str, str]) -> bool:
    """Whether an answer's evidence stands where the row quotes the article."""
    spots = places(wanted.quote, texts.get(wanted.article, ""))
    spans = [(start, end) for article, start, end in said.spans if article == wanted.article]
    return any(start < stop and begin < end for start, end in spans for begin, stop in spots)


def value_fits(row: Row, wanted: Wanted, said: Said) -> bool:
    """Whether an answer holds the expected value. A side is not told from an answer's words: any is taken for it."""
    if row.kind == "number":
        return any((wanted.low or 0) <= number <= (wanted.high or 0) for number in _numbers(said))
    if row.kind == "time":
        return _minutes(wanted.time or "") in {_minutes(time) for time in _times(said)}
    if row.kind == "side" or not row.words:
        return True
    told, words = f" {said.answer.casefold()}", row.words[wanted.value or ""]
    return any(_begins(told, word) for word in words["any"]) and not any(
        _begins(told, word) for word in words.get("none", ())
    )


def asks_for(row: Row, said: Said) -> bool | None:
    """Whether a question asks what the row asks; None where its words tell neither."""
    if row.kind == "side":
        told = f" {said.question} {said.answer}".casefold()
        return any(word.casefold() in told for word in row.about)
    if row.kind == "time":
        return True  # two clock times under one question: what else they could be of is told apart by their value
    wanted, asked = concepts_of(row.slot, "en") & TOPICS, concepts_of(said.question, "en") & TOPICS
    if row.kind == "number" and ("age" in wanted) != ("age" in asked):
        return False
    if wanted and asked:
        return bool(wanted & asked)
    if content_words(row.slot) & content_words(said.question) - _ANYBODY:
        return True
    return None


def differ(row: Row, one: Wanted, other: Wanted) -> bool:
    """Whether two expected positions of a row are different answers."""
    if row.kind == "number":
        return (one.high or 0) < (other.low or 0) or (other.high or 0) < (one.low or 0)
    return one.time != other.time if row.kind == "time" else one.value != other.value


def sides(row: Row, found: Found, texts: Mapping[str, str]) -> set[int]:
    """Indices of the expected positions that a disagreement holds; none unless two that differ stand apart in it."""
    met = [
        (place, index)
        for place, said in enumerate(found.positions)
        for index, wanted in enumerate(row.positions)
        if meets(row, wanted, said, texts)
    ]
    apart = any(p != q and differ(row, row.positions[i], row.positions[j]) for (p, i), (q, j) in permutations(met, 2))
    return {index for _, index in met} if apart else set()


def best(row: Row, found: Sequence[Found], texts: Mapping[str, str]) -> int | None:
    """Index of the disagreement that meets a row with most of its positions, the first of equals; None if none does."""
    counts = [len(sides(row, item, texts)) for item in found]
    return counts.index(max(counts)) if any(counts) else None


def _numbers(said: Said) -> Iterator[float]:
    if isinstance(said.value, Mapping):
        for end in ("low", "high"):
            if isinstance(said.value.get(end), int | float):
                yield said.value[end]
    elif isinstance(said.value, int | float) and not isinstance(said.value, bool):
        yield said.value
    yield from (number.value for number in find_numbers(said.answer, "en") if not number.ordinal)


def _times(said: Said) -> Iterator[str]:
    if isinstance(said.value, Mapping) and isinstance(said.value.get("time"), str):
        yield said.value["time"]
    yield from (time.time for time in find_times(said.answer, "en"))


def _minutes(time: str) -> int | None:
    """Minutes on a twelve-hour dial: an article need not say which half of the day it is."""
    hours, _, minutes = time.partition(":")
    return (int(hours) * 60 + int(minutes)) % _HALF_DAY if hours.isdecimal() and minutes.isdecimal() else None


def _begins(told: str, word: str) -> bool:
    """Whether a word of `told` begins with `word`."""
    at = told.find(word.casefold())
    while at >= 0:
        if at == 0 or not told[at - 1].isalnum():
            return True
        at = told.find(word.casefold(), at + 1)
    return False
