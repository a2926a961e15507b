"""The other side of a denial: sentences of other articles that affirm what one article has denied."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .errors import BudgetSpent, ReplyError
from .extract import Reading, read
from .model import Meter
from .prompting import load_prompt
from .proposals import Told
from .schemas import Check, Claim, EventSummary, Evidence, Failure, Stance, YesNo
from .sentences import Sentence, worth_asking
from .speech import claim_time
from .tasks import run_all
from .text.attribution import find_attribution
from .text.names import proper_names
from .text.stance import certainty, find_stances
from .text.wording import content_words, idf, negated, similarity

if TYPE_CHECKING:
    from .model.client import Model

PROMPT = "affirm"
MAX_PAIRS = 8
MAX_TOKENS = 64
_LIKE = 0.28  # how alike a sentence and the denied question must be worded to be asked about
_TELLING = 2  # words of the question that such a sentence shares besides names and those of the whole article
_OFTEN, _OFTEN_SHARE = 3, 0.25  # sentences, and share of them, from which a word is one of the whole article
_SAME_MATTER = 0.5  # how alike two denied questions are that need not both be looked for
_DISPUTED = frozenset({"deny", "uncommitted"})

Pair = tuple[Claim, Reading, Sentence]


async def affirmations(
    summaries: Sequence[EventSummary], model: "Model", meter: Meter, failures: list[Failure] | None = None
) -> list[Claim]:
    """New claims: a denied question of one article, answered yes by a sentence of another that tells it as so.

    An article asserts without a word of asserting ("the line will cut trains"), so that its sentence holds no mark and
    no claim. What is denied elsewhere is therefore looked for once more, in the most similar sentences. Code picks the
    sentences, slices the evidence and reads speaker and dates; the model only says yes, no or silent.
    A reply of no use is put into `failures` and costs its pair alone; so are, together, the pairs that the budget does
    not allow. Raises ModelUnavailable, and without `failures` ReplyError and BudgetSpent.
    """
    pairs = list(_pairs(summaries))[:MAX_PAIRS]
    answers = await run_all([_ask(pair, model, meter, failures) for pair in pairs])
    unasked = [answer for answer in answers if isinstance(answer, BudgetSpent)]
    if unasked and failures is None:
        raise unasked[0]
    if unasked and failures is not None:
        reason = f"{len(unasked)} sentences that may affirm what others deny were not asked about: {unasked[0].message}"
        failures.append(Failure(article=None, stage="budget", reason=reason, hint=unasked[0].hint, partial=True))
    counts = {summary.article.id: len(summary.claims) for summary in summaries}
    found: list[Claim] = []
    for answer, (denial, reading, sentence) in zip(answers, pairs, strict=True):
        if answer == "yes":
            counts[reading.article.id] += 1
            found.append(_claim(denial, reading, sentence, counts[reading.article.id]))
    return found


async def _ask(pair: Pair, model: "Model", meter: Meter, failures: list[Failure] | None) -> str | BudgetSpent:
    """One pair a call: asked for many at once, a small model gives all the same answer."""
    denial, reading, sentence = pair
    messages = load_prompt(PROMPT).render(question=denial.question, sentence=" ".join(sentence.text.split()))
    try:
        reply = await model.ask(messages, Told, meter=meter, max_tokens=MAX_TOKENS, task="compare")
    except ReplyError as error:
        if failures is None:
            raise
        article = reading.article.id
        failures.append(Failure(article=article, stage="compare", reason=error.message, hint=error.hint, partial=True))
        return "silent"
    except BudgetSpent as error:  # an outcome, no error of the group: calls under way are paid for, and go on
        return error
    return reply.answer


def _pairs(summaries: Sequence[EventSummary]) -> Iterator[Pair]:
    """Each denied question with the likeliest sentence of every other article that takes no stance on it itself."""
    readings = {summary.article.id: read(summary.article) for summary in summaries}
    matters = _matters(summaries)
    told: set[tuple[str, int]] = set()
    for denial in matters:
        for summary in summaries:
            article = summary.article.id
            if article == denial.article or _takes_stance(summary, denial):
                continue
            sentence = _likeliest(denial, readings[article])
            if sentence and (article, sentence.number) not in told:
                told.add((article, sentence.number))
                yield denial, readings[article], sentence


def _matters(summaries: Sequence[EventSummary]) -> list[Claim]:
    """The denials, each matter once: several sentences may deny the same."""
    found: list[Claim] = []
    for summary in summaries:
        for claim in summary.claims:
            if claim.verified and isinstance(claim.value, YesNo) and claim.value.answer != "yes":
                words = content_words(claim.question)
                told = any(similarity(words, content_words(known.question)) >= _SAME_MATTER for known in found)
                if words and not told and _is_of_event(claim.question):
                    found.append(claim)
    return found


def _is_of_event(question: str) -> bool:
    """Whether it asks what happened; whether somebody confirmed it, only that somebody's own words can tell."""
    return not any(cue.act in ("confirm", "deny", "uncommitted") for cue in find_stances(question, "en"))


