"""The arithmetic of the measures, without a clock."""

from __future__ import annotations

import pytest
from scrapy.http import Request
from scrapy.utils.test import get_crawler

from playfast.extensions.measure import Measure
from playfast.handlers.timed import DOWNLOAD_TIME


@pytest.fixture
def measure():
    return Measure.from_crawler(get_crawler())


def test_rates_are_counts_over_the_seconds(measure):
    stats = measure.crawler.stats
    stats.set_value("item_scraped_count", 320)
    stats.set_value("downloader/response_count", 10)
    stats.set_value("downloader/response_bytes", 1_600_000)
    found = measure.measured(4.0)
    assert found["apps_per_second"] == 80
    assert found["requests_per_second"] == 2.5
    assert found["bytes_per_app"] == 5000
    assert found["elapsed_seconds"] == 4.0
    assert found["memory/peak"] >= found["memory/now"] > 0


def test_nothing_measured_is_nothing_divided(measure):
    found = measure.measured(0.0)
    assert found["apps_per_second"] == found["requests_per_second"] == found["bytes_per_app"] == 0
    assert not [name for name in found if name.startswith("latency")]


def test_latencies_are_those_of_whole_downloads(measure):
    for hundredths in range(1, 101):
        measure.downloaded(Request("https://x.test/", meta={DOWNLOAD_TIME: hundredths / 100}))
    measure.downloaded(Request("https://x.test/"))
    found = measure.measured(1.0)
    assert measure.latency.count == 100
    assert found["latency/p50"] == pytest.approx(0.5, rel=0.02)
    assert found["latency/p95"] == pytest.approx(0.95, rel=0.02)
    assert found["latency/p99"] == pytest.approx(0.99, rel=0.02)
    assert found["latency/max"] == 1.0
