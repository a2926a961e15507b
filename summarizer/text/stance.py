"""Words of confirming, denying, not committing, claiming and accusing; how certain a sentence is; revised figures."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from ..schemas import Certainty, Stance
from .lexicon import load
from .questions import interrogative

__all__ = ["Act", "StanceCue", "blames", "certainty", "earlier_figure", "find_stances", "interrogative", "revises"]

Act = Literal["confirm", "deny", "uncommitted", "claim", "accuse"]
"""What the speaker does with a proposition; `claim` is claiming responsibility for a deed."""

_ACTS: tuple[Act, ...] = ("confirm", "deny", "uncommitted", "claim", "accuse")
_STANCES = {"deny": Stance.DENIED, "uncommitted": Stance.UNCOMMITTED}
_CERTAINTIES = (
    ("alleged", Certainty.ALLEGED),
    ("conditional", Certainty.ALLEGED),
    ("possible", Certainty.POSSIBLE),
    ("expected", Certainty.EXPECTED),
)
_UNSPACED = frozenset({"zh", "ja"})
_REACH = 160  # characters around a figure in which the words stand that call it superseded


@dataclass(frozen=True)
class StanceCue:
    """A phrase that takes a stance: `text[start:end]` of the searched text, offsets in characters."""

    start: int
    end: int
    text: str
    act: Act
    stance: Stance


def find_stances(text: str, language: str | None) -> list[StanceCue]:
    """The cues in the order of `text`, without overlap; at each place the longest known phrase counts.

    The negation belongs to the phrase: "has never confirmed" is one cue, and it is not committing. Look-alikes
    ("confirmed cases", "denied entry", "rejected the offer") are known phrases too, which give no cue.
    """
    folded = _fold(text)
    lexicon = _lexicon(_code(language))
    cues: list[StanceCue] = []
    at = 0
    while hit := lexicon.any_act.search(folded.text, at):
        begin, at = hit.start(), hit.end()
        act: Act | None = None
        for name, pattern in lexicon.phrases:
            match = pattern.match(folded.text, begin)
            if match and (match.end() > at or (match.end() == at and act is None)):
                act, at = name, match.end()
        if at == begin:  # a pattern that is only context matched nothing: step over it
            at += 1
        elif act:
            start, end = folded.span(begin, at)
            cues.append(StanceCue(start, end, text[start:end], act, _STANCES.get(act, Stance.ASSERTED)))
    return cues


def blames(text: str, language: str | None) -> bool:
    """Whether somebody is accused in `text`, or claims the deed."""
    return any(cue.act in ("accuse", "claim") for cue in find_stances(text, language))


def certainty(text: str, language: str | None) -> Certainty:
    """How firmly `text` puts it; REPORTED unless its words say otherwise, the weakest word first.

    A conditional of hearsay ("aurait tué", "habría muerto", "sarebbe stato") counts as alleged unless the sentence
    holds a condition.
    """
    folded = _fold(text).text
    lexicon = _lexicon(_code(language))
    for name, value in _CERTAINTIES:
        pattern = lexicon.words[name]
        if pattern and pattern.search(folded):
            condition = lexicon.words["hypothetical"] if name == "conditional" else None
            if not (condition and condition.search(folded)):
                return value
    return Certainty.REPORTED


def revises(text: str, language: str | None) -> bool:
    """Whether `text` itself says that a figure given before was corrected; a figure that merely rose is not meant."""
    pattern = _lexicon(_code(language)).words["revises"]
    return bool(pattern and pattern.search(_fold(text).text))


def earlier_figure(text: str, start: int, language: str | None) -> bool:
    """Whether the figure that begins at offset `start` of `text` is given as superseded: "down from 17".

    "From 26 to 22" may be a range; it counts only where the sentence also says that something changed.
    """
    if not 0 <= start < len(text):
        return False
    folded = _fold(text)
    lexicon = _lexicon(_code(language))
    at = folded.position(start)
    if any(_around(folded.text, at, pair) for pair in lexicon.earlier):
        return True
    if not any(_around(folded.text, at, pair) for pair in lexicon.from_to):
        return False
    change = lexicon.words["change"]
    return bool(change and change.search(folded.text)) or revises(text, language)


_Pair = tuple[re.Pattern[str] | None, re.Pattern[str] | None]


def _around(text: str, at: int, pair: _Pair) -> bool:
    before, after = pair
    if before and not before.search(text, max(0, at - _REACH), at):
        return False
    return not after or bool(after.match(text, at, at + _REACH))


class _Folded(NamedTuple):
    """A text without case, accents and vowel signs; `origins` maps its offsets back where any character was dropped."""

    text: str
    origins: tuple[int, ...] | None
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original; the signs over the last letter belong to it."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end] if end < len(self.origins) else self.length

    def position(self, offset: int) -> int:
        """The place in `text` of an offset of the original."""
        if self.origins is None:
            return offset
        low, high = 0, len(self.origins)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.origins[middle] < offset else (low, middle)
        return low


_SAME = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ى": "ي", "ی": "ي", "ک": "ك", "’": "'", "‘": "'", "ʼ": "'", "´": "'"}
_SAME |= dict.fromkeys("‐‑‒–—", "-")


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    """The letter without case and accent; nothing for combining marks, tatweel and invisible characters."""
    category = unicodedata.category(char)
    if category in ("Mn", "Cf") or char == "ـ":
        return ""
    if category == "Zs":
        return " "
    # Kana and Hangul decompose too, but their marks make other letters of them.
    base = unicodedata.normalize("NFD", char)[0] if char < "\u0700" or "\u1e00" <= char <= "\u1fff" else char
    plain = unicodedata.normalize("NFKC", base).casefold()
    plain = plain if len(plain) == 1 else base
    return _SAME.get(plain, plain)


@lru_cache(maxsize=256)
def _fold(text: str) -> _Folded:
    letters = [_fold_char(char) for char in text]
    folded = "".join(letters)
    if len(folded) == len(text):
        return _Folded(folded, None, len(text))
    return _Folded(folded, tuple(at for at, letter in enumerate(letters) if letter), len(text))


class _Lexicon(NamedTuple):
    """The compiled phrases of one language."""

    any_act: re.Pattern[str]
    phrases: tuple[tuple[Act | None, re.Pattern[str]], ...]
    words: dict[str, re.Pattern[str] | None]
    earlier: tuple[_Pair, ...]
    from_to: tuple[_Pair, ...]


def _code(language: str | None) -> str:
    code = (language or "en").replace("_", "-").split("-")[0].casefold()
    return code if code in load("stance") else "en"


_FIGURE = r"(?:\d(?:[\d.,'\s]*\d)?|[〇零一二三四五六七八九十百千万億亿两]+|[^\W\d_]+(?:-[^\W\d_]+)*)"
_WORD = r"[^\s.,!?;:]{1,40}"
_GAPS = {" ... ": r" (?:[^\s.!?;:]{1,40} ){0,8}?", " .. ": r" (?:[^\s.,!?;:]{1,40} ){0,3}?"}
_LOOKBEHIND = re.compile(r"\(\?<[!=][^)]*\)")
_MACRO = re.compile(r"\{([a-z_]+)\}")


@cache
def _lexicon(code: str) -> _Lexicon:
    data = load("stance")[code]
    phrases: list[tuple[Act | None, str]] = [(act, line) for act in _ACTS for line in _lines(data, act)]
    phrases += [(None, line) for line in _lines(data, "none")]
    names = [name for name, _ in _CERTAINTIES] + ["hypothetical", "revises", "change"]
    return _Lexicon(
        any_act=_compile([line for _, line in phrases], data, code),
        phrases=tuple((act, _compile([line], data, code)) for act, line in phrases),
        words={name: _compile(lines, data, code) if (lines := _lines(data, name)) else None for name in names},
        earlier=tuple(_pair(line, data, code) for line in _lines(data, "earlier")),
        from_to=tuple(_pair(line, data, code) for line in _lines(data, "from_to")),
    )


def _lines(data: dict[str, Any], key: str) -> list[str]:
    return [line.strip() for line in str(data.get(key, "")).splitlines() if line.strip()]


def _pair(line: str, data: dict[str, Any], code: str) -> _Pair:
    before, _, after = line.partition("@")
    opening, closing = _edges(code)
    return (
        re.compile(rf"{opening}(?:{_expand(before, data)})\Z") if before.strip() else None,
        re.compile(f"{_FIGURE}{_expand(after, data)}{closing}") if after.strip() else None,
    )


def _compile(lines: list[str], data: dict[str, Any], code: str) -> re.Pattern[str]:
    opening, closing = _edges(code)
    return re.compile(f"{opening}(?:{'|'.join(_expand(line, data) for line in lines)}){closing}")


def _edges(code: str) -> tuple[str, str]:
    """What stands before and after a phrase; Arabic writes "and" and "so" together with the next word."""
    if code in _UNSPACED:
        return "", ""
    return (r"(?:(?<!\w)|(?<=(?<!\w)[وف]))" if code == "ar" else r"(?<!\w)"), r"(?!\w)"


def _expand(line: str, data: dict[str, Any]) -> str:
    """A regular expression from a line of the lexicon; its notation is told at the head of the lexicon."""
    parts = {"word": _WORD, **data.get("parts", {})}
    while _MACRO.search(line):
        line = _MACRO.sub(lambda match: f"(?:{parts[match[1]]})", line)
    line = "".join(map(_fold_char, line))  # before the rest comes in: folding would make \w of \W
    line = _LOOKBEHIND.sub(lambda match: match[0].replace(" ", r"\s"), line)  # these need a fixed width
    for gap, pattern in _GAPS.items():
        line = line.replace(gap, pattern)
    return line.replace(" ?", r"\s*").replace(" ", r"\s+").replace("#", _FIGURE)
