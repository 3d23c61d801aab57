"""The apps spider: the whole record of each asked app, in packs, from each asked storefront."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, ClassVar, TypeVar

from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import run_in_thread

from playfast import arguments
from playfast.errors import ArgumentError, LedgerError, SourceError
from playfast.items import App
from playfast.play.fields import OnPage, sources
from playfast.play.verdict import Status
from playfast.runs import checkpoints, options
from playfast.sources import app_ids
from playfast.sources.unsettled import Choice
from playfast.spiders.from_start import RecordsFromStart
from playfast.spiders.listed import Again, Chunk, Ids, Listed, Undone, chosen
from playfast.spiders.packed import PackedApps
from playfast.spiders.plan import Storefront, Via

_CHUNK = 2_000  # ids read ahead at a time, in a thread: a slow disk or pipe must not hold up the answers
_LOOKED_AT = 192
"""Where drift is to stop the crawl: how many apps' records are judged, in two looks, before it goes on at its pace."""

Read = TypeVar("Read")


class AppsSpider(PackedApps):
    """Whole records of apps: one for every asked (id, country, language), with a status."""

    name = "apps"
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
        self.plan_for(storefronts)
        self._done_before = 0 if self.ledger is None else self.ledger.done()
        self._left: int | None = asked["limit"]
        self._distinct = 0
        self._owed = 0
        self._unasked = RecordsFromStart(self.crawler)
        self._looking = options.read(self.settings).drift == "stop"

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
                    for record in invalid:
                        yield record
                self.moved.clear()
                pack = self.plan.next()
                if pack is not None:
                    yield self.request(pack)
                    await self.room()
                elif self._looking and self.plan.settled:
                    await self._look()
                elif not self.plan.hungry and not self.plan.done:
                    await self.moved.wait()
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

    async def _read(self) -> list[App]:
        """Give the plan the next entries; returns the records of those that are no ids."""
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
        invalid: list[App] = []
        for entry, storefronts in fresh:
            self._owed += len(storefronts)
            if app_ids.problem(entry):
                invalid += [self.records.invalid(entry, storefront) for storefront in storefronts]
            else:
                self.plan.add([entry], storefronts)
        self.count(invalid)
        return invalid
