"""Answers kept on disk, so that the same page is not analysed twice.

A cache is any object with the methods of `Cache`; whatever goes wrong inside one is a miss and never an error of the
request. Keys are hashes, so the file does not list what was read; the answers themselves hold the article, so the file
is its owner's alone (mode 0600) and entries expire.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from provenance_server.jobs import Job

log = logging.getLogger("provenance.cache")

SWEEP = 600.0  # seconds between two removals of what has expired
DAY = 86_400.0


class Cache(Protocol):
    def get(self, key: bytes) -> bytes | None:
        """The answer, or None."""

    def put(self, key: bytes, answer: bytes) -> None:
        """Keeps an answer, if it can."""

    def close(self) -> None: ...


def key_of(job: Job, engine: str) -> bytes:
    """What the answer depends on: the content, how it is to be read, and the engine's version, model and lexicon."""
    binary = isinstance(job.data, bytes)
    rest = json.dumps([engine, job.kind, binary, job.url, job.publisher, job.warnings], sort_keys=True)
    hashed = hashlib.sha256(rest.encode())
    hashed.update(b"\0")
    hashed.update(job.data if isinstance(job.data, bytes) else job.data.encode("utf-8", "surrogatepass"))
    return hashed.digest()


class Disk:
    """One SQLite file of at most `size` bytes of answers; the oldest go first. `age`: seconds after which one expires.

    `clock` is the wall clock: an entry from the future, after a clock was set back, counts as expired.
    `on_error` is told of each failure, such as a full disk or a damaged file, which is then made anew.
    """

    def __init__(
        self,
        file: Path,
        *,
        size: int,
        age: float = 7 * DAY,
        clock: Callable[[], float] = time.time,
        on_error: Callable[[], None] = lambda: None,
    ) -> None:
        self.file, self._size, self._age, self._clock, self._on_error = file, size, age, clock, on_error
        self._lock = threading.Lock()
        self._swept = -SWEEP
        self._database: sqlite3.Connection | None = None
        with self._guard():
            self._open()

    def get(self, key: bytes) -> bytes | None:
        with self._lock, self._guard():
            self._sweep()
            now = self._clock()
            row = self._open().execute("SELECT answer, made FROM answers WHERE key = ?", (key,)).fetchone()
            if row and now - self._age <= row[1] <= now:
                return zlib.decompress(row[0])
        return None

    def put(self, key: bytes, answer: bytes) -> None:
        packed = zlib.compress(answer, 1)
        with self._lock, self._guard():
            database = self._open()
            with database:
                database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (key, self._clock(), packed))
                self._shrink(database)

    def close(self) -> None:
        with self._lock:
            if self._database:
                with contextlib.suppress(sqlite3.Error):
                    self._database.close()
            self._database = None

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))  # SQLite gives its side files the same mode
            self.file.chmod(0o600)
            self._database = sqlite3.connect(self.file, timeout=0.2, check_same_thread=False)
            self._database.executescript(
                "PRAGMA auto_vacuum = FULL; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
                "PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 1000000;"
                "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, made REAL, answer BLOB);"
                "CREATE INDEX IF NOT EXISTS by_age ON answers (made, length(answer));"
            )
        return self._database

    def _sweep(self) -> None:
        if time.monotonic() - self._swept < SWEEP:
            return
        self._swept, now = time.monotonic(), self._clock()
        with self._open() as database:
            database.execute("DELETE FROM answers WHERE made < ? OR made > ?", (now - self._age, now))

    def _shrink(self, database: sqlite3.Connection) -> None:
        (held,) = database.execute("SELECT coalesce(sum(length(answer)), 0) FROM answers").fetchone()
        while held > self._size:
            row = database.execute("SELECT rowid, length(answer) FROM answers ORDER BY made LIMIT 1").fetchone()
            database.execute("DELETE FROM answers WHERE rowid = ?", (row[0],))
            held -= row[1]

    @contextlib.contextmanager
    def _guard(self):  # type: ignore[no-untyped-def]
        """Turns failures into misses, and removes a file that is damaged or not ours."""
        try:
            yield
        except (sqlite3.Error, OSError, zlib.error) as error:
            self._on_error()
            log.warning("the cache failed", extra={"error": type(error).__name__, "reason": str(error)})
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self._discard()

    def _discard(self) -> None:
        if self._database:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{self.file}{suffix}").unlink()


def default_file() -> Path:
    """Where the cache lies by default, after the XDG base directories."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "provenance" / "answers.sqlite"
