"""Turn a short answer ("about 600 soldiers") into a Quantity, and compare quantities."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from ..schemas import Qualifier, Quantity
from .folding import fold, fold_each
from .hedges import hedge_near, own_hedge, said_hedge
from .lexicon_units import BASES, LEADING, MAX_WORDS, STOP_WORDS
from .money import MONEY_AND_SHARES, money_named, share_before
from .number_context import is_identifier, without_dates
from .numbers import Number, find_numbers, tens_and_dozens
from .unit_names import MEASURES, measure_named

__all__ = [
    "MEASURED",
    "close",
    "hedge_near",
    "in_base_unit",
    "interval",
    "parse_quantity",
    "quantities_overlap",
    "same_quantity",
    "shared_scale",
    "units_clash",
]

MEASURED = MONEY_AND_SHARES | MEASURES
"""Unit names that make a figure a measurement, not a count."""

_ROUNDED = frozenset(Qualifier) - {Qualifier.EXACTLY, Qualifier.BETWEEN, Qualifier.VAGUE}
_BOUND_SLACK = 0.25
"""How far beyond a bound its writer may mean, as a share: an open end is no claim about any number there."""
_CONVERTED = 0.08  # how far a converted and rounded measure is off, as a share: 60 km is told as 35 miles
_ABOUT_SHARE = 0.1  # widest tolerance of "about", as a share of the number
_RANGE_JOIN = re.compile(
    r"\s*(?:%|percent|per cent|[$€£])?\s*"
    r"(?:-|\.\.|~|to|and|or|through|à|et|ou|a|y|o|e|bis|und|oder|tot|en|до|и|или|і|або|إلى|و|到|至|から|ile|do|i)?"
    r"\s*[$€£]?\s*"
)
_FRACTION = re.compile(r"[\s-]*(?:quarters?|halves|quarts?|viertel|cuartos)(?!\w)")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")  # "U.S. dollars"
_SHORTENED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,4}$")
_UP_TO = re.compile(r"(?<!\w)(?:and|et|y|e|und|en|и|і|و|i)(?!\w)")
_BETWEEN = re.compile(r"(?<!\w)(?:between|entre|tra|fra|zwischen|tussen|между|між|بين|między|pomiędzy)(?!\w)")
_LOWER = (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
_UPPER = (Qualifier.AT_MOST, Qualifier.LESS_THAN)
_POINT = (Qualifier.EXACTLY, Qualifier.ABOUT)


def parse_quantity(answer: str, language: str = "en") -> Quantity | None:
    """Read a short answer as a quantity; None where it is not one.

    None for no number, several unrelated numbers ("5 killed and 12 injured"), ordinals, fractions of something
    ("two thirds"), dates and times, a bare year (1900 to 2099, unless a round hundred), and a number after a
    capitalised name ("Boeing 737"). A date beside one quantity ("600 soldiers in December 2024") is left out. "None"
    and "nobody" are 0. Bounds not said are None ("at least 100" has no high). Units: money and
    "percent" as `money.money_named` gives them, measures as `unit_names`, or the counted noun as written.
    """
    text = answer.strip()
    numbers = find_numbers(text, language)
    if any(n.ordinal for n in numbers):
        numbers = without_dates(text, numbers, language)
        if any(n.ordinal for n in numbers):
            return None
    numbers = without_dates(text, numbers, language)
    if not numbers or any(is_identifier(text, n, language) for n in numbers[:1]):
        return None
    if _FRACTION.match(fold_each(text[numbers[0].end :])):
        return None
    if len(numbers) == 1 or len({n.value for n in numbers}) == 1:
        return _single(text, numbers[0], numbers[0].end if len(numbers) == 1 else numbers[-1].end, language)
    if len(numbers) == 2:
        return _range(text, numbers[0], numbers[1], language)
    return None


def _single(text: str, number: Number, last: int, language: str) -> Quantity | None:
    qualifier = said_hedge(text, number.start, number.end, language)
    if qualifier in (None, Qualifier.BETWEEN, Qualifier.EXACTLY):
        qualifier = own_hedge(number, language) or Qualifier.EXACTLY
    if number.vague and qualifier is Qualifier.ABOUT:
        qualifier = Qualifier.VAGUE
    low: float | None = number.low
    high = number.high
    if qualifier in _LOWER:
        high = None
    elif qualifier in _UPPER:
        low, high = None, (number.high if number.high is not None else number.value)
    return Quantity(low=low, high=high, qualifier=qualifier, unit=_unit(text, number.start, last, language))


def _range(text: str, first: Number, second: Number, language: str) -> Quantity | None:
    gap = fold_each(text[first.end : second.start])
    if not gap.strip() or not _RANGE_JOIN.fullmatch(gap) or first.vague or second.vague:
        return None
    before = fold_each(text[: first.start])
    if _UP_TO.search(gap) and not _BETWEEN.search(before):
        return None  # "5 and 12" are two numbers unless "between" stands before
    low, high = first.value, second.value
    scale = shared_scale(first, second, language)
    if low * scale <= high:  # "5 to 7 million"
        low *= scale
    if low >= high:
        return None
    unit = _unit(text, first.start, second.end, language)
    return Quantity(low=low, high=high, qualifier=Qualifier.BETWEEN, unit=unit)


def shared_scale(first: Number, second: Number, language: str) -> float:
    """What the magnitude word of the second number of a range multiplies, where the first has none."""
    head = re.match(r"\d[\d.,']*|[^\W\d]+", second.text)
    if not head or not re.fullmatch(r"[\d.,']+|[^\W\d]+", first.text):
        return 1.0
    plain = find_numbers(head.group(), language)
    scale = second.value / plain[0].value if len(plain) == 1 and plain[0].value else 1.0
    return scale if scale >= 10 and (scale == 12 or scale % 10 == 0) else 1.0


def _unit(text: str, start: int, end: int, language: str) -> str | None:
    sign = re.search(r"(?:\b[A-Za-z]{1,2})?[$€£¥₽₹₩₴₺₪]\s*$|\b[A-Z]{3}\s*$", text[:start])
    before = sign.group().replace(" ", "") if sign else ""
    if code := money_named(before, None) or money_named(before[-1:], None):
        return code
    if share_before(text, start, language):
        return "percent"
    rest = re.sub(r"^(?:\+|-(?:odd|plus|ish)\b)", "", text[end:].lstrip()).lstrip(" -\u00a0")
    if _SHORTENED.search(text[:end]):  # "40 Mio. Euro"
        rest = rest.removeprefix(".").lstrip()
    rest = _DOTTED.sub(lambda short: short[0].replace(".", ""), rest)
    rest = re.split(r"[.,;:!?()\[\]。，、；\n](?!\w)|[()\[\]。，、；\n]", rest)[0].strip()
    if sign_behind := money_named(rest[:1], None):
        return sign_behind
    if language[:2] in ("zh", "ja", "ko", "th"):
        return money_named(rest, language) or _dense_unit(rest)
    kept: list[str] = []
    for word in rest.split():
        key = fold(word).strip("'\"")
        if not kept and key in LEADING:
            continue
        if key in STOP_WORDS or len(kept) == MAX_WORDS or re.search(r"\d", word):
            break
        kept.append(word.strip("'\"“”"))
    return _known_unit(" ".join(kept), language)


def _dense_unit(rest: str) -> str | None:
    unit = re.sub(r"(?:以上|以下|左右|未満|程度|前後|이상|이하|정도).*$|^[多余餘여]\s*", "", rest).strip()
    return unit[:12] or None


def _known_unit(unit: str, language: str) -> str | None:
    return money_named(unit, language) or _share(unit, language) or measure_named(fold(unit), language) or unit or None


def _share(unit: str, language: str) -> str | None:
    """Per cent goes on to tell of what: "per cent of voters", "percent turnout"."""
    words = unit.split()
    named = {money_named(" ".join(words[:count]), language) for count in (1, 2)}
    return "percent" if "percent" in named else None


def interval(quantity: Quantity) -> tuple[float, float]:
    """Return the closed interval of numbers a quantity allows; -inf or inf where it is open.

    "About" widens both ends by half a unit of the last significant digit, at most a tenth of the number: about 600 is
    550 to 650, about 10,000 is 9,000 to 11,000. "More than" and "less than" leave out the bound itself.
    """
    low = -math.inf if quantity.low is None else quantity.low
    high = math.inf if quantity.high is None else quantity.high
    if quantity.qualifier is Qualifier.ABOUT:
        return low - _tolerance(low), high + _tolerance(high)
    if quantity.qualifier is Qualifier.MORE_THAN and quantity.low is not None:
        return math.nextafter(low, math.inf), max(high, math.nextafter(low, math.inf))
    if quantity.qualifier is Qualifier.LESS_THAN and quantity.high is not None:
        return min(low, math.nextafter(high, -math.inf)), math.nextafter(high, -math.inf)
    return low, high


def quantities_overlap(a: Quantity, b: Quantity) -> bool:
    """Whether one number could satisfy both quantities. Different measures (percent and people) never overlap.

    A vague plural holds a writer to its low end only: who says "several" or "dozens" did not count, and no larger
    number contradicts it. A bound is what was counted so far or rounded to: "more than 10,000" may
    be 11,000 and "at least 12" may be 13, but neither says 18,000 or 18.
    """
    (a_low, a_high), (b_low, b_high) = _loose(in_base_unit(a)), _loose(in_base_unit(b))
    return converted(a, b) or (not units_clash(a, b) and a_low <= b_high and b_low <= a_high)


def _loose(quantity: Quantity) -> tuple[float, float]:
    low, high = interval(quantity)
    match quantity.qualifier:
        case Qualifier.VAGUE:
            return low, math.inf
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN if math.isinf(high):
            return low, low + abs(low) * _BOUND_SLACK
        case Qualifier.AT_MOST | Qualifier.LESS_THAN if math.isinf(low):
            return high - abs(high) * _BOUND_SLACK, high
    return low, high


def close(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are the same number in other words ("some 10,000", "more than 10,000").

    At least one is hedged, and they are no further apart than its rounding (see `interval`) allows: "at least 109" is
    not 112. They count in the same measure.
    """
    if units_clash(a, b) or a.qualifier is b.qualifier is Qualifier.EXACTLY:
        return same_quantity(a, b)
    a, b = in_base_unit(a), in_base_unit(b)
    slack = max((_tolerance(q.amount) for q in (a, b) if q.qualifier in _ROUNDED), default=0.0)
    return abs(a.amount - b.amount) <= slack


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are equal within wording and rounding.

    - Exact or hedged numbers: equal, or nearer than half the tolerance of the hedged one (see `interval`): 598 and
      "about 600" are the same, 57 and "nearly 60" are not (they overlap, which is a difference of precision).
    - Bounds of one direction: the same if the bound is ("at least 100", "more than 100").
    - An inclusive bound and the exact number: "at least 5" and "5" are the same; "more than 5" and "5" are not.
    - A bound and an estimate ("more than 10,000", "some 10,000"): not the same.
    - Two units of one measure: the same if a writer who converts and rounds gets from one to the other (12 inches and
      30 cm).
    - Ranges and vague plurals: the same low and high; "tens" and "dozens" are the same. Different measures: never.
    """
    if units_clash(a, b):
        return False
    if converted(a, b):
        return True
    a, b = in_base_unit(a), in_base_unit(b)
    if a.qualifier in _POINT and b.qualifier in _POINT:
        return _points_agree(a, b)
    if (a.qualifier in _LOWER and b.qualifier in _LOWER) or (a.qualifier in _UPPER and b.qualifier in _UPPER):
        return (a.low, a.high) == (b.low, b.high)
    for bound, point in ((a, b), (b, a)):
        if point.qualifier is Qualifier.EXACTLY and point.low == point.high:
            if bound.qualifier is Qualifier.AT_LEAST:
                return bound.low == point.low
            if bound.qualifier is Qualifier.AT_MOST:
                return bound.high == point.high
    if a.qualifier is b.qualifier is Qualifier.VAGUE:
        return a.high == b.high and (a.low == b.low or tens_and_dozens(a.low or 0, b.low or 0, a.high))
    return (a.low, a.high) == (b.low, b.high) and a.low is not None and a.high is not None


def converted(a: Quantity, b: Quantity) -> bool:
    """Whether one is the other in another unit of the same measure, within the rounding of a conversion."""
    one, other = in_base_unit(a), in_base_unit(b)
    if a.unit == b.unit or one.unit is None or one.unit != other.unit:
        return False
    return abs(one.amount - other.amount) <= _CONVERTED * max(abs(one.amount), abs(other.amount))


def _points_agree(a: Quantity, b: Quantity) -> bool:
    slack = max((_tolerance(q.low or q.high or 0) / 2 for q in (a, b) if q.qualifier is Qualifier.ABOUT), default=0.0)
    ends: Sequence[tuple[float | None, float | None]] = ((a.low, b.low), (a.high, b.high))
    return all(x == y or (x is not None and y is not None and abs(x - y) <= slack) for x, y in ends)


def _tolerance(value: float) -> float:
    """Half a unit of the last significant digit, at most a tenth of the value; 0 for what is open or zero."""
    if not math.isfinite(value) or value == 0:
        return 0.0
    exponent = Decimal(repr(abs(value))).normalize().as_tuple().exponent
    unit = 10.0**exponent if isinstance(exponent, int) else 0.0
    return min(unit / 2, abs(value) * _ABOUT_SHARE)


def in_base_unit(quantity: Quantity) -> Quantity:
    """The same measure in metres, kilograms, hectares, seconds or months; what has another unit, or none, as it is."""
    if quantity.unit not in BASES:
        return quantity
    base, size = BASES[quantity.unit]
    ends = {name: None if end is None else end * size for name, end in (("low", quantity.low), ("high", quantity.high))}
    return quantity.model_copy(update={**ends, "unit": base})


def units_clash(a: Quantity, b: Quantity) -> bool:
    """Whether one is a measure, a sum of money or a share that no conversion brings to the unit of the other."""
    a, b = in_base_unit(a), in_base_unit(b)
    if a.unit is None or b.unit is None or a.unit == b.unit:
        return False
    return a.unit in MEASURED or b.unit in MEASURED
