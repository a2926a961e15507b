"""From a group of claims to its place in the result: agreement, disagreement with its relation, or single source."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from .align import Group
from .exclusive import excludes
from .positions import gather, position
from .relations import Relationship, relate
from .schemas import (
    Agreement,
    Claim,
    DecidedBy,
    Disagreement,
    Estimate,
    Position,
    Qualifier,
    Quantity,
    Relation,
    Severity,
    SingleSource,
)
from .text.date_relations import latest, order
from .text.date_words import date_words
from .text.dates import find_dates
from .text.quantities import in_base_unit, units_clash
from .text.speakers import same_speaker

_WEIGHT = (
    Relation.DENIAL,
    Relation.CONTRADICTION,
    Relation.UPDATE,
    Relation.SCOPE,
    Relation.UNCERTAIN,
    Relation.ATTRIBUTION,
    Relation.PRECISION,
    Relation.CHARACTERISATION,
)
"""Which relation of two positions speaks for a disagreement of many: the one a reader must know first."""
_SEVERITY: dict[Relation, Severity] = {
    Relation.DENIAL: "high",
    Relation.CONTRADICTION: "high",
    Relation.UNCERTAIN: "medium",
    Relation.UPDATE: "medium",
    Relation.SCOPE: "medium",
    Relation.ATTRIBUTION: "low",
    Relation.PRECISION: "low",
    Relation.CHARACTERISATION: "low",
}


@dataclass(frozen=True)
class Judgement:
    """What the model said on pairs of claims (by id) that rules could not decide."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()


UNDECIDED = Judgement()
"""No model was asked."""


def compare(group: Group, number: int, judgement: Judgement = UNDECIDED) -> Disagreement | Agreement | SingleSource:
    """Decide one question. `number` makes the id; the question is worded as the most complete of its claims."""
    answers = [position(claims) for claims in gather(group.claims, judgement.same)]
    question = _question(group.claims)
    if len(group.articles) == 1 and not _told_apart(answers):
        return SingleSource(id=f"q{number}", question=question, positions=tuple(answers))
    decided: DecidedBy = "model" if group.by_model else "rule"
    if len(answers) == 1:
        reason = _sameness(answers[0])
        by_model = decided == "model" or _judged(answers[0].claims, judgement.same)
        return Agreement(
            id=f"q{number}",
            question=question,
            positions=tuple(answers),
            decided_by="model" if by_model else "rule",
            rationale=f"The model reads them as one answer. {reason}" if by_model else reason,
        )
    ordered = _by_date(answers)
    found, pair = _overall(ordered)
    if found.subtype == "progression" and len(ordered) > 2:
        found = replace(found, rationale=_course(ordered))
    if found.relation is Relation.UNCERTAIN and _judged([c for p in pair for c in p.claims], judgement.different):
        found, decided = _as_judged(pair), "model"
    return Disagreement(
        id=f"q{number}",
        question=question,
        relation=found.relation,
        subtype=found.subtype,
        severity=_severity(found.relation, ordered),
        decided_by=decided,
        rationale=found.rationale,
        positions=tuple(ordered),
        estimate=estimate(ordered, found.relation),
    )


def _course(answers: Sequence[Position]) -> str:
    """The answers in the order of their dates; those of one date together."""
    dated: dict[str, list[str]] = {}
    for answer in answers:
        dated.setdefault(date_words(answer.as_of) if answer.as_of else "no known date", []).append(f"“{answer.answer}”")
    parts = (f"{' and '.join(told)} {'is' if len(told) == 1 else 'are'} as of {date}" for date, told in dated.items())
    return "; ".join(parts) + "."


def _told_apart(answers: Sequence[Position]) -> bool:
    """Whether one article ascribes different answers to different sources: a disagreement that it reports itself."""
    speakers = [answer.attributed_to for answer in answers]
    return len(answers) > 1 and all(
        one and other and same_speaker(one, other) is False for one, other in combinations(speakers, 2)
    )


def _question(claims: Sequence[Claim]) -> str:
    """The wording that fits all: one without a date if there is one, then that of most claims, then the fullest."""
    counts = Counter(claim.question for claim in claims)
    return max(counts, key=lambda text: (not find_dates(text, "en", "2000-01-01"), counts[text], len(text)))


def _judged(claims: Sequence[Claim], pairs: frozenset[frozenset[str]]) -> bool:
    return any(frozenset({a.id, b.id}) in pairs for a, b in combinations(claims, 2))


def _as_judged(pair: tuple[Position, Position]) -> Relationship:
    if not excludes(*pair):
        reason = "The model reads them as different answers, but in free wording both may be true."
        return Relationship(Relation.UNCERTAIN, reason)
    if not all(answer.as_of for answer in pair):
        missing = "at least one has no date, so an update cannot be told from a contradiction"
        return Relationship(Relation.UNCERTAIN, f"The model reads them as different answers; {missing}.")
    if order(pair[0].as_of or "", pair[1].as_of or "") in (-1, 1):
        dates = " and ".join(date_words(answer.as_of) for answer in pair)
        reason = f"The model reads them as different answers, as of {dates}."
        return Relationship(Relation.UPDATE, reason, "progression")
    speakers = [answer.attributed_to for answer in pair]
    apart = all(speakers) and same_speaker(speakers[0] or "", speakers[1] or "") is False
    reason = f"The model reads them as different answers, and both are as of {date_words(pair[0].as_of)}."
    return Relationship(Relation.CONTRADICTION, reason, "by_source" if apart else "by_outlet")


