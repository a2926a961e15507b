"""Files and streams to bytes: opens only what ends and is not too large, and says why where it does not."""

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TextIO

from ..errors import InputError
from .decoding import MAX_BYTES, too_large

_REASONS = {
    errno.ENOENT: ("there is no such file", "check the name"),
    errno.ENOTDIR: ("there is no such file", "check the name"),
    errno.ENAMETOOLONG: ("there is no such file: the name is too long", "check the name"),
    errno.EACCES: ("it may not be read: permission denied", "change its permissions"),
    errno.EPERM: ("it may not be read: permission denied", "change its permissions"),
    errno.ELOOP: ("it is a link that leads back to itself", "give the file it should lead to"),
    errno.EISDIR: ("it is a directory", "give the files in it"),
}
_UNREADABLE = "see whether another program can read it"


def file_id(path: str | Path) -> str:
    """The stem of the file's name, in characters that JSON can hold."""
    return printable(Path(path).stem) or "article"


def printable(text: str | Path) -> str:
    """`text` with bytes that are no UTF-8 (in file names of other encodings) replaced."""
    return os.fsencode(text).decode("utf-8", "replace")


class Bytes(Protocol):
    """What an input is read from."""

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, or what is left."""

    def readline(self, size: int, /) -> bytes:
        """The rest of the line with its end, but at most `size` bytes."""


def file_bytes(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a file of at most `limit` bytes; raises InputError that says what is wrong with it."""
    with open_file(path) as (file, size):
        return _all(file, limit, size)


def stream_bytes(stream: TextIO | BinaryIO | None, limit: int = MAX_BYTES) -> bytes:
    """What standard input holds, at most `limit` bytes; raises InputError that says what is wrong with it."""
    with open_stream(stream) as (file, size):
        return _all(file, limit, size)


def _all(file: Bytes, limit: int, size: int | None) -> bytes:
    if size is not None and size > limit:
        raise too_large(size, limit)
    raw = file.read(limit + 1)
    if len(raw) > limit:
        raise too_large(limit=limit)
    return raw


@contextmanager
def open_file(path: str | Path) -> Iterator[tuple[Bytes, int | None]]:
    """A file and its size in bytes, open while it is read; InputError for what goes wrong, also within."""
    try:
        status = os.stat(path)
        _refuse_special(path, status.st_mode)
        file = open(path, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise reason_of(error) from None
    except ValueError as error:  # a zero byte or a lone surrogate in the name
        raise InputError(f"the name cannot be that of a file: {error}", hint="check the name") from None
    with file:
        try:
            yield file, status.st_size
        except OSError as error:
            raise reason_of(error) from None


@contextmanager
def open_stream(stream: TextIO | BinaryIO | None) -> Iterator[tuple[Bytes, int | None]]:
    """Standard input, of unknown size, while it is read; InputError for what goes wrong, also within."""
    if stream is None:
        raise InputError("there is no standard input", hint="give a file")
    try:
        file: Any = getattr(stream, "buffer", stream)
        if isinstance(file.read(0), str):
            file = io.BytesIO(file.read().encode())
    except UnicodeError as error:
        raise InputError(f"standard input is not text: {error}", hint="convert it to UTF-8") from None
    except (OSError, ValueError) as error:  # ValueError: already closed
        raise InputError(f"standard input cannot be read: {error}", hint="give a file") from None
    try:
        yield file, None
    except OSError as error:
        raise InputError(f"standard input cannot be read: {error}", hint="give a file") from None


def reason_of(error: OSError) -> InputError:
    """Why a file or directory cannot be read."""
    reason, hint = _REASONS.get(error.errno or 0, (f"it cannot be read: {error.strerror or error}", _UNREADABLE))
    return InputError(reason, hint=hint)


def _refuse_special(path: str | Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise InputError("it is a directory", hint="give the files in it")
    if stat.S_ISFIFO(mode) and str(path).startswith("/dev/fd/"):
        return  # a shell's <(command)
    if not stat.S_ISREG(mode):
        # Opening a pipe that nobody writes to, or reading a device, would wait or go on for ever.
        raise InputError("it is a device or a pipe, not a file", hint="give '-' to read standard input")
