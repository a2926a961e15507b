"""Marks with a unit: measures, money, ages and durations, and a figure that only says another one again."""

import pytest
from support.marks import ABOUT, EXACTLY, MORE_THAN, PUBLISHED, Told, told

from summarizer.marks import find_marks
from summarizer.schemas import DateValue, Qualifier, Quantity

# --- ages, durations, measures, money ---


@pytest.mark.parametrize(
    ("sentence", "low"),
    [
        ("A woman in her 30s was hurt.", 30),
        ("A man in his early 50s called for help.", 50),
        ("A woman in her 20's was hurt.", 20),
    ],
)
def test_a_decade_of_life_is_a_range(sentence: str, low: int) -> None:
    (mark,) = find_marks(sentence, "en", PUBLISHED)
    assert mark.value == Quantity(low=low, high=low + 9, qualifier=Qualifier.BETWEEN)


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "A 4-month-old baby was rescued.", ("4", 4, EXACTLY, "months")),
        ("en", "The 10-year war ended.", ("10", 10, EXACTLY, "years")),
        ("en", "A five-day search ended.", ("five", 5, EXACTLY, "days")),
        ("en", "The rescue took more than 12 hours.", ("12", 12, MORE_THAN, "hours")),
        ("en", "The rescue took about 12 hours.", ("12", 12, ABOUT, "hours")),
        ("fr", "La guerre a duré 10 ans.", ("10", 10, EXACTLY, "years")),
        ("fr", "Un bébé de 4 mois est sauvé.", ("4", 4, EXACTLY, "months")),
        ("es", "La guerra duró 10 años.", ("10", 10, EXACTLY, "years")),
        ("de", "Der Krieg dauerte 10 Jahre.", ("10", 10, EXACTLY, "years")),
        ("de", "Ein vier Monate alter Säugling lebt.", ("vier", 4, EXACTLY, "months")),
        ("ru", "Война длилась 10 лет.", ("10", 10, EXACTLY, "years")),
        ("ar", "استمرت الحرب 10 سنوات.", ("10", 10, EXACTLY, "years")),
        ("en", "An 80m-deep well was sealed.", ("80", 80, EXACTLY, "m")),
        ("en", "The repair cost $80m.", ("80m", 80_000_000, EXACTLY, "USD")),
        ("en", "The repair cost ₹80m.", ("80m", 80_000_000, EXACTLY, "INR")),
        ("en", "The repair cost 80m euros.", ("80m", 80_000_000, EXACTLY, "EUR")),
        ("it", "La guerra è durata 10 anni.", ("10", 10, EXACTLY, "years")),
    ],
)
def test_a_duration_or_measure_has_its_unit(language: str, sentence: str, expected: Told) -> None:
    assert [told(mark) for mark in find_marks(sentence, language, PUBLISHED)] == [expected]


@pytest.mark.xfail(strict=True, reason="“m” written on to a number without a sign of money is taken for metres")
def test_millions_are_no_metres() -> None:
    (mark,) = find_marks("Some 80m people live there.", "en", PUBLISHED)
    assert isinstance(mark.value, Quantity)
    assert mark.value.low == 80_000_000


@pytest.mark.parametrize(
    ("language", "sentence", "unit"),
    [
        ("de", "Der Brand kostete 12 Millionen Euro Steuergeld.", "EUR"),
        ("de", "Das Öl bedeckt 5 Kilometer Küste.", "km"),
        ("en", "The oil covers a 5 km stretch.", "km"),
    ],
)
def test_a_unit_holds_when_a_word_follows(language: str, sentence: str, unit: str) -> None:
    values = [mark.value for mark in find_marks(sentence, language, PUBLISHED)]
    assert [value.unit for value in values if isinstance(value, Quantity)] == [unit]


# --- the same said twice ---


@pytest.mark.parametrize(
    ("language", "sentence", "first"),
    [
        ("en", "The well is 40 metres (131 feet) deep.", ("40", 40, EXACTLY, "m")),
        ("en", "The well is 40 metres [131 feet] deep.", ("40", 40, EXACTLY, "m")),
        ("en", "The well is 131 feet (40m) deep.", ("131", 131, EXACTLY, "feet")),
        ("en", "They walked 60 km or 37 miles.", ("60", 60, EXACTLY, "km")),
        ("fr", "Le puits fait 40 mètres (131 pieds) de profondeur.", ("40", 40, EXACTLY, "m")),
        ("es", "El pozo mide 40 metros (131 pies).", ("40", 40, EXACTLY, "m")),
        ("de", "Der Brunnen ist 40 Meter (131 Fuß) tief.", ("40", 40, EXACTLY, "m")),
    ],
)
def test_a_conversion_is_no_second_mark(language: str, sentence: str, first: Told) -> None:
    assert [told(mark) for mark in find_marks(sentence, language, PUBLISHED)] == [first]


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("The well is 40 metres (300 feet) deep.", ["40", "300"]),
        ("The well is 40 metres (10 years) old.", ["40", "10"]),
        ("The well is 40 metres deep and the shaft beside it goes down for 131 feet.", ["40", "131"]),
        ("Of 40 boats (40 of them new) none sank.", ["40", "40"]),
    ],
)
def test_what_converts_nothing_is_a_second_mark(sentence: str, numbers: list[str]) -> None:
    assert [mark.text for mark in find_marks(sentence, "en", PUBLISHED)] == numbers


@pytest.mark.parametrize(
    ("language", "sentence", "time"),
    [
        ("en", "The siren sounded at 5:15 p.m. (1415 GMT).", "17:15"),
        ("en", "The siren sounded at 5:15 p.m. local time (14:15 UTC).", "17:15"),
        ("fr", "La sirène a retenti à 17h15 (14h15 GMT).", "17:15"),
        ("es", "La sirena sonó a las 17:15 (14:15 GMT).", "17:15"),
        ("en", "The siren sounded at 14:15 GMT.", "14:15"),
        ("en", "The siren sounded at 1415 GMT.", "14:15"),
    ],
)
def test_world_time_is_a_mark_only_by_itself(language: str, sentence: str, time: str) -> None:
    (mark,) = find_marks(sentence, language, PUBLISHED)
    assert isinstance(mark.value, DateValue)
    assert mark.value.time == time
