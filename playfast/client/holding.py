"""Holds a crawl back while its rows are not taken."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from playfast.client.stream import Stream

_KEPT_AS = "playfast_stream"


class HoldBack:
    """The last pipeline of a crawl that is iterated over: an item waits in it until the stream has room.

    Scrapy sends no further requests while the answers whose items wait are as large as SCRAPER_SLOT_MAX_ACTIVE_SIZE.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        stream: Stream | None = getattr(crawler, _KEPT_AS, None)
        if stream is None:
            raise NotConfigured
        return cls(stream)

    def process_item(self, item: Any) -> Any:
        return self._when_there_is_room(item) if self._stream.full else item

    async def _when_there_is_room(self, item: Any) -> Any:
        await self._stream.room()
        return item


def hold_back(crawler: Crawler, stream: Stream) -> None:
    """Have a crawl, which has not started yet, wait for this stream."""
    setattr(crawler, _KEPT_AS, stream)
