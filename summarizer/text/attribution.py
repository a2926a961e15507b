"""Find whom a sentence itself names as its source: "according to X", "X said", "selon X", "по словам X", "据X"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .folding import fold_each
from .lexicon import load
from .transliteration import plain

MAX_CHARS = 90
"""The longest source, in characters; what is longer was not understood."""
_MAX_WORDS = 12
_MAX_SENTENCE = 3000  # characters looked at: what is longer is a list or table, and patterns would take long
_JOINS = re.compile(r"\b(?:and|but|while|et|mais|contre|y|e|pero|und|aber|ma|mas|en|i|и|а|та)\b", re.IGNORECASE)
_STRONG = 5  # clauses that a semicolon or a full stop stands for
_CLAUSE_COSTS = 60  # characters that the end of a clause stands for between a source and its figure
_MAX_SUBJECT = 8  # words of a subject before its verb; at the start of the sentence, `_MAX_WORDS`

_CLAUSE_END = re.compile(r"[,;:!?()«»\"„“”‘—–\n]|\s-\s|\.(?!\w)|\.\Z|[،؛؟。，、；：！？「」『』]")
_ABBREVIATED = re.compile(r"(?:\A|[\s(])(?:mr|mrs|ms|dr|gen|lt|col|capt|sgt|st|mme|m|prof|[^\W\d_])\Z")
_ACRONYM = re.compile(r"\s?\([A-ZÀ-ÞА-ЯІЇЄ]{2,10}\)")
_APPOSITION = re.compile(r", (?:[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+(?: (?=[A-ZÀ-ÞА-ЯІЇЄҐ])|(?=[.,]))){1,4}(?=[.,])")
_AROUND_SUBJECT = re.compile(
    r"\A(?:(?:then|later|meanwhile|earlier|puis|luego|poi|dann|anche|also)\s+)+|(?:\s+(?:also|later|earlier|then|still"
    r"|further|reportedly|previously|également|aussi|también|anche|inoltre|auch|também|ook|and|et|y|e|und|en|i|и|та))+\Z",
    re.IGNORECASE,
)
"""Adverbs between a source and its verb, or before it: they are not part of its name."""
_OPEN_END = re.compile(
    r"(?:\A|\s)(?:an?|the|un|une|des|les|el|los|las|il|gli|ein|eine|der|die|das|um|uma)\Z", re.IGNORECASE
)
_HAN_TIME = r"(?:(?:上?周|星期|礼拜)[一二三四五六日天]|今天|昨天|昨日|今日|当天|\d+[日号]|随后|此后|稍后)"
_ZH = (
    re.compile(
        r"据(?P<x>[^，,。；：\s“”「」据]{2,20}?)(?:的?(?:说法|消息|统计|通报|数据|介绍)|称|说|表示|报道|透露|通报)[，,。：:]?"
    ),
    re.compile(
        rf"(?:\A|[，,。；”」])\s*(?:{_HAN_TIME})*(?P<x>[^，,。；：\s“”「」\d]{{2,14}}?)(?:{_HAN_TIME})*(?:表示|称|说|宣布|透露|指出|通报)[，,：:“「]"
    ),
)
_ZH_NOT = re.compile(
    r"\A(?:他|她|它|我|你|这|那|有人|其|了解|悉|报道|此|并|也|还|但|而|目前|初步|不完全)|[了着过]|可以|据"
)
_JA = (
    re.compile(
        r"(?:\A|[、。」])\s*(?P<x>[^、。「」\d]{2,20}?)(?:の(?:発表|説明|話|まとめ))?に(?:よると|よれば|よりますと)"
    ),
    re.compile(
        r"\A\s*(?P<x>[^、。「」\d]{2,20}?)は.*(?:と(?:発表した|述べた|明らかにした|語った|話した|説明した|発表しました|主張した|話す|話している)|を(?:発表した|明らかにした|否定した))。?\s*\Z"
    ),
)
_JA_NOT = re.compile(r"\A(?:これ|それ|彼|同氏|私|一方|また|この|その)")
_TR_GOERE = re.compile(r"(?:\A|[,;“”\"] ?)(?P<x>[^,;.“”\"]{2,80}?) göre\b")
_TR_SAID = re.compile(
    r"\A(?P<x>[^,;“”\"]{2,80}), .*\b(?:söyledi|söylediler|açıkladı|açıkladılar|belirtti|"
    r"belirttiler|ifade etti|duyurdu|bildirdi|dedi|kaydetti)[.\s”\"]*\Z"
)
_TR_SUFFIX = re.compile(r"['’][^\W\d_]{1,5}\Z")
_TR_CALL = re.compile(
    r" (?:verdiği|yaptığı|açıkladığı|paylaştığı) \w+\Z| (?:açıklamasına|verilerine|bilgilerine|sözlerine|raporuna)\Z"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    verbs: re.Pattern[str] | None
    inverted: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    opening_end: re.Pattern[str] | None
    around: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    stop: re.Pattern[str] | None
    barred: re.Pattern[str]
    unsafe: re.Pattern[str] | None
    preposition: re.Pattern[str] | None
    lead: re.Pattern[str] | None
    v2: bool


def _word(pattern: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?<![\w'])(?:{pattern})(?!\w)") if pattern else None


@cache
def _rules(language: str) -> _Rules | None:
    entry = load("attribution").get(language)
    if not isinstance(entry, dict):
        return None
    time = entry.get("time") or "(?!)"
    before = entry.get("before", "")
    inverted = entry.get("inverted", "")
    return _Rules(
        before=re.compile(rf"(?<!\w)(?:{before})(?:(?<=')|(?<=\sل)|\s+)[«\"“„]?\s*") if before else None,
        after=_word(entry.get("after", "")) if language != "tr" else None,
        verbs=_word(entry.get("verbs", "")),
        inverted=re.compile(rf"[,،»\"”“–—-]\s*(?:{inverted})\s+(?:(?:{time})\s+)*") if inverted else None,
        opening=re.compile(rf"\Aو?(?:{entry['opening']})\s+") if "opening" in entry else None,
        opening_end=_word(entry.get("opening_end", "")),
        around=tuple(
            (re.compile(rf"(?<!\w)(?:{left})\s+"), re.compile(rf"\s+(?:{right})(?!\w)"))
            for left, right in entry.get("around", [])
        ),
        stop=_word(entry.get("stop", "")),
        barred=re.compile(rf"(?:{entry.get('not') or '(?!)'})\b"),
        unsafe=_word(entry.get("unsafe", "")),
        preposition=re.compile(rf"(?:{entry['preposition']})\s+") if "preposition" in entry else None,
        lead=re.compile(rf"(?:{entry['lead']})\s+") if "lead" in entry else None,
        v2=bool(entry.get("v2")),
    )


def _languages(sentence: str, language: str | None) -> list[str]:
    if language:
        return [language.replace("_", "-").split("-")[0].lower()]
    if re.search(r"[\u3040-\u30ff]", sentence):
        return ["ja"]
    if re.search(r"[\u4e00-\u9fff]", sentence):
        return ["zh"]
    if re.search(r"[\u0600-\u06ff]", sentence):
        return ["ar"]
    if re.search(r"[\u0400-\u04ff]", sentence):
        return ["uk"] if re.search(r"[іїєґІЇЄҐ]", sentence) else ["ru"]
    return ["en", "fr", "es", "de", "it", "pt", "nl", "pl", "tr"]


def find_attribution(sentence: str, language: str | None = None, about: tuple[int, int] | None = None) -> str | None:
    """The source that a sentence names, as a verbatim slice of it; None where it names none or it is unclear which.

    `language` is BCP 47; None tries what the script allows. `about` is the span of the figure whose source is asked
    for, where a sentence names several ("4,000 according to A, 700 according to B"). Pronouns ("he said") are none.
    """
    found = find_attributions(sentence, language)
    if not found:
        return None
    if about is None or len({text for _, _, text in found}) == 1:
        return found[0][2]
    return min(found, key=lambda source: _apart(sentence, source[:2], about))[2]


def find_attributions(sentence: str, language: str | None = None) -> list[tuple[int, int, str]]:
    """All sources that a sentence names, the surest first: start, end and slice; spans may overlap."""
    sentence = sentence[:_MAX_SENTENCE]
    found: list[tuple[int, int, str]] = []
    for code in _languages(sentence, language):
        for start, end in _spans(sentence, code):
            text = sentence[start:end]
            left = len(text) - len(text.lstrip(" \t\u00a0'’\"“”«»-–—"))
            text = sentence[start + left : end].rstrip(" \t\u00a0'\"“”«»,;:-–—")
            lead = _AROUND_SUBJECT.match(text)
            left += lead.end() if lead else 0
            text = bare_source(text)
            if _OPEN_END.search(text):
                continue  # "took an" of "took an estimated 900": the verb is no verb of saying there
            if 1 < len(text) <= MAX_CHARS and len(text.split()) <= _MAX_WORDS and any(c.isalpha() for c in text):
                found.append((start + left, start + left + len(text), text))
        if found:
            break
    return found


def bare_source(text: str) -> str:
    """A source without the adverbs that stand between it and its verb: "The mayor then also" -> "The mayor"."""
    return _AROUND_SUBJECT.sub("", text)


def _apart(sentence: str, source: tuple[int, int], figure: tuple[int, int]) -> int:
    """Characters between a source and a figure; the end of a clause between them counts for many."""
    first, last = (source[1], figure[0]) if source[1] <= figure[0] else (figure[1], source[0])
    between = sentence[first:last]
    clauses = len(_CLAUSE_END.findall(between)) + len(_JOINS.findall(between))
    clauses += _STRONG * len(re.findall(r"[;؛；]|\.\s", between))
    return max(0, last - first) + _CLAUSE_COSTS * clauses


def tells_of_saying(sentence: str, language: str | None = None) -> bool:
    """Whether a sentence holds any word by which sources are named: "said", "according to", a quotation with a verb.

    True where the language has no word list.
    """
    low = fold_each(sentence[:_MAX_SENTENCE])
    for code in _languages(sentence, language):
        rules = _rules(code)
        if rules is None or code in ("zh", "ja", "tr"):
            return True
        patterns = (rules.before, rules.after, rules.verbs, rules.inverted, *(p for pair in rules.around for p in pair))
        if any(pattern and pattern.search(low) for pattern in patterns):
            return True
    return False


def _spans(sentence: str, code: str) -> Iterator[tuple[int, int]]:
    """Candidate spans, the surest first."""
    if code in ("zh", "ja"):
        patterns, barred = (_ZH, _ZH_NOT) if code == "zh" else (_JA, _JA_NOT)
        for pattern in patterns:
            for match in pattern.finditer(sentence):
                if not barred.search(match["x"]):
                    yield match.span("x")
        return
    low = fold_each(sentence)
    rules = _rules(code)
    if rules is None:
        return
    if code == "tr":
        yield from _turkish(sentence, low, rules)
        return
    if rules.before:
        for match in rules.before.finditer(low):
            yield from _ahead(sentence, low, match.end(), rules, opens=not low[: match.start()].strip(" \"'-"))
    for left, right in rules.around:
        for match in left.finditer(low):
            tail = right.search(low, match.end())
            if tail and not _CLAUSE_END.search(low[match.end() : tail.start()]):
                yield from _checked(sentence, low, match.end(), _cut(low, match.end(), tail.start(), rules), rules)
    if rules.after:
        for match in rules.after.finditer(low):
            yield from _behind(sentence, low, match.start(), rules)
    if rules.inverted:
        for match in rules.inverted.finditer(low):
            yield from _ahead(sentence, low, match.end(), rules, opens=False)
    if rules.opening and rules.opening_end and (opened := rules.opening.match(low)):
        end = _clause_end(sentence, low, opened.end())
        tail = rules.opening_end.search(low, opened.end(), end)
        # Verb first, then the source: what follows must show where the source ends.
        if tail or low[end : end + 1] == ":":
            end = tail.start() if tail else end
            yield from _checked(sentence, low, opened.end(), _cut(low, opened.end(), end, rules), rules)
    if rules.verbs:
        for match in rules.verbs.finditer(low):
            yield from _behind(sentence, low, match.start(), rules)


def _clause_end(sentence: str, low: str, start: int) -> int:
    """Where the clause from `start` ends; the full stop of "Mr. Lee" does not end it."""
    at = start
    while match := _CLAUSE_END.search(low, at):
        if match.group() != "." or not _ABBREVIATED.search(low[start : match.start()]):
            return match.start()
        at = match.end()
    return len(sentence)


def _cut(low: str, start: int, end: int, rules: _Rules) -> int:
    stops = [match.start() for pattern in (rules.stop,) if pattern and (match := pattern.search(low, start, end))]
    digit = re.compile(r"(?<![\w-])\d").search(low, start, end)
    return min([end, *stops, *([digit.start()] if digit else [])])


def _ahead(sentence: str, low: str, start: int, rules: _Rules, *, opens: bool) -> Iterator[tuple[int, int]]:
    """A source behind its marker: up to the end of the clause or the first word that ends a source."""
    end = _clause_end(sentence, low, start)
    cut = _cut(low, start, end, rules)
    # "According to police the march …": without a comma nobody knows where the source ends.
    if opens and cut < end and not rules.v2:
        return
    if opens and cut == end and end < len(low) and low[end] not in ",،:(–—":
        return
    if opens and end == len(low):
        return
    if cut == end and (acronym := _ACRONYM.match(sentence, end - 1 if low[end - 1 : end] == " " else end)):
        cut = acronym.end()
    elif cut == end and (apposition := _APPOSITION.match(sentence, end)):
        cut = apposition.end()
    yield from _checked(sentence, low, start, cut, rules)


def _behind(sentence: str, low: str, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    """A source before its verb: from the start of the clause, if that holds nothing but a short noun phrase."""
    start = 0
    for match in _CLAUSE_END.finditer(low, 0, end):
        if match.group() != "." or not _ABBREVIATED.search(low[start : match.start()]):
            start = match.end()
    while start < end and low[start] in " \t\u00a0'\"-":
        start += 1
    opens = not low[:start].strip(" \t\u00a0'\"-")
    if rules.lead and (lead := rules.lead.match(low, start, end)):
        start = lead.end()
    piece = low[start:end]
    if len(piece.split()) > (_MAX_WORDS if opens else _MAX_SUBJECT) or re.search(r"(?<![\w-])\d", piece):
        return
    if any(pattern and pattern.search(piece) for pattern in (rules.unsafe, rules.stop, rules.verbs)):
        return
    yield from _checked(sentence, low, start, end, rules)


def _checked(sentence: str, low: str, start: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    while start < end and low[start] in " \t\u00a0'\"-":
        start += 1
    if rules.preposition and (match := rules.preposition.match(low, start, end)):
        start = match.end()
    if start >= end or rules.barred.match(low, start, end):
        return
    if rules.unsafe and rules.unsafe.search(low, start, end):
        return
    if not re.search(r"[^\W\d_]{2}", low[start:end]):
        return
    yield start, end


def _turkish(sentence: str, low: str, rules: _Rules) -> Iterator[tuple[int, int]]:
    for match in _TR_GOERE.finditer(low):
        start, end = match.span("x")
        if tail := _TR_CALL.search(low[start:end]):
            end = start + tail.start()
        if rules.barred.match(low, start, end) or len(low[start:end].split()) > 4:
            continue
        if suffix := _TR_SUFFIX.search(sentence[start:end]):
            end = start + suffix.start()
        yield start, end
    if said := _TR_SAID.search(low):
        start, end = said.span("x")
        if len(plain(sentence[start:end]).split()) <= 5:
            yield start, end
        elif name := re.search(r"(?:[A-ZÇĞİÖŞÜ][\w’'-]+ ){1,3}[A-ZÇĞİÖŞÜ][\w’'-]+\Z", sentence[start:end]):
            yield start + name.start(), end
