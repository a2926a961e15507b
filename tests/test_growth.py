"""A story that grows: what is sent to the model, what is carried over, and what the result says of it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.any_claims import CAUSE, summaries
from support.claims import INJURED, KILLED, PROVENANCE, Draft, placed
from support.denials import CUT, CUTS, LATER, SALE, SCHOOL, SOLD, denial
from support.denials import article as silent
from support.expected import STORIES, story_of
from support.fake_model import SyntheticModel, asked_sentences, schema_name
from support.scripted_server import Reply, Request, synthetic_completion, synthetic_error

from summarizer import Article, Settings, Summarizer, merge
from summarizer.align import Decided, align
from summarizer.continuing import NEW, continued
from summarizer.growth import grown
from summarizer.render.markdown import story_markdown
from summarizer.render.text import story_text
from summarizer.schemas import Comparison, Disagreement, EventSummary, Failure, MergedSummary

DAYS = ("2031-05-03", "2031-05-05", "2031-05-08")
UNLIMITED = settings(deadline=None)  # machines differ
TEXTS = {
    "gazette": "The landslide killed 12 workers, the district said. Another 30 workers were injured.",
    "courier": "The landslide killed 15 workers, police said. Another 30 workers were injured.",
    "herald": "The landslide killed 15 workers, the mayor said. Crews searched the rubble for 9 missing workers.",
}


def article(name: str, text: str | None = None, **fields: Any) -> Article:
    text = text or TEXTS[name]
    return Article.from_text(text, **{"id": name, "title": "The landslide", "language": "en", **fields})


GAZETTE, COURIER, HERALD = (article(name, published=day) for name, day in zip(TEXTS, DAYS, strict=True))


def options(model: SyntheticModel, **more: Any) -> Settings:
    return Settings.resolve(**{"base_url": model.base_url, "api_key": "sk-fictional", "model": "synthetic", **more})


def told(
    articles: list[Article],
    into: MergedSummary | None = None,
    failures: tuple[Failure, ...] = (),
    model: SyntheticModel | None = None,
    **more: Any,
) -> tuple[MergedSummary, list[Request]]:
    """The story of these articles, and what the made-up model was asked for it."""

    async def run(server: SyntheticModel) -> MergedSummary:
        async with Summarizer(options(server, **more)) as reader:
            return await reader.story(articles, failures, into=into)

    with model or SyntheticModel() as server:
        return asyncio.run(run(server)), list(server.requests)


def grow(story: MergedSummary, *new: EventSummary) -> MergedSummary:
    """A story and what is new to it, merged by rules."""
    return merge(new, into=continued(story, []))


def kinds(item: Comparison) -> list[str]:
    return [change.kind for change in item.changes]


def changes(story: MergedSummary) -> list[tuple[str, tuple[str, ...]]]:
    return [(change.kind, change.articles) for item in story.comparisons for change in item.changes]


def as_before(story: MergedSummary) -> tuple[Comparison, ...]:
    """The comparisons without what is said of their growth."""
    return tuple(item.model_copy(update={"changes": ()}) for item in story.comparisons)


def about(item: Comparison) -> list[tuple[str, list[str], tuple[str, ...]]]:
    """Answers of a question, the claims and articles of each."""
    return [(p.answer, [claim.id for claim in p.claims], p.articles) for p in item.positions]


def answer(item: MergedSummary, question: str) -> Comparison:
    (found,) = [one for one in item.comparisons if one.question == question]
    return found


# --- what is sent ---


def test_only_new_articles_are_sent() -> None:
    first, before = told([GAZETTE, COURIER])
    second, requests = told([HERALD], first)
    alone, of_it = told([HERALD])
    assert sorted(asked_sentences(requests)) == sorted(asked_sentences(of_it))
    assert not set(asked_sentences(requests)) & set(asked_sentences(before))
    assert [one.id for one in second.articles] == ["gazette", "courier", "herald"]
    whole, _ = told([GAZETTE, COURIER, HERALD])
    assert as_before(second) == whole.comparisons
    assert second.failures == ()
    assert len(alone.articles) == 1


def test_the_narrative_names_the_outlets_of_before_and_of_now() -> None:
    posts = [one.model_copy(update={"outlet": f"The {one.id}"}) for one in (GAZETTE, COURIER)]
    first, _ = told(posts[:1])
    second, _ = told(posts[1:], first)
    (sentence,) = [one.text for one in second.narrative if "Sources differ" in one.text]
    assert "in The gazette" in sentence
    assert "in The courier" in sentence


def test_usage_is_the_sum_of_both_runs() -> None:
    first, before = told([GAZETTE, COURIER])
    second, requests = told([HERALD], first)
    assert first.usage.calls == len(before)
    assert second.usage.calls == len(before) + len(requests)
    assert second.usage.output_tokens > first.usage.output_tokens
    verified = len([id for id in placed(second) if id not in {claim.id for claim in second.unverified}])
    assert second.usage.output_tokens_per_verified_claim == round(second.usage.output_tokens / verified, 1)


def test_what_is_in_the_story_already_is_not_read_again() -> None:
    first, _ = told([GAZETTE, COURIER])
    second, requests = told([GAZETTE, COURIER], first)
    assert requests == []
    assert second == first
    base = continued(first, [COURIER])
    assert base.articles == ()
    assert base.notes == ("courier: it is in the story already; it is not read again",)


def test_with_new_ones_only_these_are_read() -> None:
    first, _ = told([GAZETTE, COURIER])
    _, of_it = told([HERALD], first)
    again, requests = told([GAZETTE, COURIER, HERALD], first)
    assert sorted(asked_sentences(requests)) == sorted(asked_sentences(of_it))
    assert [one.id for one in again.articles] == ["gazette", "courier", "herald"]


def test_a_copy_of_an_old_article_is_kept_as_its_copy_without_a_call() -> None:
    first, _ = told([GAZETTE, COURIER])
    wire = article("wire", TEXTS["gazette"], outlet="Le Quai", published="2031-05-01")
    second, requests = told([wire], first)
    assert requests == []
    assert [one.id for one in second.articles] == ["gazette", "courier"]
    assert [copy.id for copy in second.articles[0].copies] == ["wire"]
    assert (second.headline, second.narrative) == (first.headline, first.narrative)
    assert told([wire], second)[0] == second


def test_the_same_text_of_another_outlet_is_a_copy_whatever_its_name() -> None:
    first, _ = told([GAZETTE, COURIER])
    second, requests = told([article("courier", outlet="Le Quai")], first)
    assert requests == []
    assert [copy.id for copy in second.articles[1].copies] == ["courier-2"]


def test_copies_among_the_new_are_read_once() -> None:
    first, _ = told([GAZETTE])
    twins = [article("courier"), article("wire", TEXTS["courier"], outlet="Le Quai")]
    second, requests = told(twins, first)
    assert sorted(asked_sentences(requests)) == sorted(asked_sentences(told([COURIER])[1]))
    assert [[copy.id for copy in one.copies] for one in second.articles] == [[], ["wire"]]


def test_an_id_that_is_taken_gets_a_number_and_keeps_it() -> None:
    first, _ = told([GAZETTE, COURIER])
    other = article("courier", TEXTS["herald"])
    base = continued(first, [other])
    assert [one.id for one in base.articles] == ["courier-2"]
    assert base.notes == ("courier: the story has another article of that id; this one is called courier-2",)
    second, _ = told([other], first)
    assert [one.id for one in second.articles] == ["gazette", "courier", "courier-2"]
    third, requests = told([other], second)
    assert requests == []
    assert len(third.articles) == 3
    assert continued(second, [other]).notes == (
        "courier: it is in the story already, as courier-2; it is not read again",
    )


def test_a_number_is_not_that_of_another_input() -> None:
    first, _ = told([GAZETTE, COURIER])
    base = continued(first, [article("courier", TEXTS["herald"]), article("courier-2", "The rain went on all night.")])
    assert [one.id for one in base.articles] == ["courier-3", "courier-2"]
    wire = article("gazette", TEXTS["courier"], outlet="Le Quai")
    base = continued(first, [wire, article("gazette-2", TEXTS["courier"], outlet="Sorvik Post")])
    assert [copy.id for copy in base.summaries[1].article.copies] == ["gazette-3", "gazette-2"]


# --- what was decided stays ---


@pytest.mark.parametrize("name", STORIES)
def test_a_story_grown_by_nothing_is_the_same(name: str) -> None:
    """With what the real model decided: questions it joined, answers it called one or different."""
    story = story_of(name)
    after = grow(story)
    assert after.model_dump(exclude={"usage"}) == story.model_dump(exclude={"usage"})
    assert after.usage.calls == story.usage.calls


def test_the_examples_hold_decisions_of_the_model() -> None:
    items = [item for name in STORIES for item in story_of(name).comparisons]
    assert {one.verdict for item in items for one in item.judged} == {"same", "different"}


@UNLIMITED
@given(summaries())
def test_growing_by_nothing_changes_no_comparison(made: list[EventSummary]) -> None:
    story = merge(made)
    after = grow(story)
    assert after.comparisons == story.comparisons
    assert after.unverified == story.unverified
    assert grow(after) == after


@UNLIMITED
@given(summaries(), st.integers(0, 3))
def test_growing_is_merging_all_at_once_where_rules_decide(made: list[EventSummary], at: int) -> None:
    """Nothing vanishes on the way, in one step or article by article."""
    whole = merge(made)
    after = grow(merge(made[:at]), *made[at:])
    assert as_before(after) == whole.comparisons
    assert (after.articles, after.unverified) == (whole.articles, whole.unverified)
    assert after.usage == whole.usage
    one_by_one = merge(made[:1])
    for summary in made[1:]:
        one_by_one = grow(one_by_one, summary)
    assert as_before(one_by_one) == whole.comparisons


class Judge(SyntheticModel):
    """Gives every pair one verdict and keeps the pairs, in words; reads every sentence that may affirm as `told`."""

    def __init__(self, verdict: str = "different", told: str = "yes") -> None:
        super().__init__(fault=self._judged)
        self.verdict, self.told = verdict, told
        self.pairs: list[str] = []
        self.sentences: list[str] = []

    def _judged(self, number: int, request: Request) -> Reply | None:
        asked = str(request.messages[-1]["content"])
        if schema_name(request) == "Told":
            self.sentences.append(asked.partition("\nSentence: ")[2])
            return synthetic_completion(json.dumps({"answer": self.told}))
        if schema_name(request) != "Verdicts":
            return None
        lines = [
            line.partition(": ")[2]
            for line in asked.splitlines()
            if line.lstrip("0123456789. ").startswith(("A:", "B:"))
        ]
        self.pairs += lines
        said = [{"pair": pair, "verdict": self.verdict} for pair in range(1, len(lines) // 2 + 1)]
        return synthetic_completion(json.dumps({"verdicts": said}))


def merged(judge: Judge, *made: EventSummary, into: MergedSummary | None = None) -> MergedSummary:
    """Merged with a judge."""

    async def run() -> MergedSummary:
        async with Summarizer(options(judge)) as reader:
            return await reader.merge(made, into=continued(into, []) if into else NEW)

    with judge:
        return asyncio.run(run())


def said(id: str, *words: str, day: str = DAYS[0]) -> EventSummary:
    draft = Draft(id, day)
    for word in words:
        draft.wording(CAUSE, word)
    return draft.summary()


@pytest.mark.parametrize("verdict", ["same", "different", "unrelated"])
def test_an_answer_of_the_model_is_kept_and_not_asked_for_again(verdict: str) -> None:
    first_judge, judge = Judge(verdict), Judge("unrelated")
    first = merged(first_judge, said("a", "a faulty bilge pump"), said("b", "the old bilge pump that leaked"))
    assert len(first_judge.pairs) == 2
    (before,) = first.comparisons
    assert [one.verdict for one in before.judged] == [verdict]
    other = Draft("c", DAYS[1])
    other.figure(KILLED, 3)
    after = merged(judge, other.summary(), into=first)
    assert judge.pairs == []
    assert answer(after, CAUSE).model_copy(update={"id": before.id}) == before
    assert grow(after).comparisons == tuple(as_before(after))


def test_only_pairs_with_a_new_article_are_asked_about() -> None:
    judge = Judge("different")
    first = merged(Judge("different"), said("a", "a short circuit"), said("b", "arson by the owner"))
    after = merged(judge, said("c", "lightning from the sky"), into=first)
    assert sorted(judge.pairs) == sorted(
        f"{CAUSE} → {word}"
        for word in ("a short circuit", "arson by the owner", "lightning from the sky", "lightning from the sky")
    )
    (cause,) = after.disagreements
    assert {frozenset(one.claims) for one in cause.judged} == {
        frozenset(pair) for pair in (("a#1", "b#1"), ("a#1", "c#1"), ("b#1", "c#1"))
    }


def test_an_answer_that_is_shared_by_old_and_new_is_not_asked_about_again() -> None:
    """Its first claim is the new article's now, but the model was asked about this answer."""
    judge = Judge("same")
    first = merged(Judge("different"), said("m", "a short circuit"), said("n", "arson by the owner"))
    after = merged(judge, said("a", "a short circuit"), into=first)
    assert judge.pairs == []
    (cause,) = after.disagreements
    assert [p.articles for p in cause.positions] == [("m", "a"), ("n",)]
    assert cause.decided_by == answer(first, CAUSE).decided_by  # type: ignore[attr-defined]


