"""What became of a story that was continued: the sums of both runs, and what is new in each question."""

from collections import Counter
from collections.abc import Iterable, Sequence

from .affirm import affirmed
from .provenance import after
from .schemas import (
    Agreement,
    Change,
    Cited,
    Claim,
    Comparison,
    Disagreement,
    Failure,
    MergedSummary,
    Position,
    SingleSource,
)


def grown(story: MergedSummary, before: MergedSummary | None, standing: Sequence[Failure] = ()) -> MergedSummary:
    """`story` as what has become of `before`; as it is where there was none.

    Usage is the sum of both, failures of before that are `standing` come first, provenance tells of both where they
    differ. `changes` of each question tell what is new since; those of an earlier growth are gone.
    """
    if before is None:
        return story
    known = {article.id for article in before.articles}
    claims = [claim for item in story.comparisons for claim in _claims(item) if not affirmed(claim)]
    changed = [item.model_copy(update={"changes": tuple(_changes(item, before, known))}) for item in story.comparisons]
    return story.model_copy(
        update={
            "headline": story.headline or _undisputed(before.headline, story),
            "disagreements": tuple(item for item in changed if isinstance(item, Disagreement)),
            "agreements": tuple(item for item in changed if isinstance(item, Agreement)),
            "single_source": tuple(item for item in changed if isinstance(item, SingleSource)),
            "failures": (*standing, *story.failures),
            "usage": (before.usage + story.usage).per_claim(len(claims)),
            "provenance": after(before.provenance, story.provenance),
        }
    )


def _undisputed(headline: Cited | None, story: MergedSummary) -> Cited | None:
    """The headline of before, unless it rests on what is gone or in dispute now."""
    agreed = {claim.id for item in (*story.agreements, *story.single_source) for claim in _claims(item)}
    return headline if headline and agreed.issuperset(headline.claims) else None


def _claims(item: Comparison) -> list[Claim]:
    return [claim for position in item.positions for claim in position.claims]


def _changes(item: Comparison, before: MergedSummary, known: set[str]) -> Iterable[Change]:
    """What is new in a question; questions are the same if claims of `before` stand in both, whatever their wording."""
    own = {claim.id for claim in _claims(item) if claim.article in known}
    olds = [old for old in before.comparisons if own.intersection(claim.id for claim in _claims(old))]
    new = _articles(item, known)
    if isinstance(item, SingleSource):
        olds = [old for old in olds if not isinstance(old, SingleSource)]
    if not olds:
        yield from _first_seen(item, new)
        return
    shared = Counter({n: len(own.intersection(c.id for c in _claims(old))) for n, old in enumerate(olds)})
    old = olds[max(range(len(olds)), key=lambda n: (isinstance(olds[n], Disagreement), shared[n]))]
    yield from _another_relation(item, old, new)
    yield from _positions(item, own, known, was=old)
    yield from _figure(item, old, known)


def _first_seen(item: Comparison, new: tuple[str, ...]) -> Iterable[Change]:
    """A question of which nothing was known: what one article alone says of it is no change."""
    if isinstance(item, Disagreement):
        yield Change(
            kind="new_disagreement", text=f"A new question, answered differently: {_sides(item)}.", articles=new
        )
    elif isinstance(item, Agreement):
        yield Change(kind="new_agreement", text=f"A new question, answered alike: {_sides(item)}.", articles=new)


def _another_relation(item: Comparison, old: Comparison, new: tuple[str, ...]) -> Iterable[Change]:
    if isinstance(item, Disagreement) and not isinstance(old, Disagreement):
        text = f"There was one answer, {_sides(old)}; now they differ: {_sides(item)}."
        if len(old.positions) > 1:
            text = f"One article alone gave the answers {_sides(old)}; now articles differ: {_sides(item)}."
        yield Change(kind="new_disagreement", text=text, articles=new)
    elif isinstance(item, Agreement) and isinstance(old, SingleSource):
        text = f"{_and(new)} {_give(new)} the same answer as {_and(_all(old))}: {_answers(item)}."
        if not new:
            text = f"{_and(_all(item))} are now read as one answer: {_answers(item)}."
        yield Change(kind="new_agreement", text=text, articles=new)
    elif _named(item) != _named(old):
        yield Change(kind="relation_changed", text=f"Before: {_named(old)}; now: {_named(item)}.", articles=new)


def _positions(item: Comparison, own: set[str], known: set[str], *, was: Comparison) -> Iterable[Change]:
    """Answers and sources that came to a question with several articles; where it had one, the relation tells it."""
    for position in item.positions:
        new = tuple(article for article in position.articles if article not in known)
        if not new:
            continue
        old = any(claim.id in own for claim in position.claims)
        if not old and isinstance(was, Disagreement):
            text = f"{_and(new)} {_give(new)} another answer: {position.answer}."
            yield Change(kind="position_added", text=text, articles=new)
        elif old and not isinstance(was, SingleSource):
            text = f"{_and(new)} also {_give(new)} the answer {position.answer}."
            yield Change(kind="source_added", text=text, articles=new)


def _figure(item: Comparison, old: Comparison, known: set[str]) -> Iterable[Change]:
    """A best figure that a new article gives, where another was the best, or the only one."""
    if not isinstance(item, Disagreement) or not item.estimate:
        return
    estimate = item.estimate
    if isinstance(old, Disagreement):
        same = old.estimate is None or (old.estimate.best, old.estimate.unit) == (estimate.best, estimate.unit)
        was = "" if old.estimate is None else f"{old.estimate.best:g}"
    else:
        was, same = old.positions[0].answer, len(old.positions) > 1
    chosen = [position for position in item.positions if _is_best(position, estimate.best)]
    new = tuple(article for position in chosen for article in position.articles if article not in known)
    alone = chosen and not any(article in known for position in chosen for article in position.articles)
    if new and alone and not same:
        best = chosen[0].answer
        text = f"The best figure was {was}; now it is {best} ({estimate.rule}), from {_and(new)}."
        yield Change(kind="figure_superseded", text=text, articles=new)


def _is_best(position: Position, best: float) -> bool:
    return position.value.kind == "quantity" and position.value.amount == best


# --- in words ---


def _articles(item: Comparison, known: set[str]) -> tuple[str, ...]:
    return tuple(article for article in _all(item) if article not in known)


def _all(item: Comparison) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article for position in item.positions for article in position.articles))


def _named(item: Comparison) -> str:
    if isinstance(item, Disagreement):
        return item.relation.value + (f" ({item.subtype.replace('_', ' ')})" if item.subtype else "")
    return "agreement" if isinstance(item, Agreement) else "one article alone"


def _sides(item: Comparison) -> str:
    return "; ".join(f"{position.answer} ({', '.join(position.articles)})" for position in item.positions)


def _answers(item: Comparison) -> str:
    return " / ".join(dict.fromkeys(position.answer for position in item.positions))


def _give(articles: Sequence[str]) -> str:
    return "gives" if len(articles) == 1 else "give"


def _and(articles: Sequence[str]) -> str:
    *others, last = articles or ("",)
    return f"{', '.join(others)} and {last}" if others else last
