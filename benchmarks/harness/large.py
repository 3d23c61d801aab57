"""Large crawls, in one process or several, over shares of one list."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.crawl import CONCURRENCY, Crawl, Wish, check_seen, started
from benchmarks.harness.store import LocalStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Crawls that went on at once."""

    crawls: Sequence[Crawl]
    store_cpu_seconds: float

    @property
    def records(self) -> int:
        return sum(crawl.records for crawl in self.crawls)

    @property
    def seconds(self) -> float:
        """From the first spider's start to the last one's end."""
        ends = [crawl.began + crawl.seconds for crawl in self.crawls]
        return max(ends) - min(crawl.began for crawl in self.crawls)

    @property
    def apps_per_second(self) -> float:
        return self.records / self.seconds

    @property
    def cpu_per_app(self) -> float:
        """Seconds, start-up of each process included."""
        return sum(crawl.process.cpu_seconds for crawl in self.crawls) / self.records

    @property
    def store_share(self) -> float:
        """Of one core, what the store took."""
        return self.store_cpu_seconds / self.seconds


def shares(store: LocalStore, apps: int, processes: int, folder: Path) -> list[Wish]:
    """A list of the catalogue's first apps in so many parts."""
    wishes, start = [], 0
    for number in range(processes):
        size = apps // processes + (number < apps % processes)
        ids = store.write_ids(folder / f"{processes}-{number}.txt", size, start)
        wishes.append(Wish(ids=ids, records=size, concurrency=CONCURRENCY))
        start += size
    return wishes


def collect(store: LocalStore, wishes: Sequence[Wish], folder: Path, *, streamed: bool = True) -> Collected:
    """Crawl all shares at once, each in a process of its own.

    streamed: their feeds are read as they come, so that they need no room on a disk; the reading takes its share of a core, though.
    """
    store.reset()
    used = store.cpu_seconds()
    with ExitStack() as stack:
        under_way = [
            stack.enter_context(started(store, wish, folder / str(number), streamed=streamed))
            for number, wish in enumerate(wishes)
        ]
        crawls = [one.end() for one in under_way]
    used = store.cpu_seconds() - used
    requests, most = sum(wish.requests for wish in wishes), sum(wish.concurrency for wish in wishes)
    check_seen(store, requests, pages=False, most=most)
    return Collected(crawls=crawls, store_cpu_seconds=used)
