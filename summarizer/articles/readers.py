"""Which reader takes an input, told by its content: text, a web page, or articles in JSON."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import InputError
from .article import Article
from .decoding import MAX_BYTES, MAX_PAGE_BYTES, is_page, refuse_known_formats, too_large
from .exports import MAX_EXPORT_BYTES, Export, is_json, open_export
from .files import Bytes
from .records import look_up, read_record

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff")
_FORMS = {"object": "JSON", "lines": "JSONL", "array": "JSON array"}


@dataclass(frozen=True)
class Draft:
    """An article that was found: the id it asks for, where it stands, how it is built once id and date are settled."""

    id: str
    where: str
    build: Callable[[str, str | None], Article]


@dataclass(frozen=True)
class Refused:
    """A place in an input where no article could be read, and why; `id` is the one that is kept free for it."""

    id: str
    where: str
    error: InputError


@dataclass(frozen=True)
class Source:
    """An input as its readers need it: its name for people, the id for its article, and where it came from."""

    name: str
    id: str
    suffix: str = ""
    url: str | None = None
    charset: str | None = None


class Readers:
    """Reads inputs of every kind; `fields` maps an article's fields to the names that JSON has for them."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._unused: dict[str, str] | None = None
        self.kind = ""
        """Which reader took the last input, in words."""

    def unused_fields(self) -> list[tuple[str, str]]:
        """Those of the given fields, with their names, that no record had; none where no record was read."""
        return list((self._unused or {}).items())

    def read(self, source: Source, content: Bytes, size: int | None = None) -> Iterator[Draft | Refused]:
        """What `content` holds, of which `size` is known or not; raises InputError if it is nothing of all."""
        self.kind = "not read"
        head = content.read(MAX_BYTES + 1)
        rest = content if len(head) > MAX_BYTES else None
        suffix = source.suffix.casefold()
        if is_page(head[:2000]) or (suffix in PAGE_SUFFIXES and _MARKUP.match(head)):
            yield self._page(source, _whole(head, rest, MAX_PAGE_BYTES, size))
            return
        refuse_known_formats(head)
        if source.charset and not rest:
            head = _recoded(head, source.charset)
        if is_json(head, suffix):
            if size is not None and size > MAX_EXPORT_BYTES:
                raise too_large(size, MAX_EXPORT_BYTES)
            yield from self._export(source, open_export(head, rest, suffix))
            return
        yield self._text(source, _whole(head, rest, MAX_BYTES, size))

    def _page(self, source: Source, raw: bytes) -> Draft:
        from .page import page_article

        self.kind = "web page"

        def build(id: str, published: str | None) -> Article:
            return page_article(raw, id=id, url=source.url, published=published, charset=source.charset)

        return Draft(source.id, source.name, build)

    def _text(self, source: Source, raw: bytes) -> Draft:
        self.kind = "Markdown" if source.suffix.casefold() in (".md", ".markdown") else "text"

        def build(id: str, published: str | None) -> Article:
            return Article.from_bytes(raw, id=id, published=published, url=source.url)

        return Draft(source.id, source.name, build)

    def _export(self, source: Source, export: Export) -> Iterator[Draft | Refused]:
        self.kind = _FORMS[export.form]
        kinds = set()
        for number, value in export.values():
            place = f"line {number}" if export.form == "lines" else f"article {number}"
            where = source.name if number is None else f"{source.name}, {place}"
            id = source.id if number is None else f"{source.id}-{number}"
            try:
                if isinstance(value, InputError):
                    raise value
                self._note_fields(value)
                record = read_record(value, self._fields)
            except InputError as error:
                yield Refused(id, where, error)
                continue
            kinds.add(record.kind)
            own = record.id if number is not None else None
            yield Draft(own or id, where, record.article)
        if kinds != {"JSON"} and kinds:
            self.kind = f"{' and '.join(sorted(kinds))} in {self.kind}" if export.form != "object" else kinds.pop()

    def _note_fields(self, value: object) -> None:
        if self._unused is None:
            self._unused = {field: name for field, name in self._fields.items() if name}
        for field, name in list(self._unused.items()):
            if look_up(value, name, default=self) is not self:
                del self._unused[field]


def _whole(head: bytes, rest: Bytes | None, limit: int, size: int | None) -> bytes:
    """All of an input; InputError if that is more than `limit` bytes."""
    if rest is None:
        return head
    if size is not None and size > limit:
        raise too_large(size, limit)
    raw = head + (rest.read(limit + 1 - len(head)) if len(head) <= limit else b"")
    if len(raw) > limit:
        raise too_large(limit=limit)
    return raw


def _recoded(raw: bytes, charset: str) -> bytes:
    """Text that is not UTF-8, from the encoding that its server names."""
    from .page_decoding import page_text

    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return page_text(raw, charset).encode()
    return raw
