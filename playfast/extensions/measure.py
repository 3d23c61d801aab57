"""Measures a crawl: requests/s, apps/s, bytes per app, latency, memory, all over time too."""

from __future__ import annotations

from time import monotonic
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.utils.asyncio import create_looping_call

from playfast.handlers.timed import DOWNLOAD_TIME
from playfast.runs import memory, report
from playfast.runs.histogram import Histogram
from playfast.runs.series import Series

_PERCENTILES = (50, 95, 99)
_LOOK = 0.5


class Measure:
    """Counts from the first request to the last record, with a clock that nobody sets. Leaves statistics at the end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.latency = Histogram()
        self.series = Series()
        self._started = monotonic()
        self._ended: float | None = None
        self._looking: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.start, signals.spider_opened)
        crawler.signals.connect(extension.downloaded, signals.response_downloaded)
        crawler.signals.connect(extension.finish, signals.spider_closed)
        return extension

    def start(self) -> None:
        self._started = monotonic()
        self._looking = create_looping_call(self.look)
        self._looking.start(_LOOK, now=False)

    @property
    def elapsed(self) -> float:
        """Seconds since the start, or of the whole crawl when it is over."""
        return (monotonic() if self._ended is None else self._ended) - self._started

    def downloaded(self, request: Request) -> None:
        seconds = request.meta.get(DOWNLOAD_TIME)
        if seconds is not None:
            self.latency.add(seconds)
            self.series.latency.add(seconds)

    def look(self, *, last: bool = False) -> None:
        """End a span of the series, if its time has come."""
        elapsed = self.elapsed
        if last or self.series.due(elapsed):
            stats = self.crawler.stats
            self.series.add(
                elapsed,
                records=stats.get_value("item_scraped_count", 0),
                requests=stats.get_value("downloader/response_count", 0),
                errors=report.errors(stats.get_stats()),
                memory_bytes=memory.resident(),
            )

    def finish(self) -> None:
        if self._looking is not None and self._looking.running:
            self._looking.stop()
        self._ended = monotonic()
        self.look(last=True)
        for name, value in self.measured(self.elapsed).items():
            self.crawler.stats.set_value(f"playfast/{name}", value)

    def measured(self, elapsed: float) -> dict[str, Any]:
        """The rates over this many seconds, latencies in seconds, memory in bytes; by the statistic's name without prefix."""
        stats = self.crawler.stats
        records = stats.get_value("item_scraped_count", 0)
        requests = stats.get_value("downloader/response_count", 0)
        received = stats.get_value("downloader/response_bytes", 0)
        measured: dict[str, Any] = {
            "elapsed_seconds": elapsed,
            "apps_per_second": records / elapsed if elapsed > 0 else 0.0,
            "requests_per_second": requests / elapsed if elapsed > 0 else 0.0,
            "bytes_per_app": received / records if records else 0.0,
            "memory/now": memory.resident(),
            "memory/peak": memory.peak(),
        }
        for percent in _PERCENTILES:
            seconds = self.latency.percentile(percent)
            if seconds is not None:
                measured[f"latency/p{percent}"] = seconds
        if self.latency.count:
            measured["latency/max"] = self.latency.most
        return measured
