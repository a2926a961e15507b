"""Extraction: which sentences go to which prompt, in what words, and what becomes of a question about denying."""

import asyncio
import re
from typing import Literal

import pytest
from support.fake_model import SyntheticModel, schema_name
from support.readings import PUBLISHED, marked, one, reading

from summarizer import Settings, Summarizer
from summarizer.extract import plan
from summarizer.prompting import load_prompt
from summarizer.schemas import Claim, Stance, YesNo

BEFORE = "The evening paper wrote that the ferry Lindholm carried explosives."
DENIES = "Norvik denied this."
BOTH = "Norvik confirmed that 12 sailors were hurt and denied that 40 boats had burned."
FIGURES = "In all 12 sailors were hurt and 40 boats burned."
PLAIN = "Old nets hung along the wooden pier wall."


def windows(*sentences: str, language: str = "en", size: int = 60) -> list[tuple[str, list[str]]]:
    """The calls that a text needs: the prompt, and the sentences it is asked about."""
    text = ("" if language == "zh" else " ").join(sentences)
    made = reading(text, language=language, title=None)
    assert [sentence.text for sentence in made.sentences] == list(sentences)
    return [(window.task, [sentence.text for sentence in window.sentences]) for window in plan(made, size)]


def prompts(*sentences: str) -> dict[str, list[str]]:
    """What the model is told last, by prompt, of an article with these sentences."""
    article = reading(" ".join(sentences), title="Fire on the Lindholm").article
    opening = {load_prompt(name).turns[0][1]: name for name in ("marks", "stances", "facts")}
    with SyntheticModel() as model:

        async def run() -> None:
            where = {"base_url": model.base_url, "api_key": "sk-fictional", "model": "synthetic"}
            settings = Settings.resolve(**where, window=60, concurrency=1)
            async with Summarizer(settings) as summarizer:
                await summarizer.summarize(article)

        asyncio.run(run())
        told: dict[str, list[str]] = {}
        for request in model.requests:
            if schema_name(request) in ("MarkQuestions", "Facts"):
                name = opening[request.messages[0]["content"]]
                told.setdefault(name, []).append(str(request.messages[-1]["content"]))
    return told


# --- which sentence goes where ---


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Norvik confirmed that an alarm had sounded on the ferry."),
        ("en", "Norvik denied that an alarm had sounded on the ferry."),
        ("en", "Norvik neither confirmed nor denied that an alarm had sounded."),
        ("en", "Norvik declined to comment on the alarm on the ferry."),
        ("fr", "La compagnie dément que le ferry ait transporté des explosifs."),
        ("es", "La compañía desmintió que el barco llevara explosivos."),
        ("de", "Die Reederei bestritt, dass die Fähre Sprengstoff geladen hatte."),
        ("it", "La compagnia ha smentito che il traghetto portasse esplosivi."),
        ("ru", "Компания опровергла, что паром перевозил взрывчатку."),
        ("zh", "公司否认渡轮装有爆炸物。"),
    ],
)
def test_words_of_confirming_and_denying_are_asked_as_stances(language: str, sentence: str) -> None:
    assert windows(sentence, language=language) == [("stances", [sentence])]


def test_figures_go_to_marks_and_what_has_neither_to_facts() -> None:
    assert windows(FIGURES, PLAIN) == [("marks", [FIGURES]), ("facts", [PLAIN])]


def test_a_sentence_with_both_is_asked_twice_each_time_for_its_own_marks() -> None:
    assert windows(BOTH) == [("marks", [BOTH]), ("stances", [BOTH])]
    told = prompts(BOTH)
    assert set(told) == {"marks", "stances"}
    (counted,), (disputed,) = told["marks"], told["stances"]
    assert 'Marks: 1 = "12"; 2 = "40"' in counted
    assert "confirmed" not in counted.partition("Marks:")[2]
    assert 'Marks: 1 = "confirmed"; 2 = "denied"' in disputed


@pytest.mark.parametrize("size", [1, 2, 60])
def test_each_disputed_sentence_is_a_call_of_its_own(size: int) -> None:
    other = "Norvik confirmed that the pump was old."
    found = windows(BEFORE, DENIES, other, FIGURES, "Another 7 sailors were missing.", size=size)
    assert [sentences for task, sentences in found if task == "stances"] == [[DENIES], [other]]
    counted = [sentences for task, sentences in found if task == "marks"]
    assert len(counted) == (2 if size == 1 else 1)


