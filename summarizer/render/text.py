"""The terminal view of a story and of single summaries (rich); readable without colour and at any width."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from ..schemas import Agreement, Claim, Disagreement, EventSummary, Failure, MergedSummary, Relation, SingleSource
from . import common
from .common import unique
from .layout import (
    BLANK,
    SEPARATOR,
    answer_column,
    article_list,
    draw,
    failure_list,
    hanging,
    heading,
    joined,
    position_block,
    quotes_of,
    spread,
)
from .safe import isolate, plain

STYLES = {
    Relation.CONTRADICTION: "red",
    Relation.DENIAL: "magenta",
    Relation.UPDATE: "yellow",
    Relation.SCOPE: "cyan",
    Relation.PRECISION: "blue",
    Relation.ATTRIBUTION: "blue",
    Relation.CHARACTERISATION: "green",
    Relation.UNCERTAIN: "bright_black",
}
DEFAULT_WIDTH = 100
"""Cells of a line where there is no terminal to ask (files)."""


def story_text(story: MergedSummary, *, width: int = DEFAULT_WIDTH, verbose: bool = False) -> str:
    """A story as plain text, without colours or control codes, in lines of at most `width` cells."""
    return draw(story_view(story, width=width, verbose=verbose), width)


def summaries_text(
    summaries: Sequence[EventSummary], failures: Sequence[Failure] = (), *, width: int = DEFAULT_WIDTH
) -> str:
    """Summaries of single articles as plain text, without colours or control codes."""
    return draw(summaries_view(summaries, failures, width=width), width)


def story_view(story: MergedSummary, *, width: int, verbose: bool = False) -> RenderableType:
    """A story for a terminal `width` cells wide; `verbose` adds full quotes and the claims that failed a check."""
    parts: list[RenderableType] = [*_header(story, width)]
    if story.narrative:
        narrative = Text(" ").join(Text(isolate(plain(sentence.text))) for sentence in story.narrative)
        parts += [BLANK, narrative]
    parts += _changes(story)
    if story.disagreements:
        parts += [BLANK, heading("DISAGREE", len(story.disagreements), "red")]
        indent = len(str(len(story.disagreements))) + 3
        for count, item in enumerate(story.disagreements, 1):
            parts += [*([BLANK] if count > 1 else []), _disagreement(count, item, story, width, indent, verbose)]
    else:
        parts += [BLANK, heading("DISAGREE", 0, "red")]
    if story.agreements:
        parts += [BLANK, heading("AGREE", len(story.agreements), "green")]
        parts += [_agreement(item, story, width, verbose) for item in story.agreements]
    if story.single_source:
        parts += [BLANK, heading("ONLY ONE SOURCE", len(story.single_source), "blue")]
        parts += [_single_source(story, width, verbose)]
    parts += _unverified(story.unverified, width, listed=verbose)
    parts += _failed(story.failures)
    parts += [BLANK, Text(common.run_words(story.provenance, story.usage), style="dim")]
    return Group(*parts)


def summaries_view(
    summaries: Sequence[EventSummary], failures: Sequence[Failure] = (), *, width: int
) -> RenderableType:
    """Summaries of single articles, one after the other, then the articles that failed."""
    parts: list[RenderableType] = []
    for count, summary in enumerate(summaries):
        parts += [BLANK, Rule(style="dim"), BLANK] if count else []
        parts.append(_summary(summary, width))
    return Group(*parts, *_failed(failures))


def _header(story: MergedSummary, width: int) -> list[RenderableType]:
    articles = story.articles
    title = story.headline.text if story.headline else common.plural(len(articles), "article") + " compared"
    facts = [common.counted(articles), common.languages(articles), common.span_words(articles)]
    return [
        spread(
            Text(isolate(plain(title)), style="bold"),
            Text(SEPARATOR.join(unique(facts if story.headline else facts[1:])), style="dim"),
            width,
        ),
        Padding(article_list(articles), (0, 0, 0, 1)),
    ]


def _changes(story: MergedSummary) -> list[RenderableType]:
    if not (changes := common.changes(story)):
        return []
    lines = [hanging(Text(" + ", style="green"), Text(f"{isolate(q)} {isolate(text)}"), 3) for q, text in changes]
    return [BLANK, heading("CHANGED", len(changes), "green"), *lines]


def _disagreement(
    count: int, item: Disagreement, story: MergedSummary, width: int, indent: int, full: bool
) -> RenderableType:
    inner = width - indent
    question = Text(isolate(plain(item.question)), style="bold")
    relation = Text(common.label(item), style=f"bold {STYLES.get(item.relation, 'default')}")
    column = answer_column(item.positions, inner)
    body: list[RenderableType] = [spread(question, relation, inner)]
    body += [position_block(p, story.articles, inner, column=column, full=full) for p in item.positions]
    if estimate := common.estimate_words(item):
        body.append(Text(estimate, style="cyan"))
    rationale = Text(isolate(plain(item.rationale)))
    body.append(rationale.append(f" ({common.verdict_words(item)})", style="dim"))
    return hanging(Text(f"{count:>{indent - 2}}", style="bold"), Group(*body), indent)


def _agreement(item: Agreement, story: MergedSummary, width: int, full: bool) -> RenderableType:
    line = _question_and_answer(item)
    ids = unique(article for position in item.positions for article in position.articles)
    line.append(" — " + common.cite(ids, story.articles, mark=isolate))
    if note := common.voices_note(item, story.articles, mark=isolate):
        line.append(f" ({note})", style="yellow" if item.independent_sources == 1 else "dim")
    quotes = [quote for p in item.positions for quote in quotes_of(p.claims, width - 3, full=True)] if full else []
    rationale = [Text(isolate(plain(item.rationale)), style="dim")] if full else []
    return hanging(Text(" = ", style="green"), Group(line, *quotes, *rationale), 3)


def _single_source(story: MergedSummary, width: int, full: bool) -> RenderableType:
    """Grouped by article, so that its id stands once; a question always has one article here."""
    parts: list[RenderableType] = []
    for ids, items in common.by_articles(story.single_source).items():
        carried = f" ({note})" if (note := common.in_copies(ids, story.articles)) else ""
        parts.append(Text.assemble(" ", (common.cite(ids, story.articles, mark=isolate), "cyan"), carried))
        for item in items:
            line = _question_and_answer(item)
            if about := common.speakers_and_qualities(item.positions):
                line.append(f" ({isolate(about)})", style="dim")
            quotes = [quote for p in item.positions for quote in quotes_of(p.claims, width - 5, full=True)]
            parts.append(hanging(Text("   - "), Group(line, *(quotes if full else [])), 5))
    return Group(*parts)


def _question_and_answer(item: Agreement | SingleSource) -> Text:
    text = Text.assemble(isolate(plain(item.question)), " → ")
    answers = [Text(isolate(answer), style="bold") for answer in unique(p.answer for p in item.positions)]
    return text.append_text(Text(" / ").join(answers))


def _unverified(claims: Sequence[Claim], width: int, *, listed: bool) -> list[RenderableType]:
    if not claims:
        return []
    title = heading("NOT VERIFIED", len(claims), "yellow", f"({common.unverified_words(claims)})")
    if not listed:
        return [BLANK, title]
    return [BLANK, title, *(_claim(claim, width, "?", "yellow") for claim in claims)]


def _claim(claim: Claim, width: int, mark: str, style: str) -> RenderableType:
    line = Text.assemble(isolate(plain(claim.question)), " → ", (isolate(plain(claim.answer)), "bold"))
    about = [common.people(claim.attributed_to), *common.qualities([claim]), plain(claim.id)]
    if claim.as_of:
        about.insert(0, common.dated_words(claim.as_of, [claim]))
    why = [] if claim.verified else [Text(f"not verified: {common.reasons(claim)}", style=style)]
    quotes = quotes_of([claim], width - 3, full=False)
    return hanging(Text(f" {mark} ", style=style), Group(line, joined(about), *quotes, *why), 3)


def _failed(failures: Sequence[Failure]) -> list[RenderableType]:
    if not failures:
        return []
    return [BLANK, heading("FAILED", len(failures), "red"), failure_list(failures)]


def _summary(summary: EventSummary, width: int) -> RenderableType:
    article = summary.article
    title = summary.headline.text if summary.headline else article.title or article.id
    parts: list[RenderableType] = [
        Text(isolate(plain(title)), style="bold"),
        Padding(article_list([article]), (0, 0, 0, 1)),
    ]
    rows = [(name, getattr(summary, name)) for name in ("what", "who", "where", "when", "why", "how")]
    rows = [(name, cited) for name, cited in rows if cited]
    parts += [BLANK] if rows else []
    for name, cited in rows:
        parts.append(hanging(Text(f" {name.upper():<7}", style="bold"), Text(isolate(plain(cited.text))), 8))
    verified = [claim for claim in summary.claims if claim.verified]
    parts += [BLANK, heading("CLAIMS", len(verified), "green")]
    parts += [_claim(claim, width, "-", "green") for claim in verified]
    parts += _unverified([claim for claim in summary.claims if not claim.verified], width, listed=True)
    parts += _failed(summary.failures)
    parts += [BLANK, Text(common.run_words(summary.provenance, summary.usage), style="dim")]
    return Group(*parts)
