"""Who is heard behind an answer: outlets that trace to one original source are one voice, not so many confirmations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product
from typing import TypeVar

from .schemas import Agreement, Article, Basis, Claim, Comparison, Voice
from .text.agencies import agency_of, credited_agencies
from .text.folding import fold
from .text.likeness import same_words
from .text.speakers import same_speaker

__all__ = ["carried_by", "carriers", "heard", "voices"]

C = TypeVar("C", bound=Comparison)


@dataclass
class _Strand:
    """What one article says on the word of one speaker, or on no named speaker's."""

    article: str
    speaker: str | None
    first: int
    agencies: tuple[str, ...]
    outlet: str
    text: str
    copied: bool  # whether other outlets have the text, too
    quotes: list[str] = field(default_factory=list)


@dataclass
class _Group:
    """Strands that are one voice; `basis` is the weakest ground on which they were brought together."""

    strands: list[_Strand]
    basis: Basis


_Bond = Callable[[_Strand, _Strand], bool]


def voices(claims: Sequence[Claim], articles: Mapping[str, Article]) -> tuple[Voice, ...]:
    """The original sources behind one answer, by first claim; `articles` by id, as far as they are known.

    One voice are, transitively: claims attributed to one speaker, in whatever language; articles with one agency's
    copy, for what they ascribe to nobody else; articles that tell it in nearly the same words, or are nearly one text
    as a whole; articles of one outlet. Speakers that are clearly different are never one voice, so an article that
    names several stands in several voices. What it does not attribute counts for the first speaker it does name.
    """
    groups = [_Group([strand], _own_basis(strand)) for strand in _strands(claims, articles)]
    for basis, bond in _BONDS:
        groups = _joined(groups, basis, bond)
    return tuple(_voice(group, articles) for group in sorted(groups, key=lambda group: group.strands[0].first))


def heard(item: C, articles: Mapping[str, Article]) -> C:
    """`item` with the voices behind each answer; an agreement also says how far they confirm each other."""
    positions = tuple(
        answer.model_copy(update={"voices": voices(answer.claims, articles)}) for answer in item.positions
    )
    changes: dict[str, object] = {"positions": positions}
    if isinstance(item, Agreement):
        behind = voices([claim for answer in item.positions for claim in answer.claims], articles)
        note = _corroboration(behind, articles)
        changes |= {
            "rationale": f"{item.rationale} {note}" if note else item.rationale,
            "independent_sources": _independent(behind),
        }
    return item.model_copy(update=changes)


def carriers(ids: Sequence[str], articles: Mapping[str, Article]) -> str:
    """How many carry what stands in these articles, copies counted: '3 outlets', '2 articles of one outlet'.

    '2 articles' where an outlet is not known.
    """
    count = carried_by(ids, articles)
    outlets = {outlet for id in ids for outlet in _outlets(articles.get(id))}
    noun = "article" if "" in outlets or len(outlets) < count else "outlet"
    more = " of one outlet" if len(outlets) == 1 < count and "" not in outlets else ""
    return f"{count} {noun}{'' if count == 1 else 's'}{more}"


def carried_by(ids: Sequence[str], articles: Mapping[str, Article]) -> int:
    """How many inputs carry it: the articles, and the copies of their texts that were kept out."""
    return sum(1 + len(known.copies if (known := articles.get(id)) else ()) for id in ids)


def _outlets(article: Article | None) -> set[str]:
    """The outlets that have an article's text, folded; "" for one that is not known."""
    if article is None:
        return {""}
    return {fold(outlet or "") for outlet in (article.outlet, *(copy.outlet for copy in article.copies))}


# --- what each article says, and on whose word ---


def _strands(claims: Sequence[Claim], articles: Mapping[str, Article]) -> list[_Strand]:
    """The strands of all articles by first claim; an unattributed claim goes with the first that its article has."""
    found: list[_Strand] = []
    for place, claim in sorted(enumerate(claims), key=lambda item: (not item[1].attributed_to, item[0])):
        who = claim.attributed_to
        own = (item for item in found if item.article == claim.article)
        strand = next((item for item in own if not who or _same(who, item.speaker or "")), None)
        if strand is None:
            strand = _strand(claim, place, articles.get(claim.article))
            found.append(strand)
        strand.first = min(strand.first, place)
        strand.quotes += [evidence.quote for evidence in claim.evidence]
    return sorted(found, key=lambda item: item.first)


def _strand(claim: Claim, place: int, article: Article | None) -> _Strand:
    who = claim.attributed_to
    named = agency_of(who) if who else None
    credited = _credits(article) if article and not who else ()
    return _Strand(
        article=claim.article,
        speaker=who,
        first=place,
        agencies=(named,) if named else credited,
        outlet=fold(article.outlet or "") if article else "",
        text=article.text if article else "",
        copied=len(_outlets(article)) > 1,
    )


