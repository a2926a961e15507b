"""From an article to proposed claims: marked sentences and plain ones, window by window, through the model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .errors import BudgetSpent, ModelUnavailable, ReplyError
from .marks import Mark, find_marks
from .model import Meter
from .plain import plain_sentences
from .prompting import load_prompt, one_line
from .proposals import Fact, MarkQuestion, mark_questions, window_facts
from .schemas import Article, Failure, Stage
from .schemas.edtf import has_year
from .sentences import Sentence, split, windows, worth_asking
from .tasks import run_until_error
from .text.dates import find_dateline
from .text.numbers import find_numbers

if TYPE_CHECKING:
    from .model.client import Model

EXTRACTION = ("marks", "stances", "facts")
"""The prompts of this stage."""
_TITLE_LENGTH = 160
_TOKENS_PER_ITEM = 130  # of output: a question, an answer and a speaker at their longest, in JSON


@dataclass(frozen=True)
class Reading:
    """An article made ready: its sentences, their marks, and the date that relative dates are counted from."""

    article: Article
    title: str
    published: str | None
    sentences: tuple[Sentence, ...]
    marks: dict[int, list[Mark]]
    """Marks by sentence number; only sentences that have some."""


@dataclass(frozen=True)
class Proposed:
    """A claim as the model proposes it, for code to check. `mark` is None where the model words the answer too."""

    sentence: Sentence
    question: str
    speaker: str
    mark: Mark | None = None
    answer: str = ""
    words: str = ""
    """What the model copied from the sentence as the place of its answer."""


@dataclass
class Extraction:
    """All proposals of one article, in the order of its text, and the windows that failed.

    `cut` is True where the model went away, or the budget was spent, before all windows were answered.
    """

    reading: Reading
    proposed: list[Proposed] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    cut: bool = False


@dataclass(frozen=True)
class _Window:
    task: str
    sentences: tuple[Sentence, ...]


def read(article: Article) -> Reading:
    """Split an article and find its marks; a wire's dateline stands in for a missing publication date."""
    sentences = tuple(split(article.text, article.language))
    published = article.published or _dateline(article)
    marks = {
        sentence.number: found
        for sentence in sentences
        if worth_asking(sentence, article.title) and (found := find_marks(sentence.text, article.language, published))
    }
    title = article.title or (sentences[0].text if sentences else "")
    return Reading(article, _clip(title), published, sentences, marks)


def _dateline(article: Article) -> str | None:
    found = find_dateline(article.text, article.language)
    return found.edtf if found and has_year(found.edtf) else None


