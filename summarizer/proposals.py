"""What the model is asked to return: the reply schemas, bounded so that no reply runs away."""

from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

_QUESTION = 180
_ANSWER = 120
_SPEAKER = 100


class Proposal(BaseModel):
    """Base of all replies: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid")


class MarkQuestion(Proposal):
    """The question that one mark answers."""

    mark: int = Field(ge=1)
    question: str = Field(max_length=_QUESTION)
    by: str = Field(max_length=_SPEAKER)


class Fact(Proposal):
    """A fact of one sentence that holds no marks."""

    sentence: int = Field(ge=1)
    words: str = Field(max_length=_ANSWER)
    question: str = Field(max_length=_QUESTION)
    answer: str = Field(max_length=_ANSWER)
    by: str = Field(max_length=_SPEAKER)


class MarkQuestions(Proposal):
    """One question for each mark of a window."""

    questions: list[MarkQuestion]


class Facts(Proposal):
    """The facts of a window."""

    facts: list[Fact]


@lru_cache(maxsize=256)
def mark_questions(marks: int) -> type[MarkQuestions]:
    """The reply schema for a window with that many marks: exactly one question each."""
    bounded = Field(min_length=marks, max_length=marks)
    return create_model("MarkQuestions", __base__=MarkQuestions, questions=(list[MarkQuestion], bounded))


@lru_cache(maxsize=256)
def window_facts(sentences: int) -> type[Facts]:
    """The reply schema for a window of that many sentences: at most one fact each."""
    return create_model("Facts", __base__=Facts, facts=(list[Fact], Field(max_length=sentences)))


class CitedText(Proposal):
    """A short text and the numbers of the claims it rests on."""

    text: str = Field(max_length=200)
    claims: list[int] = Field(max_length=4)


class Header(Proposal):
    """Headline and the five Ws and one H of an article."""

    headline: CitedText
    what: CitedText
    who: CitedText
    where: CitedText
    when: CitedText
    why: CitedText
    how: CitedText


class Narrative(Proposal):
    """Headline and a few sentences on a story."""

    headline: CitedText
    sentences: list[CitedText] = Field(max_length=5)


class Verdict(Proposal):
    """How two numbered answers relate."""

    pair: int = Field(ge=1)
    verdict: Literal["same", "different", "unrelated"]


class Verdicts(Proposal):
    """One verdict for each pair."""

    verdicts: list[Verdict]


@lru_cache(maxsize=64)
def pair_verdicts(pairs: int) -> type[Verdicts]:
    """The reply schema for that many pairs: exactly one verdict each."""
    return create_model(
        "Verdicts", __base__=Verdicts, verdicts=(list[Verdict], Field(min_length=pairs, max_length=pairs))
    )


class Told(Proposal):
    """What one sentence says to one question."""

    answer: Literal["yes", "no", "silent"]
