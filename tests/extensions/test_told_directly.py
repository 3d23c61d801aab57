"""Feeds and core statistics are told of records by the chain of pipelines where that is ours, and by Scrapy's signal where it is not."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest
from pydispatch.dispatcher import getAllReceivers, liveReceivers
from scrapy import signals
from scrapy.exceptions import DropItem
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from playfast.extensions.core_stats import DirectCoreStats
from playfast.extensions.feeds import WatchedFeedExporter
from playfast.items import App
from playfast.pipelines.manager import KeepingPipelineManager
from playfast.runs import passed

OURS = "playfast.pipelines.manager.KeepingPipelineManager"
SCRAPYS = "scrapy.pipelines.ItemPipelineManager"
RECORD = App(app_id="a.b", country="us", lang="en", status="available")


def crawler_of(processor):
    others = ("scrapy.extensions.corestats.CoreStats", "scrapy.extensions.feedexport.FeedExporter")
    settings = {
        "ITEM_PROCESSOR": processor,
        "EXTENSIONS": dict.fromkeys(others),  # each test makes its own
        "FEEDS": {"apps.jsonl": {"format": "jsonlines"}},
    }
    crawler = get_crawler(Spider, settings_dict=settings)
    crawler.spider = Spider.from_crawler(crawler, name="test")
    return crawler


def by_signal(crawler):
    """The receivers of `item_scraped`."""
    return list(liveReceivers(getAllReceivers(crawler, signals.item_scraped)))


@pytest.mark.parametrize("kind", [DirectCoreStats, WatchedFeedExporter])
def test_with_our_chain_they_are_told_directly_and_not_by_the_signal(kind):
    crawler = crawler_of(OURS)
    extension = kind.from_crawler(crawler)
    assert extension.item_scraped not in by_signal(crawler)
    assert passed.listeners(crawler) == [extension.item_scraped]


@pytest.mark.parametrize("kind", [DirectCoreStats, WatchedFeedExporter])
def test_with_another_chain_they_stay_with_the_signal(kind):
    crawler = crawler_of(SCRAPYS)
    extension = kind.from_crawler(crawler)
    assert extension.item_scraped in by_signal(crawler)
    assert passed.listeners(crawler) == []


def chain(crawler, *methods):
    pipelines = [type("Pipeline", (), {"process_item": staticmethod(method)})() for method in methods]
    return KeepingPipelineManager(*pipelines, crawler=crawler)


def through(made, item):
    return asyncio.run(made.process_item_async(item))


def test_every_record_is_told_once_with_its_spider_and_counted():
    crawler = crawler_of(OURS)
    DirectCoreStats.from_crawler(crawler)
    told = []
    passed.listen(crawler, lambda item, spider: told.append((item, spider)))
    made = chain(crawler, lambda item: item)
    for _ in range(3):
        assert through(made, RECORD) is RECORD
    assert told == [(RECORD, crawler.spider)] * 3
    assert crawler.stats.get_value("item_scraped_count") == 3


def test_what_takes_a_dropped_records_place_is_told_too():
    def drops(_):
        raise DropItem("not wanted")

    crawler = crawler_of(OURS)
    told = []
    passed.listen(crawler, lambda item, _: told.append(item))
    record = through(chain(crawler, drops), RECORD)
    assert record.status == "error"
    assert told == [record]


def test_an_item_of_another_class_that_is_dropped_is_told_to_nobody():
    def drops(_):
        raise DropItem("not wanted")

    crawler = crawler_of(OURS)
    told = []
    passed.listen(crawler, lambda item, _: told.append(item))
    with pytest.raises(DropItem):
        through(chain(crawler, drops), {"name": "kettle"})
    assert told == []


def test_a_listener_that_fails_is_logged_and_keeps_the_record_from_nobody(caplog):
    def fails(*_):
        raise OSError("disk full")

    crawler = crawler_of(OURS)
    told = []
    passed.listen(crawler, fails)
    passed.listen(crawler, lambda item, _: told.append(item))
    assert through(chain(crawler), RECORD) is RECORD
    assert told == [RECORD]
    assert "disk full" in caplog.text


def test_two_crawls_are_told_of_their_own_records_alone():
    crawlers = [crawler_of(OURS), crawler_of(OURS)]
    told = [[], []]
    for crawler, heard in zip(crawlers, told, strict=True):
        passed.listen(crawler, lambda item, _, heard=heard: heard.append(item))
    through(chain(crawlers[0]), RECORD)
    assert told == [[RECORD], []]


def test_a_crawl_that_is_over_is_forgotten():
    class Extension:
        def __init__(self, crawler):
            self.crawler = crawler

        def heard(self, *_):
            raise AssertionError

    crawler = crawler_of(OURS)
    passed.listen(crawler, Extension(crawler).heard)
    gone = weakref.ref(crawler)
    del crawler
    gc.collect()
    assert gone() is None