def test_questions_that_the_model_joined_stay_joined() -> None:
    """Two wordings of one question, which rules leave in doubt."""
    one, other = Draft("a", DAYS[0]), Draft("b", DAYS[0])
    one.wording("What was the cause of the blaze aboard the Lindholm?", "a short circuit")
    other.wording("What led to the fire in the engine room of the Lindholm?", "a short circuit")
    apart = merge([one.summary(), other.summary()])
    assert len(apart.comparisons) == 2
    first = merged(Judge("same"), one.summary(), other.summary())
    (joined,) = first.agreements
    assert joined.decided_by == "model"
    judge = Judge("unrelated")
    more = Draft("c", DAYS[1])
    more.figure(KILLED, 3)
    after = merged(judge, more.summary(), into=first)
    assert judge.pairs == []
    (still,) = after.agreements
    assert about(still) == about(joined)
    assert still.decided_by == "model"


def test_doubts_of_before_take_no_place_of_new_ones() -> None:
    """Only so many doubts are asked about."""
    one, other = Draft("a", DAYS[0]), Draft("b", DAYS[0])
    one.wording("What was the cause of the blaze aboard the Lindholm?", "a short circuit")
    other.wording("What led to the fire in the engine room of the Lindholm?", "a short circuit")
    claims = [*one.claims, *other.claims]
    (doubt,) = align(claims).doubts
    assert align(claims, decided=Decided(frozenset("ab"))).doubts == []
    assert align(claims, decided=Decided(frozenset("a"))).doubts == [doubt]
    pair = (doubt.first.id, doubt.second.id)
    (recalled,) = align(claims, decided=Decided(frozenset("ab"), {pair: "same"})).doubts
    assert (recalled.first.id, recalled.second.id) == pair


