"""One crawl of any spider into JSON Lines, in a process of its own: how many lines it wrote, and in what time."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.harness.crawl import CONCURRENCY
from benchmarks.harness.process import Ended, run
from benchmarks.harness.store import LocalStore
from playfast.errors import ReportError
from playfast.runs import report


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsCrawl:
    """A crawl that has ended, and was checked. `seconds` are by its own clock: from the spider's start to its end."""

    rows: int
    requests: int
    seconds: float
    process: Ended

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.seconds


def crawl_rows(
    store: LocalStore, spider: str, arguments: Mapping[str, object], due: int, folder: Path
) -> RowsCrawl:
    """Crawl once, while nobody else asks the store.

    Args:
        store: that is asked.
        spider: by name.
        arguments: of the spider.
        due: lines that the feed has to have.
        folder: for the feed and the report.

    Raises:
        BenchmarkError: it was something else than what was to be measured.
    """
    folder.mkdir(parents=True, exist_ok=True)
    feed, written = folder / f"{spider}.jsonl", folder / "run.json"
    command = [sys.executable, "-m", "scrapy", "crawl", spider, "-O", str(feed)]
    for name, value in arguments.items():
        command += ["-a", f"{name}={value}"]
    settings: Mapping[str, object] = {
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": CONCURRENCY,
        "PLAYFAST_REPORT": written,
    }
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    ended = run(command, env={"PLAYFAST_URL": store.address})
    with feed.open("rb") as lines:
        rows = sum(1 for _ in lines)
    if rows != due:
        raise BenchmarkError(f"{due} lines were due of {spider}, {rows} came")
    try:
        told = report.read(written)
    except ReportError as error:
        raise BenchmarkError(f"the crawl left no run report: {error}") from error
    requests = told["requests"]
    if told["records"]["lost"] or told["records"]["by_status"].get("error", 0) or requests["retried"]:
        raise BenchmarkError(f"{spider}: something was lost, an error, or asked again")
    return RowsCrawl(
        rows=rows,
        requests=requests["rpc"] + requests["page"],
        seconds=told["elapsed_seconds"],
        process=ended,
    )
