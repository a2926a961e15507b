"""The store of model answers that were paid for: found again by what was asked, whoever asks, until room is needed.

An entry is one validated reply under a hash of all that shaped it. Questions are never stored, only hashed, nor keys.
"""

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from filelock import FileLock

from ..progress import Progress
from ..schemas import Usage
from ..settings import Settings
from .store_file import NAME, PATIENCE, aside, connect, damaged, disconnect, identity, set_aside

R = TypeVar("R")

ROW = 180
"""Bytes that an entry takes beside its reply, about: key, figures, indexes."""
_MOST_ASIDE = 2  # a file that is damaged again and again tells of a disk, not of an accident
_AT_ONCE = 256  # entries that go in one transaction, so that other processes get their turn
_LARGEST = 2**53  # what SQLite and JSON both hold; a server may report any number of tokens
_COSTS = ("calls", "prompt_tokens", "cached_tokens", "output_tokens", "seconds")


@dataclass(frozen=True)
class Kept:
    """A reply (JSON as the model wrote it), and what it cost when it was paid for: re-asks and repeats included."""

    reply: str
    cost: Usage


@dataclass(frozen=True)
class Holding:
    """What a store holds: entries, their bytes, what they cost together, and when first kept and last used (Unix)."""

    entries: int
    bytes: int
    cost: Usage
    first_kept: float | None
    last_used: float | None


def answer_key(
    *,
    model: str,
    server: str,
    weights: str,
    messages: Sequence[Mapping[str, str]],
    schema: Mapping[str, Any],
    max_tokens: int,
    temperature: float,
    mode: str,
) -> bytes:
    """SHA-256 of the canonical JSON of all that shapes an answer; `server` must hold no user, password or key."""
    parts = {
        "model": model,
        "server": server,
        "weights": weights,
        "messages": messages,
        "schema": json.dumps(schema),  # as it stands: a model fills fields in the order in which it is told of them
        "max_tokens": max_tokens,
        "temperature": float(temperature),
        "mode": mode,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).digest()


class AnswerStore:
    """Kept answers in `folder`, at most `limit` bytes of them: the least recently used go first.

    No method raises for the state of the file or the disk. A damaged file is set aside and a new one begun; where none
    can be had the store finds and keeps nothing. Either is told to `progress`, once. Several processes may use one
    folder at once, several tasks of one event loop one store.
    """

    def __init__(self, folder: Path, limit: int, progress: Progress) -> None:
        self.path = folder.expanduser() / NAME
        self._limit = limit
        self._progress = progress
        self._asides = 0
        self._opened: tuple[int, int] | None = None
        self._db: sqlite3.Connection | None = None
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store finds and keeps nothing from then on."""
        if self._db is not None:
            disconnect(self._db)
            self._db = None

    def get(self, key: bytes) -> Kept | None:
        """The answer under `key`, which counts as used now; None if there is none."""
        return self._on_file(lambda db: _find(db, key))

    def put(self, key: bytes, reply: str, *, task: str, cost: Usage) -> None:
        """Keep an answer, at once and for good, in the place of an older one; too large a one is not kept."""
        size = len(reply.encode()) + ROW
        if size > self._limit:
            return
        if self._db is not None and identity(self.path) != self._opened:
            self._reopen()  # deleted, or set aside by another process: what is written there is lost
        now = time.time()
        spent = tuple(min(getattr(cost, name), _LARGEST) for name in _COSTS)

        def write(db: sqlite3.Connection) -> None:
            db.execute(_KEEP, (key, reply, task, *spent, now, now, size))
            while _shrink(db, self._limit):
                pass

        self._on_file(write)

    def holding(self) -> Holding | None:
        """What is in it; None if the file cannot be used."""
        return self._on_file(_holding)

    def clear(self) -> tuple[int, int] | None:
        """Delete all answers, and files that were set aside; returns how many entries and bytes, None as `holding`."""
        gone = self._on_file(_clear)
        for path in aside(self.path.parent):
            with suppress(OSError):
                path.unlink()
        return gone

    def _on_file(self, work: Callable[[sqlite3.Connection], R]) -> R | None:
        """What `work` returns, on a new file if this one proves damaged; None where none can be had."""
        while self._db is not None:
            try:
                return work(self._db)
            except sqlite3.Error as error:
                if damaged(error):
                    self._reopen(damaged_file=True)
                else:
                    self._give_up(error)
        return None

    def _open(self, *, replace: bool = False) -> None:
        """Open the file or make it, alone; `replace` sets it aside first if it is still the one that was opened."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=PATIENCE, mode=0o600):
                if replace and identity(self.path) == self._opened:
                    self._set_aside()
                try:
                    self._db = connect(self.path)
                except sqlite3.Error as error:
                    if not damaged(error):
                        raise
                    self._set_aside()
                    self._db = connect(self.path)
                self._opened = identity(self.path)
        except (OSError, sqlite3.Error, NotImplementedError) as error:  # the last: a file system without locks
            self._give_up(error)

    def _reopen(self, *, damaged_file: bool = False) -> None:
        self.close()
        self._open(replace=damaged_file)

    def _set_aside(self) -> None:
        if self._asides == _MOST_ASIDE:
            raise OSError("the file is damaged again and again")
        self._asides += 1
        name = set_aside(self.path).name
        self._progress.note(
            f"The store of answers is damaged or of another version; it is set aside as {name}, and a new one is begun."
        )

    def _give_up(self, error: Exception) -> None:
        self.close()
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        hint = "name another folder with --cache-dir (SUMMARIZER_CACHE_DIR), or give --no-cache"
        self._progress.note(f"Answers are not kept for later runs: {self.path}: {reason}; {hint}.")


