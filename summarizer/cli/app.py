"""The commands and their options; bodies import what they need, so that --help stays fast."""

from collections.abc import Callable
from typing import Annotated, Literal

import typer

from ..render.formats import Format
from .exits import reporting
from .options import (
    AllowPrivate,
    BaseUrl,
    CacheDir,
    DryRun,
    Fields,
    FormatOption,
    Gguf,
    Language,
    MaxTokens,
    ModelOption,
    NoCache,
    OutputOption,
    Published,
    Quiet,
    Sources,
    Verbose,
    Window,
)
from .output import Output, write_stdout

app = typer.Typer(
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show local variables, and one of them is the key
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=(
        "[bold]Exit codes:[/bold] 0 all done · 1 some articles failed, the rest is in the output · "
        "2 wrong usage or input, or no budget for any result · "
        "3 model or server not usable; what was finished is still put out\n\n"
        "Results go to standard output, everything else to standard error. Without a key "
        "([cyan]OPENAI_API_KEY[/cyan]) or server ([cyan]OPENAI_BASE_URL[/cyan]) the embedded model is used."
    ),
)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("summarizer")
        except PackageNotFoundError:
            number = "(version unknown: run from a checkout that is not installed)"
        write_stdout(f"summarizer {number}\n")
        raise typer.Exit


@app.callback(
    help=(
        "[bold]$ summarizer story examples/ferry-fire/*.md[/bold]\n\n"
        "Reads news articles in any language and shows what they agree on, where they disagree and how (update, other "
        "scope, contradiction …), and what only one of them says: with the very sentences as evidence."
    )
)
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options that need no command."""


def _reading(work: Literal["run_story", "run_summarize"]) -> Callable[..., None]:
    """A command that reads articles: `story` and `summarize` take the same options, and differ in what they do."""

    def command(
        sources: Sources,
        format: FormatOption = None,
        output: OutputOption = None,
        model: ModelOption = None,
        base_url: BaseUrl = None,
        gguf: Gguf = None,
        language: Language = None,
        window: Window = None,
        published: Published = None,
        field: Fields = None,
        allow_private: AllowPrivate = False,
        max_tokens_total: MaxTokens = None,
        dry_run: DryRun = False,
        no_cache: NoCache = False,
        cache_dir: CacheDir = None,
        quiet: Quiet = False,
        verbose: Verbose = False,
        into: Annotated[
            str | None,
            typer.Option(
                "--into",
                metavar="STORY.json",
                help="Add the articles to a story made earlier; it may be -o, too.",
                hidden=work != "run_story",
            ),
        ] = None,
    ) -> None:
        if into and work != "run_story":
            raise typer.BadParameter("--into: only `story` adds articles to a story")
        with reporting(verbose=verbose, base_url=base_url):
            from . import run

            code = getattr(run, work)(
                sources,
                published or [],
                run.Options(format, output, quiet, verbose, dry_run, into, tuple(field or ()), allow_private),
                model=model,
                base_url=base_url,
                gguf=gguf,
                language=language,
                window=window,
                max_tokens_total=max_tokens_total,
                cache=False if no_cache else None,
                cache_dir=cache_dir,
            )
            raise typer.Exit(code)

    return command


app.command(
    "story",
    help=(
        "Everything: read the articles, summarize each, merge them and flag where they disagree.\n\n"
        "[bold]$ summarizer story monday.txt tuesday.md --published monday.txt=2031-05-03[/bold]"
    ),
)(_reading("run_story"))
app.command(
    "summarize",
    help=(
        "A summary of each article: who, what, where, when, why, how, and every claim with its evidence.\n\n"
        "JSON is one object for one file with one article, and an array for everything else.\n\n"
        "[cyan]-o DIR/[/cyan] writes one file per article, DIR/<id>.json, ready for [cyan]summarizer merge[/cyan].\n\n"
        "[bold]$ summarizer summarize monday.txt tuesday.md -o summaries/[/bold]"
    ),
)(_reading("run_summarize"))


@app.command()
def merge(
    sources: Annotated[
        list[str], typer.Argument(metavar="SUMMARY.json", help="What `summarize --format json` wrote; - for stdin.")
    ],
    format: FormatOption = None,
    output: OutputOption = None,
    adjudicate: Annotated[
        bool, typer.Option("--adjudicate", help="Ask the model what the rules leave open, and for a narrative.")
    ] = False,
    model: ModelOption = None,
    base_url: BaseUrl = None,
    gguf: Gguf = None,
    language: Language = None,
    max_tokens_total: MaxTokens = None,
    no_cache: NoCache = False,
    cache_dir: CacheDir = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Merge summaries made earlier and flag where they disagree; no model is asked without --adjudicate.

    [bold]$ summarizer merge summaries/*.json[/bold]
    """
    given = {
        "--model": model,
        "--base-url": base_url,
        "--gguf": gguf,
        "--language": language,
        "--max-tokens-total": max_tokens_total,
    }
    unused = [name for name, value in given.items() if value is not None]
    if unused and not adjudicate:
        raise typer.BadParameter(f"{', '.join(unused)}: no model is asked without --adjudicate")
    with reporting(verbose=verbose, base_url=base_url):
        from .run import Options, run_merge

        options = Options(format, output, quiet, verbose)
        code = run_merge(
            sources,
            options,
            adjudicate=adjudicate,
            model=model,
            base_url=base_url,
            gguf=gguf,
            language=language,
            max_tokens_total=max_tokens_total,
            cache=False if no_cache else None,
            cache_dir=cache_dir,
        )
        raise typer.Exit(code)


