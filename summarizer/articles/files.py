"""Files and streams to bytes: opens only what ends and is not too large, and says why where it does not."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, TextIO

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


def file_bytes(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a file of at most `limit` bytes; raises InputError that says what is wrong with it."""
    try:
        status = os.stat(path)
        _refuse_special(path, status.st_mode)
        if status.st_size > limit:
            raise too_large(status.st_size, limit)
        with open(path, "rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, (f"it cannot be read: {error.strerror or error}", _UNREADABLE))
        raise InputError(reason, hint=hint) from None
    except ValueError as error:  # a zero byte or a lone surrogate in the name
        raise InputError(f"the name cannot be that of a file: {error}", hint="check the name") from None
    if len(raw) > limit:
        raise too_large(limit=limit)
    return raw


def stream_bytes(stream: TextIO | BinaryIO | None, limit: int = MAX_BYTES) -> bytes:
    """What standard input holds, at most `limit` bytes; raises InputError that says what is wrong with it."""
    if stream is None:
        raise InputError("there is no standard input", hint="give a file")
    try:
        raw: bytes | str = getattr(stream, "buffer", stream).read(limit + 1)
        data = raw.encode() if isinstance(raw, str) else raw
    except UnicodeError as error:
        raise InputError(f"standard input is not text: {error}", hint="convert it to UTF-8") from None
    except (OSError, ValueError) as error:  # ValueError: already closed
        raise InputError(f"standard input cannot be read: {error}", hint="give a file") from None
    if len(data) > limit:
        raise too_large(limit=limit)
    return data


def _refuse_special(path: str | Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise InputError("it is a directory", hint="give the files in it")
    if stat.S_ISFIFO(mode) and str(path).startswith("/dev/fd/"):
        return  # a shell's <(command)
    if not stat.S_ISREG(mode):
        # Opening a pipe that nobody writes to, or reading a device, would wait or go on for ever.
        raise InputError("it is a device or a pipe, not a file", hint="give '-' to read standard input")
