"""What the drift check makes of a crawl's statistics."""

from __future__ import annotations

from types import SimpleNamespace

from scrapy.utils.test import get_crawler

from playfast.extensions.drift import DriftWatch
from playfast.runs import report
from tests.runs.test_report import RUN, built


def test_a_run_and_its_report_count_alike():
    stats = {
        "playfast/records/filled": 100, "playfast/field/title/filled": 100, "playfast/records/available": 100,
        "playfast/markup/title/filled": 60, "playfast/field/title/invalid": 3,
    }  # fmt: skip
    crawler = get_crawler()
    for name, count in stats.items():
        crawler.stats.set_value(name, count)
    watch = DriftWatch(crawler)
    watch.run = SimpleNamespace(names=RUN.names, storefronts=RUN.storefronts)
    assert watch.counts() == report.counts(built(stats))
    assert watch.counts().said["title"] == 40, "what a page's markup filled in hides that the record lacks it"