@app.command()
def render(
    source: Annotated[
        str, typer.Argument(metavar="STORY.json", help="What `story` or `merge` wrote as JSON; - for stdin.")
    ],
    format: FormatOption = None,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """A story made earlier in another format: a web page, a table, linked data … No model is needed.

    Exit code 0 also for a story that lists failures: the run that made it told them.

    [bold]$ summarizer render story.json -o story.html[/bold]
    """
    with reporting(verbose=verbose):
        from .render import run_render

        raise typer.Exit(run_render(source, format=format, output=output, quiet=quiet, verbose=verbose))


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="MergedSummary (story), EventSummary (summary), Claim …")
    ] = "MergedSummary",
    output: OutputOption = None,
) -> None:
    """JSON Schema of the outputs: of a story, unless another shape is named.

    [bold]$ summarizer schema EventSummary[/bold]
    """
    with reporting(verbose=False):
        from .schema import json_schema

        Output.prepare(output, Format.JSON).write(json_schema(name))


@app.command()
def doctor(model: ModelOption = None, base_url: BaseUrl = None, gguf: Gguf = None, verbose: Verbose = False) -> None:
    """Which model would be used and why; is its key set, its server reachable, its file there? Exit code 3 if not.

    [bold]$ summarizer doctor[/bold]
    """
    with reporting(verbose=verbose, base_url=base_url):
        from .doctor import run_doctor

        raise typer.Exit(run_doctor(model=model, base_url=base_url, gguf=gguf))


cache_app = typer.Typer(
    no_args_is_help=True,
    help=("The model's answers, kept on disk so that none is paid for twice.\n\n[bold]$ summarizer cache info[/bold]"),
)
app.add_typer(cache_app, name="cache")


@cache_app.command("info")
def cache_info(cache_dir: CacheDir = None) -> None:
    """How many answers are kept, where, and what they cost when they were paid for.

    [bold]$ summarizer cache info[/bold]
    """
    with reporting(verbose=False):
        from .cache import run_info

        raise typer.Exit(run_info(cache_dir=cache_dir))


@cache_app.command("clear")
def cache_clear(cache_dir: CacheDir = None) -> None:
    """Delete all kept answers; the embedded model's file stays.

    [bold]$ summarizer cache clear[/bold]
    """
    with reporting(verbose=False):
        from .cache import run_clear

        raise typer.Exit(run_clear(cache_dir=cache_dir))
