"""Grounding: what a model proposes becomes a claim, and what the article does not hold fails a check that says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.readings import BOATS, CAUSE, CHECKED, INJURED, KILLED, PUBLISHED, READ, TOLL, fact, marked, one, reading

from summarizer import merge
from summarizer.extract import Proposed, Reading
from summarizer.ground import ground, read_value
from summarizer.prompting import load_prompt
from summarizer.schemas import (
    Certainty,
    DateValue,
    EventSummary,
    Name,
    Provenance,
    Qualifier,
    Quantity,
    Relation,
    Stance,
    Text,
    YesNo,
)
from summarizer.sentences import Sentence


def failed(item: Proposed, of: Reading = READ) -> dict[str, str]:
    """The checks that a proposal fails, with their reasons."""
    claim = one(item, of)
    assert (claim.status == "verified") is not any(not check.passed for check in claim.checks)
    return {check.name: check.reason or "" for check in claim.checks if not check.passed}


# --- what holds ---


def test_a_figure() -> None:
    claim = one(marked("37", KILLED, "the coast guard"))
    assert claim.verified
    assert (claim.question, claim.answer) == (KILLED, "at least 37")
    assert claim.value == Quantity(low=37, high=None, qualifier=Qualifier.AT_LEAST)
    assert (claim.as_of, claim.as_of_basis, claim.period) == ("2031-05-05", "stated", None)
    assert (claim.id, claim.article) == ("dispatch#1", "dispatch")
    assert [item.quote for item in claim.evidence] == [READ.sentences[1].text]


def test_a_time_of_day() -> None:
    claim = one(marked("9:42 p.m.", "At what time did the ferry leave Karsholm?"))
    assert claim.verified
    assert claim.value == DateValue(edtf=PUBLISHED, time="21:42")


@pytest.mark.parametrize("word", ["confirmed", "denied", "confirmed or denied"])
def test_a_stance_asks_what_is_confirmed(word: str) -> None:
    claim = one(marked("neither confirmed nor denied", f"Has Norvik {word} that an alarm had sounded", "Norvik"))
    assert claim.verified
    assert claim.question == "Has Norvik confirmed that an alarm had sounded?"
    assert claim.value == YesNo(answer="uncommitted")
    assert claim.stance is Stance.UNCOMMITTED
    assert claim.attributed_to == "Norvik"


def test_a_worded_fact() -> None:
    claim = one(fact("caused by a faulty pump", CAUSE, "a faulty pump", "prosecutor Elke Varn"))
    assert claim.verified
    assert claim.value == Text(text="a faulty pump")
    assert claim.attributed_to == "prosecutor Elke Varn"


def test_a_date_may_be_told_with_less_of_it() -> None:
    assert one(fact("on 12 April 2031", CHECKED, "on 12 April 2031")).value == DateValue(edtf="2031-04-12")
    assert one(fact("on 12 April 2031", CHECKED, "in April 2031")).verified


def test_other_languages_are_answered_in_english() -> None:
    text = "Au moins 1 250 habitants de Karsholm ont manifesté samedi, selon la préfecture. Le maire n'a rien dit."
    french = reading(text, language="fr", title="Marche à Karsholm")
    claim = one(marked("1 250", "How many people marched in Karsholm?", "la préfecture", of=french), french)
    assert claim.verified
    assert claim.answer == "at least 1,250"
    assert claim.attributed_to in ("préfecture", "la préfecture")
    assert claim.evidence[0].quote == text.split(". ")[0] + "."


def test_how_firmly_the_sentence_puts_it() -> None:
    assert one(marked("9", "How many people were taken to hospital?")).certainty is Certainty.ALLEGED
    assert one(marked("37", KILLED)).certainty is Certainty.REPORTED


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("How many boats came?", "about 60", Quantity(low=60, high=60, qualifier=Qualifier.ABOUT)),
        ("Who owned the ferry?", "Marta Lind", Name(name="Marta Lind")),
        ("Where did it sink?", "Karsholm", Name(name="Karsholm")),
        ("When did it sink?", "in May 2031", DateValue(edtf="2031-05")),
        ("At what time did it sink?", "about 9:42", DateValue(edtf=PUBLISHED, time="09:42", approximate=True)),
        ("Did it sink?", "No, it burned", YesNo(answer="no")),
        ("Did it sink?", "not confirmed", YesNo(answer="uncommitted")),
        ("Why did it sink?", "a faulty pump", Text(text="a faulty pump")),
        ("How many boats came?", "too many to see", Text(text="too many to see")),
    ],
)
def test_an_answer_is_read_as_its_question_asks(question: str, answer: str, expected: object) -> None:
    value = read_value(question, answer, PUBLISHED)
    assert value.model_copy(update={"unit": None} if isinstance(value, Quantity) else {}) == expected


# --- what fails, and why ---


@pytest.mark.parametrize(
    ("item", "check", "said"),
    [
        (fact("a faulty pump", CAUSE, "14 faulty pumps"), "number", "14 does not stand in the evidence"),
        (marked("37", "How many of the 90 sailors were killed?"), "number", "90 in the question"),
        (marked("37", INJURED), "question", "asks for injured, the figure tells killed"),
        (marked("12", KILLED), "question", "asks for killed, the figure tells injured"),
        (marked("60", "How many people were killed in the search?"), "question", "tells no such thing"),
        (marked("37", "Who was killed?"), "question", "answers a question for a figure"),
        (marked("9:42 p.m.", "How many ferries left Karsholm?"), "question", "answers a question for a time of day"),
        (marked("neither confirmed nor denied", "How many alarms sounded?"), "question", "for yes or no"),
        (marked("37", "How many sailors were killed in Velden?"), "question", "'Velden' in the question"),
        (fact("a faulty pump", "What is the article about?", "a faulty pump"), "question", "about the text"),
        (fact("a faulty pump", "Which road was closed?", "a faulty pump"), "question", "shares no word"),
        (fact("a faulty pump", "What did Elke Varn say?", "a faulty pump"), "question", "nothing in particular"),
        (fact("in a Karsholm yard", CHECKED, "in April", "Captain Rolf Umber"), "speaker", "'Captain Rolf Umber'"),
        (fact("a faulty pump", CAUSE, "a spark in the galley"), "answer", "most words of the answer"),
        (fact("a faulty pump", "Who caused the fire?", "Rolf Umber"), "answer", "'Rolf Umber' does not stand"),
        (fact("a faulty pump", "How many pumps were faulty?", "a pump"), "answer", "asks for a figure"),
        (fact("a faulty pump", CAUSE, "unknown"), "answer", "does not answer"),
        (fact("on 12 April 2031", CHECKED, "in July 2031"), "date", "no date of the evidence"),
        (fact("a faulty pump", CAUSE, "a loose wire", copied="a broken wire"), "evidence", "'a broken wire'"),
    ],
)
def test_a_check_fails_and_says_why(item: Proposed, check: str, said: str) -> None:
    assert said in failed(item).get(check, "")


def test_names_of_the_prompts_examples_are_leaks() -> None:
    examples = " ".join(content for role, content in load_prompt("marks").turns if role != "system")
    assert "Almira" in examples
    assert "'Almira'" in failed(marked("37", "How many sailors were killed on the ferry Almira?"))["leak"]
    assert "'Kesh'" in failed(fact("a faulty pump", "Who caused the fire?", "the Kesh militia"))["leak"]


def test_an_examples_name_that_the_article_holds_is_none() -> None:
    other = reading("The ferry Almira burned off Karsholm. At least 5 sailors of the Almira were killed on board.")
    assert failed(marked("5", "How many sailors were killed on the ferry Almira?", of=other), other) == {}


def test_what_fails_is_kept_with_its_evidence() -> None:
    claim = one(marked("37", INJURED))
    assert claim.status == "unverified"
    assert claim.reasons
    claim.evidence[0].check(READ.article)


def test_a_toll_is_that_of_the_dead() -> None:
    other = reading("The ferry burned off Karsholm. The port authority put the toll at 26 on Tuesday.")
    assert failed(marked("26", TOLL, of=other), other) == {}


# --- an earlier figure, a degree ---


@pytest.mark.parametrize(
    ("language", "text", "superseded"),
    [
        ("en", "Previous estimates by the mine had given the shaft a depth of 40 m.", True),
        ("en", "Earlier figures had put the number of boats at 40.", True),
        ("en", "Initial reports spoke of a well of 40 m.", True),
        ("fr", "Un premier bilan faisait état de 40 morts.", True),
        ("es", "Informes anteriores hablaban de 40 muertos.", True),
        ("de", "Zunächst war von 40 Toten die Rede.", True),
        ("it", "Un primo bilancio parlava di 40 morti.", True),
        ("ru", "Ранее сообщалось о 40 погибших.", True),
        ("en", "The well has a depth of 40 m.", False),
        ("en", "The fire service put the well at a depth of 40 m.", False),
        ("fr", "Le bilan fait état de 40 morts.", False),
    ],
)
def test_a_figure_of_earlier_reports_is_superseded(language: str, text: str, superseded: bool) -> None:
    other = reading(text, language=language, title=None)
    claim = one(marked("40", "How deep is the well?", of=other), other)
    assert claim.superseded is superseded
    assert claim.as_of == (None if superseded else PUBLISHED)


def test_the_figure_that_replaces_it_is_not() -> None:
    other = reading("Down from 41, the death toll of the fire in Karsholm is now 26.")
    new, old = ground([marked("26", TOLL, of=other), marked("41", TOLL, of=other)], other)
    assert (new.superseded, old.superseded) == (False, True)


HURT = "How many people were {} in Karsholm?"


@pytest.mark.parametrize(
    ("language", "text", "figure", "asked", "shown"),
    [
        ("en", "Four people were seriously hurt in Karsholm.", "Four", "injured", "seriously injured"),
        ("en", "Four people were seriously hurt in Karsholm.", "Four", "wounded", "seriously wounded"),
        ("en", "Four people were seriously hurt in Karsholm.", "Four", "seriously hurt", "seriously hurt"),
        ("en", "Four people were seriously hurt in Karsholm.", "Four", "badly hurt", "badly hurt"),
        ("en", "Four people were hurt in Karsholm, one of them seriously.", "Four", "injured", "injured"),
        ("fr", "Quatre personnes ont été grièvement blessées à Karsholm.", "Quatre", "hurt", "seriously hurt"),
        ("de", "Vier Menschen wurden schwer verletzt in Karsholm.", "Vier", "hurt", "seriously hurt"),
        ("es", "Cuatro heridos graves fueron trasladados a Karsholm.", "Cuatro", "injured", "seriously injured"),
    ],
)
def test_a_figure_of_the_seriously_injured_asks_for_them(
    language: str, text: str, figure: str, asked: str, shown: str
) -> None:
    other = reading(text, language=language, title=None)
    claim = one(marked(figure, HURT.format(asked), of=other), other)
    assert claim.verified
    assert claim.question == HURT.format(shown)
    assert claim.scope.group == (None if shown == "injured" else "serious")


# --- when it held, and for what time ---


def test_a_statement_without_a_date_is_as_of_publication() -> None:
    claim = one(marked("60", BOATS))
    assert (claim.as_of, claim.as_of_basis, claim.period) == (PUBLISHED, "published", None)


def test_without_any_date_there_is_no_as_of() -> None:
    undated = reading(published=None)
    claim = one(marked("60", BOATS, of=undated), undated)
    assert (claim.as_of, claim.as_of_basis) == (None, None)


def test_a_month_is_the_period() -> None:
    claim = one(marked("300", "How many people were evacuated from the pier?"))
    assert (claim.as_of, claim.as_of_basis, claim.period) == (PUBLISHED, "published", "2030-12")


def test_a_month_without_any_year_stays_without_one() -> None:
    undated = reading(published=None)
    claim = one(marked("300", "How many people were evacuated from the pier?", of=undated), undated)
    assert claim.period == "XXXX-12"


def test_a_revised_figure_and_the_one_it_replaces() -> None:
    new, old = ground([marked("26", TOLL, "port authority"), marked("41", TOLL, "port authority")], READ)
    assert new.verified
    assert old.verified
    assert (new.revises, new.as_of) == (True, PUBLISHED)
    assert (old.revises, old.as_of, old.as_of_basis) == (False, None, None)


# --- scope ---


def test_a_group_and_a_way_of_counting_are_scope() -> None:
    other = reading(
        "A gunman opened fire in Karsholm. Five children were killed, including the gunman, police said on Monday."
    )
    claim = one(marked("Five", "How many children were killed?", of=other), other)
    assert (claim.scope.group, claim.scope.definition) == ("children", "includes_attacker")


def test_the_place_of_a_question_is_scope() -> None:
    other = reading("Crowds marched in Karsholm and Velden. About 700 people marched in Velden.")
    assert one(marked("700", "How many people marched in Velden?", of=other), other).scope.place == "Velden"


def test_the_name_of_a_thing_is_no_place() -> None:
    summaries: list[EventSummary] = []
    for id, count, question in (
        ("a", 37, "How many sailors were killed in the fire on the ferry Lindholm?"),
        ("b", 52, "How many sailors were killed in the ferry fire in Sorvik Bay?"),
    ):
        text = f"The ferry Lindholm burned in Sorvik Bay. In all {count} sailors were killed."
        other = reading(text, id=id)
        claims = tuple(ground([marked(str(count), question, of=other)], other))
        provenance = Provenance(summarizer_version="0.1.0")
        summaries.append(EventSummary(article=other.article, claims=claims, provenance=provenance))
    assert [item.relation for item in merge(summaries).disagreements] == [Relation.CONTRADICTION]


# --- once for each fact ---


def test_what_is_said_twice_is_one_claim_with_both_sentences() -> None:
    first, second = (sentence for sentence in READ.sentences if "60 boats" in sentence.text)
    marks = [READ.marks[sentence.number][0] for sentence in (first, second)]
    again = BOATS.upper().replace("HOW MANY", "How many")
    proposed = [Proposed(first, BOATS, "", marks[0]), Proposed(second, again, "", marks[1]), marked("37", KILLED)]
    boats, killed = ground(proposed, READ)
    assert [item.quote for item in boats.evidence] == [first.text, second.text]
    assert (boats.id, killed.id) == ("dispatch#1", "dispatch#2")


def test_one_sentence_proposed_twice_is_evidence_once() -> None:
    (claim,) = ground([marked("37", KILLED), marked("37", KILLED)], READ)
    assert len(claim.evidence) == 1


def test_the_article_of_a_speaker_makes_no_second_claim() -> None:
    assert len(ground([marked("37", KILLED, "the coast guard"), marked("37", KILLED)], READ)) == 1


def test_nothing_proposed_is_nothing_claimed() -> None:
    assert ground([], READ) == []


# --- what holds for all ---

UNLIMITED = settings(deadline=None)  # machines differ
WORDS = st.sampled_from(
    [
        KILLED,
        INJURED,
        TOLL,
        CAUSE,
        "Who",
        " Almira",
        " Lindholm",
        " 37",
        " 90",
        " 12 April 2031",
        " yes",
        " no",
        "the coast guard",
        "Elke Varn",
        " killed",
        " injured",
        "a faulty pump",
        "“",
        ")",
        "(",
        "\u202f",
        "½",
        "三十七",
    ]
)
SAID = st.one_of(st.text(min_size=1, max_size=40), st.lists(WORDS, min_size=1, max_size=4).map("".join)).filter(
    lambda text: bool(text.strip())
)


@st.composite
def proposals(draw: st.DrawFn) -> Proposed:
    """Whatever a model may say of a sentence."""
    sentence: Sentence = draw(st.sampled_from(READ.sentences))
    mark = draw(st.sampled_from([None, *READ.marks.get(sentence.number, [])]))
    question, speaker = draw(SAID).strip(), draw(st.one_of(st.just(""), SAID))
    if mark:
        return Proposed(sentence, question, speaker, mark)
    return Proposed(sentence, question, speaker, None, draw(SAID).strip(), draw(st.one_of(st.just(""), SAID)))


@UNLIMITED
@given(st.lists(proposals(), max_size=5))
def test_whatever_is_proposed_every_quote_is_the_articles_own(proposed: list[Proposed]) -> None:
    claims = ground(proposed, READ)
    assert len(claims) <= len(proposed)
    assert [claim.id for claim in claims] == [f"dispatch#{place}" for place in range(1, len(claims) + 1)]
    spans = {(item.sentence.start, item.sentence.end) for item in proposed}
    assert {(e.start, e.end) for claim in claims for e in claim.evidence} == spans
    for claim in claims:
        for evidence in claim.evidence:
            assert READ.article.text[evidence.start : evidence.end] == evidence.quote
        assert claim.attributed_to is None or any(claim.attributed_to in item.quote for item in claim.evidence)
        assert claim.verified is all(check.passed for check in claim.checks)
