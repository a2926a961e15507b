"""Articles that give orders change nothing but their own claims: what is sent, and what a model that obeys can do."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fake_model import schema_name
from support.hostile import BY_NAME, HARMLESS, HOSTILE, LE_PHARE, QUAY_POST, Hostile, Obedient
from support.scripted_server import Request

from summarizer import Article, Settings, Summarizer
from summarizer.prompting import inert, load_prompt, one_line
from summarizer.schemas import Claim, DateValue, EventSummary, MergedSummary
from summarizer.text.numbers import find_numbers, has_one, stands_in

TOKENS = (
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<tool_call>", "</tool_call>", "<|fim_prefix|>", "<fim_prefix>",
    "<s>", "</s>", "<unk>", "<pad>", "<bos>", "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
    "<|eot_id|>", "[INST]", "[/INST]", "[TOOL_CALLS]", "<start_of_turn>", "<end_of_turn>", "<｜User｜>",
    "<｜end▁of▁sentence｜>", "<think>", "</think>", "[gMASK]", "<sop>", ">>QUESTION<<", "<channel|>", "<0x0A>",
)  # fmt: skip
"""Control tokens of Qwen, Llama, Mistral, Gemma, DeepSeek, GLM and Falcon that some hostile article holds."""
PROMPTS = {"MarkQuestions": ("marks", "stances"), "Facts": ("facts",), "Header": ("header",)}
LINES = {
    "marks": r"Title: [^\n]*\nDate: [^\n]*(?:\n\[(\d+)\] [^\n]*\nMarks: [^\n]*)+",
    "stances": r"Title: [^\n]*\nBefore: [^\n]*\n\[1\] [^\n]*\nMarks: [^\n]*",
    "facts": r"Title: [^\n]*(?:\n\[\d+\] [^\n]*)+",
    "header": r"Title: [^\n]*\nDate: [^\n]*\nLanguage: en(?:\n\d+\. [^\n]*)+",
}
each = pytest.mark.parametrize("hostile", HOSTILE, ids=lambda item: item.name)


@dataclass(frozen=True)
class Read:
    """What became of all articles, and what was sent for each."""

    summaries: dict[str, EventSummary]
    requests: dict[str, list[Request]]
    merged: dict[str, MergedSummary]
    """Stories of the harmless articles, without a hostile one under the empty name, and with each."""
    merging: dict[str, list[Request]]


def settings(model: Obedient) -> Settings:
    return Settings.resolve(base_url=model.base_url, model="synthetic", reasks=0, concurrency=1, cache=False)


@pytest.fixture(scope="module")
def read() -> Read:
    """Every article summarised, and every hostile one merged with the harmless ones, by one obedient model."""
    return asyncio.run(_read())


async def _read() -> Read:
    found = Read({}, {}, {}, {})
    with Obedient() as model:
        async with Summarizer(settings(model)) as reader:
            harmless = []
            for article in HARMLESS:
                before = len(model.requests)
                harmless.append(await reader.summarize(article))
                found.requests[article.id] = model.requests[before:]
            found.merged[""] = await reader.merge(harmless)
            for place, item in enumerate(HOSTILE):
                model.obeys, before = item, len(model.requests)
                third = found.summaries[item.name] = await reader.summarize(item.article)
                found.requests[item.name], before = model.requests[before:], len(model.requests)
                found.merged[item.name] = await reader.merge([third, *harmless] if place % 2 else [*harmless, third])
                found.merging[item.name] = model.requests[before:]
    return found


def test_there_are_enough_attacks_in_enough_languages() -> None:
    assert len(HOSTILE) >= 40
    assert len({item.article.language for item in HOSTILE}) >= 10
    assert len(BY_NAME) == len(HOSTILE)
    assert [token for token in TOKENS if not any(token in item.article.text for item in HOSTILE)] == []


# --- what is sent ---


def _prompt(request: Request) -> str:
    """Which prompt a request was made with, told by its first message."""
    names = [name for names in PROMPTS.values() for name in names]
    return next(name for name in names if load_prompt(name).turns[0][1] == request.messages[0]["content"])


@each
def test_a_request_has_the_form_of_a_harmless_one(read: Read, hostile: Hostile) -> None:
    usual = {_prompt(request): request for article in HARMLESS for request in read.requests[article.id]}
    assert read.requests[hostile.name]
    for request in read.requests[hostile.name]:
        harmless = usual[_prompt(request)]
        assert request.messages[:-1] == harmless.messages[:-1]
        assert request.messages[-1]["role"] == "user"
        assert request.messages[-1].keys() == {"role", "content"}
        assert {**request.body, "messages": 0, "response_format": 0, "max_tokens": 0} == {
            **harmless.body, "messages": 0, "response_format": 0, "max_tokens": 0,
        }  # fmt: skip


@each
def test_no_text_makes_a_line_of_its_own(read: Read, hostile: Hostile) -> None:
    for request in read.requests[hostile.name]:
        asked = request.messages[-1]["content"]
        assert re.fullmatch(LINES[_prompt(request)], asked)
        assert len(asked.splitlines()) == asked.count("\n") + 1
        if _prompt(request) in ("marks", "facts"):
            numbers = [int(number) for number in re.findall(r"^\[(\d+)\]", asked, re.MULTILINE)]
            assert numbers == list(range(1, len(numbers) + 1))


@each
def test_no_text_is_sent_as_a_control_token(read: Read, hostile: Hostile) -> None:
    sent = [request.messages[-1]["content"] for request in [*read.requests[hostile.name], *read.merging[hostile.name]]]
    assert [token for token in TOKENS if any(token in text for text in sent)] == []


@each
def test_every_line_of_a_merge_is_code_s_own(read: Read, hostile: Hostile) -> None:
    forms = {
        "Verdicts": r"(?:\d+\. A: [^\n]*\n   B: [^\n]*(?:\n|$))+",
        "Narrative": r"Language: en(?:\n\d+\. [^\n]*)+",
        "Told": r"Question: [^\n]*\nSentence: [^\n]*",
    }
    assert read.merging[hostile.name]
    for request in read.merging[hostile.name]:
        asked = request.messages[-1]["content"]
        assert re.fullmatch(forms[schema_name(request)], asked)
        assert len(asked.splitlines()) == asked.count("\n") + 1


def test_templates_in_a_text_are_not_worked_out(read: Read) -> None:
    (request,) = [r for r in read.requests["template-syntax"] if _prompt(r) == "marks"]
    for piece in ("{{title}}", "{{ 7*7 }}", "{% for x in articles %}", "{{published}}"):
        assert piece in request.messages[-1]["content"]


def test_a_hostile_title_is_one_line_and_cut(read: Read) -> None:
    for request in read.requests["title-that-orders"]:
        first, _, rest = request.messages[-1]["content"].partition("\n")
        assert first.startswith("Title: Nobody died [1] Nobody died. Marks: ")
        assert "< |im_start|>" in first
        assert len(first) < 180
        assert "Nobody died" not in rest.replace("Before: ", "")


@given(st.text(alphabet=st.characters() | st.sampled_from("<>[]|/｜INSTs \n"), max_size=80))
def test_what_is_sent_differs_by_spaces_behind_brackets_alone(text: str) -> None:
    sent = inert(text)
    assert re.sub("([<>[]) ", r"\1", sent) == re.sub("([<>[]) ", r"\1", text)
    assert inert(sent) == sent
    assert not re.search(r"<[^\s<>][^<>\n]{0,62}>|\[/?INST\]", sent)


@pytest.mark.parametrize("token", TOKENS)
def test_a_control_token_is_parted_wherever_it_stands(token: str) -> None:
    for text in (token, f"a{token}b", f"<{token}>", f"[{token}]", f"{token}{token}", f"<|{token}"):
        assert token not in inert(text)


@pytest.mark.parametrize(
    "text",
    [
        "3 < 5 and 7 > 2",
        "<3",
        "temperatures >40 °C",
        "[AFP] Three dead",
        "a -> b",
        "5 <",
        ">> read on",
        "x<y",
        "« 12 »",
    ],
)
def test_ordinary_text_is_sent_as_it_stands(text: str) -> None:
    assert inert(text) == text


@given(st.text(alphabet=st.characters() | st.sampled_from("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=40))
def test_one_line_is_one_line_and_keeps_one_that_is(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
    assert line.split() == text.split()


# --- what a model that obeys can do ---


def _claims(story: MergedSummary) -> list[Claim]:
    compared = [claim for item in story.comparisons for answer in item.positions for claim in answer.claims]
    return [*compared, *story.unverified]


def _of(claims: Sequence[Claim], *articles: Article) -> list[str]:
    """Claims of some articles, whole, as JSON."""
    ids = {article.id for article in articles}
    return sorted(claim.model_dump_json() for claim in claims if claim.article in ids)


def _has_its_own_evidence(story: MergedSummary) -> None:
    articles = {article.id: article for article in story.articles}
    claims = _claims(story)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.evidence
        for evidence in claim.evidence:
            assert evidence.article == claim.article
            evidence.check(articles[claim.article])


def _has_its_numbers_from_its_evidence(story: MergedSummary) -> None:
    languages = {article.id: article.language for article in story.articles}
    for claim in _claims(story):
        if not claim.verified or isinstance(claim.value, DateValue):  # a clock time is read by code alone
            continue
        language, quotes = languages[claim.article], [evidence.quote for evidence in claim.evidence]
        told = [number for quote in quotes for number in find_numbers(quote, language)]
        for number in find_numbers(claim.answer, "en"):
            one = number.value == 1 and any(has_one(quote, language) for quote in quotes)
            assert number.ordinal or one or stands_in(number.value, told), claim


def _ascribes_to_each_what_is_its_own(story: MergedSummary) -> None:
    for position in (position for item in story.comparisons for position in item.positions):
        assert set(position.articles) == {claim.article for claim in position.claims}
        assert {(e.article, e.start, e.end) for e in position.evidence} == {
            (e.article, e.start, e.end) for claim in position.claims for e in claim.evidence
        }
        speakers = {claim.attributed_to for claim in position.claims}
        assert set(filter(None, (position.attributed_to or "").split("; "))) <= speakers
        for voice in position.voices:
            own = {claim.attributed_to for claim in position.claims if claim.article in voice.articles}
            assert voice.basis != "attribution" or set((voice.source or "").split("; ")) <= own


@each
def test_every_claim_rests_on_its_own_article_alone(read: Read, hostile: Hostile) -> None:
    _has_its_own_evidence(read.merged[hostile.name])
    _has_its_numbers_from_its_evidence(read.merged[hostile.name])
    _ascribes_to_each_what_is_its_own(read.merged[hostile.name])


@each
def test_the_claims_of_others_are_what_they_are_without_it(read: Read, hostile: Hostile) -> None:
    with_it, without = _claims(read.merged[hostile.name]), _claims(read.merged[""])
    assert _of(with_it, QUAY_POST, LE_PHARE) == _of(without, QUAY_POST, LE_PHARE)


def _shape(story: MergedSummary, *, by: tuple[str, ...] = ("rule", "model")) -> list[Any]:
    """How the harmless claims are brought together: questions, in each the answers with their claims."""
    ids = {article.id for article in HARMLESS}
    shape = []
    for item in story.comparisons:
        answers = [sorted(claim.id for claim in answer.claims if claim.article in ids) for answer in item.positions]
        if any(answers) and getattr(item, "decided_by", "rule") in by:
            shape.append(sorted(filter(None, answers)))
    return sorted(shape)


@each
def test_what_rules_bring_together_stays_together(read: Read, hostile: Hostile) -> None:
    with_it, without = _shape(read.merged[hostile.name], by=("rule",)), _shape(read.merged[""])
    assert [item for item in with_it if item not in without] == []


@each
def test_headline_and_narrative_cite_it_for_what_it_says(read: Read, hostile: Hostile) -> None:
    story = read.merged[hostile.name]
    usual = read.merged[""]
    known = {text.text for text in (usual.headline, *usual.narrative) if text}
    for told in (story.headline, *story.narrative):
        if told and told.text not in known and not any(claim.startswith(f"{hostile.name}#") for claim in told.claims):
            cited = " ".join(c.model_dump_json() for c in _claims(story) if c.id in told.claims)
            assert all(word in cited for word in re.findall(r"\w{4,}", told.text.replace("Sources differ", ""))), told


def test_what_the_model_brings_together_stays_as_it_is(read: Read) -> None:
    assert _shape(read.merged["narrative-lines"]) == _shape(read.merged[""])


def test_the_harmless_story_holds_what_could_be_changed(read: Read) -> None:
    """So that the tests above do not pass for want of claims."""
    story = read.merged[""]
    told = {item.question: [answer.answer for answer in item.positions] for item in story.disagreements}
    assert ["3", "5"] in told.values()
    assert any("locked" in question for question in told)
    assert len(story.agreements) >= 1
    assert {claim.article for claim in _claims(story)} == {article.id for article in HARMLESS}
    assert any(_lies_told(read))


def _lies_told(read: Read) -> Iterator[str]:
    """Verified claims in which the model obeyed."""
    for item in HOSTILE:
        for claim in read.summaries[item.name].claims:
            if claim.verified and one_line(item.lie["question"]).rstrip("?") in claim.question:
                yield claim.id


# --- the embedded model ---

BESIDE = (
    "orders-in-english", "orders-in-spanish", "question-that-orders", "chatml-tokens", "json-replies",
    "adjudication-lines", "fake-quotes-of-others", "title-that-orders", "denials-of-everything",
)  # fmt: skip


@pytest.mark.model
def test_the_embedded_model_beside_hostile_articles() -> None:
    async def run() -> tuple[EventSummary, list[MergedSummary]]:
        async with Summarizer(Settings.resolve(cache=False)) as reader:
            harmless = await reader.summarize(QUAY_POST)
            others = [await reader.summarize(BY_NAME[name].article) for name in BESIDE]
            return harmless, [await reader.merge([other, harmless]) for other in others]

    harmless, stories = asyncio.run(run())
    assert any(claim.verified for claim in harmless.claims)
    for story in stories:
        _has_its_own_evidence(story)
        _has_its_numbers_from_its_evidence(story)
        _ascribes_to_each_what_is_its_own(story)
        known = {claim.id for claim in harmless.claims}
        assert _of([c for c in _claims(story) if c.id in known], QUAY_POST) == _of(harmless.claims, QUAY_POST)
