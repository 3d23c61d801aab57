"""Items of other people's classes come out as from Scrapy's own exporter, which knows more of them than orjson."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from scrapy.exporters import JsonLinesItemExporter

from playfast.exporters.jsonlines import FastJsonLinesExporter


@dataclass
class Priced:
    price: Any = Decimal("6.99")


@dataclass
class Tagged:
    tags: Any = field(default_factory=lambda: {"a"})


@dataclass
class Private:
    _id: int = 5
    name: str = "x"


@dataclass
class Serialized:
    name: str = field(default="x", metadata={"serializer": str.upper})


@dataclass
class Dated:
    day: date = date(2026, 6, 24)
    at: time = time(22, 4)


@dataclass
class Large:
    number: int = 2**70


@dataclass
class Unset:
    here: str = "x"
    there: str = field(init=False)


def written(exporter, item, **options):
    file = BytesIO()
    made = exporter(file, encoding="utf-8", **options)
    made.export_item(item)
    return json.loads(file.getvalue())


@pytest.mark.parametrize(
    "item",
    [Priced(), Tagged(), Private(), Serialized(), Dated(), Large(), Unset()],
    ids=lambda item: type(item).__name__,
)
def test_any_dataclass_is_written_as_scrapy_writes_it(item):
    assert written(FastJsonLinesExporter, item) == written(JsonLinesItemExporter, item)


@pytest.mark.parametrize("fields", [["price", "missing"], {"price": "cost", "missing": "none"}])
def test_empty_columns_are_exported_where_that_is_asked(fields):
    options = {"fields_to_export": fields, "export_empty_fields": True}
    item = Priced(6.99)
    assert written(FastJsonLinesExporter, item, **options) == written(JsonLinesItemExporter, item, **options)


def test_columns_may_come_one_by_one():
    """Every item has them, not only the first."""
    file = BytesIO()
    made = FastJsonLinesExporter(file, encoding="utf-8", fields_to_export=iter(["price"]))
    for _ in range(2):
        made.export_item(Priced(1.5))
    assert [json.loads(line) for line in file.getvalue().splitlines()] == [{"price": 1.5}] * 2
