"""The shapes of dates in one language, as compiled regular expressions: whole dates, months, weekdays, years, "ago"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .calendar_words import Lexicon, alternation, lexicon

SP = r"(?:[^\S\n]|\n(?!\s)){1,3}"
"""Space within a date: a wire's single line break may fall into it, a paragraph's end may not."""
MARK = r"[\u200e\u200f]?"
CENTURY = r"(?:[1１١۱][9９٩۹]|[2２٢۲][0０٠۰])"
YEAR = rf"(?:{CENTURY}|[1１١۱][8８٨۸])\d\d"
KANJI = "〇零一二三四五六七八九十"
NO_MORE = r"(?![^\W_]|[.,:]\d|\s?%|-\d)"


@dataclass(frozen=True)
class Patterns:
    """Compiled patterns of one language; `shapes` in the order in which they win over each other at equal length."""

    words: Lexicon
    shapes: tuple[tuple[str, re.Pattern[str]], ...]
    since: re.Pattern[str]
    until: re.Pattern[str]
    since_after: re.Pattern[str]
    until_after: re.Pattern[str]
    about: re.Pattern[str]
    between: re.Pattern[str]
    lead: re.Pattern[str]
    weak: re.Pattern[str]
    to: re.Pattern[str]
    joint: re.Pattern[str]
    chain: re.Pattern[str]
    day_lead: re.Pattern[str]
    lead_after: re.Pattern[str]
    future: re.Pattern[str]


def _spaced(words: Lexicon) -> list[tuple[str, str]]:
    begin = r"(?:(?<![^\W_])|(?<=(?<!\w)[وفبل]))" if words.language == "ar" else r"(?<![^\W_])"
    end = r"(?![^\W_])"
    months = alternation(words.months)
    days = alternation(form for form in words.days if form not in words.short_days)
    short_days = alternation(words.short_days)
    glue, article, tail = words.word("glue"), words.word("article"), words.word("year_tail")
    part = words.word("part")
    day = r"(?P<d>\d{1,2})(?!\d)"
    ordinal = rf"(?:{words.word('ordinal')}{'|[.]' if words.dotted else ''})?"
    span = rf"(?:\s?[-–—]\s?|{SP}(?P<to>{words.word('to')}|{words.word('joint')}){SP}(?:(?:{article}){SP})?)"
    weekday = rf"(?:(?P<w>(?:{days})|(?:{short_days})(?=[.,،]))(?:\.)?[,،]?{SP}(?:(?:{article}){SP})?)?"
    month = rf"(?P<m>{months}){end}\.?(?:\s?[/(]\s?(?:{months})\)?)?"
    two_digits = r"|[’']\d\d|(?<=(?-i:[A-Z])\s)\d\d"
    joint = rf"(?:[,،]?{SP}(?:(?:{glue}){SP})?|\s?[-/,.]\s?)"
    year = rf"{joint}(?P<y>{YEAR}{two_digits}){NO_MORE}(?:\s?(?:{tail}){end})?"
    year4 = year.replace(two_digits, "")  # "JULY 15" is no year
    mod = "|".join(f"(?P<{name}>{words.word(name)})" for name in ("early", "mid", "late"))
    after = "|".join(f"(?P<{name}2>{words.word(name + '_after')})" for name in ("early", "mid", "late"))
    past, coming = words.word("past"), words.word("coming")
    side = rf"(?:(?P<past>{past})|(?P<coming>{coming}))"
    rel = alternation(words.relative)
    side2 = rf"(?!(?:{rel}){end})" + side.replace("<past>", "<past2>").replace("<coming>", "<coming2>")
    if words.language == "ar":  # "the day" is today only alone or before a weekday's name
        today = alternation(["اليوم"])
        rel = rel.replace(f"|{today}|", rf"|{today}(?:(?=\s(?:{days}))|(?!\sال))|")
    clock = r"[%h:]|[ap][.]?m|uhr|uur|час|годин|horas|ore|o[’']clock"
    no_day = rf"(?!\d|[.,:/]\d|[%h]|{SP}?(?:{clock})|\.?{SP}(?:(?:{glue}){SP})?(?:{months}))"
    shapes = [
        (
            "dmy",
            rf"{begin}{weekday}(?:(?<!\d[.,:/])(?P<d0>\d{{1,2}}){ordinal}{span})?"
            rf"(?<!\d[.,:/])(?<!\d){day}{ordinal}(?:\s?[-/]\s?|{SP}|)"
            rf"(?:(?:{glue}){SP})?{month}(?:{year})?(?!\d)",
        ),
        (
            "month",
            rf"{begin}(?:(?:{mod})(?:{SP}|-|(?<=[’']))(?:(?:de|d[’']|of|di|von|do){SP})?)?(?:{side}{SP})?{month}"
            rf"(?:{SP}{side2}{end})?(?:{year4})?(?:{after})?",
        ),
        (
            "weekday",
            rf"{begin}(?P<core>(?:{side}{SP})?(?P<w>{days})(?P<tail>{words.word('tail')})?{end}(?:{SP}{side2}{end})?"
            rf"(?P<part>{SP}(?:{part}){end})?)(?:[,،]?{SP}?\(?(?:{article}{SP})?(?P<d>\d{{1,2}}){no_day}"
            rf"\)?(?:{words.word('ordinal')})?{end})?",
        ),
        ("rel", rf"{begin}(?P<rel>{rel}){end}(?:{SP}(?:{part}){end})?"),
        ("year_mod", rf"{begin}(?:{mod})(?:{SP}|-)(?P<y>{YEAR}){NO_MORE}(?:\s?(?:{tail}))?"),
    ]
    if words.language == "en" or words.month_first:
        english = span.replace("<to>", "<to2>")
        shapes.insert(
            1,
            (
                "mdy",
                rf"{begin}{weekday}(?P<m>{months}){end}\.?{SP}(?:the{SP})?(?P<d>\d{{1,2}})"
                rf"(?!\d|[:/]\d|[.,]\d{{1,3}}(?!\d)){ordinal}(?:{english}(?P<d2>\d{{1,2}})(?!\d){ordinal})?"
                rf"(?:(?:,{SP}?|{SP})(?P<y>{YEAR}|[’']\d\d){NO_MORE})?{end}",
            ),
        )
        shapes.append(("monthday", rf"(?<=\bon\sthe\s)(?P<d>\d{{1,2}})(?:st|nd|rd|th){end}(?!\s+(?:of\s)?[^\W\d])"))
    shapes += [(f"counted {sign} {unit}", rf"{begin}(?:{pattern}){end}") for pattern, unit, sign in words.counted]
    return shapes


def _cjk(words: Lexicon) -> list[tuple[str, str]]:
    days = alternation(words.days)
    parts = {name: words.word(f"{name}_after") for name in ("early", "mid", "late")}
    after = "|".join(f"(?P<{name}>{form})" for name, form in parts.items())
    rel = alternation(words.relative)
    number = rf"(?:\d{{1,2}}|[{KANJI}]{{1,3}})"
    weekday = rf"(?:{MARK}\s?(?:[(（](?P<w1>{days}|[月火水木金土日])[)）]|(?P<w>{days})))?"
    year = rf"(?P<y>\d{{4}}|[{KANJI}]{{4}})\s?[年년]\s?"
    shapes = [
        (
            "dmy",
            rf"(?<!\d)(?:{year}|(?P<rely>{rel})の?)?(?P<m>{number})\s?[月월]\s?"
            rf"(?:(?P<d0>{number})\s?[日号號일]?\s?(?:[-–~～〜至到]|から)\s?)?"
            rf"(?P<d>{number})\s?[日号號일](?![间間]){weekday}",
        ),
        ("month", rf"(?<!\d)(?:{year}|(?P<rely>{rel})の?)?(?P<m>{number})\s?[月월](?!間)(?:{after})?"),
        ("year", rf"(?<!\d){year}(?![前後后间間])(?P<tail>度)?(?:{after})?"),
        ("weekday", rf"(?:(?P<shift>上|本|这|這|下)(?:个|個)?)?(?P<w>{days})"),
        ("weekday", r"(?P<shift>上|本|这|這|下)(?:个|個)?(?:周|週|星期|礼拜|禮拜)(?P<cw>[一二三四五六日天])"),
        (
            "monthday",
            rf"(?<![\d月월年{KANJI}第])(?P<rely>{rel})?(?P<d>\d{{1,2}})\s?日(?![间間内以前後后連連续目本报報])"
            r"(?:[(（](?P<w>[月火水木金土日])[)）])?",
        ),
        ("rel", rf"(?P<rel>{rel})"),
    ]
    shapes += [(f"counted {sign} {unit}", pattern) for pattern, unit, sign in words.counted]
    return shapes


def _numeric(words: Lexicon) -> list[tuple[str, str]]:
    shapes = [
        (
            "iso",
            rf"(?<![\d.,/-])(?P<y>\d{{4}})(?P<sep>[-/.]){MARK}(?P<m>\d{{1,2}})(?P=sep){MARK}"
            r"(?P<d>\d{1,2})(?!\d|[.,/-]\d)",
        ),
        (
            "numeric",
            rf"(?<![\d.,/-])(?P<a>\d{{1,2}}){MARK}(?P<sep>[-/.])\s?{MARK}(?P<b>\d{{1,2}}){MARK}"
            rf"(?P=sep)\s?{MARK}(?P<y>\d{{4}})(?!\d|[.,/-]\d)",
        ),
        ("iso_month", r"(?<![\d.,/-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?!\d|[.,/-]\d)"),
    ]
    short = "[/.]" if words.dotted else "/"
    shapes.append(
        (
            "numeric",
            rf"(?<![\d.,/-])(?P<a>\d{{1,2}})(?P<sep>{short})(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d\d)(?!\d|[.,/-]\d|\s?%)",
        )
    )
    if words.dotted:
        shapes.append(("numeric", r"(?<![\d.,/-])(?P<a>\d{1,2})\.\s?(?P<b>0\d|1[0-2]|[1-9])\.(?!\s?\d)"))
    shapes.append(
        ("decade", r"(?<![\d.,/$€£-])(?P<y>(?:1[89]|20)\d0)(?:s|['’]s|er(?:\sJahren?)?|-[хйе]|-е\sгоды)(?![^\W_])")
    )
    shapes.append(
        ("years", rf"(?<![\d.,/$€£-])(?P<y>{CENTURY}\d\d)\s?[-–/]\s?(?P<y2>{CENTURY}?\d\d)(?![\d%]|[.,/-]\d)")
    )
    tail = words.word("year_tail")
    shapes.append(
        ("year", rf"(?<![\d.,/$€£’'+-])(?P<y>{CENTURY}\d\d)(?!\d|[.,:/]\d|\s?%|-\d)(?P<tail>\s?(?:{tail})(?![^\W_]))?")
    )
    return shapes


@lru_cache(maxsize=64)
def patterns(tag: str) -> Patterns:
    """All patterns for a BCP 47 tag."""
    words = lexicon(tag)
    shapes = (_spaced(words) if words.spaced and words.language != "ko" else _cjk(words)) + _numeric(words)
    bound = r"(?<![^\W_])" if words.spaced else ""
    article = rf"(?:{words.word('article')}|the|le|la|les|el|il|lo|dem|den|der)"

    def before(key: str) -> re.Pattern[str]:
        gap = r"(?:\s{1,3}|(?<=[’']))" if words.spaced else r"\s?"
        return re.compile(rf"{bound}(?:{words.word(key)}){gap}(?:{article}\s)?[(]?$", re.I)

    return Patterns(
        words=words,
        shapes=tuple((name, re.compile(shape, re.I)) for name, shape in shapes),
        since=before("since"),
        until=before("until"),
        since_after=re.compile(words.word("since_after"), re.I),
        until_after=re.compile(words.word("until_after"), re.I),
        about=before("about"),
        between=before("between"),
        lead=before("lead"),
        weak=before("weak"),
        to=re.compile(rf"\s?[-–—]\s?|\s{{0,3}}(?:{words.word('to')})\s{{0,3}}(?:{article}\s)?", re.I),
        chain=re.compile(
            rf"(?:\d{{4}}|{alternation(words.months)})"
            rf"(?:\s?[-–—]\s?|\s(?:{words.word('to')}|{words.word('joint')})\s(?:{article}\s)?)$",
            re.I,
        ),
        day_lead=before("day_lead"),
        lead_after=re.compile(words.word("lead_after"), re.I),
        joint=re.compile(rf"\s{{0,3}}(?:{words.word('joint')})\s{{0,3}}(?:{article}\s)?", re.I),
        future=re.compile(rf"{bound}(?:{words.word('future')})" + (r"(?![^\W_])" if words.spaced else ""), re.I),
    )
