"""Quantities: short answers are read with their hedges, and compared."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.schemas import Qualifier, Quantity
from summarizer.text.numbers import find_numbers
from summarizer.text.quantities import hedge_near, interval, parse_quantity, quantities_overlap, same_quantity

Q = Qualifier


def quantity(answer: str, language: str = "en") -> Quantity:
    parsed = parse_quantity(answer, language)
    assert parsed is not None, answer
    return parsed


@pytest.mark.parametrize(
    ("answer", "low", "high", "qualifier", "unit"),
    [
        ("600", 600, 600, Q.EXACTLY, None),
        ("600 soldiers", 600, 600, Q.EXACTLY, "soldiers"),
        ("five", 5, 5, Q.EXACTLY, None),
        ("At least 34 people were killed", 34, None, Q.AT_LEAST, "people"),
        ("about 600 North Korean soldiers", 600, 600, Q.ABOUT, "North Korean soldiers"),
        ("some 10,000", 10000, 10000, Q.ABOUT, None),
        ("nearly 60", 60, 60, Q.ABOUT, None),
        ("~600", 600, 600, Q.ABOUT, None),
        ("an estimated 2,000 people", 2000, 2000, Q.ABOUT, "people"),
        ("a hundred or so", 100, 100, Q.ABOUT, None),
        ("a dozen people", 12, 12, Q.ABOUT, "people"),
        ("no fewer than 12", 12, None, Q.AT_LEAST, None),
        ("100 or more", 100, None, Q.AT_LEAST, None),
        ("100+ homes", 100, None, Q.AT_LEAST, "homes"),
        ("more than a thousand", 1000, None, Q.MORE_THAN, None),
        ("over 5 km", 5, None, Q.MORE_THAN, "km"),
        ("> 5", 5, None, Q.MORE_THAN, None),
        ("up to 5", None, 5, Q.AT_MOST, None),
        ("as many as 20 villages", None, 20, Q.AT_MOST, "villages"),
        ("no more than 3", None, 3, Q.AT_MOST, None),
        ("up to around 10,000 people", None, 10000, Q.AT_MOST, "people"),
        ("fewer than 10", None, 10, Q.LESS_THAN, None),
        ("under 5%", None, 5, Q.LESS_THAN, "percent"),
        ("between 5 and 7", 5, 7, Q.BETWEEN, None),
        ("from 5 to 7 boats", 5, 7, Q.BETWEEN, "boats"),
        ("5–7 million", 5e6, 7e6, Q.BETWEEN, None),
        ("two to three dozen boats", 24, 36, Q.BETWEEN, "boats"),
        ("five to seven million", 5e6, 7e6, Q.BETWEEN, None),
        ("10%-15%", 10, 15, Q.BETWEEN, "percent"),
        ("five or six", 5, 6, Q.BETWEEN, None),
        ("dozens of sailors", 24, 99, Q.VAGUE, "sailors"),
        ("thousands", 2000, 9999, Q.VAGUE, None),
        ("$5 million", 5e6, 5e6, Q.EXACTLY, "USD"),
        ("around US$ 2.5bn", 2.5e9, 2.5e9, Q.ABOUT, "USD"),
        ("€300", 300, 300, Q.EXACTLY, "EUR"),
        ("2,000 US dollars", 2000, 2000, Q.EXACTLY, "USD"),
        ("600 soldiers in December 2024", 600, 600, Q.EXACTLY, "soldiers"),
        ("5 may have died", 5, 5, Q.EXACTLY, None),
        ("nobody", 0, 0, Q.EXACTLY, None),
        ("none", 0, 0, Q.EXACTLY, None),
        ("1900 people", 1900, 1900, Q.EXACTLY, "people"),
        ("2,024", 2024, 2024, Q.EXACTLY, None),
    ],
)
def test_answers(answer: str, low: float | None, high: float | None, qualifier: Qualifier, unit: str | None) -> None:
    assert quantity(answer) == Quantity(low=low, high=high, qualifier=qualifier, unit=unit)


@pytest.mark.parametrize(
    "answer",
    [
        *("", "Seoul", "no", "No comment", "17 December 2024", "December 17, 2024", "May 5", "2024", "in 2024"),
        *("2022-2024", "2024-12-17", "9:42", "9:42 am", "Boeing 737", "COVID-19", "5 killed and 12 injured", "5 of 7"),
        *("the third", "two thirds", "three quarters", "one in five", "3-1", "1,100 casualties, including 100 deaths"),
    ],
)
def test_answers_that_are_no_quantity(answer: str) -> None:
    assert parse_quantity(answer) is None


def test_answers_in_other_languages() -> None:
    assert quantity("environ 600 soldats", "fr").qualifier is Q.ABOUT
    assert quantity("une centaine de blessés", "fr") == Quantity(
        low=100, high=100, qualifier=Q.ABOUT, unit="de blessés"
    )
    assert quantity("mindestens 20", "de") == Quantity(low=20, high=None, qualifier=Q.AT_LEAST)
    assert quantity("600人以上", "ja") == Quantity(low=600, high=None, qualifier=Q.AT_LEAST, unit="人")


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("killed 5", "en", None),
        ("no more than 5", "en", Q.AT_MOST),
        ("600 soldiers at least 20 officers", "en", None),
        ("up to about $600", "en", Q.AT_MOST),
        ("hundreds", "en", Q.VAGUE),
        ("près de 600 soldats", "fr", Q.ABOUT),
        ("plus d'une centaine de morts", "fr", Q.MORE_THAN),
        ("600 soldats au moins", "fr", Q.AT_LEAST),
        ("une vingtaine", "fr", Q.ABOUT),
        ("entre 5 y 7 muertos", "es", Q.BETWEEN),
        ("más de 300", "es", Q.MORE_THAN),
        ("al menos 300", "es", Q.AT_LEAST),
        ("oltre 300", "it", Q.MORE_THAN),
        ("almeno 300", "it", Q.AT_LEAST),
        ("rund 300", "de", Q.ABOUT),
        ("bis zu 300", "de", Q.AT_MOST),
        ("pelo menos 300", "pt", Q.AT_LEAST),
        ("zo'n 300", "nl", Q.ABOUT),
        ("не менее 12 человек", "ru", Q.AT_LEAST),
        ("более 300", "ru", Q.MORE_THAN),
        ("понад 300", "uk", Q.MORE_THAN),
        ("أكثر من 300", "ar", Q.MORE_THAN),
        ("ما لا يقل عن 12 شخصا", "ar", Q.AT_LEAST),
        ("超过600人", "zh", Q.MORE_THAN),
        ("300多人受伤", "zh", Q.MORE_THAN),
        ("至少12人", "zh", Q.AT_LEAST),
        ("約300人", "ja", Q.ABOUT),
        ("600人以上が死亡", "ja", Q.AT_LEAST),
        ("en az 20 kişi", "tr", Q.AT_LEAST),
        ("600 kişiden fazla", "tr", Q.MORE_THAN),
        ("yaklaşık 600", "tr", Q.ABOUT),
        ("ponad 300 osób", "pl", Q.MORE_THAN),
        ("200여 명", "ko", Q.MORE_THAN),
    ],
)
def test_hedges_in_evidence(sentence: str, language: str, expected: Qualifier | None) -> None:
    assert hedge_near(sentence, find_numbers(sentence, language)[0].start, language) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("about 600", (550, 650)),
        ("about 10,000", (9000, 11000)),
        ("57", (57, 57)),
        ("at least 5", (5, math.inf)),
        ("up to 5", (-math.inf, 5)),
    ],
)
def test_intervals(answer: str, expected: tuple[float, float]) -> None:
    assert interval(quantity(answer)) == expected


@pytest.mark.parametrize(
    ("a", "b", "overlap", "same"),
    [
        ("12 300", "12.300", True, True),
        ("about 600", "600", True, True),
        ("about 600", "598", True, True),
        ("57", "nearly 60", True, False),
        ("at least 5", "5", True, True),
        ("at least 100", "about 120", True, False),
        ("at least 100", "about 600", False, False),
        ("more than 10,000", "12,000", True, False),
        ("several soldiers", "40", True, False),
        ("dozens", "6", False, False),
        ("40 m", "131 feet", True, True),
        ("30 cm", "12 inches", True, True),
        ("40 m", "80 m", False, False),
        ("2 days", "48 hours", True, True),
        ("more than 5", "5", False, False),
        ("more than 10,000", "some 10,000", True, False),
        ("more than 100", "at least 100", True, True),
        ("dozens", "37", True, False),
        ("dozens", "tens", True, True),
        ("5", "four", False, False),
        ("fewer than 5", "5", False, False),
        ("5 to 7", "between five and seven", True, True),
        ("5 percent", "5 soldiers", False, False),
        ("5 soldiers", "5 troops", True, True),
        ("at most 5", "at least 5", True, False),
    ],
)
def test_comparing(a: str, b: str, overlap: bool, same: bool) -> None:
    left, right = quantity(a), quantity(b)
    assert quantities_overlap(left, right) is overlap
    assert same_quantity(left, right) is same


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, high = sorted(draw(st.tuples(st.integers(0, 20000), st.integers(0, 20000))))
    qualifier = draw(st.sampled_from(Qualifier))
    if qualifier in (Q.AT_LEAST, Q.MORE_THAN):
        return Quantity(low=low, high=None, qualifier=qualifier)
    if qualifier in (Q.AT_MOST, Q.LESS_THAN):
        return Quantity(low=None, high=high, qualifier=qualifier)
    if qualifier in (Q.EXACTLY, Q.ABOUT):
        return Quantity(low=low, high=low, qualifier=qualifier)
    return Quantity(low=low, high=high, qualifier=qualifier)


@given(quantities(), quantities())
def test_comparisons_are_symmetric_and_consistent(a: Quantity, b: Quantity) -> None:
    assert quantities_overlap(a, b) == quantities_overlap(b, a)
    assert same_quantity(a, b) == same_quantity(b, a)
    assert quantities_overlap(a, b) or not same_quantity(a, b)


@given(quantities())
def test_a_quantity_is_the_same_as_itself(a: Quantity) -> None:
    low, high = interval(a)
    assert low <= high
    assert quantities_overlap(a, a)
    assert same_quantity(a, a)


PIECES = "about at least up to more than 5 600 1,385.5 and to - or between dozens thousands million % $ km in 2024 May"


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=7).map(" ".join) | st.text(max_size=30),
    st.sampled_from(["en", "fr"]),
)
def test_any_answer_gives_an_ordered_quantity_or_none(answer: str, language: str) -> None:
    parsed = parse_quantity(answer, language)
    if parsed is not None and parsed.low is not None and parsed.high is not None:
        assert parsed.low <= parsed.high


@given(st.integers(0, 10**9), st.sampled_from(["soldiers", "homes", "people"]))
def test_numbers_survive_formatting(value: int, unit: str) -> None:
    parsed = quantity(f"{value:,} {unit}")
    assert (parsed.low, parsed.high, parsed.unit) == (value, value, unit)
