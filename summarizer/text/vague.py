"""Numbers of unclear size among words: "dozens", "tens of thousands", "several hundred", "half a million"."""

from collections.abc import Sequence

from .folding import fold
from .lexicon_scales import Scale
from .lexicon_small import half_words, link_words, several_words
from .numerals import Atom
from .numwords import Word, follows_any, near, scale_of, value_of


def vague_phrases(text: str, found: Sequence[Word], language: str, taken: set[int]) -> list[Atom]:
    """Numbers of unclear size: "dozens", "tens of thousands", "several hundred", "half a million", "a few".

    Convention: a plural means from two to just under ten of its unit ("hundreds" 200 to 999, "dozens" 24 to 99,
    "tens of thousands" 20,000 to 99,999). `taken` holds offsets where a number in digits ends.
    """
    atoms: list[Atom] = []
    links, several, half = link_words(language), several_words(language), half_words(language)
    index = 0
    while index < len(found):
        word, last, base = found[index], index, scale_of(found[index], language)
        after_number = _follows_number(text, found, index, language, taken, base)
        factor = several.get(word.key)
        if factor is not None or word.key in half:
            chain = _chain(text, found, index + 1, language, links)
            base = None
        elif base is not None and (base.flag == "v" or (base.flag in ("p", "a") and not after_number)):
            chain = _chain(text, found, index + 1, language, links)
        else:
            index += 1
            continue
        value = 1.0
        for at, scale in chain:
            value, last = value * scale.value, at
        atom = _phrase(word, found[last], base, factor, value, bool(chain))
        if base is not None and base.flag == "v" and index and after_number and word.start not in taken:
            times = value_of(found[index - 1], language)
            if times in (10, 100):  # "on binlerce": tens of thousands
                unit = (times or 1) * base.value * value
                atom = Atom(found[index - 1].start, found[last].end, 2 * unit, "done", 2 * unit, 10 * unit - 1)
        if atom is not None:
            if index and atom.low is None and _is_article(text, found[index - 1], word, language):
                atom = atom._replace(start=found[index - 1].start)
            atoms.append(atom)
            index = last
        index += 1
    return atoms


def _is_article(text: str, before: Word, word: Word, language: str) -> bool:
    return near(text, before.end, word.start) and value_of(before, language) == 1


def _phrase(
    word: Word, last: Word, base: Scale | None, factor: float | None, value: float, chained: bool
) -> Atom | None:
    end = last.end
    if base is None and factor is None:  # half a million
        return Atom(word.start, end, value / 2, "done") if chained else None
    if factor is not None and not chained:
        return Atom(word.start, end, factor, "done", factor, 9.0)
    if base is not None and base.flag == "a":
        return Atom(word.start, end, base.value * value, "done")
    unit = (base.value if base else 1.0) * value
    top = 10 ** len(str(int(base.value if base else value))) / (base.value if base else value)
    return Atom(word.start, end, 2 * unit, "done", 2 * unit, round(top * unit) - 1)


def _chain(
    text: str, found: Sequence[Word], index: int, language: str, links: frozenset[str]
) -> list[tuple[int, Scale]]:
    """Magnitude words that follow directly, a link word allowed before each."""
    chain: list[tuple[int, Scale]] = []
    while index < len(found) and len(chain) < 3:
        at = index
        while at < min(len(found) - 1, index + 2) and found[at].key in links:
            if not near(text, found[at - 1].end, found[at].start):
                return chain
            at += 1
        scale = scale_of(found[at], language)
        gap = fold(text[found[at - 1].end : found[at].start]).strip("'")
        if scale is None or scale.flag in ("d", "$") or gap not in ("", "-"):
            break
        chain.append((at, scale))
        index = at + 1
    return chain


def _follows_number(
    text: str, found: Sequence[Word], index: int, language: str, taken: set[int], scale: Scale | None
) -> bool:
    start = found[index].start
    if follows_any(text, taken, start):
        return True
    if language == "ro" and index > 1 and found[index - 1].key == "de":  # "douăzeci de mii"
        index, start = index - 1, found[index - 1].start
    if not index or not near(text, found[index - 1].end, start):
        return False
    # One before a collective is its article: "une dizaine", "ein Dutzend".
    value = value_of(found[index - 1], language)
    return value is not None and not (value == 1 and scale is not None and scale.flag == "a")
