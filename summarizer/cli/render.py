"""`summarizer render`: a story that was made earlier, in another format; no model, and nothing of one, is loaded."""

from ..render.common import plural
from ..render.formats import SHOWS_FAILURES, Format
from .delivery import write_story
from .exits import DONE, say
from .inputs import read_story
from .output import Output


def run_render(source: str, *, format: Format | None, output: str | None, quiet: bool, verbose: bool) -> int:
    """Render the story in file `source` (`-`: standard input); returns the exit code.

    The code is 0 even if the story lists failures: they are of the run that made it, which reported them. Where the
    format has no place for them a line on stderr says how many there are.
    """
    target = Output.prepare(output, format, inputs=[source])
    story = read_story(source)
    write_story(story, target, verbose=verbose)
    if story.failures and target.format not in SHOWS_FAILURES and not quiet:
        many = plural(len(story.failures), "failure")
        say(f"the story lists {many}, which {target.format.value} does not show", hint="see them with --format text")
    return DONE
