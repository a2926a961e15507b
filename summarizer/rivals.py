"""Which figures under one question are rival answers to it, and which count something else."""

import math
from collections.abc import Sequence

from .positions import gather
from .schemas import Claim, DateValue, Qualifier, Quantity
from .scopes import is_span
from .text.quantities import in_base_unit
from .text.speakers import same_speaker
from .text.wording import content_words, similarity

_HOUR = 60
_MANY = 10  # below it, neighbouring numbers are as likely to count two things
_NEARLY = 0.7
_FAR = math.log(10) + 0.01
"""As a logarithm: up to here two reports of one count may differ, whatever words ask for it."""
_ALIKE = 0.7  # likeness of two questions from which figures may differ by more
_WORDING = 2  # what questions without a common word weigh, in the units of `_distance`
_TOO_FAR = math.log(1000) + 0.01
"""As a logarithm: two reports of one count differ at most by a slip of thousands for millions."""


def rivals(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Part claims under one question so that no article contradicts itself in any part.

    An article hardly answers one question twice: where it gives several figures, they count different things, unless
    it ascribes them to different speakers or says that one was revised, and so tells the disagreement itself. Figures
    are first brought together over the articles where they are equal; the most widely told come first, then what
    stands first in its article, and each further one joins the part that is nearest to it in size and wording. What an
    article leaves over meets only its equal, its near neighbour, or a figure of the same stated period or place. Clock
    times are parted likewise; claims that are neither stay together.
    """
    if not claims:
        return []
    if not all(isinstance(claim.value, Quantity) or _minutes(claim) is not None for claim in claims):
        return [list(claims)]
    answers = sorted(gather(claims), key=lambda answer: (-len(_articles(answer)), *_place(answer)))
    parts: list[list[list[Claim]]] = []
    for answer in answers:
        open_to = [part for at, part in enumerate(parts) if _fits(answer, part, leftover=at > 0)]
        if open_to:
            min(open_to, key=lambda part: min(_cost(answer, held) for held in part)).append(answer)
        else:
            parts.append([answer])
    parts = [part for mixed in parts for part in _without_vague(mixed)]
    place = {claim.id: at for at, claim in enumerate(claims)}
    return [sorted((c for answer in part for c in answer), key=lambda c: place[c.id]) for part in parts]


def _without_vague(part: list[list[Claim]]) -> list[list[list[Claim]]]:
    """Vague figures ("dozens") apart where several counted ones are rivals: they can be true beside any of them."""
    vague = [a for a in part if all(isinstance(c.value, Quantity) and c.value.qualifier is Qualifier.VAGUE for c in a)]
    counted = [answer for answer in part if answer not in vague]
    return [counted, vague] if vague and len(counted) > 1 else [part]


def _place(answer: Sequence[Claim]) -> tuple[int, int]:
    """Where a figure is first told in any article: characters before its sentence, and its place among the claims."""
    return min((claim.evidence[0].start, _number(claim)) for claim in answer)


def _number(claim: Claim) -> int:
    number = claim.id.rpartition("#")[2]
    return int(number) if number.isdecimal() else 0


def _articles(answer: Sequence[Claim]) -> set[str]:
    return {claim.article for claim in answer}


def _fits(answer: list[Claim], part: Sequence[list[Claim]], *, leftover: bool) -> bool:
    """Whether the answer can be a rival to all of a part: near enough, and no article gives both; or else a tie."""
    if any(_told_by_one(answer, held) or _far_apart(answer, held) for held in part):
        return False
    return not leftover or any(_tied(answer, held) or _nearly(answer[0], held[0]) for held in part)


def _far_apart(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether two figures are too far apart to be reports of one count, for how alike their questions are worded."""
    if _minutes(one[0]) is not None:
        return False
    far = _distance(one, other)
    if far <= _FAR:
        return False
    return far > _TOO_FAR or _worded_alike(one, other) < _ALIKE


def _cost(one: Sequence[Claim], other: Sequence[Claim]) -> float:
    """How little two figures belong together: how far they are apart, and how differently they are asked for."""
    return _distance(one, other) + _WORDING * (1 - _worded_alike(one, other))


def _worded_alike(one: Sequence[Claim], other: Sequence[Claim]) -> float:
    words = [[content_words(claim.question) for claim in claims] for claims in (one, other)]
    return max(similarity(a, b) for a in words[0] for b in words[1])


def _told_by_one(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether an article gives both as facts of its own, which therefore are no rivals."""
    for article in _articles(one) & _articles(other):
        pairs = [(a, b) for a in one for b in other if a.article == b.article == article]
        told_apart = any(_supersedes(a, b) for a, b in pairs) or all(
            _two_speakers(a, b) or _near(a, b) for a, b in pairs
        )
        if not told_apart:
            return True
    return False


def _supersedes(a: Claim, b: Claim) -> bool:
    """Whether an article says of one figure that it replaces the other.

    Of several figures in a sentence that revises only the new one does: "lowered from 26 to 22, 4 were listed twice".
    """
    for new, old in ((a, b), (b, a)):
        apart = new.evidence[0].start != old.evidence[0].start
        if not new.superseded and ((new.revises and (old.superseded or apart)) or (old.superseded and apart)):
            return True
    return False


def _two_speakers(a: Claim, b: Claim) -> bool:
    """Whether an article ascribes two figures to different sources."""
    if not a.attributed_to or not b.attributed_to or _other_span(a, b):
        return False
    return not same_speaker(a.attributed_to, b.attributed_to)


def _other_span(a: Claim, b: Claim) -> bool:
    """Whether one figure is of a longer time than the other: the dead of the day, and of the month."""
    if not a.period or not b.period or a.period == b.period:
        return False
    return is_span(a.period) or is_span(b.period)


def _near(a: Claim, b: Claim) -> bool:
    """Whether an article gives a figure of a source beside one of its own that is nearly it: 42, and "about 40"."""
    return bool(a.attributed_to or b.attributed_to) and _nearly(a, b)


def _nearly(a: Claim, b: Claim) -> bool:
    sizes = sorted((_size(a), _size(b)))
    return sizes[0] >= _MANY and sizes[0] >= _NEARLY * sizes[1]


def _tied(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    for a in one:
        for b in other:
            if (a.period and a.period == b.period) or (a.scope.place and a.scope.place == b.scope.place):
                return True
    return False


def _distance(one: Sequence[Claim], other: Sequence[Claim]) -> float:
    """How far two figures are apart, as the logarithm of their ratio; two clock times in hours."""
    clocks = _minutes(one[0]), _minutes(other[0])
    if clocks[0] is not None and clocks[1] is not None:
        return abs(clocks[0] - clocks[1]) / _HOUR
    sizes = [_size(claims[0]) for claims in (one, other)]
    return abs(math.log(sizes[0]) - math.log(sizes[1]))


def _minutes(claim: Claim) -> int | None:
    """A clock time in minutes after midnight."""
    if not isinstance(claim.value, DateValue) or not claim.value.time:
        return None
    hour, minute = claim.value.time.split(":")[:2]
    return 60 * int(hour) + int(minute)


def _size(claim: Claim) -> float:
    amount = in_base_unit(claim.value).amount if isinstance(claim.value, Quantity) else 0.0
    return max(abs(amount), 0.1)  # none at all is far from one, and has a logarithm
