"""Summaries with any claims on a few questions: what must hold of every merge is tried on them."""

from typing import Any

from hypothesis import strategies as st

from summarizer.schemas import EventSummary, Qualifier

from .claims import INJURED, KILLED, Draft, drafts

MARCH = "How many people took part in the Lantern March in Karsholm?"
ALARM = "Has Norvik confirmed that an alarm sounded on the ferry?"
CAUSE = "What caused the fire on the ferry in Sorvik Bay?"
LEFT = "At what time did the ferry leave Karsholm?"
OWNER = "Who owned the ferry that burned in Sorvik Bay?"
BURNED = "When did the ferry burn?"


@st.composite
def summaries(draw: st.DrawFn) -> list[EventSummary]:
    """Any articles, with any claims, dated or not, verified or not."""
    dates = draw(st.lists(st.sampled_from([None, "2031-05-03", "2031-05-05", "2031"]), min_size=1, max_size=4))
    made: list[EventSummary] = []
    for draft in drafts(*dates):
        for _ in range(draw(st.integers(0, 5))):
            _write(draw, draft)
        made.append(draft.summary(headline=draw(st.booleans()), calls=draw(st.integers(0, 9))))
    return made


def _write(draw: st.DrawFn, draft: Draft) -> None:
    fields: dict[str, Any] = {
        "attributed_to": draw(st.sampled_from([None, "the police", "the organisers", "Norvik"])),
        "period": draw(st.sampled_from([None, None, "2030-12", "XXXX-12", ".."])),
        "place": draw(st.sampled_from([None, None, "Karsholm"])),
        "revises": draw(st.booleans()),
    }
    match draw(st.sampled_from(["figure", "figure", "yes_no", "time", "date", "name", "text", "unverified"])):
        case "figure":
            hedge, low = draw(st.sampled_from(list(Qualifier))), draw(st.integers(0, 50))
            high: Any = low + draw(st.integers(0, 20)) if hedge in (Qualifier.BETWEEN, Qualifier.VAGUE) else "same"
            draft.figure(draw(st.sampled_from([KILLED, INJURED, MARCH])), low, high, hedge=hedge, **fields)
        case "yes_no":
            draft.yes_no(ALARM, draw(st.sampled_from(["yes", "no", "uncommitted"])), **fields)
        case "time":
            draft.time(LEFT, draw(st.sampled_from(["09:42", "09:45", "21:00"])), about=draw(st.booleans()), **fields)
        case "date":
            draft.date(BURNED, draw(st.sampled_from(["2031-05-02", "2031-05", "XXXX-05-02", ".."])), **fields)
        case "name":
            draft.name(OWNER, draw(st.sampled_from(["Marta Lind", "Leo Brandt", "Norvik"])), **fields)
        case "text":
            draft.wording(CAUSE, draw(st.sampled_from(["arson", "a short circuit", "a faulty pump"])), **fields)
        case _:
            draft.unverified(KILLED, "40", "number", "40 does not stand in the evidence", **fields)
