"""A story as CSV (RFC 4180): one row per claim, with the column names of UCDP GED where they fit."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..schemas import Article, Copy, DateValue, Evidence, MergedSummary, Name, Quantity, Record, Text, YesNo
from .cells import list_cell, number_cell, text_cell
from .event_dates import event_dates
from .rows import Row, rows_of


def story_csv(story: MergedSummary) -> str:
    """Every claim of a story as a row under a header; lines end in CR LF, text cells are safe (`cells`), no BOM.

    Without a byte order mark, because RFC 4180 knows none and programs other than spreadsheets take it for a part of
    the first column's name.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(name for name, _ in COLUMNS)
    for row in rows_of(story):
        writer.writerow(cell(row) for _, cell in COLUMNS)
    return out.getvalue()


def _text(of: Callable[[Row], str | None]) -> Callable[[Row], str]:
    return lambda row: text_cell(of(row))


def _texts(of: Callable[[Row], Iterable[str | None]]) -> Callable[[Row], str]:
    return lambda row: list_cell(of(row))


def _number(of: Callable[[Row], float | None]) -> Callable[[Row], str]:
    return lambda row: number_cell(of(row))


def _flag(of: Callable[[Row], bool | None]) -> Callable[[Row], str]:
    return lambda row: "" if (flag := of(row)) is None else str(flag).lower()


def _json(of: Callable[[Row], Sequence[Record]]) -> Callable[[Row], str]:
    """Records that no cell has the shape for, as a JSON array; an empty cell for none."""

    def cell(row: Row) -> str:
        records = of(row)
        data = [record.model_dump(mode="json") for record in records]
        return text_cell(json.dumps(data, ensure_ascii=False)) if data else ""

    return cell


def _of_evidence(of: Callable[[Evidence], Any]) -> Callable[[Row], Any]:
    """What is taken from the first evidence span; None where a claim has none."""
    return lambda row: of(row.claim.evidence[0]) if row.claim.evidence else None


def _published(row: Row) -> list[Article | Copy]:
    """The claim's article, then its copies."""
    return [row.article, *row.article.copies]


def _reference(item: Article | Copy) -> str:
    """A source as UCDP's source_article gives it: name, date, title."""
    return ",".join(part for part in (item.outlet, item.published, item.title) if part)


def _quantity(row: Row) -> Quantity | None:
    return row.claim.value if isinstance(row.claim.value, Quantity) else None


def _date(row: Row) -> DateValue | None:
    return row.claim.value if isinstance(row.claim.value, DateValue) else None


def _words(row: Row) -> str | None:
    """The value where it is neither a quantity nor a date."""
    match row.claim.value:
        case YesNo(answer=words) | Name(name=words) | Text(text=words):
            return words
    return None


COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    # what became of the claim
    ("list", _text(lambda row: row.list)),
    ("question_id", _text(lambda row: row.comparison.id if row.comparison else None)),
    ("question", _text(lambda row: row.comparison.question if row.comparison else row.claim.question)),
    ("relation", _text(lambda row: row.disagreement.relation.value if row.disagreement else None)),
    ("subtype", _text(lambda row: row.disagreement.subtype if row.disagreement else None)),
    ("severity", _text(lambda row: row.disagreement.severity if row.disagreement else None)),
    ("decided_by", _text(lambda row: row.judged.decided_by if row.judged else None)),
    ("rationale", _text(lambda row: row.judged.rationale if row.judged else None)),
    # the estimate of the question
    ("low", _number(lambda row: row.estimate.low if row.estimate else None)),
    ("best", _number(lambda row: row.estimate.best if row.estimate else None)),
    ("high", _number(lambda row: row.estimate.high if row.estimate else None)),
    ("estimate_rule", _text(lambda row: row.estimate.rule if row.estimate else None)),
    ("estimate_unit", _text(lambda row: row.estimate.unit if row.estimate else None)),
    ("number_of_sources", _number(lambda row: row.sources)),
    ("independent_sources", _number(lambda row: row.agreement.independent_sources if row.agreement else None)),
    ("changes", _json(lambda row: row.comparison.changes if row.comparison else ())),
    # the position
    ("position", _number(lambda row: row.number)),
    ("position_answer", _text(lambda row: row.position.answer if row.position else None)),
    ("voices", _json(lambda row: row.position.voices if row.position else ())),
    # the claim
    ("claim_id", _text(lambda row: row.claim.id)),
    ("claim_question", _text(lambda row: row.claim.question)),
    ("answer", _text(lambda row: row.claim.answer)),
    ("kind", _text(lambda row: row.claim.value.kind)),
    ("value_low", _number(lambda row: value.low if (value := _quantity(row)) else None)),
    ("value_high", _number(lambda row: value.high if (value := _quantity(row)) else None)),
    ("qualifier", _text(lambda row: value.qualifier.value if (value := _quantity(row)) else None)),
    ("unit", _text(lambda row: value.unit if (value := _quantity(row)) else None)),
    ("value_date", _text(lambda row: value.edtf if (value := _date(row)) else None)),
    ("value_time", _text(lambda row: value.time if (value := _date(row)) else None)),
    ("value_approximate", _flag(lambda row: value.approximate if (value := _date(row)) else None)),
    ("value_text", _text(_words)),
    ("source_original", _text(lambda row: row.claim.attributed_to)),
    ("stance", _text(lambda row: row.claim.stance.value)),
    ("certainty", _text(lambda row: row.claim.certainty.value)),
    ("as_of", _text(lambda row: row.claim.as_of)),
    ("as_of_basis", _text(lambda row: row.claim.as_of_basis)),
    ("period", _text(lambda row: row.claim.period)),
    ("date_start", _text(lambda row: event_dates(row.claim).start)),
    ("date_end", _text(lambda row: event_dates(row.claim).end)),
    ("date_prec", _number(lambda row: event_dates(row.claim).precision)),
    ("date_basis", _text(lambda row: event_dates(row.claim).basis)),
    ("scope_place", _text(lambda row: row.claim.scope.place)),
    ("scope_group", _text(lambda row: row.claim.scope.group)),
    ("scope_definition", _text(lambda row: row.claim.scope.definition)),
    ("revises", _flag(lambda row: row.claim.revises)),
    ("superseded", _flag(lambda row: row.claim.superseded)),
    # what it rests on, and what code checked
    ("evidence_start", _number(_of_evidence(lambda evidence: evidence.start))),
    ("evidence_end", _number(_of_evidence(lambda evidence: evidence.end))),
    ("evidence_quote", _text(_of_evidence(lambda evidence: evidence.quote))),
    ("evidence_more", _json(lambda row: row.claim.evidence[1:])),
    ("status", _text(lambda row: row.claim.status)),
    ("failed_checks", _texts(lambda row: (check.name for check in row.claim.checks if not check.passed))),
    ("checks", _texts(lambda row: (check.name for check in row.claim.checks))),
    ("check_results", _texts(lambda row: ("passed" if check.passed else "failed" for check in row.claim.checks))),
    ("check_reasons", _texts(lambda row: (check.reason for check in row.claim.checks))),
    # the article, and its copies
    ("article", _text(lambda row: row.article.id)),
    ("language", _text(lambda row: row.article.language)),
    ("source_article", _texts(lambda row: map(_reference, _published(row)))),
    ("source_office", _texts(lambda row: (item.outlet for item in _published(row)))),
    ("source_date", _texts(lambda row: (item.published for item in _published(row)))),
    ("source_headline", _texts(lambda row: (item.title for item in _published(row)))),
    ("source_byline", _texts(lambda row: (item.byline for item in _published(row)))),
    ("source_id", _texts(lambda row: (item.id for item in _published(row)))),
    ("source_url", _texts(lambda row: (item.url for item in _published(row)))),
    ("source_sha256", _texts(lambda row: (item.sha256 for item in _published(row)))),
)
"""Each column's name and what stands in it; `docs/formats.md` describes them."""
