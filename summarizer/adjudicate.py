"""The residue: pairs of answers that rules could not decide, put to the model in a call for each two articles."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product, zip_longest
from typing import TYPE_CHECKING

from .align import NOTHING, Decided, Doubt, Group
from .compare import Judgement
from .failing import answers
from .model import Meter
from .positions import gather, same_answer
from .prompting import load_prompt, one_line
from .proposals import pair_verdicts
from .schemas import Claim, Failure, Verdict
from .text.wording import content_words

if TYPE_CHECKING:
    from .model.client import Model

PROMPT = "adjudicate"
MAX_PAIRS = 16
_TOKENS_PER_PAIR = 24

Pair = tuple[Claim, Claim]


def undecided(groups: Sequence[Group], decided: Decided = NOTHING) -> list[Pair]:
    """Pairs of answers within one group, of different articles, that rules find neither the same nor different.

    What `decided` covers for any two claims of the answers is no longer open.
    """
    pairs: list[Pair] = []
    for group in groups:
        for one, other in combinations(gather(group.claims), 2):
            if one[0].article == other[0].article or same_answer(one[0], other[0]) is not None:
                continue
            if not any(a.article != b.article and decided.covers(a, b) for a, b in product(one, other)):
                pairs.append((one[0], other[0]))
    return pairs


async def adjudicate(
    doubts: Sequence[Doubt],
    groups: Sequence[Group],
    model: "Model",
    meter: Meter,
    failures: list[Failure],
    decided: Decided = NOTHING,
) -> Mapping[tuple[str, str], Verdict]:
    """The model's verdicts by the ids of the two claims; at most 16 pairs, undecided answers before doubtful questions.

    Each two articles are asked about in a call of their own, so that no text can speak for two others. Where the bound
    cuts, each two articles have their first pair asked before any have their second. What stays without an answer is
    put into `failures`. What is `decided` is not asked again, and its verdicts come first. Raises ModelUnavailable.
    """
    unsure = [(doubt.first, doubt.second) for doubt in doubts if not decided.covers(doubt.first, doubt.second)]
    asked = _by_articles([*undecided(groups, decided), *unsure])
    told = await answers([(None, _ask(pairs, model, meter)) for pairs in asked], failures)
    return {**decided.verdicts, **{ids: verdict for verdicts in told if verdicts for ids, verdict in verdicts}}


def _by_articles(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs of each two articles together, cut at the bound."""
    found: dict[frozenset[str], list[Pair]] = {}
    for pair in pairs:
        found.setdefault(frozenset(claim.article for claim in pair), []).append(pair)
    turns = [pair for turn in zip_longest(*found.values()) for pair in turn if pair is not None][:MAX_PAIRS]
    cut = ([pair for pair in together if any(pair is one for one in turns)] for together in found.values())
    return [together for together in cut if together]


async def _ask(pairs: Sequence[Pair], model: "Model", meter: Meter) -> list[tuple[tuple[str, str], Verdict]]:
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
    numbered = enumerate(pairs, 1)
    return [((one.id, other.id), _verdict(told.get(number), one, other)) for number, (one, other) in numbered]


def _verdict(told: Verdict | None, one: Claim, other: Claim) -> Verdict:
    if told == "same" and not _share_a_word(one, other):
        return "different"
    return told or "unrelated"


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
