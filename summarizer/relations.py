"""How two positions on one question relate: the design's relations, tried in their order, the first that fits wins."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .exclusive import excludes
from .schemas import Certainty, DateValue, Name, Position, Quantity, Relation, Subtype, Text, YesNo
from .scopes import is_span, lead, one_sided_scope, stated_scopes
from .text.concepts import concepts_of
from .text.date_relations import order
from .text.date_words import date_words
from .text.quantities import close, quantities_overlap
from .text.speakers import same_speaker
from .text.unit_names import MEASURES
from .text.wording import same_text

_LASTING = frozenset({"age", "magnitude", "distance", "duration"})
_STILL = re.compile(r"\b(?:has|have) .*\bbeen\b|\bso far\b", re.IGNORECASE)  # "How long has it been going on?"
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
        return f"; “{first.answer}” is of {date_words(first.as_of)}, “{second.answer}” of {date_words(second.as_of)}"
    if not _one_time(a, b):
        return f"; {_dates(a, b)} cannot be ordered"
    return f"; both are of {date_words(a.as_of)}" if a.as_of == b.as_of else f"; {_dates(a, b)} are not apart"


def _dates(a: Position, b: Position) -> str:
    return f"{date_words(a.as_of)} and {date_words(b.as_of)}"


def _one_time(a: Position, b: Position) -> bool:
    """Whether both are dated, and for times that are known not to lie apart; days without a year may be of any."""
    if not a.as_of or not b.as_of:
        return False
    return a.as_of == b.as_of or order(a.as_of, b.as_of) == 0


def _scope(a: Position, b: Position) -> Relationship | None:
    """Another stated period, area, population or way of counting on each side; or on one, where no time has passed."""
    reason = stated_scopes(a, b)
    if reason is None and _ordered(a, b) is None:
        reason = one_sided_scope(a, b)
    return Relationship(Relation.SCOPE, reason) if reason else None


def _update(a: Position, b: Position) -> Relationship | None:
    """Same scope, another date, and the answer moved: an update, ordered by the dates and never by size."""
    revised = _revised(a, b)
    way = _ordered(a, b)
    if (_is_lasting(a, b) and not revised) or (way is None and not revised):
        return None
    if not _moved(a, b) or any(isinstance(position.value, Name | Text) for position in (a, b)):
        return None  # wordings may both be true: that they exclude each other is for the model to say
    if way is None or _is_lasting(a, b):
        later = revised or a
        return Relationship(
            Relation.UPDATE, f"An article itself says that the figure was revised to “{later.answer}”.", "correction"
        )
    earlier, later = (a, b) if way == -1 else (b, a)
    when = f"“{earlier.answer}” is as of {date_words(earlier.as_of)}, “{later.answer}” as of {date_words(later.as_of)}"
    if any(claim.revises for claim in later.claims):
        return Relationship(
            Relation.UPDATE, f"{when}, and the later article says that the figure was revised.", "correction"
        )
    limited = [p for p in (a, b) if is_span(lead(p).period)]
    note = (
        f"; note that “{limited[0].answer}” covers {date_words(lead(limited[0]).period)} only"
        if len(limited) == 1
        else ""
    )
    return Relationship(Relation.UPDATE, f"{when}{note}.", "progression")


def _is_lasting(a: Position, b: Position) -> bool:
    """Whether what is asked does not change from day to day: an age, a measure, the hour of an event."""
    if isinstance(a.value, DateValue) and isinstance(b.value, DateValue):
        return True
    if not isinstance(a.value, Quantity) or not isinstance(b.value, Quantity):
        return False
    if any(_STILL.search(claim.question) for position in (a, b) for claim in position.claims):
        return False
    return bool(concepts_of(a.claims[0].question, "en") & _LASTING or {a.value.unit, b.value.unit} & MEASURES)


def _revised(a: Position, b: Position) -> Position | None:
    """The position that an article giving both calls the newer one."""
    for one, other in ((a, b), (b, a)):
        for new in one.claims:
            for old in other.claims:
                if new.article == old.article and (new.revises or old.superseded) and not new.superseded:
                    return one
    return None


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
    if not isinstance(a.value, Quantity) or not isinstance(b.value, Quantity):
        return None
    if quantities_overlap(a.value, b.value) or close(a.value, b.value):
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
    if isinstance(a.value, Name | Text) and not (same_text(a.answer, b.answer) is False and excludes(a, b)):
        return None
    lasting = _is_lasting(a, b)
    if not lasting and not _one_time(a, b):
        return None
    clocks = getattr(a.value, "time", None) and getattr(b.value, "time", None)
    why = (
        "the times differ"
        if clocks
        else "the ranges do not overlap"
        if isinstance(a.value, Quantity)
        else "the answers differ"
    )
    when = f"both are as of {date_words(a.as_of)}" if a.as_of == b.as_of else f"{_dates(a, b)} are not apart"
    if lasting:
        when = "it does not change from day to day"
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
        reason = f"The dates {_dates(a, b)} cannot be ordered: an update cannot be told from a contradiction."
    else:
        reason = "Rules cannot tell whether these wordings exclude each other, and no model was asked or could tell."
    return Relationship(Relation.UNCERTAIN, reason)


def _ordered(a: Position, b: Position) -> int | None:
    """-1 if `a` is earlier, 1 if later, None if they are of one time or it cannot be told."""
    return (order(a.as_of, b.as_of) or None) if a.as_of and b.as_of else None


ORDER: tuple[Rule, ...] = (_denial, _scope, _update, _precision, _attribution, _characterisation, _contradiction)
"""The rules in the order of the design; agreement is decided before, when claims are gathered by answer."""
