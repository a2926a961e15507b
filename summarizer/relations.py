"""How two positions on one question relate: the design's relations, tried in their order, the first that fits wins."""

from calendar import month_name
from collections.abc import Callable
from dataclasses import dataclass

from .schemas import Certainty, Claim, Name, Position, Quantity, Relation, Subtype, Text, YesNo
from .schemas.edtf import has_year
from .text.concepts import counting
from .text.date_relations import order, same_time
from .text.names import name_in
from .text.quantities import close, quantities_overlap
from .text.speakers import same_speaker
from .text.wording import same_text

_DAY = 10  # characters of a day in EDTF
_WAYS = frozenset({"includes_attacker", "excludes_attacker", "nationwide"})
"""Ways of counting that make another figure; "in total" is how any sum may be told."""
_DESCRIBES = ("describe", "call", "characteri", "label", "term", "portray", "refer to")


@dataclass(frozen=True)
class Relationship:
    """A relation with the sentence that explains it."""

    relation: Relation
    rationale: str
    subtype: Subtype | None = None


Rule = Callable[[Position, Position], Relationship | None]


def relate(a: Position, b: Position) -> Relationship:
    """The relation of two different answers to one question; rules only, so `uncertain` where they cannot tell."""
    for rule in ORDER:
        if found := rule(a, b):
            return found
    return _uncertain(a, b)


def _denial(a: Position, b: Position) -> Relationship | None:
    if not isinstance(a.value, YesNo) or not isinstance(b.value, YesNo):
        return None
    answers = {a.value.answer, b.value.answer}
    when = _when(a, b)
    if answers == {"yes", "no"}:
        return Relationship(Relation.DENIAL, f"One side affirms it, the other denies it{when}.")
    if "uncommitted" in answers and len(answers) == 2:
        other = "affirms" if "yes" in answers else "denies"
        reason = f"One side {other} it, the other neither confirms nor denies it, which is not a denial{when}."
        return Relationship(Relation.DENIAL, reason, "non_confirmation")
    return None


def _when(a: Position, b: Position) -> str:
    if not a.as_of or not b.as_of:
        return "; at least one of them has no date, so it cannot be told which came first"
    if (way := order(a.as_of, b.as_of)) in (-1, 1):
        first, second = (a, b) if way == -1 else (b, a)
        return f"; “{first.answer}” is of {first.as_of}, “{second.answer}” of {second.as_of}"
    if not _one_time(a, b):
        return f"; {a.as_of} and {b.as_of} cannot be ordered"
    return f"; both are of {a.as_of}" if a.as_of == b.as_of else f"; {a.as_of} and {b.as_of} are not apart"


def _one_time(a: Position, b: Position) -> bool:
    """Whether both are dated, and for times that are known not to lie apart; days without a year may be of any."""
    if not a.as_of or not b.as_of:
        return False
    return a.as_of == b.as_of or order(a.as_of, b.as_of) == 0


def _scope(a: Position, b: Position) -> Relationship | None:
    """Another stated period, area, population or way of counting on each side; or on one, where no time has passed."""
    one, other = _lead(a), _lead(b)
    if one.period and other.period and _other_period(one.period, other.period):
        times = f"{_in_words(one.period)} and {_in_words(other.period)}"
        return Relationship(Relation.SCOPE, f"They cover different times: {times}.")
    ways = _ways(a), _ways(b)
    if ways[0] != ways[1]:
        told = " and ".join(", ".join(sorted(way)).replace("_", " ") or "not said" for way in ways)
        return Relationship(Relation.SCOPE, f"They count in different ways: {told}.")
    if one.scope.group and other.scope.group and one.scope.group != other.scope.group:
        return Relationship(Relation.SCOPE, f"They count different groups: {one.scope.group} and {other.scope.group}.")
    if _other_place(one, other):
        return Relationship(Relation.SCOPE, f"They cover different places: {one.scope.place} and {other.scope.place}.")
    if _ordered(a, b) is None:
        return _one_sided_period(one, other) or _one_sided_place(one, other)
    return None


