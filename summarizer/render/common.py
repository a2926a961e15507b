"""Wording shared by all renderings: relation labels, dates and numbers in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ..schemas import (
    Agreement,
    Article,
    Check,
    Claim,
    Copy,
    Disagreement,
    Failure,
    MergedSummary,
    Position,
    Provenance,
    SingleSource,
    Stance,
    Usage,
)
from ..schemas.edtf import OPEN, bounds
from ..text.date_words import as_of_words, date_words, period_words
from ..voices import carried_by, carriers
from .safe import plain

LABELS = {
    ("denial", None): "denial",
    ("denial", "non_confirmation"): "denial: not confirmed",
    ("scope", None): "other scope",
    ("update", None): "update",
    ("update", "progression"): "update: progression",
    ("update", "correction"): "update: correction",
    ("precision", None): "other precision",
    ("attribution", None): "other attribution",
    ("contradiction", None): "contradiction",
    ("contradiction", "by_source"): "contradiction: by source",
    ("contradiction", "by_outlet"): "contradiction: by outlet",
    ("characterisation", None): "characterisation",
    ("uncertain", None): "uncertain",
}
"""How a relation and its subtype are called in front of a reader."""

CHECK_LABELS = {
    "evidence": "no evidence in article",
    "number": "number not in evidence",
    "date": "date not in evidence",
    "speaker": "speaker not in article",
    "leak": "name leaked from the prompt",
    "answer": "answer not in evidence",
    "question": "question not usable",
}
"""What it means that a check failed."""

NOBODY = "no source named"
"""Stands for the speaker where an article names none."""

_STANCES = {Stance.DENIED: "denied", Stance.UNCOMMITTED: "neither confirmed nor denied"}


def label(item: Disagreement) -> str:
    """Relation and subtype in words: 'update: correction', 'other scope'."""
    relation, subtype = item.relation.value, item.subtype
    return LABELS.get((relation, subtype)) or f"{LABELS[(relation, None)]}: {str(subtype).replace('_', ' ')}"


def number(value: float) -> str:
    """`value` with thousands separators and no needless decimals: 12,300 or 4.5."""
    if not value.is_integer():
        return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.2f}"
    return f"{int(value):,}"


def plural(count: int, noun: str) -> str:
    """Count and noun: '1 article', '1,204 articles'."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def estimate_words(item: Disagreement) -> str | None:
    """The estimate as one line, 'low 100 · best 600 (latest) · high 600 soldiers'; None without one."""
    if not (estimate := item.estimate):
        return None
    unit = f" {plain(estimate.unit)}" if estimate.unit else ""
    rule = plain(estimate.rule)
    return f"low {number(estimate.low)} · best {number(estimate.best)} ({rule}) · high {number(estimate.high)}{unit}"


def verdict_words(item: Disagreement) -> str:
    """How much it weighs and who decided: 'medium severity, decided by rule'."""
    return f"{item.severity} severity, decided by {item.decided_by}"


def unique(values: Iterable[str | None]) -> list[str]:
    """The values without None, blanks and repeats, in their order."""
    return list(dict.fromkeys(text for value in values if value and (text := plain(value))))


def dated_words(as_of: str | None, claims: Sequence[Claim]) -> str:
    """'as of 3 May 2031', with '(published)' where only the articles' own dates stand behind it; else 'undated'."""
    words = as_of_words(as_of)
    bases = {claim.as_of_basis for claim in claims if claim.as_of == as_of}
    return f"{words} (published)" if bases == {"published"} and words != "undated" else words


def when_words(position: Position) -> str:
    """When a position holds: the period it counts, the date it is given for, or 'undated'."""
    words = [period_words(period) for period in unique(c.period for c in position.claims if c.period != OPEN)]
    if not words or position.as_of not in (None, OPEN):
        words.append(dated_words(position.as_of, position.claims))
    return ", ".join(words)


