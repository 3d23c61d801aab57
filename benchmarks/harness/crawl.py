"""One crawl of the apps spider, as a user would start it, in a process of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson

from benchmarks.errors import BenchmarkError
from benchmarks.harness import truth
from benchmarks.harness.process import Ended, Running
from benchmarks.harness.store import PACK, LocalStore
from benchmarks.results import Series
from playfast.errors import ReportError
from playfast.runs import report

CONCURRENCY = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to crawl: whole records of so many apps, as fast as it goes, unless said otherwise."""

    ids: Path
    records: int
    pages: bool = False
    batch: int = PACK
    concurrency: int = CONCURRENCY
    settings: Mapping[str, object] = field(default_factory=dict)
    ledger: bool = False
    """Whether it keeps a new ledger."""
    told: bool = True
    """Whether there is a run report to read; without one the clock is the process's own."""

    @property
    def requests(self) -> int:
        return self.records if self.pages else -(-self.records // self.batch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """A crawl that has ended, and was checked. `seconds` are by the crawl's own clock: from the spider's start to its end."""

    records: int
    requests: int
    seconds: float
    process: Ended
    report: Mapping[str, Any]

    @property
    def apps_per_second(self) -> float:
        return self.records / self.seconds

    @property
    def requests_per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_per_app(self) -> float:
        """Seconds, start-up included."""
        return self.process.cpu_seconds / self.records

    @property
    def began(self) -> float:
        """When the spider was opened, seconds since 1970."""
        return datetime.fromisoformat(self.report["started_at"]).timestamp()

    def latency(self, percentile: str) -> float:
        return float(self.report["latency_seconds"][percentile])

    @property
    def peak_bytes(self) -> int:
        return int(self.report["memory_bytes"]["peak"])

    def series(self, name: str) -> Series:
        """The crawl over time."""
        told = self.report["series"]
        return Series(
            name=name, seconds=told["seconds"], records=told["records"], memory_bytes=told["memory_bytes"]
        )


class _Feed:
    """Reads a feed as it comes: counts its records and keeps one in so many, so that it never has to be kept whole."""

    def __init__(self, due: int) -> None:
        self.count = 0
        self.kept: list[bytes] = []
        self._every = truth.sampled(due)

    def read(self, lines: IO[bytes]) -> None:
        for line in lines:
            if self.count % self._every == 0:
                self.kept.append(line)
            self.count += 1

    def read_file(self, path: Path) -> None:
        with path.open("rb") as lines:
            self.read(lines)


class Started:
    """A crawl under way."""

    def __init__(self, store: LocalStore, wish: Wish, folder: Path, *, streamed: bool) -> None:
        self.store = store
        self.wish = wish
        self._feed = _Feed(wish.records)
        self._file = None if streamed else folder / "apps.jsonl"
        self._report = folder / "run.json"
        command = [sys.executable, "-m", "scrapy", "crawl", "apps", "-a", f"ids={wish.ids}"]
        command += ["-a", "via=page"] if wish.pages else ["-a", f"batch={wish.batch}"]
        if wish.ledger:
            ledger = folder / "run.db"
            ledger.unlink(missing_ok=True)
            command += ["-a", f"ledger={ledger}"]
        command += ["-O", "-:jsonl" if self._file is None else str(self._file)]
        settings: dict[str, object] = {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": wish.concurrency}
        settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = wish.concurrency
        if wish.told:
            settings["PLAYFAST_REPORT"] = self._report
        for name, value in {**settings, **wish.settings}.items():
            command += ["-s", f"{name}={value}"]
        self.running = Running(
            command, env={"PLAYFAST_URL": store.address}, reader=self._feed.read if streamed else None
        )

    def end(self) -> Crawl:
        """Wait for its end, and check what it did.

        Raises:
            BenchmarkError: it was something else than what was to be measured.
        """
        wish = self.wish
        ended = self.running.end()
        if self._file is not None:
            self._feed.read_file(self._file)
        if self._feed.count != wish.records:
            raise BenchmarkError(f"{wish.records} records were due, {self._feed.count} came")
        truth.check(self.store, map(orjson.loads, self._feed.kept))
        told: dict[str, Any] = {}
        seconds = ended.seconds
        if wish.told:
            try:
                told = report.read(self._report)
            except ReportError as error:
                raise BenchmarkError(f"the crawl left no run report: {error}") from error
            seconds = told["elapsed_seconds"]
            lost = told["records"]["lost"] + told["records"]["by_status"].get("error", 0)
            asked = told["requests"]["rpc"] + told["requests"]["page"]
            if lost or asked != wish.requests or told["requests"]["retried"]:
                raise BenchmarkError(
                    f"{wish.requests} requests were due, without a retry or a lost record: "
                    f"{json.dumps(told['requests'])}, {lost} lost"
                )
        return Crawl(
            records=wish.records, requests=wish.requests, seconds=seconds, process=ended, report=told
        )


@contextmanager
def started(store: LocalStore, wish: Wish, folder: Path, *, streamed: bool = False) -> Iterator[Started]:
    """A crawl that is under way in the block. `streamed`: its feed is read as it comes, for crawls that would fill a disk."""
    folder.mkdir(parents=True, exist_ok=True)
    crawl = Started(store, wish, folder, streamed=streamed)
    with crawl.running:
        yield crawl


def crawl(
    store: LocalStore, wish: Wish, folder: Path, *, streamed: bool = False, full: bool = False
) -> Crawl:
    """Crawl once, while nobody else asks the store. `full`: as many requests as allowed were in flight at some time.

    Raises:
        BenchmarkError: it was something else than what was to be measured.
    """
    store.reset()
    with started(store, wish, folder, streamed=streamed) as under_way:
        ended = under_way.end()
    check_seen(store, wish.requests, pages=wish.pages, most=wish.concurrency, full=full)
    return ended


def check_seen(store: LocalStore, requests: int, *, pages: bool, most: int, full: bool = False) -> None:
    """What the store saw since its last reset is what was to be asked, and at once no more than that.

    Raises:
        BenchmarkError: it is not.
    """
    seen, kind = store.seen(), "page" if pages else "rpc"
    came, peak = seen["requests"].get(kind, 0), seen["peak_in_flight"].get(kind, 0)
    if came != requests:
        raise BenchmarkError(f"{requests} requests were due, the store saw {came}")
    if peak > most or (full and peak < min(most, requests)):
        due = f"{min(most, requests)}" if full else f"at most {most}"
        raise BenchmarkError(f"{due} requests in flight were due, the store saw {peak}")
