"""Answers in free words: what rules say of them, and what a model's word on them is worth."""

import asyncio
import json
from typing import Any

import pytest
from support.claims import drafts
from support.fake_model import SyntheticModel, schema_name
from support.merging import CAUSE, EARLY, LATE, Write, name, only, wording
from support.merging import told as by_rules
from support.scripted_server import Reply, Request, synthetic_completion

from summarizer import Settings, Summarizer
from summarizer.schemas import Agreement, Disagreement, MergedSummary, Relation
from summarizer.text.date_words import date_words

PUMP = "Which pump failed on the ferry Lindholm?"
KIND = "What kind of boat sank off Karsholm?"
BLAMED = "Who is blamed for the fire on the ferry Lindholm?"
HURT = "Who was hurt in the fire on the ferry Lindholm?"
WHERE = "Where did the ferry Lindholm sink?"
WHY = "Why did the ferry Lindholm sink?"


def judged(
    verdict: str, one: Write, other: Write, *, dates: tuple[str | None, str | None] = (EARLY, EARLY)
) -> tuple[MergedSummary, int]:
    """Two articles merged with a model that gives every pair one verdict, and how many pairs it was asked."""
    asked: list[int] = []

    def fault(number: int, request: Request) -> Reply | None:
        if schema_name(request) != "Verdicts":
            return None
        pairs = str(request.messages[-1]["content"]).count("\n   B: ")
        asked.append(pairs)
        said = [{"pair": pair, "verdict": verdict} for pair in range(1, pairs + 1)]
        return synthetic_completion(json.dumps({"verdicts": said}))

    a, b = drafts(*dates)
    one(a)
    other(b)

    async def run(model: SyntheticModel) -> MergedSummary:
        where = {"base_url": model.base_url, "api_key": "sk-fictional", "model": "synthetic"}
        async with Summarizer(Settings.resolve(**where)) as summarizer:
            return await summarizer.merge([a.summary(), b.summary()])

    with SyntheticModel(fault=fault) as model:
        return asyncio.run(run(model)), sum(asked)


def different(one: Write, other: Write, **more: Any) -> Disagreement:
    """What two answers are that the model, asked once, calls different."""
    story, asked = judged("different", one, other, **more)
    assert asked == 1
    return only(story)


# --- to rules alone ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (wording(CAUSE, "a short circuit"), wording(CAUSE, "arson by the owner")),
        (wording(PUMP, "the bilge pump"), wording(PUMP, "the fuel pump")),
        (name(HURT, "Marta Lind"), name(HURT, "Leo Brandt")),
        (name(WHERE, "Karsholm"), name(WHERE, "Velden")),
        (name(BLAMED, "the captain"), name(BLAMED, "the militia")),
    ],
)
@pytest.mark.parametrize("dates", [(EARLY, EARLY), (EARLY, LATE), (None, None)])
def test_two_wordings_are_uncertain_to_rules(one: Write, other: Write, dates: tuple[str | None, str | None]) -> None:
    found = only(by_rules(one, other, dates=dates))
    assert (found.relation, found.subtype, found.severity) == (Relation.UNCERTAIN, None, "low")
    assert found.decided_by == "rule"


def test_two_names_to_blame_contradict_each_other_by_rules() -> None:
    one, other = name(BLAMED, "Marta Lind"), name(BLAMED, "Leo Brandt")
    found = only(by_rules(one, other))
    assert (found.relation, found.decided_by) == (Relation.CONTRADICTION, "rule")
    story, asked = judged("different", one, other)
    assert (only(story).decided_by, asked) == ("rule", 0)


