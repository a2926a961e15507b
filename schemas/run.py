"""What a run was made with, what it used, and what failed in it."""

from typing import Literal

from pydantic import Field

from .base import SCHEMA_VERSION, Record

Stage = Literal["read", "model", "budget", "extract", "ground", "summarise", "align", "compare", "merge"]
"""Where something failed; `model` where the model went away, `budget` where no further call was allowed."""


class PromptUse(Record):
    """A prompt that took part, so that a result can be traced to its wording."""

    name: str
    version: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the prompt file.")


class Provenance(Record):
    """Which model, prompts and settings made a result."""

    summarizer_version: str
    schema_version: str = SCHEMA_VERSION
    model: str | None = Field(default=None, description="Model name; null where no model took part.")
    provider: str | None = Field(default=None, description="'embedded', or the host of the server; never a key.")
    prompts: tuple[PromptUse, ...] = ()
    settings: dict[str, str | int | float | bool | None] = Field(
        default_factory=dict, description="Settings that bear on the result: window, temperature, mode, language."
    )
    earlier: tuple["Provenance", ...] = Field(
        default=(),
        description="What made the parts that were there before the story was continued, the oldest first; empty "
        "where one model, prompts, version and settings made all of it.",
    )


class Usage(Record):
    """What was spent; sums over parts add up field by field."""

    calls: int = Field(default=0, ge=0, description="Requests that were sent, failed and repeated ones included.")
    failed_calls: int = Field(default=0, ge=0, description="Requests that brought no usable reply.")
    retries: int = Field(default=0, ge=0, description="Requests repeated after a transport error.")
    reasks: int = Field(default=0, ge=0, description="Requests repeated because a reply did not fit the schema.")
    uncounted_calls: int = Field(
        default=0,
        ge=0,
        description="Requests of unknown cost, not in the tokens: broken off, or the server reports no usage.",
    )
    prompt_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0, description="Part of prompt_tokens that the server had in its cache.")
    output_tokens: int = Field(default=0, ge=0)
    seconds: float = Field(default=0.0, ge=0, description="Time spent waiting for replies; parallel calls add up.")
    reused_answers: int = Field(default=0, ge=0, description="Answers from the store of earlier ones; not in calls.")
    reused_calls: int = Field(default=0, ge=0, description="What these cost when they were paid for: requests.")
    reused_prompt_tokens: int = Field(default=0, ge=0)
    reused_output_tokens: int = Field(default=0, ge=0)
    reused_seconds: float = Field(default=0.0, ge=0)
    output_tokens_per_verified_claim: float | None = Field(
        default=None, ge=0, description="Tokens of reused answers count, so that it does not depend on the store."
    )

    def __add__(self, other: "Usage") -> "Usage":
        """The field-by-field sum; the ratio per claim is left out, because ratios do not add up."""
        ratio = "output_tokens_per_verified_claim"
        names = [name for name in type(self).model_fields if name != ratio]
        return Usage(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def per_claim(self, verified: int) -> "Usage":
        """The same usage with its output tokens per verified claim filled in (null for no claims)."""
        tokens = self.output_tokens + self.reused_output_tokens
        ratio = round(tokens / verified, 1) if verified else None
        return self.model_copy(update={"output_tokens_per_verified_claim": ratio})


class Failure(Record):
    """Something that could not be done, and what to do about it."""

    article: str | None = Field(description="Article id, or the input as it was given; null if it concerns all.")
    stage: Stage
    reason: str
    hint: str | None = Field(default=None, description="What to do next.")
    partial: bool = Field(default=False, description="True if the rest of the article is in the result.")
    usage: Usage | None = Field(
        default=None, description="What was spent on it in vain, if it is in no summary's usage; a story counts it."
    )
