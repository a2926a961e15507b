"""What code tests on a proposal: each check looks for one part of it in the article and says why it failed."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .extract import EXTRACTION, Proposed, Reading
from .marks import Mark
from .prompting import load_prompt
from .schemas import Check, DateValue, Qualifier, Quantity
from .sentences import Sentence, split
from .text.concepts import concepts_of, find_concepts, nearest_concept
from .text.dates import find_dates
from .text.lexicon import load
from .text.names import name_in, proper_names
from .text.numbers import Number, find_numbers, has_one, stands_in
from .text.quantities import MEASURED
from .text.speakers import find_speaker
from .text.stance import blames, interrogative
from .text.unit_names import DURATIONS
from .text.wording import content_words

_ASKS = {
    "figure": frozenset({"how_many", "how_much", "how_old", "how_long", "percent"}),
    "time": frozenset({"time", "when", "what", "other"}),
    "stance": frozenset({"yes_no"}),
}
"""Which questions a mark of each kind can answer."""
EXCLUSIVE = frozenset({"killed", "injured", "missing", "arrested", "rescued", "kidnapped", "displaced"})
"""Outcomes that a figure has one of: a question about one is not answered by a clause about another."""
_LATIN = 0x24F  # the last letter of Latin Extended-B
_SUPPORT = 0.5  # share of an answer's words that an English sentence must hold
_ABOUT_TEXT = re.compile(
    r"\b(?:this|the) (?:sentence|article|text|headline|quote|quotation|passage)\b"
    r"|\b(?:quoted|mentioned)\b|\bsource of the information\b",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\b(?:the|an?|and|or)\s*\?\Z", re.IGNORECASE)
_RESPONSIBLE = re.compile(r"responsib|responsab|verantwort|culp|schuld|ответствен|مسؤول", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    {"announc", "do", "event", "happen", "man", "mean", "name", "person"}
    | {"report", "say", "situat", "statement", "tell", "woman"}
)
"""Stems that fit any question."""
YES = re.compile(r"(yes|no|neither|not confirmed|unconfirmed|unknown|unclear)\b", re.IGNORECASE)


def evidence_check(item: Proposed) -> Check:
    """What the model says it copied stands in the sentence, or else its answer does; the quote is sliced by code."""
    if item.mark or find_speaker(item.words, item.sentence.text) or find_speaker(item.answer, item.sentence.text):
        return Check(name="evidence", passed=True)
    return Check(name="evidence", passed=False, reason=f"{item.words!r} does not stand in the sentence")


def number_check(item: Proposed, question: str, answer: str, reading: Reading) -> Check:
    """Every number of the answer stands in the sentence; every number of the question there or in its context."""
    language, sentence = reading.article.language, item.sentence.text
    here = find_numbers(sentence, language)
    if item.mark and (isinstance(item.mark.value, DateValue) or _is_decade(item.mark)):
        missing: list[float] = []  # read by code: 21 h 45 may be written 9.45 p.m., and 30 to 39 "in her 30s"
    else:
        missing = [n.value for n in find_numbers(answer, "en") if not n.ordinal and not stands_in(n.value, here)]
        missing = [value for value in missing if value != 1 or not has_one(sentence, language)]
    if missing:
        return Check(name="number", passed=False, reason=f"{missing[0]:g} does not stand in the evidence")
    context = here + find_numbers(reading.title, language) + _numbers_near(item.sentence, reading)
    asked = [n for n in find_numbers(question, "en") if not n.ordinal and n.text.isdecimal()]
    strange = [n.text for n in asked if not stands_in(n.value, context)]
    if reading.published:
        strange = [text for text in strange if text not in reading.published]
    if strange:
        return Check(name="number", passed=False, reason=f"{strange[0]} in the question does not stand in the article")
    return Check(name="number", passed=True)


def _is_decade(mark: Mark) -> bool:
    value = mark.value
    return isinstance(value, Quantity) and value.qualifier is Qualifier.BETWEEN and mark.text.isdecimal()


def _numbers_near(sentence: Sentence, reading: Reading) -> list[Number]:
    before = [s for s in reading.sentences if sentence.number - 3 <= s.number < sentence.number]
    return [n for s in before for n in find_numbers(s.text, reading.article.language)]


def date_check(item: Proposed, reading: Reading) -> Check:
    """A date in the answer is one that the sentence tells, or names less of it."""
    wanted = find_dates(item.answer, "en", reading.published)
    told = find_dates(item.sentence.text, reading.article.language, reading.published)
    for date in wanted:
        if not any(date.edtf in one.edtf or one.edtf in date.edtf for one in told):
            return Check(name="date", passed=False, reason=f"{date.text!r} is no date of the evidence")
    return Check(name="date", passed=True)


def question_check(question: str, mark: Mark | None, sentence: Sentence, reading: Reading) -> Check:
    """The question asks for what is marked, and about what the clause tells, of people that the article names."""
    if mark and not _fits(question, mark):
        wanted = {"figure": "a figure", "time": "a time of day", "stance": "yes or no"}[mark.kind]
        return Check(
            name="question", passed=False, reason=f"{mark.text!r} answers a question for {wanted}, not this one"
        )
    if mark and mark.kind == "figure" and any(n.value == _amount(mark) for n in find_numbers(question, "en")):
        return Check(name="question", passed=False, reason="the question holds the figure that it asks for")
    if mark and mark.kind == "figure" and (fault := _other_outcome(question, mark, sentence, reading)):
        return Check(name="question", passed=False, reason=fault)
    language, text = reading.article.language, reading.article.text
    if _CUT_OFF.search(question):
        return Check(name="question", passed=False, reason="the question breaks off")
    if len(split(question, "en")) > 1:
        return Check(name="question", passed=False, reason="the question is more than one sentence")
    if _ABOUT_TEXT.search(question):
        return Check(name="question", passed=False, reason="the question is about the text, not about the event")
    if _needs_own_words(mark, language) and not content_words(question) & content_words(sentence.text):
        return Check(name="question", passed=False, reason="the question shares no word with the sentence")
    if not mark and _accuses(question, "en") and not _accuses(sentence.text, language):
        return Check(
            name="question", passed=False, reason="the question asks who is blamed, the sentence blames nobody"
        )
    if not mark and not _asks_something(question):
        return Check(name="question", passed=False, reason="the question asks for nothing in particular")
    for name in proper_names(question):
        if not name_in(name, f"{reading.article.title or ''}\n{text}", language):
            return Check(name="question", passed=False, reason=f"{name!r} in the question is not in the article")
    return Check(name="question", passed=True)


def _needs_own_words(mark: Mark | None, language: str | None) -> bool:
    """Facts and clock times in English: the question's words are the only tie to what the sentence tells of them."""
    return (language or "").startswith("en") and (mark is None or mark.kind == "time")


