"""Enters into a crawl's ledger which records are where nothing can take them away again."""

from __future__ import annotations

import asyncio
import logging
import os
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple, Self

from itemadapter import ItemAdapter, is_item
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call, run_in_thread

from playfast.errors import LedgerError
from playfast.extensions.feed_slot import TriedSlot
from playfast.extensions.feeds import FEED_FAILED, WatchedFeedExporter
from playfast.extensions.told_directly import told_directly
from playfast.play.identity import Identity
from playfast.runs.ledger import Key, Ledger, Written, digest
from playfast.runs.sinks import sinks

logger = logging.getLogger(__name__)

FAILED = "playfast/ledger/failed"
"""The statistic with the reason why the ledger could not be written; the crawl then ends with the reason `ledger_failed`."""

_EVERY = 1.0  # seconds: a crawl that is killed loses no more than what it did in these
_SOONEST = 0.1
"""Seconds between two of those that a whole page calls for."""
_KEY = ("app_id", "country", "lang")


class _Open(NamedTuple):
    """A feed's file that goes on: how far it is good, and a handle of our own to have that on the disk."""

    path: Path
    good: int
    handle: int


class _Passed(NamedTuple):
    """What has passed since it was last settled: records of keys that are done with them, rows, and marks."""

    records: _Records
    rows: list[tuple[int, bytes]]
    marks: list[tuple[int, str]]

    def __bool__(self) -> bool:
        return bool(len(self.records) or self.rows or self.marks)


