"""The residue: pairs of answers that rules could not decide, put to the model in one batched call."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from .align import Doubt, Group, Verdict
from .compare import Judgement
from .model import Meter
from .positions import gather, same_answer
from .prompting import load_prompt, one_line
from .proposals import pair_verdicts
from .schemas import Claim
from .text.wording import content_words

if TYPE_CHECKING:
    from .model.client import Model

PROMPT = "adjudicate"
_MAX_PAIRS = 16
_TOKENS_PER_PAIR = 24

Pair = tuple[Claim, Claim]


def undecided(groups: Sequence[Group]) -> list[Pair]:
    """Pairs of answers within one group, of different articles, that rules find neither the same nor different."""
    pairs: list[Pair] = []
    for group in groups:
        for one, other in combinations(gather(group.claims), 2):
            if one[0].article != other[0].article and same_answer(one[0], other[0]) is None:
                pairs.append((one[0], other[0]))
    return pairs


async def adjudicate(
    doubts: Sequence[Doubt], groups: Sequence[Group], model: "Model", meter: Meter
) -> Mapping[tuple[str, str], Verdict]:
    """The model's verdicts by the ids of the two claims; at most 16 pairs, undecided answers before doubtful questions.

    Raises ModelUnavailable, or ReplyError where the reply is of no use.
    """
    pairs = [*undecided(groups), *((doubt.first, doubt.second) for doubt in doubts)][:_MAX_PAIRS]
    if not pairs:
        return {}
    listed = "\n".join(
        f"{number}. A: {_line(one)}\n   B: {_line(other)}" for number, (one, other) in enumerate(pairs, 1)
    )
    reply = await model.ask(
        load_prompt(PROMPT).render(pairs=listed),
        pair_verdicts(len(pairs)),
        meter=meter,
        max_tokens=64 + _TOKENS_PER_PAIR * len(pairs),
        task="compare",
    )
    told = {item.pair: item.verdict for item in reply.verdicts}
    verdicts: dict[tuple[str, str], Verdict] = {}
    for number, (one, other) in enumerate(pairs, 1):
        verdict = told.get(number, "unrelated")
        if verdict == "same" and not _share_a_word(one, other):
            verdict = "different"
        verdicts[one.id, other.id] = verdict
    return verdicts


def _line(claim: Claim) -> str:
    return one_line(f"{claim.question} → {claim.answer}")


def _share_a_word(one: Claim, other: Claim) -> bool:
    """Code's part in "same": answers without a word or a place in common are not called one answer."""
    return bool(content_words(one.answer) & content_words(other.answer))


def judgement(verdicts: Mapping[tuple[str, str], Verdict]) -> Judgement:
    """The verdicts as comparison takes them: a figure is never called the same by a model."""
    return Judgement(
        same=frozenset(frozenset(pair) for pair, verdict in verdicts.items() if verdict == "same"),
        different=frozenset(frozenset(pair) for pair, verdict in verdicts.items() if verdict == "different"),
    )
