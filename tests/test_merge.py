"""Merging by rules: nothing vanishes, nothing is made up, nothing heavy is loaded, and the result reads back."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from support.any_claims import ALARM, CAUSE, LEFT, MARCH, OWNER, summaries
from support.claims import INJURED, KILLED, Draft, drafts, placed

from summarizer import InputError, merge
from summarizer.narrative import complete
from summarizer.schemas import Certainty, Cited, EventSummary, Failure, MergedSummary, Qualifier, Relation

FAILED = Failure(article="a", stage="extract", reason="sentence 3: no usable reply", hint="try again", partial=True)
UNREAD = Failure(article="broken.txt", stage="read", reason="it is not text", hint="save it as UTF-8")
UNLIMITED = settings(deadline=None)  # machines differ
KEYS = [
    "schema_version",
    "articles",
    "headline",
    "narrative",
    "disagreements",
    "agreements",
    "single_source",
    "unverified",
    "failures",
    "usage",
    "provenance",
]


def story() -> list[EventSummary]:
    """Three articles with something of everything."""
    a, b, c = drafts("2031-05-03", "2031-05-05", None)
    a.unverified(INJURED, "40", "number", "40 does not stand in the evidence")
    a.figure(KILLED, 4, attributed_to="the police")
    b.figure(KILLED, 9, attributed_to="the coast guard")
    a.yes_no(ALARM, "uncommitted", attributed_to="Norvik")
    b.yes_no(ALARM, "yes", attributed_to="Norvik")
    b.wording(CAUSE, "a faulty pump", certainty=Certainty.ALLEGED)
    c.time(LEFT, "09:42")
    a.time(LEFT, "09:45", about=True)
    c.name(OWNER, "Marta Lind", sentence="Ее владелица — Марта Линд «\u202f❄\ufe0f»")
    return [
        a.summary(headline=True, failures=(FAILED,), calls=5, output_tokens=300, seconds=1.5),
        b.summary(calls=7, output_tokens=200, seconds=2.5, reasks=1),
        c.summary(calls=1, failed_calls=1),
    ]


@UNLIMITED
@given(summaries())
def test_every_claim_is_in_exactly_one_place(made: list[EventSummary]) -> None:
    result = merge(made)
    assert sorted(placed(result)) == sorted(claim.id for summary in made for claim in summary.claims)
    assert len({item.id for item in result.comparisons}) == len(result.comparisons)


@UNLIMITED
@given(summaries())
def test_the_unverified_are_never_compared(made: list[EventSummary]) -> None:
    result = merge(made)
    compared = [claim for item in result.comparisons for answer in item.positions for claim in answer.claims]
    assert all(claim.verified for claim in compared)
    assert [claim.id for claim in result.unverified] == [c.id for s in made for c in s.claims if not c.verified]


@UNLIMITED
@given(summaries())
def test_the_narrative_cites_known_claims_only(made: list[EventSummary]) -> None:
    result = merge(made)
    known = set(placed(result)) - {claim.id for claim in result.unverified}
    told = [*result.narrative, *([result.headline] if result.headline else [])]
    assert all(set(cited.claims) <= known for cited in told)
    assert bool(result.narrative) is bool(result.disagreements)
    for cited, item in zip(result.narrative, result.disagreements, strict=False):  # the leading ones, in their order
        assert set(cited.claims) == {claim.id for answer in item.positions for claim in answer.claims}


@UNLIMITED
@given(summaries())
def test_lists_hold_what_their_names_say(made: list[EventSummary]) -> None:
    result = merge(made)
    for alone in result.single_source:
        assert len({article for answer in alone.positions for article in answer.articles}) == 1
    for same in result.agreements:
        assert len(same.positions) == 1
        assert len(same.positions[0].articles) > 1
    for item in result.disagreements:
        assert len(item.positions) > 1
        assert item.relation not in (Relation.AGREEMENT, Relation.NOT_COMPARABLE)
        assert item.rationale


@UNLIMITED
@given(summaries())
def test_a_story_reads_back_as_it_was(made: list[EventSummary]) -> None:
    result = merge(made)
    assert MergedSummary.model_validate_json(result.model_dump_json()) == result
    assert [EventSummary.model_validate_json(summary.model_dump_json()) for summary in made] == made


@UNLIMITED
@given(summaries())
def test_merging_again_gives_the_same(made: list[EventSummary]) -> None:
    assert merge(made).model_dump_json() == merge(made).model_dump_json()


def test_something_of_everything() -> None:
    result = merge(story(), failures=[UNREAD])
    assert [item.relation for item in result.disagreements] == [Relation.DENIAL, Relation.UPDATE]
    assert [item.question for item in result.agreements] == [LEFT]
    assert {item.question for item in result.single_source} == {CAUSE, OWNER}
    assert [claim.id for claim in result.unverified] == ["a#1"]


def test_disagreements_come_by_severity() -> None:
    weights = ["high", "medium", "low"]
    a, b = drafts("2031-05-03", "2031-05-03")
    a.figure(MARCH, 10000, hedge=Qualifier.ABOUT)
    b.figure(MARCH, 10000, hedge=Qualifier.MORE_THAN)
    a.figure("How many people were injured in the fire?", 100)
    b.figure("How many people were injured in the fire?", 104)
    a.figure(KILLED, 4)
    b.figure(KILLED, 9)
    severities = [item.severity for item in merge([a.summary(), b.summary()]).disagreements]
    assert severities == weights


def test_the_narrative_by_rule_tells_every_side() -> None:
    result = merge(story())
    for item, cited in zip(result.disagreements, result.narrative, strict=True):
        assert all(answer.answer in cited.text for answer in item.positions)
        assert all(article in cited.text for answer in item.positions for article in answer.articles)


def test_a_narrative_is_completed_by_the_disagreement_that_it_leaves_out() -> None:
    found = merge(story()).disagreements
    told = [Cited(text=f"Norvik answered: {found[0].positions[0].answer}.", claims=("a#3",))]
    assert [set(cited.claims) for cited in complete(told, found[1:], [])[1:]] == [{"a#2", "b#1"}]


@pytest.mark.parametrize("text", ["In all 14 of 19 boats joined the search.", "The ferry left Karsholm at 09:42."])
def test_an_answer_inside_another_word_is_not_told(text: str) -> None:
    a, b = drafts("2031-05-03", "2031-05-03")
    a.figure(KILLED, 4)
    b.figure(KILLED, 9)
    c = a.figure("How many boats joined the search?", 14)
    found = merge([a.summary(), b.summary()]).disagreements
    assert len(complete([Cited(text=text, claims=(c.id,))], found, [])) == 2


def test_the_headline_takes_no_side() -> None:
    result = merge(story())
    leading = result.disagreements[0]
    assert result.headline is not None
    assert all(answer.answer in result.headline.text for answer in leading.positions)
    assert set(result.headline.claims) == {claim.id for answer in leading.positions for claim in answer.claims}
    alone = merge(story()[:1])
    assert alone.headline is not None
    assert alone.headline.claims == ("a#2",)
    assert merge([Draft("a").summary(headline=True)]).headline is None


def test_failures_are_carried() -> None:
    assert merge(story(), failures=[UNREAD]).failures == (UNREAD, FAILED)


def test_usage_adds_up() -> None:
    usage = merge(story()).usage
    assert (usage.calls, usage.failed_calls, usage.reasks, usage.output_tokens, usage.seconds) == (13, 1, 1, 500, 4.0)
    assert usage.output_tokens_per_verified_claim == 62.5


def test_articles_keep_their_order_and_text() -> None:
    made = story()
    assert merge(made).articles == tuple(summary.article for summary in made)


def test_provenance_names_the_model_that_read_the_articles() -> None:
    made = merge(story()).provenance
    assert (made.model, made.provider, made.settings) == ("by-hand", "nobody", {"merged_by": "rules"})


def test_nothing_merged_is_an_empty_story() -> None:
    result = merge([], failures=[UNREAD])
    assert (result.articles, result.comparisons, result.unverified, result.headline) == ((), (), (), None)
    assert result.failures == (UNREAD,)


def test_one_article_agrees_with_nobody() -> None:
    (summary,) = story()[1:2]
    result = merge([summary])
    assert (result.disagreements, result.agreements) == ((), ())
    assert sorted(placed(result)) == sorted(claim.id for claim in summary.claims)


def test_two_articles_of_one_id_are_refused() -> None:
    first, second = story()[0], story()[0]
    with pytest.raises(InputError, match="several articles have the id a"):
        merge([first, second])


def test_json_has_exactly_the_promised_keys() -> None:
    assert list(json.loads(merge(story()).model_dump_json())) == KEYS


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_output_fits_its_own_json_schema(mode: Any) -> None:
    schema = MergedSummary.model_json_schema(mode=mode)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    validator.validate(json.loads(merge(story(), failures=[UNREAD]).model_dump_json()))
    spoilt = json.loads(merge(story()).model_dump_json()) | {"headlines": []}
    assert not validator.is_valid(spoilt)


@UNLIMITED
@given(summaries())
def test_any_story_fits_the_json_schema(made: list[EventSummary]) -> None:
    SCHEMA.validate(json.loads(merge(made).model_dump_json()))


SCHEMA = jsonschema.Draft202012Validator(MergedSummary.model_json_schema(mode="serialization"))

ALONE = """
import socket, sys
from pathlib import Path

def refuse(*_, **__):
    raise AssertionError("the network was asked for")

socket.socket.connect = socket.getaddrinfo = refuse
from summarizer import EventSummary, merge
made = [EventSummary.model_validate_json(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
print(merge(made).model_dump_json())
heavy = {name.partition(".")[0] for name in sys.modules} & {"openai", "instructor", "xllamacpp", "huggingface_hub"}
print(sorted(heavy))
"""


def test_merging_needs_no_network_and_loads_no_model_client(tmp_path: Path) -> None:
    saved = tmp_path / "summaries.jsonl"
    saved.write_text("\n".join(summary.model_dump_json() for summary in story()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ALONE, str(saved)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    result, heavy = done.stdout.splitlines()
    assert heavy == "[]"
    assert MergedSummary.model_validate_json(result) == merge(story())
