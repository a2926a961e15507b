"""A question taken apart: what is asked, of what event and whom, in which words; what alignment compares."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .checks import EXCLUSIVE
from .marks import MEASURED
from .schemas import Claim, DateValue, Quantity, YesNo
from .text.concepts import concepts_of, find_concepts, find_groups
from .text.names import proper_names, same_name
from .text.quantities import in_base_unit
from .text.stance import find_stances, interrogative
from .text.wording import content_words

OUTCOMES = EXCLUSIVE | {"hospitalised"}
"""Concepts of which a figure has one: two questions about different ones are different questions."""
COUNTED = OUTCOMES | {"participants", "deployed"}
"""Concepts that name the counted thing by themselves: the rest of the wording matters less."""
_COMMON_GROUP = 0.3  # share of a concept's questions from which a group is simply what the story is about


@dataclass(frozen=True)
class Frame:
    """The parts of one claim's question that decide whether another question is the same."""

    claim: Claim
    kind: str
    """figure, age, share, measure, time, date, yes_no or text: only equal kinds are compared."""
    concepts: frozenset[str]
    groups: frozenset[str]
    """Sub-populations and degrees that narrow the question; those that the whole story is about are left out."""
    names: tuple[str, ...]
    words: frozenset[str]
    years: frozenset[int]

    @property
    def outcomes(self) -> frozenset[str]:
        """The exclusive concepts among `concepts`."""
        return self.concepts & OUTCOMES


def frames(claims: Sequence[Claim], titles: Iterable[str | None] = ()) -> list[Frame]:
    """The frame of each claim; `titles` of the articles tell which groups the whole story is about."""
    common = _common_groups(claims, titles)
    return [_frame(claim, common) for claim in claims]


def _frame(claim: Claim, common: frozenset[str]) -> Frame:
    question = claim.question
    concepts = concepts_of(question, "en")
    groups = _groups(claim)
    covered = [(m.start, m.end) for m in find_concepts(question, "en")]
    covered += [(cue.start, cue.end) for cue in find_stances(question, "en")]
    bare = "".join(char for at, char in enumerate(question) if not any(start <= at < end for start, end in covered))
    tokens = {f"#{concept}" for concept in concepts}
    if isinstance(claim.value, YesNo):  # who confirms or denies is part of what is asked
        tokens |= content_words(claim.attributed_to or "")
    return Frame(
        claim=claim,
        kind=_kind(claim),
        concepts=frozenset(concepts),
        groups=frozenset(groups - common),
        names=tuple(proper_names(question)),
        words=frozenset(content_words(bare) | tokens),
        years=frozenset(int(word) for word in _numbers(question) if 1900 <= int(word) <= 2099),
    )


def _groups(claim: Claim) -> set[str]:
    return set(filter(None, (claim.scope.group or "").split(", ")))


def _numbers(text: str) -> list[str]:
    return [word for word in text.replace("?", " ").replace(",", " ").split() if word.isdecimal() and len(word) == 4]


def _kind(claim: Claim) -> str:
    match claim.value:
        case Quantity():
            asked = interrogative(claim.question)
            if asked == "how_old":
                return "age"
            if asked == "percent" or claim.value.unit == "percent":
                return "share"
            if asked in ("how_long",) or claim.value.unit in MEASURED:
                return "measure"
            return "figure"
        case DateValue():
            return "time" if claim.value.time else "date"
        case YesNo():
            return "yes_no"
        case _:
            return "text"


def _common_groups(claims: Sequence[Claim], titles: Iterable[str | None]) -> frozenset[str]:
    """Groups that are no narrowing in this story: they stand in a title, or in many of the questions on people."""
    counted = [claim for claim in claims if concepts_of(claim.question, "en") & COUNTED]
    held = Counter(group for claim in counted for group in _groups(claim))
    often = {group for group, count in held.items() if count >= max(2, _COMMON_GROUP * len(counted))}
    named = {mention.concept for title in titles if title for mention in find_groups(title, "en")}
    return frozenset(often | named)


def compatible(a: Frame, b: Frame) -> bool:
    """False where the two cannot be the same question, however alike their words are."""
    if a.kind != b.kind or a.groups != b.groups:
        return False
    if a.outcomes != b.outcomes and (a.outcomes or b.outcomes):
        return False
    if a.years and b.years and not a.years & b.years:
        return False
    if a.kind == "age":
        return _same_person(a, b)
    if a.kind == "measure" and _unit(a) != _unit(b):
        return False
    return not _other_event(a.claim, b.claim)


def _unit(frame: Frame) -> str | None:
    return in_base_unit(frame.claim.value).unit if isinstance(frame.claim.value, Quantity) else None


def _same_person(a: Frame, b: Frame) -> bool:
    """Ages are compared where both questions name the same person first, or neither names any."""
    if not a.names or not b.names:
        return not a.names and not b.names
    return same_name(a.names[0], b.names[0])


def _other_event(a: Claim, b: Claim) -> bool:
    """Whether one tells of a year before the other's story: a figure recalled from another event."""
    years = [_year(claim.period) for claim in (a, b)]
    told = [_year(claim.as_of) for claim in (a, b)]
    for own, other_own, now in ((years[0], years[1], told[0]), (years[1], years[0], told[1])):
        if own and now and own < now - 1 and other_own != own:
            return True
    return False


def _year(edtf: str | None) -> int | None:
    head = (edtf or "").removeprefix("../")[:4]
    return int(head) if head.isdecimal() else None
