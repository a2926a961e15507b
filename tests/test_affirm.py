"""Affirmations: what one article denies is looked for in the sentences of the others, one pair a call."""

import asyncio
from typing import Any, Literal, cast

import pytest
from pydantic import BaseModel
from support.claims import Draft
from support.denials import (
    CUT,
    CUTS,
    KILLED,
    LATER,
    ORDERED,
    SALE,
    SCHOOL,
    SOLD,
    Answer,
    Reader,
    article,
    denial,
    summaries,
)

from summarizer.affirm import affirmations
from summarizer.errors import ModelUnavailable, ReplyError, SummarizerError
from summarizer.model import Meter
from summarizer.schemas import Claim, Failure, Stance, YesNo


def found(reader: Reader, *articles: Draft) -> list[Claim]:
    """The new claims; every pair is one call."""
    meter = Meter()
    claims = asyncio.run(affirmations(summaries(*articles), cast("Any", reader), meter, []))
    assert meter.usage.calls == len(reader.asked)
    return claims


def asked(*articles: Draft) -> list[str]:
    """The sentences that are asked about."""
    reader = Reader("silent")
    assert found(reader, *articles) == []
    return [sentence for _, sentence in reader.asked]


# --- the new claim ---


def test_a_yes_is_a_claim_on_the_denied_question() -> None:
    other = article(f"{SCHOOL} {CUTS}")
    (claim,) = found(Reader(), denial(), other)
    assert claim.verified
    assert (claim.id, claim.article, claim.question, claim.answer) == ("b#1", "b", CUT, "yes")
    assert (claim.value, claim.stance) == (YesNo(answer="yes"), Stance.ASSERTED)
    assert claim.attributed_to == "the union"
    assert (claim.as_of, claim.as_of_basis) == (LATER, "published")
    (evidence,) = claim.evidence
    assert evidence.quote == CUTS
    assert other.text[evidence.start : evidence.end] == CUTS
    evidence.check(other.article())


def test_the_question_and_the_sentence_are_asked_as_they_are() -> None:
    reader = Reader()
    found(reader, denial(), article(f"{CUTS} {SCHOOL}"))
    assert reader.asked == [(CUT, CUTS)]


def test_a_sentence_over_several_lines_is_asked_on_one_and_quoted_as_it_stands() -> None:
    broken = CUTS.replace("night trains", "night\n  trains")
    reader = Reader()
    (claim,) = found(reader, denial(), article(f"{broken} {SCHOOL}"))
    assert reader.asked == [(CUT, CUTS)]
    assert claim.evidence[0].quote == broken


def test_what_is_not_committed_to_is_looked_for_too() -> None:
    (claim,) = found(Reader(), denial(answer="uncommitted"), article(CUTS))
    assert claim.question == CUT


def test_the_scope_of_the_denial_is_that_of_the_claim() -> None:
    (claim,) = found(Reader(), denial(place="Brenn"), article(CUTS))
    assert claim.scope.place == "Brenn"


@pytest.mark.parametrize("answer", ["silent", "no"])
def test_anything_but_yes_is_no_claim(answer: Answer) -> None:
    reader = Reader(answer)
    assert found(reader, denial(), article(CUTS)) == []
    assert len(reader.asked) == 1


# --- which sentences are asked about ---


def test_the_likeliest_sentence_is_asked_about() -> None:
    less = "The night trains of the Brenn valley are blue."
    assert asked(denial(), article(f"{less} {SCHOOL} {CUTS}")) == [CUTS]
    assert asked(denial(), article(f"{less} {SCHOOL} A line was cut.")) == [less]


def test_a_question_may_hold_what_third_articles_tell() -> None:
    less = article("The night trains of the Brenn valley stop in June.")
    assert asked(denial(), less) == []
    assert less.text in asked(denial(), less, article(f"{SCHOOL} They cut a line into its door.", id="c"))


@pytest.mark.parametrize("text", [SCHOOL, f"{SCHOOL} The harbour was full of boats.", "Nothing is known yet."])
def test_an_article_about_something_else_is_not_asked(text: str) -> None:
    assert asked(denial(), article(text)) == []


def test_the_denying_article_is_not_asked_itself() -> None:
    draft = denial()
    draft.text += f" {CUTS}"
    assert asked(draft, article(SCHOOL)) == []


EVACUATION = {
    "en": "the evacuation of Karsholm",
    "fr": "l'évacuation de Karsholm",
    "es": "la evacuación de Karsholm",
    "de": "die Evakuierung von Karsholm",
    "it": "l'evacuazione di Karsholm",
}


