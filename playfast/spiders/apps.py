"""The apps spider: the whole record of each asked app, in packs, from each asked storefront."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from scrapy import signals
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.asyncio import run_in_thread
from twisted.python.failure import Failure

from playfast import arguments
from playfast.errors import ArgumentError, CrawlEndsError, EnvelopeError, LedgerError, PageError, SourceError
from playfast.items import App
from playfast.middlewares.browsing import in_browser
from playfast.middlewares.proxies import COUNTRY
from playfast.play import calls, envelope, markup, page_only, verdict
from playfast.play.fields import Extractor, OnPage, sources
from playfast.play.page import Page, details
from playfast.play.verdict import Status
from playfast.runs import checkpoints, options
from playfast.sources import app_ids
from playfast.sources.unsettled import Choice
from playfast.spiders.base import PlaySpider
from playfast.spiders.from_start import RecordsFromStart
from playfast.spiders.listed import Again, Chunk, Ids, Listed, Undone, chosen
from playfast.spiders.plan import Asked, Pack, Plan, Storefront, Via

_CHUNK = 2_000  # ids read ahead at a time, in a thread: a slow disk or pipe must not hold up the answers
_LOOKED_AT = 192
"""Where drift is to stop the crawl: how many apps' records are judged, in two looks, before it goes on at its pace."""
_HTTP_NOT_FOUND = 404
_REFUSED = (429, 503)

Read = TypeVar("Read")


