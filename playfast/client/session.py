"""One crawl in the engine, from a client's first question to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import Settings

from playfast.client.engine import Engine
from playfast.client.on_call import AppsOnCall
from playfast.client.order import Order
from playfast.client.turn import take_turns
from playfast.errors import ClientError
from playfast.extensions.signals import SparingSignals
from playfast.runs.turns import Turns


class Session:
    """A crawl that takes orders until it is closed, or ends by itself (a store that is lost for hours, say).

    Args:
        turns: the pace that it shares with the client's other crawls.
        refuse: given, in the engine's thread, the orders that came too late.
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        arguments: Mapping[str, str],
        turns: Turns,
        refuse: Callable[[Order], None],
    ) -> None:
        self._engine = engine
        self._crawler = Crawler(AppsOnCall, settings)
        self._crawler.signals = SparingSignals(self._crawler)
        take_turns(self._crawler, turns)
        self._arguments = dict(arguments)
        self._refuse = refuse
        self._ready: Future[AppsOnCall] = Future()
        engine.at_end(self.close)
        self._ended: Future[None] = engine.run(self._crawl())

    @property
    def over(self) -> bool:
        """Whether it takes no orders any more."""
        return self._ended.done() or (
            self._ready.done() and self._ready.exception() is None and self._ready.result().over
        )

    def order(self, order: Order) -> None:
        """Have an order taken."""
        self._engine.call(self._take, order)

    def stats(self) -> dict[str, Any]:
        """The crawl's statistics."""
        return dict(self._crawler.stats.get_stats()) if self._ready.done() else {}

    async def _crawl(self) -> None:
        crawl = asyncio.ensure_future(self._crawler.crawl_async(**self._arguments))
        reason = "the crawl has ended"
        try:
            await asyncio.sleep(0)  # by now there is a spider, or an error
            if not crawl.done() and isinstance(spider := self._crawler.spider, AppsOnCall):
                self._ready.set_result(spider)
            await crawl
        except Exception as error:  # noqa: BLE001 - it is told to everybody who asks
            reason = f"it could not start: {error!r}"
        finally:
            self._engine.forget(self.close)
            if self._ready.done():
                self._ready.result().ended(reason)
            else:
                self._ready.set_exception(ClientError(reason))

    def _take(self, order: Order) -> None:
        if not self._ready.done():
            self._ready.add_done_callback(lambda _: self._take(order))
        elif (error := self._ready.exception()) is not None:
            order.fail(ClientError(str(error)))
        elif (spider := self._ready.result()).over:
            self._refuse(order)
        else:
            spider.take(order)

    async def close(self) -> None:
        """End the crawl, in the engine's thread. What was not asked for yet gets records with the status `error`."""
        if not self._ended.done():
            await self._crawler.stop_async()
        await asyncio.wrap_future(self._ended)
