"""A question taken apart: what is asked, of what event and whom, in which words; what alignment compares."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .checks import EXCLUSIVE
from .schemas import Certainty, Claim, DateValue, Name, Quantity, Text, Value, YesNo
from .text.concepts import DEGREES, concepts_of, find_concepts, find_groups
from .text.counted import counted_noun, counts_people, measured_thing
from .text.names import proper_names, same_name
from .text.quantities import MEASURED, units_clash
from .text.questions import interrogative
from .text.stance import blames, find_stances
from .text.unit_names import MEASURES
from .text.wording import content_words

OUTCOMES = EXCLUSIVE | {"hospitalised"}
"""Concepts of which a figure has one: two questions about different ones are different questions."""
COUNTED = OUTCOMES | {"participants", "deployed"}
"""Concepts that name the counted thing by themselves: the rest of the wording matters less."""
_DIMENSIONS = content_words("deep wide high long far distance heavy weight large size area fast speed")
_DEED = re.compile(r"murder|killing|assassination|massacre|kidnapping|arrest|rescue|death", re.IGNORECASE)
_PLACED_BY = re.compile(
    r"\b(?:in|of|for|after|before|during|by|from|behind) (?:the |a |an |his |her |their )?(?:\w+ ){0,4}$"
)
_SHOT = re.compile(r"\bshot\b", re.IGNORECASE)
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
    asks: str
    """What a question for words asks for (who, where, why …); empty for figures, times and yes or no."""
    people: bool | None
    """Whether a figure counts people; None where the question does not tell."""
    counted: frozenset[str]
    """The content words of what is counted ("police cars") or measured ("well")."""
    dimension: frozenset[str]
    """Which way a measure goes: depth, width, height, length, distance, weight, size."""
    blames: bool
    """Whether a question for words asks who is accused or claims the deed."""

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
    concepts = set(_asked_concepts(question))
    groups = _groups(claim)
    if groups & DEGREES and not concepts & OUTCOMES:  # "in a serious condition" is told of the injured only
        concepts |= {"injured"}
    if _SHOT.search(question) and not concepts & OUTCOMES and counts_people(question):
        concepts |= {"injured"}  # whoever was shot is hurt, unless the question says worse
    covered = [(m.start, m.end) for m in find_concepts(question, "en")]
    covered += [(cue.start, cue.end) for cue in find_stances(question, "en")]
    bare = "".join(char for at, char in enumerate(question) if not any(start <= at < end for start, end in covered))
    tokens = {f"#{concept}" for concept in concepts}
    people = counts_people(question) if isinstance(claim.value, Quantity) else None
    if people:  # "victims" or "people": what is told of them tells two questions apart
        bare = bare.replace(counted_noun(question), " ")
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
        asks=interrogative(question) if isinstance(claim.value, Name | Text) else "",
        counted=_counted(claim),
        dimension=content_words(question) & _DIMENSIONS,
        people=people,
        blames=isinstance(claim.value, Name | Text) and blames(question, "en"),
    )


def _asked_concepts(question: str) -> frozenset[str]:
    """What the question asks about; a deed that only places it ("how many men took part in the murder") is not it."""
    return frozenset(
        mention.concept
        for mention in find_concepts(question, "en")
        if not (_DEED.fullmatch(mention.text) and _PLACED_BY.search(question[: mention.start]))
    )


def _counted(claim: Claim) -> frozenset[str]:
    """What a figure is of: the counted noun, or for a measure all that the question names besides the measure."""
    if not isinstance(claim.value, Quantity):
        return frozenset()
    if _kind(claim) not in ("measure", "share"):
        return content_words(counted_noun(claim.question))
    if thing := content_words(measured_thing(claim.question)):
        return thing
    units = {word for unit in MEASURES for word in content_words(unit)}
    return content_words(claim.question) - _DIMENSIONS - units


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
            if asked in ("how_long", "how_much") or claim.value.unit in MEASURED:
                return "measure"
            return "figure"
        case DateValue():
            return "time" if claim.value.time else "date"
        case YesNo():
            return "yes_no"
        case _:
            return "text"


def _common_groups(claims: Sequence[Claim], titles: Iterable[str | None]) -> frozenset[str]:
    """Groups that are no narrowing in this story: most titles name them, or many questions of most articles do."""
    counted = [claim for claim in claims if concepts_of(claim.question, "en") & COUNTED]
    held = Counter(group for claim in counted for group in _groups(claim))
    asking: dict[str, set[str]] = defaultdict(set)
    for claim in counted:
        for group in _groups(claim):
            asking[group].add(claim.article)
    articles = {claim.article for claim in counted}
    often = {
        group
        for group, count in held.items()
        if count >= max(2, _COMMON_GROUP * len(counted)) and 2 * len(asking[group]) > len(articles)
    }
    headed = [title for title in titles if title]
    named = Counter(group for title in headed for group in {mention.concept for mention in find_groups(title, "en")})
    return (
        frozenset(
            often
            | {group for group, count in named.items() if count > max(1, len(headed) / 2) or count == len(articles)}
        )
        - DEGREES
    )


def compatible(a: Frame, b: Frame) -> bool:
    """False where the two cannot be the same question, however alike their words are."""
    if _counts_rest(a.claim) != _counts_rest(b.claim) or _is_told(a.claim) != _is_told(b.claim):
        return False
    if a.kind != b.kind or a.groups != b.groups or _asks(a) != _asks(b) or a.blames != b.blames:
        return False
    if not _count_alike(a, b):
        return False
    if a.outcomes != b.outcomes and (a.outcomes or b.outcomes):
        return False
    if a.years and b.years and not a.years & b.years:
        return False
    if a.kind == "age":
        return _same_person(a, b)
    if a.kind == "measure" and _measured_apart(a.claim.value, b.claim.value):
        return False
    return not _other_event(a.claim, b.claim)


def _counts_rest(claim: Claim) -> bool:
    """Whether it counts only those besides some that are told elsewhere."""
    return "others" in (claim.scope.definition or "").split(", ")


def _is_told(claim: Claim) -> bool:
    """False for a figure that is only expected or possible: it is no rival of one that was counted."""
    return not isinstance(claim.value, Quantity) or claim.certainty in (Certainty.REPORTED, Certainty.ALLEGED)


def _count_alike(a: Frame, b: Frame) -> bool:
    """Whether two figures can be of one thing: people and people (their groups are compared apart), or one noun."""
    if None not in (a.people, b.people) and a.people is not b.people:
        return False
    if a.dimension and b.dimension and a.dimension != b.dimension:
        return False
    if a.people or b.people or a.outcomes or not a.counted or not b.counted:
        return True
    return bool(a.counted & b.counted)


def _asks(frame: Frame) -> str:
    """What is asked for; "which" and "what" may ask for anything, the same thing may be asked by either."""
    return "what" if frame.asks in ("which", "other") else frame.asks


def _measured_apart(a: Value, b: Value) -> bool:
    """Whether two measures are of two kinds; one whose unit no code could read may be of any."""
    return isinstance(a, Quantity) and isinstance(b, Quantity) and units_clash(a, b)


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
