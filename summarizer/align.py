"""Bring claims under common questions: rules on the parts of the question, the model for what stays in doubt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from .frames import COUNTED, Frame, compatible, frames
from .positions import same_answer
from .rivals import rivals
from .schemas import Claim, Quantity, Verdict, YesNo
from .text.speakers import same_speaker
from .text.wording import content_words, idf, similarity

SAME = 0.5
"""From this similarity on (0 to 1) two compatible questions are one."""
DOUBT = 0.34
"""From this similarity on the model is asked."""
_SUBJECT = 0.45  # what an equal counted concept is worth before any word is compared
_BODY = 0.35  # what it is worth that one body confirms or denies in both
_NAMELESS = 0.7  # what likeness is worth for the ages of people without names: "the victim" may be any
_MAX_DOUBTS = 12


@dataclass(frozen=True)
class Doubt:
    """Two claims of different articles that may answer one question; `score` is the similarity of the questions."""

    first: Claim
    second: Claim
    score: float


@dataclass(frozen=True)
class Decided:
    """What is not asked again: pairs of `articles` that were compared before, and the model's `verdicts` on claims."""

    articles: frozenset[str] = frozenset()
    verdicts: Mapping[tuple[str, str], Verdict] = field(default_factory=dict)

    def covers(self, one: Claim, other: Claim) -> bool:
        """Whether the two were before the model, or could have been."""
        return {one.article, other.article} <= self.articles or not self.verdicts.keys().isdisjoint(
            [(one.id, other.id), (other.id, one.id)]
        )


NOTHING = Decided()
"""All is new."""


@dataclass
class Group:
    """Claims that answer one question; `by_model` names the claims that the model joined to it."""

    claims: list[Claim] = field(default_factory=list)
    by_model: set[str] = field(default_factory=set)

    @property
    def articles(self) -> set[str]:
        """Ids of the articles that answer."""
        return {claim.article for claim in self.claims}


@dataclass
class Alignment:
    """Groups of claims with one question each, every claim in one of them, and the pairs left in doubt."""

    groups: list[Group]
    doubts: list[Doubt]


def align(claims: Sequence[Claim], titles: Iterable[str | None] = (), decided: Decided = NOTHING) -> Alignment:
    """Group verified claims by their question, over any number of articles.

    Every claim is in exactly one group. Two groups stay apart where any of their questions are incompatible
    (`frames.compatible`); otherwise they join while the mean similarity of their questions is at least `SAME`.
    The doubts begin with the pairs that `decided` has verdicts on; of the others it covers none.
    """
    parts = frames(claims, titles)
    weights = idf([frame.words for frame in parts])
    scores = dict(_scores(parts, weights))
    groups = _join(parts, scores)
    split = [Group(part) for group in groups for part in rivals([parts[i].claim for i in group])]
    split.sort(key=lambda group: _first_place(group, claims))
    home = {claim.id: index for index, group in enumerate(split) for claim in group.claims}
    doubts = [
        Doubt(parts[i].claim, parts[j].claim, score)
        for (i, j), score in sorted(scores.items(), key=lambda item: -item[1])
        if score >= DOUBT
        and parts[i].claim.article != parts[j].claim.article
        and home[parts[i].claim.id] != home[parts[j].claim.id]
        and not split[home[parts[i].claim.id]].articles & split[home[parts[j].claim.id]].articles
        and not decided.covers(parts[i].claim, parts[j].claim)
    ]
    return Alignment(split, [*_recalled(decided, claims), *_one_each(doubts, home)[:_MAX_DOUBTS]])


def _recalled(decided: Decided, claims: Sequence[Claim]) -> Iterator[Doubt]:
    known = {claim.id: claim for claim in claims}
    for one, other in decided.verdicts:
        if one in known and other in known:
            yield Doubt(known[one], known[other], 0.0)


