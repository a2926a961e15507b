"""Honest axes: linear, unbroken, from zero unless the figures are close together, with round numbers as ticks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_compact_decimal

from ..common import number

_FROM_ZERO = 0.25  # figures that differ by less of the greatest could not be told apart on an axis from zero
_TICKS = 3  # spaces between ticks that are aimed at
_COMPACT = 1e6
_LEAST = 1e-300  # below it, floating point has no room for steps


@dataclass(frozen=True)
class Axis:
    """A linear axis from `low` to `high` with its ticks, all three in the unit of the figures."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where `value` lies between the ends: 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    @property
    def from_zero(self) -> bool:
        """False where the axis shows a stretch that does not reach to zero."""
        return self.low <= 0 <= self.high


def axis(values: Sequence[float]) -> Axis | None:
    """The axis for `values`; None if floating point cannot tell them apart: not finite, too large, too small."""
    least, most = min(values), max(values)
    if not all(map(math.isfinite, values)) or not math.isfinite(most - least):
        return None
    reach = max(abs(least), abs(most))
    if most - least >= reach * _FROM_ZERO or least == most:
        least, most = min(least, 0.0), max(most, 0.0)
    if least == most:
        most = least + 1
    if most - least < _LEAST:
        return None
    step = _round_step((most - least) / _TICKS, whole=all(value == int(value) for value in values))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    ticks = tuple(_tidy(count * step) for count in range(first, last + 1))
    if len(ticks) < 2 or ticks[0] >= ticks[-1]:
        return None
    return Axis(ticks[0], ticks[-1], ticks)


def tick_words(value: float) -> str:
    """A tick's number: in full up to a million, then short (1.5M)."""
    if abs(value) >= _COMPACT:
        return format_compact_decimal(value, locale="en", fraction_digits=2)
    return number(value)


def _round_step(rough: float, *, whole: bool) -> float:
    """The first of 1, 2, 5, 10 … times a power of ten that is not below `rough`; at least 1 for whole numbers."""
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    return max(step, 1.0) if whole else step


def _tidy(value: float) -> float:
    return float(f"{value:.12g}")
