"""Counts how often each field is filled, over the records that Play filled."""

from __future__ import annotations

import dataclasses
from collections import Counter
from operator import attrgetter
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

_FILLED = ("available", "preregister", "not_in_region")


class CoveragePipeline:
    """Writes `playfast/field/<name>/filled` at the end, to be read against `playfast/records/filled`.

    Items of other people's classes pass uncounted.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.records = 0
        self._counts: dict[type[Any], tuple[attrgetter[Any], tuple[str, ...], list[int]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.write, signals.spider_closed)
        return pipeline

    def process_item(self, item: Any) -> Any:
        if getattr(item, "status", None) in _FILLED:
            values, _, counts = self._counts.get(type(item)) or self._prepare(type(item))
            if counts:
                self.records += 1
                for place, value in enumerate(values(item)):
                    if value is not None:
                        counts[place] += 1
        return item

    def _prepare(self, item: type[Any]) -> tuple[attrgetter[Any], tuple[str, ...], list[int]]:
        """Prepare for a class; one whose fields are not declared as `play.fields` does is other people's, and has no counts."""
        members = dataclasses.fields(item) if dataclasses.is_dataclass(item) else ()
        ours = bool(members) and all("source" in field.metadata for field in members)
        names = tuple(field.name for field in members) if ours else ()
        self._counts[item] = attrgetter(*names or ("status",)), names, [0] * len(names)
        return self._counts[item]

    def filled(self) -> Counter[str]:
        """How many records fill each field that any record fills."""
        total: Counter[str] = Counter()
        for _, names, counts in self._counts.values():
            total.update({name: count for name, count in zip(names, counts, strict=True) if count})
        return total

    def write(self) -> None:
        self.crawler.stats.set_value("playfast/records/filled", self.records)
        for name, count in self.filled().items():
            self.crawler.stats.set_value(f"playfast/field/{name}/filled", count)
