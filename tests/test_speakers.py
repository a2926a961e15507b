import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.text.speakers import (
    MAX_CHARS,
    find_attribution,
    find_speaker,
    normalise_speaker,
    same_speaker,
    speaker_class,
)

TEXTS = st.text(max_size=60) | st.text(alphabet="Ab é.,'’“”-(НКп金と한عال 1said\n", max_size=50)


@pytest.mark.parametrize(
    ("speaker", "text", "found"),
    [
        ("the harbour master", "On Monday the Harbour  Master spoke.", "the Harbour  Master"),
        ("The harbour master", "On Monday a harbour master spoke.", "harbour master"),
        ("Seoul", "Six cents blessés, selon Séoul.", "Séoul"),
        ("agence “Ostrel”", "selon l’agence Ostrel, lundi", "agence Ostrel"),
        ("Le Parquet", "le parquet a ouvert une enquête", "le parquet"),
        ("the regional emergency coordination offi", "said the regional emergency coordination office today", None),
        ("وزارة الصحة", "أعلنت وزارة الصحة ذلك", "وزارة الصحة"),
        ("民防部门", "据当地民防部门通报", "民防部门"),
        ("STRASSE", "die Straße sprach", "Straße"),
    ],
)
def test_a_copied_speaker_is_found_where_it_stands(speaker, text, found):
    span = find_speaker(speaker, text)
    assert span is not None
    expected = "the regional emergency coordination office" if found is None else found
    assert text[slice(*span)] == expected


@pytest.mark.parametrize(
    ("speaker", "text"),
    [("police", "The policeman left."), ("Oslo", "Nothing was said."), ("", "text"), ("“”", "text"), ("x", "")],
)
def test_what_does_not_stand_there_is_not_found(speaker, text):
    assert find_speaker(speaker, text) is None


@pytest.mark.parametrize(
    ("speaker", "normal"),
    [
        ("the police said", "police"),
        ("(police)", "police"),
        ("according to the NIS", "NIS"),
        ("National Intelligence Service (NIS)", "National Intelligence Service (NIS)"),
        ("« les pompiers »", "pompiers"),
        ("l'agence Ostrel", "agence Ostrel"),
        ("A South Korean lawmaker", "South Korean lawmaker"),
        ("the [Veldrian] army", "Veldrian army"),
        ("El Salvador", "El Salvador"),
        ("Ministry (MoD", "Ministry MoD"),
        ("...", ""),
    ],
)
def test_normalise_speaker(speaker, normal):
    assert normalise_speaker(speaker) == normal


def test_a_long_speaker_is_cut_between_words():
    normal = normalise_speaker("spokesperson of the harbour " * 8)
    assert len(normal) <= MAX_CHARS
    assert normal.split()[-1] in ("spokesperson", "of", "the", "harbour")


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("les pompiers", "fire_brigade"),
        ("the fire brigade", "fire_brigade"),
        ("قائد فرق الإطفاء", "fire_brigade"),
        ("Veldria’s interior minister, Lena Haverik", "interior_ministry"),
        ("Le ministère veldrien de la Défense", "defence_ministry"),
        ("Министерство обороны Вельдрии", "defence_ministry"),
        ("міська рада", "mayor"),
        ("der Stadt", "mayor"),
        ("Генеральный штаб Кастовии", "army"),
        ("Очевидцы", "witness"),
        ("إدارة الصحة", "health_ministry"),
        ("Gazze Sağlık Bakanlığı", "health_ministry"),
        ("للشرطة", "police"),
        ("eines Polizeisprechers", "police"),
        ("当地政府", "government"),
        ("当地民防部门", "rescue_service"),
        ("la Protezione civile", "rescue_service"),
        ("Die Veranstalter", "organisers"),
        ("The dockers’ union", "union"),
        ("La compagnie Velluny Lines", "company"),
        ("ООН", "un"),
        ("un médecin", "medics"),
        ("o Ministério Público", "prosecutor"),
        ("警察", "police"),
        ("Seoul", None),
        ("", None),
    ],
)
def test_speaker_class_over_languages(speaker, kind):
    assert speaker_class(speaker) == kind


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Seoul", "Séoul", True),
        ("Seoul", "South Korean lawmaker", None),
        ("police", "organisers", False),
        ("les pompiers", "fire brigade", True),
        ("NIS", "National Intelligence Service (NIS)", True),
        ("NIS", "the National Intelligence Service", True),
        ("Kyiv", "Russia’s defence ministry", False),
        ("the Russian army", "the Ukrainian army", False),
        ("army", "the Ukrainian army", True),
        ("MP Mr. Lee", "Lee", True),
        ("President Marwick", "Marwick", True),
        ("Lena Haverik", "Arsen Dvorich", False),
        ("the mayor of Lyon", "the mayor of Lille", None),
        ("police spokesman Jan Novak", "police chief Ana Ruiz", None),
        ("Министерство обороны Вельдрии", "Le ministère veldrien de la Défense", True),
        ("la policía", "Die Polizei", True),
        ("la Protezione civile", "当地民防部门", True),
        ("witnesses", "Очевидцы", None),
        ("South Korea", "Seoul", None),
        ("government", "police", None),
        ("", "police", None),
    ],
)
def test_same_speaker(a, b, same):
    assert same_speaker(a, b) is same
    assert same_speaker(b, a) is same


