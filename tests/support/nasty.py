"""Texts, files and proposals for fuzzing: structured like news, nasty in every part."""

import codecs
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from summarizer import Article
from summarizer.errors import InputError
from summarizer.extract import Proposed, Reading, read

PARTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parents[1] / "data/nasty.toml").read_text(encoding="utf-8"))
QUESTIONS = PARTS["questions"]
LANGUAGES = [None, "en", "en", "fr", "es", "de", "it", "pt-BR", "nl", "ru", "uk", "ar", "fa", "he", "zh-Hant", "ja"]
LANGUAGES += ["ko", "hi", "th", "tr", "pl", "xx", "sr-Latn"]
_LONG = st.builds(
    lambda sign, times: sign * times,
    st.sampled_from([*'a9("“«-.á漢 ', "1,", "1 ", "٣", "no ", "five ", "said ", "\u0301", "'", "á "]),
    st.integers(20, 700),
)

PIECES = st.one_of(
    *(st.sampled_from(PARTS[name]) for name in ("said", "did", "did", "figures", "figures", "dates", "times", "signs")),
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**9).map("{:,}".format),
    st.text(max_size=8),
)
"""Parts of a sentence."""


def joined(pieces: Any, low: int = 1, high: int = 14) -> st.SearchStrategy[str]:
    """Pieces in a row, mostly with spaces between them."""
    return st.builds(
        lambda parts, gap: gap.join(parts),
        st.lists(pieces, min_size=low, max_size=high),
        st.sampled_from([" ", " ", " ", "", "\u00a0"]),
    )


SENTENCES = joined(PIECES)
NEWS = st.builds(
    "{} {} {} in Karsholm{}.".format,
    st.sampled_from(["12", "37", "At least 12", "About 40", "Dozens of"]),
    st.sampled_from(["people", "children"]),
    st.sampled_from(["were killed", "were injured"]),
    st.sampled_from(["", "", ", the police said", " on Monday"]),
)
"""Sentences of few kinds: several often say the same."""
ENDS = st.sampled_from([". ", ".\n", "。", "! ", ".\n\n", "\r\n\r\n", "؟ ", ".” ", "\n- ", "\u2028", " "])
TEXTS = st.one_of(
    st.lists(st.tuples(SENTENCES, ENDS), min_size=1, max_size=8).map(lambda parts: "".join(a + b for a, b in parts)),
    st.lists(NEWS, min_size=1, max_size=4).map(" ".join),
    st.lists(st.one_of(SENTENCES, SENTENCES, NEWS, _LONG), min_size=1, max_size=5).map(" ".join),
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

_VALUES = st.one_of(SENTENCES, st.sampled_from(PARTS["header_values"]), st.sampled_from(PARTS["dates"]))


@st.composite
def headers(draw: st.DrawFn) -> str:
    """Front matter, well-formed or not."""
    lines = [f"{draw(st.sampled_from(PARTS['header_keys']))}: {draw(_VALUES)}" for _ in range(draw(st.integers(0, 4)))]
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
        marks = [
            codecs.BOM_UTF8,
            codecs.BOM_UTF16_LE,
            codecs.BOM_UTF32_BE,
            b"%PDF-",
            b"PK\x03\x04",
            b"<html>",
            b"\x1b$B",
        ]
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
        made = Article.from_text(
            text, id=id, title=title, outlet=outlet, language=language or "en", published=published
        )
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
    if draw(st.booleans()):  # what fits
        question = f"How many people were {draw(st.sampled_from(['killed', 'injured']))} in Karsholm?"
        count = draw(st.sampled_from(["12", "37", "40"]))
        words = draw(st.sampled_from([sentence.text[:20], count]))
        return Proposed(sentence, question, "", mark, "" if mark else f"{count} people", "" if mark else words)
    told = st.one_of(_slices(sentence.text), joined(PIECES, high=4), st.sampled_from(["yes", "no", "unknown", "37"]))
    asked = st.one_of(st.sampled_from(QUESTIONS), st.sampled_from(QUESTIONS), joined(PIECES, high=5))
    question = draw(asked)[:180].strip() or "How many?"
    speaker = draw(
        st.one_of(st.just(""), st.sampled_from(PARTS["said"]), _slices(sentence.text), _slices(reading.article.text))
    )
    speaker = speaker[:100].strip()
    if mark:
        return Proposed(sentence, question, speaker, mark)
    return Proposed(sentence, question, speaker, None, draw(told)[:120].strip() or "yes", draw(told)[:120])


@st.composite
def readings(draw: st.DrawFn, id: str = "a") -> tuple[Reading, list[Proposed]]:
    """An article made ready, and what is proposed on it."""
    if draw(st.booleans()):
        told = " ".join(draw(st.lists(NEWS, min_size=2, max_size=5)))
        reading = read(Article.from_text(told, id=id, language="en", published="2031-05-06"))
        if draw(st.booleans()):  # one question of all
            asked, answer = (
                "How many people were killed in Karsholm?",
                draw(st.sampled_from(["12 people", "37 people"])),
            )
            made = [Proposed(s, asked, "", mark) for s in reading.sentences for mark in reading.marks.get(s.number, [])]
            return reading, [*made, *(Proposed(s, asked, "", None, answer, "people") for s in reading.sentences)]
    else:
        reading = read(draw(articles(id)))
    if not reading.sentences:
        return reading, []
    made = draw(st.lists(proposed(reading), max_size=5))
    return reading, [*made, *made[: draw(st.integers(0, 2))]]
