"""Charts are asked for together, and each is its own: what fails costs no other. Categories are told by their charts."""

from __future__ import annotations

from base64 import b64encode

import pytest
from scrapy.settings import Settings

from playfast.errors import ArgumentError
from playfast.items import Listing, ListingSweep
from playfast.middlewares.cache import TAGS
from playfast.play.categories import COLLECTIONS
from playfast.spiders import packed
from playfast.spiders.categories import CategoriesSpider
from playfast.spiders.charts import ChartsSpider
from playfast.spiders.plan import TRIES_PACKED, Asked, Storefront
from tests.spiders.asking import Asking, Clock

FREE, PAID, GROSSING = "topselling_free", "topselling_paid", "topgrossing"
ANOTHER = "the answer is another chart: 'topselling_free_GAME' in the place of topgrossing_GAME"


def section(collection, *ids, category="GAME", token=None, genre=None):
    name = f"{collection}_{category}".encode()
    mark = b64encode(b"\x12\x04\n" + bytes([len(name)]) + name + b"\x10\x01").decode()
    cards = [[[[app_id, 7], None, None, "Title", None, genre]] for app_id in ids]
    head = [None, None, None, [None, token]]
    return [None, None, None, [mark if collection else None], *[None] * 24, [cards, head]]


def chart(collection, *ids, **more):
    return [[None, [section(collection, *ids, **more)]]]


def of_charts(**given):
    return Asking(ChartsSpider, "GAME", categories="GAME", collections=f"{FREE},{PAID},{GROSSING}", **given)


def told(items):
    rows = [item for item in items if isinstance(item, Listing)]
    assert {row.featured for row in rows} <= {None}
    return [(row.list, row.rank, row.app_id) for row in rows]


def first_call(spider, category="GAME"):
    return next(iter(spider.calls_of(Asked(category, Storefront("us", "en")), "0")))


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


def test_of_several_reasons_the_first_is_told():
    asking = of_charts()
    asking.answered({FREE: chart(FREE, "a.b")})
    items = asking.to_the_end({GROSSING: chart(FREE, "a.b")})
    assert (items[-1].status, items[-1].error) == ("error", "no answer in the pack")
    assert items[-1].stopped == {FREE: "end", PAID: "error", GROSSING: "error"}


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


def test_each_chart_says_when_it_came_and_the_record_when_the_last_did(monkeypatch):
    monkeypatch.setattr(packed, "datetime", Clock())
    asking = Asking(ChartsSpider, "GAME", categories="GAME", collections=f"{FREE},{PAID}")
    items = asking.answered({FREE: chart(FREE, "a.b")})
    items += asking.answered({PAID: chart(PAID, "a.b")})
    assert [item.fetched_at.hour for item in items] == [1, 2, 2]


def test_a_chart_in_several_sections_is_one_and_goes_on_nowhere():
    asking = Asking(ChartsSpider, "GAME", categories="GAME", collections=FREE)
    parts = [section(FREE, "a.b", "c.d", token="way-on"), section("", "e.f")]
    *rows, sweep = asking.answered({FREE: [[None, parts]]})
    assert told(rows) == [(FREE, 1, "a.b"), (FREE, 2, "c.d"), (FREE, 3, "e.f")]
    assert sweep.stopped == {FREE: "end"}


@pytest.mark.parametrize("nothing", [..., [[]], [[None, None]]])
def test_a_chart_that_is_not_there_is_empty(nothing):
    asking = Asking(ChartsSpider, "GAME", categories="GAME", collections=f"{FREE},{PAID}")
    *rows, sweep = asking.answered({FREE: nothing, PAID: chart("", "a.b")})
    assert told(rows) == [(PAID, 1, "a.b")], "nor does every chart say its name"
    assert (sweep.status, sweep.stopped) == ("available", {FREE: "empty", PAID: "end"})


@pytest.mark.parametrize("spider", [ChartsSpider, CategoriesSpider])
def test_an_answer_that_is_another_chart_counts_as_unusable(spider):
    """Neither is the chart empty, nor is it the one that came."""
    asking = Asking(spider, "GAME", categories="GAME")
    came = {name: chart(name, "a.b") for name in COLLECTIONS}
    items = asking.answered({**came, GROSSING: chart(FREE, "a.b")})
    stats = asking.spider.crawler.stats
    assert stats.get_value("playfast/answers/unusable") == 1
    assert stats.get_value("playfast/answers/last_unusable") == ANOTHER
    items += asking.answered({**came, GROSSING: chart(GROSSING, "c.d")})
    assert (items[-1].status, items[-1].error) == ("available", None)


@pytest.mark.parametrize(("most", "rows"), [(None, 660), (5, 6), (659, 660), (1000, 660)])
def test_one_place_more_is_asked_for_than_is_wanted(most, rows):
    given = {} if most is None else {"most": str(most)}
    spider = Asking(ChartsSpider, "GAME", categories="GAME", **given).spider
    assert f"[20,{rows}]" in first_call(spider).request


