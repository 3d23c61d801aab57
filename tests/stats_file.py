"""A statistics collector that leaves the final statistics in a file, with memory in use at every 50,000th record and the longest queue."""

from __future__ import annotations

import json
import os
from pathlib import Path

from scrapy.statscollectors import MemoryStatsCollector

from playfast.runs import memory

_EVERY = 50_000


class StatsToFile(MemoryStatsCollector):
    def inc_value(self, key, count=1, start=0) -> None:
        super().inc_value(key, count, start)
        if key == "item_scraped_count" and self.get_value(key) % _EVERY == 0:
            self.set_value(f"test/rss/{self.get_value(key)}", memory.resident())
        elif key == "scheduler/enqueued":
            self.max_value(
                "test/scheduler_queue", self.get_value(key) - self.get_value("scheduler/dequeued", 0)
            )

    def close_spider(self, spider=None, reason=None) -> None:
        del spider
        super().close_spider(reason=reason)
        Path(os.environ["PLAYFAST_TEST_STATS"]).write_text(
            json.dumps(self.get_stats(), default=str), encoding="utf-8"
        )
