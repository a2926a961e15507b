"""The articles as the page shows them: what is known about each, its copies, its text with the evidence marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...schemas import Article, Copy
from ...text.date_words import date_words
from ..common import by_words, unique
from ..safe import isolate, plain
from .marking import Direction, Paragraph, Span, direction, paragraphs
from .quoting import name_of, tag


@dataclass(frozen=True)
class CopyLine:
    """Another copy of an article, known by name."""

    name: str
    about: str
    link: str | None
    host: str
    address: str


@dataclass(frozen=True)
class ArticleText:
    """An article with its evidence marked; `link` is where it stands on the web, None for other schemes."""

    id: str
    number: int
    name: str
    key: str
    title: str
    about: str
    by: str
    language: str | None
    direction: Direction
    link: str | None
    host: str
    address: str
    copies: tuple[CopyLine, ...]
    paragraphs: tuple[Paragraph, ...]
    marked: int


def article_text(count: int, id: str, article: Article, spans: Sequence[Span]) -> ArticleText:
    """An article of the page, the `count`th from 1, with its evidence as `spans`."""
    return ArticleText(
        id=id,
        number=count,
        name=name_of(article),
        key="" if plain(article.id) == name_of(article) else plain(article.id),
        title=plain(article.title or ""),
        about=" · ".join(unique([date_words(article.published), article.language])),
        by=plain(article.byline or ""),
        language=tag(article.language),
        direction=direction(article.text),
        link=web_link(article.url),
        host=_host(article.url),
        address=plain(article.url or ""),
        copies=tuple(map(_copy, article.copies)),
        paragraphs=tuple(paragraphs(article.text, spans)),
        marked=len(spans),
    )


def web_link(url: str | None) -> str | None:
    """`url` if a browser can safely be sent there: http or https with a host, nothing hidden in it; else None."""
    if not url or plain(url) != url:
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # a host that is no address, such as http://[
        return None


def _host(url: str | None) -> str:
    """Where a link leads, in short."""
    return (urlsplit(url).hostname or "") if url and web_link(url) else ""


def _copy(copy: Copy) -> CopyLine:
    about = unique([date_words(copy.published) if copy.published else None, copy.title])
    about += [by] if (by := by_words(copy, mark=isolate)) else []
    name = plain(copy.outlet or "") or plain(copy.id)
    return CopyLine(name, " · ".join(about), web_link(copy.url), _host(copy.url), plain(copy.url or ""))
