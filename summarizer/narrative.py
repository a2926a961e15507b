"""Headline and narrative of a story: written by the model over the findings, checked by code, told by rules without."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .cited import cite, told
from .model import Meter
from .prompting import load_prompt, one_line
from .proposals import CitedText, Narrative
from .schemas import Article, Cited, Claim, Comparison, Disagreement, EventSummary, Position, SingleSource
from .text.date_words import date_words
from .text.wording import content_words

if TYPE_CHECKING:
    from .model.client import Model

PROMPT = "narrative"
_MAX_FINDINGS = 12
_MAX_TOKENS = 500
_SAYING = re.compile(r"\b(according to|said|says|reported)\b")
_LEADING = 4  # disagreements that a narrative does not leave out


async def write_narrative(
    findings: Sequence[Comparison], model: "Model", meter: Meter, language: str
) -> tuple[Cited | None, list[Cited]]:
    """Headline and sentences that hold to the findings they cite; those that do not are dropped.

    Raises ModelUnavailable, or ReplyError where the reply is of no use.
    """
    shown = list(findings[:_MAX_FINDINGS])
    if not shown:
        return None, []
    reply = await model.ask(
        load_prompt(PROMPT).render(
            findings="\n".join(one_line(f"{number}. {_line(item)}") for number, item in enumerate(shown, 1)),
            language=language,
        ),
        Narrative,
        meter=meter,
        max_tokens=_MAX_TOKENS,
        task="merge",
    )
    numbered = {number: _claims(item) for number, item in enumerate(shown, 1)}
    headline, *sentences = (
        cite(text, numbered, language) if _fair(text, shown) and _of_its_own(text, shown, language) else None
        for text in (reply.headline, *reply.sentences)
    )
    return headline, _distinct([cited for cited in sentences if cited])


def _about(item: Comparison, narrative: Sequence[Cited]) -> str:
    known = {claim.id for claim in _claims(item)}
    return " ".join(cited.text for cited in narrative if known & set(cited.claims))


def _fair(text: CitedText, shown: Sequence[Comparison]) -> bool:
    """Whether a sentence tells at least two sides of each disagreement that it cites: none is made the truth."""
    cited = [shown[number - 1] for number in text.claims if 1 <= number <= len(shown)]
    if len(cited) > 1 and _SAYING.search(text.text):
        return False  # a small model hands the source of one finding to the other
    return all(len(_sides(item, text.text)) > 1 for item in cited if isinstance(item, Disagreement))


def _of_its_own(text: CitedText, shown: Sequence[Comparison], language: str) -> bool:
    """False for a word that only a finding tells which is not cited: what one article says is not told as another's."""
    cited, others = set[str](), set[str]()
    for number, item in enumerate(shown, 1):
        words = cited if number in text.claims else others
        words.update(*(content_words(told(claim), language) for claim in _claims(item)))
    return not content_words(text.text, language) & (others - cited)


def _sides(item: Comparison, text: str) -> set[str]:
    """The answers of a question that a text tells, as whole words and numbers."""
    found = set()
    for answer in item.positions:
        whole = rf"(?<![\w.,:])(?<!\d ){re.escape(answer.answer)}(?![\w:]|[.,]\d)"
        if re.search(whole, text, re.IGNORECASE):
            found.add(answer.answer)
    return found


def _distinct(sentences: Sequence[Cited]) -> list[Cited]:
    return list({cited.text.casefold(): cited for cited in sentences}.values())


def _claims(item: Comparison) -> list[Claim]:
    return [claim for answer in item.positions for claim in answer.claims]


def _line(item: Comparison) -> str:
    sides = "; ".join(_position(answer) for answer in item.positions)
    how = (
        "Sources differ"
        if isinstance(item, Disagreement)
        else "One source says"
        if isinstance(item, SingleSource)
        else "All say"
    )
    return f"{item.question} {how}: {sides}"


def _position(answer: Position) -> str:
    by = [answer.attributed_to or "", f"as of {answer.as_of}" if answer.as_of else ""]
    inside = ", ".join(part for part in by if part)
    return answer.answer + (f" ({inside})" if inside else "")


def by_rule(findings: Sequence[Comparison], summaries: Sequence[EventSummary]) -> tuple[Cited | None, list[Cited]]:
    """Without a model: a headline that takes no side, and a plain sentence for each leading disagreement.

    The headline is the first article's that rests on nothing in dispute, else the leading question with its answers.
    """
    known = {claim.id for item in findings for claim in _claims(item)}
    disputed = [item for item in findings if isinstance(item, Disagreement)]
    known -= {claim.id for item in disputed for claim in _claims(item)}
    headline = next((s.headline for s in summaries if s.headline and set(s.headline.claims) <= known), None)
    if headline is None and disputed:
        leading = disputed[0]
        *others, last = dict.fromkeys(answer.answer for answer in leading.positions)
        answers = f"{', '.join(others)} or {last}" if others else last
        headline = Cited(text=f"{leading.question} {answers}", claims=tuple(c.id for c in _claims(leading)))
    return headline, complete([], findings, [summary.article for summary in summaries])


def plain_sentence(item: Comparison, articles: Sequence[Article]) -> Cited:
    """A disagreement as one sentence of fixed form, every side in it: answer, speaker, date and outlets."""
    outlets = {article.id: article.outlet or article.id for article in articles}
    sides = []
    for answer in item.positions:
        told = dict.fromkeys(outlets.get(article, article) for article in answer.articles)
        when = [f"as of {date_words(answer.as_of)}"] if answer.as_of else []
        by = [*([answer.attributed_to] if answer.attributed_to else []), *when, f"in {' and '.join(told)}"]
        sides.append(f"{answer.answer} ({', '.join(by)})")
    claims = tuple(claim.id for claim in _claims(item))
    return Cited(text=f"{item.question} Sources differ: {'; '.join(sides)}.", claims=claims)


def complete(narrative: Sequence[Cited], findings: Sequence[Comparison], articles: Sequence[Article]) -> list[Cited]:
    """The narrative with a plain sentence for each leading disagreement of which it leaves out a side."""
    leading = [item for item in findings if isinstance(item, Disagreement)][:_LEADING]
    missing = [item for item in leading if len(_sides(item, _about(item, narrative))) < len(item.positions)]
    return [*narrative, *(plain_sentence(item, articles) for item in missing)]
