"""An argument may be called like something that a spider has: it does not take its place."""

from __future__ import annotations

import pytest
from scrapy.crawler import Crawler

from playfast.runs import chromium
from playfast.spiders.apps import AppsSpider
from playfast.spiders.developer import DeveloperSpider
from playfast.spiders.similar import SimilarSpider


def made(spider, **given):
    return spider.from_crawler(Crawler(spider, {"PLAYFAST_URL": "http://127.0.0.1:1/"}), **given)


@pytest.mark.parametrize(
    ("spider", "given"), [(SimilarSpider, {"ids": "a.b"}), (DeveloperSpider, {"developers": "Somebody"})]
)
def test_arguments_are_no_attributes(spider, given):
    asking = made(spider, first="3", **given)
    assert asking.asked["first"] == 3
    assert not {"first", *given} & vars(asking).keys()


def test_no_browser(monkeypatch):
    assert made(AppsSpider, ids="a.b", browser="none").browser is False
    monkeypatch.setattr(chromium, "find", lambda: None)
    assert made(AppsSpider, ids="a.b", browser="auto").browser is False


def test_no_ledger():
    assert made(AppsSpider, ids="a.b", ledger="").ledger is None