def test_a_claim_that_the_model_affirmed_keeps_its_id_and_is_not_asked_for_again() -> None:
    first_judge, judge = Judge(), Judge()
    first = merged(first_judge, denial("a").summary(), silent(f"{SCHOOL} {CUTS}", "b").summary())
    assert first_judge.sentences == [CUTS]
    (before,) = first.disagreements
    assert about(before) == [("no", ["a#1"], ("a",)), ("yes", ["b#1"], ("b",))]
    other = Draft("c", LATER)
    other.figure(KILLED, 3)
    after = merged(judge, other.summary(), into=first)
    assert judge.sentences == []
    assert about(answer(after, CUT)) == about(before)
    assert grow(first).usage == first.usage
    assert grow(after).comparisons == tuple(as_before(after))


def test_a_new_article_is_asked_about_an_old_denial() -> None:
    judge = Judge()
    first = merged(Judge("different", "silent"), denial("a").summary(), silent(f"{SCHOOL} {CUTS}", "b").summary())
    new = "The Brenn valley line cuts its night trains, the paper of the union wrote."
    after = merged(judge, silent(new, "c").summary(), into=first)
    assert judge.sentences == [new]
    assert [p[2] for p in about(answer(after, CUT))] == [("a",), ("c",)]


def test_a_new_denial_is_looked_for_in_old_articles() -> None:
    judge = Judge()
    first = merged(Judge(), silent(f"{SCHOOL} {CUTS}", "b").summary())
    after = merged(judge, denial("a").summary(), into=first)
    assert judge.sentences == [CUTS]
    (found,) = after.disagreements
    assert found.relation == "denial"


