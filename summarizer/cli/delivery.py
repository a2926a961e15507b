"""A story in its format, to where the reader wants it."""

from typing import TYPE_CHECKING

from ..render.common import plural
from ..render.formats import Format, story_in
from .exits import DONE, SOME_FAILED, exit_code, report_failures, say
from .output import Output, view

if TYPE_CHECKING:
    from ..schemas import MergedSummary


def deliver_story(
    story: "MergedSummary",
    output: Output,
    *,
    verbose: bool,
    quiet: bool = False,
    before: "MergedSummary | None" = None,
) -> int:
    """Write a story that was made just now, and tell what failed in it; returns the exit code.

    Of a story that continues the one of `before`, the changes are counted, and what failed before is no fault of now.
    """
    write_story(story, output, verbose=verbose)
    if not output.readable_here:
        report_failures(story.failures)
    if before is None:
        return exit_code(story.failures)
    if not quiet:
        count = sum(len(item.changes) for item in story.comparisons)
        say(f"{plural(count, 'change')} since the story was last made")
    now = [failure for failure in story.failures if failure not in before.failures]
    return exit_code(now) or (SOME_FAILED if story.failures else DONE)  # the model of before may be there again


def write_story(story: "MergedSummary", output: Output, *, verbose: bool) -> None:
    """Write a story in the output's format; as text it takes the terminal's width and colours."""
    if output.format is not Format.TEXT:
        output.write(story_in(story, output.format))
        return
    from ..render.text import story_view

    output.write(view(lambda width: story_view(story, width=width, verbose=verbose), to_file=output.path is not None))
