"""The options and arguments that several commands take, with their help."""

from typing import Annotated

import typer

from ..render.formats import Format

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Articles: text, Markdown, HTML, JSON or JSONL files, directories, patterns such as 'news/**/*.json', "
        "http(s) addresses, or - for stdin.",
    ),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", "-f", help="How the result is written.  [dim](default: text)[/dim]")
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="PATH", help="Write here; the suffix chooses the format: .md, .html, .json …"
    ),
]
ModelOption = Annotated[str | None, typer.Option("--model", metavar="NAME", help="Model to ask.")]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="OpenAI-compatible server, up to and with /v1.")
]
Gguf = Annotated[str | None, typer.Option("--gguf", metavar="FILE", help="Own model file for the embedded server.")]
Language = Annotated[
    str | None, typer.Option("--language", metavar="TAG", help="Language of headline and narrative.  [dim](en)[/dim]")
]
Window = Annotated[
    int | None,
    typer.Option("--window", min=1, metavar="N", help="Sentences per model call; by default by model."),
]
MaxTokens = Annotated[
    int | None,
    typer.Option("--max-tokens-total", min=1, metavar="N", help="Stop before more tokens are spent, in and out."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only tell on stdout what it would cost: nothing is asked, no -o written.")
]
Published = Annotated[
    list[str] | None,
    typer.Option("--published", metavar="FILE=DATE", help="When an article was published; may be repeated."),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="NAME=COLUMN",
        help="Where JSON has it: text=article_body, outlet=source.name …; may be repeated.",
    ),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch addresses of this machine and of private networks, too.")
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Ask the model anew, and keep none of its answers.")]
CacheDir = Annotated[
    str | None,
    typer.Option("--cache-dir", metavar="DIR", help="Where answers and the embedded model's file are kept."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only errors.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Which reader took what; whole quotes, failed claims; tracebacks.")
]
