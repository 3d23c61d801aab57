"""JSON arrays mean what Scrapy's own exporter writes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exporters import JsonItemExporter, JsonLinesItemExporter

from playfast.exporters.json_array import FastJsonExporter
from playfast.exporters.jsonlines import FastJsonLinesExporter
from playfast.items import App
from tests.exporters.records import APPS, written
from tests.exporters.test_jsonlines import FULL, KEY, Old, Other

MIXED = [FULL, {"app_id": "a", "title": "t"}, App(**KEY), Old(name="n"), Other("x")]


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("encoding", ["utf-8", None, "utf-16"])
@pytest.mark.parametrize("fields", [None, ["title", "app_id"], {"title": "name"}, ["missing", "title"]])
@pytest.mark.parametrize("items", [[], [FULL], MIXED], ids=["none", "one", "mixed"])
def test_the_array_means_the_same(items, fields, encoding, indent):
    options = {"fields_to_export": fields, "encoding": encoding, "indent": indent}
    ours, theirs = (written(exporter, items, **options) for exporter in (FastJsonExporter, JsonItemExporter))
    if encoding == "utf-16":
        assert (
            ours == theirs
        )  # nobody can read what Scrapy writes: a mark of the byte order before every item
    else:
        assert json.loads(ours) == json.loads(theirs)
        assert ours.count(b"\n") == theirs.count(b"\n")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(FastJsonExporter, JsonItemExporter), (FastJsonLinesExporter, JsonLinesItemExporter)],
)
def test_an_option_for_the_encoder_is_heeded(ours, theirs):
    options = {"sort_keys": True, "fields_to_export": ["title", "app_id"]}
    assert written(ours, [FULL], **options) == written(theirs, [FULL], **options)


@settings(deadline=None)
@given(st.lists(APPS, max_size=3))
def test_any_records_can_be_read_back(items):
    array = json.loads(written(FastJsonExporter, items, indent=0))
    lines = written(FastJsonLinesExporter, items).splitlines()
    assert array == [json.loads(line) for line in lines]


def test_an_item_that_cannot_be_written_leaves_the_array_whole():
    class Failing(FastJsonExporter):
        def export_item(self, item):
            try:
                super().export_item(item)
            except TypeError:
                self.failed = True

    broken = App(**{**KEY, "app_id": object()})
    assert (
        json.loads(written(Failing, [App(**KEY), broken, App(**KEY)]))
        == [json.loads(written(FastJsonLinesExporter, [App(**KEY)]))] * 2
    )
