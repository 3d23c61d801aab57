"""A statistics collector that leaves the final statistics in a file, for the tests to read."""

from __future__ import annotations

import json
import os
from pathlib import Path

from scrapy.statscollectors import MemoryStatsCollector


class StatsToFile(MemoryStatsCollector):
    def close_spider(self, spider=None, reason=None) -> None:
        super().close_spider(reason=reason)
        Path(os.environ["PLAYFAST_TEST_STATS"]).write_text(json.dumps(self.get_stats(), default=str), encoding="utf-8")
