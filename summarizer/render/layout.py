"""Building blocks of the terminal view: headings, spread lines, hanging indents, positions with quotes."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..schemas import Article, Claim, Failure, Position
from ..text.date_words import date_words
from .common import by_words, cite, failure_words, qualities, sources, unique, when_words
from .quotes import excerpt, quote_lines
from .safe import isolate, plain

SEPARATOR = " · "
_ID = 24  # cells of an article's id
BLANK = Text("")


def spread(left: Text, right: Text, width: int) -> RenderableType:
    """`left`, wrapped to `width`, with `right` at the end of its last line, or below it where there is no room."""
    *lines, last = left.wrap(Console(width=width), width)
    last.rstrip()
    gap = width - last.cell_len - right.cell_len
    if gap >= 2:
        return Group(*lines, Text.assemble(last, " " * gap, right))
    right.justify = "right"
    return Group(*lines, last, right)


def hanging(mark: Text, body: RenderableType, indent: int) -> Table:
    """`body` behind `mark`, its further lines indented by `indent` cells."""
    grid = Table.grid(padding=0)
    grid.add_column(width=indent, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(mark, body)
    return grid


def heading(title: str, count: int | None, style: str, note: str = "") -> Text:
    """A section's title with its count: 'DISAGREE  3'."""
    text = Text(title, style=f"bold {style}")
    if count is not None:
        text.append(f"  {count:,}")
    if note:
        text.append(f"  {note}", style="not bold default")
    return text


def joined(parts: Iterable[str | Text]) -> Text:
    """Parts of a line with separators; right-to-left strings are isolated from each other, a Text is taken as it is."""
    return Text(SEPARATOR).join(Text(isolate(part)) if isinstance(part, str) else part for part in parts)


def position_block(
    position: Position, articles: Sequence[Article], width: int, *, column: int, full: bool
) -> RenderableType:
    """One position: the answer, when and who, then its quotes; the answer has a column of its own if there is room.

    `column` is that column's width in cells (0: no room, everything under each other); `full` shows quotes uncut.
    """
    answer = Text(isolate(plain(position.answer)), style="bold")
    room = width - (column + 2 if column else 4)
    who = Text(sources(position, articles, mark=isolate))
    cited = Text(cite(position.articles, articles, mark=isolate))
    meta = joined([when_words(position), who, cited, *qualities(position.claims)])
    details = Group(meta, *quotes_of(position.claims, room, full=full))
    if column:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=column, overflow="fold")
        grid.add_column(overflow="fold")
        grid.add_row(answer, details)
        return grid
    return Group(answer, Padding(details, (0, 0, 0, 4)))


def answer_column(positions: Sequence[Position], width: int) -> int:
    """Cells that the longest answer needs, 0 if that would leave too little for the quotes."""
    needed = max(cell_len(plain(position.answer)) for position in positions)
    return needed if width >= 64 and needed <= width * 0.3 else 0


def quotes_of(claims: Sequence[Claim], width: int, *, full: bool) -> list[Text]:
    """The evidence of the claims as quote lines, each sentence once; unless `full`, cut to two lines each."""
    lines: dict[tuple[str, int, int], list[Text]] = {}
    for claim in claims:
        for item in claim.evidence:
            key = (item.article, item.start, item.end)
            if key not in lines:
                quote = item.quote if full else excerpt(item.quote, claim, 2 * (width - 3))
                lines[key] = [Text(line, style="italic") for line in quote_lines(quote, width)]
    return [line for block in lines.values() for line in block]


def article_list(articles: Sequence[Article]) -> Table:
    """What was read: id, outlet, date, language, byline and title of each article, and below it its copies."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for article in articles:
        about = unique([article.outlet, date_words(article.published), article.language])
        by = [Text(words)] if (words := by_words(article, mark=isolate)) else []
        title = [Text(f"“{isolate(plain(article.title))}”")] if article.title else []
        grid.add_row(Text(isolate(_cut(plain(article.id), _ID)), style="cyan"), joined([*about, *by, *title]))
        for copy in article.copies:
            same = Text(f"the same text as {isolate(plain(article.id))}")
            about = unique([copy.outlet, date_words(copy.published)])
            by = [Text(words)] if (words := by_words(copy, mark=isolate)) else []
            grid.add_row(Text(isolate(_cut(plain(copy.id), _ID)), style="dim"), joined([*about, *by, same]))
    return grid


def _cut(text: str, width: int) -> str:
    """`text` in at most `width` cells; cut here and not by the table, which would cut off the end of an isolate."""
    return text if cell_len(text) <= width else f"{set_cell_size(text, width - 1).rstrip()}…"


def failure_list(failures: Sequence[Failure]) -> RenderableType:
    """Each failure with its reason and what to do next."""
    return Group(*(hanging(Text(" ✗ ", style="red"), Text(isolate(failure_words(item))), 3) for item in failures))


def draw(view: RenderableType, width: int) -> str:
    """`view` as plain text without colours or control codes, `width` cells wide."""
    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False, _environ={})
    with console.capture() as capture:
        console.print(view, highlight=False)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
