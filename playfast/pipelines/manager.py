"""Scrapy's chain of pipelines, made to keep every record."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.exceptions import DropItem
from scrapy.pipelines import ItemPipelineManager
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.python import global_object_name

from playfast.play.fields import is_declared, key_names
from playfast.play.verdict import Status
from playfast.runs import passed

logger = logging.getLogger(__name__)

_NEEDED = {"status", "error"}


class KeepingPipelineManager(ItemPipelineManager):
    """Exports a record with the status `error` in place of one that a pipeline dropped or failed on.

    Scrapy would leave it out of the feeds. The pipelines behind are not handed the new record. Items of other people's classes are
    dropped as ever.

    Tells `runs.passed` of every item that it lets pass.
    """

    tells_passed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert self.crawler is not None
        self._listeners = passed.listeners(self.crawler)

    async def process_item_async(self, item: Any) -> Any:
        passing, status = item, getattr(item, "status", None)
        try:
            for method in self.methods["process_item"]:
                assert method is not None
                # Most pipelines hand back the same item at once; only others need Scrapy's care for what can be awaited.
                given = (passing, self._spider) if method in self._mw_methods_requiring_spider else (passing,)
                result: Any = method(*given)
                if result is not passing:
                    result = await ensure_awaitable(result, _warn=global_object_name(method))
                passing = result
        except DropItem as dropped:
            record = self._instead(item, status, f"dropped: {dropped}".removesuffix(": "), "dropped")
            if record is None:
                self._count_row(item, "dropped")
                raise
            passing = record
        except Exception as error:
            record = self._instead(item, status, f"failed in a pipeline: {error!r}", "failed_in_pipeline")
            if record is None:
                self._count_row(item, "dropped", "failed_in_pipeline")
                raise
            logger.exception("A pipeline failed on %s", record.identity.key_of(record)[0])
            passing = record
        self._tell(passing)
        return passing

    def _tell(self, item: Any) -> None:
        for listener in self._listeners:
            try:
                listener(item, self._spider)
            except Exception:  # as Scrapy does for receivers of its signals
                logger.exception("Error caught on what is told of items: %s", listener)

    def _instead(self, item: Any, status: str | None, reason: str, statistic: str) -> Any | None:
        """The record that takes the place of an item that had a status, or None for items of other people's classes."""
        kind = type(item)
        if not is_declared(kind) or not _NEEDED.issubset(key_names(kind)):
            return None
        record = kind(**{name: getattr(item, name) for name in key_names(kind)})
        # An exception's text may hold half a character, which no feed could write.
        reason = reason.encode("utf-8", "replace").decode()
        record.status, record.error = Status.ERROR.value, reason
        assert self.crawler is not None
        stats = self.crawler.stats
        stats.inc_value(f"playfast/records/{statistic}")
        stats.set_value("playfast/last_error", reason)
        if stats.get_value("playfast/records/dropped") == 1 and statistic == "dropped":
            logger.warning("A pipeline drops records (%s); each is exported as an error.", reason)
        self._move(f"playfast/records/{status}", f"playfast/records/{record.status}")
        place = getattr(record, record.identity.country or record.identity.lang)
        self._move(f"playfast/country/{place}/{status}", f"playfast/country/{place}/{record.status}")
        return record

    def _count_row(self, item: Any, *statistics: str) -> None:
        """Count a row that is left out: of a declared class without a status, so that no record takes its place."""
        assert self.crawler is not None
        if is_declared(type(item)):
            for statistic in statistics:
                self.crawler.stats.inc_value(f"playfast/rows/{statistic}")

    def _move(self, former: str, new: str) -> None:
        """Count a record under its new status; a spider of other people's has not counted it under the former."""
        assert self.crawler is not None
        if self.crawler.stats.get_value(former, 0) > 0:
            self.crawler.stats.inc_value(former, -1)
            self.crawler.stats.inc_value(new)