def test_a_claim_that_is_affirmed_later_has_an_id_of_its_own() -> None:
    first = merged(Judge(), denial("a").summary(), silent(f"{CUTS} {SALE}", "b").summary())
    judge = Judge()
    after = merged(judge, denial("c", SOLD).summary(), into=first)
    assert judge.sentences == [SALE]
    assert about(answer(after, CUT))[1] == ("yes", ["b#1"], ("b",))
    assert about(answer(after, SOLD))[1] == ("yes", ["b#2"], ("b",))


def test_what_was_decided_is_kept_where_the_model_goes_away() -> None:
    first = merged(Judge("same"), said("a", "a faulty bilge pump"), said("b", "the old bilge pump that leaked"))
    (before,) = first.agreements
    gone = Judge()
    gone.fault = lambda *_: synthetic_error(401, "no")
    after = merged(gone, said("c", "lightning from the sky"), into=first)
    assert [failure.stage for failure in after.failures] == ["model"]
    (cause,) = after.disagreements
    assert about(before)[0] in about(cause)


def test_a_merge_that_was_cut_short_is_made_up_for() -> None:
    """What was never asked is asked now, and its failure is gone."""
    made = [said("a", "a short circuit"), said("b", "arson by the owner")]
    lost = Failure(article=None, stage="budget", reason="what rules leave open was not asked: …", partial=True)
    first = merge(made, failures=[lost])
    judge = Judge("different")
    after = merged(judge, said("c", "a short circuit"), into=first)
    assert len(judge.pairs) == 2
    assert after.failures == ()
    judge = Judge("different")
    assert merged(judge, into=first).failures == ()  # also where nothing is new
    assert len(judge.pairs) == 2


