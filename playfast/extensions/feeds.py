"""Scrapy's feeds, watched: a feed that cannot be written ends the crawl instead of a line in the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Any, Self
from urllib.parse import urlparse

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.extensions.feedexport import (
    FeedExporter,
    FeedSlot,
    FileFeedStorage,
    ItemFilter,
    StdoutFeedStorage,
    apply_uri_params,
)
from scrapy.settings import SETTINGS_PRIORITIES
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.conf import feed_complete_default_values_from_settings

from playfast.arguments import Mistake
from playfast.extensions import feed_options
from playfast.extensions.feed_filter import ChosenItems
from playfast.extensions.feed_slot import FeedError, TriedSlot
from playfast.extensions.told_directly import told_directly
from playfast.play.fields import is_declared
from playfast.runs import files

logger = logging.getLogger(__name__)

FEED_FAILED = "playfast/feeds/failed"
"""The statistic with the reason why a feed could not be written; the crawl then ends with the reason `feed_failed`."""


_FLUSHED = 3.0  # seconds


class WatchedFeedExporter(FeedExporter):
    """Tries every feed before the first request, and stops the crawl when a record cannot be written.

    Scrapy opens a feed with its first item and goes on after any error, so that a crawl of days can end with nothing written and exit
    with 0; a feed whose format, storage or name is wrong it leaves out.

    What a spider may have: `item`, the class of its records; `other_items`, further classes, which go only to feeds that name them;
    `asked`, its arguments, of which `only` and `fields` matter here; `files`, paths that no feed may be written to.
    """

    _closing: asyncio.Future[None] | None = None

    _ending = False
    _flushing: Any = None

    def __init__(self, crawler: Crawler) -> None:
        self.problems: list[str] = []
        self._due: dict[str, type[Any] | None] = {}
        self._closing_slots: dict[TriedSlot, asyncio.Future[None]] = {}
        self._given: feed_options.Feeds = {}
        try:
            self._given = feed_options.of_settings(crawler.settings)
        except Mistake as mistake:
            self.problems.append(str(mistake))
        try:
            super().__init__(crawler)
        except (AttributeError, TypeError, ValueError):
            if not self.problems:
                raise
            return  # Scrapy fails at what has just been told, after it has made what the signals need
        for uri, options in self._given.items():
            self.feeds[uri] = feed_complete_default_values_from_settings(options, self.settings, uri)
        self.problems += feed_options.problems(self.feeds, self.exporters, self.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        exporter = super().from_crawler(crawler)
        told_directly(crawler, exporter.item_scraped)
        crawler.signals.connect(exporter.start_flushing, signals.spider_opened)
        return exporter

    def open_spider(self, spider: Spider) -> None:
        if not self.problems:
            self._suit(spider)
            try:
                self.problems += self._unnamed(spider)
                if not self.problems:
                    super().open_spider(spider)
            except Exception as error:  # Scrapy would note it, and ask on without a feed
                logger.exception("The feeds cannot be opened")
                self.problems.append(f"the feeds cannot be opened: {error!r}")
            self.problems += _shared(self.slots, _listed(getattr(spider, "files", ())))
            self.problems += [
                problem for slot in self.slots if isinstance(slot, TriedSlot) and (problem := slot.problem())
            ]
        if self.problems:
            self.slots = []  # nothing is opened, so nothing that stands in the other files is lost
            self.crawler.stats.set_value(FEED_FAILED, "; ".join(self.problems))
            raise CloseSpider("feed_failed")

    def _unnamed(self, spider: Spider) -> list[str]:
        """What is wrong with the addresses of feeds that have names of values in them."""
        found = []
        for uri, options in self.feeds.items():
            values = self._get_uri_params(spider, options["uri_params"])
            try:
                apply_uri_params(uri, values)
            except KeyError as error:
                found.append(
                    f"{uri}: nothing is called {error.args[0]}; there are name, time, batch_time, batch_id and what else the spider has"
                )
            except (TypeError, ValueError) as error:
                found.append(f"{uri}: {error}")
        return found

    def start_flushing(self) -> None:
        self._flushing = create_looping_call(self.flush)
        self._flushing.start(_FLUSHED, now=False)

    def flush(self) -> None:
        """Hand what the feeds' files hold back to the system, for whoever follows them, and in case that this is killed."""
        try:
            for slot in self.slots:
                file = slot.block_file if isinstance(slot, TriedSlot) else None
                if file is not None:
                    file.flush()
        except OSError as error:
            self._fail(error)

    def take_closing(self) -> dict[TriedSlot, asyncio.Future[None]]:
        """The feeds' files that were closed since this was last asked, or are being closed."""
        closing, self._closing_slots = self._closing_slots, {}
        return closing

    def _schedule_slot_close(self, slot: FeedSlot, spider: Spider) -> Any:
        task = super()._schedule_slot_close(slot, spider)
        if isinstance(slot, TriedSlot):
            self._closing_slots[slot] = asyncio.ensure_future(task)
        return task

    async def close_spider(self, spider: Spider) -> None:
        self._ending = True
        if self._flushing is not None and self._flushing.running:
            self._flushing.stop()
        await super().close_spider(spider)

    def item_scraped(self, item: Any, spider: Spider) -> None:
        if self._closing is not None:
            return  # it has been said why
        try:
            super().item_scraped(item, spider)
        except Exception as error:
            self._fail(error)
            raise

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        try:
            await super()._close_slot(slot, spider)
        except Exception as error:
            logger.exception("The feed %s could not be ended", slot.uri)
            self._fail(error)
            if not isinstance(slot.storage, StdoutFeedStorage):
                with suppress(Exception):  # it has been said
                    self._get_file(slot).close()

    def _fail(self, error: Exception) -> None:
        """Say why, once, and end the crawl."""
        if self.crawler.stats.get_value(FEED_FAILED) is None:
            told = str(error) if isinstance(error, FeedError) else f"{type(error).__name__}: {error}"
            self.crawler.stats.set_value(FEED_FAILED, told)
        if self._closing is None and not self._ending:
            self._closing = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason="feed_failed")
            )

    def _suit(self, spider: Spider) -> None:
        """Set each feed's filter and columns by what the spider gives and was asked for."""
        main = getattr(spider, "item", None)
        others = tuple(kind for kind in _listed(getattr(spider, "other_items", ())) if isinstance(kind, type))
        asked = getattr(spider, "asked", None)
        asked = (
            asked if isinstance(asked, Mapping) else {}
        )  # a spider of other people's may mean something else by it
        by_argument = (
            asked.get("fields") is not None
            and self.settings.getpriority("FEED_EXPORT_FIELDS") == SETTINGS_PRIORITIES["spider"]
        )
        for uri, options in self.feeds.items():
            inner = self.filters[uri]
            kinds: tuple[type[Any], ...] = getattr(inner, "item_classes", ())
            only = feed_options.only(options if "only" in options else {"only": asked.get("only") or "all"})
            self.filters[uri] = ChosenItems(inner, only=only, but=() if kinds else others)
            if kinds:
                self._due[uri] = kinds[0] if len(kinds) == 1 else None
                takes_main = isinstance(main, type) and any(issubclass(main, kind) for kind in kinds)
                if by_argument and not takes_main and "fields" not in self._given.get(uri, {}):
                    options["fields"] = None  # `-a fields=` names those of the main class
            else:
                self._due[uri] = main if isinstance(main, type) else None
            due = self._due[uri]
            if (
                due is not None
                and is_declared(due)
                and (unknown := feed_options.unknown_fields(options, due))
            ):
                # A pipeline may hand on items of another class, so this is no mistake for certain.
                logger.warning("The feed %s: %s has no field %s.", uri, due.__name__, ", ".join(unknown))

    def _start_new_batch(
        self, batch_id: int, uri: str, feed_options: dict[str, Any], spider: Spider, uri_template: str
    ) -> FeedSlot:
        slot = TriedSlot(
            storage=self._get_storage(uri, feed_options),
            uri=uri,
            format=feed_options["format"],
            store_empty=feed_options["store_empty"],
            batch_id=batch_id,
            uri_template=uri_template,
            filter=self.filters[uri_template],
            feed_options=feed_options,
            spider=spider,
            exporters=self.exporters,
            settings=self.settings,
            crawler=self.crawler,
        )
        slot.due = self._due.get(uri_template)
        slot.ledger = getattr(spider, "ledger", None)
        return slot

    # What Scrapy leaves a feed out for, with a line in the log, is a problem here.

    def _storage_supported(self, uri: str, feed_options: dict[str, Any]) -> bool:
        scheme = urlparse(uri).scheme
        if scheme not in self.storages and not PureWindowsPath(uri).drive:
            self.problems.append(
                f"{uri}: there is no storage {scheme!r}; there are: {', '.join(filter(None, self.storages))}"
            )
            return True
        try:
            self._get_storage(uri, feed_options)
        except Exception as error:  # noqa: BLE001 - a library that is missing, an address that is none
            self.problems.append(f"{uri}: {error or type(error).__name__}")
        return True

    def _exporter_supported(self, format_: str) -> bool:  # noqa: ARG002 - `feed_options.problems` tells
        return True

    def _settings_are_valid(self) -> bool:  # `feed_options.problems` tells
        return True

    def _load_filter(self, feed_options: dict[str, Any]) -> ItemFilter:
        try:
            return super()._load_filter(feed_options)
        except Exception as error:  # noqa: BLE001 - somebody else's class, or a name of none
            self.problems.append(f"item_classes or item_filter of a feed: {error or type(error).__name__}")
            return ItemFilter(None)


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _shared(slots: list[FeedSlot], others: tuple[Any, ...]) -> list[str]:
    """Files that more than one feed would write, or that the crawl needs for something else."""
    paths = [Path(slot.storage.path) for slot in slots if isinstance(slot.storage, FileFeedStorage)]
    found = [
        f"{path}: more than one feed would write it"
        for place, path in enumerate(paths)
        if any(files.same(path, other) for other in paths[:place])
    ]
    found += [
        f"{path}: the crawl reads it, or writes its report there"
        for path in paths
        if any(isinstance(other, Path) and files.same(path, other) for other in others)
    ]
    return found
