"""Inputs for fuzzing: structured like news, nasty in every part; sentences, files, proposals, claims and summaries."""

import codecs
from typing import Any

from hypothesis import strategies as st

from summarizer import Article, EventSummary
from summarizer.errors import InputError
from summarizer.extract import Proposed, Reading, read
from summarizer.schemas import (
    Certainty,
    Check,
    Cited,
    Claim,
    DateValue,
    Evidence,
    Failure,
    Name,
    Qualifier,
    Quantity,
    Scope,
    Stance,
    Text,
    Usage,
    Value,
    YesNo,
)
from summarizer.schemas import Article as ArticleRecord
from summarizer.schemas.edtf import check_edtf

from .claims import PROVENANCE, Draft

LANGUAGES = [None, "en", "en", "fr", "es", "de", "it", "pt-BR", "nl", "ru", "uk", "ar", "fa", "he", "zh-Hant", "ja"]
LANGUAGES += ["ko", "hi", "th", "tr", "pl", "xx", "sr-Latn"]

_SAID = """
The police said|according to the coast guard|selon la préfecture|la policía informó|teilte die Feuerwehr mit
сообщили в полиции|قالت الشرطة|警方表示|警察によると|पुलिस ने कहा|polisin açıklamasına göre|told reporters|Reuters
Elke Varn|the mayor of Karsholm|Velluny Lines|НОРВИК|إلكه فارن|a spokesman|as of Monday|both the police and the hospital
"""
_DID = """
people were killed|were injured|sont mortes|blessés|fueron detenidos|Tote und Verletzte|погибли|ранены|قتلى|جرحى
死亡|受伤|人が負傷|मारे गए|öldü|went missing|were arrested|children|civilians|the gunman|others|in total|seriously
neither confirmed nor denied|denied that|a démenti|bestätigte|نفى|否认|отрицает|allegedly|revised|down from|previously
How many|took part|homes|tonnes|of the fire|in Karsholm|near Velden|What|blamed|claimed responsibility|one of them
"""
_FIGURES = """
0|1|2|3|5|12|37|41|600|1,400|1.400|1 400|1\u202f400|12'300|12,5|4.2 million|4,2 Mio.|3 milliards|٣٧|۱۲|६०|三百|三十七人
数十人|二|dozens|a dozen|half a dozen|twenty-one|vingt et un|des dizaines|сотни|десятки|عشرات|hundreds of thousands|none
no one|one|a third|two thirds|½|1½|²|①|Ⅳ|50%|50 %|٪٥٠|$3m|€1.5bn|US$ 20|₹10 crore|131 feet (40 m)|40 m|60 km/h|7.2
between 5 and 7|5 to 7 million|10-12|10–12|entre 5 et 7|at least 100|more than 10,000|some 10,000|jusqu'à 3|минимум 5
less than 2|up to 40|around a hundred|in his 30s|aged 51|nr. 7|A6|Boeing 737|+7 495 123-45-67|1st|3rd|12.|1e9|007|1,2,3
1/2|99999999999999999999|1000000000000000000000000000000000000000|1.2.3.4|0.1|−5|-5|1,000,000,000,000 trillion|万|億|千万
"""
_DATES = """
on 12 April 2031|2031-05-03|03/05/2031|31 February|29 February 2031|0000-00-00|99 May|May 9999|le 3 mai|am 3. Mai
3 мая 2031 года|٣ مايو ٢٠٣١|5月3日|二〇三一年五月三日|३ मई|3 Mayıs|yesterday|on Monday|lundi|last week|since 2019|until Friday
in December|im Dezember|between May and June|from 3 to 5 May|1 January 1|in the 1990s|20310503|in 2031|last year|يوم الثلاثاء
from 5 to 3 May 2031|32 mai 2031|the 3rd of May|الخميس|昨日|3-5 May 2031|next Monday|two days ago|100 years ago|99999 days ago
"""
_TIMES = "9:42 p.m.|21 h 45|21:45|25:61|24:00|noon|midnight|00h|at 9.42|kl. 7|下午3点|午後三時半|٩:٤٢|9:42 GMT|half past nine"
_SIGNS = [
    *". . , , ; : ? ! … 。 ، ؟ । ' \" « » “ ” „ 「 」 ( ) [ ] { } < > - – — / \\ * _ # | ` ~ & % @ $ ^ = +".split(" "),
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\x0b",
    "\x0c",
    "\x1c",
    "\u2028",
    "\u2029",
    "\u0085",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2068",
    "\u2069",
    "\ufeff",
    "\u00ad",
    "\u0301",
    "\ufe0f",
    "\ufffd",
    "\U000e0041",
    "\x1b[31m",
    "\x07",
    "👨‍👩‍👧",
    "🇫🇷",
    "ß",
    "İ",
    "ı",
    "ﬁ",
    "ǅ",
    "ﷺ",
    "\U0010ffff",
    "---",
    "# ",
    "- ",
    "> ",
    "https://a.example/1?b=2",
    "[/b]",
    "<script>",
    "<!-- -->",
    "Photo:",
    "Read also:",
    "KARSHOLM, May 3 (Wire) –",
]
_LONG = st.builds(
    lambda sign, times: sign * times,
    st.sampled_from([*"a9(\"“«-.á漢 ", "1,", "1 ", "٣", "no ", "five ", "said ", "\u0301", "'", "á "]),
    st.integers(20, 700),
)


