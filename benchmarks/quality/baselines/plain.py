"""The first baseline: all articles of a story in one prompt, and plain `instructor` with a list of disagreements."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

from pydantic import BaseModel, Field

from summarizer.errors import ModelError, ModelUnavailable

from ..groups import Group
from .server import Answers

Relation = Literal["contradiction", "denial", "update", "scope", "precision", "attribution", "agreement", "uncertain"]
MOST = 8
"""Disagreements in one reply: a small model that is not bounded repeats itself until its tokens are used up."""
BYTES_A_TOKEN = 2.5
"""On the low side for news, 1980s wires in capitals included: a prompt that does not fit is of no use."""

INSTRUCTIONS = """\
You compare news articles on one event. List the disagreements: questions that two or more of the articles answer
differently, such as how many people were killed, injured or arrested, when and where it happened, who did it and why.
For each give
- question: what is asked, such as "How many people were killed?";
- relation: contradiction (the answers exclude each other), denial (one article says so, another denies it),
  update (a later article has newer figures), scope (they count different areas, groups or periods),
  precision (one answer is only less exact), attribution (the answers come from different sources),
  agreement (the articles say the same), uncertain;
- positions: one for each article that answers the question, with the answer in a few words, the number of the
  article, and the sentence that says so as quote, copied word for word from that article.
"""


class Position(BaseModel):
    """What one article answers."""

    answer: str
    article: int = Field(description="Number of the article.")
    quote: str = Field(description="The sentence that says so, word for word.")


class Disagreement(BaseModel):
    """A question and how the articles answer it."""

    question: str
    relation: Relation
    positions: list[Position] = Field(max_length=8)


class Disagreements(BaseModel):
    """What the model is asked for."""

    disagreements: list[Disagreement] = Field(max_length=MOST)


def predict(
    group: Group, answers: Answers, *, context_tokens: int, max_tokens: int
) -> tuple[dict[str, Any], list[str]]:
    """The prediction for a story in the scorer's format, and what failed in it.

    All articles go into one prompt if they fit into `context_tokens` together with `max_tokens` of reply; else every
    pair of articles gets one. A reply that is cut off or does not fit the schema after one re-ask counts as empty.
    Raises ModelUnavailable.
    """
    found: list[Mapping[str, Any]] = []
    failures: list[str] = []
    for chosen in batches(group, (context_tokens - max_tokens) * BYTES_A_TOKEN):
        try:
            reply = _ask(prompt(group, chosen), answers, max_tokens)
        except _UselessReply as error:
            failures.append(str(error))
        else:
            found.extend(compared(group, chosen, reply, failures))
    agreed = [{k: v for k, v in item.items() if k != "relation"} for item in found if item["relation"] == "agreement"]
    differing = [item for item in found if item["relation"] != "agreement"]
    return {"disagreements": differing, "agreements": agreed}, failures


def batches(group: Group, room: float) -> list[tuple[str, ...]]:
    """Article ids that go into one prompt each: all of them if they fit into `room` bytes, else all pairs."""
    ids = tuple(group.articles)
    return [ids] if len(prompt(group, ids).encode()) <= room else list(combinations(ids, 2))


def prompt(group: Group, chosen: Sequence[str]) -> str:
    """The instructions, and the articles numbered from 1 with title, outlet and date."""
    parts = [INSTRUCTIONS]
    for number, id in enumerate(chosen, 1):
        article = group.articles[id]
        told = ", ".join(str(article[key]) for key in ("publisher", "date") if article.get(key))
        title = article.get("title") or "(no title)"
        parts.append(f"Article {number}: {title}" + (f" ({told})" if told else "") + f"\n{article['text'].strip()}\n")
    return "\n".join(parts)


def compared(group: Group, chosen: Sequence[str], reply: Disagreements, failures: list[str]) -> list[dict[str, Any]]:
    """The model's disagreements with article ids and evidence spans; what cannot be used is told in `failures`.

    A position of an article that was not shown is dropped, and so is a disagreement left with fewer than two.
    """
    result = []
    for item in reply.disagreements:
        shown = [position for position in item.positions if 1 <= position.article <= len(chosen)]
        positions = [
            {
                "answer": position.answer,
                "articles": [id],
                "evidence": [evidence(group, id, position.quote)] if position.quote.strip() else [],
            }
            for position in shown
            for id in [chosen[position.article - 1]]
        ]
        if len(shown) < len(item.positions):
            failures.append("a position names an article that is not there")
        if len(positions) < 2:
            failures.append("a disagreement has fewer than two positions")
        else:
            result.append({"question": item.question, "relation": item.relation, "positions": positions})
    return result


def evidence(group: Group, id: str, quote: str) -> dict[str, Any]:
    """Where `quote` stands in the article to the letter; start and end are -1 where it does not.

    A quote from the title counts in the title above the text, which is a form that the scorer knows.
    """
    article = group.articles[id]
    for text in (article["text"], f"{article.get('title') or ''}\n\n{article['text']}".strip()):
        start = text.find(quote)
        if start >= 0:
            return {"article": id, "start": start, "end": start + len(quote), "quote": quote}
    return {"article": id, "start": -1, "end": -1, "quote": quote}


class _UselessReply(Exception):
    pass


def _ask(text: str, answers: Answers, max_tokens: int) -> Disagreements:
    import instructor
    from instructor.core import IncompleteOutputException, InstructorRetryException

    create: Any = instructor.patch(create=answers.create, mode=instructor.Mode.JSON_SCHEMA)
    fault: Exception
    try:
        reply: Disagreements = create(
            response_model=Disagreements,
            messages=[{"role": "user", "content": text}],
            max_retries=1,
            strict=None,  # or instructor forces Pydantic's strict mode on the schema
            temperature=0.0,
            max_tokens=max_tokens,
            model=answers.model,
        )
    except IncompleteOutputException:
        fault = _UselessReply("the reply is longer than its bound")
    except InstructorRetryException as error:
        cause = error.__cause__
        if isinstance(cause, ModelUnavailable):
            fault = cause
        elif isinstance(cause, ModelError):
            fault = _UselessReply(f"no reply: {cause}")
        else:
            fault = _UselessReply("the reply does not fit the schema")
    else:
        return reply
    raise fault
