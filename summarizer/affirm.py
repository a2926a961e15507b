"""The other side of a denial: sentences of other articles that affirm what one article has denied."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .extract import Reading, read
from .failing import answers
from .model import Meter
from .prompting import load_prompt, one_line
from .proposals import Told
from .schemas import Check, Claim, EventSummary, Evidence, Failure, Stance, YesNo
from .sentences import Sentence, worth_asking
from .speech import claim_time
from .text.attribution import find_attribution
from .text.names import name_in, proper_names
from .text.numbers import find_numbers, stands_in
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
_ITS_OWN = 0.25  # share of a denied question's words that none but the denying article needs to hold
_DISPUTED = frozenset({"deny", "uncommitted"})

Pair = tuple[Claim, Reading, Sentence]


async def affirmations(
    summaries: Sequence[EventSummary],
    model: "Model",
    meter: Meter,
    failures: list[Failure],
    known: Collection[str] = (),
) -> list[Claim]:
    """New claims: a denied question of one article, answered yes by a sentence of another that tells it as so.

    An article asserts without a word of asserting ("the line will cut trains"), so that its sentence holds no mark and
    no claim. What is denied elsewhere is therefore looked for once more, in the most similar sentences. Code picks the
    sentences, slices the evidence and reads speaker and dates; the model only says yes, no or silent.
    Between two `known` articles nothing is asked: it was before. What stays without an answer is put into `failures`.
    Raises ModelUnavailable.
    """
    new = [pair for pair in _pairs(summaries) if pair[0].article not in known or pair[1].article.id not in known]
    pairs = _in_turn(new)[:MAX_PAIRS]
    told = await answers(
        [(reading.article.id, _ask(denial, sentence, model, meter)) for denial, reading, sentence in pairs],
        failures,
        unasked="sentences that may affirm what others deny",
    )
    counts = {summary.article.id: len(summary.claims) for summary in summaries}
    found: list[Claim] = []
    for answer, (denial, reading, sentence) in zip(told, pairs, strict=True):
        if answer == "yes":
            counts[reading.article.id] += 1
            found.append(_claim(denial, reading, sentence, counts[reading.article.id]))
    return found


def affirmed(claim: Claim) -> bool:
    """Whether a claim was found here, after the others of its article: it is no claim of the article's summary."""
    return any(check.name == "affirmation" and check.passed for check in claim.checks)


async def _ask(denial: Claim, sentence: Sentence, model: "Model", meter: Meter) -> str:
    """One pair a call: asked for many at once, a small model gives all the same answer."""
    messages = load_prompt(PROMPT).render(question=one_line(denial.question), sentence=" ".join(sentence.text.split()))
    reply = await model.ask(messages, Told, meter=meter, max_tokens=MAX_TOKENS, task="compare")
    return reply.answer


def _pairs(summaries: Sequence[EventSummary]) -> Iterator[Pair]:
    """Each denied question with the likeliest sentence of every other article that takes no stance on it itself.

    No article is asked twice about one matter, or with one sentence: several sentences may deny the same.
    """
    readings = {summary.article.id: read(summary.article) for summary in summaries}
    told: set[tuple[str, int]] = set()
    asked: dict[str, list[frozenset[str]]] = {article: [] for article in readings}
    for denial in _denials(summaries):
        words = content_words(denial.question)
        if not _told_by(denial.question, [readings[article] for article in readings if article != denial.article]):
            continue
        for summary in summaries:
            article = summary.article.id
            if article == denial.article or _takes_stance(summary, denial):
                continue
            if any(similarity(words, known) >= _SAME_MATTER for known in asked[article]):
                continue
            sentence = _likeliest(denial, readings[article])
            if sentence and (article, sentence.number) not in told:
                told.add((article, sentence.number))
                asked[article].append(words)
                yield denial, readings[article], sentence


def _in_turn(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs, where the bound cuts them with each denying article's first before any one's second."""
    if len(pairs) <= MAX_PAIRS:
        return list(pairs)
    turns = Counter[str]()
    ranked: list[tuple[int, Pair]] = []
    for pair in pairs:
        turns[pair[0].article] += 1
        ranked.append((turns[pair[0].article], pair))
    return [pair for _, pair in sorted(ranked, key=lambda item: item[0])]


def _denials(summaries: Sequence[EventSummary]) -> Iterator[Claim]:
    for claim in (claim for summary in summaries for claim in summary.claims if claim.verified):
        denied = isinstance(claim.value, YesNo) and claim.value.answer != "yes"
        if denied and content_words(claim.question) and _is_of_event(claim.question):
            yield claim


def _told_by(question: str, readings: Sequence[Reading]) -> bool:
    """Whether other articles tell of all that a denied question names: what none mentions none affirms.

    The question is worded by one article, and a model that obeys it would read a yes into anything; so it may hold
    next to nothing that is that article's alone. Words can be looked for in English only, names and numbers in any
    language.
    """
    texts = [(f"{one.article.title or ''}\n{one.article.text}", one.article.language) for one in readings]
    names = proper_names(question)
    if not all(any(name_in(name, text, language) for text, language in texts) for name in names):
        return False
    numbers = [number for text, language in texts for number in find_numbers(text, language)]
    if any(not stands_in(number.value, numbers) for number in find_numbers(question, "en") if not number.ordinal):
        return False
    english = [text for text, language in texts if (language or "en").startswith("en")]
    words = content_words(question) - content_words(" ".join(names))
    held = content_words("\n".join(english))
    return not english or len(words - held) <= _ITS_OWN * len(words)


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
            Check(name="affirmation", passed=True),
        ),
    )
