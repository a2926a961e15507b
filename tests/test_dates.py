"""Dates in news text: found to the letter, placed by the publication date, written as EDTF."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date, get_day_names
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.schemas.edtf import check_edtf
from summarizer.text.dates import (
    DateMention,
    days_between,
    find_dateline,
    find_dates,
    order,
    parse_published,
    same_time,
    to_edtf,
)

LANGUAGES = ["en", "fr", "es", "it", "de", "pt", "nl", "ru", "uk", "pl", "tr", "ar", "zh", "ja"]
FRIDAY = "2024-12-20"
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
EDTFS = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda d: d.isoformat()[:7]),
    DAYS.map(lambda d: d.isoformat()[:4]),
    DAYS.map(lambda d: f"{d.isoformat()}~"),
    DAYS.map(lambda d: f"{d.isoformat()[:7]}~"),
    DAYS.map(lambda d: f"XXXX{d.isoformat()[4:]}"),
    DAYS.map(lambda d: f"{d.isoformat()[:7]}/.."),
    st.tuples(DAYS, DAYS).map(lambda pair: f"{min(pair)}/{max(pair)}"),
)


def found(text: str, language: str | None = "en", published: str | None = FRIDAY) -> list[tuple[str, str]]:
    return [(mention.text, mention.edtf) for mention in find_dates(text, language, published)]


def one(text: str, language: str | None = "en", published: str | None = FRIDAY) -> DateMention:
    mentions = find_dates(text, language, published)
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize("style", ["medium", "long", "full"])
@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)
@given(day=DAYS)
def test_every_date_as_cldr_writes_it_is_found_whole(language: str, style: str, day: date) -> None:
    written = format_date(day, style, locale=language)
    mention = one(f"({written})", language)
    assert (mention.text, mention.edtf, mention.relative) == (written, day.isoformat(), False)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)
@given(published=DAYS, weekday=st.integers(0, 6))
def test_a_weekday_is_the_latest_one_up_to_the_publication(language: str, published: date, weekday: int) -> None:
    name = get_day_names("wide", "stand-alone", locale=language)[weekday]
    if (language, name) in {("ru", "среда"), ("uk", "середа"), ("tr", "Pazar")}:
        name = {"среда": "среду", "середа": "середу", "Pazar": "Pazar günü"}[name]
    mention = one(f"{name}.", language, published.isoformat())
    day = date.fromisoformat(mention.edtf)
    assert timedelta(0) <= published - day < timedelta(7)
    assert day.weekday() == weekday
    assert mention.relative


@settings(deadline=None)
@given(
    text=st.text(),
    language=st.sampled_from([*LANGUAGES, "xx", "el", None]),
    published=st.sampled_from([None, FRIDAY, "2024-12", "2024", "nonsense"]),
)
def test_any_text_is_survived(text: str, language: str | None, published: str | None) -> None:
    for mention in find_dates(text, language, published):
        assert text[mention.start : mention.end] == mention.text
        check_edtf(mention.edtf)
    find_dateline(text, language, published)
    to_edtf(text, language, published)


PIECES = {
    "en": [
        "on",
        "in",
        "since",
        "17",
        "3",
        "2024",
        "May",
        "December",
        "Saturday",
        "last",
        "week",
        "to",
        "two days ago",
        "mid",
        "-",
        ",",
        "/",
        ".",
        "will",
    ],
    "de": [
        "am",
        "im",
        "seit",
        "17.",
        "3.",
        "2024",
        "Mai",
        "Dezember",
        "Samstag",
        "letzten",
        "Woche",
        "bis",
        "vor zwei Tagen",
        "Mitte",
        "-",
        ",",
    ],
    "ru": [
        "в",
        "с",
        "17",
        "2024 года",
        "мая",
        "декабре",
        "субботу",
        "прошлого года",
        "по",
        "два дня назад",
        "начале",
        "-",
        ",",
    ],
    "ja": ["17日", "12月", "2024年", "昨年", "土曜日", "先週", "から", "3日前", "初め", "、", "（火）"],
}


@pytest.mark.parametrize("language", PIECES)
@settings(deadline=None)
@given(
    data=st.data(),
    published=st.sampled_from([None, FRIDAY, "2024-02-29", "0001-01-01", "9999-12-31", "2024-12", "2024"]),
)
def test_scrambled_dates_give_valid_ordered_mentions(language: str, data: st.DataObject, published: str | None) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(PIECES[language]), max_size=14)))
    end = 0
    for mention in find_dates(text, language, published):
        assert mention.start >= end
        end = mention.end
        assert text[mention.start : mention.end] == mention.text
        check_edtf(mention.edtf)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "He died on Dec. 5.", [("Dec. 5", "2024-12-05")]),
        ("en", "killed 30 JUN 89 IN THE CITY", [("30 JUN 89", "1989-06-30")]),
        ("en", "ON JULY 5 AND ON 3 MAY.", [("JULY 5", "2024-07-05"), ("3 MAY", "2024-05-03")]),
        (
            "en",
            "17/12/2024, 12/17/2024 and 17.12.2024",
            [(t, "2024-12-17") for t in ("17/12/2024", "12/17/2024", "17.12.2024")],
        ),
        ("en-US", "on 03/04/2024", [("03/04/2024", "2024-03-04")]),
        ("en-GB", "on 03/04/2024", [("03/04/2024", "2024-04-03")]),
        ("en", "on 03/04/2024", [("03/04/2024", "2024")]),
        (
            "en",
            "in 2024, since 2022, 2024 soldiers, 1990s",
            [("2024", "2024"), ("2022", "2022"), ("1990s", "1990/1999")],
        ),
        ("en", "at least 5 may have died; he sat 5 metres away; they march 20 miles", []),
        ("en", "May said so. In May she left. March on!", [("May", "2024-05")]),
        ("en", "In December 17 people drowned.", [("December", "2024-12")]),
        (
            "en",
            "mid-December, early May, at the beginning of June",
            [("mid-December", "2024-12~"), ("early May", "2024-05~"), ("beginning of June", "2024-06~")],
        ),
        ("en", "late November 2023; late 2023", [("late November 2023", "2023-11~"), ("late 2023", "2023~")]),
        ("en", "last December, next April", [("last December", "2023-12"), ("next April", "2025-04")]),
        (
            "en",
            "yesterday evening, tonight, last night",
            [("yesterday evening", "2024-12-19"), ("tonight", "2024-12-20"), ("last night", "2024-12-19")],
        ),
        (
            "en",
            "last week, last month, last year",
            [("last week", "2024-12-09/2024-12-15"), ("last month", "2024-11"), ("last year", "2023")],
        ),
        ("en", "three days ago, two weeks ago", [("three days ago", "2024-12-17"), ("two weeks ago", "2024-12-06~")]),
        ("en", "earlier this week", [("earlier this week", "2024-12-16/2024-12-20")]),
        ("en", "from 3 to 5 May", [("3 to 5 May", "2024-05-03/2024-05-05")]),
        ("en", "between March and June 2024", [("March and June 2024", "2024-03/2024-06")]),
        ("en", "from December to February 2024", [("December to February 2024", "2023-12/2024-02")]),
        ("en", "May 3-5, 2023", [("May 3-5, 2023", "2023-05-03/2023-05-05")]),
        ("en", "December of last year", [("December of last year", "2023-12")]),
        ("en", "Monday of last week", [("Monday of last week", "2024-12-09")]),
        ("en", "Saturday 4 January", [("Saturday 4 January", "2025-01-04")]),
        ("fr", "depuis le 3 mai, jusqu’au 5 mai", [("3 mai", "2024-05-03"), ("5 mai", "2024-05-05")]),
        ("zh", "2023年3月至6月，2024年中国", [("2023年3月至6月", "2023-03/2023-06"), ("2024年", "2024")]),
        (
            "ru",
            "неделю назад, с марта по июнь 2024 года",
            [("неделю назад", "2024-12-13"), ("марта по июнь 2024 года", "2024-03/2024-06")],
        ),
        ("ko", "2024년 12월 17일 화요일, 어제", [("2024년 12월 17일 화요일", "2024-12-17"), ("어제", "2024-12-19")]),
        ("sv", "den 17 december 2024, i går", [("17 december 2024", "2024-12-17"), ("i går", "2024-12-19")]),
        ("fr", "du 3 au 5 mai 2024", [("3 au 5 mai 2024", "2024-05-03/2024-05-05")]),
        ("fr", "le 1er décembre, fin novembre", [("1er décembre", "2024-12-01"), ("fin novembre", "2024-11~")]),
        ("fr", "LE 17 DECEMBRE 2024", [("17 DECEMBRE 2024", "2024-12-17")]),
        ("fr", "samedi 5 personnes; mardi 17, il neigeait", [("samedi", "2024-12-14"), ("mardi 17", "2024-12-17")]),
        (
            "fr",
            "il y a deux jours, l'an dernier, hier soir",
            [("il y a deux jours", "2024-12-18"), ("l'an dernier", "2023"), ("hier soir", "2024-12-19")],
        ),
        (
            "es",
            "el pasado sábado por la noche; mañana; por la mañana",
            [("pasado sábado por la noche", "2024-12-14"), ("mañana", "2024-12-21")],
        ),
        ("es", "hace tres días, en enero de 2024", [("hace tres días", "2024-12-17"), ("enero de 2024", "2024-01")]),
        ("it", "sabato scorso, due giorni fa", [("sabato scorso", "2024-12-14"), ("due giorni fa", "2024-12-18")]),
        ("de", "den 17. Dezember; am Samstagabend", [("17. Dezember", "2024-12-17"), ("Samstagabend", "2024-12-14")]),
        ("de", "am Morgen; morgen; vor zwei Tagen", [("morgen", "2024-12-21"), ("vor zwei Tagen", "2024-12-18")]),
        (
            "de",
            "Dezember letzten Jahres, Montag letzter Woche",
            [("Dezember letzten Jahres", "2023-12"), ("Montag letzter Woche", "2024-12-09")],
        ),
        ("pt", "nesta terça-feira (17), pela segunda vez", [("terça-feira (17)", "2024-12-17")]),
        (
            "nl",
            "zaterdagavond, twee dagen geleden",
            [("zaterdagavond", "2024-12-14"), ("twee dagen geleden", "2024-12-18")],
        ),
        ("ru", "в субботу, в декабре прошлого года", [("субботу", "2024-12-14"), ("декабре прошлого года", "2023-12")]),
        ("uk", "у суботу, два дні тому, серед людей", [("суботу", "2024-12-14"), ("два дні тому", "2024-12-18")]),
        (
            "pl",
            "w sobotę, w grudniu, dwa dni temu",
            [("sobotę", "2024-12-14"), ("grudniu", "2024-12"), ("dwa dni temu", "2024-12-18")],
        ),
        (
            "tr",
            "geçen Cumartesi; 17 Aralık'ta, iki gün önce",
            [("geçen Cumartesi", "2024-12-14"), ("17 Aralık", "2024-12-17"), ("iki gün önce", "2024-12-18")],
        ),
        (
            "ar",
            "يوم السبت الماضي، أمس، في كانون الأول",
            [("السبت الماضي", "2024-12-14"), ("أمس", "2024-12-19"), ("كانون الأول", "2024-12")],
        ),
        ("ar", "١٧ ديسمبر ٢٠٢٤", [("١٧ ديسمبر ٢٠٢٤", "2024-12-17")]),
        (
            "zh",
            "12月17日，上周六，去年12月，三天前",
            [("12月17日", "2024-12-17"), ("上周六", "2024-12-14"), ("去年12月", "2023-12"), ("三天前", "2024-12-17")],
        ),
        (
            "ja",
            "17日、先週の土曜日、3日間、12月初め",
            [("17日", "2024-12-17"), ("先週の土曜日", "2024-12-14"), ("12月初め", "2024-12~")],
        ),
        (None, "2024-12-17 and 3 May", [("2024-12-17", "2024-12-17"), ("3 May", "2024-05-03")]),
    ],
)
def test_dates_as_the_press_writes_them(language: str | None, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


def test_news_looks_back_unless_it_says_otherwise() -> None:
    assert found("They met on 3 February.") == [("3 February", "2024-02-03")]
    assert found("The vote will be held on 3 February.") == [("3 February", "2025-02-03")]
    assert found("On 3 January, voters will decide.") == [("3 January", "2025-01-03")]
    assert found("The army said on 3 December it will withdraw.") == [("3 December", "2024-12-03")]
    assert found("The council will meet on Tuesday.") == [("Tuesday", "2024-12-24")]
    assert found("He will resign, his office said on Tuesday.") == [("Tuesday", "2024-12-17")]
    assert found("Le procès s'ouvrira le 7 janvier.", "fr") == [("7 janvier", "2025-01-07")]


@pytest.mark.parametrize(
    ("published", "day"), [("2024-12-21", "2024-12-21"), ("2024-12-22", "2024-12-21"), ("2024-12-20", "2024-12-14")]
)
def test_on_saturday_depends_on_the_day_of_publication(published: str, day: str) -> None:
    assert found("on Saturday", published=published) == [("Saturday", day)]


def test_next_saturday_lies_ahead() -> None:
    assert found("next Saturday", published="2024-12-21") == [("next Saturday", "2024-12-28")]


def test_without_publication_nothing_is_made_up() -> None:
    assert found("on Saturday, yesterday, last week, three days ago", published=None) == []
    assert found("on 17 December, in April", published=None) == [("17 December", "XXXX-12-17"), ("April", "XXXX-04")]
    mention = one("mid-December", published=None)
    assert (mention.edtf, mention.approximate) == ("XXXX-12", True)


def test_a_published_month_or_year_resolves_what_it_can() -> None:
    assert found("in April, on Saturday, last month", published="2024-08") == [
        ("April", "2024-04"),
        ("last month", "2024-07"),
    ]
    assert found("in April, last year, last month", published="2024") == [("April", "2024-04"), ("last year", "2023")]


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "since 2022", "since"),
        ("fr", "depuis 2022", "since"),
        ("de", "seit 2022", "since"),
        ("es", "desde 2022", "since"),
        ("ru", "с 2022 года", "since"),
        ("tr", "2022'den beri", "since"),
        ("zh", "2022年以来", "since"),
        ("ar", "منذ 2022", "since"),
        ("en", "until Saturday", "until"),
        ("de", "bis 3. Mai", "until"),
        ("en", "by December", "until"),
        ("en", "in 2022", "point"),
        ("en", "from 3 to 5 May", "span"),
    ],
)
def test_roles(language: str, text: str, role: str) -> None:
    assert one(text, language).role == role


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "SAN PABLO, 31 OCT 89 (AGENCIA) -- [TEXT] THREE PEOPLE", "1989-10-31"),
        ("en", "ROME, Dec 17 (Agency) - A bridge", "XXXX-12-17"),
        ("en", "Surabaya, 4 January 2009 - Rescuers", "2009-01-04"),
        ("es", "QUITO, 5 Jul (Agencia).- El volcán", "XXXX-07-05"),
        ("fr", "LYON, 17 décembre 2024 (Agence) - Un pont", "2024-12-17"),
        ("zh", "某社北京12月17日电 记者", "XXXX-12-17"),
        ("en", "The mayor died on 4 January 2009 - he was 80", None),
        ("en", "A quiet town. " * 20 + "ROME, Dec 17 (Agency) -", None),
    ],
)
def test_datelines(language: str, text: str, expected: str | None) -> None:
    mention = find_dateline(text, language, None)
    assert (mention.edtf if mention else None) == expected
    assert mention is None or text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("answer", "language", "expected"),
    [
        ("17 December 2024", "en", "2024-12-17"),
        ("on Saturday", "en", "2024-12-14"),
        ("in April", "en", "2024-04"),
        ("May", "en", "2024-05"),
        ("late November 2024", "en", "2024-11~"),
        ("2024", "en", "2024"),
        ("2024-12~", "en", "2024-12~"),
        ("since 2022", "en", "2022/.."),
        ("until March 2025", "fr", "../2025-03"),
        ("December 17", "fr", "2024-12-17"),
        ("around 17 December", "en", "2024-12-17~"),
        ("three people", "en", None),
        ("between 3 and 5 May", "en", "2024-05-03/2024-05-05"),
        ("3 May or 9 June", "en", None),
        ("2024-99", "en", None),
    ],
)
def test_answers_as_edtf(answer: str, language: str, expected: str | None) -> None:
    assert to_edtf(answer, language, FRIDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2025-08-22",
        "22 Aug 2025",
        "2025-08-22T10:00:00Z",
        "2025-08-22T23:30:00-05:00",
        "Fri, 22 Aug 2025 10:00:00 +0200",
        "August 22, 2025",
        "22 août 2025",
        "22. August 2025",
        "22 августа 2025",
        "2025年8月22日",
        "20250822",
        "22/08/2025",
        "22.08.2025",
    ],
)
def test_publication_dates_as_users_write_them(text: str) -> None:
    assert parse_published(text) == "2025-08-22"


@pytest.mark.parametrize(("text", "edtf"), [("2025", "2025"), ("2025-08", "2025-08"), ("Aug 2025", "2025-08")])
def test_a_publication_date_may_be_a_month_or_year(text: str, edtf: str) -> None:
    assert parse_published(text) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "03/04/2025",
        "2025-13-40",
        "2025-02-30",
        "12 March",
        "2024/2025",
        "soon 2025-08-22 or so 2025-08-23",
    ],
)
def test_doubtful_publication_dates_say_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        parse_published(text)


@settings(deadline=None)
@given(st.text() | st.text("0123456789-/.:TZ~ ", min_size=4, max_size=12))
def test_publication_dates_fail_only_with_value_error(text: str) -> None:
    try:
        edtf = parse_published(text)
    except ValueError as error:
        edtf = str(error)[-10:]  # the example that the message gives
    assert check_edtf(edtf) == edtf
    assert "X" not in edtf


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("2024-12", "2024-12-17", True),
        ("2024", "2024-12", True),
        ("2024-12-17", "2024-12-18", False),
        ("2024-12~", "2024-11", True),
        ("2024-12~", "2024-10", False),
        ("2024-12-17~", "2024-12-19", True),
        ("2024-12-17~", "2024-12-20", False),
        ("XXXX-12-17", "2024-12-17", True),
        ("XXXX-12-17", "2024-12", True),
        ("XXXX-12-17", "2024-11-17", False),
        ("XXXX-12", "XXXX-12-03", True),
        ("XXXX-02-29", "2023", False),
        ("2024-12/..", "2025-01", True),
        ("..", "2024", False),
        ("..", "..", True),
        ("2024-05-03/2024-05-05", "2024-05-04", True),
    ],
)
def test_same_time(a: str, b: str, same: bool) -> None:
    assert same_time(a, b) is same
    assert same_time(b, a) is same


@example("2024-12-17~", "2024-12-20")
@settings(deadline=None)
@given(EDTFS, EDTFS)
def test_order_is_antisymmetric_and_agrees_with_the_rest(a: str, b: str) -> None:
    forth, back = order(a, b), order(b, a)
    assert (forth is None) == (back is None)
    assert forth is None or back is None or forth == -back
    days, reverse = days_between(a, b), days_between(b, a)
    assert (days is None) == (forth is None)
    assert days is None or reverse is None or days == -reverse
    assert not (forth and same_time(a, b))
    if forth == -1:
        assert days is not None
        assert days > 0


def test_order_and_days_between() -> None:
    assert order("2024-12", "2025-08-22") == -1
    assert order("2025-01", "2024-12-31") == 1
    assert order("2024-12", "2024-12-17") == 0
    assert order("XXXX-12", "2024-11") is None
    assert order("..", "2024") is None
    assert days_between("2024-12-17", "2025-01-01") == 15
    assert days_between("2025-01-01", "2024-12-17") == -15
    assert days_between("2024-12", "2024-12-17") == 0
    assert days_between("XXXX-12", "2024") is None
