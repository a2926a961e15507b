"""A made-up story whose calls cost something, and made-up servers that count tokens in their own way."""

import dataclasses
from collections.abc import Callable
from typing import Any

from summarizer import Article, Settings
from summarizer.model.tokens import prompt_tokens
from support.fake_model import SyntheticModel
from support.scripted_server import Reply, Request

TEXTS = {
    "tribune": (
        "The dam above Orsel broke at 05:20 on Friday. The flood killed 7 villagers, the county said. "
        "Another 18 villagers were injured. The valley road had been closed since the morning before."
    ),
    "observer": (
        "The flood killed 9 villagers, the rescue service said. Another 18 villagers were injured. "
        "The county denied that the dam was in bad repair."
    ),
    "messenger": "Boats searched the fields for 4 missing villagers. Neighbours cooked soup in the school of Orsel.",
}
ARTICLES = [
    Article.from_text(text, id=name, title=f"The flood of Orsel, by the {name}", published="2031-06-07", language="en")
    for name, text in TEXTS.items()
]
Counting = Callable[[Request], tuple[int, int] | None]
"""What a server says that a request took: tokens of its prompt and of its reply, or None where it does not say."""


class Counted(SyntheticModel):
    """A made-up model with a way of counting; `spent` is the sum of what it told."""

    def __init__(self, counting: Counting, **options: Any) -> None:
        super().__init__(**options)
        self.counting = counting

    @property
    def spent(self) -> int:
        return self.prompt_tokens + self.output_tokens

    def _answer(self, number: int, request: Request) -> Reply:
        reply = super()._answer(number, request)
        told = self.counting(request)
        usage = dict(reply.body["usage"])
        if told is None:
            return dataclasses.replace(
                reply, body={name: value for name, value in reply.body.items() if name != "usage"}
            )
        usage |= {"prompt_tokens": told[0], "completion_tokens": told[1], "total_tokens": sum(told)}
        usage["prompt_tokens_details"] = {"cached_tokens": 0}
        return dataclasses.replace(reply, body={**reply.body, "usage": usage})


def as_estimated(request: Request) -> tuple[int, int]:
    """Prompts as long as they are estimated, and short replies."""
    return prompt_tokens(request.body, embedded=False), 30


def to_the_bound(request: Request) -> tuple[int, int]:
    """Prompts as long as they are estimated, and replies as long as they may be."""
    return prompt_tokens(request.body, embedded=False), request.body["max_tokens"]


def settings(model: SyntheticModel, **more: Any) -> Settings:
    """Settings for the made-up server: a sentence a call, one call at a time."""
    given = {"base_url": model.base_url, "model": "synthetic", "window": 1, "concurrency": 1, **more}
    return Settings.resolve(**given)