def has_store(folder: Path) -> bool:
    """True if answers were kept in `folder`, or a damaged file of them was set aside there."""
    return (folder.expanduser() / NAME).exists() or bool(aside(folder.expanduser()))


def open_store(settings: Settings, progress: Progress) -> AnswerStore | None:
    """The store that the settings name; None if they want none."""
    return AnswerStore(settings.cache_dir, settings.cache_bytes, progress) if settings.cache else None


_KEEP = (
    f"INSERT INTO answers (key, reply, task, {', '.join(_COSTS)}, created, used, bytes) "  # noqa: S608
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ("reply", "task", *_COSTS, "created", "used", "bytes"))
)
_FIND = f"SELECT reply, {', '.join(_COSTS)} FROM answers WHERE key = ?"  # noqa: S608  (constants only)
_SUMS = f"SELECT {', '.join(f'total({name})' for name in _COSTS)}, min(created), max(used) FROM answers"  # noqa: S608


def _find(db: sqlite3.Connection, key: bytes) -> Kept | None:
    found = db.execute(_FIND, (key,)).fetchall()
    if not found:
        return None
    reply, *cost = found[0]
    if not isinstance(reply, str):
        raise sqlite3.DatabaseError("a reply is no text")
    try:
        db.execute("UPDATE answers SET used = ? WHERE key = ?", (time.time(), key))
    except sqlite3.Error as error:  # a full disk or a lock is no reason to pay for the answer again
        if damaged(error):
            raise
    return Kept(reply, _usage(cost))


def _usage(cost: Sequence[Any]) -> Usage:
    try:
        return Usage(**dict(zip(_COSTS, cost, strict=True)))
    except ValueError as error:  # SQLite itself does not mind a number that has become a text, or negative
        raise sqlite3.DatabaseError("a row holds impossible figures") from error


def _shrink(db: sqlite3.Connection, limit: int) -> bool:
    """Delete some of the least recently used entries above `limit`; False if there was nothing to do."""
    if _size(db) <= limit:
        return False
    with db:
        db.execute("BEGIN IMMEDIATE")
        excess = _size(db) - limit
        oldest = db.execute("SELECT rowid, bytes FROM answers ORDER BY used, rowid LIMIT ?", (_AT_ONCE,)).fetchall()
        for row, size in oldest:
            if excess > 0:
                db.execute("DELETE FROM answers WHERE rowid = ?", (row,))
                excess -= size
    return bool(oldest)


def _size(db: sqlite3.Connection) -> int:
    [(size,)] = db.execute("SELECT bytes FROM totals").fetchall()
    return int(size)


def _holding(db: sqlite3.Connection) -> Holding:
    [(entries, size)] = db.execute("SELECT entries, bytes FROM totals").fetchall()
    [(*cost, first, last)] = db.execute(_SUMS).fetchall()
    return Holding(int(entries), int(size), _usage(cost), first, last)


def _clear(db: sqlite3.Connection) -> tuple[int, int]:
    with db:
        db.execute("BEGIN IMMEDIATE")
        [(entries, size)] = db.execute("SELECT entries, bytes FROM totals").fetchall()
        db.execute("DELETE FROM answers")
    for tidying in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):  # so that the texts are gone from the disk, too
        with suppress(sqlite3.OperationalError):  # another process is reading: its own writes use the room again
            db.execute(tidying).fetchall()
    return int(entries), int(size)