def _accuses(text: str, language: str | None) -> bool:
    """Whether somebody is blamed, or claims a deed, in words that code knows; true where it knows none."""
    if (language or "en").split("-")[0] not in load("stance"):
        return True
    return blames(text, language) or _RESPONSIBLE.search(text) is not None


def _amount(mark: Mark) -> float | None:
    return mark.value.amount if isinstance(mark.value, Quantity) else None


def _fits(question: str, mark: Mark) -> bool:
    """Whether the question can be answered by such a mark; "what" asks for a figure only as "what is the ..."."""
    asked = interrogative(question)
    if mark.kind == "figure" and asked == "how_old" and isinstance(mark.value, Quantity):
        return mark.value.unit is None or mark.value.unit in DURATIONS  # no age is 13 feet
    if mark.kind == "figure" and asked == "how_many" and isinstance(mark.value, Quantity):
        return mark.value.unit not in MEASURED  # "4 years" and "20 euros" are no number of people or things
    if mark.kind == "figure" and asked in ("what", "which", "other"):
        return re.match(r"what (?:is|was|were|are) the\b", question, re.IGNORECASE) is not None
    return asked in _ASKS[mark.kind]


def _asks_something(question: str) -> bool:
    """False where nothing is left of a question without its names and the words that fit any ("What did X do?")."""
    names = content_words(" ".join(proper_names(question)))
    return bool(content_words(question) - names - _SAYS_NOTHING)


def _other_outcome(question: str, mark: Mark, sentence: Sentence, reading: Reading) -> str | None:
    asked = concepts_of(question, "en") & EXCLUSIVE
    mentions = find_concepts(sentence.text, reading.article.language)
    told = {mention.concept for mention in mentions} & EXCLUSIVE
    if not asked or not told:
        known = (reading.article.language or "en").split("-")[0] in load("concepts")["languages"]
        return (
            f"the question asks for {', '.join(sorted(asked))}, the sentence tells no such thing"
            if asked and known
            else None
        )
    figures = [(other.start, other.end) for other in reading.marks.get(sentence.number, [])]
    near = nearest_concept(mentions, mark.start, mark.end, sentence.text, figures)
    if not asked & told or (near in EXCLUSIVE | {"attacked"} and near not in asked):
        return f"the question asks for {', '.join(sorted(asked))}, the figure tells {near or ', '.join(sorted(told))}"
    return None


def leak_check(text: str, reading: Reading) -> Check:
    """Names of the prompt's own examples are no names of the article."""
    told = f"{reading.article.title or ''}\n{reading.article.text}"
    for name in proper_names(text):
        if name in _example_names() and not name_in(name, told, reading.article.language):
            return Check(
                name="leak", passed=False, reason=f"{name!r} comes from the prompt's examples, not the article"
            )
    return Check(name="leak", passed=True)


@lru_cache(maxsize=1)
def _example_names() -> frozenset[str]:
    """Names in the example turns of the extraction prompts; parts of longer names included."""
    return frozenset(_names_of_examples())


def _names_of_examples() -> Iterator[str]:
    for task in EXTRACTION:
        for role, content in load_prompt(task).turns:
            if role != "system":
                for name in proper_names(content.replace('"', " ")):
                    yield name
                    yield from name.split()


def answer_check(answer: str, question: str, sentence: Sentence, reading: Reading, output: str) -> Check:
    """A worded answer is carried by the sentence: its names, and in English most of its words."""
    language = reading.article.language
    if interrogative(question) in ("how_many", "how_much", "percent", "how_old") and not find_numbers(answer, "en"):
        return Check(name="answer", passed=False, reason="the question asks for a figure, the answer has none")
    if not answer.strip(" .") or answer.casefold() in ("unknown", "none", "n/a", "not stated", "not specified"):
        return Check(name="answer", passed=False, reason="the sentence does not answer the question")
    if len(split(answer, output)) > 1:
        return Check(name="answer", passed=False, reason="the answer is more than one sentence")
    if output == "en" and any(char.isalpha() and ord(char) > _LATIN for char in answer):
        return Check(name="answer", passed=False, reason="the answer is not in the output language")
    for name in proper_names(answer):
        if not name_in(name, sentence.text, language):
            return Check(name="answer", passed=False, reason=f"{name!r} does not stand in the evidence")
    if (language or "").startswith("en") and not YES.match(answer):
        wanted, told = content_words(answer), content_words(sentence.text)
        if wanted and len(wanted & told) < _SUPPORT * len(wanted):
            return Check(name="answer", passed=False, reason="most words of the answer do not stand in the evidence")
    return Check(name="answer", passed=True)
