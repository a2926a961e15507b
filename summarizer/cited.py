"""Texts that the model writes over numbered claims: kept only where code finds what they say in those claims."""

import re
from collections.abc import Mapping, Sequence

from .proposals import CitedText
from .schemas import Cited, Claim
from .text.names import name_in, proper_names
from .text.numbers import find_numbers, stands_in
from .text.wording import content_words

_ACCORDING = re.compile(r"\baccording to ([^,.;]+)")


def cite(proposed: CitedText, numbered: Mapping[int, Sequence[Claim]], language: str = "en") -> Cited | None:
    """The text with the claims it rests on, or None where it says a number or a name that they do not hold.

    `numbered` gives the claims behind each number that the model was shown. Claims that the model forgot to cite are
    not added: a sentence stands on what it names.
    """
    text = " ".join(proposed.text.split())
    claims = [claim for number in dict.fromkeys(proposed.claims) for claim in numbered.get(number, ())]
    if not text or not claims:
        return None
    held = "\n".join(told(claim) for claim in claims)
    numbers = find_numbers(held, "en")
    said = [n for n in find_numbers(text, language) if not n.ordinal and (n.value != 1 or n.text.isdecimal())]
    if any(not stands_in(n.value, numbers) for n in said):
        return None
    if any(not name_in(name, held, language) for name in proper_names(text)):
        return None
    speakers = content_words(" ".join(claim.attributed_to or "" for claim in claims))
    if any(not content_words(who) & speakers for who in _ACCORDING.findall(text)):
        return None
    return Cited(text=text, claims=tuple(dict.fromkeys(claim.id for claim in claims)))


def told(claim: Claim) -> str:
    """All that a text which cites a claim may say: its question, answer, source, dates and quotes."""
    dates = f"{claim.as_of or ''} {claim.period or ''}"
    quotes = " ".join(evidence.quote for evidence in claim.evidence)
    return f"{claim.question} {claim.answer} {claim.attributed_to or ''} {dates} {quotes}"