@pytest.mark.parametrize(
    ("sentence", "language", "source"),
    [
        ("Nine people died, according to the harbour police.", "en", "the harbour police"),
        ("According to Mr. Lee, the ferry was full.", "en", "Mr. Lee"),
        ("Nine people died, the rescue service said.", "en", "the rescue service"),
        ("“It was dark,” said Ida Moll, 54, who was aboard.", "en", "Ida Moll"),
        ("Eight boats left, said the minister, Ida Moll.", "en", "the minister, Ida Moll"),
        ("According to a report from the Border Agency (BA), nine left.", "en", "the Border Agency (BA)"),
        ("But the union said that doors were locked.", "en", "the union"),
        ("Neuf personnes sont mortes, selon la préfecture.", "fr", "la préfecture"),
        ("Neuf morts, a annoncé lundi matin la préfecture de Rhône-Vert.", "fr", "la préfecture de Rhône-Vert"),
        ("D’après les secours, neuf personnes sont mortes.", "fr", "les secours"),
        ("Le maire a déclaré que le pont rouvrirait.", "fr", "Le maire"),
        ("Según la guardia costera, murieron nueve personas.", "es", "la guardia costera"),
        ("«Fue horrible», dijo Aurora Peña.", "es", "Aurora Peña"),
        ("I morti sono nove, ha riferito la prefettura.", "it", "la prefettura"),
        ("Secondo il sindaco, i morti sono nove.", "it", "il sindaco"),
        ("Nach Angaben der Feuerwehr starben neun Menschen.", "de", "der Feuerwehr"),
        ("Neun Menschen starben, teilte die Polizei am Montag mit.", "de", "die Polizei"),
        ("Der Feuerwehr zufolge starben neun Menschen.", "de", "Der Feuerwehr"),
        ("„Es war dunkel“, sagte Ida Moll.", "de", "Ida Moll"),
        ("Nove pessoas morreram, segundo a câmara.", "pt", "a câmara"),
        ("Volgens de brandweer vielen er negen doden.", "nl", "de brandweer"),
        ("По словам мэра, погибли девять человек.", "ru", "мэра"),
        ("Погибли девять человек, сообщили в полиции.", "ru", "полиции"),
        ("Загинули дев’ять людей, повідомила міська рада.", "uk", "міська рада"),
        ("Zginęło dziewięć osób, podała straż pożarna.", "pl", "straż pożarna"),
        ("Belediyenin verdiği bilgiye göre köprü açıldı.", "tr", "Belediyenin"),
        ("توفي تسعة أشخاص، بحسب الدفاع المدني.", "ar", "الدفاع المدني"),
        ("قال قائد الشرطة إن تسعة أشخاص توفوا.", "ar", "قائد الشرطة"),
        ("据当地民防部门通报，已有九人遇难。", "zh", "当地民防部门"),
        ("当地政府表示，将发放补助。", "zh", "当地政府"),
        ("警察によると、九人が死亡した。", "ja", "警察"),
    ],
)
def test_the_source_that_a_sentence_names(sentence, language, source):
    assert find_attribution(sentence, language) == source
    assert find_attribution(sentence, None) == source


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Nine people died on Monday.", "en"),
        ("“It was dark,” she said.", "en"),
        ("It is said that nine people died.", "en"),
        ("According to police the march that began at noon was calm.", "en"),
        ("Selon lui, neuf personnes sont mortes.", "fr"),
        ("Он сказал, что погибли девять человек.", "ru"),
        ("据报道，已有九人遇难。", "zh"),
        ("أعلنت الشرطة مقتل تسعة أشخاص.", "ar"),
        ("", "en"),
        ("Nine people died, the rescue service said.", "xx"),
    ],
)
def test_no_source_where_none_is_sure(sentence, language):
    assert find_attribution(sentence, language) is None


@given(TEXTS, st.sampled_from(["en", "fr", "de", "ru", "tr", "ar", "zh", "ja", "xx", None]))
@settings(deadline=None)
def test_an_attribution_is_a_slice_of_the_sentence(text, language):
    for sentence in (text, f"According to {text}, nine died.", f"{text} said", f"Selon {text}.", f"“x”, said {text}."):
        found = find_attribution(sentence, language)
        assert found is None or (found in sentence and 1 < len(found) <= MAX_CHARS)


@given(TEXTS, TEXTS, st.sampled_from(["the harbour police", "Séoul", "Мэр Лусны", "вул. Ї", "民防部门", "إدارة الصحّة"]))
@settings(deadline=None)
def test_offsets_point_at_the_speaker(before, after, speaker):
    text = f"{before} | {speaker} | {after}"
    span = find_speaker(speaker, text)
    assert span is not None
    start, end = span
    assert 0 <= start < end <= len(text)
    assert find_speaker(speaker, text[start:end]) == (0, end - start)
    # Whatever stands before it, the first place is no later than the one that was put there.
    assert start <= len(before) + 3


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_any_text_is_accepted(a, b):
    assert len(normalise_speaker(a)) <= MAX_CHARS
    assert same_speaker(a, b) == same_speaker(b, a)
    assert same_speaker(a, a) is not False
    assert speaker_class(a) is None or isinstance(speaker_class(a), str)
    span = find_speaker(a, b)
    assert span is None or 0 <= span[0] < span[1] <= len(b)
