"""One JSON object to one article: ninjs, news-please, and any export with field names that are known or given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import InputError
from ..text.bylines import byline_of
from .article import Article
from .decoding import clean
from .fields import FIELDS, date_of, id_of, language_of, text_of, word_of
from .ninjs import is_ninjs, ninjs_fields, ninjs_text

NAMES = {
    "text": ("maintext", "text", "bodytext", "body", "content", "fulltext", "articlebody", "articletext", "bodyhtml",
             "bodyxhtml", "contenthtml"),
    "title": ("title", "headline", "titlepage", "titlerss"),
    "outlet": ("outlet", "source", "sourcedomain", "publisher", "publication", "domain"),
    "byline": ("byline", "bylines", "author", "authors", "creator"),
    "published": ("published", "datepublish", "datepublished", "publishedat", "publishdate", "publicationdate",
                  "pubdate", "date"),
    "language": ("language", "lang", "inlanguage"),
    "url": ("url", "link"),
    "id": ("id",),
}  # fmt: skip
"""Well-known names of each field, the first that has a value counts; without capitals, `_` and `-`."""

_MARK = re.compile(r"[_\-]")
_LONGEST_NAME = 60
_LISTED = 8
_LISTS = ("articles", "items", "results", "docs", "data", "hits", "entries", "news")


@dataclass(frozen=True)
class Record:
    """What a JSON object says about an article, checked as far as it needs no id."""

    kind: str
    text: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: str | InputError | None
    language: str | None
    url: str | None
    id: str | None

    def article(self, id: str, published: str | None) -> Article:
        """The article; `published` goes before the record's own date. Raises InputError."""
        own = self.published
        if not published and isinstance(own, InputError):
            raise own
        return Article.from_text(
            self.text,
            id=id,
            title=self.title,
            outlet=self.outlet,
            byline=self.byline,
            published=published or (own if isinstance(own, str) else None),
            language=self.language,
            url=self.url,
        )


def check_fields(fields: Mapping[str, str]) -> None:
    """Raise InputError unless `fields` names only fields that an article has."""
    for name in fields:
        if name not in FIELDS:
            raise InputError(f"there is no field {name!r} to fill", hint=f"choose one of {', '.join(FIELDS)}")


def read_record(record: object, fields: Mapping[str, str]) -> Record:
    """What `record` says about an article; `fields` maps our names to its own. Raises InputError.

    A given name stands for all well-known ones of that field: dots lead into objects (`source.name`), an empty one
    leaves the field out.
    """
    if not isinstance(record, dict):
        raise InputError("it is no object with fields such as text and title", hint="check the export")
    refuse_results(record)
    kind = "ninjs" if is_ninjs(record) else "news-please" if "maintext" in record else "JSON"
    folded: dict[str, Any] = {}
    for key, value in record.items():
        if len(key) <= _LONGEST_NAME:
            folded.setdefault(_MARK.sub("", key).casefold(), value)
    values: dict[str, Any]
    if kind == "ninjs":
        values = ninjs_fields(record)
        if "text" not in fields:
            values["text"] = ninjs_text(record)
    else:
        values = {field: _first(field, folded) for field in FIELDS if field not in fields}
        values["byline"] = [folded.get(name) for name in NAMES["byline"]]
    values |= {field: look_up(record, name) for field, name in fields.items()}
    people = [values["byline"]] if "byline" in fields else values["byline"]
    text = text_of(values["text"], fields.get("text", "text"))
    if text is None:
        raise _no_text(record, fields, folded)
    named = {field: fields.get(field) or field for field in FIELDS}
    published: str | InputError | None
    try:
        published = date_of(values["published"], named["published"])
    except InputError as error:
        published = error  # the user may give the date
    outlet = word_of(values["outlet"], named["outlet"])
    return Record(
        kind,
        clean(text),
        word_of(values["title"], named["title"]),
        outlet,
        byline_of(*people, outlet=outlet),
        published,
        language_of(values["language"], named["language"]),
        word_of(values["url"], named["url"]),
        id_of(values["id"]),
    )


def look_up(record: object, name: str, default: Any = None) -> Any:
    """The value of the field `name`, or at the end of the path that its dots tell; `default` where there is none."""
    if isinstance(record, dict) and name in record:
        return record[name]
    value = record
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            return default
        value = value[part]
    return value


def refuse_results(record: Mapping[str, Any]) -> None:
    """Raise InputError for what this program put out itself: it is no article, and another command takes it."""
    if "schema_version" not in record:
        return
    if "disagreements" in record:
        raise InputError("it is a story made earlier, not an article", hint="`summarizer render` shows it")
    if "article" in record:
        hint = "summaries made earlier are for `summarizer merge`"
        raise InputError("it is a summary made earlier, not an article", hint=hint)


def _first(field: str, folded: Mapping[str, Any]) -> Any:
    """The first value under a well-known name that is not empty."""
    found = [folded[name] for name in NAMES[field] if name in folded]
    return next((value for value in found if value not in (None, "", [], {})), None)


def _no_text(record: Mapping[str, Any], fields: Mapping[str, str], folded: Mapping[str, Any]) -> InputError:
    if "text" in fields:
        there = look_up(record, fields["text"]) is not None
        message = f"its field {fields['text']!r} is empty" if there else f"it has no text in a field {fields['text']!r}"
        return InputError(message, hint=f"its fields are {_some(record)}")
    if empty := [name for name in NAMES["text"] if name in folded]:
        return InputError(f"it holds no text: {', '.join(empty)} is empty", hint="see whether the export is complete")
    if inner := [key for key in _LISTS if isinstance(record.get(key), list)]:
        hint = f"give the list itself, one object a line: jq -c '.{inner[0]}[]' FILE"
        return InputError(f"it is an object around a list {inner[0]!r}, not an article", hint=hint)
    hint = f"name its field: --field text=NAME; it has {_some(record)}"
    return InputError("it holds no text: none of its fields has a name known for it", hint=hint)


def _some(record: Mapping[str, Any]) -> str:
    names = [key if len(key) <= _LONGEST_NAME else key[:_LONGEST_NAME] + "…" for key in list(record)[:_LISTED]]
    more = f" and {len(record) - _LISTED:,} more" if len(record) > _LISTED else ""
    return (", ".join(names) or "none") + more
