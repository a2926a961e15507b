"""Marks: what a sentence holds that can be compared, in eight languages, and what looks like it but is none."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.marks import ABOUT, AT_LEAST, EXACTLY, LESS_THAN, MORE_THAN, PUBLISHED, VAGUE, Told, told

from summarizer.marks import find_marks
from summarizer.schemas import DateValue, Qualifier, Quantity

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


def test_a_time_stands_on_the_day_of_publication() -> None:
    (dated,) = find_marks("The pier closed at 9.30 a.m.", "en", PUBLISHED)
    (undated,) = find_marks("The pier closed at 9.30 a.m.", "en", None)
    assert isinstance(dated.value, DateValue)
    assert isinstance(undated.value, DateValue)
    assert (dated.value.edtf, undated.value.edtf) == (PUBLISHED, "..")


# --- words for one and several ---


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("en", "Several people were injured.", "Several"),
        ("en", "Police said several were arrested.", "several"),
        ("en", "A few people were killed.", "few"),
        ("fr", "Plusieurs personnes ont été blessées.", "Plusieurs"),
        ("es", "Varias personas resultaron heridas.", "Varias"),
        ("de", "Mehrere Menschen wurden verletzt.", "Mehrere"),
        ("it", "Diverse persone sono rimaste ferite.", "Diverse"),
        ("pt", "Várias pessoas ficaram feridas.", "Várias"),
        ("ru", "Несколько человек погибли.", "Несколько"),
        ("ar", "قُتل عدة أشخاص.", "عدة"),
    ],
)
def test_several_casualties_are_a_mark(language: str, sentence: str, word: str) -> None:
    (mark,) = find_marks(sentence, language, PUBLISHED)
    assert isinstance(mark.value, Quantity)
    assert (mark.text, mark.value.qualifier) == (word, VAGUE)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Several roads were closed."),
        ("en", "A few houses burned."),
        ("en", "Several crates of rope, some next to the injured, were wet."),
        ("fr", "Plusieurs routes ont été fermées."),
        ("es", "Varias calles fueron cortadas."),
        ("de", "Mehrere Straßen wurden gesperrt."),
        ("it", "Diverse strade sono state chiuse."),
        ("pt", "Várias ruas foram fechadas."),
        ("ru", "Несколько дорог закрыты."),
    ],
)
def test_several_of_anything_else_are_none(language: str, sentence: str) -> None:
    assert find_marks(sentence, language, PUBLISHED) == []


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("en", "PORT SOREL (Wire) – One person was killed in the landslide.", "One"),
        ("en", "PORT SOREL (Wire) - One person was killed in the landslide.", "One"),
        ("en", "PORT SOREL: One person was killed.", "One"),
        ("fr", "PORT SOREL (Fil) – Une personne a été tuée.", "Une"),
        ("es", "PORT SOREL — Una persona resultó herida.", "Una"),
        ("de", "PORT SOREL (Draht) – Ein Mensch wurde getötet.", "Ein"),
        ("it", "PORT SOREL (Filo) – Una persona è stata uccisa.", "Una"),
    ],
)
def test_one_opens_a_sentence_behind_its_dateline(language: str, sentence: str, word: str) -> None:
    (mark,) = find_marks(sentence, language, PUBLISHED)
    assert told(mark) == (word, 1, EXACTLY, None)


def test_one_with_a_capital_inside_a_clause_is_a_name() -> None:
    assert find_marks("The yacht Player One killed a swimmer.", "en", PUBLISHED) == []


# --- numbers that are names ---


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The bus crashed on the A6 near Velden."),
        ("en", "The wreck of U96 lies there."),
        ("en", "The pilot of flight no. 12 was late."),
        ("en", "The fire began in room #12."),
        ("en", "Image 2 of 9"),
        ("en", "See photo 2 of 9 below."),
        ("en", "Police cordoned off the 3800 block of Elm Street."),
        ("en", "A man at 214 Elm Street heard it."),
        ("en", "“We had [12] lifeboats,” he said."),
        ("fr", "L'accident a eu lieu sur l'A6."),
        ("fr", "Le vol n° 12 était en retard."),
        ("es", "El vuelo n.º 12 llegó tarde."),
        ("es", "El vuelo núm. 12 llegó tarde."),
        ("pt", "O voo n.º 12 atrasou."),
        ("it", "Il volo n. 12 era in ritardo."),
        ("fr", "Photo 3 sur 9"),
        ("es", "Imagen 3 de 9"),
        ("it", "Immagine 3 di 9"),
        ("de", "Der Bus verunglückte auf der A6."),
        ("de", "Das Foto 3 zeigt den Kai."),
        ("de", "Der Flug Nr. 12 war verspätet."),
        ("ru", "Рейс № 12 опоздал."),
        ("zh", "公路A6上发生车祸。"),
    ],
)
def test_labels_are_no_marks(language: str, sentence: str) -> None:
    assert find_marks(sentence, language, PUBLISHED) == []


@pytest.mark.parametrize(
    ("language", "sentence", "number"),
    [
        ("en", "“We had 12 lifeboats,” he said.", "12"),
        ("en", "“The [old] boats held 12 sailors,” he said.", "12"),
        ("en", "It is 3800 blocks away.", "3800"),
        ("en", "The photo shows 12 boats.", "12"),
        ("en", "It cost USD250 million.", "250 million"),
    ],
)
def test_what_looks_like_a_label_is_a_mark(language: str, sentence: str, number: str) -> None:
    assert [mark.text for mark in find_marks(sentence, language, PUBLISHED)] == [number]


@pytest.mark.parametrize(
    ("language", "sentence", "number"),
    [
        ("it", "Almeno 14 marinai sono morti.", "14"),
        ("it", "I morti sono 14.", "14"),
        ("it", "Erano 300 i passeggeri.", "300"),
        ("es", "Los muertos no son 15, no 12 como se dijo.", "12"),
        ("en", "Outside the casino 12 boats burned.", "12"),
    ],
)
def test_a_word_in_no_names_no_number(language: str, sentence: str, number: str) -> None:
    assert number in [mark.text for mark in find_marks(sentence, language, PUBLISHED)]


# --- what holds for all ---

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
