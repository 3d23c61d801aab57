"""Counts how often each field is filled, over the available records."""

from __future__ import annotations

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from playfast.play.fields import is_declared, key_names
from playfast.play.verdict import Status
from playfast.runs import checkpoints
from playfast.runs.coverage import Coverage

_AVAILABLE = Status.AVAILABLE.value
_NOT_IN_REGION = Status.NOT_IN_REGION.value


def _has_rows(kind: type[Any]) -> bool:
    identity = getattr(kind, "identity", None)
    return identity is not None and bool(identity.row)


class CoveragePipeline:
    """Writes `playfast/records/filled`, `playfast/field/<name>/filled` and, for yes-or-no fields, `playfast/field/<name>/yes`.

    They are counted over the available records alone, since the others lack fields for reasons of their own (over all rows, where a crawl
    gives rows), and written at checkpoints (`runs.checkpoints`) and at the end. Only items of the spider's own class are counted.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.available = 0
        self._records = 0
        self._next = checkpoints.after(0)
        self._coverage: dict[type[Any], Coverage | None] = {}
        self._of_rows: set[type[Any]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.write, checkpoints.REACHED)
        crawler.signals.connect(pipeline.write, signals.spider_closed)
        return pipeline

    def process_item(self, item: Any) -> Any:
        kind = type(item)
        if kind not in self._coverage:
            self._coverage[kind] = self._prepare(kind)
            if _has_rows(kind):
                self._of_rows.add(kind)
        coverage = self._coverage[kind]
        if coverage is not None and (kind in self._of_rows or item.status == _AVAILABLE):
            self.available += 1
            coverage.add(item)
        elif (
            coverage is not None
            and item.status == _NOT_IN_REGION
            and getattr(item, "price", None) is not None
        ):
            self.crawler.stats.inc_value(
                "playfast/records/elsewhere_offered"
            )  # a contradiction, for the drift check
        self._records += 1
        if self._records >= self._next:
            self._next = checkpoints.after(self._records)
            self.crawler.signals.send_catch_log(checkpoints.REACHED)
        return item

    def _prepare(self, kind: type[Any]) -> Coverage | None:
        """Counts for the class of a crawl's main items, be they records or rows; others, and other people's, have none."""
        main = getattr(self.crawler.spider, "item", kind)
        if not is_declared(kind) or kind is not main or not ("status" in key_names(kind) or _has_rows(kind)):
            return None
        return Coverage(kind, getattr(self.crawler.spider, "filled_names", None))

    def write(self) -> None:
        stats = self.crawler.stats
        stats.set_value("playfast/records/filled", self.available)
        for coverage in self._coverage.values():
            if coverage is None:
                continue
            for name, count in coverage.filled.items():
                stats.set_value(f"playfast/field/{name}/filled", count)
            for name, count in coverage.yes.items():
                stats.set_value(f"playfast/field/{name}/yes", count)
