"""Directories and patterns become the files in them, in the order of their names."""

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from .files import reason_of
from .web_address import is_web_address

STDIN = "-"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")
"""Files of a directory that are read; a file that is named itself, or by a pattern, is read whatever its name."""
MAX_FILES = 10_000
MAX_ENTRIES = 200_000
"""Names that are looked at in one directory or for one pattern: `/` by mistake should not take an hour."""

_PATTERN = frozenset("*?[")


@dataclass(frozen=True)
class Listing:
    """The files of a directory or pattern; what was left out, and what could not be looked into."""

    files: list[str]
    skipped: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, InputError]] = field(default_factory=list)


def list_files(source: str | Path) -> Listing | None:
    """The files that a directory or a pattern (`*`, `?`, `[…]`, `**` for any depth) stands for; None for all else.

    A directory is searched to its last level for files with one of `SUFFIXES`; names that begin with a dot are left
    alone, links to directories are not followed. Raises InputError where there is nothing to read or too much of it.
    """
    name = str(source)
    if name == STDIN or is_web_address(source):
        return None
    if os.path.isdir(source):
        return _in_directory(name)
    if _PATTERN.isdisjoint(name) or os.path.lexists(source):
        return None
    return _by_pattern(name)


def input_files(sources: Sequence[str]) -> list[str]:
    """All files that `sources` stand for, as far as they can be listed: what a result must not be written over."""
    found: list[str] = []
    for source in sources:
        try:
            listing = list_files(source)
        except InputError:
            continue
        found += listing.files if listing else [source]
    return found


def _in_directory(name: str) -> Listing:
    listing = Listing([])
    for path in _bounded(_walk(name, listing)):
        if Path(path).suffix.casefold() in SUFFIXES:
            listing.files.append(path)
            _refuse_many(listing.files)
        else:
            listing.skipped.append(path)
    if not listing.files and not listing.unreadable:
        hint = f"files are read that end in {', '.join(SUFFIXES)}; name others yourself"
        raise InputError("there is no file in it that could be an article", hint=hint)
    return listing


def _walk(name: str, listing: Listing) -> Iterator[str]:
    """Files below `name` in the order of their names, those of a directory before those of its subdirectories."""

    def note(error: OSError) -> None:
        listing.unreadable.append((str(error.filename or name), reason_of(error)))

    for folder, folders, files in os.walk(name, onerror=note):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        yield from (os.path.join(folder, file) for file in sorted(files) if not file.startswith("."))


def _by_pattern(name: str) -> Listing:
    matches = sorted(path for path in _bounded(glob.iglob(name, recursive=True)) if not os.path.isdir(path))
    if not matches:
        raise InputError("there is no such file, and none that fits it as a pattern", hint="check the name")
    _refuse_many(matches)
    return Listing(matches)


def _bounded(paths: Iterator[str]) -> Iterator[str]:
    for number, path in enumerate(paths):
        if number >= MAX_ENTRIES:
            raise InputError(f"there are more than {MAX_ENTRIES:,} files", hint="name the directory that holds them")
        yield path


def _refuse_many(files: list[str]) -> None:
    if len(files) > MAX_FILES:
        raise InputError(f"there are more than {MAX_FILES:,} files to read", hint="name a part of them")