def _other_period(one: str, other: str) -> bool:
    """Whether two spans are counted: apart, or a month and its year. Single days are those of the reports."""
    if not _is_span(one) and not _is_span(other):
        return False
    nested = _is_span(one) and _is_span(other) and len(one.rstrip("~?")) != len(other.rstrip("~?"))
    return nested or not same_time(one, other)


def _is_span(period: str | None) -> bool:
    """True for what is longer than a day: a month, a year, an interval."""
    return bool(period) and ("/" in (period or "") or len((period or "").rstrip("~?")) < _DAY)


def _ways(position: Position) -> frozenset[str]:
    told = {way for claim in position.claims for way in (claim.scope.definition or "").split(", ") if way}
    return frozenset(told | counting(position.answer, "en")) & _WAYS


def _other_place(one: Claim, other: Claim) -> bool:
    places = one.scope.place, other.scope.place
    if not all(places):
        return False
    return not any(a in (b or "") for a, b in (places, places[::-1]) if a)


def _in_words(period: str) -> str:
    """A period as a rationale names it: EDTF, but a month without a year by its name."""
    if has_year(period) or not period[5:7].isdecimal():
        return period
    return f"{month_name[int(period[5:7])]} (year not known)"


def _one_sided_period(one: Claim, other: Claim) -> Relationship | None:
    stated = [claim for claim in (one, other) if _is_span(claim.period)]
    if len(stated) != 1 or not isinstance(one.value, Quantity):
        return None
    plain = other if stated[0] is one else one
    reason = f"“{stated[0].answer}” counts {_in_words(stated[0].period or '')} only, “{plain.answer}” names no period"
    if not one.as_of or not other.as_of:
        reason += "; without dates of the articles it cannot be told whether the figure also changed"
    return Relationship(Relation.SCOPE, reason + ".")


def _one_sided_place(one: Claim, other: Claim) -> Relationship | None:
    """A figure that its own sentence limits to a place, beside a larger one without such a limit."""
    limited = [claim for claim in (one, other) if claim.scope.place and _names_place(claim)]
    if len(limited) != 1 or not isinstance(one.value, Quantity) or not isinstance(other.value, Quantity):
        return None
    plain = other if limited[0] is one else one
    if plain.scope.place or _base(limited[0]) >= _base(plain):
        return None
    place = limited[0].scope.place
    return Relationship(
        Relation.SCOPE, f"“{limited[0].answer}” is told of {place}, “{plain.answer}” without such a limit."
    )


def _names_place(claim: Claim) -> bool:
    return any(name_in(claim.scope.place or "", evidence.quote) for evidence in claim.evidence)


def _base(claim: Claim) -> float:
    return claim.value.amount if isinstance(claim.value, Quantity) else 0.0


def _update(a: Position, b: Position) -> Relationship | None:
    """Same scope, another date, and the answer moved: an update, ordered by the dates and never by size."""
    revised = [position for position in (a, b) if any(claim.revises for claim in position.claims)]
    way = _ordered(a, b)
    if way is None and not (revised and _in_one_article(a, b)):
        return None
    if not _moved(a, b) or any(isinstance(position.value, Name | Text) for position in (a, b)):
        return None  # wordings may both be true: that they exclude each other is for the model to say
    if way is None:
        later = revised[0]
        return Relationship(
            Relation.UPDATE, f"An article itself says that the figure was revised to “{later.answer}”.", "correction"
        )
    earlier, later = (a, b) if way == -1 else (b, a)
    when = f"“{earlier.answer}” is as of {earlier.as_of}, “{later.answer}” as of {later.as_of}"
    if any(claim.revises for claim in later.claims):
        return Relationship(
            Relation.UPDATE, f"{when}, and the later article says that the figure was revised.", "correction"
        )
    limited = [p for p in (a, b) if _is_span(_lead(p).period)]
    note = (
        f"; note that “{limited[0].answer}” covers {_in_words(_lead(limited[0]).period or '')} only"
        if len(limited) == 1
        else ""
    )
    return Relationship(Relation.UPDATE, f"{when}{note}.", "progression")


def _in_one_article(a: Position, b: Position) -> bool:
    return bool(set(a.articles) & set(b.articles))


