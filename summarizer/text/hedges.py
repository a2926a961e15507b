"""Find the hedge that stands beside a number: "about", "no fewer than", "以上"."""

import re

from ..schemas import Qualifier
from .folding import fold_each
from .lexicon_hedges import hedges_after, hedges_before
from .numbers import Number, find_numbers
from .numwords import base_language, scale_of, words

_FILLERS = {  # words that may stand between a hedge and its number
    "en": "a|an|the|a total of|another|a further|an additional|as",
    "fr": "un|une|les|des|de|l'",
    "es": "un|una|los|las|de",
    "it": "un|una|un'|i|gli|le|l'|di",
    "de": "ein|eine|einem|einer|einen|die|den|der|von|insgesamt",
    "pt": "um|uma|os|as|de",
    "nl": "een|de|het",
    "ar": "ال",
}
_CURRENCY = r"[$€£¥₽₹₩₴₺]|\b(?:us|au|ca|hk)\$|\b(?:usd|eur|gbp|chf|jpy|cny|inr|rub|uah|u\.s\.\s?\$)"
_DENSE_GAP = 3  # characters of a counter between a number and a hedge after it, in Chinese, Japanese, Korean
_REACH = 80


def hedge_near(text: str, start: int, language: str | None, end: int | None = None) -> Qualifier | None:
    """Return the hedge directly before or after the number that starts at offset `start` of `text`; None if bare.

    `end` is the number's end where the caller knows it. Between hedge and number only articles, currencies or (after
    the number) one counted noun may stand. A bound outweighs an estimate ("up to about 600" is at most). Collective
    nouns hedge by themselves: "une centaine" is about, "hundreds" vague. BETWEEN only where a second number follows.
    """
    number = _number_at(text, start, language)
    if end is None:
        end = number.end if number else start
    return said_hedge(text, start, end, language) or (own_hedge(number, language) if number else None)


def said_hedge(text: str, start: int, end: int, language: str | None) -> Qualifier | None:
    """Return the hedge that words or signs beside the span `start` to `end` express, None if there is none."""
    tongue = base_language(language) or "en"
    before = _before(fold_each(text[max(0, start - _REACH) : start]), tongue)
    if before is Qualifier.BETWEEN and not find_numbers(text[end : end + 40], language):
        before = None
    if before not in (None, Qualifier.ABOUT):
        return before
    return _after(text, end, tongue, language) or before


def own_hedge(number: Number, language: str | None) -> Qualifier | None:
    """Return the hedge that a number's own words carry: vague plurals, collectives such as "a dozen"."""
    if number.vague:
        return Qualifier.VAGUE
    tongue = base_language(language) or "en"
    found = [scale_of(word, tongue) for word in words(number.text, tongue)]
    return Qualifier.ABOUT if any(scale and scale.flag == "a" and scale.value > 2 for scale in found) else None


def _number_at(text: str, start: int, language: str | None) -> Number | None:
    return next((n for n in find_numbers(text, language) if n.start <= start < n.end), None)


def _before(prefix: str, language: str) -> Qualifier | None:
    pattern, known = hedges_before(language)
    fillers = _FILLERS.get(language, "")
    articles = rf"|(?<!\w)(?:{fillers})" if fillers else ""
    strip = re.compile(rf"(?:{_CURRENCY}{articles})\s*$")
    found: Qualifier | None = None
    for _ in range(4):
        # French elision: "près d'une centaine", "plus d'un millier".
        candidates = (prefix, re.sub(r"(?<!\w)d'\s*$", "de ", prefix))
        match = next((m for c in candidates if (m := pattern.search(c))), None)
        if match:
            qualifier = known[" ".join(match.group().split())]
            if qualifier is not Qualifier.ABOUT:
                return qualifier
            found, prefix = qualifier, prefix[: match.start()]
            continue
        shorter = strip.sub("", prefix)
        if shorter == prefix:
            break
        prefix = shorter
    return found


def _after(text: str, end: int, tongue: str, language: str | None) -> Qualifier | None:
    pattern, known = hedges_after(tongue)
    tail = fold_each(text[end : end + _REACH])
    dense = tongue in ("zh", "ja", "ko")
    gaps = [len(m.group()) for m in [re.match(r"(?:'\w+)?\s*", tail)] if m]
    if dense:
        gaps = [*range(_DENSE_GAP + 1)]
    elif noun := re.match(r"(?:'\w+)?\s*(?:%|[^\W\d]+)\s+", tail):
        gaps.append(noun.end())
    for gap in gaps:
        skipped = tail[:gap]
        if re.search(r"[\d.,;:!?、。，；\n]", skipped):
            break
        match = pattern.match(tail, gap)
        if match is None or (dense and len(match.group()) == 1 and gap > (1 if tongue == "ja" else 0)):
            continue
        if match.group() == "+" and gap:
            continue
        following = find_numbers(tail[match.end() :], language)
        if following and not tail[match.end() : match.end() + following[0].start].strip():
            continue  # the hedge of the next number: "600 soldiers at least 20 officers"
        return known[" ".join(match.group().split())]
    return None
