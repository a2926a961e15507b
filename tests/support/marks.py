"""Marks as tests compare them: the text and what it says, in one tuple."""

from typing import Any

from summarizer.marks import Mark
from summarizer.schemas import DateValue, Qualifier, Quantity, YesNo

PUBLISHED = "2031-05-06"
EXACTLY, ABOUT, VAGUE = Qualifier.EXACTLY, Qualifier.ABOUT, Qualifier.VAGUE
AT_LEAST, MORE_THAN, LESS_THAN = Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.LESS_THAN
Told = tuple[Any, ...]


def told(mark: Mark) -> Told:
    """A mark as its text and what it says."""
    match mark.value:
        case Quantity(low=low, high=high, qualifier=hedge, unit=unit):
            return mark.text, low if low is not None else high, hedge, unit
        case DateValue(time=time, approximate=about):
            return mark.text, time, about
        case YesNo(answer=answer):
            return mark.text, answer
