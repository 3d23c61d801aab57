"""The spider behind a client: it asks for what it is called for, and ends when it is told to."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from itertools import islice
from typing import Any, ClassVar

from itemadapter import ItemAdapter
from scrapy import Spider, signals

from playfast import arguments
from playfast.client.order import Order
from playfast.extensions.told_directly import told_directly
from playfast.items import App
from playfast.sources import app_ids
from playfast.spiders.one_record import OneRecord
from playfast.spiders.plan import Asked, Storefront, Via

_WINDOW = 0.005
"""Seconds that the first question waits for others, so that they travel in one POST; the answer takes a hundred times as long."""

_CLOSED = "shutdown"
"""Scrapy's word for a crawl that was told to stop."""


class AppsOnCall(OneRecord):
    """Asks for the apps of orders, in packs across all orders that wait."""

    name = "client"
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.fields(App),
        arguments.via(Via),
        arguments.batch("Apps in one POST.", "32"),
    )

    def prepare(self) -> None:
        self.plan_for((), via=Via(self.asked["via"]), eager=True)
        self.plan.hold()  # there is always more to come, and what is there does not wait for it
        self._waiting: dict[tuple[Any, ...], list[tuple[Order, int]]] = {}
        self._inbox: dict[Storefront, deque[str]] = {}
        self._gathering = False
        self._seen: set[Storefront] = set()
        self._over: str | None = None
        self.crawler.signals.connect(self.arrived, signals.item_scraped)
        told_directly(self.crawler, self.arrived)
        self.crawler.signals.connect(self.ended, signals.spider_closed)

    @property
    def storefronts(self) -> int:
        return len(self._seen)

    # All that follows runs in the engine's thread.

    @property
    def over(self) -> bool:
        """Whether it takes no orders any more."""
        return self._over is not None

    def take(self, order: Order) -> None:
        """An order: what nobody has asked for yet is asked, what is under way already is waited for."""
        had_some = bool(self._inbox)
        place = 0
        for storefront in order.storefronts:
            self._seen.add(storefront)
            country, lang = storefront.country, storefront.lang
            inbox = self._inbox.setdefault(storefront, deque())
            for app_id in order.ids:
                key = app_id, country, lang
                waiting = self._waiting.get(key)
                if waiting is not None:
                    waiting.append((order, place))
                elif app_ids.problem(app_id):
                    invalid = self.records.invalid(app_id, storefront)
                    self.count([invalid])
                    order.put(place, invalid)
                else:
                    self._waiting[key] = [(order, place)]
                    inbox.append(app_id)
                place += 1
            if not inbox:
                del self._inbox[storefront]
        if self._inbox and not had_some:
            self._gathering = True
            asyncio.get_running_loop().call_later(_WINDOW, self._gathered)

    def _gathered(self) -> None:
        self._gathering = False
        self.moved.set()

    def arrived(self, item: Any, spider: Spider) -> None:  # noqa: ARG002 - what listeners are handed
        """A record has passed all pipelines."""
        if isinstance(item, App):
            key: tuple[Any, ...] = (item.app_id, item.country, item.lang)
        else:  # a pipeline has made something else of it
            told = ItemAdapter(item)
            key = (told.get("app_id"), told.get("country"), told.get("lang"))
        for order, place in self._waiting.pop(key, ()):
            order.put(place, item)

    def ended(self, reason: str) -> None:
        """Nothing is asked any more: who still waits gets records that say so."""
        if self._over is not None:
            return
        told = "the client was closed" if reason == _CLOSED else f"the crawl has ended ({reason})"
        self._over = str(self.crawler.stats.get_value("playfast/gave_up") or told)
        waiting, self._waiting = self._waiting, {}
        for (app_id, country, lang), orders in waiting.items():
            asked = Asked(app_id, Storefront(country, lang), reason=f"not asked: {self._over}")
            record = self.records.unanswered(asked)
            for order, place in orders:
                order.put(place, record)

    async def start(self) -> AsyncIterator[Any]:
        """All requests, as long as the crawl lives; it never ends by itself."""
        while True:
            self.moved.clear()
            pack = self.plan.next()
            if pack is None and self._fill():
                pack = self.plan.next()
            if pack is None:
                await self.moved.wait()
            else:
                yield self.request(pack)
                await self.room()

    def _fill(self) -> bool:
        """Give the plan one pack's worth of ids, of the storefront that has waited longest; False where there are none."""
        if not self._inbox or self._gathering:
            return False
        storefront, inbox = next(iter(self._inbox.items()))
        del self._inbox[storefront]
        taken = list(islice(inbox, self.plan.batch))
        for _ in taken:
            inbox.popleft()
        if inbox:
            self._inbox[storefront] = inbox  # behind the others
        self.plan.add(taken, (storefront,))
        return True
