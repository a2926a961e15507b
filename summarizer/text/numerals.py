"""Numbers written in digits of any script and in Han, Korean or mixed numerals, with their spans."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .folding import fold_each


class Atom(NamedTuple):
    """A number, or a part of one, at `start` to `end` of a text.

    `kind`: "digits", "word", "scale" (multiplies what stands before it), "done" (complete, joins nothing).
    """

    start: int
    end: int
    value: float
    kind: str
    low: float | None = None  # set with `high` where the number is vague
    high: float | None = None
    ordinal: bool = False


def magnitude(value: float) -> float:
    """Return the greatest power of ten that divides a whole number: what is smaller can be added to it in words."""
    if value < 1 or value != int(value):
        return 1.0
    power = 1.0
    while value % (power * 10) == 0:
        power *= 10
    return power


def compose(parts: Sequence[Atom], joins: Callable[[Atom, Atom, Atom | None], bool]) -> Iterator[Atom]:
    """Join neighbouring parts into numbers: 20 and 5 are 25, 5 thousand 200 is 5200, but 5 and 20 are two numbers.

    `joins(before, part, after)` says whether `part` may be added to what stands before it, apart from arithmetic.
    """
    stack: list[float] = []
    begin = end = 0
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else None
        fits = bool(stack) and before is not None
        if part.kind == "scale":
            lower: list[float] = []
            while stack and stack[-1] < part.value:
                lower.append(stack.pop())
            if lower:
                stack.append(sum(lower) * part.value)
                end = part.end
                continue
            fits = fits and magnitude(stack[-1]) > part.value
        else:
            after = parts[index + 1] if index + 1 < len(parts) else None
            fits = fits and before is not None and magnitude(stack[-1]) > part.value and joins(before, part, after)
        if not fits:
            if stack:
                yield Atom(begin, end, sum(stack), "done")
            stack, begin = [], part.start
        stack.append(part.value)
        end = part.end
    if stack:
        yield Atom(begin, end, sum(stack), "done")


_CHAIN = re.compile(
    r"(?<![\d.,'٬٫])\d{1,3}(?: \d{3})+(?:[.,٫·]\d+)?(?!\d|[.,']\d)"  # groups parted by spaces
    r"|\d+(?:[.,'٬٫·]\d+)*"
)
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|er|ère|re|ers|e|ème|eme|nde|de|ste|º|ª|°|:a|:e|-?(?:й|я|го|ая|ый|ой|му|ий|та|те|ша))(?![^\W_])"
)
_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LONGEST = 300  # digits; more would overflow a float and cannot be a quantity


@lru_cache(maxsize=64)
def decimal_mark(language: str | None) -> str:
    """Return the decimal mark of a language (a primary subtag), "." if unknown. Source: CLDR through Babel."""
    from babel import UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        return str(get_decimal_symbol(language or "en"))
    except (UnknownLocaleError, ValueError):
        return "."


def _number(digits: str) -> float:
    return float("".join(str(unicodedata.decimal(char)) if char != "." else char for char in digits))


def _grouped(groups: list[str]) -> bool:
    """Whether digit groups are thousands (12 345 678) or the Indian way (12,34,567)."""
    first, *rest = groups
    if not rest or not 1 <= len(first) <= 3 or unicodedata.decimal(first[0]) == 0 or len(rest[-1]) != 3:
        return False
    return all(len(group) == 3 for group in rest) or (len(first) < 3 and all(len(group) == 2 for group in rest[:-1]))


def _read(chain: str, mark: str | None) -> float | None:
    """Value of a chain of digits and separators; None where it is several numbers (17.12.2024).

    Convention: three digits after a single point or comma are a group of thousands ("10.000", "1,385"), as newspapers
    write them, unless a zero stands before ("0.125") or `mark` says which of the two is decimal here.
    """
    groups = re.split(r"[^\d]", chain)
    marks = re.findall(r"[^\d]", chain)
    if not marks:
        return _number(chain)
    last = marks[-1]
    if len(set(marks)) == 1 and last not in "٫·" and _grouped(groups) and not (len(marks) == 1 and last == mark):
        return _number("".join(groups))
    if last in ".,٫·" and last not in marks[:-1] and len(set(marks[:-1])) <= 1:
        whole = groups[:-1]
        if len(whole) == 1 or _grouped(whole):
            return _number("".join(whole) + "." + groups[-1])
    return None


def digits(text: str, language: str | None, scale_follows: Callable[[int], bool]) -> list[Atom]:
    """Numbers in digits. `scale_follows(end)` tells whether a word for a million or more comes next."""
    # A full-width comma after ASCII digits is punctuation, between full-width digits it groups.
    guarded = re.sub(r"(?<![０-９])，|，(?![０-９])", "、", text)
    folded = fold_each(guarded)
    found: list[Atom] = []
    for match in _CHAIN.finditer(folded):
        chain, start, end = match.group(), match.start(), match.end()
        # "1.385 million" is 1,385,000 in English, but "1.385 millones" are 1,385 million: the language decides.
        value = None
        if len(chain) <= _LONGEST:
            value = _read(chain, decimal_mark(language) if scale_follows(end) else None)
        if value is None:
            pieces = [p for p in re.finditer(r"\d+", chain) if len(p.group()) <= _LONGEST]
            found += [Atom(start + p.start(), start + p.end(), _number(p.group()), "digits") for p in pieces]
            continue
        suffix = _ORDINAL.match(folded, end) if chain.isdecimal() and len(chain) <= 4 else None
        if suffix:
            found.append(Atom(start, suffix.end(), value, "done", ordinal=True))
        elif text[end : end + 1] and text[end] in _FRACTIONS:
            found.append(Atom(start, end + 1, value + unicodedata.numeric(text[end]), "digits"))
        else:
            found.append(Atom(start, end, value, "digits"))
    for index, char in enumerate(text):
        if char in _FRACTIONS and not (index and text[index - 1].isdecimal()):
            found.append(Atom(index, index + 1, unicodedata.numeric(char), "digits"))
    return sorted(found)


_HAN_DIGITS = "〇零一二三四五六七八九两兩壱弐参"
_HAN_SCALES = "十拾百千万萬億亿兆"
_SOME = "数數几幾"
_HAN_RUN = re.compile(
    rf"[{_SOME}]?(?:\d[\d,.٬]{{0,30}}(?=[{_HAN_SCALES}])|\d[\d,]{{0,30}}|[{_HAN_DIGITS}{_HAN_SCALES}])+[{_SOME}]?"
)
_COUNTED = "人总總件回点點多少名次度级級等倍份額额字"  # before 数 they make "the number of …"
_KO_VALUES = dict(zip("영공일이삼사오육륙칠팔구십백천만억조수", "〇〇一二三四五六六七八九十百千万億兆数", strict=True))
_KO_COUNTER = (
    r"(?=\s?(?:명|사람|개|건|대|채|곳|원|달러|여|살|세|번|회|가구|차례|가지"
    r"|마리|시간|년|톤|미터|킬로|퍼센트|%|유로|엔|병|군))"
)
_KO_RUN = re.compile(
    r"(?<!\d)\d[\d,.]{0,30}\s?[십백천만억조](?:\s?[\d,]{0,30}[십백천만억조])*(?:\s?\d+)?"
    rf"|(?<![가-힣])수?[일이삼사오육륙칠팔구]?[십백천만억조][영공일이삼사오육륙칠팔구십백천만억조]*{_KO_COUNTER}"
)
_KO_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60}
_KO_TENS |= {"일흔": 70, "여든": 80, "아흔": 90}
_KO_ONES = dict(zip(("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"), range(1, 10), strict=True))
_KO_ONES |= {"한": 1, "두": 2, "세": 3, "네": 4}
_KO_NATIVE = re.compile(
    rf"(?<![가-힣])(?=[가-힣])({'|'.join(_KO_TENS)})?({'|'.join(_KO_ONES)})?"
    r"(?=\s?(?:명|사람|개|대|살|시간|곳|번|건|마리|채|가지|달))"
)
_PART = re.compile(r"\d[\d,.٬]*|.")


def _han_value(char: str) -> float:
    return 2.0 if char in "两兩" else unicodedata.numeric(char)


def _han_parts(run: str, start: int) -> list[Atom]:
    parts: list[Atom] = []
    for match in _PART.finditer(run):
        piece, at = match.group(), start + match.start()
        if piece[0].isdecimal():
            stripped = piece.rstrip(",.٬")
            value = _read(stripped, ".")
            if value is None or (value != int(value) and len(stripped) == len(run)):
                value = _number(re.sub(r"\D", "", stripped))
            parts.append(Atom(at, at + len(stripped), value, "digits"))
        elif piece in _HAN_SCALES:
            parts.append(Atom(at, at + 1, _han_value(piece), "scale"))
        elif piece in _HAN_DIGITS:
            parts.append(Atom(at, at + 1, _han_value(piece), "word"))
    return parts


def _han_run(run: str, start: int, text: str) -> Iterator[Atom]:
    if re.fullmatch(rf"[{_HAN_DIGITS}]{{2,}}", run) and (len(run) > 2 or set(run) & set("〇零")):
        yield Atom(start, start + len(run), _number("".join(f"{_han_value(c):g}" for c in run)), "done")  # 二〇二四
        return
    parts = _han_parts(run, start)
    # 数百 is hundreds, but 人数百 is a number of people.
    counting = start > 0 and text[start - 1] in _COUNTED
    if parts and run[0] in _SOME and run[1:2] and run[1] in _HAN_SCALES and not counting:
        for number in compose(parts, lambda *_: True):
            yield Atom(start, number.end, 2 * number.value, "done", 2 * number.value, 10 * number.value - 1)
        return
    some_after = run[-1] in _SOME and parts and parts[-1].kind == "scale" and parts[-1].value == 10
    # A zero inside (一百零五) only fills a place.
    inner = [p for i, p in enumerate(parts) if not (p.kind == "word" and p.value == 0 and 0 < i < len(parts) - 1)]
    for number in compose(inner, lambda before, _part, _after: before.kind == "scale"):
        if some_after and number.end == parts[-1].end:
            few = number.value + 1, number.value + 9  # 十数 is 11 to 19
            yield Atom(number.start, start + len(run), few[0], "done", *few)
        else:
            yield number


def han(text: str) -> list[Atom]:
    """Numbers in Han numerals (五十七, 二〇二四, 1億2000万, 数百) and Korean ones (3만 5000, 수십 명, 두 명)."""
    found: list[Atom] = []
    for match in _HAN_RUN.finditer(text):
        run = match.group()
        if any(char in _HAN_DIGITS + _HAN_SCALES for char in run):
            found += _han_run(run, match.start(), text)
    for match in _KO_RUN.finditer(text):
        run = "".join(_KO_VALUES.get(char, char) for char in match.group())
        found += _han_run(run, match.start(), text)
    for match in _KO_NATIVE.finditer(text):
        if match.group():
            value = _KO_TENS.get(match.group(1) or "", 0) + _KO_ONES.get(match.group(2) or "", 0)
            found.append(Atom(match.start(), match.end(), float(value), "done"))
    return sorted(found)
