"""A merged story as plain data for the page's templates: every text safe, every link an id of the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...schemas import Cited, Claim, MergedSummary, Provenance
from .. import common
from ..common import unique
from ..safe import isolate, plain
from .facets import Facet, Facets
from .items import Doubt, Item, Reading
from .matrix import Matrix, matrix
from .places import Places
from .quoting import Quote, Quoting, tag
from .texts import ArticleText, article_text


@dataclass(frozen=True)
class Told:
    """A sentence of the summary with the evidence that it cites."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Group:
    """What one article alone says."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Page:
    """All that the page shows, in its order."""

    title: str
    language: str
    facts: tuple[str, ...]
    headline: Told | None
    narrative: tuple[Told, ...]
    changed: tuple[Item, ...]
    facets: tuple[Facet, ...]
    disagreements: tuple[Item, ...]
    matrix: Matrix | None
    agreements: tuple[Item, ...]
    single: tuple[Group, ...]
    doubts: tuple[Doubt, ...]
    doubts_note: str
    failures: tuple[str, ...]
    articles: tuple[ArticleText, ...]
    run: str
    made_with: tuple[tuple[str, str], ...]

    @property
    def singles(self) -> int:
        """How many questions one article alone answers."""
        return sum(len(group.items) for group in self.single)

    @property
    def total(self) -> int:
        """What the filters choose from: all questions and unverified claims."""
        return len(self.disagreements) + len(self.agreements) + self.singles + len(self.doubts)


def page_of(story: MergedSummary) -> Page:
    """The data of the page for `story`."""
    places, articles = Places(story), story.articles
    facets, quoting = Facets(articles), Quoting(articles, places)
    reading = Reading(articles, places, facets, quoting)
    items = [reading.item(count, item) for count, item in enumerate(story.comparisons, 1)]
    agree, alone = len(story.disagreements), len(story.disagreements) + len(story.agreements)
    doubts = tuple(reading.doubt(count, claim) for count, claim in enumerate(story.unverified, 1))
    claims = {claim.id: claim for item in story.comparisons for p in item.positions for claim in p.claims}
    spans = places.spans([*claims.values(), *story.unverified])
    counted = common.counted(articles)
    return Page(
        title=plain(story.headline.text) if story.headline else f"{counted} compared",
        language=tag(str(story.provenance.settings.get("language") or "")) or "en",
        facts=tuple(unique([counted, common.languages(articles), common.span_words(articles)])),
        headline=_told(story.headline, claims, quoting) if story.headline else None,
        narrative=tuple(_told(sentence, claims, quoting) for sentence in story.narrative),
        changed=tuple(item for item in items if item.changes),
        facets=facets.listed(),
        disagreements=tuple(items[:agree]),
        matrix=matrix(story, items, places),
        agreements=tuple(items[agree:alone]),
        single=tuple(_groups(story, items[alone:])),
        doubts=doubts,
        doubts_note=common.unverified_words(story.unverified),
        failures=tuple(map(common.failure_words, story.failures)),
        articles=tuple(
            article_text(count, places.articles[article.id], article, spans.get(article.id, []))
            for count, article in enumerate(articles, 1)
        ),
        run=common.run_words(story.provenance, story.usage),
        made_with=tuple(_made_with(story)),
    )


def _told(cited: Cited, claims: dict[str, Claim], quoting: Quoting) -> Told:
    return Told(isolate(plain(cited.text)), quoting.quotes(claims[id] for id in cited.claims))


def _groups(story: MergedSummary, items: Sequence[Item]) -> Iterable[Group]:
    """What single articles say, grouped as in the other renderings; `items` are the single-source answers as shown."""
    shown = {id(item): view for item, view in zip(story.single_source, items, strict=True)}  # their own ids may repeat
    for ids, alone in common.by_articles(story.single_source).items():
        yield Group(common.cite(ids, story.articles, mark=isolate), tuple(shown[id(item)] for item in alone))


def _made_with(story: MergedSummary) -> Iterable[tuple[str, str]]:
    made = story.provenance
    yield from _parts(made, "summarizer")
    for part in made.earlier:
        yield from _parts(part, f"Before that, {plain(part.model or '') or 'no model'} with summarizer")


def _parts(made: Provenance, name: str) -> Iterable[tuple[str, str]]:
    yield name, f"{plain(made.summarizer_version)} (schema {plain(made.schema_version)})"
    yield "Prompts", ", ".join(f"{plain(use.name)} {plain(use.version)}" for use in made.prompts) or "none"
    settings = [f"{plain(key)} {plain(str(value))}" for key, value in made.settings.items()]
    if settings:
        yield "Settings", ", ".join(settings)
