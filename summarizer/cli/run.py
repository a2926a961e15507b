"""What `story`, `summarize` and `merge` do once their options are read."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..errors import InputError, ModelError
from ..render.formats import FORECAST_FORMATS, SUMMARY_FORMATS, Format
from ..schemas import EventSummary, Failure, MergedSummary, Usage
from ..settings import Settings
from .bar import TerminalProgress
from .delivery import deliver_story
from .exits import NO_MODEL, USAGE, exit_code, report_failures, say
from .inputs import parse_fields, parse_published, read_story, read_summaries, some
from .interrupt import how_to_go_on, run_interruptibly
from .output import Output, choose_format, view

if TYPE_CHECKING:
    from ..continuing import Continued
    from ..pipeline import Summarizer
    from ..schemas import Article


@dataclass(frozen=True)
class Options:
    """Options that every command with a result has."""

    format: Format | None = None
    output: str | None = None
    quiet: bool = False
    verbose: bool = False
    dry_run: bool = False
    into: str | None = None
    fields: tuple[str, ...] = ()
    allow_private: bool = False


def run_story(sources: Sequence[str], published: Sequence[str], options: Options, **settings: Any) -> int:
    """Everything from files to a merged story; returns the exit code."""
    resolved = Settings.resolve(**settings)
    if options.dry_run:
        return _dry_run(resolved, sources, published, options, merging=True)
    inputs = [name for name in _files(sources) if not _is_story(name, sources, options)]
    output = Output.prepare(options.output, options.format, inputs=inputs)
    before = _before(options, output)
    articles, failures = _read(sources, published, options)
    base = _base(before, articles, failures, options)
    with TerminalProgress(quiet=options.quiet) as progress:
        story = run_interruptibly(_story(resolved, progress, base, failures), resume=how_to_go_on(resolved))
    return deliver_story(story, output, verbose=options.verbose, quiet=options.quiet, before=before)


def run_summarize(sources: Sequence[str], published: Sequence[str], options: Options, **settings: Any) -> int:
    """One EventSummary per article; returns the exit code."""
    resolved = Settings.resolve(**settings)
    if options.dry_run:
        choose_format(None, options.format, SUMMARY_FORMATS)
        return _dry_run(resolved, sources, published, options, merging=False)
    files = _files(sources)
    output = Output.prepare(options.output, options.format, inputs=files, directories=True, formats=SUMMARY_FORMATS)
    articles, failures = _read(sources, published, options)
    with TerminalProgress(quiet=options.quiet) as progress:
        summaries, failed = run_interruptibly(_summaries(resolved, progress, articles), resume=how_to_go_on(resolved))
    failures += failed
    if output.directory:
        output.write_each([(item.article.id, _summaries_in(output, [item], many=False)) for item in summaries])
    else:
        single = len(articles) + len(failures) == 1 and files == list(sources)
        output.write(_summaries_in(output, summaries, failures, many=not single))
    partial = [failure for summary in summaries for failure in summary.failures]
    if not output.readable_here:
        report_failures([*failures, *partial])
    return exit_code([*failures, *partial])


def run_merge(sources: Sequence[str], options: Options, *, adjudicate: bool, **settings: Any) -> int:
    """Merge summaries made earlier, by rules alone or with the model for what they leave open."""
    resolved = Settings.resolve(**settings)
    output = Output.prepare(options.output, options.format, inputs=sources)
    summaries, failures, notes = read_summaries(sources)
    if not summaries:
        report_failures(failures)
        raise InputError("there is no summary to merge")
    for note in [] if options.quiet else notes:
        say(note)
    if adjudicate:
        with TerminalProgress(quiet=options.quiet) as progress:
            story = run_interruptibly(
                _adjudicate(resolved, progress, summaries, failures), resume=how_to_go_on(resolved)
            )
    else:
        from ..by_rules import merge

        story = merge(summaries, failures=failures)
    return deliver_story(story, output, verbose=options.verbose)


def _dry_run(
    settings: Settings, sources: Sequence[str], published: Sequence[str], options: Options, *, merging: bool
) -> int:
    """What the run would cost, on standard output whatever -o says, as text where it has no such form; exit code."""
    output = Output.prepare(None, options.format if options.format in FORECAST_FORMATS else None)
    before = _before(options, output)
    articles, failures = _read(sources, published, options)
    if merging:
        _base(before, articles, failures, options)  # for its notes
    from ..pipeline import Summarizer
    from ..render.forecast import forecast_markdown, forecast_view

    with TerminalProgress(quiet=options.quiet) as progress:
        reader = Summarizer(settings, progress=progress)
        forecast = run_interruptibly(reader.estimate(articles, failures, merging=merging, into=before))
    if output.format is Format.JSON:
        output.write(forecast.model_dump_json(indent=2) + "\n")
    elif output.format is Format.MARKDOWN:
        output.write(forecast_markdown(forecast))
    else:
        output.write(view(lambda _: forecast_view(forecast), to_file=False))
    if not output.readable_here:
        report_failures(failures)
    return exit_code(failures)


def _files(sources: Sequence[str]) -> list[str]:
    """The inputs with directories and patterns resolved."""
    from ..articles import input_files

    return input_files(sources)


def _is_story(name: str | None, sources: Sequence[str], options: Options) -> bool:
    """Whether it is the story that is to be continued, which lies in a directory of articles."""
    if options.into is None or name is None or name in sources:
        return False
    return os.path.realpath(name) == os.path.realpath(options.into)


def _read(
    sources: Sequence[str], published: Sequence[str], options: Options
) -> "tuple[Sequence[Article], list[Failure]]":
    from ..articles import UNUSED_DATE, read_articles

    dates = parse_published(published)
    articles, failures = read_articles(
        sources,
        stdin=sys.stdin,
        published=dates,
        fields=parse_fields(options.fields),
        allow_private=options.allow_private,
        note=say if options.verbose and not options.quiet else None,
    )
    failures = [failure for failure in failures if not _is_story(failure.article, sources, options)]
    if not articles:
        report_failures(failures)
        say("error: no article could be read")
        raise typer.Exit(USAGE)
    for failure in failures:
        if failure.reason == UNUSED_DATE:  # nothing was paid for yet, and a wrong date decides relations
            given = f"{failure.article}={dates.get(str(failure.article), '')}"
            stems = {Path(source).stem for source in sources}
            names = some([*sources, *(article.id for article in articles if article.id not in stems)])
            raise InputError(f"--published {given} names none of the inputs", hint=f"the inputs are {names}")
    return articles, list(failures)


def _before(options: Options, output: Output) -> MergedSummary | None:
    """The story that is to be continued, if any; it is not replaced by something that could not be continued again."""
    if options.into is None:
        return None
    same = output.path is not None and os.path.realpath(output.path) == os.path.realpath(options.into)
    if same and output.format is not Format.JSON:
        raise InputError(
            f"-o {options.output} would put {output.format.value} in the place of the story",
            hint="write JSON there, or choose another file",
        )
    return read_story(options.into, option="--into")


def _base(
    before: MergedSummary | None, articles: "Sequence[Article]", failures: Sequence[Failure], options: Options
) -> "Continued":
    """What is to be read, and what it is merged into; says which inputs are not read, and why."""
    from ..continuing import continued

    base = continued(before, articles, failures)
    if not options.quiet:
        for note in base.notes:
            say(note)
        known = {copy.id for article in before.articles for copy in article.copies} if before else set()
        for article in (*(summary.article for summary in base.summaries), *base.articles):
            for copy in article.copies:
                if copy.id not in known:
                    say(f"{copy.id}: the same text as {article.id}; it is kept as its copy, and not read for itself")
    return base


async def _summaries(
    settings: Settings, progress: TerminalProgress, articles: "Sequence[Article]"
) -> tuple[list[EventSummary], list[Failure]]:
    from ..pipeline import Summarizer

    async with Summarizer(settings, progress=progress) as summarizer:
        return _parted(await summarizer.summarize_all(articles))


async def _story(
    settings: Settings, progress: TerminalProgress, base: "Continued", failures: list[Failure]
) -> MergedSummary:
    from ..pipeline import Summarizer

    async with Summarizer(settings, progress=progress) as summarizer:
        results = await summarizer.summarize_all(base.articles)
        summaries, failed = _parted(results, leave=base.story is None)
        return await _merged(summarizer, summaries, [*failures, *failed], base)


async def _adjudicate(
    settings: Settings, progress: TerminalProgress, summaries: list[EventSummary], failures: list[Failure]
) -> MergedSummary:
    from ..pipeline import Summarizer

    async with Summarizer(settings, progress=progress) as summarizer:
        return await _merged(summarizer, summaries, failures)


async def _merged(
    summarizer: "Summarizer", summaries: list[EventSummary], failures: list[Failure], base: "Continued | None" = None
) -> MergedSummary:
    """The story; if the model fails now, by rules alone, so that the summaries that were paid for are not lost."""
    from ..continuing import NEW

    into = base or NEW
    try:
        return await summarizer.merge(summaries, failures, into)
    except ModelError as error:
        from ..by_rules import merge

        reason = f"{error.message}; merged by rules alone"
        lost = Failure(article=error.article, stage="model", reason=reason, hint=error.hint)
        return merge(summaries, failures=[*failures, lost], into=into)


def _parted(
    results: Sequence[EventSummary | Failure], *, leave: bool = True
) -> tuple[list[EventSummary], list[Failure]]:
    """Summaries and failures apart.

    If nothing at all came of it, leaves with exit code 3, or 2 for want of budget, unless there is a story to keep.
    """
    summaries = [item for item in results if isinstance(item, EventSummary)]
    failures = [item for item in results if isinstance(item, Failure)]
    if not summaries and leave:
        report_failures(failures)
        stages = {failure.stage for failure in failures}
        too_little = "budget" in stages and "model" not in stages
        budget = "`--dry-run` tells what it would cost"
        doctor = "run `summarizer doctor` to see which model is used and why"
        spent = sum((failure.usage for failure in failures if failure.usage), Usage())
        tokens = f"; it took {spent.prompt_tokens:,} tokens in, {spent.output_tokens:,} out" if spent.calls else ""
        say(f"error: no article could be summarized{tokens}", hint=budget if too_little else doctor)
        raise typer.Exit(USAGE if too_little else NO_MODEL)
    return summaries, failures


def _summaries_in(
    output: Output, summaries: Sequence[EventSummary], failures: Sequence[Failure] = (), *, many: bool
) -> str:
    """The summaries in the output's format: a JSON object for one input, an array for `many`."""
    if output.format is Format.JSON:
        from pydantic import TypeAdapter

        if not many:
            return summaries[0].model_dump_json(indent=2) + "\n"
        return TypeAdapter(list[EventSummary]).dump_json(list(summaries), indent=2).decode() + "\n"
    if output.format is Format.JSONL:
        from ..render.jsonl import summaries_jsonl

        return summaries_jsonl(summaries)
    if output.format is Format.MARKDOWN:
        from ..render.markdown import summaries_markdown

        return summaries_markdown(summaries, failures)
    from ..render.text import summaries_view

    return view(lambda width: summaries_view(summaries, failures, width=width), to_file=output.path is not None)
