"""Many inputs at once: articles in the order given, and a failure for each input that is none."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, TextIO

from ..errors import InputError
from ..schemas import Failure
from .article import Article
from .files import file_bytes, file_id, printable, stream_bytes

_URL = re.compile(r"https?:/", re.IGNORECASE)
STDIN = "-"


def read_articles(
    sources: Sequence[str | Path],
    *,
    stdin: TextIO | BinaryIO | None = None,
    published: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[Article], list[Failure]]:
    """Read `sources` (paths, or `-` for `stdin`): the articles in their order, and what could not be read.

    Ids are file stems made unique (`report`, `report-2`), `stdin` for standard input. `published` gives dates by path
    as given, by id or by file name; a file name that several inputs share dates all of them. Never raises for an input:
    each bad one becomes a Failure with stage `read`, and so does an entry of `published` that names no input.
    """
    articles: list[Article] = []
    failures: list[Failure] = []
    ids = _ids(sources)
    seen: set[str] = set()
    used: set[str] = set()
    for source, id in zip(sources, ids, strict=True):
        keys = [key for key in (str(source), id, Path(source).name) if key in published]
        used.update(keys)
        try:
            _refuse_repeated(source, seen)
            raw = stream_bytes(stdin) if str(source) == STDIN else file_bytes(source)
            articles.append(Article.from_bytes(raw, id=id, published=published[keys[0]] if keys else None))
        except InputError as error:
            failures.append(
                Failure(article=printable_name(source), stage="read", reason=error.message, hint=error.hint)
            )
    for key in published:
        if key not in used:
            hint = "use the path as given, the file name or the article id"
            reason = "a publication date is given for it, but it is not among the inputs"
            failures.append(Failure(article=printable_name(key), stage="read", reason=reason, hint=hint))
    return articles, failures


def printable_name(source: str | Path) -> str:
    """The input as it was given, in characters that JSON can hold."""
    try:
        return printable(source)
    except ValueError:
        return str(source).encode("utf-8", "replace").decode()


def _ids(sources: Sequence[str | Path]) -> list[str]:
    """Stems made unique; a number is only added behind names that no other input has by itself."""
    stems = [_id(source) for source in sources]
    own = set(stems)
    numbers: dict[str, int] = {}
    result = []
    for stem in stems:
        name = stem
        if stem in numbers:
            while (name := f"{stem}-{numbers[stem]}") in own:
                numbers[stem] += 1
        numbers[stem] = numbers.get(stem, 1) + 1
        result.append(name)
    return result


def _id(source: str | Path) -> str:
    if str(source) == STDIN:
        return "stdin"
    try:
        return file_id(source)
    except ValueError:  # such a name cannot be opened either
        return "article"


def _refuse_repeated(source: str | Path, seen: set[str]) -> None:
    if _URL.match(str(source)):
        raise InputError("web addresses are not read in this version", hint="save the page's text to a file")
    try:
        key = STDIN if str(source) == STDIN else os.path.realpath(source)
    except (OSError, ValueError):
        return  # reading it will say why
    if key in seen:
        raise InputError("it was given twice and was read once", hint="nothing is lost; give it once next time")
    seen.add(key)
