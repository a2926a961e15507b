"""Plots of figures: honest axes, every position a point, open bounds as arrows, time only where there are dates."""

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import samples
from support.expected import story_of

from summarizer.render.page.places import letter, letters
from summarizer.render.page.plot import Plot, plot_of
from summarizer.render.page.scale import axis, tick_words
from summarizer.schemas import Disagreement, Estimate, Position, Quantity, Relation


def plot(item: Disagreement) -> Plot:
    """The plot of a disagreement that has one."""
    drawn = plot_of(item, letters(item.positions))
    assert drawn is not None
    return drawn


def question(*told: tuple[Quantity, str | None], estimate: Estimate | None = None) -> Disagreement:
    """A disagreement of these figures with their as-of dates."""
    base = samples.claims()["hurt_en"]
    positions: list[Position] = []
    for count, (value, as_of) in enumerate(told):
        changed = {"id": f"x#{count}", "value": value, "as_of": as_of, "period": None}
        claim = base.model_copy(update={**changed, "as_of_basis": "stated" if as_of else None})
        positions.append(samples.position(claim))
    return samples.disagreement(
        1, *positions, relation=Relation.CONTRADICTION, rationale="They differ.", estimate=estimate
    )


def figure(low: float | None, high: float | None = None, unit: str | None = None) -> Quantity:
    """A quantity; a single number is both bounds."""
    return Quantity(low=low, high=low if high is None else high, unit=unit)


# --- axes ---


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15), min_size=1))
def test_an_axis_is_linear_round_and_holds_every_figure(values: list[float]) -> None:
    scale = axis(values)
    assume(scale is not None)
    assert scale is not None
    slack = (scale.high - scale.low) * 1e-6
    assert scale.low - slack <= min(values)
    assert max(values) <= scale.high + slack
    assert 2 <= len(scale.ticks) <= 8
    steps = [b - a for a, b in pairwise(scale.ticks)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)
    assert (scale.share(scale.low), scale.share(scale.high)) == (0, 1)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([3, 5, 6], (0, 2, 4, 6)),
        ([5.5, 5.8], (5.5, 5.6, 5.7, 5.8)),
        ([12_300, 40_000], (0, 20_000, 40_000)),
        ([100, 101], (100, 101)),
        ([0], (0, 1)),
        ([7], (0, 5, 10)),
        ([-4, 4], (-5, 0, 5)),
        ([0.001, 0.004], (0, 0.002, 0.004)),
    ],
)  # fmt: skip
def test_axes_begin_at_zero_unless_the_figures_are_close(values: list[float], ticks: tuple[float, ...]) -> None:
    scale = axis(values)
    assert scale is not None
    assert scale.ticks == pytest.approx(ticks)


@pytest.mark.parametrize("values", [[math.inf, 1], [math.nan], [-1.7e308, 1.7e308], [5e-324], [1e-320, 3e-320]])
def test_figures_that_no_axis_can_hold_have_none(values: list[float]) -> None:
    assert axis(values) is None


def test_ticks_are_short_from_a_million_on() -> None:
    assert [tick_words(value) for value in (0.0, 999_999.0, 1_500_000.0, 2e12)] == ["0", "999,999", "1.5M", "2T"]


# --- time ---


def test_figures_of_several_dates_are_drawn_over_time() -> None:
    drawn = plot(story_of("ferry-fire").disagreements[0])
    assert drawn.over_time
    first, second, third = drawn.points
    assert (first.letter, second.letter, third.letter) == ("A", "B", "C")
    assert first.x < second.x < third.x
    assert second.x - first.x == pytest.approx((third.x - first.x) / 3, abs=0.1)  # 10, 11 and 13 May
    assert first.y > second.y > third.y  # pixels count from above
    assert [line.text for line in drawn.dates] == ["10 May", "11 May", "13 May 2026"]
    assert [line.text for line in drawn.levels] == ["low 3", "best, high 6"]
    assert drawn.best == third.y
    assert "A: 3" in drawn.description
    assert "low 3 · best 6" in drawn.description