def settle(alignment: Alignment, verdicts: Mapping[tuple[str, str], Verdict]) -> list[Group]:
    """The groups after the model's verdicts (keys are the ids of a doubt's two claims) on the doubtful pairs."""
    groups = list(alignment.groups)
    for doubt in alignment.doubts:
        if not _joins(doubt, verdicts.get((doubt.first.id, doubt.second.id), "unrelated")):
            continue
        one, other = (next(g for g in groups if claim in g.claims) for claim in (doubt.first, doubt.second))
        if one is not other:
            joined = Group(one.claims + other.claims, one.by_model | other.by_model | {c.id for c in other.claims})
            groups[groups.index(one)] = joined
            groups.remove(other)
    return groups


def by_model(groups: Sequence[Group], claims: Sequence[Claim]) -> list[Group]:
    """The groups, with the claims that the model itself read out of a text marked as its decision."""
    ids = {claim.id for claim in claims}
    return [Group(group.claims, group.by_model | {c.id for c in group.claims if c.id in ids}) for group in groups]


def _joins(doubt: Doubt, verdict: Verdict) -> bool:
    """Whether a verdict makes two questions one. That a model sees two answers differ does not: all unrelated ones do.

    It does where code finds the two answers equal, and where one side confirms and another denies. Two unequal figures
    are never joined on a model's word; others of their groups come along.
    """
    if isinstance(doubt.first.value, YesNo) or same_answer(doubt.first, doubt.second):
        return verdict != "unrelated"
    return verdict == "same" and not isinstance(doubt.first.value, Quantity)


def _scores(parts: Sequence[Frame], weights: Mapping[str, float]) -> Iterator[tuple[tuple[int, int], float]]:
    """Similarity of every compatible pair, by indices; pairs of other kinds or outcomes are never looked at."""
    blocks: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for index, frame in enumerate(parts):
        blocks[frame.kind, frame.outcomes].append(index)
    for block in blocks.values():
        for i, j in combinations(block, 2):
            if compatible(parts[i], parts[j]):
                yield (i, j), _score(parts[i], parts[j], weights)


def _score(a: Frame, b: Frame, weights: Mapping[str, float]) -> float:
    alike = similarity(a.words, b.words, weights)
    if a.kind == "age" and not a.names:
        return alike * _NAMELESS
    if a.kind == "figure" and a.concepts & b.concepts & COUNTED:
        return _SUBJECT + (1 - _SUBJECT) * alike
    if a.kind == "yes_no" and _same_body(a.claim, b.claim):
        return _BODY + (1 - _BODY) * alike
    return alike


def _same_body(a: Claim, b: Claim) -> bool:
    """Whether one body confirms or denies in both: named as the speaker of one and in the question of the other too."""
    bodies = [
        {key for key in content_words(f"{c.attributed_to or ''} {c.question}") if key.startswith("@")} for c in (a, b)
    ]
    speakers = a.attributed_to, b.attributed_to
    if all(speakers) and same_speaker(speakers[0] or "", speakers[1] or ""):
        return True
    own = [{key for key in content_words(c.attributed_to or "") if key.startswith("@")} for c in (a, b)]
    return bool(own[0] & bodies[1] or own[1] & bodies[0])


def _join(parts: Sequence[Frame], scores: Mapping[tuple[int, int], float]) -> list[list[int]]:
    home = {index: [index] for index in range(len(parts))}
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score < SAME:
            break
        one, other = home[i], home[j]
        if one is other:
            continue
        between = [scores.get((min(a, b), max(a, b))) for a in one for b in other]
        known = [value for value in between if value is not None]
        if len(known) == len(between) and sum(known) / len(known) >= SAME:
            one.extend(other)
            for index in other:
                home[index] = one
    unique: dict[int, list[int]] = {id(group): group for group in home.values()}
    return [sorted(group) for group in unique.values()]


def _first_place(group: Group, claims: Sequence[Claim]) -> int:
    order = {claim.id: place for place, claim in enumerate(claims)}
    return min(order[claim.id] for claim in group.claims)


def _one_each(doubts: Sequence[Doubt], home: Mapping[str, int]) -> list[Doubt]:
    """The likeliest pair of every two groups: asking about one is asking about both."""
    best: dict[frozenset[int], Doubt] = {}
    for doubt in doubts:
        best.setdefault(frozenset({home[doubt.first.id], home[doubt.second.id]}), doubt)
    return list(best.values())
