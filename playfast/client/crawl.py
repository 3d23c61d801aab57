"""One crawl of a spider in the engine, and what passes its pipelines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from playfast.client.ask import Ask
from playfast.client.engine import Engine
from playfast.client.holding import HoldBack, hold_back
from playfast.client.stream import Stream
from playfast.client.turn import take_turns
from playfast.errors import ClientError
from playfast.extensions.signals import SparingSignals
from playfast.runs import passed
from playfast.runs.turns import Turns

_WAITING_SIZE = 1_000_000
"""Bytes of answers whose rows may wait before nothing more is asked for (Scrapy's own default is 5 MB)."""
_LAST = 1_000


class Crawl:
    """A crawl that is to be run once, in the engine's thread.

    Args:
        took: called with each item that has passed all pipelines.
        stream: what the crawl waits for where it brings more than is taken.
    """

    def __init__(
        self,
        engine: Engine,
        ask: Ask,
        settings: Settings,
        turns: Turns,
        took: Callable[[Any], None],
        stream: Stream | None = None,
    ) -> None:
        self._engine = engine
        self._ask = ask
        self._settings = settings
        self._turns = turns
        self._took = took
        self._stream = stream
        self._starts = asyncio.Event()
        self._crawler: Crawler | None = None
        self._crawl: asyncio.Future[None] | None = None

    @property
    def spider(self) -> type[Spider]:
        return self._ask.spider

    async def run(self) -> dict[str, Any]:
        """The crawl, from its start to its end; returns its statistics. Who is cancelled here ends it.

        Raises:
            ClientError: it could not start.
        """
        self._engine.at_end(self.stop)
        try:
            crawler = self._crawler = self._made()
            self._crawl = asyncio.ensure_future(crawler.crawl_async(**self._ask.arguments))
            self._crawl.add_done_callback(self._started)
            await asyncio.shield(self._crawl)
        except asyncio.CancelledError:
            await self.stop()
            raise
        except Exception as error:
            raise ClientError(f"the crawl could not start: {error!r}") from error
        finally:
            self._engine.forget(self.stop)
        return dict(crawler.stats.get_stats())

    def _made(self) -> Crawler:
        settings = self._settings
        if self._stream is not None:
            settings = settings.copy()
            least = min(settings.getint("SCRAPER_SLOT_MAX_ACTIVE_SIZE"), _WAITING_SIZE)
            settings.set("SCRAPER_SLOT_MAX_ACTIVE_SIZE", least, priority="cmdline")
            settings.set(
                "ITEM_PIPELINES",
                {**settings.getwithbase("ITEM_PIPELINES"), HoldBack: _LAST},
                priority="cmdline",
            )
        crawler = Crawler(self._ask.spider, settings)
        crawler.signals = SparingSignals(crawler)
        take_turns(crawler, self._turns)
        if self._stream is not None:
            hold_back(crawler, self._stream)
        passed.listen(crawler, lambda item, _: self._took(item))
        crawler.signals.connect(self._started, signals.engine_started)
        return crawler

    async def stop(self) -> None:
        """End the crawl, when the requests in flight are answered."""
        crawl, crawler = self._crawl, self._crawler
        if crawl is None or crawler is None:
            return
        if self._stream is not None:
            self._stream.release()
        await self._starts.wait()
        # Scrapy cannot stop what is only about to start, and would let it go on; `running` is set a few turns of the loop after its signal.
        while crawler.crawling and not crawl.done() and not crawler.engine.running:  # noqa: ASYNC110
            await asyncio.sleep(0)
        await crawler.stop_async()  # does nothing where it ends already
        await asyncio.wait([crawl])

    def _started(self, *_: object) -> None:
        self._starts.set()
