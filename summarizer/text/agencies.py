"""News agencies: whether a name is one's, and whose copy an article carries by its own credits."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from .lexicon import load
from .transliteration import plain, script_of

__all__ = ["agency_of", "credited_agencies"]

_HEAD, _TAIL = 4, 3  # lines of an article that may hold a credit, from its start and from its end
_CREDIT_WORDS = 12  # the longest line that is nothing but a credit
_BESIDE = 3  # words beside the agency inside brackets: "(Reuters/Le Quai)", "(서울=연합뉴스)"
_DATELINE_WORDS = 8
_MAX_LINE = 2000  # characters looked at, from either end of a line
_WORD = re.compile(r"[^\W_]+")
_SOLID = ("han", "kana", "hangul")
_DASH = r"(?:[–—−－]|-{1,2}|_)"
_BRACKETED = re.compile(r"([^()\[\]【】（）\n]{0,60})([(\[【（])([^()\[\]【】（）\n]{1,40})[)\]】）]\s*(.?)")
_SLASHED = re.compile(r"([^/\n]{1,60}\s)/\s?([^/\n]{1,30}?)\s?/\s*(.?)")
_DASHED = re.compile(rf"([^\n]{{2,60}}?)\s*{_DASH}\s*([^\s.–—:-][^.–—:\n]{{1,25}}?)\s*(?:\.|:|\Z|\s{_DASH}\s)")
_LED = re.compile(rf"([^\n]{{2,80}}?)(?:\.\s?{_DASH}\s?|\s{_DASH}\s)(?P<next>\S)")
_CABLE = re.compile(r"[（(【\[]?([^，。、,\s（(【\[]{2,25}?)[电電讯訊]")
_SIGNED = re.compile(
    rf"[.!?…。！？»”\"'’)]\s*(?:[(\[（【]([^()\[\]（）【】]{{2,40}})[)\]）】]|{_DASH}\s?([^.–—\n]{{2,30}}))\s*\.?\Z"
)
_MARKED = re.compile(r"([^\W\d_]+)\s?[:：]\s?(.+)")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:19|20)\d\d,?\s+(?:by\s+)?([^.]+)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s?[,/|(•·]\s?|\s[–—-]\s")
_MARKS = " \t*_#>|•·\u200e\u200f\ufeff"
_AFTER = frozenset("-–—−－_.:،=…")


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(plain(word) for word in str(load("agencies")[key]).split())


@cache
def _names() -> tuple[
    dict[tuple[str, ...], str],  # folded words, any case
    dict[tuple[str, ...], str],  # words as they are written
    tuple[tuple[str, str], ...],  # for lines without spaces between words, the longest first
]:
    folded: dict[tuple[str, ...], str] = {}
    exact: dict[tuple[str, ...], str] = {}
    solid: dict[str, str] = {}
    for entry in load("agencies")["agency"]:
        shown = entry["names"][0]
        for name in entry["names"]:
            if any(script_of(char) in _SOLID for char in name):
                solid[plain(name)] = shown
            else:
                folded[tuple(plain(word) for word in _WORD.findall(name))] = shown
        for name in entry.get("exact", ()):
            exact[tuple(_WORD.findall(name))] = shown
    return folded, exact, tuple(sorted(solid.items(), key=lambda item: -len(item[0])))


@lru_cache(maxsize=1024)
def _read(fragment: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The agencies that a short text names, and the words beside them."""
    folded, exact, solid = _names()
    words = _WORD.findall(fragment)
    plains = [plain(word) for word in words]
    found: list[str] = []
    beside: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(5, len(words) - at), 0, -1):
            name = folded.get(tuple(plains[at : at + size])) or exact.get(tuple(words[at : at + size]))
            if name:
                found.append(name)
                at += size
                break
        else:
            inside = next((name for piece, name in solid if piece in plains[at]), None)
            if inside:
                found.append(inside)
            else:
                beside.append(words[at])
            at += 1
    return tuple(dict.fromkeys(found)), tuple(beside)


def agency_of(name: str) -> str | None:
    """The news agency that `name` is a name of, as it is shown ("Reuters"); None for anything else.

    Words for the kind may stand around it ("the TASS news agency", "l'agence AFP", "reuters.com").
    """
    found, beside = _read(name[:200])
    return found[0] if len(found) == 1 and _within(beside, "kind") else None


def _within(words: Iterable[str], *keys: str) -> bool:
    allowed = frozenset().union(*(_listed(key) for key in keys))
    return all(plain(word) in allowed for word in words)


def _is_small(word: str) -> bool:
    return word[:1].islower()


def credited_agencies(text: str, *, title: str | None = None, outlet: str | None = None) -> tuple[str, ...]:
    """The agencies whose copy an article carries, by the credits that stand in it; () for an article of its own.

    Read are the outlet's own name, datelines ("CITY, May 3 (Reuters) -", "EFE.-", "【北京共同】"), lines that are but
    a credit (a byline, "with AP", "Quelle: dpa") among the first and last few, and the signature behind the last
    sentence ("(PAP)", "— AFP"). A mention in a sentence ("told Reuters") and the credit of a picture are none.
    """
    if outlet and (own := agency_of(outlet)):
        return (own,)
    lines = [stripped for line in text.splitlines() if (stripped := " ".join(line.split()).strip(_MARKS))]
    head = [line for line in lines[:_HEAD] if not title or plain(line) != plain(title)]
    found: list[str] = []
    tail = lines[-_TAIL:]
    for line in dict.fromkeys([*head, *(line for line in tail if len(line.split()) <= _DATELINE_WORDS)]):
        found += _dateline(line[:_MAX_LINE])
    for place, line in enumerate(dict.fromkeys([*head, *tail])):
        found += _credit_line(line, outlet or "", alone=place == 0 or line == lines[-1])
    for line in tail:
        found += _signature(line[-_MAX_LINE:])
    return tuple(dict.fromkeys(found))


