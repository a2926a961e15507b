"""Exit codes, and how errors reach a reader: one or two lines on stderr, never a key, no traceback unless asked for."""

import os
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

import typer

from ..errors import ModelError, SummarizerError

if TYPE_CHECKING:
    from ..schemas import Failure

DONE, SOME_FAILED, USAGE, NO_MODEL = 0, 1, 2, 3
INTERRUPTED, TERMINATED = 130, 143
"""128 and the number of the signal, as shells report it: Ctrl-C (SIGINT), and the request to end (SIGTERM)."""
BUG = 70
"""EX_SOFTWARE of sysexits.h: an error that the package did not foresee, which no documented code should hide."""

_ALIKE = 10
"""Failures for one reason that are told one by one: an export may have thousands."""
_SIGNALS = {INTERRUPTED: "Interrupted.", TERMINATED: "Terminated."}
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
_SHORTEST_SECRET = 6  # a shorter "key" is a placeholder such as "x", and would blank out half of every message


class Interrupted(KeyboardInterrupt):
    """The work was ended by signal `number`; `hint` says how to go on."""

    def __init__(self, number: int, hint: str | None = None) -> None:
        self.code = 128 + number
        self.hint = hint
        super().__init__(_SIGNALS.get(self.code, _SIGNALS[INTERRUPTED]))


_address: ContextVar[str | None] = ContextVar("address", default=None)
"""The server's address as the command was given it: it may hold a password, which no message shall."""


@contextmanager
def reporting(*, verbose: bool, base_url: str | None = None) -> Iterator[None]:
    """Turn what a command raises into a message and its exit code; a password in `base_url` is never shown."""
    given = _address.set(base_url)
    try:
        yield
    except Interrupted as stopped:
        say(str(stopped), hint=stopped.hint)
        raise typer.Exit(stopped.code) from None
    except KeyboardInterrupt:
        say(_SIGNALS[INTERRUPTED])
        raise typer.Exit(INTERRUPTED) from None
    except typer.Exit:
        raise
    except Exception as raised:
        error = _innermost(raised)
        if verbose:
            from ..render.safe import plain_lines

            _show(plain_lines("".join(traceback.format_exception(raised))))
        if isinstance(error, SummarizerError):
            where = f"{error.article}: " if error.article else ""
            say(f"error: {where}{error.message}", hint=error.hint)
            raise typer.Exit(NO_MODEL if isinstance(error, ModelError) else USAGE) from None
        hint = "this is a fault of summarizer; please report it" + ("" if verbose else ", with what --verbose shows")
        say(f"internal error: {type(error).__name__}: {error}", hint=hint)
        raise typer.Exit(BUG) from None
    finally:
        _address.reset(given)


def say(text: str, *, hint: str | None = None) -> None:
    """One line on stderr, and a second one with what to do next."""
    from ..render.safe import plain

    _show("\n".join([plain(text), *([f"  hint: {plain(hint)}"] if hint else [])]))


def _show(text: str) -> None:
    """Write to stderr what is safe for a terminal already."""
    if sys.stderr is not None:  # closed by the caller
        with suppress(OSError):  # a full disk or a reader that left: the exit code still tells
            sys.stderr.write(redact(text).rstrip("\n") + "\n")


def report_failures(failures: "Iterable[Failure]") -> None:
    """Failures on stderr, one or two lines each, and how many articles failed or are incomplete."""
    failures = list(failures)
    alike: Counter[tuple[str, str | None]] = Counter()
    for failure in failures:
        alike[failure.reason, failure.hint] += 1
        if alike[failure.reason, failure.hint] > _ALIKE:
            continue
        partly = " (the rest of it is in the result)" if failure.partial else ""
        where = f"{failure.article}: " if failure.article else ""
        say(f"failed: {where}{failure.reason}{partly}", hint=failure.hint)
    for (reason, hint), count in alike.items():
        if count > _ALIKE:
            say(f"failed: {count - _ALIKE:,} more like these: {reason}", hint=hint)
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
    """`text` without the API key, and without user and password of addresses, wherever they stand."""
    if secrets := sorted((one for one in _secrets() if len(one) >= _SHORTEST_SECRET), key=len, reverse=True):
        from ..model.endpoint import without_secrets

        text = without_secrets(text, secrets)
    return _CREDENTIALS.sub("", text)


def _secrets() -> Iterator[str]:
    """The key and the passwords that this process was given, in all their spellings."""
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    yield key
    for address in (os.environ.get("OPENAI_BASE_URL"), _address.get()):
        if address and "@" in address:
            from ..model.endpoint import Endpoint

            with suppress(ValueError):  # no address at all: what stands before its @ is taken out anyway
                yield from Endpoint(address, key, "", "").secrets


def _innermost(error: BaseException) -> BaseException:
    """The first error of a group: a task group wraps even a single one."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
