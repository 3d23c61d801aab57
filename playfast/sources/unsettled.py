"""The keys of a feed that are to be asked again: read through once, kept on disk, handed out storefront by storefront."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from playfast.sources.feed import Row
from playfast.sources.temporary import Temporary

_AT_A_TIME = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which keys are asked again: by status, and by country and language where these are not None."""

    statuses: frozenset[str]
    countries: frozenset[str] | None = None
    langs: frozenset[str] | None = None

    def takes_storefront(self, row: Row) -> bool:
        return (self.countries is None or row.country in self.countries) and (
            self.langs is None or row.lang in self.langs
        )


class Unsettled(Temporary):
    """The keys whose last record in a feed has one of the chosen statuses, each once.

    The last one counts, so that a feed to which a later crawl added its answers asks for no more than is still missing. That is known
    at the feed's end only, so it is read to its end before the first key comes out. Memory does not grow with the feed.
    """

    def __init__(self) -> None:
        super().__init__(
            "unsettled (country TEXT, lang TEXT, app_id TEXT, PRIMARY KEY (country, lang, app_id))"
        )
        self._rows: sqlite3.Cursor | None = None
        self.looked_through = 0
        """Records of the feed."""
        self.keys = 0
        self.storefronts = 0

    def look_through(self, feed: Iterable[Row], choice: Choice) -> None:
        """Take in a whole feed; ends early if this is closed meanwhile."""
        rows = iter(feed)
        while chunk := list(islice(rows, _AT_A_TIME)):
            if not self._take(chunk, choice):
                return
        with self._lock:
            if self._closed:
                return
            self.keys, self.storefronts = self._database.execute(
                "SELECT (SELECT COUNT(*) FROM unsettled), (SELECT COUNT(*) FROM (SELECT DISTINCT country, lang FROM unsettled))"
            ).fetchone()

    def _take(self, chunk: Iterable[Row], choice: Choice) -> bool:
        with self._lock:
            if self._closed:
                return False
            change = self._database.execute
            change("BEGIN")
            for row in chunk:
                self.looked_through += 1
                if not choice.takes_storefront(row):
                    continue
                key = (row.country, row.lang, row.app_id)
                if row.status in choice.statuses:
                    change("INSERT OR IGNORE INTO unsettled VALUES (?, ?, ?)", key)
                else:
                    change("DELETE FROM unsettled WHERE country = ? AND lang = ? AND app_id = ?", key)
            change("COMMIT")
            return True

    def next(self, most: int) -> list[tuple[str, str, str]]:
        """The next keys as (app_id, country, lang), sorted by storefront; none at the end."""
        with self._lock:
            if self._closed:
                return []
            if self._rows is None:
                self._rows = self._database.execute(
                    "SELECT app_id, country, lang FROM unsettled ORDER BY country, lang, app_id"
                )
            return self._rows.fetchmany(most)

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        while chunk := self.next(_AT_A_TIME):
            yield from chunk