@pytest.mark.parametrize(("fields", "mask"), [("title", "[[1]]]"), ("score", "[[1,52]]]")])
def test_what_no_row_of_a_chart_says_is_not_asked_for(fields, mask):
    spider = Asking(ChartsSpider, "GAME", categories="GAME", fields=fields).spider
    assert mask in first_call(spider).request


def test_charts_by_age_say_so():
    asking = Asking(ChartsSpider, "FAMILY", categories="FAMILY", collections=f"{FREE},{PAID}", age="6-8")
    pack = asking.spider.plan.next()
    assert "age=AGE_RANGE2" in asking.spider.request(pack).url
    asking.spider.plan.fail(pack, "no connection")
    came = asking.answered({FREE: chart(FREE, "a.b", category="FAMILY")})
    came += asking.answered({PAID: chart(PAID, "a.b", category="FAMILY")})
    assert told(came) == [("topselling_free_6-8", 1, "a.b"), ("topselling_paid_6-8", 1, "a.b")]
    assert set(came[-1].stopped) == {"topselling_free_6-8", "topselling_paid_6-8"}


@pytest.mark.parametrize(
    ("categories", "shown"),
    [
        ("FAMILY,FAMILY_CREATE", None),
        ("FAMILY,GAME", "GAME"),
        ("GAME,FAMILY,TOOLS,DATING", "GAME, TOOLS, DATING"),
        ("GAME,TOOLS,DATING,SPORTS", "GAME, TOOLS, DATING and others"),
    ],
)
def test_an_age_is_for_charts_that_have_one(categories, shown):
    asked = {"categories": categories, "age": "6-8"}
    settings = Settings({"PLAYFAST_URL": "http://127.0.0.1:1"})
    if shown is None:
        assert ChartsSpider.check(settings, asked)["age"] == "6-8"
        return
    with pytest.raises(ArgumentError) as caught:
        ChartsSpider.check(settings, asked)
    (problem,) = caught.value.problems
    assert f" and not {shown}; give" in problem


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


@pytest.mark.parametrize(("answer", "reason"), [(chart(FREE, "a.b"), ANOTHER), ("text", "a str where lists")])
def test_a_chart_of_a_category_that_cannot_be_read_is_asked_again_alone(answer, reason):
    asking = Asking(CategoriesSpider, "GAME", categories="GAME")
    came = {name: [[]] for name in COLLECTIONS}
    assert asking.answered({**came, GROSSING: answer}) == []
    pack = asking.spider.plan.next()
    assert asking.spider.request(pack).meta[TAGS] == [f"0.{GROSSING}"]
    assert pack.asked[0].reason.startswith(reason)


@pytest.mark.parametrize("nothing", [..., [[]], [[None, None]]])
def test_a_category_without_charts_is_not_there(nothing):
    asking = Asking(CategoriesSpider, "GAME", categories="GAME")
    (record,) = asking.answered(dict.fromkeys(COLLECTIONS, nothing))
    assert (record.status, record.error, record.collections, record.name) == ("not_found", None, (), None)
    assert record.via == "rpc"
    assert record.fetched_at is not None
    assert asking.spider.plan.done


@pytest.mark.parametrize(
    ("genres", "name"),
    [
        ({FREE: ["Games"] * 5}, "Games"),
        ({FREE: ["Games"] * 4}, None),
        ({FREE: ["Games"] * 3, GROSSING: ["Games"] * 2}, "Games"),
        ({FREE: ["Games"] * 9, GROSSING: ["Puzzle"]}, None),
        ({FREE: ["Games"] * 9 + [None]}, None),
        ({FREE: [None] * 9}, None),
        ({FREE: [5] * 9}, None),
    ],
)
def test_a_category_is_called_what_all_the_first_apps_of_its_charts_say(genres, name):
    asking = Asking(CategoriesSpider, "GAME", categories="GAME")
    came = {
        collection: [
            [None, [section(collection, f"a.b{number}", genre=genre) for number, genre in enumerate(given)]]
        ]
        for collection, given in genres.items()
    }
    (record,) = asking.answered({**{name: [[]] for name in COLLECTIONS}, **came})
    assert record.name == name
    assert record.collections == tuple(genres)


def test_the_first_ten_apps_of_a_chart_and_their_categories_are_enough_for_its_name():
    spider = Asking(CategoriesSpider, "GAME", categories="GAME").spider
    request = first_call(spider).request
    assert "[20,10]" in request
    assert "[[1,80]]]" in request


@pytest.mark.parametrize(("category", "games"), [("GAME", True), ("GAME_WORD", True), ("TOOLS", False)])
def test_which_categories_are_of_games(category, games):
    asking = Asking(CategoriesSpider, category, categories=category)
    (record,) = asking.answered({name: [[]] for name in COLLECTIONS})
    assert record.is_game is games
