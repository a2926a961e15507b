"""A sentence as it is quoted on the page: in its own language and direction, with its outlet and its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...schemas import Article, Claim
from ...text.date_words import date_words
from ..safe import plain
from .marking import Chip, Direction, Piece, direction, pieces
from .places import Places

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Quote:
    """A verbatim sentence and where it stands; `chip` is the way to its answer."""

    id: str
    pieces: tuple[Piece, ...]
    language: str | None
    direction: Direction
    outlet: str
    published: str
    chip: Chip


class Quoting:
    """Turns evidence into quotes."""

    def __init__(self, articles: Iterable[Article], places: Places) -> None:
        self._articles = {article.id: article for article in articles}
        self._places = places

    def quotes(self, claims: Iterable[Claim]) -> tuple[Quote, ...]:
        """The evidence of `claims`, each sentence once, in their order."""
        found: dict[str, Quote] = {}
        for claim in claims:
            for item in claim.evidence:
                article = self._articles[item.article]
                id = self._places.sentence(item)
                found.setdefault(
                    id,
                    Quote(
                        id=id,
                        pieces=pieces(item.quote),
                        language=tag(article.language),
                        direction=direction(item.quote),
                        outlet=name_of(article),
                        published=date_words(article.published),
                        chip=self._places.chip(claim.id),
                    ),
                )
        return tuple(found.values())


def name_of(article: Article) -> str:
    """How readers know an article: by its outlet, else by its id."""
    return plain(article.outlet or "") or plain(article.id) or "article"


def tag(language: str | None) -> str | None:
    """`language` for the attribute `lang`; None where it is no language tag by its form."""
    return language.replace("_", "-") if language and _TAG.fullmatch(language) else None
