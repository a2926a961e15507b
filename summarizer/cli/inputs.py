"""What the commands take in: publication dates from options, and summary files made earlier."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InputError
from ..schemas import SCHEMA_VERSION, EventSummary, Failure
from ..schemas.edtf import check_edtf


def parse_published(options: Sequence[str], sources: Sequence[str]) -> dict[str, str]:
    """`FILE=DATE` options as a mapping; InputError for a date that is not EDTF or a file that is not given."""
    dates: dict[str, str] = {}
    for option in options:
        name, sign, day = option.rpartition("=")
        if not sign or not name or not day:
            raise InputError(
                f"--published {option} is not FILE=DATE", hint="for example --published report.txt=2031-05-03"
            )
        try:
            dates[name] = check_edtf(day)
        except ValueError as error:
            raise InputError(
                f"--published {option}: {error}", hint="give a date such as 2031-05-03 or 2031-05"
            ) from None
        if not any(_names(name, source) for source in sources):
            given = ", ".join(Path(source).name for source in sources)
            raise InputError(f"--published {option} names none of the inputs", hint=f"the inputs are {given}")
    return dates


def _names(name: str, source: str) -> bool:
    """True if `name` can mean `source`: as given, its file name, its stem, or its stem made unique by a number."""
    stem = "stdin" if source == "-" else Path(source).stem
    return name in (source, Path(source).name) or re.fullmatch(re.escape(stem) + r"(-\d+)?", name) is not None


def read_summaries(sources: Sequence[str]) -> tuple[list[EventSummary], list[Failure], list[str]]:
    """Summaries from files that each hold one EventSummary or an array of them; `-` is standard input.

    Returns the summaries, a failure for each file that is none, and notes. The same article twice counts once (a
    note says so); InputError if two different articles share an id, since a result cannot tell them apart.
    """
    summaries: dict[str, EventSummary] = {}
    failures: list[Failure] = []
    notes: list[str] = []
    for source in sources:
        try:
            found = _summaries(source)
        except InputError as error:
            failures.append(Failure(article=source, stage="read", reason=error.message, hint=error.hint))
            continue
        for summary in found:
            known = summaries.setdefault(summary.article.id, summary)
            if known is summary:
                continue
            if known.article.sha256 != summary.article.sha256:
                raise InputError(
                    f"{source}: two different articles have the id {summary.article.id!r}",
                    hint="summarize them again in one run, or rename one file first",
                )
            notes.append(f"{source}: article {summary.article.id!r} was given before; its first summary is used")
    return list(summaries.values()), failures, notes


def _summaries(source: str) -> list[EventSummary]:
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        data = json.loads(raw)
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror or error}", hint="check the name") from None
    except (ValueError, RecursionError):
        raise InputError("it is not JSON", hint="make it with `summarizer summarize --format json`") from None
    items = data if isinstance(data, list) else [data]
    if not items:
        raise InputError("it holds no summary", hint="make it with `summarizer summarize --format json`")
    return [_summary(item) for item in items]


def _summary(item: Any) -> EventSummary:
    if not isinstance(item, dict) or "article" not in item:
        story = isinstance(item, dict) and "disagreements" in item
        what = "it is a merged story, not the summary of one article" if story else "it is not an event summary"
        raise InputError(what, hint="make summaries with `summarizer summarize --format json`")
    version = str(item.get("schema_version"))
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise InputError(
            f"it has schema version {version}, this program reads {SCHEMA_VERSION}", hint="summarize the article again"
        )
    try:
        return EventSummary.model_validate_json(json.dumps(item))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"it is not a valid event summary: {place + ': ' if place else ''}{first['msg']}",
            hint="do not edit summaries by hand; summarize the article again",
        ) from None
