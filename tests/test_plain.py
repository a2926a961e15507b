"""Plain sentences: which ones without figures are asked about, and how many by the class of the model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Article
from summarizer.errors import SettingsError
from summarizer.plain import plain_sentences
from summarizer.sentences import split
from summarizer.settings import Settings

FIRE = "The ferry Lindholm burned off Karsholm before dawn."
SEA = "The sea was calm and the sky was clear."
NETS = "Old nets hung along the wooden pier wall."
CAFE = "The harbour cafe sold soup and bread again."
CLAIM = "The Red Lantern group claimed responsibility for the fire."
DIVERS = "Divers rescued sailors while survivors were taken to hospital."
BLAME = "Police accused the captain of setting the fire."
TOO_SHORT = "Too late!"


def asked(
    *sentences: str,
    limit: int | None = None,
    marked: tuple[str, ...] = (),
    language: str = "en",
    title: str | None = None,
) -> list[str]:
    """The texts of the sentences that are asked about, of an article that holds `sentences`."""
    text = ("" if language == "zh" else " ").join(sentences)
    found = split(text, language)
    assert [sentence.text for sentence in found] == list(sentences)
    article = Article.from_text(text, id="dispatch", title=title).model_copy(update={"language": language})
    numbers = {sentence.number for sentence in found if sentence.text in marked}
    return [sentence.text for sentence in plain_sentences(article, found, numbers, limit)]


# --- what can hold a fact ---


def test_without_a_limit_all_that_can_hold_a_fact_are_asked() -> None:
    assert asked(FIRE, SEA, TOO_SHORT, NETS, CAFE) == [FIRE, SEA, NETS, CAFE]


def test_a_few_words_are_a_heading_or_an_exclamation() -> None:
    assert asked("The old ferry burned.", FIRE) == [FIRE]
    assert asked("The old wooden ferry burned.", FIRE) == ["The old wooden ferry burned.", FIRE]


def test_words_are_not_counted_where_none_are_parted() -> None:
    long, short = "警方逮捕了船长并搜查渡轮。", "太晚了。"
    assert asked(long, short, language="zh") == [long]


def test_the_title_once_more_holds_no_fact() -> None:
    title = "Fire tears through the ferry Lindholm"
    assert asked(f"{title}.", NETS, title=title) == [NETS]
    assert asked(f"{title}.", NETS) == [f"{title}.", NETS]


# --- sentences with marks ---


def test_what_has_marks_is_not_asked_about_again() -> None:
    boats = "About 60 boats joined the search for the crew."
    assert asked(boats, NETS, marked=(boats,)) == [NETS]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Red Lantern group claimed responsibility for 3 attacks."),
        ("en", "Police accused 3 sailors of setting the fire."),
        ("fr", "Le groupe Lanterne Rouge a revendiqué 3 attaques."),
        ("es", "El grupo Linterna Roja reivindicó 3 ataques."),
        ("de", "Die Gruppe Rote Laterne bekannte sich zu 3 Anschlägen."),
        ("it", "Il gruppo Lanterna Rossa ha rivendicato 3 attacchi."),
        ("ru", "Группа взяла на себя ответственность за 3 нападения."),
        ("zh", "该组织宣称对3起渡轮火灾负责。"),
    ],
)
def test_accusations_and_claims_are_asked_beside_their_figures(language: str, sentence: str) -> None:
    assert asked(sentence, marked=(sentence,), language=language) == [sentence]


# --- the most telling ---


def test_a_limit_of_none_and_of_zero() -> None:
    assert asked(FIRE, NETS, CLAIM, limit=0) == []
    assert asked(FIRE, NETS, CLAIM, limit=3) == [FIRE, NETS, CLAIM]
    assert asked(FIRE, NETS, CLAIM, limit=30) == [FIRE, NETS, CLAIM]


@pytest.mark.parametrize("accusing", [CLAIM, BLAME])
def test_an_accusation_comes_before_the_lead(accusing: str) -> None:
    assert asked(FIRE, SEA, NETS, CAFE, accusing, limit=1) == [accusing]


def test_the_lead_comes_before_what_follows() -> None:
    assert asked(NETS, SEA, CAFE, "A gull slept upon the tall mast.", limit=1) == [NETS]
    assert asked(NETS, SEA, CAFE, "A gull slept upon the tall mast.", limit=3) == [NETS, SEA, CAFE]


def test_what_tells_of_the_event_comes_before_what_does_not() -> None:
    quiet = "A gull slept upon the tall mast."
    assert asked(NETS, SEA, CAFE, quiet, DIVERS, limit=4) == [NETS, SEA, CAFE, DIVERS]


def test_what_is_chosen_stands_in_the_order_of_the_text() -> None:
    assert asked(NETS, SEA, CAFE, DIVERS, CLAIM, limit=2) == [NETS, CLAIM]


def test_a_heading_above_the_lead_takes_no_place_of_it() -> None:
    assert asked(TOO_SHORT, NETS, SEA, CAFE, limit=1) == [NETS]


UNLIMITED = settings(deadline=None)  # machines differ
POOL = (FIRE, SEA, NETS, CAFE, CLAIM, DIVERS, BLAME, TOO_SHORT)


@UNLIMITED
@given(st.permutations(POOL), st.sets(st.sampled_from(POOL)), st.integers(0, 9))
def test_a_limit_takes_so_many_of_those_that_are_asked_without_one(
    sentences: list[str], marked: set[str], limit: int
) -> None:
    everything = asked(*sentences, marked=tuple(marked))
    some = asked(*sentences, marked=tuple(marked), limit=limit)
    assert len(some) == min(limit, len(everything))
    assert some == [text for text in everything if text in some]
    more = asked(*sentences, marked=tuple(marked), limit=limit + 1)
    assert set(some) <= set(more)


# --- the setting ---


@pytest.mark.parametrize(
    ("environ", "limit"),
    [
        ({}, 5),
        ({"OPENAI_API_KEY": "key-of-nobody"}, None),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, None),
        ({"OPENAI_API_KEY": "key-of-nobody", "SUMMARIZER_GGUF": "own.gguf"}, 5),
        ({"SUMMARIZER_PLAIN": "-1"}, 5),
        ({"SUMMARIZER_PLAIN": "0"}, 0),
        ({"SUMMARIZER_PLAIN": "12"}, 12),
        ({"SUMMARIZER_PLAIN": "12", "OPENAI_API_KEY": "key-of-nobody"}, 12),
        ({"SUMMARIZER_PLAIN": "-1", "OPENAI_API_KEY": "key-of-nobody"}, None),
    ],
)
def test_the_class_of_the_model_chooses_unless_it_is_set(environ: dict[str, str], limit: int | None) -> None:
    assert Settings.resolve(environ).plain_limit == limit


def test_an_argument_goes_before_the_environment() -> None:
    assert Settings.resolve({"SUMMARIZER_PLAIN": "12"}, plain=3).plain_limit == 3
    assert Settings.resolve({"SUMMARIZER_PLAIN": "12"}, plain=0).plain_limit == 0
    assert Settings.resolve({"SUMMARIZER_PLAIN": "12"}, plain=None).plain_limit == 12


@pytest.mark.parametrize("value", ["-2", "many", "1.5"])
def test_what_is_no_number_of_sentences_is_refused_by_name(value: str) -> None:
    with pytest.raises(SettingsError, match="SUMMARIZER_PLAIN"):
        Settings.resolve({"SUMMARIZER_PLAIN": value})
