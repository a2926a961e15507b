"""What a run would cost: the run itself, rehearsed on kept answers, and bounds for what depends on the others."""

from collections.abc import Sequence
from itertools import combinations, cycle, islice
from typing import TYPE_CHECKING, Any, Protocol

from . import affirm
from .adjudicate import MAX_PAIRS, adjudicate
from .align import Doubt
from .continuing import NEW, Continued
from .extract import Reading, plan, read
from .header import write_header
from .model import Meter
from .model.tokens import at_most
from .narrative import write_narrative
from .prompting import load_prompt
from .proposals import Fact, Told
from .schemas import (
    Article,
    ArticleForecast,
    Bounded,
    Claim,
    Cost,
    Disagreement,
    EventSummary,
    Failure,
    Forecast,
    MergedSummary,
    Position,
    YesNo,
)
from .settings import Settings

if TYPE_CHECKING:
    from .model.rehearsal import Noted, Rehearsal

_WORDS = "of the people in the town that were told "  # filler; questions and answers are in English
_LIKELY = {"question": 55, "answer": 12, "by": 12}
_FIELDS = Fact.model_json_schema()["properties"]
_MOST = {name: int(_FIELDS[name]["maxLength"]) for name in _LIKELY}
"""Characters of what the model writes for a claim: as it usually is, and as the reply's schema bounds it."""
_PAIRS = 2
_FINDINGS, _MANY_FINDINGS = 4, 100
"""How many usually go into the prompts of `adjudicate` and `narrative`; both cut off at their own bounds."""
_PER_ITEM = {"MarkQuestions": 26, "Facts": 30, "Verdicts": 12}
_WHOLE = {"Header": 141, "Narrative": 135, "Told": 6}
"""Output tokens of a reply, for each item that its schema asks for or altogether: means of the recorded replies."""


class Run(Protocol):
    """The part of a Summarizer that is rehearsed."""

    settings: Settings

    async def summarize_all(self, articles: Sequence[Article]) -> list[EventSummary | Failure]:
        """As `Summarizer.summarize_all`."""

    async def merge(
        self, summaries: Sequence[EventSummary], failures: Sequence[Failure] = (), into: Continued = NEW
    ) -> MergedSummary:
        """As `Summarizer.merge`."""


async def forecast(
    into: Continued, failures: Sequence[Failure], run: Run, model: "Rehearsal", *, merging: bool
) -> Forecast:
    """The cost of `run` over the articles to be read, which works with `model`.

    `merging` is True where a story is made of them and of those that are in it already.
    """
    results = await run.summarize_all(into.articles)
    summaries = [item for item in results if isinstance(item, EventSummary)]
    noted, model.noted = model.noted, []
    readings = [read(article) for article in into.articles]
    parts = [await _article(reading, run.settings, model, noted) for reading in readings]
    compare = merge = Cost()
    if merging and all(item.kept for item in noted):
        await run.merge(summaries, into=into)
        noted, model.noted = model.noted, []
        compare, merge = (_cost([item for item in noted if item.task == task]) for task in ("compare", "merge"))
        known = not compare.calls.most
    else:
        known = False
    if merging and not known:
        readings += [read(summary.article) for summary in into.summaries]
        questions = sum(_questions(reading, run.settings) for reading in readings)
        compare = compare + await _comparing(readings, questions, model)
        merge = await _telling(len(readings), questions, run.settings, model)
    total = sum((part.extract + part.summarise for part in parts), compare + merge)
    return Forecast(
        model=model.name,
        provider=model.provider,
        story=merging,
        articles=tuple(parts),
        compare=compare,
        merge=merge,
        total=total,
        budget=run.settings.max_tokens_total,
        failures=tuple(failures),
    )


async def _article(
    reading: Reading, settings: Settings, model: "Rehearsal", noted: Sequence["Noted"]
) -> ArticleForecast:
    own = [item for item in noted if item.article == reading.article.id]
    asked = [item for item in own if item.task == "extract"]
    if all(item.kept for item in asked):
        header = _cost([item for item in own if item.task == "summarise"])
    else:
        count = _questions(reading, settings)
        header = await _header(reading, count, settings, model)
    return ArticleForecast(article=reading.article.id, extract=_cost(asked), summarise=header)


def _questions(reading: Reading, settings: Settings) -> int:
    """How many claims an article can have: one for each mark, and one for each sentence asked about without."""
    windows = plan(reading, settings.window_sentences, settings.plain_limit)
    plain = sum(len(window.sentences) for window in windows if window.task == "facts")
    return plain + sum(map(len, reading.marks.values()))


