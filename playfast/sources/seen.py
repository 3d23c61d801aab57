"""Which entries of a list have been met already: exact, on disk, so that memory does not grow with the list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from threading import Lock
from types import TracebackType
from typing import Self


class Seen:
    """A set of texts in a private temporary database, which vanishes when it is closed or the process ends.

    A set in memory costs 113 bytes an id, this one none beyond SQLite's page cache of 2 MB, for some 4 seconds per million.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._closed = False
        # An empty name is SQLite's word for a temporary database that is kept in memory only as far as its cache goes.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("CREATE TABLE seen (entry BLOB PRIMARY KEY) WITHOUT ROWID")

    def new(self, entries: Iterable[str]) -> list[str]:
        """Those of the entries that have not been met before, in order; they are from now on."""
        entries = list(entries)
        with self._lock:
            if self._closed:
                return []  # the crawl has ended meanwhile, and nobody waits for these
            insert = self._database.execute
            insert("BEGIN")
            fresh = [
                entry
                for entry in entries
                if insert(
                    "INSERT OR IGNORE INTO seen VALUES (?)", (entry.encode("utf-8", "surrogatepass"),)
                ).rowcount
            ]
            insert("COMMIT")
            return fresh

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
