"""How alike two questions or short answers are worded: stemmed content words, weighted by how rare they are."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Protocol

from .lexicon import load
from .names import proper_names, same_name
from .territories import places_of
from .tokens import Word, words_of
from .transliteration import plain, script_of

_STEMMERS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "de": "german",
    "pt": "portuguese",
    "nl": "dutch",
    "ru": "russian",
    "pl": "polish",
    "tr": "turkish",
    "ar": "arabic",
    "sv": "swedish",
    "da": "danish",
    "no": "norwegian",
    "nb": "norwegian",
    "fi": "finnish",
    "hu": "hungarian",
    "ro": "romanian",
    "el": "greek",
    "cs": "czech",
}
_SOLID = ("han", "kana")
_EMPTY_SOLID = re.compile(r"[的了在是有多少什么几谁哪被吗呢の]|か\b|した|ました|です|ます")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - named by the library


@cache
def _stemmer(language: str) -> _Stemmer | None:
    import snowballstemmer  # type: ignore[import-untyped]

    name = _STEMMERS.get(language)
    if name is None or name not in snowballstemmer.algorithms():
        return None
    made: _Stemmer = snowballstemmer.stemmer(name)
    return made


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    if stemmer is not None:
        return str(stemmer.stemWord(word))
    # No stemmer (Ukrainian, Hebrew …): endings are short, long words keep their beginning.
    return word[:-2] if len(word) > 6 else word


def _base(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


@cache
def _stops(language: str) -> frozenset[str]:
    return frozenset(plain(word) for word in load("wording")["stop"].get(language, "").split())


@cache
def _negations(language: str | None = None) -> frozenset[str]:
    """Words of negation in one language, or in all of the list."""
    table: dict[str, str] = load("wording")["negation"]["words"]
    listed = table.values() if language is None else [table.get(language, "")]
    return frozenset(plain(word) for words in listed for word in words.split())


@cache
def _synonyms(language: str) -> dict[str, str]:
    """The first word of a set of words for one thing, by the stem of each."""
    sets = [line.split() for line in load("synonyms").get(language, {}).get("sets", "").splitlines() if line.strip()]
    stems = [[plain(_stem(word, language)) for word in words] for words in sets]
    return {stem: words[0] for words in stems for stem in words}


@lru_cache(maxsize=8192)
def content_words(text: str, language: str = "en") -> frozenset[str]:
    """The content words of `text`, each once: folded, stemmed, without stop words, question words and numbers.

    Chinese and Japanese, written without spaces, give pairs of neighbouring characters. Negations stay. A place and its
    adjective ("Russia", "Russian") are one key that begins with "@"; words for one thing ("quake", "earthquake") are
    one stem.
    """
    code = _base(language)
    found: set[str] = set()
    for word in words_of(text):
        if word.script in _SOLID:
            for run in _EMPTY_SOLID.sub(" ", re.sub(r"[0-9]+", " ", word.plain)).split():
                found.update([run] if len(run) == 1 else (run[at : at + 2] for at in range(len(run) - 1)))
        elif not any(char.isnumeric() for char in word.plain) and not (
            word.plain in _stops(code) and not _shouted(word.text)
        ):
            stem = plain(_stem(word.plain, code))
            found.add(_place_key(word) if word.capital and places_of(word.text) else _synonyms(code).get(stem, stem))
    return frozenset(found - {""})


def negated(text: str, language: str | None) -> bool:
    """Whether a word of negation stands in a text: no, not, never, without."""
    return any(word.plain in _negations(_base(language or "en")) for word in words_of(text))


def _place_key(word: Word) -> str:
    """One key for a place and its adjective: "Russia", "Russian"; a city keeps its own."""
    return "@" + "+".join(sorted(places_of(word.text))).lower()


def _shouted(word: str) -> bool:
    """Whether a word is in capitals: "US" and "WHO" are no pronouns."""
    return len(word) > 1 and word.isupper()


def idf(questions: Iterable[frozenset[str]]) -> dict[str, float]:
    """Weight of each word: ln(1 + number of questions / number with the word); what all share still counts a little."""
    sets = list(questions)
    counts = Counter(word for words in sets for word in words)
    return {word: math.log(1 + len(sets) / count) for word, count in counts.items()}


def similarity(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float] | None = None) -> float:
    """How alike two sets of content words are, 0 to 1: mean of the weighted Dice and overlap coefficients.

    The overlap lets a question that only says more ("… in December") stay close. Words without a weight count as the
    rarest. Nothing is like an empty set.
    """
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    rare = max(weights.values(), default=1.0) if weights else 1.0

    def mass(words: frozenset[str]) -> float:
        return math.fsum(max(weights.get(word, rare), 0.0) if weights else 1.0 for word in words)

    one, two, shared = mass(a), mass(b), mass(a & b)
    if one <= 0 or two <= 0:
        return 0.0
    return min(1.0, max(0.0, (2 * shared / (one + two) + shared / min(one, two)) / 2))


def same_text(a: str, b: str) -> bool | None:
    """Whether two short free-text answers say the same: True, False, or None where wording cannot tell.

    True: equal but for case, endings and stop words; one holds all the other says; spellings of one name. False: one
    negates the other, yes and no, two names that clearly differ, the same words with other numbers.
    """
    one, two = plain(a).strip(" .!?\"'"), plain(b).strip(" .!?\"'")
    if not one or not two:
        return None
    if one == two:
        return True
    verdicts = _verdict(one), _verdict(two)
    if None not in verdicts:
        return verdicts[0] == verdicts[1]
    left, right = content_words(a), content_words(b)
    negated = _denies(a), _denies(b)
    bare_left, bare_right = left - _negations(), right - _negations()
    alike = bool(bare_left and bare_right) and (bare_left <= bare_right or bare_right <= bare_left)
    if negated[0] != negated[1]:
        return False if alike else None
    if _opposed(bare_left, bare_right):
        return False
    if set(re.findall(r"\d+", one)) != set(re.findall(r"\d+", two)):
        return False if bare_left and bare_left == bare_right else None
    if alike:
        return True
    if _is_name(a) and _is_name(b):
        if same_name(a.strip(), b.strip()):
            return True
        return False if script_of(a) == script_of(b) else None
    return None


def _verdict(text: str) -> bool | None:
    """Yes or no, if that is the answer or opens it ("No, it did not")."""
    lexicon = load("wording")["negation"]
    first = re.split(r"[,;.\s]", text, maxsplit=1)
    if len(first) > 1 and not re.match(r"\w+[,;.]", text):
        return None
    for key, verdict in (("yes", True), ("no", False)):
        if first[0] in {plain(word) for word in lexicon[key].split()}:
            return verdict
    return None


def _denies(text: str) -> bool:
    """An odd number of negations; French "ne … pas" is one."""
    found = [word.plain for word in words_of(text) if word.plain in _negations()]
    if "ne" in found or "n" in found:
        found = [word for word in found if word not in ("ne", "n")] or ["ne"]
    return len(found) % 2 == 1


def _opposed(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether all that differs is a negating prefix: confirmed, unconfirmed."""
    only_a, only_b = a - b, b - a
    if len(only_a) != 1 or len(only_b) != 1:
        return False
    short, long = sorted((*only_a, *only_b), key=len)
    return len(short) >= 4 and any(long == prefix + short for prefix in load("wording")["negation"]["prefixes"])


def _is_name(text: str) -> bool:
    """Whether an answer is a name and nothing else."""
    words = [word for word in words_of(text) if word.text[0].isalpha()]
    if not words or len(words) > 6 or any(word.script not in ("latin", "cyrillic", "greek") for word in words):
        return False
    # Any single word may begin with a capital in an answer.
    if len(words) == 1 and not places_of(words[0].text) and not _shouted(words[0].text):
        return False
    found = proper_names(f"by {text.strip()}")
    return len(found) == 1 and len(words_of(found[0])) >= len(words) - 1 and words[0].capital
