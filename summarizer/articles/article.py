"""The article with its ways in: from a text, from a file."""

from dataclasses import replace
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from .. import schemas
from ..errors import InputError
from .decoding import decode
from .files import file_bytes, file_id
from .header import Header, check_published, find_title, only_title, split_header
from .language import check_language, detect_language

_LOOK = "see whether the article's text was saved to this file"


class Article(schemas.Article):
    """One article, built from a text or a file."""

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str,
        title: str | None = None,
        language: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
        url: str | None = None,
        byline: str | None = None,
    ) -> Self:
        """An article whose `text` is exactly the given one; title and language are found where they are not given.

        `published` is a date in EDTF or in words; `byline` is who wrote it, several parted by "; ". Raises InputError
        for a text without words, one with lone surrogates, a wrong date or a wrong language tag.
        """
        header = Header(title=title, outlet=outlet, published=published, language=language, url=url, byline=byline)
        return cls._build(text, header, id=id)

    @classmethod
    def from_path(cls, path: str | Path, *, id: str | None = None, published: str | None = None) -> Self:
        """An article from a text or Markdown file, with or without YAML front matter; `read_articles` reads more.

        `id` is the file's stem by default; `published` goes before the front matter's. Raises InputError that says
        what is wrong with the file.
        """
        try:
            return cls.from_bytes(file_bytes(path), id=id or file_id(path), published=published)
        except InputError as error:
            raise InputError(error.message, article=str(path), hint=error.hint) from None

    @classmethod
    def from_bytes(cls, raw: bytes, *, id: str, published: str | None = None, url: str | None = None) -> Self:
        """An article from a file's content; see `from_path`. `url` is where it was found, if nothing in it says so."""
        header, text = split_header(decode(raw))
        header = replace(header, published=published or header.published, url=header.url or url)
        return cls._build(text, header, id=id)

    @classmethod
    def _build(cls, text: str, header: Header, *, id: str) -> Self:
        if not text.strip():
            raise InputError("it holds no text, only white space or front matter", article=id, hint=_LOOK)
        if not any(char.isalpha() for char in text):
            raise InputError("it holds no words, only signs or figures", article=id, hint=_LOOK)
        if only_title(text):
            raise InputError("it holds only a title and no text", article=id, hint=_LOOK)
        if any("\ud800" <= char <= "\udfff" for char in text):
            hint = "let the program that wrote it write whole characters"
            raise InputError("its text holds lone surrogates, which are no characters", article=id, hint=hint)
        try:
            return cls(
                id=id,
                text=text,
                title=header.title or find_title(text),
                language=check_language(header.language) if header.language else detect_language(text),
                outlet=header.outlet,
                byline=header.byline,
                published=check_published(header.published) if header.published else None,
                url=header.url,
            )
        except ValidationError as error:
            faults = "; ".join(
                ": ".join([*(str(part) for part in item["loc"]), item["msg"].removeprefix("Value error, ")])
                for item in error.errors(include_input=False)
            )
            raise InputError(faults, article=id) from None
        except ValueError as error:
            raise InputError(str(error), article=id) from None
