"""Find every number of a text, in digits and in words, with its span and what it can mean."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .lexicon_small import articles
from .money import money_named, share_words
from .numerals import Atom, compose, digits, han
from .numwords import (
    LIBRARY_LANGUAGES,
    Word,
    base_language,
    follows_any,
    links_between,
    near,
    none_spans,
    number_words,
    scale_of,
    words,
)
from .vague import vague_phrases

_MONEY = re.compile(r"(?:[$€£¥₽₹₩₴₺]|\b[A-Z]{3})\s?\d[\d.,'\s]*$")
_MONEY_BEHIND = re.compile(r"\s?(?P<name>[€$£¥₽₹₩₴₺]|(?<=\s)[^\W\d_]+)")


@dataclass(frozen=True)
class Number:
    """A number at `start` to `end` (exclusive) of a text, `text` being that very slice.

    `value` is what it says; a `vague` one ("dozens") means anything from `low` to `high` and has its `low` as value.
    `high` is None where nothing bounds it. `ordinal` marks a rank ("12th"), not an amount.
    """

    value: float
    low: float
    high: float | None
    start: int
    end: int
    text: str
    vague: bool = False
    ordinal: bool = False


def find_numbers(text: str, language: str | None) -> list[Number]:
    """Return all numbers of `text` in its order, not overlapping; `language` is a BCP 47 tag or None if unknown.

    Conventions: three digits after a single point or comma are thousands ("10.000", "1,385"), except after "0".
    A space groups digits only as 1 to 3 digits followed by groups of three. Clock times, dates and versions come out
    as their parts ("9:42" is 9 and 42, "17.12.2024" is 17, 12 and 2024); years and numbers in names are numbers too.
    A plural ("hundreds") is vague, from two of its unit to just under ten; "a dozen" is 12. Signs are not read.
    Finding too much is the safe side: the result is what an answer is checked against. Without a language, words are
    read as English, and magnitude words of other languages only after digits.
    """
    return list(_found(text, language))


@lru_cache(maxsize=64)  # few: a sentence is asked for again for each of its figures, and then no more
def _found(text: str, language: str | None) -> tuple[Number, ...]:
    tongue = base_language(language)
    reading = tongue or "en"
    found = words(text, reading)
    starts = {word.start: word for word in found}

    def big_scale_follows(end: int) -> bool:
        gap = text[end : end + 3]
        at = end + len(gap) - len(gap.lstrip(" \u00a0\u202f-"))
        scale = scale_of(starts[at], tongue) if at in starts else None
        if scale is None or scale.value < 1e6:
            return False
        return scale.flag != "$" or _is_money(text, end, starts[at].end, reading)

    numerals = digits(text, tongue, big_scale_follows)
    shares = [Atom(start, end, 0, "done") for start, end in share_words(text, reading)]
    apart = _Covered(text, shares)
    eastern = [atom for atom in han(text) if apart.free(atom)]
    covered = _Covered(text, eastern)
    numerals = [n for n in numerals if covered.free(n)]
    taken = {n.end for n in numerals if not n.ordinal}
    nothing = none_spans(text, reading)
    covered.add([*nothing, *shares])
    found = [word for word in found if covered.free(word)]
    phrases = vague_phrases(text, found, reading, taken)
    covered.add(phrases)
    found = [word for word in found if covered.free(word)]
    parts = number_words(text, found, reading, taken)
    if tongue is None:
        covered.add(parts)
        parts += [atom for word in found if covered.free(word) and (atom := _foreign_scale(text, word, taken))]
    parts = [part for part in parts if not _misused_money(text, part, numerals, reading)]
    complete = [n for n in (*numerals, *parts) if n.kind == "done"]
    open_parts = sorted(n for n in (*numerals, *parts) if n.kind != "done")
    atoms = [*eastern, *nothing, *phrases, *complete, *_join(text, open_parts, reading)]
    return tuple(_number(text, atom) for atom in _apart(text, atoms))


def stands_in(value: float, numbers: Sequence[Number]) -> bool:
    """Whether a text's `numbers` contain `value` exactly; rounding does not count (600 does not stand in "598").

    A vague number contains only its low bound. "Dozens" (24 and up) and "tens" (20 and up) of the same thing count as
    one: languages translate one by the other (десятки, dizaines, 数十).
    """
    return any(value == n.value or (n.vague and tens_and_dozens(value, n.low, n.high)) for n in numbers)


def has_one(text: str, language: str | None) -> bool:
    """Whether a sentence can support the answer "one": a number 1 or an indefinite article ("a woman was killed").

    In languages without an indefinite article (Russian, Arabic, Chinese …) a bare noun says as much: always True.
    """
    if stands_in(1, [n for n in find_numbers(text, language) if not n.ordinal]):
        return True
    tongue = base_language(language) or "en"
    known = articles(tongue)
    return known is None or any(word.key in known for word in words(text, tongue))


def tens_and_dozens(low: float, other: float, high: float | None) -> bool:
    """Whether two low bounds under the same `high` are "tens" and "dozens" of the same thing (20 and 24, to 99)."""
    if not high or high < 99 or round(math.log10(high + 1), 9) % 3 != 2:
        return False
    return max(low, other) * 5 == min(low, other) * 6


class _Covered:
    """Which characters of a text already belong to a number."""

    def __init__(self, text: str, atoms: Sequence[Atom] = ()) -> None:
        self._taken = bytearray(len(text))
        self.add(atoms)

    def add(self, atoms: Sequence[Atom]) -> None:
        for atom in atoms:
            self._taken[atom.start : atom.end] = b"\1" * (atom.end - atom.start)

    def free(self, part: Atom | Word) -> bool:
        return not any(self._taken[part.start : part.end])


def _is_money(text: str, end: int, after: int, language: str) -> bool:
    """Whether a sign of money stands before the digits up to `end`, or a name of it behind `after`."""
    if _MONEY.search(text[max(0, end - 40) : end]):
        return True
    behind = _MONEY_BEHIND.match(text, after)
    return behind is not None and money_named(behind["name"], language) is not None


def _misused_money(text: str, part: Atom, numerals: Sequence[Atom], language: str) -> bool:
    """Whether "m" or "b" after digits is no million: "5m" is metres unless money stands before or behind."""
    if part.kind != "scale" or text[part.start : part.end].casefold() not in ("m", "b"):
        return False
    before = [n.end for n in numerals if n.end <= part.start and near(text, n.end, part.start)]
    return not any(_is_money(text, end, part.end, language) for end in before)


def _foreign_scale(text: str, word: Word, taken: set[int]) -> Atom | None:
    """Read a magnitude word of whatever language, directly after digits."""
    scale = scale_of(word, None)
    if scale is None or not follows_any(text, taken, word.start):
        return None
    return Atom(word.start, word.end, scale.value, "scale")


def _join(text: str, parts: Sequence[Atom], language: str) -> list[Atom]:
    """Group neighbouring parts and compose each group."""
    groups: list[list[Atom]] = []
    for part in parts:
        if (
            groups
            and part.start >= groups[-1][-1].end
            and links_between(text, groups[-1][-1].end, part.start, language)
        ):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [number for group in groups for number in _compose_group(group, language)]


def _compose_group(group: list[Atom], language: str) -> list[Atom]:
    def joins(before: Atom, part: Atom, after: Atom | None) -> bool:
        if part.kind == "digits":  # "3 million 500 thousand", but not "20 5" and not "3 million 5"
            if after is None or after.kind != "scale":
                return False
            return before.kind == "scale" and after.value < before.value
        if before.kind == "digits":
            return False
        return before.kind == "scale" or language not in LIBRARY_LANGUAGES

    if language in ("ar", "he", "id"):
        group = _units_first(group)
    ordinals = {part.end for part in group if part.ordinal}
    return [number._replace(ordinal=number.end in ordinals) for number in compose(group, joins)]


def _units_first(group: list[Atom]) -> list[Atom]:
    """Join units spoken before tens ("خمسة وعشرون", five and twenty; "خمسة عشر", five ten)."""
    joined: list[Atom] = []
    for part in group:
        before = joined[-1] if joined else None
        if before and before.kind == part.kind == "word" and before.value < 10 and part.value in range(10, 100, 10):
            joined[-1] = before._replace(end=part.end, value=before.value + part.value)
        else:
            joined.append(part)
    return joined


def _apart(text: str, atoms: Sequence[Atom]) -> list[Atom]:
    """Sort and drop what overlaps, the longer one staying."""
    kept: list[Atom] = []
    covered = _Covered(text)
    for atom in sorted(atoms, key=lambda a: (a.start - a.end, a.start)):
        if covered.free(atom):
            covered.add([atom])
            kept.append(atom)
    return sorted(kept, key=lambda a: a.start)


def _number(text: str, atom: Atom) -> Number:
    vague = atom.low is not None
    low = atom.low if atom.low is not None else atom.value
    high = atom.high if vague else atom.value
    return Number(atom.value, low, high, atom.start, atom.end, text[atom.start : atom.end], vague, atom.ordinal)
