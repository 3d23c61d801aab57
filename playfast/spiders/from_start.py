"""Records that a spider yields from `start`, of which Scrapy's engine takes less care than of those that an answer brings."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler

_PATIENCE = 500
_MOMENT = 0.01  # seconds
_GLANCE = 0.05


class RecordsFromStart:
    """Sees that such records neither hold up the end of a crawl nor keep it from ending."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._watch: asyncio.Task[None] | None = None

    async def done(self) -> None:
        """Wait for them: the engine would look for its end only at its next heartbeat, in 5 seconds."""
        scraping = self.crawler.engine.scraper.slot
        for _ in range(_PATIENCE):
            if scraping is None or scraping.is_idle():
                break
            await asyncio.sleep(_MOMENT)
        else:
            return
        if self._watch is not None and not self._watch.done():
            self._watch.cancel()  # it would outlive the crawl by a glance
            self._let_close()

    def see_off(self) -> None:
        """Let the crawl end while they are on their way.

        Scrapy looks whether it may close only when an answer has been dealt with: a crawl that is closed (by a limit, a full disk, Ctrl-C)
        while such a record is the last thing under way would wait for ever.
        """
        if self._watch is None or self._watch.done():
            self._watch = asyncio.ensure_future(self._until_gone())

    async def _until_gone(self) -> None:
        scraper = self.crawler.engine.scraper
        idle = False
        while not idle and scraper.slot is not None:
            await asyncio.sleep(_GLANCE)
            idle = scraper.slot is None or scraper.slot.is_idle()
        self._let_close()

    def _let_close(self) -> None:
        scraper = self.crawler.engine.scraper
        if scraper.slot is not None and scraper.slot.closing is not None and not scraper.slot.closing.called:
            scraper._check_if_closing()  # noqa: SLF001 - there is no public word for it