def _by_date(answers: Sequence[Position]) -> list[Position]:
    """Earliest first where dates tell; otherwise as the articles came."""
    ordered: list[Position] = []
    for answer in answers:
        place = len(ordered)
        while place and ordered[place - 1].as_of and answer.as_of:
            if order(ordered[place - 1].as_of or "", answer.as_of) != 1:
                break
            place -= 1
        ordered.insert(place, answer)
    return ordered


def _overall(answers: Sequence[Position]) -> tuple[Relationship, tuple[Position, Position]]:
    """The relation of the pair that weighs most. Only neighbours in time can update each other."""
    found: list[tuple[Relationship, tuple[Position, Position]]] = []
    for one, other in combinations(answers, 2):
        relation = relate(one, other)
        if relation.relation is Relation.UPDATE and any(_between(one, answer, other) for answer in answers):
            continue
        found.append((relation, (one, other)))
    return min(found, key=lambda item: _weight(item[0]))


def _between(one: Position, middle: Position, other: Position) -> bool:
    """Whether an answer is of a date strictly between those of two others."""
    if not (one.as_of and middle.as_of and other.as_of):
        return False
    return order(one.as_of, middle.as_of) == order(middle.as_of, other.as_of) in (-1, 1)


def _weight(found: Relationship) -> tuple[int, bool]:
    """Sources that contradict each other come first; of a count that grew, the course says more than two of one day.

    Of one relation, a denial outweighs a word that is neither yes nor no, and a correction a mere progression.
    """
    place = 2 * _WEIGHT.index(found.relation)
    if found.relation is Relation.CONTRADICTION and found.subtype != "by_source":
        place = 2 * _WEIGHT.index(Relation.UPDATE) + 1
    return place, found.subtype in ("progression", "non_confirmation")


def _severity(relation: Relation, answers: Sequence[Position]) -> Severity:
    """By relation; figures within a tenth of each other contradict less, and wordings may both be true."""
    if relation is Relation.CONTRADICTION and (numbers := _numbers(_in_one_unit(answers))):
        spread = max(numbers) - min(numbers)
        return "high" if spread > 0.1 * max(abs(number) for number in numbers) else "medium"
    if relation is Relation.UNCERTAIN and not all(isinstance(answer.value, Quantity) for answer in answers):
        return "low"
    return _SEVERITY[relation]


def _sameness(answer: Position) -> str:
    """Why the answers count as one; how far they confirm each other is for their voices to say (`voices`)."""
    worded = {claim.answer for claim in answer.claims}
    return "Same answer." if len(worded) == 1 else f"Equal within wording and rounding: {', '.join(sorted(worded))}."


def _in_one_unit(answers: Sequence[Position]) -> Sequence[Position]:
    """The answers as they are, or, if they are measured in several units, with their values in the base unit."""
    if len({answer.value.unit for answer in answers if isinstance(answer.value, Quantity)} - {None}) < 2:
        return answers
    return [
        answer.model_copy(update={"value": in_base_unit(answer.value)})
        if isinstance(answer.value, Quantity)
        else answer
        for answer in answers
    ]


def _numbers(answers: Sequence[Position]) -> list[float]:
    """Every number told, the ends of ranges included; an open end adds none."""
    values = [answer.value for answer in answers]
    ends = [end for value in values if isinstance(value, Quantity) for end in _told(value)]
    return [end for end in ends if end is not None]


def _told(value: Quantity) -> tuple[float | None, ...]:
    """The numbers of a quantity that a source tells: of "thousands" only the least it can mean, if there is one."""
    vague = value.qualifier is Qualifier.VAGUE and value.low is not None
    return (value.low,) if vague else (value.low, value.high)


def estimate(answers: Sequence[Position], relation: Relation) -> Estimate | None:
    """Low, best and high over all positions (UCDP GED's three estimates), and the rule that chose best.

    Low and high are the lowest and highest number any source gives. Best is the latest figure where dates order them;
    else the figure that most articles give; else the lowest, as UCDP prefers the conservative figure.
    Measures in several units are first brought to the base unit: metres, kilograms, hectares, seconds or months.
    None for what is no quantity, for units that cannot be converted (two currencies), and for positions of different
    scope, which no single number can stand for.
    """
    answers = _in_one_unit(answers)
    values = [answer.value for answer in answers if isinstance(answer.value, Quantity)]
    numbers = _numbers(answers)
    if not numbers or len(values) < len(answers) or relation is Relation.SCOPE:
        return None
    if any(units_clash(a, b) for a, b in combinations(values, 2)):
        return None
    chosen, rule = _best(answers)
    best = values[answers.index(chosen)]
    return Estimate(low=min(numbers), best=best.amount, high=max(numbers), rule=rule, unit=best.unit)


def _best(answers: Sequence[Position]) -> tuple[Position, str]:
    dates = [answer.as_of for answer in answers]
    last = latest([date for date in dates if date])
    if last and all(dates):
        newest = [answer for answer in answers if answer.as_of == last]
        older = [answer for answer in answers if answer.as_of and order(answer.as_of, last) == -1]
        if len(newest) == 1 and len(older) == len(answers) - 1:
            return newest[0], f"latest figure, {date_words(last)}"
    most = max(len(answer.articles) for answer in answers)
    top = [answer for answer in answers if len(answer.articles) == most]
    if len(top) == 1:
        return top[0], f"given by most articles ({most})"
    lowest = min(top, key=lambda answer: _numbers([answer])[0])
    return lowest, "lowest of figures that neither date nor number of articles tells apart"
