"""CSV and JSON Lines: what is written is read back by parsers that are not ours, whatever the articles say."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pandas
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import samples
from support.expected import STORIES, story_of
from support.generated import SAID, TRICKY, stories

from summarizer.render.cells import list_cell, number_cell, read_cell, read_list, text_cell
from summarizer.render.event_dates import EventDates, event_dates
from summarizer.render.jsonl import story_jsonl
from summarizer.render.table import COLUMNS, story_csv
from summarizer.schemas import Article, Change, Check, Claim, Copy, DateValue, Evidence, MergedSummary, Voice

ANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
NUMERIC = {
    "low", "best", "high", "number_of_sources", "independent_sources", "position", "value_low", "value_high",
    "date_prec", "evidence_start", "evidence_end",
}  # fmt: skip
FLAGS = {"value_approximate", "revises", "superseded"}
LISTS = {
    "failed_checks", "checks", "check_results", "check_reasons", "source_article", "source_office", "source_date",
    "source_headline", "source_byline", "source_id", "source_url", "source_sha256",
}  # fmt: skip
COMPUTED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠\t\r]")
"""How a text begins that a spreadsheet takes for a formula."""


# --- reading back ---


def with_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def with_pandas(text: str) -> list[dict[str, str]]:
    frame = pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_values=[])
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def decoded(row: dict[str, str]) -> dict[str, Any]:
    """The cells as `docs/formats.md` says that they are read; what is empty is None."""
    out: dict[str, Any] = {}
    for name, cell in row.items():
        if name in LISTS:
            out[name] = [item or None for item in read_list(cell)]
        elif name in NUMERIC:
            out[name] = float(cell) if cell else None
        elif name in FLAGS:
            out[name] = {"": None, "true": True, "false": False}[cell]
        else:
            out[name] = read_cell(cell) or None
    return out


def value_of(row: dict[str, Any]) -> dict[str, Any]:
    match row["kind"]:
        case "quantity":
            return {
                "kind": "quantity",
                "low": row["value_low"],
                "high": row["value_high"],
                "qualifier": row["qualifier"],
                "unit": row["unit"],
            }
        case "date":
            return {
                "kind": "date",
                "edtf": row["value_date"],
                "time": row["value_time"],
                "approximate": row["value_approximate"],
            }
        case kind:
            return {"kind": kind, {"yes_no": "answer", "name": "name", "text": "text"}[kind]: row["value_text"]}


def claim_of(row: dict[str, Any]) -> Claim:
    """The claim that a row tells, built from its cells alone."""
    span = {name: row[f"evidence_{name}"] for name in ("start", "end", "quote")}
    first = [Evidence(article=row["article"], **span)] if span["quote"] else []
    more = [Evidence.model_validate(item) for item in json.loads(row["evidence_more"] or "[]")]
    told = zip(row["checks"], row["check_results"], row["check_reasons"], strict=True)
    checks = tuple(Check(name=name, passed=result == "passed", reason=reason) for name, result, reason in told)
    assert [check.name for check in checks if not check.passed] == [name for name in row["failed_checks"] if name]
    return Claim(
        id=row["claim_id"], article=row["article"], question=row["claim_question"], answer=row["answer"],
        value=value_of(row), attributed_to=row["source_original"], stance=row["stance"], certainty=row["certainty"],
        as_of=row["as_of"], as_of_basis=row["as_of_basis"], period=row["period"],
        scope={name: row[f"scope_{name}"] for name in ("place", "group", "definition")}, revises=row["revises"],
        superseded=row["superseded"], evidence=(*first, *more),
        status=row["status"], checks=checks,
    )  # fmt: skip


def sources_of(row: dict[str, Any]) -> list[tuple[str | None, ...]]:
    names = (
        "source_id", "source_headline", "source_office", "source_byline", "source_date", "source_url", "source_sha256",
    )  # fmt: skip
    return list(zip(*(row[name] for name in names), strict=True))


def published(item: Article | Copy) -> tuple[str | None, ...]:
    return item.id, item.title, item.outlet, item.byline, item.published, item.url, item.sha256


def check_rows(story: MergedSummary, rows: list[dict[str, str]]) -> None:
    """That the rows tell all that the format holds of a story, in the order of the result."""
    read = [decoded(row) for row in rows]
    articles = {article.id: article for article in story.articles}
    expected: list[tuple[str, Any, Any, int | None, Claim]] = [
        (name, item, position, number, claim)
        for name, items in (
            ("disagreement", story.disagreements),
            ("agreement", story.agreements),
            ("single_source", story.single_source),
        )
        for item in items
        for number, position in enumerate(item.positions, 1)
        for claim in position.claims
    ]
    expected += [("unverified", None, None, None, claim) for claim in story.unverified]
    assert len(read) == len(expected)
    for row, (name, item, position, number, claim) in zip(read, expected, strict=True):
        assert claim_of(row) == claim
        assert row["list"] == name
        article = articles[claim.article]
        assert row["language"] == article.language
        assert sources_of(row) == [published(article), *map(published, article.copies)]
        assert row["position"] == number
        assert row["question_id"] == (item.id if item else None)
        assert row["question"] == (item.question if item else claim.question)
        for column, field in (
            ("relation", "relation"), ("subtype", "subtype"), ("severity", "severity"), ("decided_by", "decided_by"),
            ("rationale", "rationale"), ("independent_sources", "independent_sources"),
        ):  # fmt: skip
            assert row[column] == getattr(item, field, None)
        estimate = getattr(item, "estimate", None)
        told = [row[column] for column in ("low", "best", "high", "estimate_rule", "estimate_unit")]
        assert told == ([*estimate.model_dump().values()] if estimate else [None] * 5)
        assert row["position_answer"] == (position.answer if position else None)
        voices = [Voice.model_validate(voice) for voice in json.loads(row["voices"] or "[]")]
        assert voices == list(position.voices if position else ())
        changes = [Change.model_validate(change) for change in json.loads(row["changes"] or "[]")]
        assert changes == list(item.changes if item else ())
        assert row["number_of_sources"] == (len({id for p in item.positions for id in p.articles}) if item else 1)


@pytest.mark.parametrize("read", [with_csv, with_pandas])
@ANY
@given(stories())
def test_csv_gives_back_every_field_it_holds(read: Callable[[str], list[dict[str, str]]], story: MergedSummary) -> None:
    check_rows(story, read(story_csv(story)))


@pytest.mark.parametrize("name", [*STORIES, ""])
def test_csv_of_the_examples_gives_back_every_field_it_holds(name: str) -> None:
    story = story_of(name) if name else samples.story()
    check_rows(story, with_csv(story_csv(story)))
    check_rows(story, with_pandas(story_csv(story)))


def test_every_column_is_read_as_what_it_is() -> None:
    names = [name for name, _ in COLUMNS]
    assert len(set(names)) == len(names)
    assert set(names) >= NUMERIC | FLAGS | LISTS


# --- cells ---


@settings(max_examples=300, deadline=None)
@given(SAID)
@example("'=1")
@example("''")
@example("\\u003d")
@example(" ＝1")
def test_a_text_comes_back_and_computes_nothing(text: str) -> None:
    cell = text_cell(text)
    assert read_cell(cell) == text
    assert not COMPUTED.match(cell)
    for part in re.split("[;|\n]", cell)[1:]:
        assert not COMPUTED.match(part), cell
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\U000e0000-\U000e007f]", cell)


@settings(max_examples=200, deadline=None)
@given(st.lists(SAID | st.just(""), min_size=1, max_size=4))
@example(["'", "'a"])
@example([";", "=1", ""])
def test_a_list_comes_back_and_computes_nothing(items: list[str]) -> None:
    cell = list_cell(items)
    assert read_list(cell) == items
    assert not COMPUTED.match(cell)
    assert not any(COMPUTED.match(part) for part in re.split("[;|\n]", cell)[1:])


@pytest.mark.parametrize(
    "text", ["Three people died, police said.", "at least 12", "«Cinq morts»; deux blessés", "é\n"]
)
def test_ordinary_text_stands_as_it_is(text: str) -> None:
    assert text_cell(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("-5 degrees", "'-5 degrees"),
        ("'quoted'", "''quoted'"),
        ("＋1", "'＋1"),
        (" @x", "' @x"),
        ("a;=1", "a;\\u003d1"),
        ("red\x1b[0m", "red\\u001b[0m"),
        ("C:\\temp", "C:\\\\temp"),
        ("\U000e0041", "\\udb40\\udc41"),
        (None, ""),
    ],
)
def test_what_is_written_for_what(text: str | None, cell: str) -> None:
    assert text_cell(text) == cell


@pytest.mark.parametrize(
    ("number", "cell"), [(None, ""), (-5.0, "-5"), (12, "12"), (4.5, "4.5"), (-0.25, "-0.25"), (1e300, "1e+300")]
)
def test_numbers_stay_numbers(number: float | None, cell: str) -> None:
    assert number_cell(number) == cell
    assert number is None or float(cell) == number


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back(number: float) -> None:
    assert float(number_cell(number)) == number


def test_a_negative_figure_is_a_number_for_pandas() -> None:
    cold = samples.claim(
        samples.ENGLISH, 9, "How cold was it?", "-5", samples.ENGLISH.text[:9],
        value={"kind": "quantity", "low": -5, "high": -5, "unit": "°C"},
    )  # fmt: skip
    story = samples.story(unverified=(cold.model_copy(update=_failing(cold)),))
    frame = pandas.read_csv(io.StringIO(story_csv(story)))
    assert frame["value_low"].iloc[-1] == -5
    assert frame["value_low"].dtype == float
    assert frame["answer"].iloc[-1] == "'-5"


def _failing(claim: Claim) -> dict[str, Any]:
    return {"status": "unverified", "checks": (Check(name="number", passed=False, reason="r"),)}


# --- the file ---


def test_the_file_is_rfc_4180_without_a_byte_order_mark() -> None:
    text = story_csv(samples.story())
    assert text.startswith("list,question_id,")
    assert text.endswith("\r\n")
    lines = text.split("\r\n")
    assert len(lines) == 1 + len(samples.claims()) + 1
    assert not any("\n" in line for line in lines)


def test_a_story_without_claims_is_a_header() -> None:
    bare = samples.story(headline=None, narrative=(), disagreements=(), agreements=(), single_source=(), unverified=())
    assert story_csv(bare) == ",".join(name for name, _ in COLUMNS) + "\r\n"
    assert story_jsonl(bare) == ""


def test_copies_stand_beside_their_article_in_the_columns_of_sources() -> None:
    copy = Copy(id="le-phare-2", outlet="Le Fanal; édition du soir", published="2031-05-04", sha256="0" * 64)
    articles = (samples.FRENCH.model_copy(update={"copies": (copy,)}), samples.ENGLISH, samples.ARABIC)
    [row] = [row for row in with_csv(story_csv(samples.story(articles=articles))) if row["claim_id"] == "le-phare#1"]
    assert row["source_office"] == "Le Phare;Le Fanal\\u003b édition du soir"
    assert read_list(row["source_office"]) == ["Le Phare", "Le Fanal; édition du soir"]
    assert row["source_date"] == "2031-05-03;2031-05-04"
    assert row["number_of_sources"] == "3"


# --- dates as UCDP codes them ---


@pytest.mark.parametrize(
    ("period", "start", "end", "precision"),
    [
        ("2031-05-03", "2031-05-03", "2031-05-03", 1),
        ("2031-05-03~", "2031-05-03", "2031-05-03", 2),
        ("2031-05-03?", "2031-05-03", "2031-05-03", 2),
        ("2031-05-03/2031-05-04", "2031-05-03", "2031-05-04", 2),
        ("2031-05-03/2031-05-08", "2031-05-03", "2031-05-08", 2),
        ("2031-05-03/2031-05-09", "2031-05-03", "2031-05-09", 3),
        ("2031-05-03/2031-05-10", "2031-05-03", "2031-05-10", 4),
        ("2031-05", "2031-05-01", "2031-05-31", 4),
        ("2031-02", "2031-02-01", "2031-02-28", 4),
        ("2031-05/2031-06", "2031-05-01", "2031-06-30", 5),
        ("2031", "2031-01-01", "2031-12-31", 5),
        ("2032", "2032-01-01", "2032-12-31", 5),
        ("2031/2032", "2031-01-01", "2032-12-31", None),
        ("2031-05/..", "2031-05-01", None, None),
        ("../2031-05", None, "2031-05-31", None),
    ],
)
def test_periods_become_days_with_a_precision(
    period: str, start: str | None, end: str | None, precision: int | None
) -> None:
    claim = samples.claims()["hurt_en"].model_copy(update={"period": period})
    assert event_dates(claim) == EventDates(start, end, precision, "period")


@pytest.mark.parametrize("period", [None, "..", "XXXX-12"])
def test_without_a_place_on_the_calendar_there_are_no_days(period: str | None) -> None:
    """`as_of`, which dates what is known, does not stand in for when it happened."""
    claim = samples.claims()["hurt_en"].model_copy(update={"period": period})
    assert claim.as_of
    assert event_dates(claim) == EventDates()


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        (DateValue(edtf="2029-01-07"), 1),
        (DateValue(edtf="2029-01-07", approximate=True), 2),
        (DateValue(edtf="2029-01-07", time="21:45", approximate=True), 1),
    ],
)
def test_a_date_that_is_the_answer_is_the_events_date(value: DateValue, precision: int) -> None:
    claim = samples.claims()["began_en"].model_copy(update={"value": value})
    assert event_dates(claim) == EventDates("2029-01-07", "2029-01-07", precision, "answer")


# --- JSON Lines ---


def rebuilt(lines: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The four lists of a story, from its lines alone."""
    lists: dict[str, dict[str, Any]] = {"disagreement": {}, "agreement": {}, "single_source": {}}
    unverified = []
    for line in lines:
        if line["list"] == "unverified":
            unverified.append(line["claim"])
            continue
        item = lists[line["list"]].setdefault(
            line["question_id"],
            {
                "id": line["question_id"],
                "question": line["question"],
                "positions": {},
                "changes": line["changes"],
                "judged": line["judged"],
            },
        )
        if line["list"] != "single_source":
            item |= {"decided_by": line["decided_by"], "rationale": line["rationale"]}
        if line["list"] == "agreement":
            item["independent_sources"] = line["independent_sources"]
        if line["list"] == "disagreement":
            item |= {name: line[name] for name in ("relation", "subtype", "severity", "estimate")}
        told = dict(line["position"])
        position = item["positions"].setdefault(told.pop("number"), {**told, "claims": [], "evidence": []})
        position["claims"].append(line["claim"])
        position["evidence"] += line["claim"]["evidence"]
    found = {
        name: [{**item, "positions": list(item["positions"].values())} for item in items.values()]
        for name, items in lists.items()
    }
    return {**found, "unverified": unverified}


