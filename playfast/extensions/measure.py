"""Measures a crawl: requests/s, apps/s, bytes per app, latency, memory; as statistics, and as a table at the end."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request

from playfast.handlers.timed import DOWNLOAD_TIME
from playfast.runs import memory, table
from playfast.runs.histogram import Histogram

logger = logging.getLogger(__name__)

_PERCENTILES = (50, 95, 99)


class Measure:
    """Counts from the first request to the last record, with a clock that nobody sets."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.latency = Histogram()
        self._started = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.start, signals.spider_opened)
        crawler.signals.connect(extension.downloaded, signals.response_downloaded)
        crawler.signals.connect(extension.finish, signals.spider_closed)
        return extension

    def start(self) -> None:
        self._started = monotonic()

    def downloaded(self, request: Request) -> None:
        seconds = request.meta.get(DOWNLOAD_TIME)
        if seconds is not None:
            self.latency.add(seconds)

    def finish(self) -> None:
        for name, value in self.measured(monotonic() - self._started).items():
            self.crawler.stats.set_value(f"playfast/{name}", value)
        logger.info("%s", table.of_crawl(self.crawler.stats.get_stats()))

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
