"""Names of places in the page: labels for readers, ids for links, both from running numbers and never from texts."""

from collections.abc import Iterable, Sequence

from ...schemas import Claim, Comparison, Evidence, MergedSummary, Position
from ..safe import plain
from .marking import Chip, Kind, Span


def letter(count: int) -> str:
    """The mark of a position: A … Z, AA, AB …, counted from 0."""
    head, tail = divmod(count, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + tail)


def letters(positions: Sequence[Position]) -> list[str]:
    """The marks of a question's positions; a lone answer needs none."""
    return [letter(count) if len(positions) > 1 else "" for count in range(len(positions))]


class Places:
    """Where everything of a story stands: questions are numbered through all lists, unverified claims by themselves."""

    def __init__(self, story: MergedSummary) -> None:
        self.articles = {article.id: f"a{count}" for count, article in enumerate(story.articles, 1)}
        self._chips: dict[str, Chip] = {}
        kinds: list[tuple[Kind, Iterable[Comparison]]] = [
            ("disagreement", story.disagreements),
            ("agreement", story.agreements),
            ("single", story.single_source),
        ]
        count = 0
        for kind, items in kinds:
            for item in items:
                count += 1
                self._add(kind, count, item)
        for count, claim in enumerate(story.unverified, 1):
            title = f"{plain(claim.question)} {plain(claim.answer)} (not verified)"
            self._chips[claim.id] = Chip(f"?{count}", f"u{count}", title, "unverified")

    def _add(self, kind: Kind, count: int, item: Comparison) -> None:
        for place, (mark, position) in enumerate(zip(letters(item.positions), item.positions, strict=True), 1):
            target = f"q{count}-p{place}" if mark else f"q{count}"
            title = f"{plain(item.question)} {plain(position.answer)}"
            for claim in position.claims:
                self._chips[claim.id] = Chip(f"{count}{mark}", target, title, kind)

    def chip(self, claim: str) -> Chip:
        """The way to the place of a claim, by its id."""
        return self._chips[claim]

    def sentence(self, evidence: Evidence) -> str:
        """The id of a sentence in its article; the same for every claim that rests on it."""
        return f"{self.articles[evidence.article]}-{evidence.start}-{evidence.end}"

    def spans(self, claims: Iterable[Claim]) -> dict[str, list[Span]]:
        """The evidence of `claims` by article id, each sentence once, with the chips of all its claims."""
        found: dict[tuple[str, int, int], list[Chip]] = {}
        ids: dict[tuple[str, int, int], str] = {}
        for claim in claims:
            for item in claim.evidence:
                key = (item.article, item.start, item.end)
                ids[key] = self.sentence(item)
                chip, chips = self.chip(claim.id), found.setdefault(key, [])
                if chip.label not in [other.label for other in chips]:
                    chips.append(chip)
        spans: dict[str, list[Span]] = {}
        for (article, start, end), chips in found.items():
            spans.setdefault(article, []).append(Span(start, end, ids[article, start, end], tuple(chips)))
        return spans
