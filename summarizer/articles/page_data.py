"""What a page says of itself for programs: schema.org in JSON-LD, Open Graph and other meta elements.

Read here and not by the extraction library, whose patterns for broken JSON take minutes on hostile pages.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..text.bylines import byline_of
from ..text.printable import printable_text
from .header import check_published

_MOST_JSON = 2_000_000
_MOST_NODES = 2_000
_MOST_PLACES = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where the page's own article stands; those in lists, mentions and parts are others'."""
_LONGEST = 1_000
_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "publishdate")
"""Names of meta elements that hold the date of publication and nothing else (https://ogp.me/#type_article, schema.org,
Dublin Core, and the commonest of its own kind); others are left to the library."""
_AUTHORS = ("author", "article:author", "citation_author", "parsely-author", "sailthru.author", "dc.creator")
"""Names of meta elements that hold who wrote it (HTML; https://ogp.me/#type_article where it is no address; Highwire
Press, Parse.ly, Sailthru, Dublin Core); each may stand in several elements."""
_PLACEHOLDERS = ("1970-01-01", "1969-12-31")


@dataclass(frozen=True)
class PageData:
    """What the page says; None, or nothing, where it does not. `kinds` are og:type and schema.org's types, lowered.

    `article`: it calls itself one. `free`: `isAccessibleForFree`. `words`: `wordCount`. `body`: `articleBody`.
    """

    kinds: frozenset[str]
    article: bool
    headline: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    free: bool | None = None
    words: int = 0
    body: str | None = None


def page_data(tree: Any) -> PageData:
    """What the parsed page says of itself; nothing that it says is trusted to be of the right type."""
    metas = _metas(tree)
    nodes = list(_nodes(tree))
    by_id = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    node = _own_article([node for node in nodes if any(map(_is_article, _types(node)))], tree)
    kinds = {kind for node in nodes for kind in _types(node)} | {metas.get("og:type", "").lower()}
    publisher = node.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    if isinstance(publisher, dict):
        publisher = _text(publisher.get("name")) or by_id.get(str(publisher.get("@id")), {}).get("name")
    outlet = _name(metas.get("og:site_name")) or _name(publisher)
    dates = [node.get("datePublished"), *(metas.get(name) for name in _PUBLISHED)]
    return PageData(
        kinds=frozenset(kinds),
        article=bool(node) or metas.get("og:type", "").lower() in ("article", "news", "newsarticle"),
        headline=_text(node.get("headline")),
        outlet=outlet,
        byline=byline_of(_named(node.get("author"), by_id), *_authors(tree), outlet=outlet),
        published=next((day for date in dates if (day := day_of(date))), None),
        language=_text(node.get("inLanguage")),
        free=_truth(node.get("isAccessibleForFree"), metas.get("article:content_tier")),
        words=_number(node.get("wordCount")),
        body=body if isinstance(body := node.get("articleBody"), str) else None,
    )


def day_of(value: object) -> str | None:
    """The day that a stamp names, as it is written there (a newspaper's date is that of its own place), in EDTF."""
    if not isinstance(value, str) or not 4 <= len(value.strip()) <= 60:
        return None
    try:
        day = check_published(value.strip())
    except ValueError:
        return None
    return day if day[:4] > "1500" and day not in _PLACEHOLDERS else None


def _named(people: object, by_id: Mapping[str, Mapping[str, Any]]) -> list[object]:
    """schema.org's persons and organizations, in place of those that are only pointed at what they point at."""
    listed = people if isinstance(people, list) else [people]
    return [
        by_id.get(str(one.get("@id")), one) if isinstance(one, dict) and "name" not in one else one for one in listed
    ]


def _authors(tree: Any) -> list[list[str]]:
    """What the meta elements for authors hold, in the order of their names."""
    found: dict[str, list[str]] = {name: [] for name in _AUTHORS}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            if (name := (element.get(key) or "").strip().lower()) in found:
                found[name].append(element.get("content") or "")
                break
    return list(found.values())


def _metas(tree: Any) -> dict[str, str]:
    """The contents of meta elements by name, property or itemprop in small letters; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        if content and len(content) <= _LONGEST and len(name) <= 100:
            found.setdefault(name, content)
    return found


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The nodes of JSON-LD that stand for the page: on top, in a graph, or as a main entity."""
    left, count = _MOST_JSON, 0
    for element in tree.iter("script"):
        if (element.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = (element.text or "").strip()
        left -= len(text)
        if left < 0:
            return
        try:
            waiting = [json.loads(text.removeprefix("<!--").removesuffix("-->"), strict=False)]
        except (ValueError, RecursionError):  # ValueError also for numbers of thousands of digits
            continue
        while waiting and count < _MOST_NODES:
            count += 1
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node[:_MOST_NODES]
            elif isinstance(node, dict):
                yield node
                waiting += [node[key] for key in _MOST_PLACES if isinstance(node.get(key), (dict, list))]


def _own_article(articles: list[Mapping[str, Any]], tree: Any) -> Mapping[str, Any]:
    """The article that the page is; where it names several (as an index does), the one that its title names."""
    heads = {str(node.get("headline")) for node in articles}
    if len(heads) <= 1:
        return max(articles, key=len, default={})
    title = _folded(" ".join(" ".join(element.itertext()) for name in ("title", "h1") for element in tree.iter(name)))
    return next(
        (node for node in articles if (head := _folded(_text(node.get("headline")) or "")) and head in title), {}
    )


def _types(node: Mapping[str, Any]) -> list[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [kind.rpartition("/")[2].lower() for kind in kinds if isinstance(kind, str)]


def _is_article(kind: str) -> bool:
    """Article and its subtypes (https://schema.org/Article)."""
    return kind.endswith("article") or kind in ("report", "blogposting", "liveblogposting")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _text(value: object) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return printable_text(value) or None if isinstance(value, str) and len(value) <= _LONGEST else None


def _name(value: object) -> str | None:
    """A name for an outlet: addresses and handles are none."""
    text = _text(value)
    return text if text and len(text) <= 100 and "://" not in text and not text.startswith("@") else None


def _truth(value: object, tier: str | None) -> bool | None:
    """Whether reading costs nothing: schema.org's flag, or the tier that Facebook asks for (locked or free)."""
    if isinstance(value, bool):
        return value
    word = str(value).rpartition("/")[2].lower() if isinstance(value, str) else {"locked": "false"}.get(tier or "")
    return {"true": True, "false": False}.get(word or "")


def _number(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 9:
        return int(value)
    return value if isinstance(value, int) and 0 < value < 10**9 else 0