def _moved(a: Position, b: Position) -> bool:
    """False for figures that say the same number in other words ("some 10,000", "more than 10,000")."""
    if not isinstance(a.value, Quantity) or not isinstance(b.value, Quantity):
        return True
    if a.value.qualifier == b.value.qualifier == "exactly":
        return a.value.low != b.value.low
    if "vague" in (a.value.qualifier, b.value.qualifier) and quantities_overlap(a.value, b.value):
        return False
    return not close(a.value, b.value)


def _precision(a: Position, b: Position) -> Relationship | None:
    if isinstance(a.value, Quantity) and isinstance(b.value, Quantity) and quantities_overlap(a.value, b.value):
        return Relationship(Relation.PRECISION, f"“{a.answer}” and “{b.answer}” can both be true: one is less exact.")
    return None


def _attribution(a: Position, b: Position) -> Relationship | None:
    """The same proposition with another certainty: told as a fact by one, as alleged or possible by the other."""
    if not isinstance(a.value, YesNo) or not isinstance(b.value, YesNo) or a.value != b.value:
        return None
    sure = [all(claim.certainty is Certainty.REPORTED for claim in p.claims) for p in (a, b)]
    if sure[0] != sure[1]:
        return Relationship(Relation.ATTRIBUTION, "Both say it, one as a fact, the other as alleged or possible.")
    return None


def _characterisation(a: Position, b: Position) -> Relationship | None:
    question = a.claims[0].question.casefold()
    if isinstance(a.value, Text) and isinstance(b.value, Text) and any(word in question for word in _DESCRIBES):
        return Relationship(Relation.CHARACTERISATION, "They describe the same thing in different tones.")
    return None


def _contradiction(a: Position, b: Position) -> Relationship | None:
    """Disjoint answers for one time: only where both are dated, and rules can tell that they exclude each other."""
    if isinstance(a.value, Name | Text) and same_text(a.answer, b.answer) is not False:
        return None
    if not _one_time(a, b):
        return None
    clocks = getattr(a.value, "time", None) and getattr(b.value, "time", None)
    why = (
        "the times differ"
        if clocks
        else "the ranges do not overlap"
        if isinstance(a.value, Quantity)
        else "the answers differ"
    )
    when = f"both are as of {a.as_of}" if a.as_of == b.as_of else f"{a.as_of} and {b.as_of} are not apart"
    if a.attributed_to and b.attributed_to and same_speaker(a.attributed_to, b.attributed_to) is False:
        reason = f"{a.attributed_to}: “{a.answer}”; {b.attributed_to}: “{b.answer}”; {when}, and {why}."
        return Relationship(Relation.CONTRADICTION, reason, "by_source")
    return Relationship(Relation.CONTRADICTION, f"{when[0].upper()}{when[1:]}, and {why}.", "by_outlet")


def _uncertain(a: Position, b: Position) -> Relationship:
    """What is missing to decide."""
    undated = [position for position in (a, b) if not position.as_of]
    if undated:
        answers = " and ".join(f"“{position.answer}”" for position in undated)
        have = "has" if len(undated) == 1 else "have"
        reason = f"{answers} {have} no date, so an update cannot be told from a contradiction."
    elif a.as_of != b.as_of and order(a.as_of or "", b.as_of or "") is None:
        reason = f"The dates {a.as_of} and {b.as_of} cannot be ordered: an update cannot be told from a contradiction."
    else:
        reason = "Rules cannot tell whether these wordings exclude each other, and no model was asked or could tell."
    return Relationship(Relation.UNCERTAIN, reason)


def _ordered(a: Position, b: Position) -> int | None:
    """-1 if `a` is earlier, 1 if later, None if they are of one time or it cannot be told."""
    return (order(a.as_of, b.as_of) or None) if a.as_of and b.as_of else None


def _lead(position: Position) -> Claim:
    return next((claim for claim in position.claims if claim.value == position.value), position.claims[0])


ORDER: tuple[Rule, ...] = (_denial, _scope, _update, _precision, _attribution, _characterisation, _contradiction)
"""The rules in the order of the design; agreement is decided before, when claims are gathered by answer."""
