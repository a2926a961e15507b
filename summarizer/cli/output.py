"""Where a result goes: standard output, one file, or a directory with one file per article."""

import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..render.formats import JSON_FORMATS, SUFFIXES, Format, format_of
from .exits import say

if TYPE_CHECKING:
    from rich.console import RenderableType


_NARROWEST = 40  # narrower terminals wrap by themselves; below it a layout has no room for its columns


@dataclass(frozen=True)
class Output:
    """A destination that was found writable before any work was done."""

    format: Format
    path: Path | None = None
    directory: bool = False

    @classmethod
    def prepare(
        cls,
        path: str | None,
        format: Format | None,
        *,
        inputs: Sequence[str] = (),
        directories: bool = False,
        formats: Collection[Format] = tuple(Format),
    ) -> "Output":
        """Check the destination; raises InputError if nothing can be written there.

        Without `format` the file's suffix decides (.json, .md …), then JSON for a directory and text elsewhere.
        `inputs` must not be overwritten. `directories` allows `DIR/`, which is made if it is missing. `formats` are
        those that the result can be written in.
        """
        chosen = choose_format(path, format, formats)
        if path in (None, "-"):
            if sys.stdout is None:
                raise _closed()
            return cls(format or Format.TEXT)
        target = Path(str(path))
        try:
            target.exists()
        except OSError as error:  # a name that is too long
            raise _unwritable(str(path), error) from None
        if target.is_dir() or str(path).endswith(("/", os.sep)):
            place = _directory(target, allowed=directories)
            _spare_inputs(place, SUFFIXES[format or Format.JSON][0], inputs)
            return cls(format or Format.JSON, place, directory=True)
        if any(os.path.realpath(target) == os.path.realpath(name) for name in inputs if name != "-"):
            raise InputError(f"-o {path} would overwrite an input", hint="choose another file")
        if not target.parent.is_dir():
            raise InputError(f"-o {path}: there is no directory {target.parent}", hint="create it first")
        if not _special(target):
            _try_writing(target.parent, str(path))
        return cls(chosen or Format.TEXT, target)

    @property
    def readable_here(self) -> bool:
        """True if the reader sees the result as text, with its list of failures, on standard output."""
        return self.path is None and self.format is Format.TEXT

    def write(self, text: str) -> None:
        """Write the whole result, all that is JSON without raw control characters.

        If its file cannot be written after all, it goes to standard output instead.
        """
        if self.format in JSON_FORMATS:
            from ..render.safe import json_safe

            text = json_safe(text)
        if self.path is None:
            write_stdout(text)
            return
        try:
            write_atomically(self.path, text.encode("utf-8", "replace"))
        except OSError as error:
            say(f"error: {self.path} cannot be written: {error.strerror or error}; the result follows on stdout")
            write_stdout(text)
            raise InputError(f"the result is not in {self.path}", hint="save standard output to a file") from error

    def write_each(self, results: Sequence[tuple[str, str]]) -> None:
        """Write (id, text) pairs as files of the directory, named by id."""
        if self.path is None:
            raise ValueError("this destination is not a directory")
        taken: set[str] = set()
        fault: InputError | None = None
        for id, text in results:
            name = _file_name(id, taken)
            try:
                Output(self.format, self.path / (name + SUFFIXES[self.format][0])).write(text)
            except InputError as error:  # the others may still find room, and this one went to stdout
                fault = error
        if fault:
            raise fault


def choose_format(path: str | None, format: Format | None, formats: Collection[Format]) -> Format | None:
    """The format that is asked for by option, else by suffix; InputError if it is none of `formats`."""
    chosen = format or (format_of(path) if path else None)
    if chosen and chosen not in formats:
        given = f"--format {format.value}" if format else f"-o {path}"
        can = ", ".join(sorted(formats))
        raise InputError(f"{given}: this result cannot be written as {chosen.value}", hint=f"choose one of {can}")
    return chosen


def view(draw: "Callable[[int], RenderableType]", *, to_file: bool) -> str:
    """What `draw(width)` shows as a string: with colours for a terminal, plain for files and pipes.

    `NO_COLOR` (no-color.org), `FORCE_COLOR` and `TERM=dumb` are rich's matter; `CLICOLOR=0` and `CLICOLOR_FORCE`
    (bixense.com/clicolors) say the same to other programs.
    """
    from rich.console import Console

    from ..render.layout import draw as draw_plain
    from ..render.text import DEFAULT_WIDTH

    if to_file:
        return draw_plain(draw(DEFAULT_WIDTH), DEFAULT_WIDTH)
    forced = os.environ.get("CLICOLOR_FORCE", "") not in ("", "0")
    console = Console(
        file=sys.stdout,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True if forced else None,
        no_color=True if os.environ.get("CLICOLOR") == "0" and not forced else None,
    )
    if console.is_dumb_terminal:  # rich assumes 80 cells for it
        console.size = shutil.get_terminal_size((console.width, console.height))
    width = max(console.width, _NARROWEST)
    if not console.is_terminal:
        return draw_plain(draw(width), width)
    with console.capture() as capture:
        console.print(draw(width), width=width)
    return capture.get()


def write_stdout(text: str) -> None:
    """Write to standard output: UTF-8 for pipes and files whatever the locale; silent if nobody reads on (`| head`)."""
    if sys.stdout is None:
        raise _closed()
    encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(encoding, "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes once more when it exits; pointing the descriptor elsewhere keeps that quiet too.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"standard output cannot be written: {reason}", hint="give a file with -o") from error


def _closed() -> InputError:
    return InputError("standard output is closed", hint="give a file with -o")


def write_atomically(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one step, so that a reader or a crash never meets half a file; may raise OSError."""
    real = Path(os.path.realpath(path))  # through a link, the file it leads to is replaced, not the link
    if _special(real):
        real.write_bytes(data)
        return
    part = real.with_name(f".{real.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if real.exists():
            shutil.copymode(real, part)
        os.replace(part, real)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _special(path: Path) -> bool:
    """True for devices and pipes such as /dev/stdout, which cannot be replaced by a file."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _directory(path: Path, *, allowed: bool) -> Path:
    if not allowed:
        raise InputError(f"-o {path} is a directory", hint="give the name of a file")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"-o {path} cannot be made: {error.strerror or error}", hint="choose another place") from None
    _try_writing(path, str(path))
    return path


def _spare_inputs(directory: Path, suffix: str, inputs: Sequence[str]) -> None:
    """Refuse a directory in which an article's result would take the article's own name."""
    place = os.path.realpath(directory)
    for name in inputs:
        path = Path(os.path.realpath(name))
        if name != "-" and str(path.parent) == place and path.suffix.casefold() == suffix and path.is_file():
            raise InputError(f"-o {directory} would overwrite the input {name}", hint="choose another directory")


def _try_writing(directory: Path, given: str) -> None:
    try:
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise _unwritable(given, error) from None


def _unwritable(given: str, error: OSError) -> InputError:
    return InputError(f"-o {given} cannot be written: {error.strerror or error}", hint="choose another place")


def _file_name(id: str, taken: set[str]) -> str:
    """A file name for an article id that no earlier one has, on file systems without case too."""
    stem = re.sub(r"[^\w.\- ]+", "_", id).strip(". ")[:100] or "article"
    name, count = stem, 1
    while name.casefold() in taken:
        count += 1
        name = f"{stem}-{count}"
    taken.add(name.casefold())
    return name
