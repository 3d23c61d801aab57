"""Feeds into files, written in larger blocks."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from scrapy import Spider
from scrapy.extensions.feedexport import FileFeedStorage

_BLOCK = 256 * 1024


class BlockFeedStorage(FileFeedStorage):
    """Scrapy's, with a buffer for some twenty whole records: with Python's of 8 kB, each record is a call of the system.

    `WatchedFeedExporter` empties it every few seconds, so that a feed can be followed and a killed crawl loses little.
    """

    def open(self, spider: Spider) -> IO[bytes]:  # noqa: ARG002 - Scrapy's signature
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open(self.write_mode, buffering=_BLOCK)
