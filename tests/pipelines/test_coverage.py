"""How often each field is filled, over the records that Play filled."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from scrapy.utils.test import get_crawler

from playfast.items import App
from playfast.pipelines.coverage import CoveragePipeline


def app(status, **values):
    return App(app_id="a.b", country="us", lang="en", status=status, **values)


@pytest.fixture
def pipeline():
    return CoveragePipeline.from_crawler(get_crawler())


def test_only_records_that_play_filled_are_counted(pipeline):
    for status in ("available", "preregister", "not_in_region", "not_found", "invalid_id", "error"):
        pipeline.process_item(app(status, title="x"))
    pipeline.write()
    stats = pipeline.crawler.stats
    assert stats.get_value("playfast/records/filled") == 3
    assert stats.get_value("playfast/field/title/filled") == 3
    assert stats.get_value("playfast/field/score/filled") is None


def test_no_and_nothing_are_told_apart(pipeline):
    pipeline.process_item(app("available", free=False, ratings=0))
    assert pipeline.filled()["free"] == 1
    assert pipeline.filled()["ratings"] == 1
    assert "title" not in pipeline.filled()


@pytest.mark.parametrize(
    "item", [{"status": "available", "title": "x"}, object(), app("error"), app("available")]
)
def test_every_item_is_handed_on_as_it_is(pipeline, item):
    assert pipeline.process_item(item) is item


def test_items_of_other_classes_pass_uncounted(pipeline):
    pipeline.process_item({"status": "available"})
    assert pipeline.records == 0


@dataclass
class Stranger:
    status: str = "available"
    name: str = field(init=False)


def test_dataclasses_of_other_people_pass_uncounted_whatever_they_are(pipeline):
    item = Stranger()
    assert pipeline.process_item(item) is item
    assert pipeline.process_item(item) is item
    assert pipeline.records == 0
    assert not pipeline.filled()