async def _header(reading: Reading, questions: int, settings: Settings, model: "Rehearsal") -> Cost:
    async def written(characters: dict[str, int]) -> list["Noted"]:
        claims = [_claim(characters) for _ in range(questions)]
        return await model.noted_by(write_header(claims, reading, model, Meter(), settings.language))

    return _between(await written(_LIKELY), await written(_MOST))


async def _comparing(readings: Sequence[Reading], questions: int, model: "Rehearsal") -> Cost:
    if len(readings) < 2 or not questions:
        return Cost()
    denials = sum(
        isinstance(mark.value, YesNo) and mark.value.answer != "yes"
        for reading in readings
        for marks in reading.marks.values()
        for mark in marks
    )
    pairs = min(affirm.MAX_PAIRS, denials * (len(readings) - 1))
    longest = max((sentence.text for reading in readings for sentence in reading.sentences), key=len)
    messages = load_prompt(affirm.PROMPT).render(question=_filler(_MOST["question"]), sentence=longest)
    asked = model.ask(messages, Told, meter=Meter(), max_tokens=affirm.MAX_TOKENS, task="compare")
    affirmed = await model.noted_by(asked) * pairs

    async def judged(doubts: list[Doubt]) -> list["Noted"]:
        return await model.noted_by(adjudicate(doubts, [], model, Meter(), []))

    ids = [reading.article.id for reading in readings]
    few = [Doubt(_claim(_LIKELY, ids[0]), _claim(_LIKELY, ids[1]), 0.0)] * _PAIRS
    each = (Doubt(_claim(_MOST, one), _claim(_MOST, other), 0.0) for one, other in cycle(combinations(ids, 2)))
    return _between(await judged(few), [*affirmed, *await judged(list(islice(each, MAX_PAIRS)))])


async def _telling(articles: int, questions: int, settings: Settings, model: "Rehearsal") -> Cost:
    async def told(findings: int, characters: dict[str, int]) -> list["Noted"]:
        found = [_finding(min(articles, 2) if characters is _LIKELY else articles, characters)] * findings
        return await model.noted_by(write_narrative(found, model, Meter(), settings.language))

    few, many = min(_FINDINGS, questions), min(_MANY_FINDINGS, questions)
    return _between(await told(few, _LIKELY), await told(many, _MOST))


def _filler(characters: int) -> str:
    return (_WORDS * (characters // len(_WORDS) + 1))[:characters]


def _claim(characters: dict[str, int], article: str = "") -> Claim:
    """A claim of that length, for its place in a prompt alone."""
    question, answer, by = (_filler(characters[name]) for name in ("question", "answer", "by"))
    fields: dict[str, Any] = {"id": "", "article": article, "question": question, "answer": answer, "attributed_to": by}
    return Claim.model_construct(**fields, status="verified")


def _finding(positions: int, characters: dict[str, int]) -> Disagreement:
    claim = _claim(characters)
    fields: dict[str, Any] = {"answer": claim.answer, "attributed_to": claim.attributed_to, "as_of": "2031-05-03"}
    each = Position.model_construct(**fields, claims=(claim,))
    return Disagreement.model_construct(question=claim.question, positions=(each,) * positions)


def _cost(noted: Sequence["Noted"]) -> Cost:
    """Of questions that are known; what they read is, too, and what is answered is not."""
    return _between([item for item in noted if not item.kept], [item for item in noted if not item.kept]).model_copy(
        update={"kept_answers": sum(item.kept for item in noted)}
    )


def _between(likely: Sequence["Noted"], most: Sequence["Noted"]) -> Cost:
    return Cost(
        calls=Bounded(likely=len(likely), most=len(most)),
        prompt_tokens=Bounded(
            likely=sum(item.prompt for item in likely), most=sum(at_most(item.prompt) for item in most)
        ),
        output_tokens=Bounded(likely=sum(map(_reply, likely)), most=sum(item.bound for item in most)),
    )


def _reply(noted: "Noted") -> int:
    """Output tokens that are likely for a reply."""
    name = noted.schema.__name__
    fields = noted.schema.model_json_schema()["properties"].values()
    items = max(int(field.get("maxItems", 1)) for field in fields)
    return min(noted.bound, _WHOLE.get(name) or _PER_ITEM.get(name, noted.bound) * items)
