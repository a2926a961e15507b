"""The second baseline: `langextract` on each article, then values of one class and question compared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from summarizer.errors import ModelError, ModelUnavailable

from ..groups import Group
from .server import Answers

CHUNK = 1000
"""Characters given to the model at once: langextract's own default."""
ALIKE = 80.0
"""Similarity of two questions (rapidfuzz's token_set_ratio, 0 to 100) from which they count as one."""

TASK = (
    "Extract the checkable facts of a news article in order of appearance: counts of people and things, times, places, "
    "who did it and why. Use exact text of the article for the extraction. Give as attributes the question that the "
    "fact answers, the answer in a few words, and the speaker who is named as its source ('' if there is none)."
)
EXAMPLE_TEXT = (
    "At least 12 passengers were hurt when a tram left the rails in Orvello at 7:40 on Monday, the fire service said. "
    "Nobody was killed. The operator, Lindo Trams, blamed a broken switch."
)
EXAMPLE = (
    ("count", "At least 12 passengers were hurt", "How many people were hurt?", "at least 12", "the fire service"),
    ("place", "in Orvello", "Where did the tram leave the rails?", "Orvello", "the fire service"),
    ("time", "at 7:40 on Monday", "When did the tram leave the rails?", "7:40 on Monday", "the fire service"),
    ("count", "Nobody was killed", "How many people were killed?", "0", ""),
    ("cause", "a broken switch", "Why did the tram leave the rails?", "a broken switch", "Lindo Trams"),
)
"""Class, text, question, answer, speaker of the one example's extractions."""


@dataclass(frozen=True)
class Fact:
    """One extraction: its class, question and answer, and where it stands; start and end are -1 if not found."""

    article: str
    kind: str
    question: str
    answer: str
    start: int
    end: int
    quote: str


def predict(group: Group, answers: Answers, *, max_tokens: int, texts: bool) -> tuple[dict[str, Any], list[str]]:
    """The prediction for a story in the scorer's format, and what failed in it.

    `max_tokens` bounds one reply. With `texts`, answers without a number are compared, too. A chunk whose reply does
    not parse is left out by langextract itself; an article of which a request fails is left out here. Raises
    ModelUnavailable.
    """
    from langextract.core.exceptions import LangExtractError

    facts: list[Fact] = []
    failures: list[str] = []
    fault: ModelUnavailable | None = None
    for id, article in group.articles.items():
        try:
            facts.extend(_extracted(id, article["text"], answers, max_tokens))
        except LangExtractError as error:
            cause = getattr(error, "original", None) or error
            fault = cause if isinstance(cause, ModelUnavailable) else None
            failures.append(f"{id}: {cause if isinstance(cause, ModelError) else type(cause).__name__}")
        if fault:
            raise fault
    dates = {id: (str(article.get("date") or "")[:10] or None) for id, article in group.articles.items()}
    return compared(facts, dates, texts=texts), failures


def compared(facts: Sequence[Fact], dates: dict[str, str | None], *, texts: bool) -> dict[str, Any]:
    """Facts of one class and a similar question, from at least two articles, as disagreements and agreements.

    Answers are equal if they hold the same numbers, or (with `texts`) if they are worded alike. Different ones are an
    `update` where the positions' articles are of different dates (ISO 8601, by article id), else a `contradiction`.
    """
    disagreements: list[dict[str, Any]] = []
    agreements: list[dict[str, Any]] = []
    for cluster in clusters(facts):
        for numeric in (True, False) if texts else (True,):
            answered = [fact for fact in cluster if bool(numbers_of(fact.answer)) is numeric]
            positions = _positions(answered)
            if len({fact.article for fact in answered}) < 2:
                continue
            item: dict[str, Any] = {
                "question": cluster[0].question,
                "positions": [_position(position) for position in positions],
            }
            if len(positions) == 1:
                agreements.append(item)
            else:
                relation = "update" if _apart_in_time(positions, dates) else "contradiction"
                disagreements.append({**item, "relation": relation})
    return {"disagreements": disagreements, "agreements": agreements}


