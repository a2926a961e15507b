"""The event header of one article: headline and the five Ws and one H, written by the model from verified claims."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .cited import cite
from .extract import Reading
from .model import Meter
from .prompting import load_prompt, one_line
from .proposals import Header
from .schemas import Cited, Claim

if TYPE_CHECKING:
    from .model.client import Model

PROMPT = "header"
FIELDS = ("headline", "what", "who", "where", "when", "why", "how")
_MAX_CLAIMS = 24  # the first claims of a news article are its news
_MAX_TOKENS = 500


async def write_header(
    claims: Sequence[Claim], reading: Reading, model: "Model", meter: Meter, language: str
) -> dict[str, Cited | None]:
    """Header fields by name, each citing verified claims; None where the model's text does not hold to them.

    Raises ModelUnavailable, or ReplyError where the reply is of no use. Without verified claims no call is made.
    """
    shown = [claim for claim in claims if claim.verified][:_MAX_CLAIMS]
    if not shown:
        return dict.fromkeys(FIELDS)
    lines = [
        one_line(
            f"{number}. {claim.question} → {claim.answer}"
            + (f" ({claim.attributed_to})" if claim.attributed_to else "")
        )
        for number, claim in enumerate(shown, 1)
    ]
    reply = await model.ask(
        load_prompt(PROMPT).render(
            title=reading.title, published=reading.published or "unknown", claims="\n".join(lines), language=language
        ),
        Header,
        meter=meter,
        max_tokens=_MAX_TOKENS,
        article=reading.article.id,
        task="summarise",
    )
    numbered = {number: [claim] for number, claim in enumerate(shown, 1)}
    return {name: cite(getattr(reply, name), numbered, language) for name in FIELDS}
