"""An earlier list of ids beside which a new one is held: exact, on disk, so that memory does not grow with either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from playfast.sources.temporary import Temporary

_AT_A_TIME = 5_000


class Earlier(Temporary):
    """The ids of an earlier list, and which of them have been seen in the new one.

    Millions of ids take SQLite's page cache of 2 MB, and some 4 seconds per million.
    """

    def __init__(self) -> None:
        super().__init__("earlier (app_id TEXT PRIMARY KEY, seen INTEGER NOT NULL)")

    def take(self, app_ids: Iterable[str]) -> int:
        """Read the earlier list; how many different ids are in it."""
        entries = iter(app_ids)
        while chunk := [(app_id,) for app_id in islice(entries, _AT_A_TIME)]:
            with self._lock:
                if self._closed:
                    return 0  # the crawl has ended meanwhile
                self._database.execute("BEGIN")
                self._database.executemany("INSERT OR IGNORE INTO earlier VALUES (?, 0)", chunk)
                self._database.execute("COMMIT")
        return self._count("SELECT COUNT(*) FROM earlier")

    def see(self, app_ids: Iterable[str]) -> list[str]:
        """These are in the new list; returns those that are not in the earlier one, in order."""
        with self._lock:
            if self._closed:
                return []
            update = self._database.execute
            update("BEGIN")
            new = [
                app_id
                for app_id in app_ids
                if not update("UPDATE earlier SET seen = 1 WHERE app_id = ?", (app_id,)).rowcount
            ]
            update("COMMIT")
            return new

    def gone(self) -> Iterator[str]:
        """Those that have not been seen, in alphabetical order."""
        last = ""
        while True:
            with self._lock:
                if self._closed:
                    return
                rows = self._database.execute(
                    "SELECT app_id FROM earlier WHERE app_id > ? AND NOT seen ORDER BY app_id LIMIT ?",
                    (last, _AT_A_TIME),
                ).fetchall()
            for (last,) in rows:
                yield last
            if len(rows) < _AT_A_TIME:
                return

    def _count(self, query: str) -> int:
        with self._lock:
            return 0 if self._closed else int(self._database.execute(query).fetchone()[0])