class AppsSpider(PlaySpider):
    """Whole records of apps: one for every asked (id, country, language), with a status."""

    name = "apps"
    item: ClassVar[type[Any]] = App
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(App),
        arguments.only(Status),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.whole_number("limit", "Ask for at most this many of the ids.", "", least=1),
        arguments.choice(
            "via", Via, "Ask in packs over RPC, or page by page (some 40 times the bytes).", "rpc"
        ),
        arguments.browser(),
        arguments.screenshots(),
        arguments.whole_number("batch", "Apps in one POST.", "32", least=1, most=1000),
    )

    @classmethod
    def check(cls, settings: BaseSettings, given: dict[str, Any]) -> dict[str, Any]:
        asked = super().check(settings, given)
        declared = sources(App)
        page_only_asked = [name for name in asked["fields"] or () if isinstance(declared[name], OnPage)]
        if page_only_asked and asked["via"] == Via.RPC and asked["screenshots"] is None:
            raise ArgumentError([f"fields: only pages carry {', '.join(page_only_asked)}; add -a via=page"])
        if asked["screenshots"] is not None:
            asked["via"] = Via.PAGE.value  # there is nothing to be seen of a record
        asked["retry"] = chosen(asked, given)
        return asked

    def prepare(self) -> None:
        asked = self.asked
        self.extractor = Extractor(App, self.field_names, always=calls.ALWAYS_ASKED)
        storefronts = tuple(
            Storefront(country, lang) for country in asked["countries"] for lang in asked["langs"]
        )
        choice: Choice | None = asked["retry"]
        self.listed: Listed
        if self.ledger is not None:
            again = choice.statuses if choice is not None else frozenset[str]()
            self.listed = Undone(asked["ids"], storefronts, self.ledger, again, self.leased)
        elif choice is None:
            self.listed = Ids(asked["ids"], storefronts)
        else:
            self.listed = Again(asked["ids"], choice)
            for name in ("countries", "langs"):
                if getattr(choice, name) is None:
                    del self.given[name]  # a default that does not hold here
        self.plan = Plan(
            storefronts,
            batch=asked["batch"],
            via=Via(asked["via"]),
            give_up=self._give_up,
            on_closed=self._rpc_closed,
        )
        self._moved = asyncio.Event()
        self._given_up: list[App] = []
        self._done_before = 0 if self.ledger is None else self.ledger.done()
        self._left: int | None = asked["limit"]
        self._distinct = 0
        self._owed = 0
        self._unasked = RecordsFromStart(self.crawler)
        self._looking = options.read(self.settings).drift == "stop"

    @property
    def filled_names(self) -> list[str]:
        if self.asked["via"] == Via.PAGE:
            return self.field_names
        return [name for name in self.field_names if not isinstance(sources(App)[name], OnPage)]

    @property
    def due(self) -> int | None:
        if self.plan.ended:
            return self._owed
        keys, limit = self.listed.keys, self.asked["limit"]
        return keys if keys is None or limit is None else min(keys, limit)

    @property
    def storefronts(self) -> int:
        return self.listed.storefronts

    def expected(self) -> int | None:
        if self.asked["retry"] is not None and self.ledger is None:
            return None  # the lines of a feed do not tell; `due` knows as soon as it has been read
        lines: int | None = self.asked["ids"].count()
        if lines is None:
            return None
        limit: int | None = self.asked["limit"]
        undone = lines * self.storefronts - self._done_before
        return max(0, undone if limit is None else min(undone, limit * self.storefronts))

    async def start(self) -> AsyncIterator[Any]:
        """Everything that is asked comes from here: answers only settle what the plan knows."""
        with self.listed:
            await self._begin()
            while not self.plan.done:
                if self.plan.hungry:
                    invalid = await self._read()
                    if invalid:
                        self._unasked.see_off()
                    for entry, storefronts in invalid:
                        for storefront in storefronts:
                            yield self._invalid(entry, storefront)
                self._moved.clear()
                pack = self.plan.next()
                if pack is not None:
                    yield self.request(pack)
                    await self._room()
                elif self._looking and self.plan.settled:
                    await self._look()
                elif not self.plan.hungry and not self.plan.done:
                    await self._moved.wait()
            await self._unasked.done()

    async def _look(self) -> None:
        """Have the records of the first apps judged before the others are asked for."""
        await self._unasked.done()
        self.crawler.signals.send_catch_log(checkpoints.REACHED)
        self._looking = self._distinct < _LOOKED_AT
        self.plan.go_on()

    async def _begin(self) -> None:
        """Have the list made ready, and told what is known of it now."""
        await self._from_list(self.listed.begin)
        if self.listed.looked_through is not None:
            self.crawler.stats.set_value("playfast/ids/looked_through", self.listed.looked_through)
        self.crawler.signals.send_catch_log(checkpoints.LISTED)

    async def _from_list(self, read: Callable[..., Read], *given: Any) -> Read:
        """What a function that reads the list returns; the crawl ends if it cannot be read."""
        try:
            return await run_in_thread(read, *given)
        except SourceError as error:
            self.logger.error("%s", error)  # noqa: TRY400 - the sentence says all, a trace would say less
            self.crawler.stats.set_value("playfast/source_error", str(error))
            raise CloseSpider("source_error") from error
        except LedgerError as error:
            self.logger.error("%s", error)  # noqa: TRY400 - the sentence says all, a trace would say less
            self.crawler.stats.set_value("playfast/ledger/failed", str(error))
            raise CloseSpider("ledger_failed") from error

    async def _read(self) -> list[tuple[str, tuple[Storefront, ...]]]:
        """Give the plan the next entries; returns those that are no ids."""
        most = _LOOKED_AT // 2 if self._looking else _CHUNK
        chunk: Chunk = await self._from_list(self.listed.next, most)
        fresh = chunk.fresh
        self.crawler.stats.inc_value("playfast/ids/read", chunk.read)
        self.crawler.stats.inc_value("playfast/ids/duplicates", chunk.duplicates)
        if self.ledger is not None:
            self.crawler.stats.inc_value("playfast/ledger/done_before", chunk.done)
        if self._left is not None:
            fresh = fresh[: self._left]
            self._left -= len(fresh)
        if not chunk.read or self._left == 0:
            self.plan.end()
        elif self._looking:
            self.plan.hold()
        self._distinct += len(fresh)
        invalid = []
        for entry, storefronts in fresh:
            self._owed += len(storefronts)
            if app_ids.problem(entry):
                invalid.append((entry, storefronts))
            else:
                self.plan.add([entry], storefronts)
        return invalid

    async def _room(self) -> None:
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
            common["meta"]["handle_httpstatus_list"] = [_HTTP_NOT_FOUND]
            page = self.to_play(self.page_address(pack.asked[0]), callback=self.parse_page, **common)
            return page if self.pictures is None else in_browser(page, self._picture(pack.asked[0]))
        packed = envelope.pack(
            calls.details(asked.app_id, self.extractor.mask, str(place))
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
            # A fault of ours may cost an answer, never the other apps of its pack theirs.
            try:
                record = self._record(asked, answers.get(str(place)), fetched_at)
            except Exception as error:  # noqa: BLE001 - it is counted, and told where it is a fault
                record = None
                self._note(asked, error)
            if record is None:
                missed.append(asked)
            else:
                found.append(record)
        self.plan.settle(pack, missed)
        return self._moved_on(found)

    def parse_page(self, response: Response, pack: Pack) -> Iterable[App]:
        """The record of a page."""
        asked = pack.asked[0]
        try:
            record = self._page_record(asked, response, datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 - it is counted, and told where it is a fault
            record = None
            self._note(asked, error)
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
        """Wake `start`, since the plan has changed; returns what has been found, and the records of the apps that were just given up."""
        self._moved.set()
        records = [*found, *self._given_up]
        self._given_up.clear()
        self._count(records)
        return records

    def _note(self, asked: Asked, error: Exception) -> None:
        """Note in `asked` why an answer gave no record."""
        if isinstance(error, EnvelopeError | PageError):
            asked.reason = str(error)
            self._count_unusable(asked)
        else:
            self.crawler.stats.inc_value("playfast/faults")
            self.logger.error(
                "Fault in playfast while reading %s (%s)", asked.app_id, asked.storefront, exc_info=error
            )
            asked.reason = f"fault in playfast: {error!r}"

    # Records.

    def _record(self, asked: Asked, answer: envelope.Answer | None, fetched_at: datetime) -> App | None:
        """The record that an answer in a pack gives, or None (with the reason in `asked`) where it gives none."""
        stats = self.crawler.stats
        if answer is None:
            asked.reason = "no answer in the pack"
            stats.inc_value("playfast/answers/absent")
            return None
        if answer.error is not None and answer.error != envelope.NOT_FOUND:
            asked.reason = f"Play answered {answer.error_type or 'an error'} (code {answer.error})"
            stats.inc_value("playfast/answers/error")
            return None
        payload = answer.decoded()
        if payload is None:
            return self._finished(asked, Status.NOT_FOUND, fetched_at=fetched_at, via=Via.RPC)
        return self._told(asked, payload, fetched_at, Via.RPC, None)

    def _page_record(self, asked: Asked, response: Response, fetched_at: datetime) -> App | None:
        if response.status == _HTTP_NOT_FOUND:
            return self._finished(asked, Status.NOT_FOUND, fetched_at=fetched_at, via=Via.PAGE)
        page = Page(response.body)
        if not page.is_whole:
            raise PageError("the page was cut short")
        return self._told(asked, details(page), fetched_at, Via.PAGE, page)

    def _told(
        self, asked: Asked, payload: Any, fetched_at: datetime, via: Via, page: Page | None
    ) -> App | None:
        """The record that a payload tells, and the page around it where there is one."""
        status, reason = verdict.of_record(payload, asked.app_id)
        if status is Status.ERROR:
            asked.reason = reason or "no reason given"
            self._count_unusable(asked)
            return None
        only = self._page_only(page) if page is not None and self.extractor.page_names else None
        record = self.extractor(payload, self._key(asked, status, fetched_at, via), self._invalid_field, only)
        if page is not None:
            self._compare(record, page)
        return record

    def _page_only(self, page: Page) -> dict[str, Any] | None:
        try:
            return page_only.extras(page)
        except PageError as error:  # a block beside the record's; it costs its own fields only
            for name in sorted(self.extractor.page_names):
                self._invalid_field(name, error)
            return None

    def _compare(self, record: App, page: Page) -> None:
        """Fill from JSON-LD and meta tags what the record lacks, and count where the two differ."""
        for name, value in markup.described(page).items():
            if name not in self.extractor.names:
                continue
            told = getattr(record, name)
            if told is None:
                setattr(record, name, value)
                if record.status == Status.AVAILABLE.value:  # like the counts it is read against
                    self.crawler.stats.inc_value(f"playfast/markup/{name}/filled")
            elif not markup.same(told, value):
                self.crawler.stats.inc_value(f"playfast/markup/{name}/differs")

    def _finished(self, asked: Asked, status: Status, **more: Any) -> App:
        """A record without values: not found, not asked, not answered."""
        return App(**{**self._key(asked, status, None, None), **more})

    def _count_unusable(self, asked: Asked) -> None:
        self.crawler.stats.inc_value("playfast/answers/unusable")
        self.crawler.stats.set_value("playfast/answers/last_unusable", asked.reason)

    def _count(self, records: Iterable[App]) -> None:
        """Count records that leave the spider; a pack's together, since a statistic costs more than a record's share of it."""
        counts = Counter((record.country, record.status) for record in records)
        for (country, status), count in counts.items():
            self.crawler.stats.inc_value(f"playfast/records/{status}", count)
            self.crawler.stats.inc_value(f"playfast/country/{country}/{status}", count)

    def _key(
        self, asked: Asked, status: Status, fetched_at: datetime | None, via: Via | None
    ) -> dict[str, Any]:
        return {
            "app_id": asked.app_id,
            "country": asked.storefront.country,
            "lang": asked.storefront.lang,
            "status": status.value,
            "fetched_at": fetched_at,
            "via": None if via is None else via.value,
            "url": self.page_address(asked),
        }

    def _invalid(self, entry: str, storefront: Storefront) -> App:
        record = self._finished(
            Asked(entry, storefront), Status.INVALID_ID, error=app_ids.problem(entry), url=None
        )
        self._count([record])
        return record

    # What the plan tells.

    def _give_up(self, asked: Asked) -> None:
        self.crawler.stats.set_value("playfast/last_error", asked.reason)
        self._given_up.append(self._finished(asked, Status.ERROR, error=asked.reason))

    def _rpc_closed(self, reason: str) -> None:
        self.logger.warning(
            "The RPC way fails as a whole (%s): going on page by page, at some 40 times the bytes.", reason
        )
        self.crawler.stats.set_value("playfast/rpc_closed", reason)

    # What is noticed on the way.

    def _invalid_field(self, name: str, error: Exception) -> None:
        statistic = f"playfast/field/{name}/invalid"
        if not self.crawler.stats.get_value(statistic):
            self.logger.warning(
                "Field %s holds something else than declared (%s); further ones are only counted.",
                name,
                error,
            )
        self.crawler.stats.inc_value(statistic)
