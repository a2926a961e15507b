"""Units: the measure that stands behind a figure, by its name in the text's language."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.text.unit_names import DURATIONS, MEASURES, measure_named, unit_behind


def behind(text: str, language: str | None = "en") -> str | None:
    """The unit behind the first digits of a text."""
    digits = re.search(r"\d+", text)
    assert digits
    return unit_behind(text, digits.end(), language)


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "40 metres", "m"),
        ("en", "40 meters", "m"),
        ("en", "1 metre", "m"),
        ("en", "5 kilometres", "km"),
        ("en", "12 feet", "feet"),
        ("en", "1 foot", "feet"),
        ("en", "9 inches", "inches"),
        ("en", "5 miles", "miles"),
        ("en", "5 yards", "yards"),
        ("en", "5 tonnes", "tonnes"),
        ("en", "5 tons", "tons"),
        ("en", "12 acres", "acres"),
        ("en", "3 litres", "litres"),
        ("en", "3 hours", "hours"),
        ("en-GB", "3 weeks", "weeks"),
        ("fr", "40 mètres", "m"),
        ("fr", "3 heures", "hours"),
        ("fr", "10 ans", "years"),
        ("es", "40 metros", "m"),
        ("es", "5 millas", "miles"),
        ("es", "10 años", "years"),
        ("de", "3 Stunden", "hours"),
        ("de", "12 Jahre", "years"),
        ("de", "4 Tage", "days"),
        ("it", "40 metri", "m"),
        ("it", "3 ore", "hours"),
        ("it", "12 ettari", "hectares"),
        ("pt-BR", "5 quilômetros", "km"),
        ("nl", "40 meter", "m"),
        ("sv", "3 timmar", "hours"),
        ("ru", "1 час", "hours"),
        ("ru", "2 часа", "hours"),
        ("ru", "5 часов", "hours"),
        ("ru", "10 лет", "years"),
        ("uk", "5 годин", "hours"),
        ("pl", "40 metrów", "m"),
        ("cs", "40 metrů", "m"),
        ("fi", "40 metriä", "m"),
        ("hu", "40 méter", "m"),
        ("el", "40 μέτρα", "m"),
        ("tr", "5 saat", "hours"),
        ("ar", "5 ساعات", "hours"),
        ("ar", "40 مترًا", "m"),
        ("he", "40 מטרים", "m"),
        ("hi", "40 मीटर", "m"),
        ("th", "40 เมตร", "m"),
        ("vi", "40 mét", "m"),
        ("ja", "40メートル", "m"),
        ("ko", "40미터", "m"),
        ("it", "10 anni", "years"),
        ("it", "3 giorni", "days"),
        ("it", "4 mesi", "months"),
        pytest.param("fr", "30 minutes", "minutes", id="the same word in English"),
        ("pt", "10 anos", "years"),
        ("tr", "10 yıl", "years"),
        ("ar", "3 أيام", "days"),
        ("he", "10 שנים", "years"),
        ("zh", "40米", "m"),
        ("zh", "5小时", "hours"),
        ("ja", "5時間", "hours"),
        ("ko", "5시간", "hours"),
    ],
)
def test_a_name_in_the_language_of_the_text(language: str, text: str, unit: str) -> None:
    assert behind(text, language) == unit


@pytest.mark.parametrize("language", ["fr", "ru", "zh", "ar", "xx", None])
def test_english_names_hold_in_every_text(language: str | None) -> None:
    assert behind("40 metres", language) == "m"
    assert behind("5 km", language) == "km"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "40 Stunden"), ("de", "40 heures"), ("en", "40 boats"), ("en", "40")]
)
def test_no_name_of_the_language_is_no_unit(language: str, text: str) -> None:
    assert behind(text, language) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("a 10-year war", "years"),
        ("a 4-month-old baby", "months"),
        ("a 3-day search", "days"),
        ("a 40-metre fall", "m"),
        ("a 40 - metre fall", "m"),
    ],
)
def test_a_hyphen_joins_figure_and_unit(text: str, unit: str) -> None:
    assert behind(text) == unit


@pytest.mark.parametrize("text", ["40 tone", "40 metric", "40 yearly", "40 dayslong", "40 secondary schools", "40 kgs"])
def test_a_name_ends_with_its_word(text: str) -> None:
    assert behind(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("an 80m-deep well", "m"),
        ("a drop of 80m.", "m"),
        ("over 5km away", "km"),
        ("a 5ft wall", "feet"),
        ("it burned 40ha.", "hectares"),
        ("they walked 3mi, he said", "miles"),
        ("a 9mm pistol", "mm"),
        ("winds of 80mph", None),
        ("it took 80million", None),
        ("a fund of $80m", None),
        ("a fund of US$80m", None),
        ("a fund of €80m", None),
        ("a fund of £1.5m", None),
        ("a fund of ₹80m", None),
        ("80m-deep well sealed", "m"),
    ],
)
def test_a_unit_written_on_to_its_figure(text: str, unit: str | None) -> None:
    assert behind(text) == unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Il sindaco dei 40 ha parlato"),
        ("de", "Mit 40 ha er verloren"),
        ("es", "Con 40 mi hermano partió"),
        ("en", "40 m"),
        ("en", "40 ft"),
        ("en", "40 mm"),
    ],
)
def test_behind_a_space_short_names_may_be_words_or_millions(language: str, text: str) -> None:
    assert behind(text, language) is None


def test_the_unit_begins_right_behind_the_figure() -> None:
    assert unit_behind("40 more metres", 2, "en") is None
    assert unit_behind("40 metres and 3 hours", 15, "en") == "hours"


@pytest.mark.parametrize(
    ("name", "language", "unit"),
    [
        ("metres", "en", "m"),
        ("m", "en", "m"),
        ("m", "it", "m"),
        ("metros", "es", "m"),
        ("stunden", "de", "hours"),
        ("часов", "ru", "hours"),
        ("kilometres", None, "km"),
        ("km", "xx", "km"),
        ("ha", "it", None),
        ("mi", "es", None),
        ("boats", "en", None),
        ("", "en", None),
    ],
)
def test_a_name_by_itself(name: str, language: str | None, unit: str | None) -> None:
    assert measure_named(name, language) == unit


def test_durations_are_measures_of_time() -> None:
    assert {"years", "months", "weeks", "days", "hours", "minutes", "seconds"} == DURATIONS
    assert DURATIONS < MEASURES


UNLIMITED = settings(deadline=None)  # machines differ
LANGUAGES = st.sampled_from([None, "", "en", "fr", "it", "ru", "ar", "zh-Hant", "ja", "th", "tr", "sw", "xx", "-"])
PIECES = st.sampled_from(["40", "$", "€", " ", "-", "m", "km", "metres", "часов", "米", "ha", "İ", "\u0301", "\u064b"])


@UNLIMITED
@given(
    text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=10).map("".join)),
    end=st.integers(0, 70),
    language=LANGUAGES,
)
@example(text="", end=0, language="zh")
@example(text="40m", end=2, language="en")
def test_any_text_has_a_known_unit_or_none(text: str, end: int, language: str | None) -> None:
    assert unit_behind(text, end, language) in {None, *MEASURES}
    assert measure_named(text, language) in {None, *MEASURES}


@settings(deadline=None, max_examples=30)
@given(st.one_of(LANGUAGES, st.text(max_size=12)))
def test_any_language_tag_will_do(language: str | None) -> None:
    assert unit_behind("40 metres", 2, language) == "m"
