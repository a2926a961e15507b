"""A story and single summaries as Markdown that reads well in a pull request; article text cannot inject markup."""

import re
from collections.abc import Iterable, Sequence

from ..schemas import (
    Agreement,
    Article,
    Claim,
    Copy,
    Disagreement,
    EventSummary,
    Evidence,
    Failure,
    MergedSummary,
    SingleSource,
)
from ..text.date_words import date_words
from . import common
from .common import unique
from .safe import isolate, plain

# Every sign that CommonMark, GitHub's extensions (tables, strikethrough, maths) or HTML could act on.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$&#!^])")
_BLOCK_START = re.compile(r"^(?:([-+=:])|(\d+)([.)]))")
_MENTION = re.compile(r"(@|\\#)(?=\w)")
_LINK = re.compile(r"(?i)\b(www)\.|(?<=[a-z0-9])(:)(?=//)|\b(mailto|xmpp)(:)")


def escape(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it stands: no markup, HTML, links, mentions or references.

    A mention (`@name`, `#12`) is worked out by hosts after the Markdown, where a backslash no longer counts;
    an empty HTML comment behind the sign parts it without showing.
    """
    safe = _SPECIAL.sub(r"\\\1", plain(text))
    safe = _BLOCK_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", safe)
    safe = _LINK.sub(lambda m: f"{m[1]}\\." if m[1] else f"{m[3] or ''}\\:", safe)
    return _MENTION.sub(r"\1<!-- -->", safe)


def shown(text: str) -> str:
    """`text` as `escape` makes it, isolated if it is written right to left, so that its punctuation stays with it."""
    return isolate(escape(text))


def story_markdown(story: MergedSummary) -> str:
    """A merged story as a Markdown document."""
    title = story.headline.text if story.headline else common.plural(len(story.articles), "article") + " compared"
    facts = [common.counted(story.articles), common.languages(story.articles)]
    blocks = [f"# {shown(title)}", " · ".join(unique([*facts, common.span_words(story.articles)]))]
    if story.narrative:
        several = len(story.narrative) > 1
        blocks.append("\n".join(("- " if several else "") + shown(sentence.text) for sentence in story.narrative))
    if changes := common.changes(story):
        lines = [f"- {shown(question)} {shown(text)}" for question, text in changes]
        blocks += [f"## Changes: {len(changes)}", "\n".join(lines)]
    blocks.append(f"## Disagreements: {len(story.disagreements)}")
    for count, item in enumerate(story.disagreements, 1):
        blocks += _disagreement(count, item, story)
    if story.agreements:
        blocks += [f"## Agreements: {len(story.agreements)}", _agreements(story)]
    if story.single_source:
        blocks += [f"## Only one source: {len(story.single_source)}", *_single_source(story)]
    blocks += _unverified(story.unverified)
    blocks += _failures(story.failures)
    blocks += ["## Articles", _articles(story)]
    return _document([*blocks, "---", f"_{escape(common.run_words(story.provenance, story.usage))}_"])


def summaries_markdown(summaries: Sequence[EventSummary], failures: Sequence[Failure] = ()) -> str:
    """Summaries of single articles as one Markdown document."""
    blocks: list[str] = []
    for summary in summaries:
        blocks += _summary(summary)
    return _document([*blocks, *_failures(failures)])


def _document(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are escaped already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _quotes(evidence: Iterable[Evidence], *, by: bool = True) -> str:
    """Each sentence once, as a block quote with the id of its article."""
    lines = {}
    for item in evidence:
        source = f" — {shown(item.article)}" if by else ""
        lines[item.article, item.start, item.end] = f"> {isolate(f'«{escape(item.quote)}»')}{source}"
    return "\n>\n".join(lines.values())


def _disagreement(count: int, item: Disagreement, story: MergedSummary) -> list[str]:
    rows = [
        (
            f"**{shown(position.answer)}**",
            escape(common.when_words(position)),
            "; ".join(
                [common.sources(position, story.articles, mark=shown), *map(shown, common.qualities(position.claims))]
            ),
            common.cite(position.articles, story.articles, mark=shown),
        )
        for position in item.positions
    ]
    estimate = common.estimate_words(item)
    return [
        f"### {count}. {shown(item.question)}",
        f"**{escape(common.label(item))}** ({common.verdict_words(item)}). {shown(item.rationale)}",
        _table(("Answer", "When", "According to", "Articles"), rows),
        f"Estimate: {escape(estimate)}" if estimate else "",
        _quotes(evidence for position in item.positions for evidence in position.evidence),
    ]


def _answers(item: Agreement | SingleSource) -> str:
    return " / ".join(f"**{shown(answer)}**" for answer in unique(p.answer for p in item.positions))


def _agreements(story: MergedSummary) -> str:
    rows = []
    for item in story.agreements:
        ids = unique(article for position in item.positions for article in position.articles)
        voices = common.voices_note(item, story.articles, mark=shown)
        one = item.independent_sources == 1
        told = [f"**{voices}**" if one else f"According to {voices}."] if voices else []
        note = " ".join([shown(item.rationale), *told])
        rows.append((shown(item.question), _answers(item), common.cite(ids, story.articles, mark=shown), note))
    return _table(("Question", "Answer", "Articles", "Note"), rows)


def _single_source(story: MergedSummary) -> list[str]:
    blocks = []
    for ids, items in common.by_articles(story.single_source).items():
        lines = [
            f"- {shown(item.question)} → {_answers(item)}"
            + (f" ({shown(about)})" if (about := common.speakers_and_qualities(item.positions)) else "")
            for item in items
        ]
        carried = f" ({note})" if (note := common.in_copies(ids, story.articles)) else ""
        blocks += [f"**{common.cite(ids, story.articles, mark=shown)}**{carried}", "\n".join(lines)]
    return blocks


def _unverified(claims: Sequence[Claim]) -> list[str]:
    rows = [tuple(map(shown, (claim.question, claim.answer, claim.article, common.reasons(claim)))) for claim in claims]
    table = _table(("Question", "Answer", "Article", "Why not"), rows)
    return [f"## Not verified: {len(claims)}", table] if claims else []


def _failures(failures: Sequence[Failure]) -> list[str]:
    lines = [f"- {escape(common.failure_words(failure))}" for failure in failures]
    return [f"## Failed: {len(failures)}", "\n".join(lines)] if failures else []


def _articles(story: MergedSummary) -> str:
    rows = []
    for one in story.articles:
        rows.append(_article_row(one, one.language, one.title))
        rows += [_article_row(copy, None, f"the same text as {one.id}") for copy in one.copies]
    return _table(("Id", "Outlet", "Published", "Language", "Title", "Address"), rows)


def _article_row(item: Article | Copy, language: str | None, title: str | None) -> list[str]:
    who = ", ".join(filter(None, [shown(item.outlet or ""), common.by_words(item, mark=shown)]))
    cells = (date_words(item.published), language, title, item.url)
    return [shown(item.id), who, *(shown(cell or "") for cell in cells)]


def _summary(summary: EventSummary) -> list[str]:
    article = summary.article
    title = summary.headline.text if summary.headline else article.title or article.id
    about = [*map(shown, unique([article.id, article.outlet, date_words(article.published), article.language]))]
    about += [by] if (by := common.by_words(article, mark=shown)) else []
    header = [(name, getattr(summary, name)) for name in ("what", "who", "where", "when", "why", "how")]
    lines = [f"- **{name.capitalize()}:** {shown(cited.text)}" for name, cited in header if cited]
    verified = [claim for claim in summary.claims if claim.verified]
    blocks = [f"# {shown(title)}", " · ".join(about), "\n".join(lines), f"## Claims: {len(verified)}"]
    for claim in verified:
        when = [common.dated_words(claim.as_of, [claim])] if claim.as_of else []
        source = "; ".join([*when, common.people(claim.attributed_to), *common.qualities([claim])])
        blocks.append(f"**{shown(claim.question)}** {shown(claim.answer)} ({shown(source)})")
        blocks.append(_quotes(claim.evidence, by=False))
    blocks += _unverified([claim for claim in summary.claims if not claim.verified])
    blocks += _failures(summary.failures)
    return [*blocks, f"_{escape(common.run_words(summary.provenance, summary.usage))}_"]
