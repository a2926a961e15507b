"""Affirmations in a merged story: a denial that another article's sentence answers, and a model that fails at it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from support.claims import placed
from support.denials import CUT, CUTS, KILLED, SALE, SCHOOL, SOLD, article, denial, summaries
from support.fake_model import SyntheticModel, schema_name
from support.scripted_server import Reply, Request, synthetic_completion, synthetic_error

from summarizer import Settings, Summarizer
from summarizer.schemas import EventSummary, MergedSummary, Relation


def settings(model: SyntheticModel, **more: Any) -> Settings:
    return Settings.resolve(**{"base_url": model.base_url, "api_key": "sk-fictional", "model": "synthetic", **more})


def merged(model: SyntheticModel, articles: Sequence[EventSummary], **more: Any) -> MergedSummary:
    async def run() -> MergedSummary:
        async with Summarizer(settings(model, **more)) as summarizer:
            return await summarizer.merge(articles)

    return asyncio.run(run())


def told(model: SyntheticModel) -> int:
    """How many pairs a made-up model was asked about."""
    return sum(schema_name(request) == "Told" for request in model.requests)


def test_an_affirmed_denial_is_a_disagreement_decided_by_the_model() -> None:
    other = article(f"{SCHOOL} {CUTS}")
    with SyntheticModel(filled={"Told": {"answer": "yes"}}) as model:
        story = merged(model, summaries(denial(), other))
    (item,) = story.disagreements
    assert (story.agreements, story.single_source, story.failures) == ((), (), ())
    assert (item.question, item.relation, item.subtype, item.decided_by) == (CUT, Relation.DENIAL, None, "model")
    no, yes = item.positions
    assert (no.answer, no.articles, yes.answer, yes.articles) == ("no", ("a",), "yes", ("b",))
    assert [(e.article, e.quote) for e in yes.evidence] == [("b", CUTS)]
    assert other.text[yes.evidence[0].start : yes.evidence[0].end] == CUTS
    assert yes.attributed_to == "the union"
    assert sorted(placed(story)) == ["a#1", "b#1"]
    assert "affirm" in {prompt.name for prompt in story.provenance.prompts}
    assert story.usage.calls == len(model.requests)


def test_an_affirmation_of_what_is_left_open_is_no_denial() -> None:
    with SyntheticModel(filled={"Told": {"answer": "yes"}}) as model:
        story = merged(model, summaries(denial(answer="uncommitted"), article(CUTS)))
    (item,) = story.disagreements
    assert (item.relation, item.subtype, item.decided_by) == (Relation.DENIAL, "non_confirmation", "model")


@pytest.mark.parametrize("answer", ["silent", "no"])
def test_a_denial_that_nobody_affirms_stays_alone(answer: str) -> None:
    with SyntheticModel(filled={"Told": {"answer": answer}}) as model:
        story = merged(model, summaries(denial(), article(CUTS)))
        assert told(model) == 1
    assert story.disagreements == ()
    assert [claim.id for claim in story.single_source[0].positions[0].claims] == ["a#1"]


def test_without_a_denial_a_merge_asks_for_no_affirmation() -> None:
    one, other = article(CUTS, "a"), article(CUTS)
    one.figure(KILLED, 4)
    other.figure(KILLED, 9)
    with SyntheticModel() as model:
        merged(model, summaries(one, other))
        assert told(model) == 0


def test_a_rule_that_decides_keeps_its_decision() -> None:
    one, other = denial(), article(CUTS)
    one.figure(KILLED, 4)
    other.figure(KILLED, 9)
    with SyntheticModel(filled={"Told": {"answer": "yes"}}) as model:
        story = merged(model, summaries(one, other))
    assert {item.question: item.decided_by for item in story.disagreements} == {CUT: "model", KILLED: "rule"}


# --- what fails ---


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting before a request is repeated."""

    async def skip(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.model.retry.pause", skip)


@pytest.mark.parametrize(
    ("reply", "stage"),
    [
        (synthetic_completion("nonsense"), "compare"),
        (synthetic_completion('{"answer": "perhaps"}'), "compare"),
        (synthetic_error(500), "model"),
        (synthetic_error(401), "model"),
        (Reply(reset=True), "model"),
    ],
)
def test_a_model_that_fails_leaves_it_to_the_rules_and_is_listed(at_once: None, reply: Reply, stage: str) -> None:
    one, other = denial(), article(CUTS)
    one.figure(KILLED, 4)
    other.figure(KILLED, 9)

    def fault(number: int, request: Request) -> Reply | None:
        return reply if schema_name(request) == "Told" else None

    with SyntheticModel(fault=fault) as model:
        story = merged(model, summaries(one, other), transport_retries=1)
    assert story.failures[0].stage == stage
    about = "b" if stage == "compare" else None  # a reply of no use concerns one article, a model that is gone all
    assert all((failure.article, failure.partial) == (about, True) for failure in story.failures)
    assert [(item.question, item.decided_by) for item in story.disagreements] == [(KILLED, "rule")]
    assert [item.question for item in story.single_source] == [CUT]
    assert sorted(placed(story)) == ["a#1", "a#2", "b#1"]


def test_a_reply_of_no_use_costs_its_pair_alone() -> None:
    def fault(number: int, request: Request) -> Reply | None:
        useless = any(SALE in message["content"] for message in request.messages)
        return synthetic_completion("nonsense") if useless else None

    with SyntheticModel(fault=fault, filled={"Told": {"answer": "yes"}}) as model:
        story = merged(model, summaries(denial(), denial("c", SOLD), article(f"{CUTS} {SALE}")), concurrency=1)
    assert len(story.failures) == 1
    assert [item.question for item in story.disagreements] == [CUT]
