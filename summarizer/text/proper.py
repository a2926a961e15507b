"""Proper names in English questions and answers, told by their capitals."""

import re
from functools import cache

from .lexicon import words as listed
from .territories import places_of
from .tokens import Word, words_of
from .transliteration import Script, plain

_CASELESS: tuple[Script, ...] = ("arabic", "hebrew", "han", "kana", "hangul", "other")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)]*\s+\Z|\n\s*\Z|\A\W*\Z|[“«\"‘]\s*\Z")


@cache
def calendar() -> frozenset[str]:
    """English names of months and weekdays, plain."""
    from babel import Locale

    locale = Locale.parse("en")
    wide = ("wide", "abbreviated")
    names = [
        name for width in wide for table in (locale.months, locale.days) for name in table["format"][width].values()
    ]
    return frozenset(plain(str(name)).rstrip(".") for name in names)


def _is_name_word(word: Word, *, shouted: bool) -> bool:
    if not word.capital or word.script in _CASELESS:
        return False
    return not shouted or bool(places_of(word.text))  # in capitals throughout, only what is known is a name


def proper_names(text: str) -> list[str]:
    """The names in an English question or answer, as written, each once, in order.

    A name is a run of capitalised words, joined by particles ("Bank of England"). The first word of a sentence counts
    only where more than its place speaks for it: an acronym, a known place, the start of a longer name, the same word
    inside a sentence. Months, weekdays, question words and titles alone are no names.
    """
    words = words_of(text)
    letters = [word for word in words if word.text.isalpha() and word.script not in _CASELESS]
    shouted = len(letters) > 3 and sum(word.text.isupper() for word in letters) > len(letters) / 2
    inside = {
        word.plain for word in words if word.capital and not shouted and not _SENTENCE_END.search(text[: word.start])
    }
    found: list[str] = []
    index = 0
    while index < len(words):
        run = _run(text, words, index, shouted=shouted)
        if not run:
            index += 1
            continue
        index += len(run)
        if _SENTENCE_END.search(text[: run[0].start]) and not _known_start(run, inside):
            if run[0].plain not in listed("names", "not_names"):
                continue
            # "Did the Bank of England": the question word and what joined it go.
            while run and (not run[0].capital or run[0].plain in listed("names", "not_names")):
                run = run[1:]
        if run and any(word.plain not in listed("names", "titles") for word in run):
            name = text[run[0].start : run[-1].end]
            if name not in found:
                found.append(name)
    return found


def _run(text: str, words: tuple[Word, ...], start: int, *, shouted: bool) -> list[Word]:
    """Words of a name from `start`, or none; particles only between capitalised words."""
    run: list[Word] = []
    for place in range(start, len(words)):
        word = words[place]
        gap = text[words[place - 1].end : word.start] if run else ""
        if run and not _joined(gap, run[-1], word):
            break
        if _is_name_word(word, shouted=shouted) and not _is_date(text, word):
            run.append(word)
        elif not run or not (word.plain in listed("names", "particles") and word.plain not in ("and", "y", "e", "to")):
            # "Kim Jong-un": what hangs on by a hyphen belongs to the name.
            if run and gap in ("-", "‑") and word.text.isalpha():
                run.append(word)
                continue
            break
        else:
            run.append(word)
    return _trimmed(run)


def _is_date(text: str, word: Word) -> bool:
    """A month or weekday, unless a name goes on from it: "March of Lanterns"."""
    goes_on = re.match(r" of (.)", text[word.end : word.end + 5])
    return word.plain in calendar() and not (goes_on and goes_on.group(1).isupper())


def _joined(gap: str, before: Word, word: Word) -> bool:
    if gap in (" ", "\u00a0", "\u202f", "-", "‑"):
        return True
    if gap == ". ":  # "O. Syrsky", "Gen. Ota"
        return len(before.text) == 1 or before.plain in listed("names", "titles")
    return gap in ("'", "’") and (len(before.text) <= 2 or len(word.text) > 2)  # "O'Neill", not "Ukraine's"


def _trimmed(run: list[Word]) -> list[Word]:
    while run and (not run[-1].capital) and run[-1].plain in listed("names", "particles"):
        run = run[:-1]
    return run


def _known_start(run: list[Word], inside: set[str]) -> bool:
    first = run[0]
    if first.plain in listed("names", "not_names"):
        return False
    capitals = [word for word in run if word.capital]
    acronym = len(first.text) > 1 and first.text.isupper()
    return len(capitals) > 1 or acronym or first.plain in inside or bool(places_of(first.text))
