"""Claims of fictional articles, built by hand: each claim brings the sentence that it rests on."""

from typing import Any, Literal

from summarizer.schemas import (
    Article,
    Check,
    Cited,
    Claim,
    DateValue,
    EventSummary,
    Evidence,
    Failure,
    MergedSummary,
    Name,
    Provenance,
    Qualifier,
    Quantity,
    Scope,
    Stance,
    Text,
    Usage,
    Value,
    YesNo,
)
from summarizer.wording import in_words

PROVENANCE = Provenance(summarizer_version="0.1.0", model="by-hand", provider="nobody")
STANCES = {"yes": Stance.ASSERTED, "no": Stance.DENIED, "uncommitted": Stance.UNCOMMITTED}

KILLED = "How many people were killed in the Sorvik Bay ferry fire?"
INJURED = "How many people were injured in the Sorvik Bay ferry fire?"


class Draft:
    """An article that is still being written: every claim adds a sentence to its text.

    `published` (EDTF) is the as_of of every claim that is not given one; `as_of=None` leaves a claim undated.
    """

    def __init__(
        self, id: str, published: str | None = None, *, title: str | None = None, language: str = "en"
    ) -> None:
        self.id, self.published, self.title, self.language = id, published, title, language
        self.text = ""
        self.claims: list[Claim] = []

    def figure(
        self,
        question: str,
        low: float | None,
        high: float | Literal["same"] | None = "same",
        *,
        hedge: Qualifier = Qualifier.EXACTLY,
        unit: str | None = None,
        **fields: Any,
    ) -> Claim:
        """A quantity; `high` follows from `low` and the hedge unless it is given."""
        if high == "same":
            high = None if hedge in (Qualifier.AT_LEAST, Qualifier.MORE_THAN) else low
        if hedge in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
            low = None
        return self.claim(question, Quantity(low=low, high=high, qualifier=hedge, unit=unit), **fields)

    def yes_no(self, question: str, answer: Literal["yes", "no", "uncommitted"], **fields: Any) -> Claim:
        """A confirmation, a denial, or neither."""
        return self.claim(question, YesNo(answer=answer), stance=STANCES[answer], **fields)

    def time(self, question: str, time: str, *, about: bool = False, day: str = "..", **fields: Any) -> Claim:
        """A time of day, HH:MM."""
        return self.claim(question, DateValue(edtf=day, time=time, approximate=about), **fields)

    def date(self, question: str, edtf: str, **fields: Any) -> Claim:
        """A date in EDTF."""
        return self.claim(question, DateValue(edtf=edtf), **fields)

    def name(self, question: str, name: str, **fields: Any) -> Claim:
        """A person, body or place."""
        return self.claim(question, Name(name=name), **fields)

    def wording(self, question: str, text: str, **fields: Any) -> Claim:
        """Anything else, in words."""
        return self.claim(question, Text(text=text), **fields)

    def unverified(self, question: str, answer: str, check: str, reason: str, **fields: Any) -> Claim:
        """A claim that failed one check."""
        failed = Check.model_validate({"name": check, "passed": False, "reason": reason})
        fields |= {"status": "unverified", "checks": (Check(name="evidence", passed=True), failed)}
        return self.claim(question, Text(text=answer), **fields)

    def claim(self, question: str, value: Value, *, sentence: str | None = None, **fields: Any) -> Claim:
        """A claim with any value; place, group and definition go into its scope."""
        answer = fields.pop("answer", None) or in_words(value)
        scope = Scope(**{name: fields.pop(name) for name in ("place", "group", "definition") if name in fields})
        if "as_of" in fields:
            basis = "stated" if fields["as_of"] else None
        else:
            fields["as_of"], basis = self.published, "published" if self.published else None
        made = Claim(
            **{
                "id": f"{self.id}#{len(self.claims) + 1}",
                "article": self.id,
                "question": question,
                "answer": answer,
                "value": value,
                "as_of_basis": basis,
                "scope": scope,
                "evidence": (self._write(sentence or _sentence(answer, fields)),),
                "status": "verified",
                "checks": (Check(name="evidence", passed=True),),
                **fields,
            }
        )
        self.claims.append(made)
        return made

    def _write(self, sentence: str) -> Evidence:
        self.text += " " if self.text else ""
        start = len(self.text)
        self.text += sentence
        return Evidence(article=self.id, start=start, end=len(self.text), quote=sentence)

    def article(self) -> Article:
        """The article as written so far."""
        text = self.text or "Nothing is known yet."
        return Article(id=self.id, title=self.title, text=text, language=self.language, published=self.published)

    def summary(self, *, headline: bool = False, failures: tuple[Failure, ...] = (), **usage: float) -> EventSummary:
        """The summary of the article; `headline` has one that cites the first verified claim."""
        first = next((claim.id for claim in self.claims if claim.verified), None)
        return EventSummary(
            article=self.article(),
            headline=Cited(text=f"The story as {self.id} tells it", claims=(first,)) if headline and first else None,
            claims=tuple(self.claims),
            failures=failures,
            usage=Usage.model_validate(usage),
            provenance=PROVENANCE,
        )


def _sentence(answer: str, fields: dict[str, Any]) -> str:
    who = fields.get("attributed_to")
    return f"It is {answer}, {who} said." if who else f"It is {answer}."


def drafts(*dates: str | None) -> list[Draft]:
    """One draft for each publication date (None for an undated article), called a, b, c …"""
    return [Draft(chr(ord("a") + place), date) for place, date in enumerate(dates)]


def placed(story: MergedSummary) -> list[str]:
    """The ids of all claims of a story, once for each place in which one stands."""
    compared = [claim for item in story.comparisons for position in item.positions for claim in position.claims]
    return [claim.id for claim in (*compared, *story.unverified)]
