"""News items in IPTC's ninjs (News in JSON, https://iptc.org/standards/ninjs/): all versions from 1.0 to 3.3.

1.x has one property for each body and headline (`body_text`, `body_xhtml`, `headline`) and `byline`, 2.x has lists of
objects (`bodies`, `headlines`) and `by`, 3.x the same with capitals inside names (`versionCreated`, `contentType`).
Superdesk's items, which have `guid` and `source`, and TT's, which have `bylines`, are read as well. Names are given
here without capitals.
"""

import re
from collections.abc import Mapping
from typing import Any

from ..errors import InputError
from .fields import word_of
from .markup import is_markup, markup_text

_MARKS = frozenset(
    {
        "versioncreated",
        "firstcreated",
        "bodies",
        "headlines",
        "pubstatus",
        "representationtype",
        "standard",
        "$standard",
    }
)
_LONGEST_NAME = 60
_BODY = re.compile(r"body_\w+")
_ROLES = {"main": 0, "text": 0, "body": 0, "": 1, "plain": 1, "richtext": 1, "html": 1, "xhtml": 1, "html5": 1}
_ASIDE = ("teaser", "summary", "abstract", "caption", "ingress", "preamble", "lead", "intro", "note", "headline")
"""Bodies with such a role tell a part of the story only."""
_WITHDRAWN = {"canceled": "withdrawn", "cancelled": "withdrawn", "withheld": "withheld from publication"}
_WHO = ("publisher", "provider", "originator", "distributor", "creator")


def is_ninjs(record: Mapping[str, Any]) -> bool:
    """True for an object that identifies itself as a news item and has properties that only ninjs has."""
    keys = _folded(record).keys()
    return bool(keys & {"uri", "guid"}) and (bool(keys & _MARKS) or any(_BODY.fullmatch(key) for key in keys))


def ninjs_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The values for an article's fields but for its text; InputError for an item that is withdrawn."""
    item = _folded(record)
    status = str(item.get("pubstatus")).casefold()
    if status in _WITHDRAWN:
        message = f"its publisher has it {_WITHDRAWN[status]} (pubstatus: {status})"
        raise InputError(message, hint="remove 'pubstatus' from the item if it is to be read all the same")
    uri = item.get("uri") or item.get("guid")
    return {
        "title": _headline(item),
        "outlet": _outlet(item),
        "byline": [item.get(key) for key in ("byline", "by", "bylines")],
        "published": next(
            (item[key] for key in ("versioncreated", "firstcreated", "contentcreated") if item.get(key)), None
        ),
        "language": item.get("language"),
        "url": item.get("url") or (uri if str(uri).casefold().startswith(("http://", "https://")) else None),
        "id": uri,
    }


def ninjs_text(record: Mapping[str, Any]) -> str:
    """The body that tells the whole story, as text; InputError where there is none.

    Plain text goes before markup, the main role before others, the longest before shorter ones.
    """
    item = _folded(record)
    bodies = [
        (key.removeprefix("body_"), "", value)
        for key, value in item.items()
        if _BODY.fullmatch(key) and isinstance(value, str)
    ] + [(role, kind, value) for role, kind, value in _listed(item.get("bodies"))]
    texts = [(role, kind, value) for role, kind, value in bodies if value.strip()]
    if not texts:
        kind = item.get("type")
        what = f" (it is of type {kind})" if isinstance(kind, str) and kind not in ("text", "composite") else ""
        raise InputError(f"it is a ninjs item without a body{what}", hint="give the item that holds the article's text")
    usable = [body for body in texts if "xml" not in body[1] or "html" in body[1]]
    if not usable:
        kinds = ", ".join(sorted({kind for _, kind, _ in texts}))
        hint = "plain text, XHTML and HTML are read"
        raise InputError(f"its bodies are in a format that is not read: {kinds[:100]}", hint=hint)
    _, kind, value = min(usable, key=_preference)
    return markup_text(value) if _is_marked_up(kind, value) else value


def _folded(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key.casefold(): value for key, value in record.items() if len(key) <= _LONGEST_NAME}


def _preference(body: tuple[str, str, str]) -> tuple[bool, bool, int, int]:
    role, kind, value = body
    return any(word in role for word in _ASIDE), _is_marked_up(kind, value), _ROLES.get(role, 2), -len(value)


def _is_marked_up(kind: str, value: str) -> bool:
    return is_markup(value) or "html" in kind


def _headline(item: Mapping[str, Any]) -> str | None:
    listed = sorted(_listed(item.get("headlines")), key=lambda headline: _ROLES.get(headline[0], 2))
    named = [item.get("headline"), item.get("headline_main"), *(value for _, _, value in listed), item.get("title")]
    for value in named:
        if isinstance(value, str) and value.strip():
            return " ".join(markup_text(value).split()) if is_markup(value) else value
    return None


def _outlet(item: Mapping[str, Any]) -> str | None:
    """Who publishes it: `source` or `provider` (Superdesk), a party with such a role, or who holds the rights."""
    for key in ("source", "provider", "publisher"):
        if outlet := word_of(item.get(key), key):
            return outlet
    parties = item.get("infosources") or item.get("infosource")
    known = [party for party in parties if isinstance(party, dict)] if isinstance(parties, list) else []
    for role in _WHO:
        for party in known:
            if role in str(party.get("role") or party.get("rel")).casefold() and (
                name := word_of(party, "infosources")
            ):
                return name
    return word_of(item.get("copyrightholder"), "copyrightholder")


def _listed(values: object) -> list[tuple[str, str, str]]:
    """Role, media type and value of each body or headline, the first two in small letters."""
    found = []
    for entry in values if isinstance(values, list) else []:
        if isinstance(entry, dict):
            low = _folded(entry)
            if isinstance(value := low.get("value"), str):
                found.append(
                    (str(low.get("role") or "").casefold(), str(low.get("contenttype") or "").casefold(), value)
                )
    return found
