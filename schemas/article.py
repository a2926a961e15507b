"""An article as it was read, and places in it."""

import hashlib
from typing import Self

from pydantic import Field, model_validator

from .base import Record
from .edtf import Edtf

BYLINE = "Who wrote it, as the source names them, several parted by '; '. Not evidence, and no part of the text."


class Copy(Record):
    """Another copy of an article's text: known by name, not read a second time, one voice with the article."""

    id: str = Field(min_length=1, description="File stem, made unique within a run.")
    title: str | None = None
    outlet: str | None = Field(default=None, description="Who published it.")
    byline: str | None = Field(default=None, description=BYLINE)
    published: Edtf | None = Field(default=None, description="Publication date in EDTF.")
    url: str | None = None
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of its own text in UTF-8.")


class Article(Record):
    """One article: the text that evidence offsets count in, and what is known about it."""

    id: str = Field(min_length=1, description="File stem, made unique within a run.")
    title: str | None = None
    text: str = Field(min_length=1, description="The text that evidence offsets count in (Unicode code points).")
    language: str | None = Field(default=None, description="BCP 47 tag, for example fr or zh-Hant.")
    outlet: str | None = Field(default=None, description="Who published it.")
    byline: str | None = Field(default=None, description=BYLINE)
    published: Edtf | None = Field(default=None, description="Publication date in EDTF.")
    url: str | None = None
    sha256: str = Field(default="", description="SHA-256 of the text in UTF-8; worked out where it is not given.")
    copies: tuple[Copy, ...] = Field(default=(), description="Inputs with the same text, or nearly, kept out for it.")

    @model_validator(mode="after")
    def _hash_of_text(self) -> Self:
        try:
            actual = hashlib.sha256(self.text.encode()).hexdigest()
        except UnicodeEncodeError as error:
            raise ValueError("the text holds lone surrogates, which no encoding can write") from error
        if not self.sha256:
            object.__setattr__(self, "sha256", actual)  # frozen for users; this is part of building it
        elif self.sha256 != actual:
            raise ValueError(f"the text of article {self.id!r} does not have the SHA-256 that is given with it")
        return self


class Evidence(Record):
    """A verbatim stretch of one article."""

    article: str = Field(description="Article id.")
    start: int = Field(ge=0, description="Offset of the first character in the article's text (Unicode code points).")
    end: int = Field(gt=0, description="Offset behind the last character.")
    quote: str = Field(min_length=1, description="The article's text[start:end], verbatim.")

    @model_validator(mode="after")
    def _length(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"the quote has {len(self.quote)} characters, its span {self.end - self.start}")
        return self

    def check(self, article: Article) -> None:
        """Raise ValueError unless this evidence stands in `article` to the letter."""
        if article.id != self.article:
            raise ValueError(f"evidence for {self.article!r} was checked against article {article.id!r}")
        if article.text[self.start : self.end] != self.quote:
            raise ValueError(f"the quote at {self.start}:{self.end} is not the text of article {article.id!r}")
