"""Find what a sentence counts (killed, injured, arrested …), of which groups, and counted in which way.

The words are data: `lexicons/concepts.toml`, whose head explains the notation, and beside it actions, measures,
groups and counting.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from .lexicon import load

# No spaces between words, so an entry may start and end anywhere.
_UNSPACED = frozenset({"zh", "ja"})
# "and", "in", "to", "the" are written together with the word that follows.
_PROCLITIC = "[وف]?(?:[بكل]?ال|لل|[بكلس])?"
_SPACE = r"[\s\-‐‑\u200c]+"
_WORD = r"(?:[^\W_]|'|[.,](?=\d))+"
_GAP = rf"(?:{_SPACE}{_WORD}){{0,3}}?{_SPACE}(?:[^\W_]{{1,4}}')?"
_SPACES = {" ": _SPACE, " ?": f"(?:{_SPACE})?", " # ": _GAP}
_UNSPACED_GAP = r"[^。，、；！？,.;!?]{0,12}?"
# Marks that sit on a letter, the Arabic stretcher, and signs nobody sees.
_INVISIBLE = r"[\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b\u200d-\u200f\u2060\u3099\u309a]"
_MARK = re.compile(_INVISIBLE)
_CLUSTER = re.compile(rf".{_INVISIBLE}*", re.DOTALL)
_AROUND = re.compile(r"\(\?<?[!=](?:[^()]|\([^()]*\))*\)")
_IGNORED = "ignore"
# Letters that no accent explains, and Arabic letters that differ only by habit or keyboard.
_ALIKE = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "’": "'", "ʼ": "'"}

# Concepts that befall people, those that name people, those that name what happened, and those that are units.
_OUTCOMES = frozenset(
    {"killed", "injured", "missing", "arrested", "displaced", "rescued", "hospitalised", "kidnapped", "charged"}
)
_PEOPLE = frozenset({"participants", "displaced", "aboard"})
_CAUSES = frozenset({"attacked", "destroyed"})
_AFTER_ONLY = frozenset({"duration", "distance"})
_PREFIXED = frozenset({"money", "age", "magnitude"})
_UNITS = _AFTER_ONLY | _PREFIXED | {"temperature", "votes"}
DEGREES = frozenset({"serious", "slight"})
"""How badly somebody is hurt."""
# In characters: what a comma or "and" adds, and how far is how far.
_STEP, _TOO_FAR, _TOO_FAR_BACK, _PHRASE, _NEXT_WORDS, _JOINED, _UNSURE = 15, 90, 45, 16, 25, 5, 4
_DIGITS = re.compile(r"\d+(?:[.,'’\s]\d{3})*(?:[.,:]\d+)*")
_SENTENCE_END = re.compile(r"[.!?؟](?=\s|$)|[。！？\n]")
_SEPARATOR = re.compile(
    r"[,;:、，；،؛–—]|\b(?:and|or|while|et|ou|tandis|y|e|und|oder|sowie|и|или|а|та|і|або|oraz|lub|i|ve|veya|و|أو|یا)\b|\sو(?=\w)|[及和与與或]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ConceptMention:
    """A word or phrase that names a concept or group; `text` is the original text from `start` to `end`."""

    concept: str
    start: int
    end: int
    text: str


def find_concepts(text: str, language: str | None) -> list[ConceptMention]:
    """What is counted or measured: mentions in order, none overlapping; without a known language as in English."""
    return list(_find("concepts", text, _code(language)))


def concepts_of(text: str, language: str | None) -> frozenset[str]:
    """The concepts that `text` mentions."""
    return frozenset(mention.concept for mention in _find("concepts", text, _code(language)))


def find_groups(text: str, language: str | None) -> list[ConceptMention]:
    """Who is counted (children, police, soldiers …) and how badly hurt (serious, slight): mentions in order."""
    return list(_find("groups", text, _code(language)))


def severity_words(text: str, language: str | None) -> frozenset[str]:
    """Which of `serious` and `slight` the text says of injuries."""
    return frozenset(DEGREES & {mention.concept for mention in _find("groups", text, _code(language))})


def counting(text: str, language: str | None) -> frozenset[str]:
    """How a figure is counted: `includes_attacker`, `excludes_attacker`, `nationwide`, `in_total`."""
    return frozenset(mention.concept for mention in _find("counting", text, _code(language))) - {"others"}


def counts_others(text: str, start: int, end: int, language: str | None) -> bool:
    """Whether the figure at `start`..`end` counts further people besides some ("three others", "another three")."""
    mentions = [mention for mention in _find("counting", text, _code(language)) if mention.concept == "others"]
    return any(0 <= m.start - end <= 2 or 0 <= start - m.end <= 2 for m in mentions)


def nearest_concept(
    mentions: Sequence[ConceptMention],
    start: int,
    end: int,
    text: str | None = None,
    figures: Sequence[tuple[int, int]] = (),
) -> str | None:
    """The concept that the figure at `start`..`end` counts, None when unsure.

    `mentions` are those of `find_concepts`. With `text`, commas, "and" and other figures are seen too; `figures` adds
    the spans of figures that are not digits ("one man").
    """
    inside = {mention.concept for mention in mentions if mention.start < end and start < mention.end}
    if inside:
        return inside.pop() if len(inside) == 1 else None
    return _Neighbours(mentions, (start, end), text, figures).concept()


@dataclass(frozen=True)
class _Link:
    """How far a mention is from a figure, in characters; a separator stands for some more."""

    mention: ConceptMention
    gap: int
    cost: int
    apart: bool

    def binds_before(self, other: "_Link") -> bool:
        """Whether this one is so much closer that the other can be left out."""
        if self.apart != other.apart:
            return other.apart
        return self.cost * 2 <= other.cost or (self.gap <= 1 and other.gap >= _UNSURE)


class _Neighbours:
    """The mentions left and right of one figure."""

    def __init__(
        self,
        mentions: Sequence[ConceptMention],
        figure: tuple[int, int],
        text: str | None,
        figures: Sequence[tuple[int, int]],
    ) -> None:
        self.text = text
        self.figure = figure
        digits = [match.span() for match in _DIGITS.finditer(text)] if text is not None else []
        self.others = [span for span in {*digits, *figures} if span[1] <= figure[0] or span[0] >= figure[1]]
        self.mentions = mentions
        near = [mention for mention in mentions if _gap(mention, figure) <= _TOO_FAR]
        links = [link for mention in near if (link := self._link(mention, figure)) and not self._claimed(link)]
        self.left = [link for link in reversed(links) if link.mention.end <= figure[0] and _may_precede(link)]
        self.right = [link for link in links if link.mention.start >= figure[1] and _may_follow(link)]

    def concept(self) -> str | None:
        left, right = next(iter(self.left), None), next(iter(self.right), None)
        if right and right.mention.concept in _UNITS and right.gap <= 1:
            return right.mention.concept
        if left and left.mention.concept in _PREFIXED and left.gap <= 1:
            return left.mention.concept
        best = self._of_two(left, right) if left and right else left or right
        if best is None or self._fused(best) or (best is right and self._only_the_people()):
            return None
        return best.mention.concept

    def _of_two(self, left: _Link, right: _Link) -> _Link | None:
        before, after = left.mention.concept, right.mention.concept
        if before == after:
            return min(left, right, key=lambda link: link.cost)
        if after in _PEOPLE and before in _OUTCOMES and not left.apart:
            return left  # "arrested 12 protesters"
        if before in _CAUSES and after in _UNITS:
            return right  # "put the damage at 4 million dollars"
        if before in _CAUSES and after in _OUTCOMES and not right.apart:
            return None if left.gap <= 1 and not left.apart else right  # "after the attack, 12 were hurt"
        if left.binds_before(right):
            return left
        return right if right.binds_before(left) else None

    def _only_the_people(self) -> bool:
        """Whether a word for people stands between the figure and what befell them: "12 protesters were killed"."""
        first, *rest = self.right
        return first.mention.concept in _PEOPLE and any(
            link.mention.concept in _OUTCOMES - {first.mention.concept} and link.cost - first.cost <= _NEXT_WORDS
            for link in rest
        )

    def _fused(self, best: _Link) -> bool:
        """Whether one figure counts two things: "12 killed or injured"."""
        mine = best.mention
        for other in (link.mention for link in (*self.left, *self.right)):
            gap = max(other.start - mine.end, mine.start - other.end)
            between = min(other.end, mine.end) <= self.figure[0] and self.figure[1] <= max(other.start, mine.start)
            outcomes = other.concept != mine.concept and {mine.concept, other.concept} <= _OUTCOMES
            if outcomes and gap <= _JOINED and not between:
                return True
        return False

    def _link(self, mention: ConceptMention, figure: tuple[int, int]) -> _Link | None:
        first, last = (mention.end, figure[0]) if mention.end <= figure[0] else (figure[1], mention.start)
        gap = _gap(mention, figure)
        if gap < 0 or self.text is None:
            return _Link(mention, gap, gap, False) if gap >= 0 else None
        between = self.text[first:last]
        if _SENTENCE_END.search(between):
            return None
        separators = len(_SEPARATOR.findall(between))
        return _Link(mention, gap, gap + _STEP * separators, separators > 0)

    def _claimed(self, link: _Link) -> bool:
        """Whether another figure is closer to the mention; a cost is never below its gap, which is quickly told."""
        near = [span for span in self.others if _gap(link.mention, span) < link.cost]
        return any((other := self._link(link.mention, span)) and other.cost < link.cost for span in near)


def _gap(mention: ConceptMention, figure: tuple[int, int]) -> int:
    """Characters between a mention and a figure."""
    return figure[0] - mention.end if mention.end <= figure[0] else mention.start - figure[1]


def _may_precede(link: _Link) -> bool:
    concept = link.mention.concept
    # "the marchers carried 900 lanterns", "three hours later 12 people"
    near = concept not in _AFTER_ONLY and link.gap <= _PHRASE
    return near if concept in _UNITS | _PEOPLE else link.cost <= _TOO_FAR_BACK


def _may_follow(link: _Link) -> bool:
    near = link.gap <= _PHRASE and not link.apart
    return near if link.mention.concept in _UNITS else link.cost <= _TOO_FAR


@lru_cache(maxsize=8192)
def _find(kind: str, text: str, language: str) -> tuple[ConceptMention, ...]:
    folded, offsets = _fold(text, language)
    found = []
    for match in _pattern(kind, language).finditer(folded):
        concept = (match.lastgroup or _IGNORED).rstrip("_")
        start, end = match.span()
        if concept == _IGNORED or start == end:
            continue
        if offsets is not None:
            start, end = offsets[start], offsets[end]
        found.append(ConceptMention(concept, start, end, text[start:end]))
    return tuple(found)


def _code(language: str | None) -> str:
    code = re.split("[-_]", language or "en", maxsplit=1)[0].lower()
    return code if code in load("concepts")["languages"] else "en"


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    """One alternation of all concepts; those named first in the file win where two start at one place."""
    table = {**load("concepts"), **load("actions"), **load("measures")} if kind == "concepts" else load(kind)
    # What a word must start with is tested once for all entries: testing it in each is many times slower.
    starts: dict[str, list[str]] = {_before("a", language): [], "": []}
    for concept, entries in table.items():
        if isinstance(entries, dict) and language in entries:
            by_start: dict[str, list[str]] = {}
            # The longest first: "aged 84 years" rather than "aged".
            for entry in sorted(re.split(r",\s+", str(entries[language]).strip()), key=len, reverse=True):
                before, rest = _regex(entry, language)
                by_start.setdefault(before, []).append(rest)
            for before, words in by_start.items():
                name = concept if before or language in _UNSPACED else f"{concept}__"
                starts[before].append(f"(?P<{name}>{'|'.join(words)})")
    return re.compile("|".join(f"{before}(?:{'|'.join(groups)})" for before, groups in starts.items() if groups))


def _before(letter: str, language: str) -> str:
    bounded = letter.isalpha() and language not in _UNSPACED
    return r"(?<![^\W\d_])" + _PROCLITIC * (language == "ar") if bounded else ""


def _regex(entry: str, language: str) -> tuple[str, str]:
    """An entry of the word lists as a regular expression over folded text: what goes before, and the entry."""
    folded, _ = _fold(entry, language)
    first = next((char for char in _AROUND.sub("", folded) if char not in "()[]?*|"), " ")
    folded = re.sub(r"[.$^+\\]", r"\\\g<0>", folded)
    folded = re.sub(r"\((?!\?)", "(?:", folded).replace("*", r"\w*")
    if language in _UNSPACED:
        return "", folded.replace("…", _UNSPACED_GAP)
    head, *rest = map(_whole, folded.split(" … "))
    return _before(first, language), f"{head}(?={''.join(_GAP + part for part in rest)})"


def _whole(part: str) -> str:
    letters = [char for char in _AROUND.sub("", part.replace(r"\w*", "a")) if char not in "()[]?:|"] or [" "]
    spaced = re.sub(" (?:# |[?])?", lambda match: _SPACES[match.group()], part)
    return f"(?:{spaced})" + (r"(?!\w)" if letters[-1].isalnum() else "")


class _Folding(dict[int, int]):
    """Lower case without accents, one character for one, so that offsets stay; filled as characters turn up."""

    def __init__(self, *, accents: bool) -> None:
        super().__init__()
        self._accents = accents

    def __missing__(self, code: int) -> int:
        lower = chr(code).lower()[0]
        base, *marks = tuple(unicodedata.normalize("NFD", lower))
        # With voicing marks kana are other sounds, and "öl-" (die) is not "ol-" (be) in Turkish.
        if marks and not self._accents and not 0x3040 <= code <= 0x30FF and all(map(unicodedata.combining, marks)):
            lower = base
        self[code] = ord(_ALIKE.get(lower, lower))
        return self[code]


_WITHOUT_ACCENTS = _Folding(accents=False)
_WITH_ACCENTS = _Folding(accents=True)


def _fold(text: str, language: str) -> tuple[str, list[int] | None]:
    """Text for matching, and the offset in `text` of each of its characters and of its end; None: the same offsets."""
    table = _WITH_ACCENTS if language == "tr" else _WITHOUT_ACCENTS
    if _MARK.search(text) is None:
        return text.translate(table), None
    clusters = list(_CLUSTER.finditer(text))
    folded = "".join(unicodedata.normalize("NFC", cluster.group())[0] for cluster in clusters)
    return folded.translate(table), [*(cluster.start() for cluster in clusters), len(text)]
