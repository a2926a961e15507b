import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.text.wording import content_words, idf, same_text, similarity

TEXTS = st.text(max_size=60) | st.text(alphabet="abN not.'-О К金ゼ한عλ1s", max_size=40)
SETS = st.frozensets(st.sampled_from("abcdefgh"), max_size=6)


def test_content_words_are_stemmed_and_without_function_words_and_numbers():
    assert content_words("How many of the 12 bridges were closed, and by whom?") == {"bridg", "close"}
    assert content_words("Closing 3 bridges") == {"bridg", "close"}
    assert content_words("") == frozenset()


def test_content_words_of_other_languages():
    assert content_words("Combien de ponts ont été fermés ?", "fr") == content_words("les ponts fermés", "fr-CH")
    assert content_words("Сколько мостов закрыли?", "ru") & content_words("мосты", "ru")
    assert content_words("Скільки мостів закрили?", "uk")
    assert content_words("关闭了多少桥梁？", "zh") >= {"关闭", "桥梁"}


def test_a_place_and_its_adjective_are_one_word():
    assert content_words("Russian ships") & content_words("ships of Russia") >= {"@ru", "ship"}


def test_acronyms_are_no_pronouns():
    assert "@us" in content_words("US soldiers")


def test_similarity_follows_what_is_rare():
    questions = [
        "How many passengers of the ferry were killed?",
        "How many passengers of the ferry were killed in December?",
        "How many passengers of the ferry were injured?",
        "When did the ferry leave the harbour?",
    ]
    sets = [content_words(question) for question in questions]
    weights = idf(sets)
    first = [similarity(sets[0], other, weights) for other in sets]
    assert first[0] == 1.0
    assert first == sorted(first, reverse=True)
    assert first[1] > 0.85
    assert first[2] < 0.7
    assert weights["ferri"] < weights["kill"] < weights["injur"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("about the engine room", "Engine room.", True),
        ("engine room", "in the engine room of the ship", True),
        ("confirmed", "not confirmed", False),
        ("confirmed", "unconfirmed", False),
        ("It has never confirmed it", "It confirmed it", False),
        ("No survivors", "survivors", False),
        ("yes", "no", False),
        ("Yes, it did", "yes", True),
        ("Séoul", "Seoul", True),
        ("Seoul", "Pyongyang", False),
        ("Gen. Ota", "General Ota", True),
        ("Lena Haverik", "Arsen Dvorich", False),
        ("Highway 5", "Highway 7", False),
        ("5 boats", "7 trains", None),
        ("smoke", "fire", None),
        ("Smoke", "Fire", None),
        ("a gas leak", "a short circuit", None),
        ("", "x", None),
    ],
)
def test_same_text(a, b, same):
    assert same_text(a, b) is same
    assert same_text(b, a) is same


@given(SETS, SETS, st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 10)) | st.none())
def test_similarity_is_symmetric_and_bounded(a, b, weights):
    assert 0.0 <= similarity(a, b, weights) <= 1.0
    assert similarity(a, b, weights) == pytest.approx(similarity(b, a, weights))
    assert similarity(a, a, weights) == (1.0 if a else 0.0)


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_any_text_is_accepted(a, b):
    assert same_text(a, b) == same_text(b, a)
    assert same_text(a, a) is not False
    assert all(word == word.lower() for word in content_words(a))


@given(st.lists(SETS, max_size=8))
def test_idf_weighs_every_word(sets):
    weights = idf(sets)
    assert set(weights) == set().union(*sets)
    assert all(weight > 0 for weight in weights.values())
