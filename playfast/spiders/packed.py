"""Asking in packs, and what becomes of the answers: what all spiders of the store share.

A spider of this kind gives its `plan` what is to be asked, and sends what the plan tells it to; answers only settle what the plan knows.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from playfast.errors import CrawlEndsError, EnvelopeError, PageError, SitemapError, UnreadableError
from playfast.middlewares.browsing import in_browser
from playfast.middlewares.cache import TAGS
from playfast.middlewares.proxies import COUNTRY
from playfast.play import calls, envelope
from playfast.play.envelope import Answer, Call
from playfast.play.page import Page
from playfast.spiders.base import PlaySpider
from playfast.spiders.plan import Asked, Pack, Plan, Storefront, Via
from playfast.spiders.renewal import Renewal
from playfast.spiders.verified import Verification

HTTP_NOT_FOUND = 404
_REFUSED = (429, 503)


class PackedSpider(PlaySpider):
    """A spider that asks in packs.

    A subclass declares the argument `batch`, calls `plan_for` when it is prepared, and sends the plan's packs. It says which calls ask for
    something (`calls_of`), and what their answers come to (`read`), or those of a page (`page_address`, `read_page`).
    """

    plan: Plan
    in_address: Mapping[str, str] = MappingProxyType({})
    """What the address of each POST says beside."""

    def plan_for(
        self,
        storefronts: Iterable[Storefront],
        *,
        via: Via = Via.RPC,
        eager: bool = False,
        pages: bool = True,
    ) -> None:
        """Make ready to ask these storefronts."""
        self.plan = Plan(
            storefronts,
            batch=self.asked["batch"],
            via=via,
            eager=eager,
            pages=pages,
            give_up=self._give_up,
            on_closed=self._rpc_closed,
        )
        self.moved = asyncio.Event()
        self.verification = Verification.of(self.settings, self.crawler)
        self.renewal = Renewal.of(self.settings, self.crawler)
        self._given_up: list[Any] = []

    async def room(self) -> None:
        """Wait until the engine wants more, so that Scrapy's queue holds a request or two, not the list."""
        while self.crawler.engine.needs_backout():
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    # What a subclass says.

    @abstractmethod
    def calls_of(self, asked: Asked, tag: str) -> Iterable[Call]:
        """The calls that ask for something; their tags are `tag`, or begin with it and a full stop."""

    @abstractmethod
    def read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        """The items that the answers to its calls give; None, with the reason in `asked`, where it has to be asked again."""

    def page_address(self, asked: Asked) -> str:
        """Address of the page that can be read instead."""
        raise NotImplementedError

    def app_page(self, asked: Asked) -> str:
        """Address of an app's page; there is nothing to escape in ids that are asked for (`sources.app_ids`), languages and countries."""
        return f"{self.origin}/store/apps/details?id={asked.what}&hl={asked.storefront.lang}&gl={asked.storefront.country}"

    def read_page(self, asked: Asked, response: Response, fetched_at: datetime) -> list[Any] | None:
        """The items that a page gives, or None; as `read`."""
        raise NotImplementedError

    @abstractmethod
    def unanswered(self, asked: Asked) -> list[Any]:
        """The items of something that got no answer any way."""

    # Asking.

    def request(self, pack: Pack) -> Request:
        """The request for a pack: a POST of its calls, or a page."""
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
        with self.renewal.in_force():
            packed = [
                call for place, asked in enumerate(pack.asked) for call in self.calls_of(asked, str(place))
            ]
            if self.verification is not None:
                packed.append(calls.storefront(self.verification.TAG))
        common["meta"][TAGS] = [call.tag for call in packed]
        address = envelope.address(
            self.origin,
            {call.rpc for call in packed},
            pack.storefront.lang,
            pack.storefront.country,
            self.in_address,
        )
        return self.to_play(
            address,
            method="POST",
            headers=envelope.HEADERS,
            body=envelope.pack(packed),
            callback=self.parse_pack,
            **common,
        )

    def _picture(self, asked: Asked) -> Path:
        """Where the picture of a page goes; ids that are asked for are harmless as file names (`sources.app_ids`)."""
        assert self.pictures is not None
        where = asked.storefront
        return self.pictures / f"{asked.what}_{where.country}_{where.lang}.png"

    # Answers.

    def parse_pack(self, response: Response, pack: Pack) -> Iterable[Any]:
        """Items of a pack; what was not answered goes back to the plan."""
        try:
            answers = envelope.unpack(response.body)
        except EnvelopeError as error:
            return self._failed(pack, f"unreadable answer: {error}")
        except Exception as error:
            self.crawler.stats.inc_value("playfast/faults")
            self.logger.exception("Fault in playfast while reading a pack of %s", pack.storefront)
            return self._failed(pack, f"fault in playfast: {error!r}")
        if (nothing := self.renewal.doubt(answers, Verification.TAG)) is not None:
            for asked in pack.asked:
                asked.reason = nothing
            self.plan.settle(pack, pack.asked)
            return self._moved_on()
        fetched_at = datetime.now(UTC)
        served = None
        if self.verification is not None:
            served = self.verification.of_answer(answers, pack.storefront)
            if (other := self.verification.to_ask_again(served, pack.storefront)) is not None:
                for asked in pack.asked:
                    asked.reason = other
                self.plan.settle(pack, pack.asked)
                return self._moved_on()
        missed: list[Asked] = []
        found: list[Any] = []
        for place, asked in enumerate(pack.asked):
            items = self._read(asked, str(place), answers, fetched_at)
            if items is None:
                missed.append(asked)
            else:
                found += items
        if self.verification is not None:
            self.verification.mark(found, served)
        self.plan.settle(pack, missed)
        return self._moved_on(found)

    def _read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        # A fault of ours may cost an answer, never the others of its pack theirs.
        try:
            return self.read(asked, tag, answers, fetched_at)
        except Exception as error:  # noqa: BLE001 - it is counted, and told where it is a fault
            self.note(asked, error)
            return None

    def parse_page(self, response: Response, pack: Pack) -> Iterable[Any]:
        """The items of a page."""
        asked = pack.asked[0]
        items = None
        try:
            items = self._read_page(asked, response)
        except Exception as error:  # noqa: BLE001 - as above
            self.note(asked, error)
        self.plan.settle(pack, [asked] if items is None else [])
        return self._moved_on(items or ())

    def _read_page(self, asked: Asked, response: Response) -> list[Any] | None:
        served = None
        if self.verification is not None and response.status != HTTP_NOT_FOUND:
            served = self.verification.of_page(Page(response.body), asked.storefront)
            if (other := self.verification.to_ask_again(served, asked.storefront)) is not None:
                asked.reason = other
                return None
        if response.status != HTTP_NOT_FOUND and self.renewal.take(response.body, response.url):
            # Before it is read: what follows on a page is asked for in packs.
            self.plan.open_rpc()
        items = self.read_page(asked, response, datetime.now(UTC))
        if self.verification is not None and items:
            self.verification.mark(items, served)
        return items

    def parse_failure(self, failure: Failure) -> Iterable[Any]:
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
    ) -> list[Any]:
        self.crawler.stats.inc_value(f"playfast/requests/{pack.via}/failed")
        self.plan.fail(pack, reason, unreachable=unreachable, refused=refused)
        return self._moved_on()

    def _moved_on(self, found: Iterable[Any] = ()) -> list[Any]:
        """Wake whoever waits for the plan, since it has changed; returns these items, and those of what was just given up."""
        self.moved.set()
        items = self.leaving([*found, *self.take_given_up()])
        self.count(items)
        return items

    def leaving(self, items: list[Any]) -> list[Any]:
        """Items that are about to leave the spider; a subclass may have some to add."""
        return items

    def take_given_up(self) -> list[Any]:
        """The items of what was given up since they were last taken; not counted yet."""
        taken, self._given_up = self._given_up, []
        return taken

    def count(self, items: Iterable[Any]) -> None:
        """Count items that leave the spider; a pack's together, since a statistic costs more than an item's share of it."""
        counts: Counter[tuple[str, str]] = Counter()
        rows = 0
        for item in items:
            try:
                counts[getattr(item, item.identity.country or item.identity.lang), item.status] += 1
            except AttributeError:
                rows += 1
        for (place, status), count in counts.items():
            self.crawler.stats.inc_value(f"playfast/records/{status}", count)
            self.crawler.stats.inc_value(f"playfast/country/{place}/{status}", count)
        if rows:
            self.crawler.stats.inc_value("playfast/rows", rows)

    # What is noticed on the way.

    def note(self, asked: Asked, error: Exception) -> None:
        """Note in `asked` why an answer could not be read."""
        if isinstance(error, EnvelopeError | PageError | SitemapError | UnreadableError):
            asked.reason = str(error)
            self.count_unusable(asked)
        else:
            self.crawler.stats.inc_value("playfast/faults")
            self.logger.error(
                "Fault in playfast while reading %s (%s)", asked.what, asked.storefront, exc_info=error
            )
            asked.reason = f"fault in playfast: {error!r}"

    def count_unusable(self, asked: Asked) -> None:
        """Count an answer that gave nothing, for the reason in `asked`."""
        self.crawler.stats.inc_value("playfast/answers/unusable")
        self.crawler.stats.set_value("playfast/answers/last_unusable", asked.reason)

    def answer_of(self, asked: Asked, answer: Answer | None) -> Answer | None:
        """An answer that says something, be it that there is nothing; else None, with the reason in `asked`."""
        if answer is None:
            asked.reason = "no answer in the pack"
            self.crawler.stats.inc_value("playfast/answers/absent")
            return None
        if answer.error is not None and answer.error != envelope.NOT_FOUND:
            asked.reason = f"Play answered {answer.error_type or 'an error'} (code {answer.error})"
            self.crawler.stats.inc_value("playfast/answers/error")
            return None
        return answer

    def invalid_field(self, name: str, error: Exception) -> None:
        """Count a value of another kind than declared."""
        statistic = f"playfast/field/{name}/invalid"
        if not self.crawler.stats.get_value(statistic):
            self.logger.warning(
                "Field %s holds something else than declared (%s); further ones are only counted.",
                name,
                error,
            )
        self.crawler.stats.inc_value(statistic)

    # What the plan tells.

    def _give_up(self, asked: Asked) -> None:
        self.crawler.stats.set_value("playfast/last_error", asked.reason)
        self._given_up += self.unanswered(asked)

    def _rpc_closed(self, reason: str) -> None:
        self.renewal.closed()
        self.logger.warning("The RPC way fails as a whole (%s): %s.", reason, self.instead)
        self.crawler.stats.set_value("playfast/rpc_closed", reason)

    instead = "going on page by page, at some 40 times the bytes"
    """What a crawl does without the RPC way."""