def clusters(facts: Iterable[Fact]) -> list[list[Fact]]:
    """The facts put together by class and question, each with the first cluster whose first question is alike."""
    from rapidfuzz.fuzz import token_set_ratio
    from rapidfuzz.utils import default_process

    result: list[list[Fact]] = []
    for fact in facts:
        for cluster in result:
            head = cluster[0]
            alike = token_set_ratio(head.question, fact.question, processor=default_process)
            if head.kind == fact.kind and alike >= ALIKE:
                cluster.append(fact)
                break
        else:
            result.append([fact])
    return result


def numbers_of(answer: str) -> frozenset[float]:
    """Every number of an answer, in digits and in words."""
    from summarizer.text.numbers import find_numbers

    return frozenset(number.value for number in find_numbers(answer, "en"))


def _positions(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts put together by equal answers; each article's first fact for an answer is enough."""
    result: list[list[Fact]] = []
    for fact in facts:
        same = next((position for position in result if _equal(position[0].answer, fact.answer)), None)
        if same is None:
            result.append([fact])
        elif fact.article not in {other.article for other in same}:
            same.append(fact)
    return result


def _equal(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import token_set_ratio
    from rapidfuzz.utils import default_process

    numbers = numbers_of(one), numbers_of(other)
    if any(numbers):
        return numbers[0] == numbers[1]
    return token_set_ratio(one, other, processor=default_process) >= ALIKE


def _position(facts: Sequence[Fact]) -> dict[str, Any]:
    return {
        "answer": facts[0].answer,
        "articles": [fact.article for fact in facts],
        "evidence": [
            {"article": fact.article, "start": fact.start, "end": fact.end, "quote": fact.quote} for fact in facts
        ],
    }


def _apart_in_time(positions: Sequence[Sequence[Fact]], dates: dict[str, str | None]) -> bool:
    """Whether every position has dates of its own, all of them known."""
    known = [{dates.get(fact.article) for fact in position} for position in positions]
    every = [date for position in known for date in position]
    return None not in every and len(set(every)) == len(every)


def _extracted(id: str, text: str, answers: Answers, max_tokens: int) -> list[Fact]:
    import langextract as lx
    from absl import logging
    from langextract import factory
    from langextract.core.data import ExampleData, Extraction

    logging.set_verbosity(logging.FATAL)  # it logs replies that do not parse; they are counted and kept anyway
    example = ExampleData(
        text=EXAMPLE_TEXT,
        extractions=[
            Extraction(kind, quote, attributes={"question": question, "answer": answer, "speaker": speaker})
            for kind, quote, question, answer, speaker in EXAMPLE
        ],
    )
    config = factory.ModelConfig(
        model_id=answers.model,
        provider="openai",
        provider_kwargs={
            "api_key": "kept by the client that is put in below",
            "temperature": 0.0,
            "max_output_tokens": max_tokens,
            "max_workers": 1,
        },
    )
    model: Any = factory.create_model(config, examples=[example], use_schema_constraints=True)
    # langextract makes its own client and takes none; through this one its replies are kept and counted.
    model._client = SimpleNamespace(chat=SimpleNamespace(completions=answers))
    document: Any = lx.extract(
        text,
        prompt_description=TASK,
        examples=[example],
        model=model,
        use_schema_constraints=False,  # the model has them already
        max_char_buffer=CHUNK,
        max_workers=1,
        show_progress=False,
    )
    return [fact for extraction in document.extractions or () if (fact := fact_of(id, text, extraction))]


def fact_of(id: str, text: str, extraction: Any) -> Fact | None:
    """An extraction of langextract as a fact; None without a question, which could not be compared."""
    attributes = extraction.attributes or {}
    question, answer = (_words(attributes.get(name)) for name in ("question", "answer"))
    if not question:
        return None
    place = extraction.char_interval
    start, end, quote = (place.start_pos, place.end_pos, None) if place else (None, None, None)
    if start is None or end is None:
        start, end, quote = -1, -1, extraction.extraction_text
    return Fact(
        article=id,
        kind=extraction.extraction_class,
        question=question,
        answer=answer or extraction.extraction_text,
        start=start,
        end=end,
        quote=text[start:end] if quote is None else quote,
    )


def _words(value: Any) -> str:
    told = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return re.sub(r"\s+", " ", told).strip()
