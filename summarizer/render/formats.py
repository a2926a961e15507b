"""The formats of a result: their names, the suffixes that choose them, and who writes a story in each."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..schemas import MergedSummary


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    JSONL = "jsonl"
    JSONLD = "jsonld"


SUFFIXES: dict[Format, tuple[str, ...]] = {
    Format.TEXT: (".txt",),
    Format.JSON: (".json",),
    Format.MARKDOWN: (".md", ".markdown"),
    Format.HTML: (".html", ".htm"),
    Format.CSV: (".csv",),
    Format.JSONL: (".jsonl", ".ndjson"),
    Format.JSONLD: (".jsonld",),
}
"""File name endings that choose a format; a new file gets the first."""

JSON_FORMATS = frozenset({Format.JSON, Format.JSONL, Format.JSONLD})
"""Formats whose text is JSON, where any character can be written as an escape."""

SUMMARY_FORMATS = (Format.TEXT, Format.JSON, Format.MARKDOWN, Format.JSONL)
"""What summaries of single articles are written in: the other formats show a comparison."""

FORECAST_FORMATS = (Format.TEXT, Format.JSON, Format.MARKDOWN)
"""What a dry run is told in."""

SHOWS_FAILURES = frozenset({Format.TEXT, Format.JSON, Format.MARKDOWN, Format.HTML})
"""Formats that tell which articles failed; the others are data about claims."""


def format_of(path: str | PurePath) -> Format | None:
    """The format that the suffix of a file's name stands for, in any case; None if it stands for none."""
    suffix = PurePath(path).suffix.lower()
    return next((format for format, suffixes in SUFFIXES.items() if suffix in suffixes), None)


def story_in(story: "MergedSummary", format: Format) -> str:
    """A story as a document of `format`, ending in a line feed; text without colours, 100 cells wide."""
    return _WRITERS[format](story)


def _text(story: "MergedSummary") -> str:
    from .text import story_text

    return story_text(story)


def _json(story: "MergedSummary") -> str:
    return story.model_dump_json(indent=2) + "\n"


def _markdown(story: "MergedSummary") -> str:
    from .markdown import story_markdown

    return story_markdown(story)


def _html(story: "MergedSummary") -> str:
    from .page import story_html

    return story_html(story)


def _csv(story: "MergedSummary") -> str:
    from .table import story_csv

    return story_csv(story)


def _jsonl(story: "MergedSummary") -> str:
    from .jsonl import story_jsonl

    return story_jsonl(story)


def _jsonld(story: "MergedSummary") -> str:
    from .linked import story_jsonld

    return story_jsonld(story)


_WRITERS: dict[Format, Callable[["MergedSummary"], str]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.MARKDOWN: _markdown,
    Format.HTML: _html,
    Format.CSV: _csv,
    Format.JSONL: _jsonl,
    Format.JSONLD: _jsonld,
}
"""Each imports its writer when it is used, so that a command loads what it needs."""
