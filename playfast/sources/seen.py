"""Which entries of a list have been met already: exact, on disk, so that memory does not grow with the list."""

from __future__ import annotations

from collections.abc import Iterable

from playfast.sources.temporary import Temporary


class Seen(Temporary):
    """A set of texts.

    A set in memory costs 113 bytes an id, this one none beyond SQLite's page cache of 2 MB, for some 4 seconds per million.
    """

    def __init__(self) -> None:
        super().__init__("seen (entry BLOB PRIMARY KEY)")

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
