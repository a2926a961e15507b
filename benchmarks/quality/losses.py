"""Which stage lost what a row expects: looked up among all claims of a result, compared or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from .groups import Row, Wanted
from .matching import Found, Said, differ, meets, rests_on, value_fits

Stage = Literal["not run", "no claim", "wrong question", "unverified", "not aligned", "relation"]
"""Where a row was lost, in the order of the flow.

- `not run`: the story has no result.
- `no claim`: an expected answer was never proposed.
- `wrong question`: its figure was, from the row's own sentence, under a question that asks for something else.
- `unverified`: it was, and failed a check.
- `not aligned`: both sides are verified and stand under different questions.
- `relation`: both sides are under one question, but joined as one answer, or with a relation that is not accepted.
"""
_ORDER: tuple[Stage, ...] = ("not aligned", "unverified", "wrong question", "no claim")
_SHOWN = 3


@dataclass(frozen=True)
class Loss:
    """A row and the stage that lost it; `trace` tells of each side what became of it."""

    slot: str
    relation: str
    stage: Stage
    trace: tuple[str, ...]

    def __str__(self) -> str:
        """One line."""
        return f"{self.stage}: {self.slot} ({self.relation}): " + " | ".join(self.trace)


@dataclass(frozen=True)
class _Claim:
    """A claim, the place of the result in which it stands (None if it is unverified), and why it failed."""

    said: Said
    home: tuple[str, int] | None
    why: str


def misjudged(row: Row, found: Found) -> Loss:
    """A row that was found, with a relation that is not accepted."""
    return Loss(row.slot, row.relation, "relation", (f"told as {found.relation}", found.question))


def lost(row: Row, result: Mapping[str, Any], texts: Mapping[str, str]) -> Loss:
    """The stage that lost a row which no disagreement meets.

    Of all pairs of expected answers that differ, the pair that came furthest counts, and the side of it that came less
    far.
    """
    claims = list(_claims(result))
    stages = [_stage(row, wanted, claims, texts) for wanted in row.positions]
    pairs = [(i, j) for i, j in combinations(range(len(stages)), 2) if differ(row, row.positions[i], row.positions[j])]
    if not pairs:
        return Loss(row.slot, row.relation, "no claim", ("the row names no two answers that differ",))

    def length(pair: tuple[int, int]) -> tuple[int, int]:
        ways = sorted((_ORDER.index(stages[i][0]) for i in pair), reverse=True)
        return ways[0], ways[1]

    pair = min(pairs, key=length)
    stage: Stage = _ORDER[length(pair)[0]]
    if stage == "not aligned":
        joined = [(i, j) for i, j in pairs if _homes(stages[i][1]) & _homes(stages[j][1])]
        if joined:
            pair, stage = joined[0], "relation"
    trace = tuple(_trace(row.positions[index], *stages[index]) for index in pair)
    return Loss(row.slot, row.relation, stage, trace)


def _stage(row: Row, wanted: Wanted, claims: Sequence[_Claim], texts: Mapping[str, str]) -> tuple[Stage, list[_Claim]]:
    """How far one expected answer came, and the claims that show it."""
    fitting = [
        claim for claim in claims if wanted.article in claim.said.articles and value_fits(row, wanted, claim.said)
    ]
    asked = [claim for claim in fitting if meets(row, wanted, claim.said, texts)]
    verified = [claim for claim in asked if claim.home]
    if verified:
        return "not aligned", verified
    if asked:
        return "unverified", asked
    beside = [claim for claim in fitting if rests_on(wanted, claim.said, texts)]
    if beside:
        return "wrong question", beside
    return "no claim", fitting if row.kind != "side" else []


def _homes(claims: Sequence[_Claim]) -> set[tuple[str, int]]:
    return {claim.home for claim in claims if claim.home}


def _claims(result: Mapping[str, Any]) -> Iterator[_Claim]:
    for part in ("disagreements", "agreements", "single_source"):
        for number, item in enumerate(result.get(part) or ()):
            for position in item.get("positions") or ():
                for claim in position.get("claims") or ():
                    yield _Claim(Said.of(claim, claim["question"]), (part, number), "")
    for claim in result.get("unverified") or ():
        why = "; ".join(check.get("reason") or check["name"] for check in claim["checks"] if not check["passed"])
        yield _Claim(Said.of(claim, claim["question"]), None, why)


def _trace(wanted: Wanted, stage: Stage, claims: Sequence[_Claim]) -> str:
    """What became of one side: its claims with their questions, or what the figure was taken for."""
    told = f"{wanted.article} {wanted.told}"
    if not claims:
        return f"{told}: nothing"
    shown = list(dict.fromkeys(_line(claim) for claim in claims))
    more = f" (+{len(shown) - _SHOWN})" if len(shown) > _SHOWN else ""
    state = {"not aligned": "", "no claim": "only elsewhere: "}.get(stage, f"{stage}: ")
    return f"{told}: {state}{' / '.join(shown[:_SHOWN])}{more}"


def _line(claim: _Claim) -> str:
    part, number = claim.home or ("unverified", -1)
    place = f"{part}[{number}]" if number >= 0 else f"failed, {claim.why}"
    return f"“{claim.said.question}” → {claim.said.answer} ({place})"
