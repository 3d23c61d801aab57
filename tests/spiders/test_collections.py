"""The lists of a front page: told apart by their names, each with its apps, and a page that is not there."""

from __future__ import annotations

from base64 import b64encode

import pytest
from scrapy.http import HtmlResponse

from playfast.items import Collection, Listing, ListingSweep
from playfast.runs.ledger import digest
from playfast.spiders.collections import CollectionsSpider
from playfast.spiders.plan import Asked, Storefront
from tests.spiders.asking import Asking

US = Storefront("us", "en")


def section(name, *ids, title="Title", link=None):
    mark = b64encode(b"\x12\x04\n" + bytes([len(name)]) + name.encode() + b"\x10\x01").decode()
    cards = [[[[app_id, 7] if app_id else None, None, None, "App"]] for app_id in ids]
    head = [title, None, [None, None, None, None, [None, None, link]]]
    return [None, None, None, [mark if name else None], *[None] * 18, [cards, head]]


def front(*sections):
    return [[None, list(sections)]]


def of_lists(**given):
    return Asking(CollectionsSpider, "TOOLS", categories="TOOLS", **given)


def test_each_list_has_a_record_with_its_apps_and_rows():
    asking = of_lists()
    page = front(section("top_tools", "a.b", "c.d", "a.b", None), section("", "a.b", title=""), section(""))
    items = asking.answered({"more": page})
    shown, rows = items[:3], items[3:-1]
    assert [(one.list, one.rank, one.title, one.apps) for one in shown] == [
        ("top_tools", 1, "Title", ("a.b", "c.d")),
        ("other", 2, None, ("a.b",)),
        ("other_2", 3, "Title", ()),
    ]
    assert {(one.asked, one.country, one.lang, one.via, one.url) for one in shown} == {
        ("TOOLS", "us", "en", "rpc", None)
    }
    assert all(one.fetched_at is not None for one in items)
    assert all(isinstance(row, Listing) and row.featured is None for row in rows)
    assert [(row.list, row.rank, row.app_id) for row in rows] == [
        ("top_tools", 1, "a.b"),
        ("top_tools", 2, "c.d"),
        ("other", 1, "a.b"),
    ]
    assert items[-1].stopped == {"top_tools": "end", "other": "end", "other_2": "empty"}
    assert items[-1].url == "http://127.0.0.1:1/store/apps/category/TOOLS?hl=en&gl=us"


def test_a_list_with_a_page_of_its_own_says_where():
    (shown, *_) = of_lists().answered({"more": front(section("top_tools", link="/store/apps/collection/x"))})
    assert shown.url == "https://play.google.com/store/apps/collection/x"


def test_what_an_earlier_crawl_has_written_comes_no_second_time():
    asking = of_lists()
    found = asking.spider._open["TOOLS", US]
    found.here = {digest(("top_tools",)), digest(("top_tools", "a.b"))}
    items = asking.answered({"more": front(section("top_tools", "a.b", "c.d"), section("new_tools"))})
    assert [(type(item), item.list) for item in items[:-1]] == [
        (Collection, "new_tools"),
        (Listing, "top_tools"),
    ]
    assert all(digest(item.identity.row_of(item)) not in found.here for item in items[:-1])
    assert asking.spider.crawler.stats.get_value("playfast/rows/written_before") == 2


@pytest.mark.parametrize("way", ["rpc", "page"])
def test_a_front_page_that_is_not_there(way):
    asking = of_lists(via=way)
    if way == "rpc":
        items = asking.answered({"more": ...})
    else:
        missing = HtmlResponse("http://127.0.0.1:1/", status=404, body=b"<html></html>")
        items = list(asking.spider.parse_page(missing, asking.spider.plan.next()))
    (sweep,) = items
    assert isinstance(sweep, ListingSweep)
    assert (sweep.status, sweep.error, sweep.via, sweep.rows) == ("not_found", None, way, {})
    assert asking.spider.plan.done


def test_without_an_answer_it_is_asked_again():
    asking = of_lists()
    assert asking.answered({}) == []
    (sweep,) = asking.answered({"more": front()})
    assert (sweep.status, sweep.rows) == ("available", {})


def test_rows_are_asked_for_with_all_their_fields():
    """What the main feed holds is lists, and has no say in that."""
    (call,) = of_lists().spider.first_calls(Asked("TOOLS", US), "0")
    assert "[[1,73,96," in call.request


@pytest.mark.parametrize(
    ("category", "path"),
    [("APPLICATION", "apps"), ("GAME", "games"), ("GAME_WORD", "apps/category/GAME_WORD")],
)
def test_where_the_front_page_of_a_category_stands(category, path):
    address = of_lists().spider.address_of(category, Storefront("kr", "ko"))
    assert address == f"http://127.0.0.1:1/store/{path}?hl=ko&gl=kr"
