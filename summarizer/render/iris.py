"""Stable names (IRIs) for the things of a story: the same file gives the same names, whoever renders it, and when."""

import base64
import re
import uuid
from itertools import count
from urllib.parse import urlsplit

from ..schemas import Article, Claim, Copy, MergedSummary
from .safe import NOT_IN_JSON

_NAMESPACE = uuid.UUID("0c4bb1a3-3d0f-4b0e-8f58-2f6c6a1f6a0e")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+", re.IGNORECASE)


def text_iri(sha256: str) -> str:
    """The name of a text by its SHA-256 (RFC 6920): the same text has the same name everywhere."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def span_iri(sha256: str, start: int, end: int) -> str:
    """The name of the characters `start` to `end` of a text (RFC 5147: positions between characters)."""
    return f"{text_iri(sha256)}#char={start},{end}"


def uuid_iri(*parts: object) -> str:
    """A name-based UUID (RFC 9562, version 5) of what `parts` say; no part can run into the next."""
    name = "".join(f"{len(str(part))}:{part}" for part in parts)
    return uuid.uuid5(_NAMESPACE, name).urn


def claim_iri(claim: Claim, article: Article) -> str:
    """The name of a claim: by its article's text and all that it says; the same in every story it is in."""
    return uuid_iri("claim", article.sha256, claim.model_dump_json())


def speaker_iri(name: str, article: Article) -> str:
    """The name of a speaker: the same within an article; another's "police" may be others."""
    return uuid_iri("speaker", article.sha256, name)


def writer_iri(name: str, item: Article | Copy) -> str:
    """The name of who wrote a text: another's "Ida Crane" may be another."""
    return uuid_iri("writer", item.sha256, name)


def outlet_iri(name: str, item: Article | Copy) -> str:
    """The name of an outlet: the same wherever its name and its host are the same; without one, for a text."""
    try:
        host = urlsplit(item.url or "").hostname
    except ValueError:  # no address at all
        host = None
    return uuid_iri("outlet", host or item.sha256, name)


def story_iri(story: MergedSummary) -> str:
    """The name of a story: by all that it says."""
    return uuid_iri("story", story.model_dump_json())


def article_iris(story: MergedSummary) -> dict[tuple[str, str | None], str]:
    """Names of articles, under (id, None), and of their copies, under (id, copy's id).

    An article's name is its address if it has a valid one and no other has it; else a UUID by its text and id.
    """
    names: dict[tuple[str, str | None], str] = {}
    for article in story.articles:
        names[article.id, None] = _article_iri(article, names)
        for copy in article.copies:
            names[article.id, copy.id] = _article_iri(copy, names)
    return names


def _article_iri(item: Article | Copy, taken: dict[tuple[str, str | None], str]) -> str:
    url, others = item.url or "", set(taken.values())
    if _ADDRESS.fullmatch(url) and not NOT_IN_JSON.search(url) and url not in others:
        return url
    names = (uuid_iri("article", item.sha256, item.id, number) for number in count(1))
    return next(name for name in names if name not in others)
