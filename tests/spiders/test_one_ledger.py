"""A ledger goes on with what it was begun with: it would call things done that were never asked for."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from playfast.errors import ArgumentError
from playfast.runs.sqlite_ledger import SqliteLedger
from playfast.spiders.charts import ChartsSpider
from playfast.spiders.collections import CollectionsSpider
from playfast.spiders.reviews import ReviewsSpider
from playfast.spiders.search import SearchSpider
from playfast.spiders.similar import SimilarSpider

SETTINGS = Settings({"PLAYFAST_URL": "http://127.0.0.1:1"})
GIVEN = {
    SearchSpider: {"queries": "panda"},
    ChartsSpider: {"categories": "GAME"},
    CollectionsSpider: {"categories": "GAME"},
    SimilarSpider: {"ids": "a.b"},
    ReviewsSpider: {"ids": "a.b"},
}


@pytest.fixture
def goes_on(tmp_path):
    """Begins a crawl with a ledger, and checks whether another may go on with it."""

    def run(spider, begun, going_on):
        path = tmp_path / "run.db"
        given = {**GIVEN[spider], **begun, "ledger": str(path)}
        asked = spider.check(SETTINGS, given)
        ledger = SqliteLedger(path)
        ledger.begin(spider.about(asked, spider.arguments.as_text(given)))
        ledger.close()
        return spider.check(SETTINGS, {**GIVEN[spider], **going_on, "ledger": str(path)})

    return run


@pytest.mark.parametrize(
    ("spider", "begun", "going_on", "told"),
    [
        (SearchSpider, {}, {"price": "paid"}, "price=all (now paid)"),
        (SearchSpider, {}, {"pages": "2"}, "pages=1 (now 2)"),
        (SearchSpider, {"details": "0"}, {"details": "1"}, "details=0 (now 1)"),
        (
            ChartsSpider,
            {"collections": "topgrossing"},
            {"collections": "topselling_free"},
            "collections=topgrossing",
        ),
        (ChartsSpider, {"most": "5"}, {}, "most=5 (now none)"),
        (ChartsSpider, {"categories": "FAMILY"}, {"categories": "FAMILY", "age": "6-8"}, "age=all (now 6-8)"),
        (CollectionsSpider, {"more": "none"}, {}, "more=none (now tokens)"),
        (SimilarSpider, {"more": "none"}, {}, "more=none (now tokens)"),
        (ReviewsSpider, {"score": "1"}, {"score": "5"}, "score=1 (now 5)"),
    ],
)
def test_with_another_choice_of_rows_it_is_refused(goes_on, spider, begun, going_on, told):
    with pytest.raises(ArgumentError) as caught:
        goes_on(spider, begun, going_on)
    (problem,) = caught.value.problems
    assert f"it was begun with {told}" in problem


@pytest.mark.parametrize(
    ("spider", "begun", "going_on"),
    [
        (SearchSpider, {}, {"price": "all", "pages": "1", "via": "page", "queries": "other", "batch": "3"}),
        (
            ChartsSpider,
            {"collections": "topgrossing,topselling_free"},
            {"collections": "topselling_free,topgrossing"},
        ),
        (ChartsSpider, {"countries": "us"}, {"countries": "us,kr", "categories": "all"}),
        (ReviewsSpider, {"max_per_app": "5"}, {"since": "last"}),
    ],
)
def test_with_other_words_for_the_same_or_more_to_ask_it_goes_on(goes_on, spider, begun, going_on):
    assert goes_on(spider, begun, going_on)["ledger"].name == "run.db"
