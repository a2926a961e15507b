"""What two figures cover: another time, place, group or way of counting, as far as their sentences say."""

from .schemas import Claim, Position, Quantity
from .text.concepts import counting
from .text.date_relations import same_time
from .text.date_words import date_words
from .text.names import name_in

_DAY = 10  # characters of a day in EDTF
_ATTACKER = frozenset({"includes_attacker", "excludes_attacker"})
_WAYS = _ATTACKER | {"nationwide"}
"""Ways of counting that make another figure; "in total" is how any sum may be told."""


def stated_scopes(a: Position, b: Position) -> str | None:
    """Why the scopes that both sides state differ, in one sentence; None where they do not."""
    one, other = lead(a), lead(b)
    if one.period and other.period and _other_period(one.period, other.period):
        times = f"{date_words(one.period)} and {date_words(other.period)}"
        return f"They cover different times: {times}."
    ways = _ways(a), _ways(b)
    if ways[0] != ways[1] and (all(ways) or (ways[0] | ways[1]) & _ATTACKER):
        told = " and ".join(", ".join(sorted(way)).replace("_", " ") or "not said" for way in ways)
        return f"They count in different ways: {told}."
    if one.scope.group and other.scope.group and one.scope.group != other.scope.group:
        return f"They count different groups: {one.scope.group} and {other.scope.group}."
    if _other_place(one, other):
        return f"They cover different places: {one.scope.place} and {other.scope.place}."
    return None


def one_sided_scope(a: Position, b: Position) -> str | None:
    """Why only one side's figure is limited to a period or a place; None where neither is, or both are."""
    return _one_sided_period(lead(a), lead(b)) or _one_sided_place(lead(a), lead(b))


def lead(position: Position) -> Claim:
    """The claim that a position's value is taken from."""
    return next((claim for claim in position.claims if claim.value == position.value), position.claims[0])


def _other_period(one: str, other: str) -> bool:
    """Whether two spans are counted: apart, or a month and its year. Single days are those of the reports."""
    if not is_span(one) and not is_span(other):
        return False
    nested = is_span(one) and is_span(other) and len(one.rstrip("~?")) != len(other.rstrip("~?"))
    return nested or not same_time(one, other)


def is_span(period: str | None) -> bool:
    """True for what is longer than a day: a month, a year, an interval."""
    return bool(period) and ("/" in (period or "") or len((period or "").rstrip("~?")) < _DAY)


def _ways(position: Position) -> frozenset[str]:
    told = {way for claim in position.claims for way in (claim.scope.definition or "").split(", ") if way}
    ways = frozenset(told | counting(position.answer, "en")) & _WAYS
    return ways - _ATTACKER if ways >= _ATTACKER else ways  # told both ways by its articles: it says nothing


def _other_place(one: Claim, other: Claim) -> bool:
    places = one.scope.place, other.scope.place
    if not all(places):
        return False
    return not any(a in (b or "") for a, b in (places, places[::-1]) if a)


def _one_sided_period(one: Claim, other: Claim) -> str | None:
    stated = [claim for claim in (one, other) if is_span(claim.period)]
    if len(stated) != 1 or not isinstance(one.value, Quantity):
        return None
    plain = other if stated[0] is one else one
    reason = f"“{stated[0].answer}” counts {date_words(stated[0].period)} only, “{plain.answer}” names no period"
    if not one.as_of or not other.as_of:
        reason += "; without dates of the articles it cannot be told whether the figure also changed"
    return reason + "."


def _one_sided_place(one: Claim, other: Claim) -> str | None:
    """A figure that its own sentence limits to a place, beside a larger one without such a limit."""
    limited = [claim for claim in (one, other) if claim.scope.place and _names_place(claim)]
    if len(limited) != 1 or not isinstance(one.value, Quantity) or not isinstance(other.value, Quantity):
        return None
    plain = other if limited[0] is one else one
    if plain.scope.place or _base(limited[0]) >= _base(plain):
        return None
    place = limited[0].scope.place
    return f"“{limited[0].answer}” is told of {place}, “{plain.answer}” without such a limit."


def _names_place(claim: Claim) -> bool:
    return any(name_in(claim.scope.place or "", evidence.quote) for evidence in claim.evidence)


def _base(claim: Claim) -> float:
    return claim.value.amount if isinstance(claim.value, Quantity) else 0.0
