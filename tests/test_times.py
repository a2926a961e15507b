"""Clock times in news text: found to the letter, read on the 24-hour clock."""

import re

import pytest
from babel.dates import format_time
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.text.times import find_times, same_clock

LANGUAGES = ["en", "fr", "es", "it", "de", "pt", "nl", "ru", "uk", "pl", "tr", "ar", "zh", "ja", "xx", None]
CLOCKS = st.times().map(lambda t: f"{t:%H:%M}")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "at 9:42 a.m. he left", [("9:42 a.m.", "09:42", False)]),
        ("en", "9.42 am or 6am", [("9.42 am", "09:42", False), ("6am", "06:00", False)]),
        ("en", "at 1353, then at 13:53 GMT", [("1353", "13:53", False), ("13:53", "13:53", False)]),
        ("en", "noon and midnight", [("noon", "12:00", False), ("midnight", "00:00", False)]),
        (
            "en",
            "12 a.m., 12:30 p.m., 1 p.m.",
            [("12 a.m.", "00:00", False), ("12:30 p.m.", "12:30", False), ("1 p.m.", "13:00", False)],
        ),
        ("en", "about 10:15; shortly after 7 a.m.", [("10:15", "10:15", True), ("7 a.m.", "07:00", True)]),
        ("en", "at 9:42", [("9:42", "09:42", False)]),
        ("en", "3.5 pm, won 3:2, in 1945, $10.15, shares at 9.42, 25:70, at 1200 feet", []),
        (
            "fr",
            "à 9h42, vers 21 h 30, à 21 heures",
            [("9h42", "09:42", False), ("21 h 30", "21:30", True), ("21 heures", "21:00", False)],
        ),
        ("fr", "pendant 24 heures, cet après-midi, à midi", [("midi", "12:00", False)]),
        (
            "fr",
            "9 heures du matin, 8 heures du soir",
            [("9 heures du matin", "09:00", False), ("8 heures du soir", "20:00", False)],
        ),
        ("de", "um 21.30 Uhr, gegen 9 Uhr", [("21.30 Uhr", "21:30", False), ("9 Uhr", "09:00", True)]),
        ("es", "a las 9:42; a las 9 de la noche", [("9:42", "09:42", False), ("9 de la noche", "21:00", False)]),
        ("it", "alle 21.30, alle ore 9.42", [("21.30", "21:30", False), ("9.42", "09:42", False)]),
        ("pt", "às 21h30, às 9 da noite", [("21h30", "21:30", False), ("9 da noite", "21:00", False)]),
        ("ru", "около 9 утра, в 9 часов вечера", [("9 утра", "09:00", True), ("9 часов вечера", "21:00", False)]),
        ("ar", "الساعة ٩:٤٢ صباحا", [("٩:٤٢ صباحا", "09:42", False)]),
        ("ar", "٩:٤٢", [("٩:٤٢", "09:42", False)]),
        ("zh", "下午3点20分，晚上9点半，3点建议", [("下午3点20分", "15:20", False), ("晚上9点半", "21:30", False)]),
        (
            "ja",
            "9時42分、午後9時42分、午前10時ごろ、9時間",
            [("9時42分", "09:42", False), ("午後9時42分", "21:42", False), ("午前10時", "10:00", True)],
        ),
    ],
)
def test_times_as_the_press_writes_them(language: str, text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(m.text, m.time, m.approximate) for m in find_times(text, language)] == expected


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "de", "pt", "nl", "ru", "uk", "pl", "tr", "zh", "ja"])
@settings(deadline=None)
@given(moment=st.times())
def test_every_time_as_cldr_writes_it_is_found(language: str, moment: object) -> None:
    written = format_time(moment, "short", locale=language)  # type: ignore[arg-type]
    mentions = find_times(f"({written})", language)
    assert [m.time for m in mentions] == [f"{moment:%H:%M}"]


@settings(deadline=None)
@given(text=st.text(), language=st.sampled_from(LANGUAGES))
def test_any_text_is_survived(text: str, language: str | None) -> None:
    end = 0
    for mention in find_times(text, language):
        assert mention.start >= end
        end = mention.end
        assert text[mention.start : mention.end] == mention.text
        assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", mention.time)


@settings(deadline=None)
@given(a=CLOCKS, b=CLOCKS, approximate=st.booleans())
def test_same_clock_is_symmetric_and_wider_when_approximate(a: str, b: str, approximate: bool) -> None:
    assert same_clock(a, b, approximate) == same_clock(b, a, approximate)
    assert same_clock(a, a, approximate)
    assert not same_clock(a, b, False) or same_clock(a, b, True)


def test_same_clock() -> None:
    assert same_clock("09:42", "09:45", True)
    assert not same_clock("09:42", "09:45", False)
    assert not same_clock("09:42", "09:48", True)
    assert same_clock("23:58", "00:01", True)
    assert same_clock("9:42", "09:42", False)
    assert not same_clock("noon", "12:00", True)
