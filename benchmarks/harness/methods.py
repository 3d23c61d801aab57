"""Ways to fetch apps that are compared with each other: so many at once, page by page or in packs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.crawl import Crawl, Wish, crawl
from benchmarks.harness.store import PACK, LocalStore

STEPS = (1, 5, 10, 15, 20, 25, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """So many apps, in so many requests at once."""

    at_once: int
    apps: int
    pages: bool

    @property
    def name(self) -> str:
        return f"{'pages' if self.pages else 'packs'}/{self.at_once}"

    @property
    def title(self) -> str:
        return f"{'page by page' if self.pages else f'packs of {PACK}'}, {at_once(self.at_once)}"

    def fetch(self, store: LocalStore, folder: Path, *, latency: float) -> Crawl:
        """Crawl them once. With a latency, the store has to see so many requests at once."""
        folder.mkdir(parents=True, exist_ok=True)
        ids = folder / f"{self.apps}.txt"
        if not ids.exists():
            store.write_ids(ids, self.apps)
        wish = Wish(ids=ids, records=self.apps, pages=self.pages, concurrency=self.at_once)
        return crawl(store, wish, folder, full=latency > 0)


def at_once(number: int) -> str:
    """In words."""
    return "sequential" if number == 1 else f"{number} at once"
