"""Asking for apps in packs, and what becomes of the answers: what the spiders of apps share.

A spider of this kind gives its `plan` what is to be asked, and sends what the plan tells it to; answers only settle what the plan knows.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from playfast.errors import CrawlEndsError, EnvelopeError
from playfast.items import App
from playfast.middlewares.browsing import in_browser
from playfast.middlewares.proxies import COUNTRY
from playfast.play import calls, envelope
from playfast.play.fields import Extractor, OnPage, sources
from playfast.spiders.app_records import HTTP_NOT_FOUND, AppRecords
from playfast.spiders.base import PlaySpider
from playfast.spiders.plan import Asked, Pack, Plan, Storefront, Via

_REFUSED = (429, 503)


class PackedApps(PlaySpider):
    """A spider that asks for apps' records in packs.

    A subclass declares the arguments `fields`, `via` and `batch`, calls `plan_for` when it is prepared, and sends the plan's packs.
    """

    item: ClassVar[type[Any]] = App
    plan: Plan

    def plan_for(self, storefronts: Iterable[Storefront], *, eager: bool = False) -> None:
        """Make ready to ask for apps of these storefronts."""
        extractor = Extractor(App, self.field_names, always=calls.ALWAYS_ASKED)
        self.records = AppRecords(extractor, self.page_address, self.crawler, self.logger)
        self.plan = Plan(
            storefronts,
            batch=self.asked["batch"],
            via=Via(self.asked["via"]),
            eager=eager,
            give_up=self._give_up,
            on_closed=self._rpc_closed,
        )
        self.moved = asyncio.Event()
        self._given_up: list[App] = []

    @property
    def filled_names(self) -> list[str]:
        if self.asked["via"] == Via.PAGE:
            return self.field_names
        return [name for name in self.field_names if not isinstance(sources(App)[name], OnPage)]

    async def room(self) -> None:
        """Wait until the engine wants more, so that Scrapy's queue holds a request or two, not the list."""
        while self.crawler.engine.needs_backout():
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    # Asking.

    def request(self, pack: Pack) -> Request:
        """The request for a pack: a POST of its calls, or its app's page."""
        self.crawler.stats.inc_value(f"playfast/requests/{pack.via}")
        common: dict[str, Any] = {
            "errback": self.parse_failure,
            "cb_kwargs": {"pack": pack},
            # A pack that is asked again must not get the same answer out of the HTTP cache.
            "meta": {COUNTRY: pack.storefront.country, **({"dont_cache": True} if pack.reasked else {})},
        }
        if pack.via is Via.PAGE:
            common["meta"]["handle_httpstatus_list"] = [HTTP_NOT_FOUND]
            page = self.to_play(self.page_address(pack.asked[0]), callback=self.parse_page, **common)
            return page if self.pictures is None else in_browser(page, self._picture(pack.asked[0]))
        packed = envelope.pack(
            calls.details(asked.app_id, self.records.extractor.mask, str(place))
            for place, asked in enumerate(pack.asked)
        )
        address = envelope.address(
            self.origin, [calls.DETAILS], pack.storefront.lang, pack.storefront.country
        )
        return self.to_play(
            address, method="POST", headers=envelope.HEADERS, body=packed, callback=self.parse_pack, **common
        )

    def _picture(self, asked: Asked) -> Path:
        """Where the picture of a page goes; ids that are asked for are harmless as file names (`sources.app_ids`)."""
        assert self.pictures is not None
        where = asked.storefront
        return self.pictures / f"{asked.app_id}_{where.country}_{where.lang}.png"

    def page_address(self, asked: Asked) -> str:
        """Ids that are asked for have no characters to escape (`sources.app_ids`), languages and countries neither."""
        return f"{self.origin}/store/apps/details?id={asked.app_id}&hl={asked.storefront.lang}&gl={asked.storefront.country}"

    # Answers.

    def parse_pack(self, response: Response, pack: Pack) -> Iterable[App]:
        """Records of a pack; what was not answered goes back to the plan."""
        try:
            answers = envelope.unpack(response.body)
        except EnvelopeError as error:
            return self._failed(pack, f"unreadable answer: {error}")
        except Exception as error:
            self.crawler.stats.inc_value("playfast/faults")
            self.logger.exception("Fault in playfast while reading a pack of %s", pack.storefront)
            return self._failed(pack, f"fault in playfast: {error!r}")
        fetched_at = datetime.now(UTC)
        missed: list[Asked] = []
        found: list[App] = []
        for place, asked in enumerate(pack.asked):
            record = self.records.packed(asked, answers.get(str(place)), fetched_at)
            if record is None:
                missed.append(asked)
            else:
                found.append(record)
        self.plan.settle(pack, missed)
        return self._moved_on(found)

    def parse_page(self, response: Response, pack: Pack) -> Iterable[App]:
        """The record of a page."""
        asked = pack.asked[0]
        record = self.records.paged(asked, response, datetime.now(UTC))
        self.plan.settle(pack, [asked] if record is None else [])
        return self._moved_on([] if record is None else [record])

    def parse_failure(self, failure: Failure) -> Iterable[App]:
        """A request that brought no answer, after all of Scrapy's retries."""
        pack: Pack = failure.request.cb_kwargs["pack"]  # type: ignore[attr-defined]
        error = failure.value
        if isinstance(error, CrawlEndsError):
            return []  # a crawl that ends owes no record of what it did not ask
        if isinstance(error, IgnoreRequest) and not isinstance(error, HttpError):
            self.plan.forbid(pack, f"not asked: {error}")
            return self._moved_on()
        if isinstance(error, HttpError):
            status = error.response.status
            return self._failed(pack, f"HTTP status {status}", refused=status in _REFUSED)
        return self._failed(pack, f"{type(error).__name__}: {error}".rstrip(": ")[:300], unreachable=True)

    def _failed(
        self, pack: Pack, reason: str, *, unreachable: bool = False, refused: bool = False
    ) -> list[App]:
        self.crawler.stats.inc_value(f"playfast/requests/{pack.via}/failed")
        self.plan.fail(pack, reason, unreachable=unreachable, refused=refused)
        return self._moved_on()

    def _moved_on(self, found: Iterable[App] = ()) -> list[App]:
        """Wake whoever waits for the plan, since it has changed; returns these records, and those of the apps that were just given up."""
        self.moved.set()
        records = [*found, *self._given_up]
        self._given_up.clear()
        self.count(records)
        return records

    def count(self, records: Iterable[App]) -> None:
        """Count records that leave the spider; a pack's together, since a statistic costs more than a record's share of it."""
        counts = Counter((record.country, record.status) for record in records)
        for (country, status), count in counts.items():
            self.crawler.stats.inc_value(f"playfast/records/{status}", count)
            self.crawler.stats.inc_value(f"playfast/country/{country}/{status}", count)

    # What the plan tells.

    def _give_up(self, asked: Asked) -> None:
        self._given_up.append(self.records.unanswered(asked))

    def _rpc_closed(self, reason: str) -> None:
        self.logger.warning(
            "The RPC way fails as a whole (%s): going on page by page, at some 40 times the bytes.", reason
        )
        self.crawler.stats.set_value("playfast/rpc_closed", reason)