@pytest.mark.parametrize(
    ("language", "plain", "disputed"),
    [
        ("en", "Elke Varn ordered", "Elke Varn has not ordered"),
        ("en", "Elke Varn ordered", "Elke Varn never ordered"),
        ("en", "Elke Varn ordered", "Elke Varn went on without"),
        ("en", "Elke Varn ordered", "Elke Varn denied having ordered"),
        ("en", "Elke Varn ordered", "Elke Varn rejected claims about"),
        ("en", "Elke Varn ordered", "Elke Varn declined to comment on"),
        ("fr", "Elke Varn a ordonné", "Elke Varn n'a pas ordonné"),
        ("fr", "Elke Varn a ordonné", "Elke Varn dément avoir ordonné"),
        ("fr", "Elke Varn a ordonné", "Elke Varn n'a ni confirmé ni démenti"),
        ("es", "Elke Varn ordenó", "Elke Varn no ordenó"),
        ("es", "Elke Varn ordenó", "Elke Varn desmiente haber ordenado"),
        ("de", "Elke Varn befahl", "Elke Varn bestreitet"),
        ("de", "Elke Varn befahl", "Elke Varn befahl nie"),
        ("it", "Elke Varn ha ordinato", "Elke Varn non ha ordinato"),
        ("it", "Elke Varn ha ordinato", "Elke Varn smentisce di aver ordinato"),
    ],
)
def test_a_sentence_that_negates_or_denies_is_never_asked_about(language: str, plain: str, disputed: str) -> None:
    end = {"en": "the evacuation", "fr": "l'évacuation", "es": "la evacuación", "it": "l'evacuazione"}.get(
        language, "die"
    )
    end += " von Karsholm" if language == "de" else " di Karsholm" if language == "it" else " de Karsholm"
    denying = denial(question=ORDERED)
    told = article(f"{plain} {end}.", language=language)
    assert asked(denying, told) == [told.text]
    assert asked(denying, article(f"{disputed} {end}.", language=language)) == []


def test_a_less_alike_sentence_is_asked_about_in_place_of_one_that_negates() -> None:
    less = "The night trains of the valley are blue."
    negating = "The Brenn valley line will not cut its night trains."
    assert asked(denial(), article(f"{negating} {less}")) == [less]


@pytest.mark.parametrize(
    "sentence",
    [
        "In May the Brenn valley line will cut its night trains.",
        "The union confirmed that the Brenn valley line will cut its night trains.",
        "The union won its bet: the Brenn valley line will cut its night trains.",
    ],
)
def test_what_only_looks_like_a_negation_is_asked_about(sentence: str) -> None:
    assert asked(denial(), article(sentence)) == [sentence]


@pytest.mark.parametrize(
    "question",
    [
        "Has the railway confirmed that the Brenn valley line will cut its night trains?",
        "Did the railway deny that the Brenn valley line will cut its night trains?",
        "Has the railway neither confirmed nor denied that the Brenn valley line will cut its night trains?",
    ],
)
@pytest.mark.parametrize("answer", ["no", "uncommitted"])
def test_whether_somebody_confirmed_it_is_not_looked_for(question: str, answer: Literal["no", "uncommitted"]) -> None:
    assert asked(denial(question=question, answer=answer), article(CUTS)) == []


@pytest.mark.parametrize("answer", ["yes", "no", "uncommitted"])
@pytest.mark.parametrize("question", [CUT, "Does the Brenn valley line plan to cut its night trains?"])
def test_an_article_that_takes_a_stance_itself_is_not_asked(question: str, answer: Any) -> None:
    other = article(f"{CUTS} ")
    other.yes_no(question, answer)
    assert asked(denial(), other) == []


def test_a_stance_that_failed_its_checks_or_is_on_something_else_is_none() -> None:
    other = article(CUTS)
    other.yes_no(SOLD, "no", status="unverified", checks=_failed())
    other.yes_no("Did the mayor open a school?", "yes", sentence=SCHOOL)
    assert asked(denial(), other) == [CUTS]


def _failed() -> tuple[Any, ...]:
    (claim,) = [Draft("z").unverified(SOLD, "no", "answer", "the sentence does not say so")]
    return claim.checks


# --- how many ---


def test_without_a_denial_nobody_is_asked() -> None:
    sure, counting = article(""), article(CUTS, "c")
    sure.yes_no(CUT, "yes")
    counting.figure(KILLED, 4)
    assert asked(sure, counting) == []
    assert asked(article(CUTS)) == []
    assert asked() == []


def test_a_denial_that_failed_its_checks_is_not_looked_for() -> None:
    assert asked(denial(status="unverified", checks=_failed()), article(CUTS)) == []


def test_a_matter_that_several_deny_is_looked_for_once() -> None:
    again = denial("c", "Does the Brenn valley line plan to cut its night trains?")
    reader = Reader("silent")
    found(reader, denial(), again, article(CUTS))
    assert reader.asked == [(CUT, CUTS)]


def test_two_matters_are_looked_for_each_in_every_other_article() -> None:
    reader = Reader()
    claims = found(reader, denial(), denial("c", SOLD), article(f"{CUTS} {SALE}"), article(CUTS, "d"))
    assert reader.asked == [(CUT, CUTS), (CUT, CUTS), (SOLD, SALE)]
    assert [(claim.article, claim.question) for claim in claims] == [("b", CUT), ("d", CUT), ("b", SOLD)]