# --- failures ---


def broken(words: str) -> Callable[[int, Request], Reply | None]:
    """A reply of no use to every request that holds these words."""

    def fault(number: int, request: Request) -> Reply | None:
        return synthetic_completion("no JSON") if words in str(request.messages) else None

    return fault


def test_failures_stay_until_the_article_is_given_again() -> None:
    unread = Failure(article="notes/herald.md", stage="read", reason="there is no such file")
    other = Failure(article="other.md", stage="read", reason="there is no such file")
    first, _ = told([GAZETTE, COURIER], failures=(unread, other))
    assert first.failures == (unread, other)
    stays, _ = told([article("wire", "Another 30 workers were injured by the slope.")], first)
    assert stays.failures == (unread, other)
    mended, _ = told([HERALD], first)
    assert mended.failures == (other,)
    again, _ = told([], first, failures=(other,))
    assert again.failures == (unread, other)


def test_an_article_that_failed_is_read_when_it_is_given_again() -> None:
    first, _ = told([GAZETTE, HERALD], model=SyntheticModel(fault=broken("the mayor said")))
    assert [one.id for one in first.articles] == ["gazette"]
    assert [(failure.article, failure.partial) for failure in first.failures] == [("herald", False)]
    second, requests = told([HERALD], first)
    assert sorted(asked_sentences(requests)) == sorted(asked_sentences(told([HERALD])[1]))
    assert second.failures == ()
    assert as_before(second) == told([GAZETTE, HERALD])[0].comparisons


def test_an_article_of_which_a_part_failed_is_read_when_it_is_given_again() -> None:
    first, _ = told([GAZETTE, HERALD], model=SyntheticModel(fault=broken("the mayor said")), window=1)
    assert [one.id for one in first.articles] == ["gazette", "herald"]
    assert [(failure.article, failure.partial) for failure in first.failures] == [("herald", True)]
    second, requests = told([HERALD], first, window=1)
    assert sorted(asked_sentences(requests)) == sorted(asked_sentences(told([HERALD], window=1)[1]))
    assert second.failures == ()
    assert as_before(second) == told([GAZETTE, HERALD], window=1)[0].comparisons


