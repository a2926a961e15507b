"""Results as JSON Lines, one object a line: a claim with what stands around it, or a summary."""

import json
from collections.abc import Sequence
from typing import Any

from ..schemas import EventSummary, MergedSummary
from .rows import Row, rows_of
from .safe import json_safe


def story_jsonl(story: MergedSummary) -> str:
    """One claim a line, in the order of the result; every line has the same keys, in the same order.

    `claim` is the claim of the JSON Schema, whole; `position` and `estimate` are null where there is none. The lists of
    the story can be built again from the lines alone.
    """
    return "".join(json_safe(json.dumps(_line(row), ensure_ascii=False)) + "\n" for row in rows_of(story))


def summaries_jsonl(summaries: Sequence[EventSummary]) -> str:
    """One EventSummary a line, as `summarizer merge` reads it."""
    return "".join(json_safe(summary.model_dump_json()) + "\n" for summary in summaries)


def _line(row: Row) -> dict[str, Any]:
    comparison, judged, disagreement, position = row.comparison, row.judged, row.disagreement, row.position
    told = position.model_dump(mode="json", exclude={"claims", "evidence"}) if position else {}
    return {
        "list": row.list,
        "question_id": comparison.id if comparison else None,
        "question": comparison.question if comparison else row.claim.question,
        "relation": disagreement.relation.value if disagreement else None,
        "subtype": disagreement.subtype if disagreement else None,
        "severity": disagreement.severity if disagreement else None,
        "decided_by": judged.decided_by if judged else None,
        "rationale": judged.rationale if judged else None,
        "independent_sources": row.agreement.independent_sources if row.agreement else None,
        "number_of_sources": row.sources,
        "estimate": row.estimate.model_dump(mode="json") if row.estimate else None,
        "changes": [change.model_dump(mode="json") for change in comparison.changes] if comparison else [],
        "judged": [one.model_dump(mode="json") for one in comparison.judged] if comparison else [],
        "position": {"number": row.number, **told} if position else None,
        "claim": row.claim.model_dump(mode="json"),
        "article": row.article.model_dump(mode="json", exclude={"text"}),
    }
