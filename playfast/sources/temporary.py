"""A private temporary database, which vanishes when it is closed or the process ends."""

from __future__ import annotations

import sqlite3
from threading import Lock
from types import TracebackType
from typing import Self


class Temporary:
    """SQLite with one table, on disk, so that memory does not grow with what is in it: for subclasses.

    Whoever uses `_database` holds `_lock` and looks at `_closed` first.
    """

    def __init__(self, table: str) -> None:
        self._lock = Lock()
        self._closed = False
        # An empty name is SQLite's word for a temporary database that is kept in memory only as far as its cache goes.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(f"CREATE TABLE {table} WITHOUT ROWID")

    def close(self) -> None:
        """May be called while another thread is at work: SQLite would take the whole process down."""
        with self._lock:
            self._closed = True
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