def test_an_article_that_is_read_again_keeps_its_place() -> None:
    first, _ = told([HERALD, GAZETTE], model=SyntheticModel(fault=broken("the mayor said")), window=1)
    second, _ = told([COURIER, HERALD], first, window=1)
    assert [one.id for one in second.articles] == ["herald", "gazette", "courier"]
    assert as_before(second) == told([HERALD, GAZETTE, COURIER], window=1)[0].comparisons


def test_what_was_known_of_an_article_is_not_lost_when_it_fails_again() -> None:
    first, _ = told([GAZETTE, HERALD], model=SyntheticModel(fault=broken("the mayor said")), window=1)
    known = [id for id in placed(first) if id.startswith("herald#")]
    assert known
    second, _ = told([HERALD], first, model=SyntheticModel(fault=broken("landslide")), window=1)
    assert second.comparisons == first.comparisons
    assert second.articles == first.articles
    assert first.failures[0] in second.failures
    assert [failure.article for failure in second.failures] == ["herald", "herald"]


def test_nor_where_another_article_is_read() -> None:
    first, _ = told([GAZETTE, HERALD], model=SyntheticModel(fault=broken("the mayor said")), window=1)
    known = {id for id in placed(first) if id.startswith("herald#")}

    def fault(number: int, request: Request) -> Reply | None:
        return broken("the mayor said")(number, request) or broken("9 missing")(number, request)

    second, _ = told([HERALD, COURIER], first, model=SyntheticModel(fault=fault), window=1)
    assert [one.id for one in second.articles] == ["gazette", "herald", "courier"]
    assert known <= set(placed(second))


def test_the_story_is_kept_where_no_new_article_can_be_read() -> None:
    first, _ = told([GAZETTE, COURIER])
    second, _ = told([HERALD], first, model=SyntheticModel(fault=broken("9 missing")))
    assert second.comparisons  # a part of it is read
    lost, _ = told([HERALD], first, model=SyntheticModel(fault=broken("landslide")))
    assert (lost.comparisons, lost.headline, lost.narrative) == (first.comparisons, first.headline, first.narrative)
    assert [failure.article for failure in lost.failures] == ["herald"]
    poor, requests = told([HERALD], first, max_tokens_total=1)
    assert requests == []
    assert poor.comparisons == first.comparisons
    assert [failure.stage for failure in poor.failures] == ["budget"]


# --- what is said of it ---


def figures(id: str, day: str, *answers: float, who: str | None = None, question: str = KILLED) -> EventSummary:
    draft = Draft(id, day)
    for number in answers:
        draft.figure(question, number, attributed_to=who)
    return draft.summary()


def one_change(before: list[EventSummary], *new: EventSummary) -> Comparison:
    """The only question of a story that grew."""
    (item,) = grow(merge(before), *new).comparisons
    return item


def test_a_single_answer_that_is_contested_is_a_new_disagreement() -> None:
    item = one_change([figures("a", DAYS[0], 5)], figures("b", DAYS[0], 7))
    assert isinstance(item, Disagreement)
    assert kinds(item)[0] == "new_disagreement"
    assert item.changes[0].articles == ("b",)
    assert item.changes[0].text == "There was one answer, 5 (a); now they differ: 5 (a); 7 (b)."


def test_an_agreement_that_is_contested_is_a_new_disagreement() -> None:
    item = one_change([figures("a", DAYS[0], 5), figures("b", DAYS[0], 5)], figures("c", DAYS[0], 7))
    assert kinds(item) == ["new_disagreement"]
    assert item.changes[0].text == "There was one answer, 5 (a, b); now they differ: 5 (a, b); 7 (c)."


def test_a_single_answer_that_is_shared_is_a_new_agreement() -> None:
    item = one_change([figures("a", DAYS[0], 5)], figures("b", DAYS[0], 5), figures("c", DAYS[0], 5))
    assert kinds(item) == ["new_agreement"]
    assert item.changes[0].articles == ("b", "c")
    assert item.changes[0].text == "b and c give the same answer as a: 5."
    assert "confirm" not in item.changes[0].text


