"""Sentences and windows: offsets, coverage, what ends a sentence and what does not, what is worth asking."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.sentences import MAX_SENTENCE, Sentence, split, windows, worth_asking

LANGUAGES = [None, "en", "fr", "de", "ar", "zh", "ja", "ru", "hi", "th", "pt-BR", "zh-Hant", "xx", "nn"]
PROSE = st.text(
    alphabet=st.sampled_from("aéZÉ漢ひم😀ß5٣ .!?…。؟।\n\r\t\u00a0\u3000\u2028\u0085\u200b\"'“”«»「」()[]#-*:,")
)


def texts(text: str, language: str | None = "en") -> list[str]:
    return [sentence.text for sentence in split(text, language)]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), PROSE), st.sampled_from(LANGUAGES))
def test_sentences_are_slices_in_order_and_cover_all_but_white_space(text: str, language: str | None) -> None:
    sentences = split(text, language)
    end = 0
    for number, sentence in enumerate(sentences, 1):
        assert sentence.number == number
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.start >= end
        assert sentence.text
        assert sentence.text.strip() == sentence.text
        assert len(sentence.text) <= MAX_SENTENCE
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


@settings(deadline=None)
@given(st.lists(st.text(max_size=300).filter(bool), max_size=40), st.integers(1, 12), st.integers(1, 2000))
def test_windows_joined_are_the_sentences_and_stay_bounded(parts: list[str], size: int, chars: int) -> None:
    sentences = [Sentence(n, 0, len(part), part) for n, part in enumerate(parts, 1)]
    result = windows(sentences, size, chars)
    assert [sentence for window in result for sentence in window] == sentences
    for window in result:
        assert 1 <= len(window) <= size
        assert len(window) == 1 or sum(len(sentence.text) for sentence in window) <= chars


def test_windows_are_as_full_as_allowed() -> None:
    sentences = split("One came. Two went. Three stayed. Four slept. Five woke.", "en")
    assert [len(window) for window in windows(sentences, 2)] == [2, 2, 1]


def test_a_window_of_no_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        windows([], 0)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Dr. Ayo met Mr. Lind of the U.S. Army.", "No. 5 cost $3.5 million, approx. 40 times more."]),
        ("en", ['"We saw it. It was big," he said.', "She (aged 9.5) ran."]),
        ("en", ["PORTO, Nov. 3 -- TWELVE PEOPLE FELL ILL, DOCTORS SAID.", "THE WELL WAS CLOSED."]),
        ("en", ["“Did it sink?” she asked.", "It did."]),
        ("fr", ["M. Roux et Mme. Petit sont arrivés à 10 h. env. 40 fois.", "L'art. 5 dit «non»."]),
        ("fr", ["Il demande : « Où ? »", "Personne ne répond."]),
        ("de", ["Am 17. Dezember kamen ca. 40 Leute.", "Der 3. Mann ging um 9.45 Uhr."]),
        ("es", ["El Sr. Paz habló a aprox. 40 personas.", "¿Qué pasó?", "¡Nada!"]),
        ("it", ["L'on. Verdi e il dott. Sala hanno firmato.", "Poi basta."]),
        ("ru", ["Пришли ок. 40 чел. в т.ч. дети.", "Он сказал: «Нет. Не знаем».", "Все ушли."]),
        ("ar", ["قال د. سامي إن 3.5 مليون شخص غادروا.", "هل عادوا؟", "نعم."]),
        ("hi", ["डॉ. राव ने कहा।", "वह गया।"]),
        ("zh", ["他说今天下雨。", "大家都走了！"]),
        ("ja", ["「行く。戻る。」と言った。", "率は１２．５％だ。"]),
        ("ko", ["그는 3.5명이라고 말했다.", "그리고 떠났다."]),
        ("el", ["Ο κ. Δήμου είπε όχι.", "Τέλος."]),
    ],
)
def test_what_ends_a_sentence(language: str, expected: list[str]) -> None:
    joint = "" if language in ("zh", "ja") else " "
    assert texts(joint.join(expected), language) == expected


def test_offsets_count_characters_not_bytes() -> None:
    text = "Le café «été» 😀 brûle. 漢字がある。"
    first, second = split(text, "fr")
    assert (first.start, first.end) == (0, text.index("brûle.") + 6)
    assert (second.start, second.end) == (first.end + 1, len(text))


def test_hard_wrapped_text_goes_on_over_the_line_end() -> None:
    wrapped = (
        "The harbour office said on Thursday that the ferry, which had left\n"
        "Lindholm shortly before noon, turned back when water came into the\n"
        "engine room. Captain Mira Solberg called it a precaution. Nobody on\n"
        "board was hurt."
    )
    assert [text.replace("\n", " ") for text in texts(wrapped)] == [
        "The harbour office said on Thursday that the ferry, which had left Lindholm shortly before noon, turned "
        "back when water came into the engine room.",
        "Captain Mira Solberg called it a precaution.",
        "Nobody on board was hurt.",
    ]


def test_lines_that_are_not_full_end_what_they_say() -> None:
    paragraph = "The council met again on Monday to talk about the bridge that was closed after the flood in the spring"
    end = "of that year and has not been opened since then."
    text = f"A bridge too old\n{paragraph} {end} It voted.\nWhat comes next\nNobody knows."
    assert texts(text) == [
        "A bridge too old",
        f"{paragraph} {end}",
        "It voted.",
        "What comes next",
        "Nobody knows.",
    ]


def test_blank_lines_headings_and_items_end_a_sentence() -> None:
    text = (
        "# Fire in the mill\nThe mill burned\n\nand was lost\r\n\r\nThey want:\n- two new engines\n- a siren\n1. water"
    )
    assert texts(text) == [
        "# Fire in the mill",
        "The mill burned",
        "and was lost",
        "They want:",
        "- two new engines",
        "- a siren",
        "1. water",
    ]


def test_a_wrapped_date_is_no_list_item() -> None:
    assert texts("Die Brücke wurde nach den Angaben der Stadtverwaltung am\n17. Mai gesperrt.", "de") == [
        "Die Brücke wurde nach den Angaben der Stadtverwaltung am\n17. Mai gesperrt."
    ]


def test_an_overlong_sentence_is_cut_at_a_clause() -> None:
    text = ", ".join(f"item number {n} of a list without any full stop" for n in range(60))
    parts = texts(text)
    assert all(part.endswith(",") for part in parts[:-1])
    assert " ".join(parts) == text


def test_a_line_of_a_megabyte_stays_bounded() -> None:
    sentences = split("x" * 1_000_000, None)
    assert "".join(sentence.text for sentence in sentences) == "x" * 1_000_000
    assert max(len(sentence.text) for sentence in sentences) == MAX_SENTENCE


def test_a_long_article_keeps_its_sentences() -> None:
    article = "\n\n".join(f"Team {n} found {n} nests. It counted them twice." for n in range(4500))
    assert len(article) > 200_000
    assert len(split(article, "en")) == 9000


def test_a_sentence_over_the_seam_of_a_long_paragraph_is_not_cut() -> None:
    rng = random.Random(5)
    expected = [f"The team counted {'many ' * rng.randint(1, 40)}birds at site {n}." for n in range(600)]
    assert texts(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "***",
        "12 – 14",
        "Photo: Ana Duarte",
        "Foto: Jean Petit / AFP",
        "© 2031 Harbour Press",
        "Getty Images",
        "AFP/Ana Duarte",
        "(Reuters)",
        "صورة: سامي",
        "写真：山田",
        "READ ALSO: How the mill came to burn",
        "READ ALSO: Mill fire kills 12",
        "Read more",
        "Lire aussi : Le moulin n'est plus",
        "Lea también: El molino arde",
        "Leggi anche: Il mulino brucia",
        "Lesen Sie auch: Die Mühle brennt",
        "Читайте также: Мельница горит",
        "اقرأ أيضا: احتراق الطاحونة",
        "相关阅读：磨坊失火",
        "関連記事：水車小屋の火事",
        "Share this article",
        "Subscribe to our newsletter",
        "This site uses cookies to work better.",
        "Abonnez-vous à notre lettre",
        "Alle Rechte vorbehalten.",
        "The old mill",
        "Les faits",
        "https://example.org/a/b?c=d",
        "[more](https://example.org/x)",
    ],
)
def test_what_cannot_hold_a_fact_is_not_asked(text: str) -> None:
    assert not worth_asking(Sentence(1, 0, len(text), text), None)


@pytest.mark.parametrize(
    "text",
    [
        "Photo: Twelve people were hurt when the mill burned.",
        "Photo: 12 people left the mill",
        "Read more than 40 letters and you know him, she said.",
        "12 dead",
        "Douze blessés",
        "Mayor resigns",
        "It sank.",
        "Minister denies guilt",
        "Register of deaths shows fraud.",
        "Reuters was told by two witnesses that the dam had burst.",
        "The photographer was hurt.",
        "Save the whales, said Ms. Lind as she left the court.",
        "水车小屋着火了",
        "订阅用户在过去的一年里明显减少，公司的负责人在会议上表示情况令人担忧，并将采取措施应对。",
        "Пятеро погибли",
        "Die Stadt schweigt zu den Vorwürfen",
    ],
)
def test_what_may_hold_a_fact_is_asked(text: str) -> None:
    assert worth_asking(Sentence(1, 0, len(text), text), "Another title")


def test_the_title_once_more_is_not_asked() -> None:
    again = Sentence(1, 0, 0, "# «12 hurt as mill burns»")
    assert not worth_asking(again, "12 hurt as mill burns")
    assert worth_asking(again, "12 hurt as barn burns")
