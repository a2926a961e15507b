"""Many inputs at once: articles in the order given, and a failure for each input, or record in one, that is none."""

import io
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, TextIO

from ..errors import InputError
from ..schemas import Failure
from .article import Article
from .files import file_id, open_file, open_stream, printable
from .finding import STDIN, list_files
from .readers import PAGE_SUFFIXES, Draft, Readers, Refused, Source
from .records import check_fields
from .web_address import address_id, is_web_address, web_address

UNUSED_DATE = "a publication date is given for it, but it is not among the inputs"
_SHOWN = 5
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def read_articles(
    sources: Sequence[str | Path],
    *,
    stdin: TextIO | BinaryIO | None = None,
    published: Mapping[str, str] = MappingProxyType({}),
    fields: Mapping[str, str] = MappingProxyType({}),
    allow_private: bool = False,
    note: Callable[[str], None] | None = None,
) -> tuple[list[Article], list[Failure]]:
    """Read `sources`: the articles in their order, and what could not be read.

    A source is a file (text, Markdown, a web page, JSON or JSONL), a directory with such files, a pattern such as
    `news/**/*.json`, an http(s) address, or `-` for `stdin`. What a file holds is told by its content.

    Ids are file stems made unique (`report`, `report-2`), `stdin` for standard input; articles of an export have their
    own id or that of the file with their line or number (`export-17`). `published` gives dates by id, by path as given
    or by file name; a name that several articles share dates all of them. `fields` names the JSON fields that hold an
    article's `text`, `title`, `outlet`, `byline`, `published`, `language`, `url` and `id` where they have other names.
    Addresses in private networks are refused unless `allow_private`. `note` gets a line on each input that was read.

    Never raises for an input: each bad one, or bad record in one, becomes a Failure with stage `read`, and so does an
    entry of `published` or `fields` that fits no input. Raises InputError for a key of `fields` that is none of ours.
    """
    check_fields(fields)
    tell = note or (lambda _: None)
    readers = Readers(fields)
    inputs = _Inputs(readers, stdin, allow_private, tell)
    found = deque(item for source in sources for item in inputs.of(source))
    articles: list[Article] = []
    failures: list[Failure] = []
    used: set[str] = set()
    ids = _unique([item.id for _, item in found])
    for id in ids:
        names, item = found.popleft()  # lets its content go
        keys = [key for key in (id, *names) if key in published]
        used.update(keys)
        try:
            if isinstance(item, Refused):
                raise item.error
            articles.append(item.build(id, published[keys[0]] if keys else None))
        except InputError as error:
            failures.append(Failure(article=item.where, stage="read", reason=error.message, hint=error.hint))
    for key in published:
        if key not in used:
            hint = "use the path as given, the file name or the article id"
            failures.append(Failure(article=printable_name(key), stage="read", reason=UNUSED_DATE, hint=hint))
    for field, name in readers.unused_fields():
        reason = f"no record has a field {name!r}, which is given for {field}"
        failures.append(
            Failure(article=None, stage="read", reason=reason, hint="check the name; dots lead into objects")
        )
    return articles, failures


def printable_name(source: str | Path) -> str:
    """The input as it was given, in characters that JSON can hold."""
    try:
        return printable(source)
    except ValueError:
        return str(source).encode("utf-8", "replace").decode()


class _Inputs:
    """Opens what each source stands for, and remembers what was read already."""

    def __init__(
        self, readers: Readers, stdin: TextIO | BinaryIO | None, allow_private: bool, tell: Callable[[str], None]
    ) -> None:
        self._readers = readers
        self._stdin = stdin
        self._allow_private = allow_private
        self._tell = tell
        self._seen: dict[str, bool] = {}
        """What was read, and whether it was named itself or only found in a directory or by a pattern."""

    def of(self, source: str | Path) -> Iterator[tuple[tuple[str, ...], Draft | Refused]]:
        """What `source` holds, each with the names that a date may be given by."""
        given = str(source)
        try:
            listing = list_files(source)
        except InputError as error:
            yield (given,), Refused(_id(source), printable_name(source), error)
            return
        if listing is None:
            for item in self._read(source, named=True):
                yield (given, Path(source).name), item
            return
        self._skipped(given, listing.skipped)
        for place, reason in listing.unreadable:
            yield (given,), Refused(_id(place), printable_name(place), reason)
        for path in listing.files:
            for item in self._read(path, named=False):
                yield (path, Path(path).name, given), item

    def _read(self, source: str | Path, *, named: bool) -> Iterator[Draft | Refused]:
        name, id = _name(source), _id(source)
        key = _key(source)
        if key in self._seen:
            if named and self._seen[key]:
                error = InputError(
                    "it was given twice and was read once", hint="nothing is lost; give it once next time"
                )
                yield Refused(id, name, error)
            self._seen[key] |= named
            return
        self._seen[key] = named
        count = 0
        try:
            for item in self._opened(source, name, id):
                count += isinstance(item, Draft)
                yield item
        except InputError as error:
            yield Refused(id, name, error)
        if count:
            self._tell(f"{name}: {self._readers.kind}, {count:,} article{'s' if count > 1 else ''}")

    def _opened(self, source: str | Path, name: str, id: str) -> Iterator[Draft | Refused]:
        if is_web_address(source):
            from .fetching import fetch

            page = fetch(web_address(source), allow_private=self._allow_private)
            suffix = next(iter(PAGE_SUFFIXES)) if page.content_type in _HTML_TYPES else ""
            yield from self._readers.read(Source(name, id, suffix, page.url, page.charset), io.BytesIO(page.raw))
        elif str(source) == STDIN:
            with open_stream(self._stdin) as (content, size):
                yield from self._readers.read(Source(name, id), content, size)
        else:
            with open_file(source) as (content, size):
                yield from self._readers.read(Source(name, id, Path(source).suffix), content, size)

    def _skipped(self, directory: str, files: Sequence[str]) -> None:
        if files:
            names = ", ".join(Path(path).name for path in files[:_SHOWN]) + (", …" if len(files) > _SHOWN else "")
            self._tell(f"{printable_name(directory)}: {len(files):,} of other kinds left out ({printable_name(names)})")


def _unique(stems: Sequence[str]) -> list[str]:
    """Names made unique; a number is only added behind names that no other input has by itself."""
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


def _name(source: str | Path) -> str:
    """What an input is called in front of people and in results: as it was given, but no password of an address."""
    name = printable_name(source)
    if not is_web_address(source):
        return name
    from .fetching import without_login

    return without_login(name)


def _id(source: str | Path) -> str:
    if str(source) == STDIN:
        return "stdin"
    if is_web_address(source):
        return address_id(web_address(source))
    try:
        return file_id(source)
    except ValueError:  # such a name cannot be opened either
        return "article"


def _key(source: str | Path) -> str:
    """What tells an input from others, whatever it is called."""
    if str(source) == STDIN or is_web_address(source):
        return web_address(source)
    try:
        return os.path.realpath(source)
    except (OSError, ValueError):
        return str(source)  # reading it will say why
