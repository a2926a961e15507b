"""What a run would cost, told before it: the shape of a dry run's result."""

from pydantic import Field

from .base import SCHEMA_VERSION, Record
from .run import Failure


class Bounded(Record):
    """A figure that is not known yet: what is likely, and what it is at most."""

    likely: int = Field(default=0, ge=0)
    most: int = Field(default=0, ge=0)

    def __add__(self, other: "Bounded") -> "Bounded":
        """The sum, part by part."""
        return Bounded(likely=self.likely + other.likely, most=self.most + other.most)


class Cost(Record):
    """What is to be paid for; requests repeated after a fault or a reply that does not fit come on top."""

    calls: Bounded = Field(default=Bounded(), description="Requests that are sent.")
    prompt_tokens: Bounded = Field(default=Bounded(), description="Estimated from the characters of the prompts.")
    output_tokens: Bounded = Field(
        default=Bounded(), description="likely: as the embedded model writes; most: the bounds that are sent along."
    )
    kept_answers: int = Field(default=0, ge=0, description="Answers that are in the store and cost nothing.")

    def __add__(self, other: "Cost") -> "Cost":
        """The sum, field by field."""
        return Cost(**{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields})

    @property
    def tokens(self) -> Bounded:
        """Tokens in and out together."""
        return self.prompt_tokens + self.output_tokens


class ArticleForecast(Record):
    """What one article costs."""

    article: str = Field(description="Article id.")
    extract: Cost = Field(description="The questions about its sentences: their number is known beforehand.")
    summarise: Cost = Field(description="Its header, which is written from the answers.")


class Forecast(Record):
    """What a run costs before it is made: calls and tokens, in total and part by part.

    Sentences are known, so the calls that read them are. What is asked afterwards depends on the answers: there, `most`
    is the bound that the program keeps, unless all answers it depends on are in the store.
    """

    schema_version: str = SCHEMA_VERSION
    model: str
    provider: str = Field(description="'embedded', or the host of the server.")
    story: bool = Field(description="True if the articles are merged, too.")
    articles: tuple[ArticleForecast, ...]
    compare: Cost = Field(default=Cost(), description="What rules leave open between the articles.")
    merge: Cost = Field(default=Cost(), description="Headline and narrative of the story.")
    total: Cost
    budget: int | None = Field(default=None, description="max_tokens_total of the run, tokens in and out together.")
    failures: tuple[Failure, ...] = Field(default=(), description="Articles that cannot be read.")
