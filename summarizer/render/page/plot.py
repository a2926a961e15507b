"""Where the figures of a disagreement lie: over time, or side by side where dates do not tell them apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...schemas import Disagreement, Estimate, Position, Quantity
from ...schemas.edtf import OPEN, bounds
from ...text.date_words import MONTHS, date_words
from .. import common, safe
from .scale import Axis, axis, tick_words

Place = Callable[[float], float]
"""From a figure to its place along the axis."""

# Along the axis places are per cent, so that the drawing fits any width with letters of one size; across it, pixels.
_TOP, _AREA, _FOOT = 24.0, 132.0, 26.0
_ROW = 30.0
_LEFT, _RIGHT, _RIGHT_BESIDE_UNDATED = 13.0, 72.0, 54.0
_UNDATED = 70.0
_NEAR_X, _NEAR_Y, _DODGE = 7.0, 20.0, 22
_LABEL_GAP = 13.0
_TICK_GAP, _LAST_GAP = 17.0, 21.0  # per cent between the dates that are written out; the last has its year


@dataclass(frozen=True)
class Line:
    """A tick or a level: its place and its words."""

    at: float
    text: str


@dataclass(frozen=True)
class Point:
    """A position: `x` in per cent and `dx` in pixels, `y` in pixels; from `low` to `high` where it is a range.

    `low` and `high` are places along the figures' axis; `down` and `up` tell that a bound is open. `since` and
    `until` (per cent) are the span of an as-of date that is no single day.
    """

    letter: str
    x: float
    y: float
    low: float
    high: float
    dx: int = 0
    down: bool = False
    up: bool = False
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True)
class Plot:
    """A drawing of figures: `over_time` has dates along and figures upwards, a strip has figures along."""

    over_time: bool
    height: float
    points: tuple[Point, ...]
    ticks: tuple[Line, ...]
    title: str = ""
    description: str = ""
    dates: tuple[Line, ...] = ()
    levels: tuple[Line, ...] = ()
    labels: tuple[Line, ...] = ()
    band: tuple[float, float] | None = None
    best: float | None = None
    undated: float | None = None
    note: str | None = None


def plot_of(item: Disagreement, letters: Sequence[str]) -> Plot | None:
    """The plot of a disagreement; None unless two positions or more are figures of one unit.

    `letters` are the marks of all its positions, in their order.
    """
    figures = [(letter, p, p.value) for letter, p in zip(letters, item.positions, strict=True)]
    known = [(letter, p, value) for letter, p, value in figures if isinstance(value, Quantity)]
    if len(known) < 2 or len({value.unit for _, _, value in known if value.unit}) > 1:
        return None
    estimate = item.estimate
    ends = [end for _, _, value in known for end in (value.low, value.high) if end is not None]
    scale = axis([*ends, *([estimate.low, estimate.best, estimate.high] if estimate else [])])
    if scale is None:
        return None
    days = [_days(position) for _, position, _ in known]
    dated = {span for span in days if span}
    draw = _over_time if len(dated) > 1 else _strip
    plot = draw([(letter, value) for letter, _, value in known], days, scale, estimate)
    told = "; ".join(f"{letter}: {safe.plain(p.answer)}, {common.when_words(p)}" for letter, p, _ in known)
    words = common.estimate_words(item)
    note = None if scale.from_zero else f"The axis begins at {tick_words(scale.low)}, not at zero."
    return replace(
        plot,
        title=f"Figures: {safe.plain(item.question)}",
        description=". ".join(text.rstrip(".") for text in (told, words, note) if text) + ".",
        note=note,
    )


def _days(position: Position) -> tuple[int, int] | None:
    """First and last day (ordinals) of the date that a position is given for, else of the period it counts."""
    periods = [claim.period for claim in position.claims if claim.period]
    for edtf in (position.as_of, *periods):
        if edtf and edtf != OPEN:
            first, last = bounds(edtf)
            ends = [day.toordinal() for day in (first, last) if day]
            if ends:
                return ends[0], ends[-1]
    return None


def _over_time(
    figures: Sequence[tuple[str, Quantity]],
    days: Sequence[tuple[int, int] | None],
    scale: Axis,
    estimate: Estimate | None,
) -> Plot:
    missing = any(span is None for span in days)
    dated = [span for span in days if span]
    first, last = min(span[0] for span in dated), max(span[1] for span in dated)
    right = _RIGHT_BESIDE_UNDATED if missing else _RIGHT

    def x(day: float) -> float:
        return round(_LEFT + (right - _LEFT) * (day - first) / (last - first), 2)

    def y(value: float) -> float:
        return round(_TOP + _AREA * (1 - scale.share(value)), 1)

    points: list[Point] = []
    for (letter, value), span in sorted(zip(figures, days, strict=True), key=lambda pair: pair[1] or (last + 1, 0)):
        place = x(sum(span) / 2) if span else _UNDATED
        ends = (x(span[0]), x(span[1])) if span and span[0] != span[1] else (None, None)
        point = _point(letter, value, place, y(value.amount), y)
        points.append(_dodged(replace(point, since=ends[0], until=ends[1]), points))
    levels = _levels(estimate, y) if estimate else ()
    return Plot(
        over_time=True,
        height=_TOP + _AREA + _FOOT,
        points=tuple(points),
        ticks=tuple(Line(y(tick), tick_words(tick)) for tick in scale.ticks),
        dates=_date_ticks(sorted({(x(sum(span) / 2), sum(span) // 2) for span in dated})),
        levels=levels,
        labels=_spread(levels),
        band=(y(estimate.high), y(estimate.low)) if estimate else None,
        best=y(estimate.best) if estimate else None,
        undated=_UNDATED if missing else None,
    )


def _strip(
    figures: Sequence[tuple[str, Quantity]],
    days: Sequence[tuple[int, int] | None],
    scale: Axis,
    estimate: Estimate | None,
) -> Plot:
    """One row for each position, figures along."""

    def x(value: float) -> float:
        return round(8 + 84 * scale.share(value), 2)

    points = []
    for row, (letter, value) in enumerate(figures):
        place = x(value.amount)
        points.append(_point(letter, value, place, _TOP + _ROW * (row + 0.5), x))
    levels = _levels(estimate, x) if estimate else ()
    return Plot(
        over_time=False,
        height=_TOP + _ROW * len(figures) + _FOOT,
        points=tuple(points),
        ticks=tuple(Line(x(tick), tick_words(tick)) for tick in scale.ticks),
        levels=levels,
        band=(x(estimate.low), x(estimate.high)) if estimate else None,
        best=x(estimate.best) if estimate else None,
    )


def _point(letter: str, value: Quantity, x: float, y: float, place: Place) -> Point:
    """A point with its range; what a bound is open to is an arrow of its own, not a length."""
    low = place(value.low if value.low is not None else value.amount)
    high = place(value.high if value.high is not None else value.amount)
    return Point(letter, x, y, low, high, down=value.low is None, up=value.high is None)


def _dodged(point: Point, placed: Sequence[Point]) -> Point:
    """`point`, moved aside until it covers none of those that are `placed`."""
    while any(
        abs(point.x - other.x) < _NEAR_X and abs(point.y - other.y) < _NEAR_Y and point.dx == other.dx
        for other in placed
    ):
        point = replace(point, dx=point.dx + _DODGE)
    return point


def _levels(estimate: Estimate, place: Place) -> tuple[Line, ...]:
    """Low, best and high, those that are equal as one: 'best, high 6'."""
    named: dict[float, list[str]] = {}
    for name in ("low", "best", "high"):
        named.setdefault(getattr(estimate, name), []).append(name)
    return tuple(Line(place(value), f"{', '.join(names)} {tick_words(value)}") for value, names in named.items())


def _spread(levels: Sequence[Line]) -> tuple[Line, ...]:
    """The levels' words, apart from each other: upwards from the lowest, so that none covers another."""
    placed: list[Line] = []
    floor = float("inf")
    for line in sorted(levels, key=lambda line: -line.at):
        floor = min(line.at - 4, floor - _LABEL_GAP)
        placed.append(Line(round(floor, 1), line.text))
    return tuple(placed)


def _date_ticks(places: Sequence[tuple[float, int]]) -> tuple[Line, ...]:
    """Dates under the points, as many as fit beside the first and the last; only the last with its year."""
    chosen = [places[0]]
    for place in places[1:-1]:
        if place[0] - chosen[-1][0] >= _TICK_GAP and places[-1][0] - place[0] >= _LAST_GAP:
            chosen.append(place)
    if places[-1][0] - chosen[-1][0] >= 1:
        chosen.append(places[-1])
    years = {date.fromordinal(day).year for _, day in chosen}
    return tuple(
        Line(at, _day_words(date.fromordinal(day), year=len(years) > 1 or at == chosen[-1][0])) for at, day in chosen
    )


def _day_words(day: date, *, year: bool) -> str:
    return date_words(day.isoformat()) if year else f"{day.day} {MONTHS[day.month - 1]}"
