"""A claim: one checkable fact as question and answer, with its evidence and what code checked."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from .article import Evidence
from .base import Record
from .edtf import Edtf
from .values import Value


class Stance(StrEnum):
    """What the one behind the statement does with it; not confirming is not denying."""

    ASSERTED = "asserted"
    DENIED = "denied"
    UNCOMMITTED = "uncommitted"


class Certainty(StrEnum):
    """How firmly the article puts it."""

    REPORTED = "reported"
    ALLEGED = "alleged"
    EXPECTED = "expected"
    POSSIBLE = "possible"


class Scope(Record):
    """What a figure or statement covers, as far as its sentence says."""

    place: str | None = Field(default=None, description="Area: 'Kursk', 'nationwide'.")
    group: str | None = Field(default=None, description="Population: 'civilians', 'children', 'passengers'.")
    definition: str | None = Field(default=None, description="Way of counting: 'including the gunman', 'seriously'.")


class Check(Record):
    """One test that code made on a claim; `affirmation` is the mark of a claim found in merging."""

    name: Literal["evidence", "number", "date", "speaker", "leak", "answer", "question", "affirmation"] = Field(
        description="What was tested; `affirmation`: the model reads the sentence as a yes to what another denies."
    )
    passed: bool
    reason: str | None = Field(default=None, description="Why it failed, in one sentence.")


class Claim(Record):
    """One checkable fact of one article, written as question and answer in the output language."""

    id: str = Field(min_length=1, description="Unique in a result: article id, '#', running number.")
    article: str = Field(description="Article id.")
    question: str = Field(min_length=1, description="What is answered; names the subject, place and counted thing.")
    answer: str = Field(min_length=1, description="The answer in a few words, in the output language.")
    value: Value
    attributed_to: str | None = Field(
        default=None, description="The person or body behind the statement, not the outlet (UCDP: source_original)."
    )
    stance: Stance = Stance.ASSERTED
    certainty: Certainty = Certainty.REPORTED
    as_of: Edtf | None = Field(default=None, description="When the statement held, EDTF.")
    as_of_basis: Literal["stated", "published"] | None = Field(
        default=None, description="'stated': the sentence dates it; 'published': the article's date stands in."
    )
    period: Edtf | None = Field(default=None, description="The time span that is counted or described, EDTF.")
    scope: Scope = Scope()
    revises: bool = Field(default=False, description="True where the article itself says that it corrects a figure.")
    superseded: bool = Field(default=False, description="True where its sentence gives the figure as an earlier one.")
    evidence: tuple[Evidence, ...] = Field(default=(), description="The sentences it rests on, sliced by code.")
    status: Literal["verified", "unverified"]
    checks: tuple[Check, ...] = Field(description="What code tested; a verified claim passed all.")

    @model_validator(mode="after")
    def _status_follows_checks(self) -> Self:
        failed = [check.name for check in self.checks if not check.passed]
        if self.status == "verified" and (failed or not self.evidence or not self.checks):
            raise ValueError(f"a verified claim has evidence and passes every check; failed: {failed or 'no evidence'}")
        if self.status == "unverified" and not failed:
            raise ValueError("an unverified claim says which check it failed")
        if any(item.article != self.article for item in self.evidence):
            raise ValueError(f"claim {self.id} of article {self.article!r} cites another article")
        if (self.as_of is None) != (self.as_of_basis is None):
            raise ValueError("as_of and as_of_basis go together")
        return self

    @property
    def verified(self) -> bool:
        """True if it passed every check and may be compared."""
        return self.status == "verified"

    @property
    def reasons(self) -> list[str]:
        """Why it is not verified; empty for a verified claim."""
        return [check.reason or check.name for check in self.checks if not check.passed]
