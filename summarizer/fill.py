"""A schema of the user's own, filled from one article: the codebook's way in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from .errors import ReplyError
from .extract import Reading
from .model import Meter
from .prompting import load_prompt
from .sentences import windows

if TYPE_CHECKING:
    from .model.client import Model

T = TypeVar("T", bound=BaseModel)

PROMPT = "fill"
_CHARACTERS = {False: 5_000, True: 60_000}
"""Text of one call, by whether the model is hosted: the embedded one has 4,096 tokens for everything."""


async def fill(reading: Reading, schema: type[T], model: "Model", meter: Meter, *, hosted: bool, max_tokens: int) -> T:
    """The schema filled part by part: what an earlier part of the article tells stays, lists grow.

    Raises ModelUnavailable, or ReplyError where no part of the article gives a valid whole.
    """
    fields = "\n".join(_line(name, info) for name, info in schema.model_fields.items())
    replies: list[T] = []
    fault: ReplyError | None = None
    for text in _parts(reading, _CHARACTERS[hosted]):
        try:
            reply = await model.ask(
                load_prompt(PROMPT).render(
                    fields=fields, title=reading.title, published=reading.published or "unknown", text=text
                ),
                schema,
                meter=meter,
                max_tokens=max_tokens,
                article=reading.article.id,
                task="summarise",
            )
        except ReplyError as error:
            fault = error
            continue
        replies.append(reply)
    if fault and not replies:
        raise fault
    if len(replies) == 1:
        return replies[0]
    found: dict[str, Any] = {}
    for reply in replies:
        for name in schema.model_fields:
            found[name] = _joined(found.get(name), getattr(reply, name))
    try:
        return schema.model_validate(found, by_name=True)
    except ValidationError as error:
        reason = f"the parts of the article do not add up to a valid {schema.__name__}: {error.errors()[0]['msg']}"
        raise ReplyError(reason, article=reading.article.id, hint="make its fields optional") from None


def _line(name: str, info: FieldInfo) -> str:
    """A field as the model is told of it: a server may use the schema for the shape alone and never show it."""
    empty = "" if info.is_required() else "; may be empty"
    return f"- {name}: {info.description or name.replace('_', ' ')}{empty}"


def _parts(reading: Reading, characters: int) -> Sequence[str]:
    groups = windows(reading.sentences, len(reading.sentences) or 1, characters)
    return [reading.article.text[group[0].start : group[-1].end] for group in groups]


def _joined(known: Any, new: Any) -> Any:
    if isinstance(known, list) and isinstance(new, list):
        return known + [item for item in new if item not in known]
    return new if known in (None, "", [], {}) else known