def _listed(text: str) -> list[str]:
    return [part for line in text.strip().splitlines() for part in line.split("|")]


SAID, DID, FIGURES, DATES, TIMES = (_listed(text) for text in (_SAID, _DID, _FIGURES, _DATES, _TIMES))
QUESTIONS = [
    "How many people were killed in the ferry fire?",
    "How many people died in the ferry fire?",
    "How many people were injured in Karsholm?",
    "How many children were killed in the ferry fire?",
    "How old was Elke Varn?",
    "How much did the repair cost?",
    "How long is the oil slick?",
    "How deep is the shaft in Velden?",
    "What percentage of the voters took part?",
    "What is the death toll?",
    "At what time did the ferry leave?",
    "When did the ferry burn?",
    "Who owned the ferry?",
    "Who was arrested?",
    "Who is blamed for the fire?",
    "Where did the fire start?",
    "What caused the fire?",
    "Which company ran the ferry?",
    "Has Norvik confirmed that an alarm sounded?",
    "Has Norvik denied that an alarm sounded?",
    "How did the mayor describe the crews?",
    "Combien de personnes sont mortes ?",
    "من قتل؟",
]
PIECES = st.one_of(
    st.sampled_from(SAID),
    st.sampled_from(DID),
    st.sampled_from(DID),
    st.sampled_from(FIGURES),
    st.sampled_from(FIGURES),
    st.sampled_from(DATES),
    st.sampled_from(TIMES),
    st.sampled_from(_SIGNS),
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**9).map("{:,}".format),
    st.text(max_size=8),
)
"""Parts of a sentence: words of many languages, numbers, dates and times in all spellings, signs of every kind."""


def joined(pieces: Any, low: int = 1, high: int = 14) -> st.SearchStrategy[str]:
    """Pieces in a row, mostly with spaces between them."""
    return st.builds(
        lambda parts, gap: gap.join(parts),
        st.lists(pieces, min_size=low, max_size=high),
        st.sampled_from([" ", " ", " ", "", "\u00a0"]),
    )


SENTENCES = joined(PIECES)
ENDS = st.sampled_from([". ", ".\n", "。", "! ", ".\n\n", "\r\n\r\n", "؟ ", ".” ", "\n- ", "\u2028", " "])
TEXTS = st.one_of(
    st.lists(st.tuples(SENTENCES, ENDS), min_size=1, max_size=8).map(lambda parts: "".join(a + b for a, b in parts)),
    st.lists(st.one_of(SENTENCES, SENTENCES, _LONG), min_size=1, max_size=5).map(" ".join),
    st.text(max_size=200),
)
"""Texts of articles; without lone surrogates."""
BROKEN = st.builds(
    lambda text, sign, at: text[:at] + sign + text[at:],
    TEXTS,
    st.sampled_from(["\ud800", "\udfff", "\ud83d", "\x00", "\udcff\udc80"]),
    st.integers(0, 40),
)
"""Texts with a lone surrogate or a zero character in them."""


