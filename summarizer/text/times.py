"""Clock times in news text of many languages, as HH:MM."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .date_atoms import number
from .time_words import CLOCK_WORDS, ENGLISH, ClockWords

NEAR_MINUTES = 5
"""Two times that are no further apart are the same if either is approximate."""
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class TimeMention:
    """A clock time: `text == source[start:end]`, `time` is HH:MM on the 24-hour clock, local to the story."""

    start: int
    end: int
    text: str
    time: str
    approximate: bool


@dataclass(frozen=True)
class _Clock:
    shapes: tuple[re.Pattern[str], ...]
    about: re.Pattern[str]
    am: re.Pattern[str]
    pm: re.Pattern[str]
    noon: re.Pattern[str]
    midnight: re.Pattern[str]


def _words(base: str) -> ClockWords:
    return CLOCK_WORDS.get(base, ENGLISH)


@lru_cache(maxsize=64)
def _clock(base: str) -> _Clock:
    w = _words(base)
    begin = r"(?<![\w.,:/$€£-])" if base not in ("zh", "ja") else r"(?<![\d.,:/])"
    end = r"(?![\d])"
    half = rf"(?P<half>\s?(?:{w.am}|{w.pm})(?![^\W_]))"
    if base in ("zh", "ja"):
        half = r"(?P<half>(?!))"
    marked = rf"(?:{half}|(?P<unit>\s?(?:{w.unit})(?![^\W_])))"
    hour = r"(?P<h>[01٠١]?\d|[2２٢]\d)"
    minute = r"(?P<m>[0-5０-５٠-٥۰-۵]\d)"
    minute2 = minute.replace("<m>", "<m2>")
    lead = rf"(?:(?<!\w)(?:{w.lead})\s)"
    number_han = r"(?:\d{1,2}|[〇零一二三四五六七八九十]{1,3})"
    shapes = [
        rf"{begin}{hour}[:：]{minute}(?:[:：]\d\d)?(?!\d|[:：.,]\d){half}?",
        rf"{begin}{hour}[.]{minute}(?!\d|[.,]\d)(?:{marked})",
        # in English "at 9.42" is a price
        rf"(?:{lead if w is not ENGLISH else '(?!)'})(?:{w.hour_word}\s)?{hour}[.]{minute}(?!\d|[.,]\d|\s?%)",
        rf"{begin}{hour}{half}",
        rf"{begin}{hour}\s?(?:h|hrs?|heures?|Uhr)\s?{minute}{end}(?!\s?%)(?:\s?min(?![^\W_]))?{half}?",
        rf"{begin}{hour}\s?(?:{w.unit}){half}",
        rf"(?:{lead}){hour}\s?(?:{w.unit})(?![^\W_]){half}?",
        rf"(?:{lead})(?:{w.hour_word}\s)?{hour}{half}",
        r"(?<![^\W_])(?:at|@)\s(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)"
        r"(?![\d%]|[.,:]\d|\s?(?:km|m|meters|metres|feet|ft|percent)\b)(?:\s?(?:hours|hrs|h)(?!\w))?",
        rf"{begin}(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:hours|hrs|GMT|UTC|Z|local time)(?![^\W_]))",
        rf"(?<!\w)(?:(?:12|twelve)\s)?(?P<noon>{w.noon})(?![^\W_])",
        rf"(?<!\w)(?:(?:12|twelve)\s)?(?P<midnight>{w.midnight})(?![^\W_])",
        rf"(?P<part>{w.han})\s?(?P<h>{number_han})\s?"
        rf"(?:[时時点點시]\s?(?:(?P<m>{number_han})\s?[分분]|(?P<halfhour>半|반))?|[:：]{minute2})(?![间間])",
        rf"(?<![\d.,:/])(?P<h>\d{{1,2}})\s?[时時点點시]\s?(?:(?P<m>{number_han})\s?[分분]|(?P<halfhour>半|반))(?![间間])",
        r"(?<![\d.,:/])(?P<h>\d{1,2})時(?=ごろ|頃|過ぎ|すぎ|に|、)",
    ]
    if base in ("zh", "ja"):
        shapes[10] = rf"(?P<noon>{w.noon})(?!\s?\d)"
        shapes[11] = rf"(?P<midnight>{w.midnight})(?!\s?\d)"
    gap = r"\s?" if base in ("zh", "ja") else r"\s"
    return _Clock(
        tuple(re.compile(shape, re.I) for shape in shapes),
        re.compile(rf"(?<!\w)(?:{w.about}){gap}(?:(?:{w.lead}){gap})?$", re.I),
        re.compile(rf"\s?(?:{w.am})", re.I),
        re.compile(rf"\s?(?:{w.pm})", re.I),
        re.compile(r"中午|正午|أذان"),
        re.compile(r"(?i)de la noche|da noite|di notte|nachts|ночи|ночі|w nocy"),
    )


def _hour(hour: int, half: str, c: _Clock) -> int | None:
    """The hour on the 24-hour clock, with what stands beside it ("p.m.", "du soir")."""
    if half and hour <= 12:
        if c.midnight.search(half):
            return hour % 12 if hour == 12 or hour < 6 else hour + 12
        if c.pm.fullmatch(half):
            return hour % 12 + 12
        if c.am.fullmatch(half):
            return hour % 12
    return hour % 24 if hour <= 24 else None


_HAN_PM = re.compile("下午|晚上|傍晚|午後|夜|晚|오후|夕方")
_HAN_AM = re.compile("上午|凌晨|早上|清晨|午前|未明|早朝|오전|朝")


def _read(match: re.Match[str], c: _Clock) -> str | None:
    groups = match.groupdict()
    if groups.get("noon"):
        return "12:00"
    if groups.get("midnight"):
        return "00:00"
    hour = number(groups.get("h") or "")
    minute = number(groups.get("m") or groups.get("m2") or "") or (30 if groups.get("halfhour") else 0)
    if hour is None or minute > 59:
        return None
    part = groups.get("part") or ""
    if part and hour <= 12:
        if _HAN_PM.fullmatch(part) or (part == "中午" and hour < 11):
            hour = hour % 12 + 12
        elif _HAN_AM.fullmatch(part):
            hour %= 12
    found = _hour(hour, groups.get("half") or "", c)
    return None if found is None else f"{found:02d}:{minute:02d}"


def find_times(text: str, language: str | None) -> list[TimeMention]:
    """All clock times in `text`, in order, not overlapping; without a.m. or p.m. the 24-hour reading is kept.

    `language`: BCP 47 tag of the text (None: English and numeric times). `approximate`: the text says about, shortly
    after, before …
    """
    base = re.split("[-_]", (language or "en").lower())[0]
    c = _clock(base)
    found: list[TimeMention] = []
    for shape in c.shapes:
        for match in shape.finditer(text):
            start = min(
                (match.start(g) for g in ("part", "h", "noon", "midnight") if g in match.groupdict() and match[g]),
                default=match.start(),
            )
            time = _read(match, c)
            if time is None or match.end() <= start:
                continue
            about = bool(c.about.search(text, max(0, start - 40), start)) or bool(
                re.match(
                    r"\s?(?:ごろ|頃|過ぎ|すぎ|左右|许|許|前后|sularında|civarında|-?ish)",
                    text[match.end() : match.end() + 12],
                )
            )
            found.append(TimeMention(start, match.end(), text[start : match.end()], time, about))
    chosen: list[TimeMention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _minutes(time: str) -> int | None:
    match = re.fullmatch(r"(\d{1,2}):(\d\d)", time.strip())
    if not match or int(match[1]) > 24 or int(match[2]) > 59:
        return None
    return (int(match[1]) * 60 + int(match[2])) % DAY_MINUTES


def same_clock(a: str, b: str, approximate: bool) -> bool:
    """Whether two times HH:MM are the same; within five minutes (across midnight too) if either is `approximate`."""
    first, second = _minutes(a), _minutes(b)
    if first is None or second is None:
        return False
    apart = abs(first - second)
    return min(apart, DAY_MINUTES - apart) <= (NEAR_MINUTES if approximate else 0)
