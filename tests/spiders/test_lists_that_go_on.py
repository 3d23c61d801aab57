"""Lists that would never end: a crawl notices, and says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from playfast.items import Listing
from playfast.play.lists import Section
from playfast.spiders import packed
from playfast.spiders.plan import Via
from playfast.spiders.similar import SimilarSpider
from tests.spiders.asking import Asking, Clock

MARK = "qgImEiQKIAoeChhzaW1pbGFyX2FwcHNfQVBQTElDQVRJT04QLRgDEAA="
APP = [None, [None, None, [["Title"], {"19": [2], "78": ["a.b"]}]]]


def cards(*ids):
    return [[[app_id, 7], None, None, "Title"] for app_id in ids]


def first(token, *ids):
    head = ["Similar", None, None, [None, token]]
    return [None, [None, [[None, None, None, [MARK], *[None] * 17, [cards(*ids), head]]]]]


def more(token, *ids):
    return [[[cards(*ids), *[None] * 6, [None, token]]]]


@pytest.fixture
def asking():
    asking = Asking(SimilarSpider, "a.b", ids="a.b")
    came = asking.answered({"lists": first("one", "c.d", "e.f"), "app": APP})
    assert [item.app_id for item in came] == ["c.d", "e.f"]
    return asking


def test_a_part_in_which_nothing_is_new_is_the_end(asking):
    (sweep,) = asking.answered({"more": more("two", "c.d", "e.f")})
    assert sweep.stopped == {"similar": "repeated"}
    assert sweep.rows == {"similar": 2}
    assert asking.spider.plan.done


def test_a_token_that_came_before_is_the_end(asking):
    *rows, sweep = asking.answered({"more": more("one", "g.h")})
    assert [item.app_id for item in rows] == ["g.h"]
    assert sweep.stopped == {"similar": "repeated"}
    assert asking.spider.plan.done


def test_with_something_new_it_goes_on_to_its_end(asking):
    (row,) = asking.answered({"more": more("two", "e.f", "g.h")})
    assert isinstance(row, Listing)
    assert (row.rank, row.app_id) == (3, "g.h")
    *_, sweep = asking.answered({"more": more(None, "i.j")})
    assert sweep.stopped == {"similar": "end"}
    assert sweep.rows == {"similar": 4}


def test_each_part_says_when_it_came_and_the_record_when_the_last_did(monkeypatch):
    monkeypatch.setattr(packed, "datetime", Clock())
    asking = Asking(SimilarSpider, "a.b", ids="a.b")
    items = asking.answered({"lists": first("one", "c.d"), "app": APP})
    items += asking.answered({"more": more(None, "e.f")})
    assert [item.fetched_at.hour for item in items] == [1, 2, 2]


@pytest.mark.parametrize(("most", "ids"), [(3, ["c.d", "e.f", "g.h"]), (2, ["c.d", "e.f"]), (1, ["c.d"])])
def test_it_ends_where_as_many_have_come_as_are_wanted(most, ids):
    """A token says that there are more: they are not asked for."""
    asking = Asking(SimilarSpider, "a.b", ids="a.b", most=str(most))
    items = asking.answered({"lists": first("one", "c.d", "e.f"), "app": APP})
    if most > 2:
        items += asking.answered({"more": more("two", "g.h", "i.j")})
    assert [item.app_id for item in items[:-1]] == ids
    assert items[-1].stopped == {"similar": "limit"}
    assert asking.spider.plan.done


def test_a_limit_is_told_where_the_app_above_is_all_that_is_wanted():
    asking = Asking(SimilarSpider, "a.b", ids="a.b", most="1")
    (asked,) = asking.spider.plan.next().asked
    found = asking.spider._open[asked.what, asked.storefront]
    above, *below = cards("c.d", "e.f", "g.h")
    section = Section("similar", None, below, None, None, above=(above,))
    row, sweep = asking.spider.begun(asked, found, [section], datetime.now(UTC), Via.RPC)
    assert row.app_id == "c.d"
    assert sweep.stopped == {"similar": "limit"}
