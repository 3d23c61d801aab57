"""Keeps records in a database, in batches."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from playfast import storage
from playfast.errors import DatabaseError
from playfast.play.fields import is_declared, sources
from playfast.runs import options
from playfast.runs.sinks import sinks

if TYPE_CHECKING:
    from playfast.storage.database import Database, Written

logger = logging.getLogger(__name__)

FAILED = "playfast/database/failed"
"""The statistic with the reason why records could not be kept; the crawl then ends with the reason `database_failed`."""

_BATCH = 500
_EVERY = 1.0  # seconds: records wait no longer than that for a batch to fill
_UNDER_WAY = 2
"""Batches that may wait for the database; then the crawl waits with them, so that memory does not fill with records."""


class DatabasePipeline:
    """Writes every item to `PLAYFAST_DATABASE`, and what has changed since it was last written. Not there without that setting.

    It is a sink (`runs.sinks`): with a ledger, a key is done when its record is committed. While the database is not to be reached, the
    crawl waits, as long as PLAYFAST_PATIENCE says.
    """

    def __init__(
        self,
        crawler: Crawler,
        database: Database,
        names: dict[type[Any], list[str]],
        kinds: tuple[type[Any], ...],
    ) -> None:
        self.crawler = crawler
        self._database = database
        self._names = names
        self._kinds = kinds
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._waiting: list[Any] = []
        self._batches: deque[asyncio.Task[None]] = deque()
        self._run: int | None = None
        self._failed: DatabaseError | None = None
        self._clock: Any = None
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        chosen = options.read(crawler.settings)
        item = getattr(spider, "item", None)
        if chosen.database is None or item is None or not is_declared(item):
            raise NotConfigured  # a spider of other people's

        def waits(why: str) -> bool:
            logger.warning("Waiting for the database: %s", why)
            return crawler.crawling  # not so when somebody has stopped it

        database = storage.writing(chosen.database, patience=chosen.patience, waits=waits)
        names = {item: list(getattr(spider, "field_names", None) or sources(item))}
        # The class says what its crawls are after; apps whose records follow a list do not make one of apps.
        kinds = (item, *getattr(type(spider), "other_items", ()))
        pipeline = cls(crawler, database, names, kinds)
        sinks(crawler).append(pipeline.flush)
        crawler.signals.connect(pipeline.finish, signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        spider: Any = self.crawler.spider
        self._run = await self._in_thread(
            self._database.begin_run, spider.name, dict(getattr(spider, "given", {})), self._kinds
        )
        for name in ("records", "changes"):
            self.crawler.stats.set_value(f"playfast/database/{name}", 0)
        self._clock = create_looping_call(self._begin)
        self._clock.start(_EVERY, now=False)

    def process_item(self, item: Any) -> Any:
        if not self._database.keeps(type(item)):
            return item
        self._waiting.append(item)
        if len(self._waiting) < _BATCH:
            return item
        self._begin()
        return item if len(self._batches) < _UNDER_WAY else self._room(item)

    async def flush(self) -> None:
        """Have everything that came so far committed.

        Raises:
            DatabaseError: it could not be.
        """
        self._begin()
        if self._batches:
            await asyncio.wait([*self._batches])
        if self._failed is not None:
            raise self._failed

    async def close_spider(self) -> None:
        if self._clock is not None and self._clock.running:
            self._clock.stop()
        self._begin()
        if self._batches:
            await asyncio.wait([*self._batches])

    async def finish(self, reason: str) -> None:
        """Enter how the crawl ended."""
        try:
            if self._run is not None and self._failed is None:
                await self._in_thread(self._database.end_run, self._run, reason)
        except DatabaseError as error:
            self._fail(error)
        await self._in_thread(self._database.close)
        self._thread.shutdown()

    async def _room(self, item: Any) -> Any:
        while len(self._batches) >= _UNDER_WAY:
            await asyncio.wait([*self._batches], return_when=asyncio.FIRST_COMPLETED)
        return item

    def _begin(self) -> None:
        """Begin to write what waits."""
        if not self._waiting or self._run is None:
            return
        batch, self._waiting = self._waiting, []
        if self._failed is None:
            task = asyncio.ensure_future(self._write(batch))
            self._batches.append(task)
            task.add_done_callback(self._batches.remove)

    async def _write(self, batch: list[Any]) -> None:
        try:
            written: Written = await self._in_thread(self._database.write, self._run, batch, self._names)
        except DatabaseError as error:
            self._fail(error)
        except Exception as error:
            logger.exception("A fault in playfast while it kept records")
            self._fail(DatabaseError(repr(error)))
        else:
            stats = self.crawler.stats
            stats.inc_value("playfast/database/records", written.records)
            stats.inc_value("playfast/database/changes", written.changes)
            if written.refused:
                if not stats.get_value("playfast/database/refused"):
                    logger.error(
                        "The database refuses a record (%s); further ones are only counted.", written.reason
                    )
                stats.inc_value("playfast/database/refused", written.refused)

    def _fail(self, error: DatabaseError) -> None:
        """Say why, once, and end the crawl."""
        if self._failed is not None:
            return
        self._failed = error
        logger.error("Records cannot be kept in the database: %s", error)
        self.crawler.stats.set_value(FAILED, str(error))
        if self.crawler.engine.running and self.crawler.engine.spider is not None:
            self._closing = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason="database_failed")
            )

    async def _in_thread(self, work: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)