# --- different, the model says ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (wording(PUMP, "the bilge pump"), wording(PUMP, "the fuel pump")),
        (wording(KIND, "a trawler"), wording(KIND, "a tug")),
        (
            wording("In which village did the fire begin?", "Velden"),
            wording("In which village did the fire begin?", "near Karsholm"),
        ),
        (
            wording("What type of engine did the Lindholm have?", "a diesel engine"),
            wording("What type of engine did the Lindholm have?", "a steam turbine"),
        ),
        (
            wording("What was the name of the ferry off Karsholm?", "the Lindholm"),
            wording("What was the name of the ferry off Karsholm?", "the old Almgard"),
        ),
        (name(BLAMED, "the captain"), name(BLAMED, "the militia")),
        (
            name("Who claimed responsibility for the attack on Velden?", "the Red Lantern"),
            name("Who claimed responsibility for the attack on Velden?", "the militia"),
        ),
    ],
    ids=["which", "what kind", "in which", "what type", "name", "blame", "responsibility"],
)
def test_answers_of_which_one_only_can_be_true_contradict_each_other(one: Write, other: Write) -> None:
    found = different(one, other)
    assert (found.relation, found.subtype, found.severity) == (Relation.CONTRADICTION, "by_outlet", "high")
    assert found.decided_by == "model"
    assert "model" in found.rationale
    assert date_words(EARLY) in found.rationale


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            wording(KIND, "a small wooden fishing trawler of the bay"),
            wording(KIND, "a big steel ferry without any lights"),
        ),
        (wording(PUMP, "the bilge pump"), wording(PUMP, "the fuel pump behind the main engine room door")),
        (wording(WHY, "a leak"), wording(WHY, "the storm")),
        (
            wording("How did the ferry Lindholm sink?", "slowly"),
            wording("How did the ferry Lindholm sink?", "in minutes"),
        ),
        (
            wording("What did the mayor of Velden promise?", "a new pier"),
            wording("What did the mayor of Velden promise?", "lower fees"),
        ),
        (name(HURT, "a sailor"), name(HURT, "the cook")),
        (name(WHERE, "Karsholm"), name(WHERE, "Velden")),
        (
            name("Who spoke at the rally in Velden?", "the mayor"),
            name("Who spoke at the rally in Velden?", "a priest"),
        ),
    ],
    ids=["long answers", "one long answer", "why", "how", "what did", "who was hurt", "where", "who spoke"],
)
@pytest.mark.parametrize("dates", [(EARLY, EARLY), (EARLY, LATE), (None, None)])
def test_answers_that_may_both_be_true_stay_uncertain(
    one: Write, other: Write, dates: tuple[str | None, str | None]
) -> None:
    found = different(one, other, dates=dates)
    assert (found.relation, found.subtype, found.severity) == (Relation.UNCERTAIN, None, "low")
    assert "both may be true" in found.rationale


def test_two_speakers_contradict_each_other_by_source() -> None:
    one = wording(PUMP, "the bilge pump", attributed_to="the police")
    found = different(one, wording(PUMP, "the fuel pump", attributed_to="the regional hospital"))
    assert (found.relation, found.subtype) == (Relation.CONTRADICTION, "by_source")


def test_a_later_answer_is_an_update() -> None:
    found = different(wording(PUMP, "the bilge pump"), wording(PUMP, "the fuel pump"), dates=(EARLY, LATE))
    assert (found.relation, found.subtype, found.decided_by) == (Relation.UPDATE, "progression", "model")
    assert date_words(EARLY) in found.rationale
    assert date_words(LATE) in found.rationale


@pytest.mark.parametrize("dates", [(None, None), (EARLY, None), (None, EARLY)])
def test_without_dates_an_update_cannot_be_told_from_a_contradiction(dates: tuple[str | None, str | None]) -> None:
    found = different(wording(PUMP, "the bilge pump"), wording(PUMP, "the fuel pump"), dates=dates)
    assert (found.relation, found.severity, found.decided_by) == (Relation.UNCERTAIN, "low", "model")
    assert "no date" in found.rationale


# --- same or unrelated, the model says ---


def test_two_wordings_of_one_answer_agree() -> None:
    story, asked = judged("same", wording(CAUSE, "a faulty bilge pump"), wording(CAUSE, "the pump had broken"))
    assert asked == 1
    (found,) = story.agreements
    assert isinstance(found, Agreement)
    assert (story.disagreements, found.decided_by) == ((), "model")


def test_answers_without_a_word_in_common_are_not_called_one() -> None:
    story, asked = judged("same", wording(PUMP, "bilge"), wording(PUMP, "stern"))
    assert asked == 1
    found = only(story)
    assert (found.relation, found.decided_by) == (Relation.CONTRADICTION, "model")


def test_an_unrelated_pair_leaves_it_to_the_rules() -> None:
    story, _ = judged("unrelated", wording(PUMP, "the bilge pump"), wording(PUMP, "the fuel pump"))
    found = only(story)
    assert (found.relation, found.decided_by) == (Relation.UNCERTAIN, "rule")