# --- files ---

_KEYS = ["title", "outlet", "published", "language", "url", "Title", "author", "tags", "", "title"]
_VALUES = st.one_of(
    SENTENCES,
    st.sampled_from(
        ["2031-05-03", "3 mai 2031", "2031-13-45", "2031-05-03T10:00:00Z", "2031", "soon", "null", "~", "no", "fr", "pt_BR"]
        + ["[a, b]", "{a: b}", "!!python/object:os.system x", "|", ">-", '"a', "'", "&a *a", "1e400", ".nan", "0x1F", "en-"]
    ),
    st.sampled_from(DATES),
)


@st.composite
def headers(draw: st.DrawFn) -> str:
    """Front matter, well-formed or not."""
    lines = [f"{draw(st.sampled_from(_KEYS))}: {draw(_VALUES)}" for _ in range(draw(st.integers(0, 4)))]
    opening, closing = draw(st.sampled_from(["---", "---", "---", "--- ", "----", "+++"])), "---"
    end = draw(st.sampled_from([closing, closing, closing, "", "...", " ---"]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return newline.join([opening, *lines, end, ""])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """The bytes of a file: any text in any encoding, with or without front matter, whole or damaged."""
    text = draw(st.one_of(TEXTS, TEXTS, BROKEN))
    if draw(st.booleans()):
        text = draw(headers()) + text
    encoding = draw(
        st.sampled_from(
            ["utf-8"] * 4
            + ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1251", "cp1256", "iso2022_jp", "gb18030"]
        )
    )
    try:
        raw = text.encode(encoding, "surrogatepass")
    except (UnicodeEncodeError, LookupError):
        raw = text.encode(encoding, "replace") if "\ud800" not in text else text.encode("utf-8", "replace")
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(st.binary(max_size=4)) + raw[at + draw(st.integers(0, 3)) :]
    if draw(st.integers(0, 9)) == 0:
        marks = [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, b"%PDF-", b"PK\x03\x04", b"<html>", b"\x1b$B"]
        raw = draw(st.sampled_from(marks)) + raw
    return raw


# --- articles and proposals ---


@st.composite
def articles(draw: st.DrawFn, id: str = "a") -> Article:
    """An article with any text that is one."""
    language = draw(st.sampled_from(LANGUAGES))
    published = draw(st.sampled_from([None, "2031-05-06", "2031-05-06", "2031-05", "2031", "0001-01-01", "9999-12-31"]))
    title = draw(st.one_of(st.none(), SENTENCES.filter(str.strip)))
    outlet = draw(st.sampled_from([None, "Harbour Gazette", "Le Quai", "صوت الميناء"]))
    text = draw(TEXTS.filter(lambda text: any(char.isalpha() for char in text)))
    try:
        made = Article.from_text(text, id=id, title=title, outlet=outlet, language=language or "en", published=published)
    except InputError:  # a text that is refused is the affair of reading
        made = Article.from_text(f"{text}\nThe ferry burned in the harbour.", id=id, language="en", outlet=outlet)
    return made.model_copy(update={"language": language})


def _slices(text: str) -> st.SearchStrategy[str]:
    places = st.integers(0, len(text))
    return st.tuples(places, places).map(lambda span: text[min(span) : max(span)])


@st.composite
def proposed(draw: st.DrawFn, reading: Reading) -> Proposed:
    """Whatever a model may say of a sentence within the bounds of its reply's schema."""
    sentence = draw(st.sampled_from(reading.sentences))
    marks = reading.marks.get(sentence.number, [])
    mark = draw(st.sampled_from([None, *marks, *marks]))
    told = st.one_of(_slices(sentence.text), joined(PIECES, high=4), st.sampled_from(["yes", "no", "unknown", "37"]))
    asked = st.one_of(st.sampled_from(QUESTIONS), st.sampled_from(QUESTIONS), joined(PIECES, high=5))
    question = draw(asked)[:180].strip() or "How many?"
    speaker = draw(st.one_of(st.just(""), st.sampled_from(SAID), _slices(sentence.text), _slices(reading.article.text)))
    speaker = speaker[:100].strip()
    if mark:
        return Proposed(sentence, question, speaker, mark)
    return Proposed(sentence, question, speaker, None, draw(told)[:120].strip() or "yes", draw(told)[:120])


@st.composite
def readings(draw: st.DrawFn, id: str = "a") -> tuple[Reading, list[Proposed]]:
    """An article made ready, and what is proposed on it."""
    reading = read(draw(articles(id)))
    if not reading.sentences:
        return reading, []
    return reading, draw(st.lists(proposed(reading), max_size=6))


# --- claims and summaries ---

EDTFS = """
2031-05-03|2031-05-03|2031-05-04|2031-05-08|2031-05|2031-06|2031|2030|2030-12|XXXX-05|XXXX-05-03|XXXX-12|..|2031-05~|2031-05-03?
2031%|2031-04/2031-06|2031-05-01/2031-05-03|../2031-05-03|2031-05-03/..|2031-21|203X|20XX|2031-05-XX|2031-XX-03|2031-05-03T10:00:00Z
2031-05-03T10:00:00+02:00|[2031-05-01,2031-05-03]|{2031-05-01..2031-05-03}|Y170000002|-0044|0000|0001-01-01|9999-12-31|/2031
2031/|unknown/2031|2031-05-03~/2031-06-01?|2028-02-29|XXXX-02-29|-0044/2031|2031-XX|9999-12~|0001~|XXXX|2031-06/2031-04
"""


def _is_edtf(text: str) -> bool:
    try:
        check_edtf(text)
    except ValueError:
        return False
    return True


DAYS = st.one_of(
    st.sampled_from([text for text in _listed(EDTFS) if _is_edtf(text)]),
    st.dates().map(str),
    st.sampled_from(["2031-05-03", "2031-05-08", "2031-05"]),
)
AMOUNTS = st.one_of(
    st.integers(0, 60).map(float),
    st.sampled_from([0.0, 1.0, 5.0, 12.0, 37.0, 40.0, 41.0, 42.0, 600.0, 598.0, 9500.0, 10000.0, 10400.0, 1e6, 4.2e6]),
    st.sampled_from([-5.0, -0.0, 0.1, 1 / 3, 0.1 + 0.2, 1e15, 2.0**53 + 2, 1e300, 1.7e308, 5e-324, -1e300]),
    st.floats(allow_nan=False, allow_infinity=False),
)
UNITS = [None] * 8 + "people soldiers m feet km miles kg tonnes USD EUR percent years months hours acres Tote".split()


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any quantity that the schema allows: open and closed ends do not always fit the hedge."""
    ends = sorted([draw(AMOUNTS), draw(AMOUNTS)])
    hedge = draw(st.sampled_from(Qualifier))
    low: float | None = ends[0]
    high: float | None = ends[0]
    match draw(st.sampled_from(["fitting", "fitting", "fitting", "closed", "low", "high"])):
        case "fitting":
            if hedge in (Qualifier.BETWEEN, Qualifier.VAGUE):
                high = ends[1]
            elif hedge in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
                high = None
            elif hedge in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
                low = None
        case "closed":
            high = ends[1]
        case "low":
            high = None
        case "high":
            low = None
    return Quantity(low=low, high=high, qualifier=hedge, unit=draw(st.sampled_from(UNITS)))


WORDINGS = st.one_of(
    st.sampled_from(["arson", "a short circuit", "Marta Lind", "Leo Brandt", "M. Lind", "Марта Линд", "مارتا ليند"]),
    st.sampled_from(["the engine room", "engine room", "heroes", "yes", "no", "37", "about 40"]),
    joined(PIECES, high=4).filter(bool),
)
TIMES_OF_DAY = ["00:00", "09:42", "09:45", "21:45", "23:59"]
YES_NO = st.builds(YesNo, answer=st.sampled_from(["yes", "no", "uncommitted"]))
VALUES: st.SearchStrategy[Value] = st.one_of(
    quantities(),
    quantities(),
    YES_NO,
    st.builds(DateValue, edtf=DAYS, time=st.sampled_from([None, *TIMES_OF_DAY]), approximate=st.booleans()),
    st.builds(Name, name=WORDINGS),
    st.builds(Text, text=WORDINGS),
)
SPEAKERS = st.one_of(st.none(), st.sampled_from(SAID), st.sampled_from(["the police", "police", "полиция", ""]), SENTENCES)


Matter = tuple[str, st.SearchStrategy[Value]]
_FIGURE = quantities()
MATTERS: list[Matter] = [
    (QUESTIONS[0], _FIGURE),
    (QUESTIONS[0], st.builds(Quantity, low=st.integers(1, 50), high=st.just(50), qualifier=st.sampled_from(Qualifier))),
    (QUESTIONS[5], _FIGURE),
    (QUESTIONS[7], _FIGURE),
    (QUESTIONS[10], st.builds(DateValue, edtf=DAYS, time=st.sampled_from(TIMES_OF_DAY), approximate=st.booleans())),
    (QUESTIONS[11], st.builds(DateValue, edtf=DAYS)),
    (QUESTIONS[12], st.builds(Name, name=WORDINGS)),
    (QUESTIONS[16], st.builds(Text, text=WORDINGS)),
    (QUESTIONS[17], st.builds(Text, text=WORDINGS)),
    (QUESTIONS[18], YES_NO),
    (QUESTIONS[20], st.builds(Text, text=WORDINGS)),
]
"""Questions with values of their kind, so that the answers of several articles meet."""


@st.composite
def claims(draw: st.DrawFn, article: ArticleRecord, number: int, matters: list[Matter]) -> Claim:
    """Any claim of an article that the schema allows; mostly on one of the `matters` that other articles tell of."""
    text = article.text
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    question, values = draw(st.sampled_from(matters))
    if draw(st.integers(0, 3)) == 0:
        question, values = draw(st.one_of(st.sampled_from(QUESTIONS), SENTENCES.filter(bool))), VALUES
    value = draw(values)
    answer = draw(WORDINGS) if not isinstance(value, Name | Text) else getattr(value, value.kind)
    as_of = draw(st.one_of(st.none(), DAYS, DAYS))
    failed = draw(st.integers(0, 5)) == 0
    checks = [Check(name="evidence", passed=True)]
    if failed:
        checks.append(Check(name="number", passed=False, reason=draw(st.one_of(st.none(), SENTENCES))))
    return Claim(
        id=f"{article.id}#{number}",
        article=article.id,
        question=question,
        answer=answer,
        value=value,
        attributed_to=draw(SPEAKERS),
        stance=draw(st.sampled_from(Stance)),
        certainty=draw(st.sampled_from(Certainty)),
        as_of=as_of,
        as_of_basis=draw(st.sampled_from(["stated", "published"])) if as_of else None,
        period=draw(st.one_of(st.none(), st.none(), DAYS)),
        scope=Scope(
            place=draw(st.sampled_from([None, None, "Karsholm", "Velden", ""])),
            group=draw(st.sampled_from([None, None, "children", "civilians, children", ", "])),
            definition=draw(st.sampled_from([None, None, "includes_attacker", "others", "nationwide, excludes_attacker"])),
        ),
        revises=draw(st.booleans()),
        superseded=draw(st.integers(0, 3)) == 0,
        evidence=(Evidence(article=article.id, start=start, end=end, quote=text[start:end]),),
        status="unverified" if failed else "verified",
        checks=tuple(checks),
    )


@st.composite
def summaries(draw: st.DrawFn, id: str, matters: list[Matter]) -> EventSummary:
    """A summary of one article with any claims that the schema allows."""
    text = draw(st.one_of(TEXTS.filter(bool), st.just("The ferry burned. Nobody knows more.")))
    article = ArticleRecord(
        id=id,
        text=text,
        title=draw(st.one_of(st.none(), SENTENCES)),
        outlet=draw(st.sampled_from([None, "", "Harbour Gazette", "Le Quai", "صوت الميناء", "[b]Reuters"])),
        language=draw(st.sampled_from(LANGUAGES)),
        published=draw(st.one_of(st.none(), DAYS)),
        url=draw(st.sampled_from([None, "https://a.example/1|2"])),
    )
    made = tuple(draw(claims(article, number, matters)) for number in range(1, draw(st.integers(0, 5)) + 1))
    verified = [claim.id for claim in made if claim.verified]
    cited = st.none()
    if verified:
        cited = st.one_of(st.none(), st.builds(Cited, text=SENTENCES.filter(bool), claims=st.just((verified[0],))))
    failed = [Failure(article=id, stage="extract", reason=draw(SENTENCES), hint=draw(SENTENCES), partial=True)]
    return EventSummary(
        article=article,
        headline=draw(cited),
        what=draw(cited),
        when=draw(cited),
        claims=made,
        failures=tuple(failed) if draw(st.integers(0, 5)) == 0 else (),
        usage=Usage(calls=draw(st.integers(0, 10**6)), output_tokens=draw(st.integers(0, 10**9))),
        provenance=PROVENANCE,
    )


IDS = ["a", "b", "c", "d", "صوت", "a#1", "x y|[z]"]


@st.composite
def stories(draw: st.DrawFn) -> list[EventSummary]:
    """Summaries of one to four articles."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
    matters = draw(st.lists(st.sampled_from(MATTERS), min_size=1, max_size=3))
    return [draw(summaries(id, matters)) for id in ids]


ONE_DAY = ["2031-05-03", "2031-05-03", "2031-05-08", "2031-05", "2031-05-08T10:00:00Z", "XXXX-05-03", "..", None]


PLAIN_MATTERS: list[Matter] = [
    (QUESTIONS[0], st.integers(20, 60).map(lambda amount: Quantity(low=amount, high=amount))),
    (QUESTIONS[5], st.integers(20, 60).map(lambda amount: Quantity(low=amount, high=amount, unit="EUR"))),
    (QUESTIONS[10], st.builds(DateValue, edtf=st.just("2031-05-03"), time=st.sampled_from(TIMES_OF_DAY))),
    (QUESTIONS[11], st.builds(DateValue, edtf=st.dates().map(str))),
    (QUESTIONS[12], st.builds(Name, name=st.sampled_from(["Marta Lind", "Leo Brandt", "Norvik"]))),
    (QUESTIONS[16], st.builds(Text, text=st.sampled_from(["arson", "a short circuit", "an act of arson"]))),
    (QUESTIONS[18], YES_NO),
]
"""Values of which two are the same or not: none lies between two others, as "in May" does between two days of it."""


@st.composite
def plain_stories(draw: st.DrawFn) -> list[EventSummary]:
    """Articles that each answer a few questions once, with figures of one size: no article decides what is compared."""
    asked = draw(st.lists(st.sampled_from(PLAIN_MATTERS), min_size=1, max_size=3, unique=True))
    made = []
    for id in IDS[: draw(st.integers(2, 4))]:
        draft = Draft(id, draw(st.sampled_from(ONE_DAY)))
        for question, values in asked:
            if draw(st.integers(0, 4)) == 0:
                continue
            draft.claim(
                question,
                draw(values),
                attributed_to=draw(st.sampled_from([None, "the police", "the hospital", "Norvik"])),
                certainty=draw(st.sampled_from(Certainty)),
                revises=draw(st.booleans()),
                period=draw(st.sampled_from([None, None, "2031-05", "2031-05-03"])),
                place=draw(st.sampled_from([None, None, "Karsholm"])),
                definition=draw(st.sampled_from([None, None, None, "includes_attacker"])),
            )
        made.append(draft.summary())
    return made