def qualities(claims: Sequence[Claim]) -> list[str]:
    """What else marks a statement: stance, certainty, scope; nothing where all is plain or the answer says it."""
    stances = unique(_STANCES.get(claim.stance) for claim in claims)
    stances = [stance for stance in stances if all(stance not in claim.answer.casefold() for claim in claims)]
    certainties = unique(claim.certainty.value for claim in claims if claim.certainty != "reported")
    scopes = unique(part for claim in claims for part in (claim.scope.place, claim.scope.group, _way(claim)))
    revised = ["corrects an earlier figure"] if any(claim.revises for claim in claims) else []
    return [*stances, *certainties, *(["scope: " + ", ".join(scopes)] if scopes else []), *revised]


def _way(claim: Claim) -> str:
    """The way of counting, whose words are parted as in a list of codes: 'in total' of `in_total`."""
    return (claim.scope.definition or "").replace("_", " ")


def named(attributed_to: str | None) -> list[str]:
    """Who is behind a position, each once."""
    return unique((attributed_to or "").split("; "))


def people(attributed_to: str | None) -> str:
    """Who is behind a position, several parted by commas; says so where the articles name nobody."""
    return ", ".join(named(attributed_to)) or NOBODY


def sources(position: Position, articles: Sequence[Article], *, mark: Callable[[str], str] = str) -> str:
    """Who is behind a position, and which of them several articles share: 'police (3 outlets, one voice), hospital'.

    `mark` wraps each name for its medium. Without voices, or where all articles speak for themselves, as `people`.
    """
    return ", ".join(_named(position, articles, mark)) or mark(people(position.attributed_to))


def _named(position: Position, articles: Sequence[Article], mark: Callable[[str], str]) -> list[str]:
    """Each voice with a source of its own or of several articles; an outlet that speaks for itself is cited anyway."""
    known = {article.id: article for article in articles}
    told = []
    for voice in position.voices:
        if voice.basis == "outlet":
            continue
        many = carriers(voice.articles, known) if carried_by(voice.articles, known) > 1 else ""
        if voice.source:
            told.append(mark(people(voice.source)) + (f" ({many}, one voice)" if many else ""))
        elif many:
            told.append(f"{many}, one text")
    return told


def speakers_and_qualities(positions: Sequence[Position]) -> str:
    """Who is behind the positions and what marks them, in a few words; empty where there is nothing to tell."""
    named = [people(position.attributed_to) for position in positions if position.attributed_to]
    return "; ".join(unique([*named, *(mark for position in positions for mark in qualities(position.claims))]))


def cite(ids: Iterable[str], articles: Sequence[Article], *, mark: Callable[[str], str] = str) -> str:
    """Article ids with their outlets, 'pier-2 (Le Phare), pier-3'; `mark` wraps each text for its medium."""
    outlets = {article.id: plain(article.outlet or "") for article in articles}
    names = [mark(plain(i)) + (f" ({mark(outlet)})" if (outlet := outlets.get(i)) else "") for i in ids]
    return ", ".join(names)


def by_words(item: Article | Copy, *, mark: Callable[[str], str] = str) -> str:
    """Who wrote it, 'by Ida Crane; Tom Reed'; empty where that is not known."""
    name = plain(item.byline or "")
    return f"by {mark(name)}" if name else ""


def changes(story: MergedSummary) -> list[tuple[str, str]]:
    """What is new in a story that was added to: each question, and what became of it in one sentence."""
    return [(plain(item.question), plain(change.text)) for item in story.comparisons for change in item.changes]


def in_copies(ids: Sequence[str], articles: Sequence[Article]) -> str:
    """How many carry the text of these articles, '3 outlets, one text'; empty where none was given in copies."""
    known = {article.id: article for article in articles}
    if not any(article.copies for id in ids if (article := known.get(id))):
        return ""
    return f"{carriers(ids, known)}, one text"


def counted(articles: Sequence[Article]) -> str:
    """How many were read: '3 articles', '3 articles and 1 copy'."""
    copies = sum(len(article.copies) for article in articles)
    more = f" and {copies:,} {'copy' if copies == 1 else 'copies'}" if copies else ""
    return plural(len(articles), "article") + more


