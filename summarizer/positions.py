"""One answer, all who give it: the claims of a group gathered into positions."""

from collections.abc import Sequence

from .schemas import Certainty, Claim, DateValue, Name, Position, Qualifier, Quantity, Text, YesNo
from .schemas.edtf import OPEN
from .text.date_relations import latest, same_time
from .text.names import same_name
from .text.quantities import close, same_quantity
from .text.speakers import same_speaker
from .text.times import same_clock
from .text.unit_names import MEASURES
from .text.wording import same_text


def same_answer(a: Claim, b: Claim) -> bool | None:
    """Whether two claims on one question give the same answer: equal within wording, rounding, unit or spelling.

    None where rules cannot tell: two different wordings of something that is neither a number, a date nor yes or no.
    """
    if isinstance(a.value, Quantity) and isinstance(b.value, Quantity):
        return same_quantity(a.value, b.value)
    if isinstance(a.value, YesNo) and isinstance(b.value, YesNo):
        return a.value.answer == b.value.answer and _is_sure(a) == _is_sure(b)
    if isinstance(a.value, DateValue) and isinstance(b.value, DateValue):
        return _same_date(a.value, b.value)
    if isinstance(a.value, Name) and isinstance(b.value, Name) and same_name(a.value.name, b.value.name):
        return True
    if isinstance(a.value, Name | Text) and isinstance(b.value, Name | Text):
        return same_text(a.answer, b.answer)
    return None


def _is_sure(claim: Claim) -> bool:
    """Whether it is told as a fact: the same said as alleged or possible is another answer (relation `attribution`)."""
    return claim.certainty is Certainty.REPORTED


def _same_date(a: DateValue, b: DateValue) -> bool:
    if a.time and b.time:
        return same_clock(a.time, b.time, a.approximate or b.approximate)
    if OPEN in (a.edtf, b.edtf):
        return a.edtf == b.edtf
    return same_time(a.edtf, b.edtf)


def gather(claims: Sequence[Claim], same: frozenset[frozenset[str]] = frozenset()) -> list[list[Claim]]:
    """The claims by answer, in the order in which the answers first come; a bare figure leads before a hedged one.

    `same` holds pairs of claim ids that the model called the same answer.
    """
    answers: list[list[Claim]] = []
    disputed = len({claim.value.answer for claim in claims if isinstance(claim.value, YesNo)}) > 1
    for claim in claims:
        for held in answers:
            alike = any(same_answer(known, claim) or frozenset({known.id, claim.id}) in same for known in held)
            alike = alike or (disputed and _same_side(held[0], claim))
            if (alike or _restated(held, claim)) and not _exactly_other(held, claim):
                held.append(claim)
                break
        else:
            answers.append([claim])
    return answers


def _same_side(a: Claim, b: Claim) -> bool:
    """Whether both say yes, or no: beside a denial it matters less how firmly they say it."""
    return isinstance(a.value, YesNo) and isinstance(b.value, YesNo) and a.value.answer == b.value.answer


def _exactly_other(held: Sequence[Claim], claim: Claim) -> bool:
    """Whether it is another answer than one that is held: "about 40" agrees with 40 and with 42, which do not agree.

    So does "in May" with the 3rd and the 8th, and a surname with two of that name.
    """
    if isinstance(claim.value, DateValue | Name | Text):
        return any(same_answer(known, claim) is False for known in held)
    if _unit(claim) in MEASURES:  # converted and rounded: 131 and 132 feet are one depth of 40 m
        return False
    return _is_exact(claim) and any(_is_exact(known) and not same_answer(known, claim) for known in held)


def _restated(held: Sequence[Claim], claim: Claim) -> bool:
    """An article that says its own figure again in other words ("at least 100", then "around a hundred")."""
    return any(
        known.article == claim.article
        and isinstance(known.value, Quantity)
        and isinstance(claim.value, Quantity)
        and close(known.value, claim.value)
        for known in held
    )


def position(claims: Sequence[Claim]) -> Position:
    """All claims of one answer as one position; its date is the latest for which the answer is given."""
    lead = next((claim for claim in claims if _is_exact(claim)), claims[0])
    speakers: list[str] = []
    for claim in claims:
        who = claim.attributed_to
        if who and not any(who == known or same_speaker(who, known) for known in speakers):
            speakers.append(who)
    spans = {(e.article, e.start, e.end): e for claim in claims for e in claim.evidence}
    return Position(
        answer=_worded(lead, claims),
        value=lead.value,
        articles=tuple(dict.fromkeys(claim.article for claim in claims)),
        attributed_to="; ".join(speakers) or None,
        as_of=latest([claim.as_of for claim in claims if claim.as_of]),
        claims=tuple(claims),
        evidence=tuple(spans.values()),
    )


def _worded(lead: Claim, claims: Sequence[Claim]) -> str:
    """The answer of the leading claim, and beside it the first in each other unit: "40 m (131 feet)"."""
    units = {_unit(lead): lead.answer}
    for claim in claims:
        if _unit(claim):
            units.setdefault(_unit(claim), claim.answer)
    first, *others = units.values()
    return f"{first} ({', '.join(others)})" if others else first


def _unit(claim: Claim) -> str | None:
    return claim.value.unit if isinstance(claim.value, Quantity) else None


def _is_exact(claim: Claim) -> bool:
    return isinstance(claim.value, Quantity) and claim.value.qualifier is Qualifier.EXACTLY
