"""JSON Lines mean what Scrapy's own exporter writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pytest
import scrapy
from scrapy.exporters import JsonLinesItemExporter

from playfast.exporters.jsonlines import FastJsonLinesExporter
from playfast.items import App
from playfast.play.nested import PermissionGroup

KEY = {"app_id": "com.example.one", "country": "us", "lang": "en", "status": "available"}
FULL = App(
    **KEY,
    title='Überschrift "zwei" 日本\n',
    score=4.5,
    histogram=(1, 2, 3, 4, 5),
    updated=datetime(2026, 6, 24, 22, 4, 44, 594000, tzinfo=UTC),
    scores_by_device={"phone": 4.2},
    permissions=(PermissionGroup("common", None, ("a",)),),
    free=True,
)


@dataclass
class Other:
    name: str
    app_id: int = 1


class Old(scrapy.Item):
    name = scrapy.Field()


def written(exporter, items, **options):
    file = BytesIO()
    made = exporter(file, **options)
    made.start_exporting()
    for item in items:
        made.export_item(item)
    made.finish_exporting()
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", None, "utf-16"])
@pytest.mark.parametrize(
    "fields", [None, ["title", "app_id"], {"title": "name", "score": "stars"}, ["title", "missing"]]
)
@pytest.mark.parametrize("item", [FULL, App(**KEY), {"app_id": "a", "title": "t"}, Old(name="n"), Other("x")])
def test_each_line_means_the_same(item, fields, encoding):
    options = {"fields_to_export": fields, "encoding": encoding, "indent": 0}
    ours, theirs = (
        written(exporter, [item], **options) for exporter in (FastJsonLinesExporter, JsonLinesItemExporter)
    )
    decode = encoding or "utf-8"
    assert json.loads(ours.decode(decode)) == json.loads(theirs.decode(decode))


def test_one_line_for_each_item_and_text_as_it_is():
    lines = written(FastJsonLinesExporter, [FULL, FULL], encoding="utf-8").decode().splitlines()
    assert len(lines) == 2
    assert "Überschrift" in lines[0]
    assert "日本" in lines[0]


def test_columns_come_in_the_order_that_was_asked():
    line = written(FastJsonLinesExporter, [FULL], fields_to_export=["score", "app_id"], encoding="utf-8")
    assert line == b'{"score":4.5,"app_id":"com.example.one"}\n'
