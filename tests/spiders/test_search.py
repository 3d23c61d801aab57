"""Searches that go on in the older way, where that way says nothing."""

from __future__ import annotations

import pytest

from playfast.items import Listing
from playfast.spiders.search import SearchSpider
from tests.spiders.asking import Asking

CARDS = [[[[app_id, 7], None, None, "Title"]] for app_id in ("a.b", "c.d")]
FOUND = [[None, [[*[None] * 22, [CARDS]]]]]
NOTHING = [[]]


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
    ("first", "rows", "stopped"), [(FOUND, ["a.b", "c.d"], "refused"), (NOTHING, [], "empty")]
)
def test_an_older_way_that_says_nothing_is_no_end_of_the_results(first, rows, stopped):
    asking = Asking(SearchSpider, "panda", queries="panda", pages="3")
    *found, sweep = asking.answered({"first": first, "older": ...})
    assert [item.app_id for item in found if isinstance(item, Listing)] == rows
    assert sweep.stopped == {"search": stopped}
    assert sweep.status == "available"
