"""Exit codes, and how errors reach a reader: one or two lines on stderr, never a key, no traceback unless asked for."""

import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import typer

from ..errors import ModelError, SummarizerError

if TYPE_CHECKING:
    from ..schemas import Failure

DONE, SOME_FAILED, USAGE, NO_MODEL = 0, 1, 2, 3
INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""
BUG = 70
"""EX_SOFTWARE of sysexits.h: an error that the package did not foresee, which no documented code should hide."""

_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
_SHORTEST_SECRET = 6  # a shorter "key" is a placeholder such as "x", and would blank out half of every message


@contextmanager
def reporting(*, verbose: bool) -> Iterator[None]:
    """Turn what a command raises into a message and its exit code."""
    try:
        yield
    except KeyboardInterrupt:
        say("Interrupted.")
        raise typer.Exit(INTERRUPTED) from None
    except typer.Exit:
        raise
    except Exception as raised:
        error = _innermost(raised)
        if verbose:
            _write("".join(traceback.format_exception(raised)))
        if isinstance(error, SummarizerError):
            where = f"{error.article}: " if error.article else ""
            say(f"error: {where}{error.message}", hint=error.hint)
            raise typer.Exit(NO_MODEL if isinstance(error, ModelError) else USAGE) from None
        hint = "this is a fault of summarizer; please report it" + ("" if verbose else ", with what --verbose shows")
        say(f"internal error: {type(error).__name__}: {error}", hint=hint)
        raise typer.Exit(BUG) from None


def say(text: str, *, hint: str | None = None) -> None:
    """One line on stderr, and a second one with what to do next."""
    from ..render.common import plain

    lines = [plain(text), *([f"  hint: {plain(hint)}"] if hint else [])]
    _write("\n".join(lines) + "\n")


def _write(text: str) -> None:
    if sys.stderr is not None:  # closed by the caller
        with suppress(OSError):  # a full disk or a reader that left: the exit code still tells
            sys.stderr.write(redact(text))


def report_failures(failures: "Iterable[Failure]") -> None:
    """Failures on stderr, one or two lines each, and how many articles failed or are incomplete."""
    failures = list(failures)
    for failure in failures:
        partly = " (the rest of it is in the result)" if failure.partial else ""
        where = f"{failure.article}: " if failure.article else ""
        say(f"failed: {where}{failure.reason}{partly}", hint=failure.hint)
    if failures:
        whole = {failure.article for failure in failures if not failure.partial}
        partial = {failure.article for failure in failures if failure.partial} - whole
        say(f"{len(whole)} failed, {len(partial)} incomplete")


def exit_code(failures: "Iterable[Failure]") -> int:
    """0 without failures; 3 if the model or its server gave up on the way (stage `model`); 1 for all others."""
    stages = {failure.stage for failure in failures}
    if "model" in stages:
        return NO_MODEL
    return SOME_FAILED if stages else DONE


def redact(text: str) -> str:
    """`text` without the API key and without user and password in addresses."""
    key = os.environ.get("OPENAI_API_KEY", "")
    if len(key) >= _SHORTEST_SECRET:
        text = text.replace(key, "[key]")
    return _CREDENTIALS.sub("", text)


def _innermost(error: BaseException) -> BaseException:
    """The first error of a group: a task group wraps even a single one."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
