"""The `stages` command: perfect claims in, so that what is missed is the fault of aligning or comparing alone."""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import report
from .groups import Group, Row, Wanted, places
from .score import add_story_options, score, stories

if TYPE_CHECKING:
    from summarizer.extract import Reading
    from summarizer.schemas import Article, Claim, EventSummary, Value
    from summarizer.sentences import Sentence

_TEMPLATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"(?P<how>seriously )?(?:injured|wounded)(?P<rest>.*)",
        (
            "How many people were {how}injured{rest}?",
            "How many were {how}wounded{rest}?",
            "What was the number of people {how}hurt{rest}?",
        ),
    ),
    (
        r"killed(?P<rest>.*)",
        (
            "How many people were killed{rest}?",
            "What was the death toll{rest}?",
            "How many people died{rest}?",
        ),
    ),
    (
        r"arrests(?P<rest>.*)",
        (
            "How many people were arrested{rest}?",
            "How many arrests were made{rest}?",
            "How many people did the police detain{rest}?",
        ),
    ),
    (
        r"participants(?P<rest>.*)",
        (
            "How many people took part{rest}?",
            "How many demonstrators were there{rest}?",
            "How many participants were counted{rest}?",
        ),
    ),
    (
        r"age(?: of (?P<of>.*))?",
        ("How old was {of}?", "What was the age of {of}?", "How many years old was {of}?"),
    ),
    (
        r"(?P<what>.+?),? in (?P<unit>metres|centimetres|millimetres|euros)",
        ("How many {unit} was the {what}?", "What was the {what} in {unit}?", "What is the {what}?"),
    ),
    (r"(?P<what>magnitude.*)", ("What was the {what}?", "How high was the {what}?", "What {what} was measured?")),
    (r"(?P<what>.+ number)", ("What was the {what}?", "What is the {what}?", "Which {what} is given?")),
    (
        r"(?P<what>.+)",
        ("How many {what} were there?", "What was the number of {what}?", "How many {what} were reported?"),
    ),
)
"""How a reader may ask for what a slot names; the first pattern that fits the slot, one wording for each article."""
_TIMES = ("At what time was the {what}?", "What time was the {what}?", "When was the {what}?")
_TEXTS = ("What was the {what}?", "What is known about the {what}?", "Which {what} is told?")
_ASKED = ("{What}?", "Is it told {what}?", "What is known about {what}?")
_SIDES = ("Has it been confirmed: {what}?", "Is it confirmed: {what}?", "Was it confirmed: {what}?")
_SIDE = {"affirmed": "yes", "agree": "yes", "denied": "no", "disagree": "no", "uncommitted": "uncommitted"}
_QUALIFIERS = {"about": "about", "nearly": "about", "after": "about"}
_LOWER = frozenset({"at_least", "more_than"})
_UPPER = frozenset({"at_most", "less_than"})


_HEADING = """\
Perfect claims in, rules alone: what is lost here is lost by aligning (not aligned) or by comparing (relation).
Answers in free words stay uncertain without a model; what evidence and claims count here says nothing.
"""