def _takes_stance(summary: EventSummary, denial: Claim) -> bool:
    words = content_words(denial.question)
    return any(
        claim.verified
        and isinstance(claim.value, YesNo)
        and similarity(words, content_words(claim.question)) >= _SAME_MATTER
        for claim in summary.claims
    )


def _likeliest(denial: Claim, reading: Reading) -> Sentence | None:
    language = reading.article.language or "en"
    fit = [sentence for sentence in reading.sentences if _may_affirm(sentence, reading)]
    words = {sentence.number: content_words(sentence.text, language) for sentence in fit}
    weights = idf(words.values())
    asked = content_words(denial.question)
    # In another language than the question's hardly more than the names are alike.
    names = proper_names(denial.question) if language.startswith("en") else []
    named = content_words(" ".join(names))
    telling = asked - named - _common(list(words.values()))
    fit = [sentence for sentence in fit if len(telling & words[sentence.number]) >= _TELLING]
    scored = [(_likeness(asked, words[sentence.number], weights), sentence) for sentence in fit]
    best = max(scored, key=lambda item: item[0], default=(0.0, None))
    return best[1] if best[0] >= _LIKE else None


def _common(sentences: Sequence[frozenset[str]]) -> frozenset[str]:
    """What an article speaks of throughout (the fire, the ferry): sharing it says nothing of what is affirmed."""
    counts = Counter(word for words in sentences for word in words)
    return frozenset(word for word, count in counts.items() if count >= max(_OFTEN, _OFTEN_SHARE * len(sentences)))


def _may_affirm(sentence: Sentence, reading: Reading) -> bool:
    """A sentence that negates anything may affirm the opposite, which a small model does not see."""
    disputes = any(cue.act in _DISPUTED for cue in find_stances(sentence.text, reading.article.language))
    return worth_asking(sentence, None) and not disputes and not negated(sentence.text, reading.article.language)


def _likeness(asked: frozenset[str], told: frozenset[str], weights: Mapping[str, float]) -> float:
    """The weighted share of the question's words that a sentence holds."""
    rare = max(weights.values(), default=1.0)
    whole = sum(weights.get(word, rare) for word in asked)
    return sum(weights.get(word, rare) for word in asked & told) / whole if whole else 0.0


def _claim(denial: Claim, reading: Reading, sentence: Sentence, number: int) -> Claim:
    article = reading.article
    return Claim(
        id=f"{article.id}#{number}",
        article=article.id,
        question=denial.question,
        answer="yes",
        value=YesNo(answer="yes"),
        attributed_to=find_attribution(sentence.text, article.language),
        stance=Stance.ASSERTED,
        certainty=certainty(sentence.text, article.language),
        **claim_time(sentence, None, reading),
        scope=denial.scope,
        evidence=(Evidence(article=article.id, start=sentence.start, end=sentence.end, quote=sentence.text),),
        status="verified",
        checks=(
            Check(name="evidence", passed=True),
            Check(name="answer", passed=True, reason="the model reads the sentence as a yes to what another denies"),
        ),
    )
