"""A story in its format, to where the reader wants it."""

from typing import TYPE_CHECKING

from ..render.formats import Format, story_in
from .exits import exit_code, report_failures
from .output import Output, view

if TYPE_CHECKING:
    from ..schemas import MergedSummary


def deliver_story(story: "MergedSummary", output: Output, *, verbose: bool) -> int:
    """Write a story that was made just now, and tell what failed in it; returns the exit code."""
    write_story(story, output, verbose=verbose)
    if not output.readable_here:
        report_failures(story.failures)
    return exit_code(story.failures)


def write_story(story: "MergedSummary", output: Output, *, verbose: bool) -> None:
    """Write a story in the output's format; as text it takes the terminal's width and colours."""
    if output.format is not Format.TEXT:
        output.write(story_in(story, output.format))
        return
    from ..render.text import story_view

    output.write(view(lambda width: story_view(story, width=width, verbose=verbose), to_file=output.path is not None))
