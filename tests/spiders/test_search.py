"""Searches: the app shown first, how they go on in the older way, and what of that says nothing."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from playfast.items import Listing
from playfast.spiders.collections import CollectionsSpider
from playfast.spiders.plan import TRIES_PACKED, Asked, Storefront, Via
from playfast.spiders.search import SearchSpider
from tests.spiders.asking import Asking

CARDS = [[[[app_id, 7], None, None, "Title"]] for app_id in ("a.b", "c.d")]
FOUND = [[None, [[*[None] * 22, [CARDS]]]]]
NOTHING = [[]]


def older(token, *ids):
    """A part of the older way."""
    cards = [[None, None, "Title", *[None] * 9, [app_id]] for app_id in ids]
    return [[[cards, *[None] * 6, [None, token]]]]


def rows(items):
    return [item for item in items if isinstance(item, Listing)]


def test_results_that_go_on_by_themselves_do():
    """No page of results on record does; if one did, its rows would come."""
    asking = Asking(SearchSpider, "panda", queries="panda", pages="2")
    goes_on = [[None, [[*[None] * 22, [CARDS, [None, None, None, [None, "way-on"]]]]]]]
    first = asking.answered({"first": goes_on, "older": ...})
    assert [item.app_id for item in first] == ["a.b", "c.d"]
    pack = asking.spider.plan.next()
    (step,) = [one.step for one in pack.asked]
    assert (step.list, step.token) == ("search", "way-on")


@pytest.mark.parametrize(
    ("first", "ids", "stopped"), [(FOUND, ["a.b", "c.d"], "refused"), (NOTHING, [], "empty")]
)
def test_an_older_way_that_says_nothing_is_no_end_of_the_results(first, ids, stopped):
    asking = Asking(SearchSpider, "panda", queries="panda", pages="3")
    *found, sweep = asking.answered({"first": first, "older": ...})
    assert [item.app_id for item in rows(found)] == ids
    assert sweep.stopped == {"search": stopped}
    assert sweep.status == "available"


def test_a_limit_is_told_though_the_older_way_says_nothing():
    asking = Asking(SearchSpider, "panda", queries="panda", pages="3", most="1")
    *found, sweep = asking.answered({"first": FOUND, "older": ...})
    assert [item.app_id for item in rows(found)] == ["a.b"]
    assert sweep.stopped == {"search": "limit"}


def test_the_app_that_is_meant_stands_first_and_says_so():
    record = [["Meant"]]
    meant = [*[None] * 23, [*[None] * 16, [None, None, record, *[None] * 8, [["g.h"]]]]]
    asking = Asking(SearchSpider, "panda", queries="panda")
    *found, sweep = asking.answered({"first": [[None, [meant, FOUND[0][1][0]]]]})
    assert [(row.rank, row.app_id, row.title, row.featured) for row in found] == [
        (1, "g.h", "Meant", True),
        (2, "a.b", "Title", False),
        (3, "c.d", "Title", False),
    ]
    assert sweep.stopped == {"search": "end"}


def test_the_older_way_begins_with_what_came_already_and_goes_on():
    """In an order of its own: a part may repeat all of what came."""
    asking = Asking(SearchSpider, "panda", queries="panda", pages="4")
    assert len(asking.answered({"first": FOUND, "older": older("two", "c.d", "a.b")})) == 2
    assert asking.answered({"more": older("three", "a.b")}) == []
    row, sweep = asking.answered({"more": older("four", "a.b", "e.f")})
    assert (row.rank, row.app_id, row.title) == (3, "e.f", "Title")
    assert sweep.stopped == {"search": "limit"}, (
        "beside the first part, three of the older way were asked for"
    )
    assert asking.spider.plan.done


def test_a_token_that_came_before_is_the_end_of_the_older_way():
    asking = Asking(SearchSpider, "panda", queries="panda", pages="9")
    asking.answered({"first": FOUND, "older": older("two", "e.f")})
    row, sweep = asking.answered({"more": older("two", "g.h")})
    assert row.rank == 4
    assert sweep.stopped == {"search": "repeated"}


def test_both_ways_are_asked_again_where_one_did_not_come():
    asking = Asking(SearchSpider, "panda", queries="panda", pages="2")
    assert asking.answered({"first": FOUND}) == []
    assert asking.answered({"older": older("two", "e.f")}) == []
    *found, sweep = asking.answered({"first": FOUND, "older": older("two", "e.f")})
    assert [row.app_id for row in rows(found)] == ["a.b", "c.d", "e.f"]
    assert {row.title for row in rows(found)} == {"Title"}
    assert sweep.stopped == {"search": "limit"}


def test_a_search_without_an_answer_is_asked_again_then_on_its_page():
    asking = Asking(SearchSpider, "panda", queries="panda")
    stats = asking.spider.crawler.stats
    for times in range(1, TRIES_PACKED + 1):
        assert asking.answered({"first": ...}) == []
        assert stats.get_value("playfast/answers/unusable") == times
    assert stats.get_value("playfast/answers/last_unusable") == "the search has no answer"


@pytest.mark.parametrize("price", ["free", "paid"])
def test_a_price_is_asked_on_pages_whatever_the_way(price):
    asking = Asking(SearchSpider, "panda", queries="panda", price=price, via="rpc")
    assert asking.spider.plan.next().via is Via.PAGE


@pytest.mark.parametrize(("price", "number"), [("all", 0), ("free", 1), ("paid", 2)])
def test_the_address_of_a_search(price, number):
    asking = Asking(SearchSpider, "panda", queries="panda", price=price)
    assert asking.spider.address_of("to do & co", Storefront("kr", "ko")) == (
        f"http://127.0.0.1:1/store/search?q=to+do+%26+co&c=apps&price={number}&hl=ko&gl=kr"
    )


@pytest.mark.parametrize(
    ("spider", "what", "given", "without"),
    [
        (SearchSpider, "panda", {"queries": "panda"}, "the page has no block with results"),
        (CollectionsSpider, "GAME", {"categories": "GAME"}, "the page has no block with lists"),
    ],
)
def test_a_page_without_its_end_or_its_block_is_no_page_without_apps(spider, what, given, without):
    asking = Asking(spider, what, via="page", **given)
    for body, reason in ((b"<html>", "the page was cut short"), (b"<html></html>", without)):
        pack = asking.spider.plan.next()
        assert list(asking.spider.parse_page(HtmlResponse("http://127.0.0.1:1/", body=body), pack)) == []
        assert asking.spider.crawler.stats.get_value("playfast/answers/last_unusable") == reason


@pytest.mark.parametrize(("fields", "mask"), [("title", "[[1]]]"), ("genre", "[[1,80]]]")])
def test_what_no_row_says_is_not_asked_for(fields, mask):
    spider = Asking(SearchSpider, "panda", queries="panda", fields=fields).spider
    (call,) = spider.first_calls(Asked("panda", Storefront("us", "en")), "0")
    assert mask in call.request


def test_a_query_that_cannot_be_asked_is_told():
    spider = Asking(SearchSpider, "panda", queries="panda").spider
    assert spider.problem("a" * 255) is None
    sweep = spider.invalid("a" * 256, Storefront("us", "en"))
    assert (sweep.status, sweep.error, sweep.url) == ("invalid_id", "longer than 255 characters", None)
