"""The SQLite file of kept answers: made, opened, told from a damaged one, and set aside."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

NAME = "answers.sqlite3"
VERSION = 1
"""Of the tables and of what a key is made of; kept in `PRAGMA user_version`."""
PATIENCE = 5.0
"""Seconds to wait for another process that is writing; one write takes less than a millisecond."""

_TABLES = (
    "CREATE TABLE answers (key BLOB PRIMARY KEY, reply TEXT NOT NULL, task TEXT NOT NULL, calls INTEGER NOT NULL, "
    "prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, "
    "seconds REAL NOT NULL, created REAL NOT NULL, used REAL NOT NULL, bytes INTEGER NOT NULL)",
    "CREATE INDEX answers_by_use ON answers (used)",
    # A running total: counting a million rows at every write would take longer than the write.
    "CREATE TABLE totals (entries INTEGER NOT NULL, bytes INTEGER NOT NULL)",
    "INSERT INTO totals VALUES (0, 0)",
    "CREATE TRIGGER added AFTER INSERT ON answers BEGIN "
    "UPDATE totals SET entries = entries + 1, bytes = bytes + new.bytes; END",
    "CREATE TRIGGER removed AFTER DELETE ON answers BEGIN "
    "UPDATE totals SET entries = entries - 1, bytes = bytes - old.bytes; END",
    "CREATE TRIGGER replaced AFTER UPDATE OF bytes ON answers BEGIN "
    "UPDATE totals SET bytes = bytes - old.bytes + new.bytes; END",
    f"PRAGMA user_version = {VERSION}",
)
_OUTSIDE = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""Results that say nothing against the file itself: the disk, the rights or another process is in the way."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made (mode 0600) if it is missing; sqlite3.Error or OSError where that cannot be done.

    Each statement commits by itself. What was committed outlives the process however it ends; only a power failure can
    take the last few answers (`synchronous = NORMAL`), and never the file.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600))
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL").fetchall()  # where a file system cannot do it, the old journal stays
        db.execute("PRAGMA synchronous = NORMAL")
        [(version,)] = db.execute("PRAGMA user_version").fetchall()
        [(tables,)] = db.execute("SELECT count(*) FROM sqlite_master").fetchall()
        if not version and not tables:
            with db:
                db.execute("BEGIN IMMEDIATE")
                for statement in _TABLES:
                    db.execute(statement)
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"version {version}")
        db.execute("SELECT bytes FROM totals").fetchall()
    except BaseException:
        disconnect(db)
        raise
    return db


def disconnect(db: sqlite3.Connection) -> None:
    """Close, whatever state the file is in."""
    with suppress(sqlite3.Error):
        db.close()


def damaged(error: Exception) -> bool:
    """True if `error` speaks against the file: it is no database, broken, or of another version."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and (code is None or code & 0xFF not in _OUTSIDE)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at `path` now; None if there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def set_aside(path: Path) -> Path:
    """Rename the file, with its journal, to a name that is free; returns that. May raise OSError."""
    count = 1
    while (target := path.with_name(f"{path.stem}.damaged-{count}{path.suffix}")).exists():
        count += 1
    path.rename(target)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{target}{suffix}")
    return target


def aside(folder: Path) -> list[Path]:
    """The files that were set aside, with their journals."""
    stem, suffix = Path(NAME).stem, Path(NAME).suffix
    return sorted(folder.glob(f"{stem}.damaged-*{suffix}*"))