def test_a_question_of_new_articles_alone_is_told_if_several_answer_it() -> None:
    story = merge([figures("a", DAYS[0], 5)])
    hurt = [figures(id, DAYS[0], number, question=INJURED) for id, number in (("b", 20), ("c", 30), ("d", 20))]
    (new,) = [item for item in grow(story, *hurt[:2]).comparisons if item.question == INJURED]
    assert (kinds(new), new.changes[0].articles) == (["new_disagreement"], ("b", "c"))
    (alike,) = [item for item in grow(story, hurt[0], hurt[2]).comparisons if item.question == INJURED]
    assert (kinds(alike), alike.changes[0].articles) == (["new_agreement"], ("b", "d"))
    assert changes(grow(story, hurt[0])) == []  # one article's own answer changes nothing of what was known


def test_an_answer_and_a_source_that_come_to_a_disagreement() -> None:
    before = [figures("a", DAYS[0], 5), figures("b", DAYS[0], 7)]
    item = one_change(before, figures("c", DAYS[0], 9))
    assert kinds(item) == ["position_added"]
    assert (item.changes[0].text, item.changes[0].articles) == ("c gives another answer: 9.", ("c",))
    item = one_change([*before, figures("d", DAYS[0], 7)], figures("c", DAYS[0], 7))
    assert kinds(item) == ["source_added"]
    assert (item.changes[0].text, item.changes[0].articles) == ("c also gives the answer 7.", ("c",))


def test_a_source_that_comes_to_an_agreement() -> None:
    item = one_change([figures("a", DAYS[0], 5), figures("b", DAYS[0], 5)], figures("c", DAYS[0], 5))
    assert kinds(item) == ["source_added"]


def test_a_contradiction_that_is_an_update_now() -> None:
    before = [figures("a", DAYS[0], 5), figures("b", DAYS[0], 7)]
    assert merge(before).disagreements[0].relation == "contradiction"
    item = one_change(before, figures("c", DAYS[2], 8))
    assert isinstance(item, Disagreement)
    assert item.relation == "update"
    assert set(kinds(item)) == {"relation_changed", "position_added", "figure_superseded"}
    texts = {change.kind: change.text for change in item.changes}
    assert texts["relation_changed"] == "Before: contradiction (by outlet); now: update (progression)."
    assert texts["figure_superseded"] == "The best figure was 5; now it is 8 (latest figure, 8 May 2031), from c."


def test_a_figure_that_is_overtaken() -> None:
    item = one_change([figures("a", DAYS[0], 5)], figures("b", DAYS[1], 6))
    assert kinds(item) == ["new_disagreement", "figure_superseded"]
    assert item.changes[1].articles == ("b",)
    assert kinds(one_change([figures("b", DAYS[1], 6)], figures("a", DAYS[0], 5))) == ["new_disagreement"]
    item = one_change([figures("a", DAYS[0], 5), figures("b", DAYS[1], 6)], figures("c", DAYS[2], 6))
    assert "figure_superseded" not in kinds(item)


def test_questions_are_the_same_by_their_claims_and_not_by_their_wording() -> None:
    fuller = "How many passengers were killed in the Sorvik Bay ferry fire?"
    before = [figures("a", DAYS[0], 5), figures("b", DAYS[0], 7)]
    (item,) = grow(merge(before), *(figures(id, DAYS[0], 5, question=fuller) for id in "cde")).comparisons
    assert item.question != merge(before).disagreements[0].question
    assert kinds(item) == ["source_added"]


def test_an_article_that_gave_several_answers_alone() -> None:
    item = one_change([said("a", "arson by the owner", "a short circuit")], said("b", "lightning from the sky"))
    assert kinds(item) == ["new_disagreement"]
    assert item.changes[0].text.startswith("One article alone gave the answers arson by the owner (a); a short circuit")


def test_what_was_shared_and_is_one_articles_alone_now_is_told() -> None:
    both = merge([figures("a", DAYS[0], 5), figures("b", DAYS[0], 5)])
    (item,) = grown(merge([figures("a", DAYS[0], 5)]), both).single_source
    assert kinds(item) == ["relation_changed"]
    assert item.changes[0].text == "Before: agreement; now: one article alone."


