"""Charts are asked for together, and each is its own: what fails costs no other."""

from __future__ import annotations

from base64 import b64encode

import pytest

from playfast.items import Listing, ListingSweep
from playfast.middlewares.cache import TAGS
from playfast.play.categories import COLLECTIONS
from playfast.spiders.categories import CategoriesSpider
from playfast.spiders.charts import ChartsSpider
from playfast.spiders.plan import TRIES_PACKED
from tests.spiders.asking import Asking

FREE, PAID, GROSSING = "topselling_free", "topselling_paid", "topgrossing"
ANOTHER = "the answer is another chart: 'topselling_free_GAME' in the place of topgrossing_GAME"


def chart(collection, *ids):
    name = f"{collection}_GAME".encode()
    mark = b64encode(b"\x12\x04\n" + bytes([len(name)]) + name + b"\x10\x01").decode()
    cards = [[[[app_id, 7], None, None, "Title"]] for app_id in ids]
    return [[None, [[None, None, None, [mark], *[None] * 24, [cards]]]]]


def of_charts(**given):
    return Asking(ChartsSpider, "GAME", categories="GAME", collections=f"{FREE},{PAID},{GROSSING}", **given)


def told(items):
    return [(item.list, item.rank, item.app_id) for item in items if isinstance(item, Listing)]


def test_a_chart_without_an_answer_is_asked_again_alone():
    asking = of_charts()
    came = asking.answered({FREE: chart(FREE, "a.b", "c.d"), GROSSING: chart(GROSSING, "c.d")})
    assert told(came) == [(FREE, 1, "a.b"), (FREE, 2, "c.d"), (GROSSING, 1, "c.d")]
    *rows, sweep = asking.answered({PAID: chart(PAID, "e.f")})
    assert told(rows) == [(PAID, 1, "e.f")]
    assert (sweep.status, sweep.error) == ("available", None)
    assert sweep.rows == {FREE: 2, GROSSING: 1, PAID: 1}
    assert asking.spider.plan.done


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "no answer in the pack"),
        (chart(FREE, "a.b"), ANOTHER),
        ("text", "a str where lists of apps were expected"),
    ],
)
def test_one_that_never_comes_is_said_with_its_reason_and_costs_no_other(answer, reason):
    asking = of_charts()
    came = asking.answered({FREE: chart(FREE, "a.b"), PAID: [[]], GROSSING: answer})
    assert told(came) == [(FREE, 1, "a.b")]
    (sweep,) = asking.to_the_end({GROSSING: answer})
    assert isinstance(sweep, ListingSweep)
    assert (sweep.status, sweep.error) == ("error", reason)
    assert sweep.rows == {FREE: 1, PAID: 0, GROSSING: 0}
    assert sweep.stopped == {FREE: "end", PAID: "empty", GROSSING: "error"}


def test_a_reason_is_not_lost_when_another_chart_comes_later():
    asking = of_charts(batch="1")
    asking.answered({FREE: chart(FREE, "a.b")})
    for _ in range(TRIES_PACKED):
        assert asking.answered({}) == []  # the paid one, with the other waiting behind it
    items = asking.to_the_end({GROSSING: chart(GROSSING, "c.d")})
    assert (items[-1].status, items[-1].error) == ("error", "no answer in the pack")
    assert items[-1].stopped == {FREE: "end", PAID: "error", GROSSING: "end"}


def test_without_any_answer_all_are_asked_again():
    asking = of_charts()
    assert asking.answered({}) == []
    items = asking.answered({name: chart(name, "a.b") for name in (FREE, PAID, GROSSING)})
    assert len(told(items)) == 3
    assert items[-1].status == "available"


@pytest.mark.parametrize(("most", "stopped"), [(2, "limit"), (3, "end"), (4, "end")])
def test_a_chart_that_was_cut_says_so(most, stopped):
    """So one place more is asked for than is wanted: nothing else tells."""
    asking = of_charts(most=str(most))
    given = ("a.b", "c.d", "e.f")[: most + 1]
    *rows, sweep = asking.answered({name: chart(name, *given) for name in (FREE, PAID, GROSSING)})
    assert len(told(rows)) == 3 * min(most, 3)
    assert set(sweep.stopped.values()) == {stopped}


def test_categories_ask_again_for_the_charts_that_are_missing_alone():
    asking = Asking(CategoriesSpider, "GAME", categories="GAME")
    first, *others = COLLECTIONS
    assert asking.answered({first: chart(first, "a.b")}) == []
    pack = asking.spider.plan.next()
    assert sorted(asking.spider.request(pack).meta[TAGS]) == sorted(f"0.{name}" for name in others)
    asking.spider.plan.fail(pack, "no connection")
    (record,) = asking.answered({name: [[]] for name in others})
    assert (record.status, record.collections) == ("available", (first,))


def test_a_category_without_all_its_charts_is_an_error():
    """Whether it has one that did not come is not known, so neither is the list of them."""
    asking = Asking(CategoriesSpider, "GAME", categories="GAME")
    (record,) = asking.to_the_end({name: chart(name, "a.b") for name in COLLECTIONS[1:]})
    assert (record.status, record.error, record.collections) == ("error", "no answer in the pack", None)
