"""Scrapy's statistics of a crawl as a whole."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.corestats import CoreStats
from scrapy.statscollectors import StatsCollector

from playfast.extensions.told_directly import told_directly


class DirectCoreStats(CoreStats):
    """Scrapy's, told of items directly."""

    def __init__(self, stats: StatsCollector) -> None:
        super().__init__(stats)
        self._increase = stats.inc_value  # looked up once: a collector wraps its methods anew for each look

    def item_scraped(self, item: Any, spider: Spider) -> None:  # noqa: ARG002 - Scrapy's signature
        self._increase("item_scraped_count")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = super().from_crawler(crawler)
        told_directly(crawler, extension.item_scraped)
        return extension
