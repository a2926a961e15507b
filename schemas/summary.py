"""The summary of one article: claims, and the five Ws and one H that cite them."""

from typing import Self

from pydantic import Field, model_validator

from .article import Article
from .base import SCHEMA_VERSION, Record
from .claims import Claim
from .run import Failure, Provenance, Usage


class Cited(Record):
    """A short text and the claims that it rests on."""

    text: str = Field(min_length=1)
    claims: tuple[str, ...] = Field(min_length=1, description="Ids of verified claims.")


class EventSummary(Record):
    """What one article says: the event header (5W1H) and every claim, verified or not."""

    schema_version: str = SCHEMA_VERSION
    article: Article
    headline: Cited | None = None
    what: Cited | None = None
    who: Cited | None = None
    where: Cited | None = None
    when: Cited | None = None
    why: Cited | None = None
    how: Cited | None = None
    claims: tuple[Claim, ...] = ()
    failures: tuple[Failure, ...] = ()
    usage: Usage = Usage()
    provenance: Provenance

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        verified = {claim.id for claim in self.claims if claim.verified}
        if len({claim.id for claim in self.claims}) != len(self.claims):
            raise ValueError("claim ids repeat")
        for claim in self.claims:
            if claim.article != self.article.id:
                raise ValueError(f"claim {claim.id} belongs to article {claim.article!r}, not {self.article.id!r}")
            for evidence in claim.evidence:
                evidence.check(self.article)
        for name in ("headline", "what", "who", "where", "when", "why", "how"):
            cited: Cited | None = getattr(self, name)
            if cited and not set(cited.claims) <= verified:
                raise ValueError(f"{name} cites claims that are not verified: {set(cited.claims) - verified}")
        return self

    @property
    def partial(self) -> bool:
        """True if some part of the article could not be read by the model."""
        return bool(self.failures)