def test_open_bounds_are_arrows_and_ranges_bars() -> None:
    at_least, between = Quantity(low=14, high=None), Quantity(low=20, high=26)
    at_most = Quantity(low=None, high=30)
    drawn = plot(question((at_least, "2031-05-01"), (between, "2031-05-02"), (at_most, "2031-05-03")))
    first, second, third = drawn.points
    assert (first.up, first.down, second.up, second.down, third.up, third.down) == (
        True,
        False,
        False,
        False,
        False,
        True,
    )
    assert first.low == first.high == first.y
    assert second.low == second.y > second.high


def test_figures_of_one_date_are_a_strip_without_time() -> None:
    item = story_of("march-of-lanterns").disagreements[0]
    drawn = plot(item)
    assert not drawn.over_time
    assert drawn.dates == ()
    assert [line.text for line in drawn.ticks] == ["0", "20,000", "40,000"]
    assert drawn.points[0].x > drawn.points[1].x
    assert drawn.points[0].y != drawn.points[1].y
    undated = plot(story_of("hill-landslide").disagreements[0])
    assert not undated.over_time


def test_a_figure_without_a_date_stands_apart() -> None:
    drawn = plot(question((figure(3), "2031-05-01"), (figure(9), None), (figure(4), "2031-05-09")))
    assert drawn.over_time
    places = {point.letter: point.x for point in drawn.points}
    assert drawn.undated == places["B"] > max(places["A"], places["C"])


def test_a_date_that_is_a_month_is_drawn_as_its_span() -> None:
    drawn = plot(question((figure(3), "2031-05"), (figure(9), "2031-06-30"), (figure(5), "2031")))
    spans = {point.letter: (point.since, point.until) for point in drawn.points}
    assert spans["B"] == (None, None)
    since, until = spans["A"]
    assert since is not None
    assert until is not None
    whole = spans["C"]
    assert whole[0] < since < until < whole[1]  # type: ignore[operator]


def test_equal_figures_of_one_date_do_not_cover_each_other() -> None:
    told = [(figure(low, high), "2031-05-01") for low, high in ((5, 5), (5, 6), (5, 7))]
    drawn = plot(question(*told, (figure(9), "2031-06-01")))
    assert len({(point.x, point.y, point.dx) for point in drawn.points}) == 4


def test_an_axis_that_does_not_reach_to_zero_says_so() -> None:
    drawn = plot(story_of("glass-valley-quake").disagreements[1])
    assert drawn.note == "The axis begins at 5.5, not at zero."
    assert drawn.note in drawn.description


def test_levels_never_cover_each_other() -> None:
    estimate = Estimate(low=100, best=101, high=102, rule="latest")
    drawn = plot(question((figure(100), "2031-05-01"), (figure(900), "2031-05-02"), estimate=estimate))
    places = sorted(line.at for line in drawn.labels)
    assert len(places) == 3
    assert all(b - a >= 12 for a, b in pairwise(places))


def test_no_plot_where_figures_cannot_be_compared() -> None:
    for item in (
        question((figure(3, unit="km"), "2031-05-01"), (figure(2, unit="miles"), "2031-05-02")),
        question((figure(math.inf), "2031-05-01"), (figure(2), "2031-05-02")),
        story_of("border-drones").disagreements[0],
    ):
        assert plot_of(item, letters(item.positions)) is None


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.tuples(st.none() | st.floats(-1e12, 1e12), st.none() | st.floats(-1e12, 1e12)).filter(any),
            st.sampled_from([None, "2031-05-03", "2031-05", "2031/..", "../2031-05-01", "XXXX-05", "..", "203X"]),
        ),
        min_size=2,
        max_size=6,
    )
)  # fmt: skip
def test_every_figure_is_a_point_within_the_drawing(
    told: list[tuple[tuple[float | None, float | None], str | None]],
) -> None:
    figures = []
    for (low, high), as_of in told:
        if low is not None and high is not None:
            low, high = sorted((low, high))
        figures.append((Quantity(low=low, high=high), as_of))
    item = question(*figures)
    drawn = plot_of(item, letters(item.positions))
    if drawn is None:
        return
    assert sorted(point.letter for point in drawn.points) == letters(item.positions)
    for point in drawn.points:
        assert 0 <= point.x <= 100
        assert 0 <= point.y <= drawn.height


def test_letters_go_on_behind_z() -> None:
    assert [letter(count) for count in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
