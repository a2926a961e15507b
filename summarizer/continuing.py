"""A story that grows: what is in it taken out again, and what is new to it told from what it has already."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .affirm import affirmed
from .align import Decided
from .articles.files import file_id
from .copies import as_copy, is_copy, rank, with_copies
from .schemas import Article, Claim, Copy, EventSummary, Failure, MergedSummary

_NUMBER = re.compile(r"#(\d+)\Z")


@dataclass(frozen=True)
class Continued:
    """What new summaries are merged into: a story taken apart, or nothing.

    `summaries` hold the claims of its articles but those that were `affirmed` in merging; `articles` are to be read:
    the new ones, and those `again` of which a part had failed. `failures` are those of before that still stand, `notes`
    say what became of inputs that are not read, or not by their name. `given` are the inputs and the failures to read.
    """

    story: MergedSummary | None = None
    summaries: tuple[EventSummary, ...] = ()
    affirmed: tuple[Claim, ...] = ()
    decided: Decided = field(default_factory=Decided)
    articles: tuple[Article, ...] = ()
    again: frozenset[str] = frozenset()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    given: tuple[Sequence[Article], Sequence[Failure]] = ((), ())

    @property
    def settled(self) -> bool:
        """Whether the story, as it was, leaves nothing to ask: rules and the model had decided all of it."""
        return self.story is not None and not any(map(_of_merging, self.story.failures))

    def together(self, summaries: Sequence[EventSummary]) -> list[EventSummary]:
        """Its summaries and new ones; an article that was read again has its old place."""
        place = {article.id: number for number, article in enumerate(self.story.articles)} if self.story else {}
        return sorted([*self.summaries, *summaries], key=lambda one: place.get(one.article.id, len(place)))


NEW = Continued()
"""No story: all begins here."""


def continued(story: MergedSummary | None, articles: Sequence[Article], failures: Sequence[Failure] = ()) -> Continued:
    """`story` taken apart for `articles` to be added; `failures` are those of reading what was given with them.

    What it holds already is not read again: an article of the story is left out, a copy of one becomes its copy. An
    article of which a part had failed is read anew, and its claims of before are left out. An id that is taken gets a
    number. The failures of what is given again, and those of merging, stand no longer. Without a story all are new.
    """
    if story is None:
        return Continued(articles=tuple(with_copies(articles)), given=(articles, failures))
    held = {article.id: article for article in story.articles}
    copies: dict[str, list[Copy]] = {id: list(article.copies) for id, article in held.items()}
    taken = {*held, *(copy.id for own in copies.values() for copy in own)}
    partial = {failure.article for failure in story.failures if failure.partial and not _of_merging(failure)}
    names = {article.id for article in articles}
    new: list[Article] = []
    again: dict[str, Article] = {}
    notes: list[str] = []
    for article in articles:
        same = next((one for one in _all(held.values(), copies) if _is_same(article, one)), None)
        if same and same.id in held and same.id in partial:
            again[same.id] = article.model_copy(update={"id": same.id})
            continue
        if same:
            notes.append(f"{article.id}: it is in the story already{_as(same.id, article.id)}; it is not read again")
            continue
        renamed = article.model_copy(update={"id": _free(article.id, taken, names)})
        if renamed.id != article.id:
            notes.append(f"{article.id}: the story has another article of that id; this one is called {renamed.id}")
        home = next((one for one in sorted(held.values(), key=rank) if is_copy(article, one)), None)
        if home:
            copies[home.id].append(as_copy(renamed))
        else:
            new.append(renamed)
    read = [one.model_copy(update={"copies": tuple(copies[id])}) for id, one in again.items()]
    known = {*(article.id for article in articles), *(article.url for article in articles if article.url)}
    known |= {failure.article for failure in failures if failure.article}
    made = _taken_apart(story, again, copies)
    return replace(
        made,
        articles=(*read, *with_copies(new)),
        again=frozenset(again),
        failures=tuple(_standing(story.failures, known, again)),
        notes=tuple(notes),
        given=(articles, failures),
    )


def without_loss(into: Continued, summaries: Sequence[EventSummary]) -> tuple[Continued, list[EventSummary]]:
    """Both without what was read again in vain: an article of which more was known before stays as it was."""
    if into.story is None or not into.again:
        return into, list(summaries)
    was = Counter(claim.article for claim in _claims(into.story) if claim.verified and not affirmed(claim))
    now = {summary.article.id: sum(claim.verified for claim in summary.claims) for summary in summaries}
    vain = {id for id in into.again if now.get(id, -1) < was[id]}
    articles, failures = into.given
    texts = {article.sha256 for article in into.articles if article.id in vain}
    left = continued(into.story, [article for article in articles if article.sha256 not in texts], failures)
    return left, [summary for summary in summaries if summary.article.id not in vain]


def _taken_apart(story: MergedSummary, again: Collection[str], copies: Mapping[str, Sequence[Copy]]) -> Continued:
    """The story without the articles that are read `again`, the others with their copies."""
    articles = [one for one in story.articles if one.id not in again]
    place = {article.id: number for number, article in enumerate(articles)}
    claims = [claim for claim in _claims(story) if claim.article in place]
    summaries = tuple(
        EventSummary(
            article=article.model_copy(update={"copies": tuple(copies[article.id])}),
            claims=tuple(claim for claim in claims if claim.article == article.id and not affirmed(claim)),
            provenance=story.provenance,
        )
        for article in articles
    )
    asked = [claim.question for summary in summaries for claim in summary.claims]
    found = [claim for claim in claims if affirmed(claim)]
    found.sort(key=lambda claim: (_first(asked, claim.question), place[claim.article]))  # as they were asked for
    known = {claim.id for claim in claims}
    judged = (one for item in story.comparisons for one in item.judged if known.issuperset(one.claims))
    whole = not any(map(_of_merging, story.failures))
    return Continued(
        story=story,
        summaries=summaries,
        affirmed=tuple(found),
        decided=Decided(frozenset(place) if whole else frozenset(), {one.claims: one.verdict for one in judged}),
    )


def _claims(story: MergedSummary) -> list[Claim]:
    """All claims of a story by their running numbers, so that those of an article are in the order of its text."""
    compared = [claim for item in story.comparisons for position in item.positions for claim in position.claims]
    return sorted((*compared, *story.unverified), key=_running_number)


def _of_merging(failure: Failure) -> bool:
    """Whether it is one of the merge, which is made anew, and not of an article."""
    return failure.article is None or failure.stage in ("align", "compare", "merge")


def _standing(failures: Iterable[Failure], given: Collection[str], again: Collection[str]) -> Iterable[Failure]:
    """Those of before, without those of merging and of what is read now."""
    for failure in failures:
        name = failure.article or ""
        retried = name in again if failure.partial else name in given or file_id(name) in given
        if not retried and not _of_merging(failure):
            yield failure


def _all(articles: Iterable[Article], copies: Mapping[str, Sequence[Copy]]) -> Iterable[Article | Copy]:
    for article in articles:
        yield article
        yield from copies[article.id]


def _is_same(article: Article, known: Article | Copy) -> bool:
    """Whether it is the very input: the same text of the same outlet, by the same name or the one it was given."""
    if article.sha256 != known.sha256 or (article.outlet or "") != (known.outlet or ""):
        return False
    return re.fullmatch(rf"{re.escape(article.id)}(?:-\d+)?", known.id) is not None


def _as(id: str, given: str) -> str:
    return f", as {id}" if id != given else ""


def _free(id: str, taken: Collection[str], names: Collection[str]) -> str:
    """The id, or behind it a number that nothing of the story has, nor another input by its name."""
    name, number = id, 1
    while name in taken or (name != id and name in names):
        number += 1
        name = f"{id}-{number}"
    return name


def _running_number(claim: Claim) -> tuple[int, str]:
    match = _NUMBER.search(claim.id)
    return int(match[1]) if match else 0, claim.id


def _first(asked: Sequence[str], question: str) -> int:
    return asked.index(question) if question in asked else len(asked)
