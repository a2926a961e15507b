"""What a reader's labels may say, and how they are kept: by offsets and hashes, without a word of the articles."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

LABELLED = Path(__file__).parent / "labelled"
"""Where the labels of this repository are: flags.jsonl and claims.jsonl."""
KINDS = ("flags", "claims")
FLAGS = frozenset({"contradiction", "denial", "update", "correction"})
"""Relations that say that articles differ in substance; what is flagged wrongly here costs trust."""

FLAG_LABELS = {
    "right": "the articles answer one question about one event differently, and in the way that the relation says",
    "wrong_question": "the two positions answer different questions, or count different things",
    "wrong_relation": "one question, but another relation: the answers agree, are compatible, or differ otherwise",
    "wrong_value": "a position's answer is not what its sentence says",
    "wrong_event": "the two positions are about different events",
}
CLAIM_LABELS = {
    "entailed": "whoever reads the evidence in its place knows that this is the answer to this question",
    "wrong_value": "the evidence answers the question, but not with this answer",
    "wrong_question": "the answer stands in the evidence, but answers another question",
    "not_entailed": "the evidence gives no answer to the question, or says less than the claim",
    "wrong_speaker": "entailed, but the one it is ascribed to did not say it, or is not the one who did",
}
SPEAKER_LABELS = ("right", "wrong")
FLAG_REASONS = {
    "ok": "nothing to add",
    "other_thing": "something else is counted or asked (injured for killed, an age for a number)",
    "other_group": "another part of the people or things, though counted alike (children, police)",
    "other_place": "another place",
    "other_time": "another point or span of time",
    "other_person": "another person or body",
    "other_incident": "an earlier or another event",
    "other_scope": "another way or area of counting, which the relation should have said",
    "other_source": "the sources differ, not the facts",
    "same_answer": "the two answers are the same",
    "both_true": "both can hold: items of one list, parts of one whole",
    "compatible": "one is less exact than the other",
    "later_figure": "a later figure, not a contradiction",
    "corrected": "a figure that an article revises as wrong",
    "no_order": "called an update, but nothing tells which is later",
    "no_denial": "called a denial, but nobody denies",
    "misread_number": "the number is not that of the sentence",
    "misread_words": "the words are not what the sentence says",
    "fragment": "the answer is too short or cut off to mean anything",
    "background": "from background of the story, not its event",
}
CLAIM_REASONS = {
    "ok": "nothing to add",
    "number": "wrong number",
    "unit": "wrong unit or currency",
    "hedge": "'at least', 'about' and the like lost or invented",
    "date": "wrong date",
    "time": "wrong time of day",
    "place": "wrong place",
    "name": "wrong name",
    "subject": "the question is about another subject",
    "counted_thing": "the question counts another thing",
    "stance": "denied or left open for asserted, or the other way round",
    "certainty": "feared or planned, told as if it happened",
    "cause": "wrong cause or purpose",
    "fragment": "the answer is too short or cut off to mean anything",
    "no_answer": "the evidence says nothing of what is asked",
    "invented": "something in the claim stands nowhere in the evidence",
    "translation": "mistranslated",
    "speaker_missing": "the evidence names a speaker, the claim none",
    "speaker_invented": "the claim names a speaker who says nothing here",
    "speaker_other": "someone else says it",
}
"""The one reason a reader may give beside a label; words of their own stay in their file."""

LABELS: Mapping[str, Mapping[str, str]] = {"flags": FLAG_LABELS, "claims": CLAIM_LABELS}
REASONS: Mapping[str, Mapping[str, str]] = {"flags": FLAG_REASONS, "claims": CLAIM_REASONS}

Identity = tuple[Any, ...]
"""What two runs must have in common for a label of the one to count in the other."""


Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Id = Annotated[str, Field(max_length=100, pattern=r"^\S+$")]
"""A group or an article: no white space, so that no text can be kept in its place."""


class Kept(BaseModel):
    """A closed record: a field that is not named here, such as a text, is an error."""

    model_config = ConfigDict(extra="forbid")


class KeptSpan(Kept):
    """A stretch of an article: its id, the hash of its text, and offsets; -1 for a quote that does not stand in it."""

    article: Id
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$")]
    start: int
    end: int


class KeptSide(Kept):
    """The hash of an answer, and where it stands."""

    answer: Hash
    spans: list[KeptSpan]


class KeptFlag(Kept):
    """A pair of positions that is flagged with a relation."""

    group: Id
    relation: Id
    question: Hash
    sides: Annotated[list[KeptSide], Field(min_length=2, max_length=2)]


class KeptClaim(KeptSide):
    """A verified claim; `value` is the kind of its value, `attributed_to` the hash of its speaker."""

    group: Id
    value: Id
    question: Hash
    attributed_to: Hash | None


_RECORDS: Mapping[str, type[Kept]] = {"flags": KeptFlag, "claims": KeptClaim}


@dataclass(frozen=True)
class Side:
    """One answer and where it stands: hash of the answer, and (hash of the article's text, start, end) of each span."""

    answer: str
    spans: frozenset[tuple[str, int, int]]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Side":
        """The side that a kept record tells of."""
        spans = frozenset((span["sha256"], span["start"], span["end"]) for span in record["spans"])
        return cls(record["answer"], spans)


def short_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def identity(kind: str, record: Mapping[str, Any]) -> Identity:
    """The question's hash and each answer's with its spans: both sides of a flag, in any order, or the claim's one.

    The relation of a flag is not part of it, nor is the speaker of a claim.
    """
    if kind == "claims":
        return record["question"], Side.of(record)
    return record["question"], frozenset(Side.of(side) for side in record["sides"])


def checked(kind: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """The record to keep of one labelled item: what it was made with, and the label.

    A claim labelled `wrong_speaker` is entailed with a wrong `speaker`; an entailed one has the right speaker unless
    the reader says otherwise; of others the speaker is kept if it was judged. Raises ValueError for a label, speaker or
    reason outside the closed sets, and for a record with anything else in it than ids, offsets and hashes.
    """
    label, reason = str(item.get("label") or ""), str(item.get("reason") or "")
    if label not in LABELS[kind]:
        raise ValueError(f"label {label!r} is none of {', '.join(LABELS[kind])}")
    if reason and reason not in REASONS[kind]:
        raise ValueError(f"reason {reason!r} is none of {', '.join(REASONS[kind])}")
    record = _RECORDS[kind].model_validate(item["record"]).model_dump()
    record |= {"label": label, "reason": reason or None}
    if kind == "claims":
        speaker = str(item.get("speaker") or "")
        if speaker and speaker not in SPEAKER_LABELS:
            raise ValueError(f"speaker {speaker!r} is none of {', '.join(SPEAKER_LABELS)}")
        if label == "wrong_speaker":
            if speaker == "right":
                raise ValueError("label wrong_speaker contradicts speaker right")
            label, speaker = "entailed", "wrong"
        elif label == "entailed":
            speaker = speaker or "right"
        record.update(label=label, speaker=speaker or None)
    return record


def keep(files: Iterable[Path], folder: Path = LABELLED) -> dict[str, int]:
    """Add what readers labelled in sample files to the records in `folder`; how many are kept then, by kind.

    An item without a label is left out. A label for what has one already takes its place. Raises ValueError that
    names file and line of what is no labelled item; nothing is written then.
    """
    known = {kind: {_place(kind, record): record for record in load(kind, folder)} for kind in KINDS}
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
                if item.get("label"):
                    kind = item["kind"]
                    record = checked(kind, item)
                    known[kind][_place(kind, record)] = record
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}, line {number}: {error}") from error
    folder.mkdir(parents=True, exist_ok=True)
    for kind, records in known.items():
        lines = sorted(json.dumps(record, sort_keys=True) for record in records.values())
        (folder / f"{kind}.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
    return {kind: len(records) for kind, records in known.items()}


def load(kind: str, folder: Path = LABELLED) -> list[dict[str, Any]]:
    """The kept records of a kind; none where there is no file yet."""
    path = folder / f"{kind}.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


class Known:
    """The kept labels of one kind, to be asked for an item of any run."""

    def __init__(self, kind: str, folder: Path = LABELLED) -> None:
        self._kind = kind
        self._records: dict[Identity, list[dict[str, Any]]] = {}
        for record in load(kind, folder):
            self._records.setdefault(identity(kind, record), []).append(record)

    def label(self, record: Mapping[str, Any]) -> dict[str, Any] | None:
        """The kept record that judges the same thing as `record`, None if none does.

        For flags a judgement of the relation (`right`, `wrong_relation`) counts only for the same relation. For claims
        the judgement of the speaker is left out (`speaker` is None) where the claim is now ascribed to another.
        """
        same = self._records.get(identity(self._kind, record), [])
        if self._kind == "claims":
            if not same:
                return None
            ascribed = [kept for kept in same if kept.get("attributed_to") == record.get("attributed_to")]
            return ascribed[0] if ascribed else {**same[0], "speaker": None}
        for kept in same:
            if kept["relation"] == record["relation"]:
                return kept
        return next((kept for kept in same if kept["label"] not in ("right", "wrong_relation")), None)


def _place(kind: str, record: Mapping[str, Any]) -> Identity:
    """What a record is filed under: another relation, or another speaker, is judged on its own."""
    return identity(kind, record), record.get("relation"), record.get("attributed_to")