def voices_note(item: Agreement, articles: Sequence[Article], *, mark: Callable[[str], str] = str) -> str | None:
    """The voices behind an agreement; a warning where all is one, since that is not corroboration; None if unknown."""
    if item.independent_sources != 1:
        return ", ".join(dict.fromkeys(words for p in item.positions for words in _named(p, articles, mark))) or None
    told = [voice.source for position in item.positions for voice in position.voices]
    names = unique(told or (position.attributed_to for position in item.positions))
    return "all trace to one source" + (f": {', '.join(map(mark, names))}" if names else "")


def span_words(articles: Sequence[Article]) -> str:
    """First to last publication date; says how many articles have none."""
    dated = [(*bounds(article.published), article.published) for article in articles if article.published]
    first = min((low for low, _, _ in dated if low), default=None)
    last = max((high for _, high, _ in dated if high), default=None)
    missing = len(articles) - sum(1 for low, high, _ in dated if low or high)
    if first is None or last is None:
        return "undated"
    if len({published for _, _, published in dated}) == 1:
        words = date_words(dated[0][2])
    else:
        words = date_words(f"{first}/{last}")
    return f"{words}, {missing} undated" if missing else words


def languages(articles: Sequence[Article]) -> str:
    """Language tags of the articles: 'ar, en, fr'; empty if none is known."""
    return ", ".join(sorted(unique(article.language for article in articles)))


def by_articles(items: Sequence[SingleSource]) -> dict[tuple[str, ...], list[SingleSource]]:
    """Answers of single articles, grouped by article in the order of the result."""
    groups: dict[tuple[str, ...], list[SingleSource]] = {}
    for item in items:
        ids = tuple(unique(article for position in item.positions for article in position.articles))
        groups.setdefault(ids, []).append(item)
    return groups


def first_failed(claim: Claim) -> Check:
    """The check that kept `claim` out of the comparison; where several failed, the first."""
    return next(check for check in claim.checks if not check.passed)


def unverified_words(claims: Sequence[Claim]) -> str:
    """How many claims failed for which reason: 'number not in evidence 2, speaker not in article 1'."""
    counts = Counter(CHECK_LABELS[first_failed(claim).name] for claim in claims)
    return ", ".join(f"{reason} {count:,}" for reason, count in counts.most_common())


def reasons(claim: Claim) -> str:
    """Why a claim is not verified, every failed check in one line."""
    return "; ".join(unique(claim.reasons))


def failure_words(failure: Failure) -> str:
    """One failure: which article, what happened, what to do."""
    article = plain(failure.article) if failure.article else "all articles"
    partly = " (the rest of it is in the result)" if failure.partial else ""
    reason = plain(failure.reason).rstrip(".")
    return f"{article}: {reason}{partly}" + (f". {_sentence(plain(failure.hint))}" if failure.hint else "")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def run_words(provenance: Provenance, usage: Usage) -> str:
    """The footer: model, calls, answers from the cache, tokens and seconds."""
    if provenance.model is None:
        model = "no model"
    elif provenance.provider == "embedded":
        model = f"embedded model {plain(provenance.model)}"
    else:
        model = plain(provenance.model) + (f" at {plain(provenance.provider)}" if provenance.provider else "")
    if provenance.earlier:
        model += f", continued from {', '.join(unique(part.model or 'no model' for part in provenance.earlier))}"
    reused = [f"{plural(usage.reused_answers, 'answer')} from the cache"] if usage.reused_answers else []
    ratio = usage.output_tokens_per_verified_claim
    per_claim = [f"{ratio:g} output tokens per verified claim"] if ratio is not None else []
    if not usage.calls:
        return " · ".join([model, *reused, *(per_claim if reused else [])])
    tokens = f"{usage.prompt_tokens:,} tokens in, {usage.output_tokens:,} out"
    troubles = [f"{usage.failed_calls:,} failed"] if usage.failed_calls else []
    troubles += [f"{usage.retries + usage.reasks:,} repeated"] if usage.retries + usage.reasks else []
    troubles += [f"{usage.uncounted_calls:,} of unknown cost"] if usage.uncounted_calls else []
    calls = plural(usage.calls, "call") + (f" ({', '.join(troubles)})" if troubles else "")
    return " · ".join([model, calls, *reused, tokens, *per_claim, f"{usage.seconds:,.0f} s"])
