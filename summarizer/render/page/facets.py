"""What a reader can filter by: relation, outlet and speaker, with how many questions each of them has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ...schemas import Article, Claim, Comparison, Disagreement, Position
from ..common import LABELS, NOBODY, named, unique
from .marking import Kind

KINDS: dict[str, str] = {
    **{relation: LABELS[relation, None] for relation, subtype in LABELS if subtype is None},
    "agreement": "agreement",
    "single": "only one source",
    "unverified": "not verified",
}
"""What a question can be, in the order in which it is offered."""


@dataclass(frozen=True)
class Option:
    """A choice: its value in the page, its words, and how many questions it has."""

    value: str
    text: str
    count: int


@dataclass(frozen=True)
class Facet:
    """One thing to filter by."""

    name: Literal["relation", "outlet", "speaker"]
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Traits:
    """What the filters know of a question: its relation, and the numbers of its outlets and speakers."""

    relation: str
    outlets: str
    speakers: str


class Facets:
    """Collects the traits of questions; outlets (those of copies, too) and speakers are numbered as they come."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._outlets = {
            article.id: unique([article.outlet or article.id, *(copy.outlet or copy.id for copy in article.copies)])
            for article in articles
        }
        self._numbers: dict[str, dict[str, int]] = {"outlet": {}, "speaker": {}}
        self._counts: dict[str, dict[str, int]] = {"relation": {}, "outlet": {}, "speaker": {}}

    def of(self, item: Comparison, kind: Kind) -> Traits:
        """The traits of a question, which is counted."""
        relation = item.relation.value if isinstance(item, Disagreement) else kind
        articles = [article for position in item.positions for article in position.articles]
        return self._traits(relation, articles, (name for position in item.positions for name in speakers(position)))

    def of_claim(self, claim: Claim) -> Traits:
        """The traits of a claim that is not verified."""
        return self._traits("unverified", [claim.article], unique([claim.attributed_to]) or [NOBODY])

    def listed(self) -> tuple[Facet, ...]:
        """The facets that leave a choice: relations in the order of the page, names by alphabet."""
        relations = [Option(key, text, self._counts["relation"].get(key, 0)) for key, text in KINDS.items()]
        found = [Facet("relation", "Relation", tuple(option for option in relations if option.count))]
        for name, label in (("outlet", "Outlet"), ("speaker", "Speaker")):
            counts = self._counts[name]
            options = [Option(str(number), text, counts[text]) for text, number in self._numbers[name].items()]
            found.append(Facet(name, label, tuple(sorted(options, key=_by_alphabet))))  # type: ignore[arg-type]
        return tuple(facet for facet in found if len(facet.options) > 1)

    def _traits(self, relation: str, articles: Sequence[str], names: Iterable[str]) -> Traits:
        outlets = list(dict.fromkeys(outlet for article in articles for outlet in self._outlets[article]))
        told = list(dict.fromkeys(names))
        for name, values in (("relation", [relation]), ("outlet", outlets), ("speaker", told)):
            for value in values:
                self._counts[name][value] = self._counts[name].get(value, 0) + 1
        return Traits(relation, self._numbered("outlet", outlets), self._numbered("speaker", told))

    def _numbered(self, name: str, values: Sequence[str]) -> str:
        numbers = self._numbers[name]
        return " ".join(str(numbers.setdefault(value, len(numbers) + 1)) for value in values)


def speakers(position: Position) -> list[str]:
    """Who is behind a position: its voices by name, else who it is attributed to; `NOBODY` where no one is named."""
    voices = unique(voice.source for voice in position.voices if voice.basis != "outlet")
    return (voices if position.voices else named(position.attributed_to)) or [NOBODY]


def _by_alphabet(option: Option) -> tuple[bool, str]:
    return option.text == NOBODY, option.text.casefold()