def test_every_mark_is_asked_for_exactly_once() -> None:
    made = reading(" ".join((FIGURES, BOTH, DENIES, PLAIN)), title=None)
    told = prompts(FIGURES, BOTH, DENIES, PLAIN)
    listed = [word for text in (*told["marks"], *told["stances"]) for word in re.findall(r'\d = "(.+?)"', text)]
    assert sorted(listed) == sorted(mark.text for marks in made.marks.values() for mark in marks)
    assert len(listed) == 7


# --- the words of the prompt ---


def test_the_sentence_before_is_told_with_a_stance() -> None:
    told = prompts(BEFORE, DENIES)
    (disputed,) = told["stances"]
    assert disputed == f'Title: Fire on the Lindholm\nBefore: {BEFORE}\n[1] {DENIES}\nMarks: 1 = "denied"'


def test_a_stance_that_opens_the_article_has_nothing_before_it() -> None:
    (disputed,) = prompts(DENIES, PLAIN)["stances"]
    assert "\nBefore: -\n" in disputed


def test_what_stands_before_may_be_disputed_or_counted_itself() -> None:
    told = prompts(FIGURES, DENIES, "Norvik also confirmed the fire on the ferry.")
    assert [text.partition("\nBefore: ")[2].partition("\n")[0] for text in told["stances"]] == [FIGURES, DENIES]


def test_the_sentence_before_is_one_line() -> None:
    (disputed,) = prompts(BEFORE.replace("ferry Lindholm", "ferry\n  Lindholm"), DENIES)["stances"]
    assert f"\nBefore: {BEFORE}\n" in disputed


def test_figures_are_asked_with_the_date_and_without_the_sentence_before() -> None:
    (counted,) = prompts(BEFORE, FIGURES)["marks"]
    assert PUBLISHED in counted
    assert BEFORE not in counted


# --- a question about the act of denying ---


def turned(question: str, sentence: str = "The mayor denied it: nothing of that sort happened.") -> Claim:
    """The claim that a question on the first word of denying becomes."""
    made = reading(sentence)
    word = next(mark.text for marks in made.marks.values() for mark in marks if mark.kind == "stance")
    return one(marked(word, question, of=made), made)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("Did the mayor deny that the bridge fell?", "Is it true that the bridge fell?"),
        ("Has the mayor denied that the bridge fell?", "Is it true that the bridge fell?"),
        ("Did the mayor deny that his deputy lied", "Is it true that his deputy lied?"),
        ("Did the mayor deny reports that the bridge fell?", "Is it true that the bridge fell?"),
        ("Did the mayor dismiss the claim that the bridge fell?", "Is it true that the bridge fell?"),
        ("Did the mayor reject allegations that the bridge fell?", "Is it true that the bridge fell?"),
        ("Did the mayor deny claims about the bridge?", "Is it true what is told in the claims about the bridge?"),
        ("Did the mayor deny the rumours about it?", "Is it true what is told in the rumours about it?"),
        (
            "Did the mayor dismiss reports of a second fire?",
            "Is it true what is told in the reports of a second fire?",
        ),
    ],
)
def test_a_question_about_denying_asks_what_is_denied(asked: str, shown: str) -> None:
    claim = turned(asked)
    assert claim.question == shown
    assert (claim.answer, claim.value, claim.stance) == ("no", YesNo(answer="no"), Stance.DENIED)


@pytest.mark.parametrize("pronoun", ["it", "they", "he", "she", "They"])
def test_what_a_pronoun_stands_for_is_not_known(pronoun: str) -> None:
    claim = turned(f"Did the mayor deny that {pronoun} closed the bridge?")
    assert claim.question == f"Did the mayor confirm that {pronoun} closed the bridge?"


@pytest.mark.parametrize("asked", ["Did the bridge fall?", "Does the council plan to close the bridge?"])
def test_a_question_about_the_event_itself_stays(asked: str) -> None:
    assert turned(asked).question == asked


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("The mayor confirmed that the bridge fell.", "yes"),
        ("The mayor neither confirmed nor denied that the bridge fell.", "uncommitted"),
    ],
)
def test_only_a_denial_is_turned(sentence: str, answer: Literal["yes", "uncommitted"]) -> None:
    claim = turned("Did the mayor deny that the bridge fell?", sentence)
    assert claim.question == "Did the mayor confirm that the bridge fell?"
    assert claim.value == YesNo(answer=answer)


@pytest.mark.xfail(strict=True, reason="whom the denying itself is laid upon is not looked at")
def test_a_question_about_a_denial_by_somebody_else_stays() -> None:
    asked = "Was the mayor accused of denying that the bridge fell?"
    assert "accused" in turned(asked).question
