"""What a sentence holds that can be compared: figures, clock times, words of confirming and denying, found by code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .schemas import DateValue, Qualifier, Quantity, YesNo
from .text.concepts import ConceptMention, find_concepts, nearest_concept
from .text.dates import find_dates
from .text.hedges import hedge_near
from .text.money import money_named, share_before
from .text.number_context import is_identifier
from .text.numbers import Number, find_numbers
from .text.quantities import MEASURED, converted, parse_quantity, shared_scale
from .text.stance import StanceCue, find_stances
from .text.times import find_times
from .text.unit_names import unit_behind

_CASUALTIES = frozenset({"killed", "injured", "missing", "arrested"})
_NO_COUNTS = frozenset({"both", "single", "double", "twin", "half", "pair"})  # they tell of things counted elsewhere
_MAX_PARTS = 4
_CONVERSION_REACH = 24  # characters from a figure to its conversion
_EXACT = 2**53  # a float holds no larger number to its last digit: an answer would not be what the sentence says
_DOZENS = 20  # vague words below it say no size ("several", "a few")
_NUMBERED = re.compile(
    r"(?:\b(?:number|no\.|nr\.?|numéro|número|numero|nummer|n\.?\s?[º°]|núm\.|n\.)|№|#)\s*$", re.IGNORECASE
)
_PICTURE = re.compile(
    r"\b(?:image|photo|picture|slide|figure|page|foto|bild|imagen|immagine)s? (?:\d+ (?:of|sur|de|von|di|/) )?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\s+(?:block\b|(?:[A-Z][\w.]*\s+){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Drive|Lane|Boulevard|Blvd|Highway|Way\b))"
)
_DECADE = re.compile(r"['’]?s\b")
_PARTITIVE = re.compile(
    r"\s+(?:of|to|at|from|by|on|des|d['’]entre|de (?:los|las|ellos|ellas)|dei|degli|delle|der|dos|das|van de|из|з)\b"
)
"""Behind a word for one: "one of the wounded", "one to the jaw" count nobody."""
_NO_ZERO = re.compile(r"none(?! (?:was|were|died|has|have|survived)\b)", re.IGNORECASE)
_CODE = re.compile(r"\d+[A-Z]{2,}|\d*[a-zA-Z]*(?:https?:|www\.|\.\w{2,3}/)")
"""A token that names something: part of a link, a code of digits and capitals."""
_PHONE = re.compile(r"\(?\b\d{3}\)?([-. ])\d{3}\1(?:\d{4}|[A-Z]{4})\b|\b(?:\d{2}[-. ]){4}\d{2}\b")
_ONE_REACH = 24  # characters between "one" and the casualty it counts
_LOWER = (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
_UPPER = (Qualifier.AT_MOST, Qualifier.LESS_THAN)
_WORLD_TIME = re.compile(r"\s*(?:GMT|UTC)\b")
"""Behind the hour that a wire adds for readers elsewhere: the same moment, told twice."""
_OPENS_CLAUSE = re.compile(r"[-–—:([\"“«„]\s*$")  # "PORT SOREL (Wire) – One man was killed"
_UNIT_REACH = 16  # characters after a figure in which its unit stands ("per cent", "US dollars")

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
    local = [t for t in times if not _WORLD_TIME.match(sentence, t.end)]
    marks = [
        Mark("time", t.start, t.end, t.text, DateValue(edtf=published or "..", time=t.time, approximate=t.approximate))
        for t in local or times
    ]
    taken = [(t.start, t.end) for t in times]
    taken += [match.span() for match in _PHONE.finditer(sentence)]
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
    numbers = [
        n for n in find_numbers(sentence, language) if not n.ordinal and n.value <= _EXACT and not _within(n, taken)
    ]
    concepts = find_concepts(sentence, language)
    marks: list[Mark] = []
    done = -1
    for place, number in enumerate(numbers):
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if number.start < done or _is_year(sentence, number) or _in_name(sentence, number, language, concepts):
            continue
        if number.text.casefold() in _NO_COUNTS or _is_label(sentence, number):
            continue
        if _is_small_word(number) and not _counts(sentence, number, concepts, [(n.start, n.end) for n in numbers]):
            continue
        end, quantity = number.end, _quantity(sentence, number, language)
        if following and (span := _range(sentence, number, following, language)):
            end, quantity = following.end, span
        done = end
        if marks and _converts(sentence, marks[-1], number.start, quantity):
            continue
        marks.append(Mark("figure", number.start, end, sentence[number.start : end], quantity))
    return _without_breakdown(marks, sentence)


def _without_breakdown(marks: list[Mark], sentence: str) -> list[Mark]:
    """Without the figures of an aside that only break the one before it down: "three people – two men and a woman"."""
    kept: list[Mark] = []
    at = 0
    while at < len(marks):
        kept.append(marks[at])
        at += 1 + _parts(marks[at], marks[at + 1 :], sentence)
    return kept


def _parts(whole: Mark, others: Sequence[Mark], sentence: str) -> int:
    """How many of the figures that follow add up to `whole` behind a dash, a bracket or a colon."""
    if not others or not re.search(r"[-–—(:]", sentence[whole.end : others[0].start]):
        return 0
    rest = _size(whole)
    for count, part in enumerate(others[:_MAX_PARTS], 1):
        rest -= _size(part)
        if rest == 0 and count > 1:
            return count
    return 0


def _size(mark: Mark) -> float:
    return mark.value.amount if isinstance(mark.value, Quantity) else 0.0


def _converts(sentence: str, before: Mark, start: int, quantity: Quantity) -> bool:
    """Whether a figure says the one before it again in another unit: "40 metres (131 feet)", "60 km or 37 miles"."""
    gap = sentence[before.end : start]
    near = len(gap) <= _CONVERSION_REACH and re.search(r"[(\[,/–—-]|\bor\b", gap) is not None
    return near and isinstance(before.value, Quantity) and converted(before.value, quantity)


def _is_small_word(number: Number) -> bool:
    """Words for none, one and several, which mostly count nothing that another article could count differently."""
    few = number.vague and number.value < _DOZENS
    return few or (number.value in (0, 1) and not number.text.isdecimal())


def _is_label(sentence: str, number: Number) -> bool:
    """Whether the digits name something ("A6", "flight no. 12", "image 2 of 9"), or an editor put them in brackets."""
    before = sentence[: number.start]
    token = before[before.rfind(" ") + 1 :] + sentence[number.start :].split(" ", 1)[0]
    if _CODE.search(token) and number.text[:1].isdecimal():
        return True
    if _PICTURE.search(before) or _ADDRESS.match(sentence, number.end):
        return True
    joined = re.search(r"[A-Za-z]+$", before)
    if joined and number.text[0].isdecimal() and not money_named(joined.group(), None):
        return True
    return _NUMBERED.search(before) is not None or before.rfind("[") > before.rfind("]")


def _counts(
    sentence: str, number: Number, concepts: Sequence[ConceptMention], figures: Sequence[tuple[int, int]]
) -> bool:
    """Whether a word for one counts a casualty close by; capitalised inside a clause it is part of a name."""
    if _PARTITIVE.match(sentence, number.end) or _NO_ZERO.match(sentence[number.start :]):
        return False
    inside = number.start and not _OPENS_CLAUSE.search(sentence[: number.start])
    if inside and number.text[0].isupper() and not sentence.isupper():
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


def _in_name(sentence: str, number: Number, language: str | None, concepts: Sequence[ConceptMention]) -> bool:
    """Whether the figure belongs to a name ("Boeing 737"), not to casualties right behind it ("told Vega 41 died").

    Capitals tell nothing in German nor in an all-caps wire.
    """
    if any(m.concept in _CASUALTIES and 0 < m.start - number.end <= 1 for m in concepts):
        return False
    if (language or "").startswith("de") or sentence.isupper() or " " not in sentence[: number.start].strip():
        return False
    return is_identifier(sentence, number, language or "en")


def _range(sentence: str, first: Number, second: Number, language: str | None) -> Quantity | None:
    if second.start - first.end > 12 or second.value <= first.value:
        return None
    if hedge_near(sentence, first.start, language, first.end) is Qualifier.BETWEEN:
        scale = shared_scale(first, second, language or "en")
        low = first.value * scale if first.value * scale <= second.value else first.value  # "5 to 7 million"
        unit = _unit(sentence, second, language)
        return Quantity(low=low, high=second.value, qualifier=Qualifier.BETWEEN, unit=unit)
    found = parse_quantity(sentence[first.start : second.end], language or "en")
    if not found or found.qualifier is not Qualifier.BETWEEN:
        return None
    return found.model_copy(update={"unit": found.unit or _unit(sentence, second, language)})


def _quantity(sentence: str, number: Number, language: str | None) -> Quantity:
    qualifier = hedge_near(sentence, number.start, language, number.end) or Qualifier.EXACTLY
    low: float | None = number.value
    high: float | None = number.value
    if number.vague:
        low, high, qualifier = number.low, number.high, Qualifier.VAGUE
    elif _DECADE.match(sentence, number.end) and number.value % 10 == 0 and number.text.isdecimal():
        high, qualifier = number.value + 9, Qualifier.BETWEEN  # "in his 30s"
    elif qualifier in (Qualifier.BETWEEN, Qualifier.VAGUE):
        qualifier = Qualifier.EXACTLY  # only one number is here to stand for it
    elif qualifier in _LOWER:
        high = None
    elif qualifier in _UPPER:
        low = None
    return Quantity(low=low, high=high, qualifier=qualifier, unit=_unit(sentence, number, language))


def _unit(sentence: str, number: Number, language: str | None) -> str | None:
    """The unit if it is a measure or a currency; what is counted is the question's affair."""
    if measure := unit_behind(sentence, number.end, language):
        return measure
    if share_before(sentence, number.start, language):
        return "percent"
    before = sentence[max(0, number.start - 4) : number.start]
    sign = before[before.rfind(" ") + 1 :]
    behind = sentence[number.end : number.end + _UNIT_REACH]
    ends = [match.end() for match in re.finditer(r"\s*(?:(?:[A-Za-z]\.){2,}|[^\s,;.]+\.?)", behind)]
    for end in (*reversed(ends[:2]), 0):  # the most words first: "80m" alone would be metres
        found = parse_quantity(sign + number.text + behind[:end].rstrip(".,;"), language or "en")
        if found and found.unit in MEASURED:
            return found.unit
    return None