def _credits(article: Article) -> tuple[str, ...]:
    return _credited(article.text, article.title, article.outlet)


@lru_cache(maxsize=1024)
def _credited(text: str, title: str | None, outlet: str | None) -> tuple[str, ...]:
    return tuple(sorted(credited_agencies(text, title=title, outlet=outlet)))


def _own_basis(strand: _Strand) -> Basis:
    if strand.speaker or strand.agencies:
        return "attribution" if strand.speaker else "agency"
    return "copied_text" if strand.copied else "outlet"


# --- what makes two of them one ---


def _same(one: str, other: str) -> bool | None:
    """Whether two speakers are one; None where it cannot be told. Agencies are told apart by their names."""
    agencies = agency_of(one), agency_of(other)
    if all(agencies):
        return agencies[0] == agencies[1]
    return True if one == other else same_speaker(one, other)


def _one_speaker(a: _Strand, b: _Strand) -> bool:
    return bool(a.speaker and b.speaker and _same(a.speaker, b.speaker))


def _one_agency(a: _Strand, b: _Strand) -> bool:
    return bool(a.agencies) and a.agencies == b.agencies


def _copied(a: _Strand, b: _Strand) -> bool:
    return any(same_words(one, other) for one, other in product(a.quotes, b.quotes)) or same_words(a.text, b.text)


def _one_outlet(a: _Strand, b: _Strand) -> bool:
    sources = a.speaker, b.speaker, *a.agencies, *b.agencies
    return bool(a.outlet) and a.outlet == b.outlet and not any(sources)


_BONDS: tuple[tuple[Basis, _Bond], ...] = (
    ("attribution", _one_speaker),
    ("agency", _one_agency),
    ("copied_text", _copied),
    ("outlet", _one_outlet),
)
"""The strongest ground first."""


def _joined(groups: Iterable[_Group], basis: Basis, bond: _Bond) -> list[_Group]:
    done: list[_Group] = []
    for group in groups:
        for other in list(done):
            pairs = list(product(other.strands, group.strands))
            if any(bond(a, b) for a, b in pairs) and not any(_apart(a, b) for a, b in pairs):
                done.remove(other)
                strands = sorted([*other.strands, *group.strands], key=lambda item: item.first)
                group = _Group(strands, basis)
        done.append(group)
    return done


def _apart(a: _Strand, b: _Strand) -> bool:
    """Whether they cannot be one voice: clearly different speakers, or told apart by the article that has both."""
    return a.article == b.article or bool(a.speaker and b.speaker and _same(a.speaker, b.speaker) is False)


# --- what comes of it ---


def _voice(group: _Group, articles: Mapping[str, Article]) -> Voice:
    sources = [item.speaker for item in group.strands if item.speaker]
    sources = sources or [name for item in group.strands for name in item.agencies]
    if not sources and group.basis == "outlet":
        known = articles.get(group.strands[0].article)
        sources = [known.outlet] if known and known.outlet else []
    distinct: list[str] = []
    for source in sources:
        if not any(_same(source, other) for other in distinct):
            distinct.append(source)
    return Voice(
        source="; ".join(distinct) or None,
        articles=tuple(dict.fromkeys(item.article for item in group.strands)),
        basis=group.basis,
    )


def _independent(behind: Sequence[Voice]) -> int | None:
    """How many original sources there are; None where a voice does not name its own, or two cannot be told apart."""
    if len(behind) == 1:
        return 1
    if any(voice.basis == "outlet" or not voice.source for voice in behind):
        return None
    for one, other in combinations(behind, 2):
        pairs = product((one.source or "").split("; "), (other.source or "").split("; "))
        if any(_same(a, b) is not False for a, b in pairs):
            return None
    return len(behind)


def _corroboration(behind: Sequence[Voice], articles: Mapping[str, Article]) -> str:
    """What a reader must know of the sources; empty where nothing is shared."""
    if len(behind) == 1:
        return f"{_shared(behind[0], articles)}: not independent confirmation, so no corroboration."
    return " ".join(f"{_shared(voice, articles)}." for voice in behind if carried_by(voice.articles, articles) > 1)


def _shared(voice: Voice, articles: Mapping[str, Article]) -> str:
    who = f" ({voice.source})" if voice.source else ""
    if voice.basis == "outlet":
        return f"{carriers(voice.articles, articles)}{who}"
    return f"{carriers(voice.articles, articles)}, one {'original source' if voice.source else 'text'}{who}"
