"""Marks: what a sentence holds that can be compared, in eight languages, and what looks like it but is none."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.marks import Mark, find_marks
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


SENTENCES: list[tuple[str, str, list[Told]]] = [
    (
        "en",
        "At least 37 sailors were killed and some 1,200 passengers were rescued at 9:42 p.m., the navy confirmed.",
        [
            ("37", 37, AT_LEAST, None),
            ("1,200", 1200, ABOUT, None),
            ("9:42 p.m.", "21:42", False),
            ("confirmed", "yes"),
        ],
    ),
    (
        "en",
        "Norvik neither confirmed nor denied that fewer than 20 percent of the lifeboats worked.",
        [("neither confirmed nor denied", "uncommitted"), ("20", 20, LESS_THAN, "percent")],
    ),
    ("en", "Repairs will cost more than 4.5 million euros.", [("4.5 million", 4_500_000, MORE_THAN, "EUR")]),
    ("en", "Dozens of boats joined the search.", [("Dozens", 24, VAGUE, None)]),
    ("en", "One sailor was killed.", [("One", 1, EXACTLY, None)]),
    (
        "fr",
        "Au moins 14 marins sont morts et environ 1 250 passagers ont été évacués vers 21 h 45, selon la préfecture.",
        [("14", 14, AT_LEAST, None), ("1 250", 1250, ABOUT, None), ("21 h 45", "21:45", True)],
    ),
    (
        "fr",
        "La compagnie n'a ni confirmé ni démenti que 30 % des gilets manquaient.",
        [("n'a ni confirmé ni démenti", "uncommitted"), ("30", 30, EXACTLY, "percent")],
    ),
    (
        "es",
        "Más de 2.300 vecinos salieron a la calle a las 18.30 horas y la alcaldesa desmintió que hubiera heridos.",
        [("2.300", 2300, MORE_THAN, None), ("18.30 horas", "18:30", False), ("desmintió", "no")],
    ),
    (
        "de",
        "Rund 3.400 Menschen kamen um 20.15 Uhr auf den Platz; der Minister bestritt, dass jemand fehlt.",
        [("3.400", 3400, ABOUT, None), ("20.15 Uhr", "20:15", False), ("bestritt", "no")],
    ),
    (
        "it",
        "Circa 800 operai hanno scioperato dalle 6.30; l'azienda ha smentito la chiusura.",
        [("800", 800, ABOUT, None), ("6.30", "06:30", False), ("ha smentito", "no")],
    ),
    (
        "ru",
        "Не менее 17 рыбаков погибли, около 2500 человек эвакуированы в 14:20; министерство подтвердило аварию.",
        [
            ("17", 17, AT_LEAST, None),
            ("2500", 2500, ABOUT, None),
            ("14:20", "14:20", False),
            ("подтвердило", "yes"),
        ],
    ),
    (
        "ar",
        "قُتل ما لا يقل عن 45 صيادا وأصيب نحو 120 آخرين، ونفت الوزارة وقوع انفجار.",
        [("45", 45, AT_LEAST, None), ("120", 120, ABOUT, None), ("نفت", "no")],
    ),
    (
        "zh",
        "至少23名渔民死亡，约1500人在晚上9点30分撤离，公司否认发生爆炸。",
        [("23", 23, AT_LEAST, None), ("1500", 1500, ABOUT, None), ("晚上9点30分", "21:30", False), ("否认", "no")],
    ),
    ("zh", "警方既未证实也未否认。", [("既未证实也未否认", "uncommitted")]),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), SENTENCES)
def test_finds_figures_with_hedges_times_and_stances(language: str, sentence: str, expected: list[Told]) -> None:
    assert [told(mark) for mark in find_marks(sentence, language, PUBLISHED)] == expected


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "On 3 May 2031 the second ferry, one of the oldest in the bay, sank at the 4th pier."),
        ("en", "It was the deadliest fire since 1998."),
        ("en", "One would think that nobody had seen the smoke."),
        ("en", "Nobody had counted the passengers of the Boeing 737."),
        ("fr", "Le 3 mai 2031, un ferry a coulé au premier quai."),
        ("es", "El 4 de junio de 2030 una barca volcó junto al segundo muelle."),
        ("de", "Am 3. Mai 2031 brannte ein Schiff am zweiten Kai."),
        ("it", "Il 2 giugno 2030 una nave è affondata."),
        ("ru", "3 мая 2031 года одно судно затонуло."),
        ("ar", "في 3 مايو 2031 غرقت سفينة."),
        ("zh", "2031年5月3日，一艘渡轮沉没。"),
    ],
)
def test_dates_years_ranks_and_articles_are_no_marks(language: str, sentence: str) -> None:
    assert find_marks(sentence, language, PUBLISHED) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "They counted 300 to 400 people on board."),
        ("fr", "Ils étaient 300 à 400 à bord."),
        ("de", "An Bord waren 300 bis 400 Menschen."),
    ],
)
def test_a_range_is_one_mark(language: str, sentence: str) -> None:
    (mark,) = find_marks(sentence, language, PUBLISHED)
    assert isinstance(mark.value, Quantity)
    assert (mark.value.low, mark.value.high, mark.value.qualifier) == (300, 400, Qualifier.BETWEEN)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Between 300 and 400 people were on board."),
        ("fr", "Entre 300 et 400 personnes étaient à bord."),
        ("de", "Zwischen 300 und 400 Menschen waren an Bord."),
    ],
)
def test_a_range_with_between_is_one_mark(language: str, sentence: str) -> None:
    values = [mark.value for mark in find_marks(sentence, language, PUBLISHED)]
    assert [(v.low, v.high, v.qualifier) for v in values if isinstance(v, Quantity)] == [(300, 400, Qualifier.BETWEEN)]


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


def test_a_time_stands_on_the_day_of_publication() -> None:
    (dated,) = find_marks("The pier closed at 9.30 a.m.", "en", PUBLISHED)
    (undated,) = find_marks("The pier closed at 9.30 a.m.", "en", None)
    assert isinstance(dated.value, DateValue)
    assert isinstance(undated.value, DateValue)
    assert (dated.value.edtf, undated.value.edtf) == (PUBLISHED, "..")


UNLIMITED = settings(deadline=None)  # machines differ
PIECES = st.sampled_from(
    [
        "37",
        "1,200",
        "12 300",
        "about ",
        "vers ",
        "21 h 45",
        "9:42",
        " p.m.",
        "½",
        "²",
        "٤٥",
        "二十",
        "no ",
        "confirmed",
        "nor ",
        "denied",
        "%",
        "€",
        " - ",
        "to ",
        "2031",
        "May ",
        "one ",
        "dozens ",
        "тысяч ",
        "\u202f",
        "\u0301",
        ".",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))
LANGUAGES = st.sampled_from([None, "en", "fr", "es", "de", "it", "ru", "ar", "zh-Hant", "ja", "tr", "sw", "xx"])


@UNLIMITED
@given(sentence=TEXTS, language=LANGUAGES, published=st.sampled_from([None, PUBLISHED, "2031-05", "XXXX-12"]))
@example(sentence="İ37 ŉ 1,200 \u0345", language="tr", published=None)
def test_offsets_are_exact_for_any_text(sentence: str, language: str | None, published: str | None) -> None:
    marks = find_marks(sentence, language, published)
    assert all(sentence[mark.start : mark.end] == mark.text and mark.text for mark in marks)
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)
