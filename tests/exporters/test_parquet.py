"""Parquet: types from the declarations, row groups of the size that was asked, and what is read back is what was written."""

from __future__ import annotations

import dataclasses
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exceptions import NotConfigured

from playfast import items as declared_items
from playfast.exporters.declared import is_declared
from playfast.exporters.parquet import ParquetExporter
from playfast.items import App
from playfast.play.fields import docs, key
from tests.exporters.records import APPS, HINTS, as_dict, written
from tests.exporters.test_jsonlines import FULL, KEY, Old

pa = pytest.importorskip("pyarrow", reason="needs pyarrow: pip install pyarrow")
pq = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow: pip install pyarrow")
arrow = pytest.importorskip("playfast.play.arrow", reason="needs pyarrow")


@dataclass
class Chart:
    app_id: str = key("Which.", "a")
    rank: int = key("Where.", 1)


@dataclass
class Inner:
    name: str | None
    sizes: tuple[int, ...]


def read(data):
    return pq.read_table(BytesIO(data))


def rows(items, **options):
    """What is read back, maps as dicts."""
    table = read(written(ParquetExporter, items, **options))
    maps = {field.name for field in table.schema if pa.types.is_map(field.type)}
    return [
        {name: dict(value) if name in maps and value is not None else value for name, value in row.items()}
        for row in table.to_pylist()
    ]


def test_the_columns_have_the_declared_types_and_meanings():
    schema = pq.read_schema(BytesIO(written(ParquetExporter, [FULL])))
    assert schema.names == list(HINTS)
    types = {field.name: str(field.type) for field in schema}
    assert types["title"] == "string"
    assert types["min_installs"] == "int64"
    assert types["score"] == "double"
    assert types["free"] == "bool"
    assert types["updated"] == "timestamp[us, tz=UTC]"
    assert types["histogram"] == "list<element: int64>"
    assert types["screenshot_sizes"] == "list<element: list<element: int64>>"
    assert types["scores_by_device"].startswith("map<string, double")
    assert types["categories"] == "list<element: struct<id: string, name: string>>"
    meanings = {field.name: field.metadata[b"description"].decode() for field in schema}
    assert meanings == docs(App)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in vars(declared_items).values() if dataclasses.is_dataclass(kind) and is_declared(kind)],
)
def test_every_item_class_has_a_schema(kind):
    pairs = [(field.name, field.name) for field in dataclasses.fields(kind)]
    assert arrow.Declared(kind, pairs).schema.names


@settings(deadline=None)
@given(st.lists(APPS, min_size=1, max_size=4))
def test_any_records_can_be_read_back(records):
    assert rows(records) == [as_dict(record) for record in records]


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        (["score", "app_id"], ["score", "app_id"]),
        ({"score": "stars", "app_id": "id"}, ["stars", "id"]),
        (iter(["app_id", "missing"]), ["app_id"]),
        (["title"], ["title"]),
        (["missing"], []),
    ],
)
def test_the_columns_are_those_that_were_asked(fields, names):
    table = read(written(ParquetExporter, [FULL, FULL], fields_to_export=fields))
    assert table.schema.names == names
    if "id" in names:
        assert table.schema.field("id").metadata[b"description"].decode() == docs(App)["app_id"]


@pytest.mark.parametrize("kind", ["declared", "other"])
@pytest.mark.parametrize(("size", "groups"), [(1, [1] * 7), (3, [3, 3, 1]), (7, [7]), (100, [7])])
def test_row_groups_have_the_size_that_was_asked(size, groups, kind):
    records = [
        App(**{**KEY, "app_id": str(n)}) if kind == "declared" else {"app_id": str(n)} for n in range(7)
    ]
    data = written(ParquetExporter, records, row_group_size=size)
    file = pq.ParquetFile(BytesIO(data))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == groups
    assert read(data).column("app_id").to_pylist() == [str(n) for n in range(7)]


def test_rows_wait_in_chunks_and_keep_their_order():
    records = [Chart(rank=n) for n in range(1234)]
    assert [row["rank"] for row in rows(records)] == list(range(1234))


@pytest.mark.parametrize(
    ("compression", "codec"), [("zstd", "ZSTD"), ("gzip", "GZIP"), ("none", "UNCOMPRESSED"), (None, "ZSTD")]
)
def test_the_codec_can_be_chosen(compression, codec):
    options = {} if compression is None else {"compression": compression}
    file = pq.ParquetFile(BytesIO(written(ParquetExporter, [FULL], **options)))
    assert file.metadata.row_group(0).column(0).compression == codec


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"row_group_size": 0}, ValueError),
        ({"compression": "foo"}, Exception),
        ({"not_an_option": 1}, TypeError),
    ],
)
def test_wrong_options_are_told_before_there_is_an_item(options, error):
    with pytest.raises(error):
        ParquetExporter(BytesIO(), **options)