# --- "CITY, May 3 (Reuters) - Five people …" ---


def _dateline(line: str) -> Sequence[str]:
    if (match := _BRACKETED.match(line)) and _opens(match[1]):
        found = _in_brackets(match[3])
        tight = match[2] in "【[" or "=" in match[3]
        if found and (tight or match[4] in _AFTER or _is_dated(match[1])) and (match[1].strip() or tight or match[4]):
            return found
    if (match := _SLASHED.match(line)) and _opens(match[1]) and _is_dated(match[1]):
        return _alone(match[2])
    if (match := _CABLE.match(line)) and script_of(match[1]) in _SOLID:
        found, _ = _read(match[1])
        return found if found and not match[1].startswith(("据", "據")) else ()
    if (match := _DASHED.match(line)) and _opens(match[1]) and _is_dated(match[1]) and (found := _alone(match[2])):
        return found
    if (match := _LED.match(line)) and not match["next"].islower():
        return _led(match[1])
    return ()


def _opens(prefix: str) -> bool:
    """Whether nothing but a place and a date stands before the agency."""
    words = _WORD.findall(prefix)
    found, _ = _read(prefix)
    if len(words) > _DATELINE_WORDS or found or any(plain(word) in _listed("picture") for word in words):
        return False
    numbers = [at for at, word in enumerate(words) if word[0].isdigit()]
    return all(
        not _is_small(word) or plain(word) in _listed("small") or any(abs(at - number) <= 2 for number in numbers)
        for at, word in enumerate(words)
    )


def _is_dated(prefix: str) -> bool:
    """Whether it shows by itself that it is a dateline: it has a date, or its place stands in capitals."""
    words = _WORD.findall(prefix)
    return any(word[0].isdigit() for word in words) or bool(words and len(words[0]) > 2 and words[0].isupper())


def _in_brackets(content: str) -> Sequence[str]:
    found, beside = _read(content)
    if len(beside) > _BESIDE or any(plain(word) in _listed("picture") for word in beside):
        return ()
    free = [word for word in beside if _is_small(word)]
    return found if _within(free, "behind", "with", "with_more", "and", "small") else ()


def _alone(fragment: str) -> Sequence[str]:
    """The agencies of a text that holds nothing else but words for their kind."""
    found, beside = _read(fragment)
    return found if _within(beside, "kind", "and", "behind") else ()


def _led(start: str) -> Sequence[str]:
    """The agency of "EFE.-", "Madrid, 3 mar. EFE.-", "ANKARA/AA -": it comes last, after at most a place and a date."""
    *before, last = re.split(r"(?<=[.,/\d])\s*", start) if re.search(r"[.,/\d]", start) else [start]
    found = _alone(last)
    return found if found and _opens(" ".join(before)) else ()


# --- lines that are nothing but a credit, and signatures ---


def _credit_line(line: str, outlet: str, *, alone: bool) -> Sequence[str]:
    words = _WORD.findall(line)
    if not words or len(words) > _CREDIT_WORDS or any(plain(word) in _listed("picture") for word in words):
        return ()
    bare = line.strip(" ()[]【】（）.–—-")
    if alone and not line.startswith("©") and (found := _alone(bare)):
        return found
    if (match := _MARKED.fullmatch(bare)) and plain(match[1]) in _listed("source"):
        return _alone(match[2])
    if match := _COPYRIGHT.match(line):
        return _alone(match[1])
    return _byline(bare) or _used(bare, outlet) or _desk(bare, outlet)


def _byline(line: str) -> Sequence[str]:
    """The agency of "By Jane Doe, Associated Press", "Von Max Muster (dpa)", "By Reuters"."""
    first, _, rest = line.partition(" ")
    if plain(first) not in _listed("by"):
        return ()
    *names, last = (part.strip(" ().") for part in _SEPARATOR.split(rest))
    found = _alone(last)
    return found if found and not any(_is_small(word) for part in names for word in _WORD.findall(part)) else ()


def _used(line: str, outlet: str) -> Sequence[str]:
    """The agency of "With AP", "Le Quai avec AFP", "mit Material von dpa"."""
    for match in _WORD.finditer(line):
        if plain(match.group()) not in _listed("with"):
            continue
        found, beside = _read(line[match.end() :])
        before = line[: match.start()]
        if found and _within(beside, "with_more", "and", "kind") and _is_own(before, outlet):
            return found
    return ()


def _is_own(before: str, outlet: str) -> bool:
    """Whether what stands before a credit is the outlet's or its desk's name, a byline, or nothing."""
    words = _WORD.findall(before)
    if _within(words, "desk") or (outlet and _folded(before) == _folded(outlet)):
        return True
    return plain(words[0]) in _listed("by") and not any(_is_small(word) for word in words[1:])


def _folded(text: str) -> str:
    return " ".join(plain(word) for word in _WORD.findall(text))


def _desk(line: str, outlet: str) -> Sequence[str]:
    """The agency of "Redacción / EFE", "Le Quai | AFP"; behind a person's name it may credit a picture."""
    *before, last = _SEPARATOR.split(line)
    found = _alone(last) if before else ()
    return found if found and all(part and _is_own(part, outlet) for part in before) else ()


def _signature(line: str) -> Sequence[str]:
    """The agency of "… on Monday. (PAP)", "… on Monday. — AFP": behind a sentence's end, so no name's short form."""
    match = _SIGNED.search(line)
    if not match:
        return ()
    found, beside = _read(match[1] or match[2])
    return found if _within(beside, "behind", "with", "with_more", "and", "kind") else ()
