"""Rows that cannot be read are counted, and cost no other."""

from __future__ import annotations

import orjson
import pytest
from scrapy.crawler import Crawler
from scrapy.http import TextResponse
from scrapy.statscollectors import MemoryStatsCollector

from playfast.items import Listing, Review
from playfast.spiders.reviews import ReviewsSpider
from playfast.spiders.similar import SimilarSpider

APP = [None, [None, None, [["Title"], {"19": [2], "78": ["a.b"]}]]]


def review(review_id, stars=5):
    return [review_id, None, stars, None, "text", [1_700_000_000, 0], 0]


def card(app_id):
    return [[app_id, 7], None, None, "Title"]


@pytest.fixture
def asked():
    """The items and the statistics of a spider's first answer, by the payloads of its calls."""

    def run(spider, **payloads):
        crawler = Crawler(spider, {"PLAYFAST_URL": "http://127.0.0.1:1/"})
        crawler.stats = MemoryStatsCollector(crawler)
        asking = spider.from_crawler(crawler, ids="a.b")
        (entry,) = [("a.b", asking.plan.storefronts)]
        asking.plan.add([entry[0]], asking.enter(*entry))
        asking.plan.end()
        pack = asking.plan.next()
        request = asking.request(pack)
        frames = [
            ["wrb.fr", "rpc", orjson.dumps(payload).decode(), None, None, None, f"0.{tag}"]
            for tag, payload in payloads.items()
        ]
        response = TextResponse(
            request.url, body=b")]}'\n\n" + orjson.dumps(frames), request=request, encoding="utf-8"
        )
        return list(asking.parse_pack(response, pack)), crawler.stats.get_stats()

    return run


def test_reviews_without_an_id(asked):
    rows = [review("one"), [None, None, 5], "text", review("two", stars="five")]
    items, stats = asked(ReviewsSpider, page=[rows, None], app=APP)
    found = {item.review_id: item.stars for item in items if isinstance(item, Review)}
    assert found == {"one": 5, "two": None}
    assert stats["playfast/rows/unreadable"] == 2
    assert stats["playfast/field/stars/invalid"] == 1
    assert items[-1].reviews == 2


def test_cards_without_an_id(asked):
    section = [None, None, None, ["qgImEiQKIAoeChhzaW1pbGFyX2FwcHNfQVBQTElDQVRJT04QLRgDEAA="], *[None] * 17]
    listed = [None, [None, [[*section, [[card("c.d"), [None], card("e.f")], ["Similar"]]]]]]
    items, stats = asked(SimilarSpider, lists=listed, app=APP)
    assert [(item.list, item.rank, item.app_id) for item in items if isinstance(item, Listing)] == [
        ("similar", 1, "c.d"),
        ("similar", 2, "e.f"),
    ]
    assert stats["playfast/rows/unreadable"] == 1


@pytest.mark.parametrize("page", ["text", 5, [5], [[], [None, 5]], {"1": []}])
def test_a_page_of_another_shape_is_asked_again(asked, page):
    items, stats = asked(ReviewsSpider, page=page, app=APP)
    if page == {"1": []}:
        return  # the sparse form of an empty page
    assert items == []
    assert stats["playfast/answers/unusable"] == 1