def test_of_questions_that_have_become_one_a_disagreement_was_the_leading_one() -> None:
    dispute = merge([figures("a", DAYS[0], 5), figures("b", DAYS[0], 7)])
    alone = merge([figures("c", DAYS[0], 5, 5, 5)])
    after = merge([figures("a", DAYS[0], 5), figures("b", DAYS[0], 7), figures("c", DAYS[0], 5, 5, 5)])
    before = after.model_copy(update={"disagreements": dispute.disagreements, "single_source": alone.single_source})
    assert changes(grown(after, before)) == []


def test_changes_are_those_of_the_last_growth() -> None:
    story = grow(merge([figures("a", DAYS[0], 5)]), figures("b", DAYS[0], 7))
    assert changes(story)
    assert changes(grow(story)) == []
    assert changes(grow(story, figures("c", DAYS[0], 7))) == [("source_added", ("c",))]


@UNLIMITED
@given(summaries(), st.integers(1, 3))
def test_changes_name_new_articles_of_their_question(made: list[EventSummary], at: int) -> None:
    before = merge(made[:at])
    known = {one.id for one in before.articles}
    for item in grow(before, *made[at:]).comparisons:
        new = {article for p in item.positions for article in p.articles} - known
        for change in item.changes:
            assert set(change.articles) <= new
        if new and len({a for p in item.positions for a in p.articles}) > 1:
            assert item.changes


def test_a_reader_sees_the_changes() -> None:
    story = grow(merge([figures("a", DAYS[0], 5)]), figures("b", DAYS[1], 6))
    page = " ".join(story_text(story).split())
    assert "CHANGED 2" in page
    assert f"+ {KILLED} There was one answer, 5 (a); now they differ: 5 (a); 6 (b)." in page
    document = story_markdown(story)
    assert "## Changes: 2" in document
    assert f"- {KILLED} There was one answer, 5 (a); now they differ: 5 (a); 6 (b)." in document
    assert "CHANGED" not in story_text(grow(story))
    assert "## Changes" not in story_markdown(grow(story))


# --- where it comes from ---


def test_provenance_tells_what_made_the_rest_where_it_was_another() -> None:
    first, _ = told([GAZETTE, COURIER])
    same, _ = told([HERALD], first)
    assert same.provenance == first.provenance
    other, _ = told([HERALD], first, model=SyntheticModel())
    assert other.provenance.earlier == ()
    bigger, _ = told([HERALD], first, window=7)
    assert bigger.provenance.settings["window"] == 7
    assert bigger.provenance.earlier == (first.provenance,)
    assert "synthetic at 127.0.0.1, continued from synthetic · " in " ".join(story_text(bigger).split())
    assert "continued" not in story_text(same)
    wire = article("wire", "Another 31 workers were injured by the slope.")
    third, _ = told([wire], bigger)
    assert third.provenance.earlier == (bigger.provenance.model_copy(update={"earlier": ()}),)
    assert grow(merge([figures("a", DAYS[0], 5)])).provenance.earlier == ()
    assert PROVENANCE.earlier == ()


def test_a_story_by_rules_keeps_its_headline_while_nothing_disputes_it() -> None:
    draft = Draft("a", DAYS[0])
    draft.figure(KILLED, 5)
    story = merge([draft.summary(headline=True)])
    assert story.headline
    assert grow(story, figures("b", DAYS[0], 5)).headline == story.headline
    disputed = grow(story, figures("b", DAYS[0], 7))
    assert disputed.headline
    assert disputed.headline != story.headline
    other = merge([figures("b", DAYS[0], 5)])
    assert grown(other, story).headline is None  # what it rests on is no longer there


# --- before it is paid for ---


def test_a_dry_run_counts_new_articles_only() -> None:
    first, _ = told([GAZETTE, COURIER])

    async def estimates(model: SyntheticModel) -> None:
        reader = Summarizer(options(model))
        into = await reader.estimate([GAZETTE, HERALD], into=first)
        alone = await reader.estimate([HERALD])
        assert into.articles == alone.articles
        assert into.compare.calls.most >= alone.compare.calls.most
        nothing = await reader.estimate([GAZETTE, COURIER], into=first)
        assert nothing.articles == ()
        assert nothing.total.calls.most == 0

    with SyntheticModel() as model:
        asyncio.run(estimates(model))
    assert model.requests == []
