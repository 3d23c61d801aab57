"""How often each field is filled, over the available records."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from scrapy import signals
from scrapy.utils.test import get_crawler

from playfast.items import App
from playfast.pipelines.coverage import CoveragePipeline
from playfast.runs import checkpoints

CRAWLER = get_crawler()


def app(status="available", **values):
    return App(app_id="a.b", country="us", lang="en", status=status, **values)


@pytest.fixture
def pipeline():
    CRAWLER.stats.clear_stats()
    CRAWLER.spider = None
    return CoveragePipeline.from_crawler(CRAWLER)


def stats(pipeline):
    pipeline.write()
    return {
        name.removeprefix("playfast/"): value
        for name, value in pipeline.crawler.stats.get_stats().items()
        if name.startswith("playfast/")
    }


def test_only_available_records_are_counted(pipeline):
    for status in (
        "available",
        "preregister",
        "not_in_region",
        "not_found",
        "invalid_id",
        "error",
        "available",
    ):
        pipeline.process_item(app(status, title="x", contains_ads=True))
    found = stats(pipeline)
    assert found["records/filled"] == 2
    assert found["field/title/filled"] == 2
    assert found["field/contains_ads/filled"] == 2
    assert found["field/contains_ads/yes"] == 2


def test_a_field_that_no_record_fills_is_counted_as_none(pipeline):
    """It is not left out: that nothing fills it is what a reader wants to know."""
    pipeline.process_item(app())
    found = stats(pipeline)
    assert found["field/title/filled"] == 0
    assert found["field/contains_ads/yes"] == 0


def test_no_and_nothing_are_told_apart(pipeline):
    pipeline.process_item(app(play_pass=False, free=False, ratings=0))
    pipeline.process_item(app(play_pass=True, free=True))
    pipeline.process_item(app())
    found = stats(pipeline)
    assert (found["field/play_pass/filled"], found["field/play_pass/yes"]) == (2, 1)
    assert found["field/free/filled"] == 2
    assert "field/free/yes" not in found
    assert found["field/ratings/filled"] == 1
    assert found["field/title/filled"] == 0


def test_the_key_is_no_field_and_only_yes_or_no_fields_say_yes(pipeline):
    pipeline.process_item(app())
    found = stats(pipeline)
    assert not [name for name in found if name.split("/")[1] in ("app_id", "status", "error", "via")]
    assert "field/title/yes" not in found
    assert "field/score/yes" not in found


def test_only_the_fields_that_this_crawl_may_fill_are_counted(pipeline):
    CRAWLER.spider = SimpleNamespace(filled_names=["app_id", "status", "title", "play_pass"])
    pipeline.process_item(app(title="x", score=1.0, play_pass=True))
    fields = {name: count for name, count in stats(pipeline).items() if name.startswith("field/")}
    assert fields == {"field/title/filled": 1, "field/play_pass/filled": 1, "field/play_pass/yes": 1}


@pytest.mark.parametrize("chosen", [["app_id", "status"], ["status", "title"]])
def test_however_few_fields_are_asked_records_are_counted(pipeline, chosen):
    CRAWLER.spider = SimpleNamespace(filled_names=chosen)
    pipeline.process_item(app(title="x"))
    assert stats(pipeline)["records/filled"] == 1


@pytest.mark.parametrize("item", [{"status": "available", "title": "x"}, object(), None, app("error"), app()])
def test_every_item_is_handed_on_as_it_is(pipeline, item):
    assert pipeline.process_item(item) is item


@dataclass
class Stranger:
    status: str = "available"
    name: str = field(init=False)


def test_items_of_other_people_s_classes_pass_uncounted_whatever_they_are(pipeline):
    for item in ({"status": "available"}, Stranger(), Stranger(), object()):
        assert pipeline.process_item(item) is item
    assert stats(pipeline) == {"records/filled": 0}


def test_an_app_that_is_not_offered_here_and_yet_has_an_offer_is_a_contradiction(pipeline):
    for item in (
        app("not_in_region", price=0.0),
        app("not_in_region"),
        app("not_found"),
        app(price=1.0),
        app("preregister", price=1.0),
    ):
        pipeline.process_item(item)
    assert stats(pipeline)["records/elsewhere_offered"] == 1


# When the counts are written


@pytest.fixture
def looks():
    """What the statistics said of available records each time they were said to be up to date."""
    seen = []

    def look():
        seen.append(CRAWLER.stats.get_value("playfast/records/filled"))

    CRAWLER.signals.connect(look, checkpoints.REACHED)
    yield seen
    CRAWLER.signals.disconnect(look, checkpoints.REACHED)


def test_the_counts_are_right_at_every_checkpoint(pipeline, looks):
    for number in range(1100):
        pipeline.process_item(app("available" if number % 2 else "error"))
    assert looks == [25, 50, 100, 250, 500]


def test_records_of_every_status_bring_the_next_checkpoint_nearer(pipeline, looks):
    for _ in range(50):
        pipeline.process_item(app("not_found"))
    assert looks == [0]


def test_the_counts_are_written_when_the_spider_closes():
    crawler = get_crawler()
    pipeline = CoveragePipeline.from_crawler(crawler)
    pipeline.process_item(app(title="x"))
    crawler.signals.send_catch_log(signals.spider_closed)
    assert crawler.stats.get_value("playfast/field/title/filled") == 1
    assert crawler.stats.get_value("playfast/records/filled") == 1


def test_what_is_looked_at_on_demand_is_up_to_date():
    crawler = get_crawler()
    pipeline = CoveragePipeline.from_crawler(crawler)
    for _ in range(96):
        pipeline.process_item(app(title="x"))
    crawler.signals.send_catch_log(checkpoints.REACHED)
    assert crawler.stats.get_value("playfast/records/filled") == 96
