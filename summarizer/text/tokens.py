"""Words of a text with what name matching needs of each: plain form, script, capital."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .transliteration import Script, plain, script_of

# Combining marks belong to their letter; the dots of "U.S." do not end it.
_WORD = re.compile(r"(?:[^\W\d_][.]){2,}|[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640])*")
# Arabic and Hebrew write "and", "in", "to", "the" together with the next word.
_CLITICS = {
    "arabic": (re.compile(r"^[وف](?=...)"), re.compile(r"^[وف]?(?:[بك]?ال|لل|[بلك](?=...))(?=..)")),
    "hebrew": (re.compile(r"^ו(?=...)"), re.compile(r"^[והבלמש]{1,2}(?=...)")),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text; `start` and `end` are character offsets, `forms` the plain form with and without clitics."""

    text: str
    plain: str
    forms: tuple[str, ...]
    script: Script
    capital: bool
    start: int
    end: int


@lru_cache(maxsize=65536)
def _forms(word: str, script: Script) -> tuple[str, ...]:
    return tuple(dict.fromkeys([word, *(pattern.sub("", word, count=1) for pattern in _CLITICS.get(script, ()))]))


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[Word, ...]:
    """All words of `text` in order; offsets are into `text` itself."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        script, folded = script_of(word), plain(word).replace(".", "")
        if folded:
            capital = word[0].isupper() or word[0].istitle()
            found.append(Word(word, folded, _forms(folded, script), script, capital, match.start(), match.end()))
    return tuple(found)
