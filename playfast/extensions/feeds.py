"""Scrapy's feeds, watched: a feed that cannot be written ends the crawl instead of a line in the log."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.exceptions import CloseSpider
from scrapy.extensions.feedexport import FeedExporter, FileFeedStorage

FEED_FAILED = "playfast/feeds/failed"
"""The statistic with the reason why a feed could not be written; the crawl then ends with the reason `feed_failed`."""


class WatchedFeedExporter(FeedExporter):
    """Tries every file before the first request, and stops the crawl when a record cannot be written.

    Scrapy opens a feed with its first item and goes on after any error, so that a crawl of days can end with nothing written and exit
    with 0.
    """

    _closing: asyncio.Future[None] | None = None

    def open_spider(self, spider: Spider) -> None:
        super().open_spider(spider)
        problems = [problem for slot in self.slots if (problem := _unwritable(slot.storage))]
        if problems:
            self.slots = []  # nothing is opened, so nothing that stands in the other files is lost
            self.crawler.stats.set_value(FEED_FAILED, "; ".join(problems))
            raise CloseSpider("feed_failed")

    def item_scraped(self, item: Any, spider: Spider) -> None:
        if self._closing is not None:
            return  # it has been said why
        try:
            super().item_scraped(item, spider)
        except Exception as error:
            if self._closing is None:
                self.crawler.stats.set_value(FEED_FAILED, f"{type(error).__name__}: {error}")
                self._closing = asyncio.ensure_future(
                    self.crawler.engine.close_spider_async(reason="feed_failed")
                )
            raise


def _unwritable(storage: Any) -> str | None:
    """Why a file cannot be written, without touching what is in it; None if it can, or is not a file."""
    if not isinstance(storage, FileFeedStorage):
        return None
    path = Path(storage.path)
    if path.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir()):
        return None  # a link, a pipe, a device: trying would change them
    existed = path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
        if not existed:
            path.unlink()
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    return None