class _Records:
    """Records that have passed: their keys' numbers and statuses, in 9 bytes each, since whole feeds keep them waiting to the end."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._statuses = array("B")
        self._words: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, status: str) -> None:
        self._numbers.append(number)
        self._statuses.append(self._words.setdefault(status, len(self._words)))

    def numbers(self) -> Iterable[int]:
        return self._numbers

    def pairs(self) -> Iterable[tuple[int, str]]:
        words = list(self._words)
        return zip(self._numbers, (words[status] for status in self._statuses), strict=True)


class Bookkeeper:
    """A record's key is done once every feed that takes it has it on the disk, and every other sink (`runs.sinks`) has put it away.

    Every second all files are brought to a point between two records, put on the disk, and the keys up to there entered as done in one
    step with how far the files are good. Where a feed counts only as a whole (`TriedSlot.is_whole`), this happens when it has ended:
    with the crawl, or with its batch.

    A key with rows is done when its record has passed and all its rows have, in whatever order.

    For spiders with a `ledger`, and `leased`, the numbers of the keys under way. Those whose keys have rows tell beside how many of them
    have left the spider (`emitted`), and how far the asking of a key has come with these (`marks`).
    """

    def __init__(self, crawler: Crawler, ledger: Ledger, leased: dict[Key, int]) -> None:
        self.crawler = crawler
        self.ledger = ledger
        self.leased: dict[Any, int] = leased
        spider: Any = crawler.spider
        self._emitted: dict[int, int] = getattr(spider, "emitted", {})
        self._marks: dict[int, str] = getattr(spider, "marks", {})
        self._passed = _Records()
        self._rows: list[tuple[int, bytes]] = []
        self._rows_of: Counter[int] = Counter()
        self._ended: dict[int, tuple[Any, str]] = {}
        self._batches: tuple[int, ...] = ()
        self._settling: asyncio.Task[None] | None = None
        self._clock: Any = None
        self._settled_at = 0.0
        self._put_off = False
        self._failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        ledger = getattr(spider, "ledger", None)
        if ledger is None:
            raise NotConfigured
        keeper = cls(crawler, ledger, spider.leased)
        crawler.signals.connect(keeper.start, signals.spider_opened)
        crawler.signals.connect(keeper.passed, signals.item_scraped)
        told_directly(crawler, keeper.passed)
        # What somebody's pipeline drops, or fails on, is dealt with too; a record has another in its place, which passes.
        crawler.signals.connect(keeper.passed, signals.item_dropped)
        crawler.signals.connect(keeper.passed, signals.item_error)
        return keeper

    @property
    def feeds(self) -> WatchedFeedExporter | None:
        return self.crawler.get_extension(WatchedFeedExporter)

    def start(self) -> None:
        if self.feeds is None:
            logger.warning("There is no feed, so a key is done when its record has passed all pipelines.")
        self.crawler.stats.set_value("playfast/ledger/done", 0)
        ended = signals.spider_closed if self.feeds is None else signals.feed_exporter_closed
        self.crawler.signals.connect(self.finish, ended)
        self._clock = create_looping_call(self.settle)
        self._clock.start(_EVERY, now=False)

    def passed(self, item: Any, spider: Spider) -> None:  # noqa: ARG002 - what listeners are handed
        """An item has passed all pipelines and was handed to the feeds."""
        try:
            identity: Identity = item.identity
            key = identity.key_of(item)
            if identity.row:
                self._row_passed(self.leased.get(key), digest(identity.row_of(item)))
                return
            status = getattr(item, "settled_as", None) or item.status
        except AttributeError:  # a pipeline has made something else of it
            told = ItemAdapter(item) if is_item(item) else {}
            key, status = tuple(str(told.get(name)) for name in _KEY), str(told.get("status"))
        number = self.leased.get(key)
        if number is None:
            return
        if self._emitted.get(number, 0) == self._rows_of[number]:
            self._done(key, number, status)
        else:
            self._ended[number] = key, status

    def _row_passed(self, number: int | None, row: bytes) -> None:
        if number is None:
            return
        self._rows.append((number, row))
        self._rows_of[number] += 1
        if self._emitted.get(number, 0) != self._rows_of[number]:
            return
        ended = self._ended.pop(number, None)
        if ended is not None:
            self._done(ended[0], number, ended[1])
            if self._put_off:
                self.settle()
        elif number in self._marks and monotonic() - self._settled_at > _SOONEST:
            self.settle()  # a page is there as a whole, which is worth not asking for again

    def _done(self, key: Any, number: int, status: str) -> None:
        del self.leased[key]
        self._passed.add(number, status)
        if self._has_wholes and self._batch_has_ended():
            self.settle()

    def _take(self) -> _Passed:
        """All that has passed and was not settled yet."""
        marks = [
            (number, mark)
            for number, mark in self._marks.items()
            if self._emitted.get(number, 0) == self._rows_of[number]
        ]
        for number, _ in marks:
            del self._marks[number]
        passed = _Passed(self._passed, self._rows, marks)
        self._passed, self._rows = _Records(), []
        for number in passed.records.numbers():
            self._emitted.pop(number, None)
            self._rows_of.pop(number, None)
        return passed

    def settle(self) -> None:
        """Begin to settle what has passed so far, unless a feed that counts as a whole is amid its records.

        Put off while the record of a key has passed before the last of its rows: it would stand in the good part of its feed, and again
        when the key is asked again.
        """
        self._put_off = bool(self._ended)
        if not self._put_off and not any(slot.is_whole and slot.itemcount for slot in self._slots()):
            self._settle()

    async def finish(self) -> None:
        """Settle the rest: the feeds have ended."""
        if self._clock is not None and self._clock.running:
            self._clock.stop()
        self._settle()
        if self._settling is not None:
            await self._settling
        try:
            await run_in_thread(self.ledger.close)
        except LedgerError as error:
            self._fail(error)

    @cached_property
    def _has_wholes(self) -> bool:
        return any(slot.is_whole for slot in self._slots())

    def _batch_has_ended(self) -> bool:
        """Whether a feed that counts as a whole has just begun a new batch."""
        before, self._batches = self._batches, tuple(slot.batch_id for slot in self._slots() if slot.is_whole)
        return bool(before) and before != self._batches

    def _slots(self) -> list[TriedSlot]:
        feeds = self.feeds
        return [] if feeds is None else [slot for slot in feeds.slots if isinstance(slot, TriedSlot)]

    def _settle(self) -> None:
        if self._failed:
            return
        self._settled_at = monotonic()
        closing = {} if self.feeds is None else self.feeds.take_closing()
        passed = self._take()
        if not (passed or closing):
            return
        try:
            going_on = [opened for slot in self._slots() if (opened := _brought_to_a_point(slot)) is not None]
        except OSError as error:
            self._fail(error)
            return
        kept = [asyncio.ensure_future(flush()) for flush in sinks(self.crawler)]
        self._settling = asyncio.ensure_future(self._settled(passed, going_on, closing, kept, self._settling))

    async def _settled(
        self,
        passed: _Passed,
        going_on: list[_Open],
        closing: dict[TriedSlot, asyncio.Future[None]],
        kept: Sequence[asyncio.Future[None]],
        before: asyncio.Task[None] | None,
    ) -> None:
        with ExitStack() as handles:
            for opened in going_on:
                handles.callback(os.close, opened.handle)
            if before is not None:
                await before
            if closing or kept:
                await asyncio.wait([*closing.values(), *kept])
            elsewhere = any(sink.cancelled() or sink.exception() for sink in kept)  # which has said so itself
            self._failed = self._failed or elsewhere or _lost(self.crawler.stats.get_stats())
            if self._failed:
                return  # what the next crawl does not find as done it asks again
            try:
                await run_in_thread(
                    self._write, passed, going_on, [slot for slot in closing if slot.was_opened]
                )
            except (OSError, LedgerError) as error:
                self._fail(error)
            else:
                self.crawler.stats.inc_value("playfast/ledger/done", len(passed.records))

    def _write(self, passed: _Passed, going_on: list[_Open], closed: list[TriedSlot]) -> None:
        """Have the files on the disk, then say so. In a thread."""
        for opened in going_on:
            os.fsync(opened.handle)
        written = [Written(opened.path, opened.good, opened.good > 0, ended=False) for opened in going_on]
        for slot in closed:
            if slot.path is not None and slot.path.is_file():
                good = None if slot.is_whole else slot.path.stat().st_size
                written.append(Written(slot.path, good, slot.itemcount > 0, ended=True))
        self.ledger.settle(passed.records.pairs(), written, passed.rows, passed.marks)

    def _fail(self, error: Exception) -> None:
        """Say why, once, and end the crawl."""
        if self._failed:
            return
        self._failed = True
        logger.error("The ledger cannot be kept: %s", error)
        self.crawler.stats.set_value(FAILED, str(error))
        if self.crawler.engine.running and self.crawler.engine.spider is not None:
            self._closing = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason="ledger_failed")
            )


def _brought_to_a_point(slot: TriedSlot) -> _Open | None:
    """Everything that was written to a feed handed to the system; None where that is no file that goes on."""
    slot.end_part()
    file, path = slot.block_file, slot.path
    if file is None or path is None or not path.is_file() or slot.is_whole:
        return None
    return _Open(path, file.tell(), os.dup(file.fileno()))


def _lost(stats: Mapping[str, Any]) -> bool:
    """Whether a feed could not be written or stored, so that nobody knows what it holds."""
    return bool(
        stats.get(FEED_FAILED)
        or any(count for name, count in stats.items() if name.startswith("feedexport/failed_count/"))
    )