def test_one_sentence_is_asked_about_once() -> None:
    both = "The Brenn valley line will cut its night trains, and the old harbour of Velden was sold to a foreign bank."
    reader = Reader("silent")
    found(reader, denial(), denial("c", SOLD), article(both), article(f"{CUTS} {SALE}", "d"))
    assert reader.asked == [(CUT, both), (CUT, CUTS), (SOLD, SALE)]


@pytest.mark.parametrize(("others", "calls"), [(1, 1), (8, 8), (9, 8), (30, 8)])
def test_at_most_eight_pairs_are_asked(others: int, calls: int) -> None:
    assert len(asked(denial(), *(article(CUTS, f"b{place}") for place in range(others)))) == calls


def test_new_claims_have_ids_of_their_own() -> None:
    other = article(f"{CUTS} {SALE}")
    other.figure(KILLED, 4)
    other.figure(KILLED, 9)
    claims = found(Reader(), denial(), denial("c", SOLD), other, article(CUTS, "d"))
    assert sorted(claim.id for claim in claims) == ["b#3", "b#4", "d#1"]


def test_only_what_is_affirmed_is_numbered() -> None:
    drafts = denial(), denial("c", SOLD), article(f"{CUTS} {SALE}")
    (claim,) = found(Reader(answers={CUTS: "silent"}), *drafts)
    assert (claim.id, claim.question) == ("b#1", SOLD)


# --- languages ---

FRENCH_DENIAL = "Le ministère dément que la ministre Elke Varn ait ordonné l'évacuation de Karsholm."


@pytest.mark.parametrize(
    ("language", "sentence", "speaker"),
    [
        ("fr", "Elke Varn a ordonné l'évacuation de Karsholm, selon la préfecture.", "la préfecture"),
        ("es", "Elke Varn ordenó la evacuación de Karsholm, según la alcaldía.", "la alcaldía"),
        ("it", "Elke Varn ha ordinato l'evacuazione di Karsholm, secondo il sindaco.", "il sindaco"),
        ("de", "Elke Varn ordnete die Evakuierung von Karsholm an, teilte die Polizei mit.", "die Polizei"),
        ("en", "Elke Varn ordered the evacuation of Karsholm, the police said.", "the police"),
    ],
)
def test_a_french_denial_is_looked_for_in_every_language(language: str, sentence: str, speaker: str) -> None:
    denying = denial(question=ORDERED, language="fr", sentence=FRENCH_DENIAL, attributed_to="Le ministère")
    (claim,) = found(Reader(), denying, article(sentence, language=language))
    assert (claim.evidence[0].quote, claim.attributed_to) == (sentence, speaker)
    assert claim.question == ORDERED


@pytest.mark.xfail(
    strict=True, reason="the English question has hardly a word in common with other languages but names"
)
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "La ligne de la vallée de Brenn va supprimer tous les trains de nuit dès juin, écrit le syndicat."),
        ("de", "Die Bahnlinie im Brenntal streicht ab Juni alle Nachtzüge, schreibt die Gewerkschaft."),
    ],
)
def test_an_assertion_in_another_language_is_asked_about(language: str, sentence: str) -> None:
    assert asked(denial(), article(sentence, language=language)) == [sentence]


@pytest.mark.xfail(strict=True, reason="a name in another script is not taken for the same name")
def test_an_assertion_in_another_script_is_asked_about() -> None:
    sentence = "Эльке Варн приказала эвакуировать Карсхольм, пишет газета."
    assert asked(denial(question=ORDERED), article(sentence, language="ru")) == [sentence]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Elke Varn a ordonné l'évacuation de Karsholm le 3 avril."),
        ("fr", "Elke Varn a ordonné l'évacuation de Karsholm le 3 mai."),
    ],
)
def test_a_date_is_no_negation(language: str, sentence: str) -> None:
    assert asked(denial(question=ORDERED), article(sentence, language=language)) == [sentence]


# --- what fails ---


class Broken(Reader):
    """Fails on every question, as it is told."""

    def __init__(self, error: type[SummarizerError]) -> None:
        super().__init__()
        self.error = error

    async def ask(self, *_: Any, **__: Any) -> BaseModel:
        raise self.error("the made-up model is broken")


def test_a_model_that_goes_away_is_told_as_itself() -> None:
    with pytest.raises(ModelUnavailable, match="made-up"):
        found(Broken(ModelUnavailable), denial(), article(CUTS), article(CUTS, "c"))


def test_a_reply_of_no_use_costs_its_question_alone() -> None:
    failures: list[Failure] = []
    told = summaries(denial(), article(CUTS), article(CUTS, "c"))
    assert asyncio.run(affirmations(told, cast("Any", Broken(ReplyError)), Meter(), failures)) == []
    assert {(failure.article, failure.stage, failure.partial) for failure in failures} == {
        (summary.article.id, "compare", True) for summary in told[1:]
    }