def _clip(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_LENGTH else line[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def plan(reading: Reading, size: int, plain: int | None = None) -> list[_Window]:
    """The model calls an article needs, `size` sentences each; `plain` bounds the sentences without marks."""
    counted = [s for s in reading.sentences if _marks_of(s, reading, stances=False)]
    disputed = [s for s in reading.sentences if _marks_of(s, reading, stances=True)]
    others = plain_sentences(reading.article, reading.sentences, reading.marks, plain)
    return [
        *(_Window("marks", tuple(group)) for group in windows(counted, size)),
        *(_Window("stances", (sentence,)) for sentence in disputed),  # each with the sentence before it
        *(_Window("facts", tuple(group)) for group in windows(others, size)),
    ]


def _marks_of(sentence: Sentence, reading: Reading, *, stances: bool) -> list[Mark]:
    """The words of confirming and denying of a sentence, or its other marks."""
    return [mark for mark in reading.marks.get(sentence.number, ()) if (mark.kind == "stance") is stances]


async def extract(
    reading: Reading,
    model: "Model",
    *,
    size: int,
    plain: int | None,
    max_tokens: int,
    meter: Meter,
    done: Callable[[], None],
) -> Extraction:
    """Ask the model about every window of an article (see `plan` for `size` and `plain`); `done` is called after each.

    A window whose reply is of no use becomes a Failure (partial) of the article, and so do together all that a model
    which goes away leaves unanswered, and all that the budget does not allow. Raises ModelUnavailable, BudgetSpent or
    ReplyError where no window at all brought anything.
    """
    jobs = [_ask(reading, window, model, max_tokens, meter, done) for window in plan(reading, size, plain)]
    outcomes, fault = await run_until_error(jobs)
    answers = [outcome for outcome in outcomes if isinstance(outcome, list)]
    unasked = [outcome for outcome in outcomes if isinstance(outcome, BudgetSpent)]
    result = Extraction(reading, failures=[outcome for outcome in outcomes if isinstance(outcome, Failure)])
    if fault is not None:
        if not isinstance(fault, ModelUnavailable) or not answers:
            raise fault
        result.cut = True
        result.failures.append(_unread(reading, len(jobs) - len(outcomes), len(jobs), fault))
    if unasked:
        if not answers:
            raise unasked[0]
        result.cut = True
        result.failures.append(_unread(reading, len(unasked), len(jobs), unasked[0]))
    elif jobs and not answers:
        first = result.failures[0]
        raise ReplyError(f"no part of it could be read; {first.reason}", article=reading.article.id, hint=first.hint)
    result.proposed = [item for answer in answers for item in answer]
    result.proposed.sort(key=lambda item: (item.sentence.number, item.mark.start if item.mark else -1))
    return result


def _unread(reading: Reading, lost: int, of: int, fault: ModelUnavailable | BudgetSpent) -> Failure:
    stage: Stage = "model" if isinstance(fault, ModelUnavailable) else "budget"
    reason = f"{lost} of {of} parts were not read: {fault.message}"
    return Failure(article=reading.article.id, stage=stage, reason=reason, hint=fault.hint, partial=True)


async def _ask(
    reading: Reading, window: _Window, model: "Model", max_tokens: int, meter: Meter, done: Callable[[], None]
) -> list[Proposed] | Failure | BudgetSpent:
    ask = {"marks": _ask_marks, "stances": _ask_stance, "facts": _ask_facts}[window.task]
    outcome: list[Proposed] | Failure | BudgetSpent
    try:
        outcome = await ask(reading, window.sentences, model, max_tokens, meter)
    except ReplyError as error:
        first, last = window.sentences[0].number, window.sentences[-1].number
        where = f"sentence {first}" if first == last else f"sentences {first} to {last}"
        outcome = Failure(
            article=reading.article.id,
            stage="extract",
            reason=f"{where}: {error.message}",
            hint=error.hint,
            partial=True,
        )
    except BudgetSpent as error:  # an outcome, no error of the group: calls under way are paid for, and go on
        outcome = error
    done()
    return outcome


async def _ask_marks(
    reading: Reading, sentences: Sequence[Sentence], model: "Model", max_tokens: int, meter: Meter
) -> list[Proposed]:
    marks = [(s, mark) for s in sentences for mark in _marks_of(s, reading, stances=False)]
    messages = load_prompt("marks").render(
        title=reading.title, published=reading.published or "unknown", sentences=_listed(sentences, marks)
    )
    return await _questions(reading, marks, messages, model, max_tokens, meter)


async def _ask_stance(
    reading: Reading, sentences: Sequence[Sentence], model: "Model", max_tokens: int, meter: Meter
) -> list[Proposed]:
    (sentence,) = sentences
    marks = [(sentence, mark) for mark in _marks_of(sentence, reading, stances=True)]
    before = next((s for s in reading.sentences if s.number == sentence.number - 1), None)
    messages = load_prompt("stances").render(
        title=reading.title, before=_line(before) if before else "-", sentences=_listed(sentences, marks)
    )
    return await _questions(reading, marks, messages, model, max_tokens, meter)


def _listed(sentences: Sequence[Sentence], marks: Sequence[tuple[Sentence, Mark]]) -> str:
    """The sentences, and under each its marks, numbered through."""
    lines: list[str] = []
    for place, sentence in enumerate(sentences, 1):
        own = [
            f'{number} = "{one_line(mark.text)}"' for number, (home, mark) in enumerate(marks, 1) if home is sentence
        ]
        lines += [f"[{place}] {_line(sentence)}", "Marks: " + "; ".join(own)]
    return "\n".join(lines)


async def _questions(
    reading: Reading,
    marks: Sequence[tuple[Sentence, Mark]],
    messages: list[dict[str, str]],
    model: "Model",
    max_tokens: int,
    meter: Meter,
) -> list[Proposed]:
    reply = await model.ask(
        messages,
        mark_questions(len(marks)),
        meter=meter,
        max_tokens=max(max_tokens, _TOKENS_PER_ITEM * len(marks)),
        article=reading.article.id,
        task="extract",
    )
    return [
        Proposed(sentence, item.question.strip(), item.by.strip(), mark)
        for (sentence, mark), item in zip(marks, _in_order(reply.questions), strict=True)
        if item.question.strip()
    ]


def _in_order(questions: Sequence[MarkQuestion]) -> Sequence[MarkQuestion]:
    """By mark number; as they came where the model gave one number twice, since they were asked for in order."""
    distinct = {item.mark for item in questions} == set(range(1, len(questions) + 1))
    return sorted(questions, key=lambda item: item.mark) if distinct else questions


async def _ask_facts(
    reading: Reading, sentences: Sequence[Sentence], model: "Model", max_tokens: int, meter: Meter
) -> list[Proposed]:
    lines = [f"[{place}] {_line(sentence)}" for place, sentence in enumerate(sentences, 1)]
    title = _without_figures(reading.title, reading.article.language)
    reply = await model.ask(
        load_prompt("facts").render(title=title, sentences="\n".join(lines)),
        window_facts(len(sentences)),
        meter=meter,
        max_tokens=max(max_tokens, _TOKENS_PER_ITEM * len(sentences)),
        article=reading.article.id,
        task="extract",
    )
    return [
        Proposed(
            sentences[fact.sentence - 1], fact.question.strip(), fact.by.strip(), None, fact.answer.strip(), fact.words
        )
        for fact in reply.facts
        if _usable(fact, len(sentences))
    ]


def _usable(fact: Fact, sentences: int) -> bool:
    return fact.sentence <= sentences and bool(fact.question.strip()) and bool(fact.answer.strip())


def _line(sentence: Sentence) -> str:
    return " ".join(sentence.text.split())


def _without_figures(title: str, language: str | None) -> str:
    """The title with its figures blanked: a small model would give them as the answer to any sentence."""
    for number in reversed(find_numbers(title, language)):
        title = title[: number.start] + "…" + title[number.end :]
    return title