def add_parser(subparsers: Any) -> None:
    """Add the `stages` command."""
    parser = subparsers.add_parser(
        "stages", help="measure aligning and comparing on perfect claims", description=__doc__
    )
    add_story_options(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="gets predictions/ and score.json")
    parser.set_defaults(func=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        groups = stories(options)
        folder = options.out / "predictions"
        folder.mkdir(parents=True, exist_ok=True)
        for group in groups:
            report.save(merged(group), folder / f"{group.id}.json")
        print(_HEADING)
        return score(groups, folder, options.out, options)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def merged(group: Group) -> dict[str, Any]:
    """The story that rules alone make of a group's expected answers, as JSON."""
    from summarizer import merge

    story: dict[str, Any] = json.loads(merge(list(perfect(group))).model_dump_json())
    return story


def perfect(group: Group) -> Iterator["EventSummary"]:
    """For each article the claims that its expected answers make, controls included, doubtful rows left out.

    Question, value and article are the row's; the sentence, its dates, its speaker and its way of counting are read
    from the article by the project's own rules, without a model.
    """
    from summarizer.articles import Article
    from summarizer.extract import read
    from summarizer.schemas import EventSummary, Provenance

    for place, (id, fields) in enumerate(group.articles.items()):
        article = Article.from_text(
            fields["text"],
            id=id,
            title=fields.get("title"),
            language=group.language(id),
            published=fields.get("date") or fields.get("published"),
        )
        made = Provenance(summarizer_version="bench", model=None)
        claims = tuple(_claims(group, article, place))
        yield EventSummary(article=read(article).article, claims=claims, provenance=made)


def _claims(group: Group, article: "Article", place: int) -> Iterator["Claim"]:
    from summarizer.extract import read

    reading = read(article)
    known: set[tuple[object, ...]] = set()
    for row in group.rows:
        for wanted in row.positions:
            if row.doubtful or wanted.article != article.id:
                continue
            question = wording(row, place)
            key = (_head(row.slot), wanted.low, wanted.high, wanted.time, wanted.value)
            if key not in known:  # two rows may hold one answer
                known.add(key)
                yield _claim(question, row, wanted, reading, f"{article.id}#{len(known)}")


def _head(slot: str) -> str:
    """What a slot asks for, without the note that tells its sides apart."""
    return re.split(r":|, | \(|(?<=participants) by ", slot)[0].strip()


def wording(row: Row, place: int) -> str:
    """The question of a row as article number `place` would put it."""
    what = _head(row.slot)
    if row.kind == "time":
        return _TIMES[place % len(_TIMES)].format(what=re.sub(r"^time(?: of the| the)? ?", "", what) or "event")
    if row.kind == "side":
        return _SIDES[place % len(_SIDES)].format(what=row.about[0] if "claim" in what else what)
    if re.match(r"(?:where|why|who|how)\b", what):
        return _ASKED[place % len(_ASKED)].format(what=what, What=what[0].upper() + what[1:])
    if row.kind == "text":
        return _TEXTS[place % len(_TEXTS)].format(what=what)
    for pattern, templates in _TEMPLATES:
        if found := re.fullmatch(pattern, what):
            parts = {name: text or "" for name, text in found.groupdict().items()}
            if "of" in parts:
                parts["of"] = parts["of"] or "the person"
            return templates[place % len(templates)].format(**parts)
    raise ValueError(f"no question for the slot {row.slot!r}")


def _claim(question: str, row: Row, wanted: Wanted, reading: "Reading", id: str) -> "Claim":
    from summarizer.schemas import Check, Claim, Evidence, Quantity, Scope
    from summarizer.speech import claim_time
    from summarizer.text.concepts import counting, find_groups
    from summarizer.text.speakers import find_attribution
    from summarizer.wording import in_words

    article = reading.article
    sentence = _sentence(row, wanted, reading)
    value = _value(row, wanted, article.published)
    mark = next((mark for mark in reading.marks.get(sentence.number, ()) if _is_of(mark.value, value)), None)
    if isinstance(value, Quantity) and mark and isinstance(mark.value, Quantity):
        value = value.model_copy(update={"unit": mark.value.unit})
    groups = sorted({mention.concept for mention in find_groups(question, "en")})
    return Claim(
        id=id,
        article=article.id,
        question=question,
        answer=in_words(value),
        value=value,
        attributed_to=find_attribution(sentence.text, article.language),
        **claim_time(sentence, mark, reading),
        scope=Scope(
            group=", ".join(groups) or None,
            definition=", ".join(sorted(counting(sentence.text, article.language))) or None,
        ),
        evidence=(Evidence(article=article.id, start=sentence.start, end=sentence.end, quote=sentence.text),),
        status="verified",
        checks=(Check(name="evidence", passed=True),),
    )


def _sentence(row: Row, wanted: Wanted, reading: "Reading") -> "Sentence":
    """The sentence in which the row quotes the article, else the first that tells the number, else the first."""
    spots = places(wanted.quote, reading.article.text)
    for sentence in reading.sentences:
        if any(sentence.start < end and start < sentence.end for start, end in spots):
            return sentence
    return next((s for s in reading.sentences if _tells(row, wanted, s, reading)), reading.sentences[0])


def _tells(row: Row, wanted: Wanted, sentence: "Sentence", reading: "Reading") -> bool:
    from summarizer.text.numbers import find_numbers

    if row.kind != "number":
        return False
    numbers = find_numbers(sentence.text, reading.article.language)
    return any((wanted.low or 0) <= number.value <= (wanted.high or 0) for number in numbers)


def _is_of(told: "Value", wanted: "Value") -> bool:
    """Whether a mark of the sentence is the expected answer, however it is hedged."""
    from summarizer.schemas import DateValue, Quantity

    if isinstance(told, Quantity) and isinstance(wanted, Quantity):
        return told.amount == wanted.amount
    if isinstance(told, DateValue) and isinstance(wanted, DateValue):
        return told.time == wanted.time
    return told == wanted


def _value(row: Row, wanted: Wanted, published: str | None) -> "Value":
    from summarizer.schemas import DateValue, Quantity, Text, YesNo

    match row.kind:
        case "number":
            return Quantity.model_validate(_bounds(wanted))
        case "time":
            about = wanted.qualifier in _QUALIFIERS
            return DateValue(edtf=published or "..", time=wanted.time, approximate=about)
        case "side" if side := _SIDE.get(wanted.value or ""):
            return YesNo.model_validate({"answer": side})
        case _:
            return Text(text=_words(row.words, wanted.value or "unknown"))


def _bounds(wanted: Wanted) -> dict[str, Any]:
    qualifier = _QUALIFIERS.get(wanted.qualifier, wanted.qualifier)
    low, high = wanted.low, wanted.high
    if qualifier in _LOWER:
        high = None
    elif qualifier in _UPPER:
        low = None
    elif qualifier not in ("about", "vague"):
        qualifier = "exactly" if low == high else "between"
    return {"low": low, "high": high, "qualifier": qualifier}


def _words(words: Mapping[str, Mapping[str, Sequence[str]]], value: str) -> str:
    """An answer in words that means a value: its name where that holds one of the words, else the first of them."""
    told: Sequence[str] = words.get(value, {}).get("any", [value])
    return value if any(word.casefold() in value.casefold() for word in told) else told[0]
