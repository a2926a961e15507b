"""What an answer says, in a form that code can compare: quantity, date, yes/no, name or text."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import Record
from .edtf import Edtf


class Qualifier(StrEnum):
    """How a quantity is hedged in its source."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    VAGUE = "vague"


class Quantity(Record):
    """A number with its hedge: the closed interval `low` to `high`, None where it is open."""

    kind: Literal["quantity"] = "quantity"
    low: float | None = Field(description="Lowest number meant; null if the source gives no lower bound ('at most 5').")
    high: float | None = Field(description="Highest number meant; null if open ('at least 100').")
    qualifier: Qualifier = Field(default=Qualifier.EXACTLY, description="The hedge the source uses.")
    unit: str | None = Field(
        default=None, description="What is counted or measured: 'soldiers', 'km', 'USD', 'percent'."
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a quantity needs a low or a high number")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        return self

    @property
    def amount(self) -> float:
        """The number that the source names: the low end, or the high one where only that is told."""
        return self.low if self.low is not None else self.high or 0.0


class DateValue(Record):
    """A point or span of time."""

    kind: Literal["date"] = "date"
    edtf: Edtf
    time: str | None = Field(
        default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Time of day where one is told, HH:MM."
    )
    approximate: bool = Field(
        default=False, description="True where the source says 'about', 'around', 'shortly after'."
    )


class YesNo(Record):
    """The answer to a yes/no question; `uncommitted` where the source neither confirms nor denies."""

    kind: Literal["yes_no"] = "yes_no"
    answer: Literal["yes", "no", "uncommitted"]


class Name(Record):
    """A person, body, place or thing by its name."""

    kind: Literal["name"] = "name"
    name: str = Field(min_length=1)


class Text(Record):
    """Anything else, in words."""

    kind: Literal["text"] = "text"
    text: str = Field(min_length=1)


Value = Annotated[Quantity | DateValue | YesNo | Name | Text, Field(discriminator="kind")]
