"""The same article twice: inputs whose text another has already are kept out, and stay known as its copies."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TypeVar

from .marks import find_marks
from .schemas import Article, Certainty, Copy
from .schemas.edtf import bounds
from .sentences import Sentence, split, worth_asking
from .text.dates import find_dates
from .text.folding import fold
from .text.likeness import likeness, same_words
from .text.numbers import find_numbers
from .text.stance import certainty, find_stances
from .text.wording import negated

A = TypeVar("A", bound=Article)

_EDITED = 0.5  # how alike two sentences are of which one is the other, edited
_HEAD = 500  # characters from the start of an article in which a dateline stands
_SHORT = 3  # letters of the small words in a place's name ("de", "von")
_DATELINE = re.compile(r"\W{0,3}([^\n–—]{2,70}?)(?:\s(?:--|[-–—])\s|(?<=\))\s?(?:--|[-–—:]|\s)\s?|\.\s?[-–—]\s?)")
_BRACKETS = re.compile(r"[(\[][^()\[\]\d]{1,40}[)\]]")
_WORD = re.compile(r"[^\W\d_]+")


def with_copies(articles: Sequence[A]) -> list[A]:
    """The articles in their order without copies, which stand in `copies` of the one that is kept.

    A copy is the same text, or nearly the same (`text.likeness`) where no sentence in which they differ holds anything
    that could be compared: no figure, time, date, denial, accusation or hedge. A dateline, a byline, an agency's credit
    or a closing sentence may differ; an updated toll may not. Nor may a headline tell a figure that the text does not.
    A version that was cut shorter by more than that stays an article: what it left out, its outlet did not publish.

    Of copies the one published first is kept, then the longest, then the first by id: whatever the order of `articles`.
    """
    kept: list[A] = []
    copies: dict[str, list[Copy]] = {}
    for article in sorted(articles, key=rank):
        home = next((other for other in kept if is_copy(article, other)), None)
        if home is None:
            kept.append(article)
            copies[article.id] = list(article.copies)
        else:
            copies[home.id] += [as_copy(article), *article.copies]
    chosen = {article.id for article in kept}
    return [
        article.model_copy(update={"copies": tuple(copies[article.id])}) for article in articles if article.id in chosen
    ]


def as_copy(article: Article) -> Copy:
    """What stays known of an article that is kept out."""
    return Copy.model_validate({name: getattr(article, name) for name in Copy.model_fields})


def is_copy(one: Article, other: Article) -> bool:
    """Whether two articles are one text, as far as anything could be compared."""
    if fold(one.text) == fold(other.text):
        return _titled_alike(one, other)
    return same_words(one.text, other.text) and _titled_alike(one, other) and _differ_in_nothing_told(one, other)


def _differ_in_nothing_told(one: Article, other: Article) -> bool:
    mine, theirs = (_parts(item.text, item.title, item.language) for item in (one, other))
    dates = mine.dateline, theirs.dateline
    if all(dates) and dates[0] != dates[1]:
        return False
    own, others = mine.without(theirs), theirs.without(mine)
    if any(_tells(text, one.language) for text in own) or any(_tells(text, other.language) for text in others):
        return False
    return not any(likeness(a, b) >= _EDITED for a, b in product(own, others))  # a name may have been corrected


def rank(article: Article) -> tuple[date, int, str]:
    """The place of an article among its copies; the first is kept."""
    first = bounds(article.published)[0] if article.published else None
    return first or date.max, -len(article.text), article.id


class _Parts:
    """The sentences of a text that can hold a fact, its dateline cut off; `dateline` holds the dates in it."""

    def __init__(self, text: str, title: str | None, language: str | None) -> None:
        self.dateline: tuple[str, ...] = ()
        self._sentences = [
            self._without_dateline(sentence, language)
            for sentence in split(text, language)
            if worth_asking(sentence, title)
        ]
        self._folded = [fold(sentence) for sentence in self._sentences]

    def without(self, other: "_Parts") -> list[str]:
        """The sentences that `other` does not have, or not so often."""
        left = Counter(self._folded) - Counter(other._folded)
        return [text for text, folded in zip(self._sentences, self._folded, strict=True) if folded in left]

    def _without_dateline(self, sentence: Sentence, language: str | None) -> str:
        line = _DATELINE.match(sentence.text) if sentence.start < _HEAD and not self.dateline else None
        if line is None:
            return sentence.text
        dates = find_dates(line[1], language, None)
        bare = _BRACKETS.sub(" ", line[1])
        for found in dates:
            bare = bare.replace(found.text, " ")
        small = [word for word in _WORD.findall(bare) if word[0].islower() and len(word) > _SHORT]
        if small or _tells(bare, language):
            return sentence.text
        self.dateline = tuple(found.edtf for found in dates)
        return sentence.text[line.end() :]


@lru_cache(maxsize=512)
def _parts(text: str, title: str | None, language: str | None) -> _Parts:
    return _Parts(text, title, language)


@lru_cache(maxsize=4096)
def _tells(text: str, language: str | None) -> bool:
    """Whether a text holds anything that another could tell otherwise; too often is the safe side."""
    return bool(
        any(char.isnumeric() for char in text)
        or find_numbers(text, language)
        or find_marks(text, language, None)
        or find_dates(text, language, "2000-01-01")  # any date makes "yesterday" one
        or find_stances(text, language)
        or negated(text, language)
        or certainty(text, language) is not Certainty.REPORTED
    )


def _titled_alike(one: Article, other: Article) -> bool:
    """Whether neither title says a number, a denial or a hedge that the other article does not say, too.

    Outlets word their own headlines over one text; only what a headline adds to the text makes it another article.
    """
    if fold(one.title or "") == fold(other.title or ""):
        return True
    return all(
        _signs(a.title or "", a.language) <= _signs(f"{b.title or ''}\n{b.text}", b.language)
        for a, b in ((one, other), (other, one))
    )


@lru_cache(maxsize=512)
def _signs(text: str, language: str | None) -> frozenset[object]:
    return frozenset(
        [
            *(number.value for number in find_numbers(text, language)),
            *(cue.act for cue in find_stances(text, language)),
            *(("hedged",) if certainty(text, language) is not Certainty.REPORTED else ()),
            *(("negated",) if negated(text, language) else ()),
        ]
    )
