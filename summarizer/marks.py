"""What a sentence holds that can be compared: figures, clock times, words of confirming and denying, found by code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .schemas import DateValue, Qualifier, Quantity, YesNo
from .text.concepts import ConceptMention, find_concepts, nearest_concept
from .text.dates import find_dates
from .text.hedges import hedge_near
from .text.lexicon_units import CURRENCIES, MEASURES
from .text.number_context import is_identifier
from .text.numbers import Number, find_numbers
from .text.quantities import parse_quantity
from .text.stance import StanceCue, find_stances
from .text.times import find_times

_CASUALTIES = frozenset({"killed", "injured", "missing", "arrested"})
_NO_COUNTS = frozenset({"both", "single", "double", "twin", "half", "pair"})  # they tell of things counted elsewhere
_ONE_REACH = 24  # characters between "one" and the casualty it counts
_LOWER = (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
_UPPER = (Qualifier.AT_MOST, Qualifier.LESS_THAN)
_UNIT_REACH = 16  # characters after a figure in which its unit stands ("per cent", "US dollars")

MEASURED = frozenset({*CURRENCIES.values(), *MEASURES.values(), "percent"})
"""Unit names that make a figure a measurement."""

Kind = Literal["figure", "time", "stance"]


@dataclass(frozen=True)
class Mark:
    """A stretch of a sentence (`start`, `end` count in the sentence) and what it says, as code reads it."""

    kind: Kind
    start: int
    end: int
    text: str
    value: Quantity | DateValue | YesNo


def find_marks(sentence: str, language: str | None, published: str | None) -> list[Mark]:
    """The marks of a sentence in its order; dates, years, ranks and numbers in names are none.

    The words "one" and "none" are marks only where they count casualties ("one man was killed"): elsewhere the first is
    mostly an article, the second a way to say that something did not happen.
    """
    times = find_times(sentence, language)
    marks = [
        Mark("time", t.start, t.end, t.text, DateValue(edtf=published or "..", time=t.time, approximate=t.approximate))
        for t in times
    ]
    taken = [(t.start, t.end) for t in times]
    taken += [(d.start, d.end) for d in find_dates(sentence, language, published or "2000-01-01")]
    marks += _figures(sentence, language, taken)
    marks += [
        Mark("stance", cue.start, cue.end, cue.text, YesNo(answer=_answer(cue)))
        for cue in find_stances(sentence, language)
        if cue.act in ("confirm", "deny", "uncommitted")
    ]
    return sorted(marks, key=lambda mark: mark.start)


def _answer(cue: StanceCue) -> Literal["yes", "no", "uncommitted"]:
    return {"confirm": "yes", "deny": "no", "uncommitted": "uncommitted"}[cue.act]  # type: ignore[return-value]


def _figures(sentence: str, language: str | None, taken: Sequence[tuple[int, int]]) -> list[Mark]:
    numbers = [n for n in find_numbers(sentence, language) if not n.ordinal and not _within(n, taken)]
    concepts = find_concepts(sentence, language)
    marks: list[Mark] = []
    done = -1
    for place, number in enumerate(numbers):
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if number.start < done or _is_year(sentence, number) or _in_name(sentence, number, language):
            continue
        if number.text.casefold() in _NO_COUNTS or (
            _is_small_word(number) and not _counts(sentence, number, concepts, [(n.start, n.end) for n in numbers])
        ):
            continue
        end, quantity = number.end, _quantity(sentence, number, language)
        if following and (span := _range(sentence, number, following, language)):
            end, quantity = following.end, span
        done = end
        marks.append(Mark("figure", number.start, end, sentence[number.start : end], quantity))
    return marks


def _is_small_word(number: Number) -> bool:
    return number.value in (0, 1) and not number.text.isdecimal()


def _counts(
    sentence: str, number: Number, concepts: Sequence[ConceptMention], figures: Sequence[tuple[int, int]]
) -> bool:
    """Whether a word for one counts a casualty close by; capitalised inside a sentence it is part of a name."""
    if number.start and number.text[0].isupper() and not sentence.isupper():
        return False
    if nearest_concept(concepts, number.start, number.end, sentence, figures) not in _CASUALTIES:
        return False
    gaps = [
        sentence[number.end : mention.start] if mention.start >= number.end else sentence[mention.end : number.start]
        for mention in concepts
        if mention.concept in _CASUALTIES
    ]
    return any(len(gap) <= _ONE_REACH and not set(gap) & set(",;:،，、") for gap in gaps)


def _within(number: Number, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < number.end and number.start < end for start, end in spans)


def _is_year(sentence: str, number: Number) -> bool:
    """Whether four bare digits are a year; a round number before a noun ("2000 crates") is an amount."""
    if len(number.text) != 4 or not number.text.isdecimal() or not 1900 <= number.value <= 2099:
        return False
    return number.value % 50 != 0 or re.match(r"\s+[^\W\d]", sentence[number.end :]) is None


def _in_name(sentence: str, number: Number, language: str | None) -> bool:
    """Whether the figure belongs to a name ("Boeing 737"); capitals tell nothing in German nor in an all-caps wire."""
    if (language or "").startswith("de") or sentence.isupper() or " " not in sentence[: number.start].strip():
        return False
    return is_identifier(sentence, number, language or "en")


def _range(sentence: str, first: Number, second: Number, language: str | None) -> Quantity | None:
    if second.start - first.end > 12 or second.value <= first.value:
        return None
    if hedge_near(sentence, first.start, language, first.end) is Qualifier.BETWEEN:
        unit = _unit(sentence, second, language)
        return Quantity(low=first.value, high=second.value, qualifier=Qualifier.BETWEEN, unit=unit)
    found = parse_quantity(sentence[first.start : second.end], language or "en")
    return found if found and found.qualifier is Qualifier.BETWEEN else None


def _quantity(sentence: str, number: Number, language: str | None) -> Quantity:
    qualifier = hedge_near(sentence, number.start, language, number.end) or Qualifier.EXACTLY
    low: float | None = number.value
    high: float | None = number.value
    if number.vague:
        low, high, qualifier = number.low, number.high, Qualifier.VAGUE
    elif qualifier in (Qualifier.BETWEEN, Qualifier.VAGUE):
        qualifier = Qualifier.EXACTLY  # only one number is here to stand for it
    elif qualifier in _LOWER:
        high = None
    elif qualifier in _UPPER:
        low = None
    return Quantity(low=low, high=high, qualifier=qualifier, unit=_unit(sentence, number, language))


def _unit(sentence: str, number: Number, language: str | None) -> str | None:
    """The unit if it is a measure or a currency; what is counted is the question's affair."""
    before = sentence[max(0, number.start - 4) : number.start]
    sign = before[before.rfind(" ") + 1 :]
    behind = sentence[number.end : number.end + _UNIT_REACH]
    ends = [match.end() for match in re.finditer(r"\s*[^\s,;.]+\.?", behind)]
    for end in (0, *ends[:2]):
        found = parse_quantity(sign + number.text + behind[:end].rstrip(".,;"), language or "en")
        if found and found.unit in MEASURED:
            return found.unit
    return None