def test_it_needs_nothing_of_a_file_but_that_it_takes_bytes():
    class Taking:
        def __init__(self):
            self.data = b""

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    file = Taking()
    made = ParquetExporter(file)
    made.export_item(FULL)
    made.finish_exporting()
    assert read(file.data).num_rows == 1


def test_the_file_stays_open():
    file = BytesIO()
    made = ParquetExporter(file)
    made.export_item(FULL)
    made.finish_exporting()
    assert not file.closed


@pytest.mark.parametrize(
    "items", [[FULL, Chart()], [FULL, {"a": 1}], [{"a": 1}, FULL], [Old(name="x"), {"a": 1}]]
)
def test_a_second_class_is_refused_with_the_way_out(items):
    made = ParquetExporter(BytesIO())
    made.export_item(items[0])
    with pytest.raises(TypeError, match="item_classes"):
        made.export_item(items[1])


def test_what_came_before_an_error_can_still_be_read():
    file = BytesIO()
    made = ParquetExporter(file)
    made.export_item(FULL)
    with pytest.raises(TypeError):
        made.export_item({})
    made.finish_exporting()
    assert read(file.getvalue()).num_rows == 1


def test_a_table_of_no_items_has_its_columns():
    file = BytesIO()
    made = ParquetExporter(file, fields_to_export=["rank"])
    made.expect(Chart)
    made.start_exporting()
    made.finish_exporting()
    assert str(read(file.getvalue()).schema.field("rank").type) == "int64"
    assert read(written(ParquetExporter, [])).schema.names == []


def test_a_value_that_its_column_cannot_hold_is_told_by_name():
    made = ParquetExporter(BytesIO())
    made.export_item(App(**KEY, min_installs="many"))
    with pytest.raises(TypeError, match="min_installs"):
        made.finish_exporting()


@pytest.mark.parametrize(
    "hint",
    [Any, int | str, dict[int, str], dict[str, Any], tuple[int, str], Literal["a"], Decimal, list[object]],
)
def test_an_annotation_without_a_type_is_refused(hint):
    with pytest.raises(TypeError, match="no column"):
        arrow.arrow_type(hint)


def test_a_shape_is_a_struct():
    assert str(arrow.arrow_type(list[Inner] | None)) == (
        "list<item: struct<name: string, sizes: list<item: int64>>>"
    )


# Items of other people's classes


@dataclass
class Foreign:
    name: str = "x"
    at: datetime = datetime(2026, 6, 24, tzinfo=UTC)
    price: Any = Decimal("1.50")
    tags: Any = None


def test_their_types_follow_from_the_first_row_group():
    table = read(written(ParquetExporter, [Foreign(), Foreign(tags=[{"a": 1}, {"b": {"x"}}])]))
    assert {field.name: str(field.type) for field in table.schema} == {
        "name": "string",
        "at": "timestamp[us, tz=UTC]",
        "price": "string",
        "tags": "list<element: struct<a: int64, b: list<element: string>>>",
    }
    assert rows([Old(name="n")]) == [{"name": "n"}]


def test_a_column_may_be_empty_at_first():
    found = rows(
        [{"a": None, "b": [], "c": {"d": None}}, {"a": "x", "b": ["y"], "c": {"d": "z"}}], row_group_size=1
    )
    assert found == [{"a": None, "b": [], "c": {"d": None}}, {"a": "x", "b": ["y"], "c": {"d": "z"}}]


def test_keys_may_come_late_in_the_first_row_group_and_are_told_after_it(caplog):
    with caplog.at_level(logging.WARNING):
        found = rows([{"a": 1}, {"b": 2}, {"a": 3, "late": 4}, {"late": 5}, {"late": 6}], row_group_size=2)
    assert found == [
        {"a": 1, "b": None}, {"a": None, "b": 2}, {"a": 3, "b": None}, {"a": None, "b": None}, {"a": None, "b": None},
    ]  # fmt: skip
    assert len([line for line in caplog.messages if "late" in line]) == 1


def test_values_of_several_types_in_a_column_are_told_by_name():
    made = ParquetExporter(BytesIO())
    made.export_item({"a": 1})
    made.export_item({"a": "x"})
    with pytest.raises(TypeError, match="column a"):
        made.finish_exporting()


# Without pyarrow


def test_without_pyarrow_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "playfast.exporters.arrow_tables", raising=False)
    with pytest.raises(NotConfigured, match="pip install pyarrow"):
        ParquetExporter(BytesIO())
