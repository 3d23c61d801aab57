"""Crawls of what a list names: the list is read bit by bit, each entry asked of every storefront, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import run_in_thread

from playfast.errors import LedgerError, SourceError
from playfast.runs import checkpoints, options
from playfast.sources import app_ids
from playfast.sources.unsettled import Choice
from playfast.spiders.from_start import RecordsFromStart
from playfast.spiders.listed import Again, Chunk, Ids, Listed, Undone, chosen
from playfast.spiders.packed import PackedSpider
from playfast.spiders.plan import Storefront

_CHUNK = 2_000  # entries read ahead at a time, in a thread: a slow disk or pipe must not hold up the answers
_LOOKED_AT = 192
"""Where drift is to stop the crawl: how many records are judged, in two looks, before it goes on at its pace."""

Read = TypeVar("Read")


class FromList(PackedSpider):
    """A spider that is given a list.

    A subclass declares the arguments `ids` (or names another in `source`), `countries`, `langs`, `retry`, `ledger` and `limit`, and calls
    `list_for` when it is prepared.
    """

    reads_feeds = True
    """Whether `retry` can go by the feed of an earlier crawl, each of whose records says what was asked."""

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:
        problems = super().consider(asked)
        if asked["retry"] is not None and asked["ledger"] is None and not cls.reads_feeds:
            problems.append(
                "retry: a ledger says what came of each; add -a ledger=FILE, the one of the crawl before"
            )
        return problems

    @classmethod
    def check(cls, settings: BaseSettings, given: dict[str, Any]) -> dict[str, Any]:
        asked = super().check(settings, given)
        asked["retry"] = chosen(asked, given)
        return asked

    def list_for(
        self, storefronts: Sequence[Storefront], *, country_free: bool = False, prefix: str = ""
    ) -> None:
        """Make ready the list, each entry of which is asked of these storefronts; their country may play no part in the answers."""
        asked = self.asked
        storefronts = tuple(storefronts)
        choice: Choice | None = asked["retry"]
        self.listed: Listed
        if self.ledger is not None:
            self.listed = Undone(
                asked[self.source],
                self.entries_of,
                storefronts,
                self.ledger,
                self.asked_again(choice),
                self.leased,
                country_free=country_free,
                prefix=prefix,
            )
        elif choice is None:
            self.listed = Ids(asked[self.source], self.entries_of, storefronts)
        else:
            self.listed = Again(asked[self.source], choice)
            for name in ("countries", "langs"):
                if getattr(choice, name) is None:
                    self.given.pop(name, None)  # a default that does not hold here
        self._done_before = 0 if self.ledger is None else self.ledger.done()
        self._left: int | None = asked["limit"]
        self._distinct = 0
        self._owed = 0
        self._unasked = RecordsFromStart(self.crawler)
        self._looking = options.read(self.settings).drift == "stop"

    def asked_again(self, choice: Choice | None) -> frozenset[str]:
        """Statuses of what a ledger has as done and is asked again all the same."""
        return choice.statuses if choice is not None else frozenset()

    # What a subclass may say of its entries.

    def entries_of(self, lines: Iterable[str]) -> Iterator[str]:
        """The entries that lines hold."""
        return app_ids.read(lines)

    def problem(self, entry: str) -> str | None:
        """Why an entry cannot be asked; None if it can."""
        return app_ids.problem(entry)

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        """The record of an entry that cannot be asked."""
        raise NotImplementedError

    def enter(self, entry: str, storefronts: tuple[Storefront, ...]) -> tuple[Storefront, ...]:  # noqa: ARG002 - for subclasses
        """An entry is about to be asked; returns the storefronts it is asked of, for those who have more to do with it."""
        return storefronts

    def owed(self, storefronts: tuple[Storefront, ...]) -> int:
        """How many records an entry that is asked of these storefronts gives."""
        return len(storefronts)

    # What the extensions show.

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
        lines: int | None = self.asked[self.source].count()
        if lines is None:
            return None
        limit: int | None = self.asked["limit"]
        undone = lines * self.storefronts - self._done_before
        return max(0, undone if limit is None else min(undone, limit * self.storefronts))

    # The crawl.

    async def start(self) -> AsyncIterator[Any]:
        """Everything that is asked comes from here: answers only settle what the plan knows."""
        with self.listed:
            await self._begin()
            while not self.plan.done:
                unasked = await self._entries() if self.plan.hungry else []
                self.moved.clear()
                pack = self.plan.next()
                unasked += (
                    self.take_given_up()
                )  # without an RPC way, and without pages, that is all that is left to do
                if unasked := self.leaving(unasked):
                    self.count(unasked)
                    self._unasked.see_off()
                    for record in unasked:
                        yield record
                if pack is not None:
                    yield self.request(pack)
                    await self.room()
                elif self._looking and self.plan.settled:
                    await self._look()
                elif not self.plan.hungry and not self.plan.done:
                    await self.moved.wait()
            await self._unasked.done()

    async def _look(self) -> None:
        """Have the first records judged before the others are asked for."""
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

    async def _entries(self) -> list[Any]:
        """Give the plan the next entries; returns the records of those that cannot be asked."""
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
        invalid: list[Any] = []
        for entry, storefronts in fresh:
            self._owed += self.owed(storefronts)
            if self.problem(entry):
                invalid += [self.invalid(entry, storefront) for storefront in storefronts]
            elif places := self.enter(entry, storefronts):
                self.plan.add([entry], places)
        return invalid
