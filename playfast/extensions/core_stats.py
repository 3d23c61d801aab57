"""Scrapy's statistics of a crawl as a whole."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.extensions.corestats import CoreStats

from playfast.extensions.told_directly import told_directly


class DirectCoreStats(CoreStats):
    """Scrapy's, told of items directly."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = super().from_crawler(crawler)
        told_directly(crawler, extension.item_scraped)
        return extension