def check_lines(story: MergedSummary) -> None:
    text = story_jsonl(story)
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == text.count("\n")
    whole = json.loads(story.model_dump_json())
    found = rebuilt(lines)
    for name, key in (
        ("disagreement", "disagreements"), ("agreement", "agreements"), ("single_source", "single_source"),
        ("unverified", "unverified"),
    ):  # fmt: skip
        assert found[name] == whole[key]
    articles = {article.pop("id"): article for article in whole["articles"]}
    for line in lines:
        article = articles[line["claim"]["article"]]
        assert line["article"] == {"id": line["claim"]["article"], **{k: v for k, v in article.items() if k != "text"}}
    assert len({tuple(line) for line in lines}) <= 1  # the same keys in the same order


@ANY
@given(stories())
def test_the_lists_of_a_story_can_be_built_from_its_lines(story: MergedSummary) -> None:
    check_lines(story)


@pytest.mark.parametrize("name", [*STORIES, ""])
def test_the_lists_of_the_examples_can_be_built_from_their_lines(name: str) -> None:
    check_lines(story_of(name) if name else samples.story())


def test_lines_make_a_data_frame() -> None:
    frame = pandas.read_json(io.StringIO(story_jsonl(samples.story())), lines=True)
    assert len(frame) == len(samples.claims())
    assert frame.groupby("list").size().to_dict() == {
        "agreement": 3, "disagreement": 9, "single_source": 1, "unverified": 2,
    }  # fmt: skip


def test_tricky_texts_are_tricky() -> None:
    assert sum(text_cell(text) != text for text in TRICKY) > 15
