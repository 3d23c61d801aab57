"""What waits when a crawl ends is not waited for."""

from __future__ import annotations

from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import sleep

from playfast.errors import CrawlEndsError, PlayfastError

_GLANCE = 0.5  # seconds


def is_ending(crawler: Crawler) -> bool:
    """Whether the spider is being closed, by a limit, an error or Ctrl-C."""
    engine = crawler.engine
    assert engine is not None
    closing = getattr(engine._slot, "closing", None)  # noqa: SLF001 - there is no public word for it
    return closing is not None


async def wait(crawler: Crawler, seconds: float) -> None:
    """Sleep, but not beyond the end of the crawl.

    Raises:
        CrawlEndsError: it ends.
    """
    while seconds > 0 and not is_ending(crawler):
        await sleep(min(seconds, _GLANCE))
        seconds -= _GLANCE
    if is_ending(crawler):
        raise CrawlEndsError


def send_back(slot: Slot, error: type[PlayfastError] = CrawlEndsError) -> None:
    """Let go of requests that were not sent yet: a slot that is held for half an hour would hold the end as long."""
    while slot.queue:
        _, waiting = slot.queue.popleft()
        waiting.errback(error())
