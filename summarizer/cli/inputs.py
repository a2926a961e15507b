"""What the commands take in: publication dates from options, and summary files made earlier."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InputError
from ..schemas import SCHEMA_VERSION, EventSummary, Failure

MAX_SUMMARIES = 100_000_000
"""Largest file of summaries that is read, in bytes; each holds the text of its article."""
_LISTED = 5
_MAKE = "make it with `summarizer summarize --format json`"
_AGAIN = "do not edit summaries by hand; summarize the article again"


def parse_published(options: Sequence[str]) -> dict[str, str]:
    """`FILE=DATE` options as a mapping; InputError for what is no date, or dates one file twice."""
    from ..articles.header import check_published

    dates: dict[str, str] = {}
    for option in options:
        name, sign, day = option.rpartition("=")
        if not sign or not name or not day:
            raise InputError(
                f"--published {option} is not FILE=DATE", hint="for example --published report.txt=2031-05-03"
            )
        try:
            date = check_published(day)
        except ValueError as error:
            raise InputError(
                f"--published {option}: {error}", hint="give a date such as 2031-05-03 or 2031-05"
            ) from None
        if dates.setdefault(name, date) != date:
            raise InputError(f"--published gives two dates for {name}: {dates[name]} and {date}", hint="give one")
    return dates


def parse_fields(options: Sequence[str]) -> dict[str, str]:
    """`NAME=COLUMN` options as a mapping; InputError for other forms and for names that no article has."""
    from ..articles.records import check_fields

    fields: dict[str, str] = {}
    for option in options:
        name, sign, column = option.partition("=")
        if not sign or not name:
            raise InputError(f"--field {option} is not NAME=COLUMN", hint="for example --field text=article_body")
        if fields.setdefault(name, column) != column:
            raise InputError(f"--field gives two columns for {name}: {fields[name]} and {column}", hint="give one")
    try:
        check_fields(fields)
    except InputError as error:
        raise InputError(f"--field: {error.message}", hint=error.hint) from None
    return fields


def some(sources: Sequence[str]) -> str:
    """The first names of `sources`, and how many more there are."""
    more = f" and {len(sources) - _LISTED:,} more" if len(sources) > _LISTED else ""
    return ", ".join(Path(source).name for source in sources[:_LISTED]) + more


def read_summaries(sources: Sequence[str]) -> tuple[list[EventSummary], list[Failure], list[str]]:
    """Summaries from files that each hold one EventSummary or an array of them; `-` is standard input.

    Returns the summaries, a failure for each file, or summary in one, that is none, and notes. The same article twice
    counts once (a note says so); InputError if two different articles share an id, since a result cannot tell them
    apart.
    """
    summaries: dict[str, EventSummary] = {}
    failures: list[Failure] = []
    notes: list[str] = []
    claims: set[str] = set()
    for source, found in _found(sources):
        if isinstance(found, InputError):
            failures.append(Failure(article=source, stage="read", reason=found.message, hint=found.hint))
            continue
        known = summaries.get(found.article.id)
        if known is None:
            repeated = next((claim.id for claim in found.claims if claim.id in claims), None)
            if repeated:
                reason = f"its claim {repeated!r} has the id of a claim in another summary"
                failures.append(Failure(article=source, stage="read", reason=reason, hint=_AGAIN))
                continue
            claims.update(claim.id for claim in found.claims)
            summaries[found.article.id] = found
            continue
        if known.article.sha256 != found.article.sha256:
            raise InputError(
                f"{source}: two different articles have the id {found.article.id!r}",
                hint="summarize them again in one run, or rename one file first",
            )
        notes.append(f"{source}: article {found.article.id!r} was given before; its first summary is used")
    return list(summaries.values()), failures, notes


def _found(sources: Sequence[str]) -> Iterator[tuple[str, EventSummary | InputError]]:
    """Each summary, or what is wrong with it, and where it stands: one bad summary does not cost those beside it."""
    from ..articles.reading import printable_name

    for source in sources:
        name = printable_name(source)
        try:
            data = _data(source)
            items = data if isinstance(data, list) else [data]
            if not items:
                raise InputError("it holds no summary", hint=_MAKE)
        except InputError as error:
            yield name, error
            continue
        for place, item in enumerate(items, 1):
            where = f"{name}, summary {place} of {len(items)}" if len(items) > 1 else name
            try:
                yield where, _summary(item)
            except InputError as error:
                yield where, error


def _data(source: str) -> Any:
    from ..articles.files import file_bytes, stream_bytes
    from ..articles.strict_json import StrictJson

    raw = stream_bytes(sys.stdin, MAX_SUMMARIES) if source == "-" else file_bytes(source, MAX_SUMMARIES)
    if not raw.strip():
        raise InputError("it is empty", hint=_MAKE)
    try:
        return StrictJson().value(raw.decode(json.detect_encoding(raw)), _MAKE)
    except UnicodeError:
        raise InputError("it is not JSON", hint=_MAKE) from None
    except InputError as error:
        message, hint = ("it is not JSON", _MAKE) if error.hint == _MAKE else (error.message, _AGAIN)
        raise InputError(message, hint=hint) from None


def _summary(item: Any) -> EventSummary:
    if not isinstance(item, dict) or "article" not in item:
        story = isinstance(item, dict) and "disagreements" in item
        what = "it is a merged story, not the summary of one article" if story else "it is not an event summary"
        raise InputError(what, hint="make summaries with `summarizer summarize --format json`")
    version = item.get("schema_version")
    if not isinstance(version, str) or version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        given = f"schema version {version:.20}" if isinstance(version, str) else "no schema version"
        raise InputError(f"it has {given}, this program reads {SCHEMA_VERSION}", hint="summarize the article again")
    try:
        return EventSummary.model_validate_json(json.dumps(item))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        fault = f"{place + ': ' if place else ''}{first['msg'].removeprefix('Value error, ')}"
    except RecursionError:
        fault = "it is nested too deeply"
    raise InputError(f"it is not a valid event summary: {fault}", hint=_AGAIN)
