"""What a run would cost, for readers: a table on the terminal, and the same in Markdown."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..schemas import Bounded, Cost, Forecast
from .common import plural
from .layout import BLANK, failure_list, heading
from .markdown import escape
from .safe import isolate, plain

_COLUMNS = ("calls", "kept", "tokens in", "tokens out")


def forecast_view(forecast: Forecast) -> RenderableType:
    """A forecast as a table for a terminal: each article, what is asked about all, and the total."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("", overflow="fold")
    for name in _COLUMNS:
        table.add_column(name, justify="right")
    for label, depth, cost in _rows(forecast):
        style = "" if depth else "bold"
        table.add_row(Text("  " * depth + isolate(plain(label))), *_figures(cost), style=style)
    failed = [BLANK, heading("FAILED", len(forecast.failures), "red"), failure_list(forecast.failures)]
    notes = [Text(note, style="dim") for note in _notes(forecast)]
    return Group(Text(_title(forecast), style="bold"), table, *notes, *(failed if forecast.failures else []))


def forecast_markdown(forecast: Forecast) -> str:
    """A forecast as a Markdown document."""
    lines = [f"| | {' | '.join(_COLUMNS)} |", "|---|" + "---:|" * len(_COLUMNS)]
    for label, depth, cost in _rows(forecast):
        name = escape(label) if depth else f"**{escape(label)}**"
        lines.append(f"| {name} | {' | '.join(_figures(cost))} |")
    blocks = [f"# {escape(_title(forecast))}", "\n".join(lines), *map(escape, _notes(forecast))]
    if forecast.failures:
        blocks.append("\n".join(f"- {escape(f'{item.article}: {item.reason}')}" for item in forecast.failures))
    return "\n\n".join(blocks) + "\n"


def _rows(forecast: Forecast) -> Iterator[tuple[str, int, Cost]]:
    """Label, depth (0 for a sum) and figures."""
    for article in forecast.articles:
        yield article.article, 0, article.extract + article.summarise
        yield "sentences", 1, article.extract
        yield "header", 1, article.summarise
    if forecast.story:
        yield "story", 0, forecast.compare + forecast.merge
        yield "what rules leave open", 1, forecast.compare
        yield "headline and narrative", 1, forecast.merge
    yield "total", 0, forecast.total


def _figures(cost: Cost) -> tuple[str, ...]:
    return (_span(cost.calls), f"{cost.kept_answers:,}", _span(cost.prompt_tokens), _span(cost.output_tokens))


def _span(figure: Bounded) -> str:
    return f"{figure.likely:,}" + (f" to {figure.most:,}" if figure.most != figure.likely else "")


def _title(forecast: Forecast) -> str:
    where = "embedded model" if forecast.provider == "embedded" else f"at {plain(forecast.provider)}"
    total = forecast.total
    tokens = f"about {total.tokens.likely:,} tokens, at most {total.tokens.most:,}"
    return f"Dry run, nothing is asked: {_span(total.calls)} calls to {plain(forecast.model)} ({where}), {tokens}"


def _notes(forecast: Forecast) -> Iterator[str]:
    if forecast.total.kept_answers:
        yield f"{plural(forecast.total.kept_answers, 'answer')} kept from earlier runs (kept): they cost nothing."
    if forecast.total.calls.most:
        yield (
            "“a to b”: what is likely, and the bound. Tokens in are estimated from characters, the bound is 1.3 times "
            "that; tokens out are bounded by what each reply may hold. What is asked after the sentences depends on "
            "their answers. Requests repeated after faults come on top."
        )
    if forecast.budget is not None:
        tokens = forecast.total.tokens
        enough = "will do" if tokens.most <= forecast.budget else "may do"
        fits = enough if tokens.likely <= forecast.budget else "will probably not do"
        yield f"The budget of {forecast.budget:,} tokens {fits}."
