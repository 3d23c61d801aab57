"""Feeds are tried before anything is asked, at no cost to what is in them."""

from __future__ import annotations

import pytest
from scrapy.exceptions import CloseSpider
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from playfast.extensions.feeds import FEED_FAILED, WatchedFeedExporter


def opened(feeds):
    crawler = get_crawler(Spider, settings_dict={"FEEDS": feeds})
    crawler.spider = Spider.from_crawler(crawler, name="test")
    exporter = WatchedFeedExporter.from_crawler(crawler)
    exporter.open_spider(crawler.spider)
    return exporter


def test_a_file_that_can_be_written_is_neither_made_nor_changed(tmp_path):
    there, new = tmp_path / "there.jsonl", tmp_path / "folder" / "new.jsonl"
    there.write_text("what was there\n", encoding="utf-8")
    opened({there: {"format": "jsonlines", "overwrite": True}, new: {"format": "csv"}})
    assert there.read_text(encoding="utf-8") == "what was there\n"
    assert not new.exists()


def test_one_bad_feed_of_several_is_named_and_costs_the_others_nothing(tmp_path):
    good = tmp_path / "good.jsonl"
    good.write_text("what was there\n", encoding="utf-8")
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    bad = tmp_path / "file" / "bad.jsonl"
    feeds = {
        good: {"format": "jsonlines", "overwrite": True},
        bad: {"format": "jsonlines"},
        tmp_path: {"format": "csv"},
    }
    crawler = get_crawler(Spider, settings_dict={"FEEDS": feeds})
    crawler.spider = Spider.from_crawler(crawler, name="test")
    exporter = WatchedFeedExporter.from_crawler(crawler)
    with pytest.raises(CloseSpider) as closed:
        exporter.open_spider(crawler.spider)
    assert closed.value.reason == "feed_failed"
    told = crawler.stats.get_value(FEED_FAILED)
    assert str(bad) in told
    assert str(tmp_path) in told
    assert str(good) not in told
    assert good.read_text(encoding="utf-8") == "what was there\n"
    assert exporter.slots == []


def test_a_link_without_a_target_stays_as_it_is(tmp_path):
    link = tmp_path / "latest.jsonl"
    link.symlink_to(tmp_path / "real.jsonl")
    opened({link: {"format": "jsonlines"}})
    assert link.is_symlink()
    assert not (tmp_path / "real.jsonl").exists()
