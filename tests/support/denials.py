"""Articles that deny and articles that affirm, and a stand-in for the model that is asked which sentences do."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel

from summarizer.model import Meter
from summarizer.schemas import EventSummary

from .claims import Draft

FIRST, LATER = "2031-05-05", "2031-05-06"
CUT = "Will the Brenn valley line cut its night trains?"
SOLD = "Was the old harbour of Velden sold to a foreign bank?"
ORDERED = "Did Elke Varn order the evacuation of Karsholm?"
KILLED = "How many people were killed in Velden?"
CUTS = "The Brenn valley line will cut all its night trains from June, according to the union."
SALE = "The old harbour of Velden was sold to a foreign bank in secret, according to two clerks."
SCHOOL = "The mayor opened a new school beside the market."

Answer = Literal["yes", "no", "silent"]


class Reader:
    """A stand-in for a model: says of a sentence what `answers` has for it, else `usual`; keeps what it is asked."""

    def __init__(self, usual: Answer = "yes", answers: Mapping[str, Answer] | None = None) -> None:
        self.usual, self.answers = usual, answers or {}
        self.asked: list[tuple[str, str]] = []

    async def ask(
        self, messages: list[dict[str, str]], schema: type[BaseModel], *, meter: Meter, **_: Any
    ) -> BaseModel:
        question, _, sentence = messages[-1]["content"].removeprefix("Question: ").partition("\nSentence: ")
        self.asked.append((question, sentence))
        meter.sent()
        return schema(answer=self.answers.get(sentence, self.usual))


def denial(
    id: str = "a",
    question: str = CUT,
    answer: Literal["no", "uncommitted"] = "no",
    *,
    language: str = "en",
    **fields: Any,
) -> Draft:
    """An article in which the railway denies something."""
    draft = Draft(id, FIRST, language=language)
    fields = {"attributed_to": "the railway", "sentence": "The railway denied it.", **fields}
    draft.yes_no(question, answer, **fields)
    return draft


def article(text: str, id: str = "b", *, language: str = "en") -> Draft:
    """An article without any claim."""
    draft = Draft(id, LATER, language=language)
    draft.text = text
    return draft


def summaries(*articles: Draft) -> list[EventSummary]:
    return [draft.summary() for draft in articles]
