"""Money and shares: the currency, or per cent, that a name, code or sign beside a figure stands for."""

import re
from functools import cache

from .folding import fold, fold_each
from .lexicon import load
from .numwords import base_language

_REACH = 12  # characters before a number in which the word for per cent stands
_DENSE = ("zh", "ja", "ko", "th")
_JOINS = re.compile(r"(?:d'|(?:of|de|di|von|van)\s)\s*")

MONEY_AND_SHARES = frozenset(load("money")) - {"before"}
"""Every unit that `money_named` gives: ISO 4217 codes, names that several currencies share ("crowns"), "percent"."""


def money_named(phrase: str, language: str | None) -> str | None:
    """The unit that `phrase` is a name of, in `language` or English, or a sign or code of; None for none.

    A preposition may stand before it ("millions d'euros"). Where words are not parted by spaces, it may go on.
    """
    name = fold(phrase)
    if joined := _JOINS.match(name):
        name = name[joined.end() :]
    spoken = base_language(language or "en") or "en"
    names = _by_name(spoken)
    if spoken not in _DENSE:
        return names.get(name)
    openings = (name[:end] for end in range(min(len(name), _longest(spoken)), 0, -1))
    return next((names[opening] for opening in openings if opening in names), None)


def share_words(text: str, language: str | None) -> list[tuple[int, int]]:
    """Where a text says "per cent": its "cent" (cento, ciento, مئة) is no hundred."""
    return [match.span() for match in _shares(base_language(language or "en") or "en").finditer(fold_each(text))]


def share_before(text: str, start: int, language: str | None) -> bool:
    """Whether a word for per cent stands before the number at `start` ("yüzde 40", "百分之四十")."""
    word = _word_before(base_language(language or "en") or "en")
    return word is not None and fold_each(text[max(0, start - _REACH) : start]).rstrip().endswith(word)


@cache
def _shares(language: str) -> re.Pattern[str]:
    names = sorted((name for name, unit in _by_name(language).items() if unit == "percent"), key=len, reverse=True)
    either = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
    before = _word_before(language)
    return re.compile(f"{either}|{re.escape(before)}" if before else either)


def _word_before(language: str) -> str | None:
    word: str | None = load("money")["before"].get(language)
    return word


@cache
def _by_name(language: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for key in (language, "en", "any"):
        for unit in sorted(MONEY_AND_SHARES):
            for form in load("money")[unit].get(key, "").split(","):
                if form.strip():
                    names.setdefault(fold(form), unit)
    return names


@cache
def _longest(language: str) -> int:
    return max(map(len, _by_name(language)))
