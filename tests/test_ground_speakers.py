"""Grounding: who says it, as a slice of the sentence, whatever the model proposes."""

import pytest
from support.readings import CAUSE, CHECKED, KILLED, fact, marked, one, reading

# --- what the model proposes ---


@pytest.mark.parametrize("by", ["", "unknown", "the coast guard", "COAST GUARD", "“coast guard”", "Elke Varn"])
def test_the_speaker_is_the_sentences_own(by: str) -> None:
    claim = one(marked("37", KILLED, by))
    assert claim.verified
    assert claim.attributed_to in ("coast guard", "the coast guard")


@pytest.mark.parametrize("by", ["", "Captain Rolf Umber", "37", "Monday"])
def test_a_figure_without_a_speaker_gets_none(by: str) -> None:
    claim = one(marked("300", "How many people were evacuated from the pier?", by))
    assert claim.verified
    assert claim.attributed_to is None


def test_the_speaker_is_a_slice_of_the_sentence() -> None:
    claim = one(fact("a faulty pump", CAUSE, "a faulty pump", "PROSECUTOR  ELKE VARN"))
    assert claim.attributed_to == "prosecutor Elke Varn"


def test_a_speaker_from_elsewhere_is_not_spread_over_other_sentences() -> None:
    assert one(fact("in a Karsholm yard", CHECKED, "in April 2031", "Elke Varn")).attributed_to is None


# --- what the sentence says itself ---


@pytest.mark.parametrize("by", ["", "the police", "the organisers", "Marta Lind"])
def test_of_several_sources_each_figure_has_its_own_whatever_is_proposed(by: str) -> None:
    other = reading("Some 4,000 people marched, the police said, but 20,000 according to the organisers.")
    asked = "How many people marched?"
    for figure, speaker in (("4,000", "the police"), ("20,000", "the organisers")):
        claim = one(marked(figure, asked, by, of=other), other)
        assert claim.verified
        assert claim.attributed_to == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("In all, three were hurt, including Marta Lind.", None),
        ("In all, three were hurt, among them Marta Lind.", None),
        ("In all, three were hurt near the house of Marta Lind.", None),
        ("In all, three were hurt, said Marta Lind.", "Marta Lind"),
        ("In all, three were hurt, according to Marta Lind.", "Marta Lind"),
        ("In all, three were hurt, among them Marta Lind, the police said.", "the police"),
    ],
)
def test_a_name_is_no_speaker_unless_something_is_said(text: str, speaker: str | None) -> None:
    other = reading(text)
    claim = one(marked("three", "How many people were hurt?", "Marta Lind", of=other), other)
    assert claim.verified
    assert claim.attributed_to == speaker


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "The mayor also said that 3 people were hurt.", "The mayor"),
        ("en", "The mayor later said that 3 people were hurt.", "The mayor"),
        ("en", "Later the mayor said that 3 people were hurt.", "the mayor"),
        ("en", "Then Marta Lind said that 3 people were hurt.", "Marta Lind"),
        ("fr", "Puis le maire a déclaré que 3 personnes étaient blessées.", "le maire"),
        ("es", "El alcalde también dijo que 3 personas resultaron heridas.", "El alcalde"),
        ("pt", "O prefeito também disse que 3 pessoas ficaram feridas.", "O prefeito"),
        ("it", "Poi il sindaco ha dichiarato che 3 persone sono ferite.", "il sindaco"),
        ("it", "Anche il sindaco ha dichiarato che 3 persone sono ferite.", "il sindaco"),
        ("en", "The mayor then also said that 3 people were hurt.", "The mayor"),
    ],
)
def test_adverbs_are_no_part_of_a_speaker(language: str, text: str, speaker: str) -> None:
    other = reading(text, language=language, title=None)
    claim = one(marked("3", "How many people were hurt?", of=other), other)
    assert claim.verified
    assert claim.attributed_to == speaker


def test_adverbs_are_no_part_of_a_proposed_speaker() -> None:
    other = reading("The mayor also said that three people were hurt.")
    claim = one(marked("three", "How many people were hurt?", "The mayor also", of=other), other)
    assert (claim.attributed_to or "").endswith("mayor")
