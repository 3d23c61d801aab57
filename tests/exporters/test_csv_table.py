"""CSV: what is in the cells, which columns there are, and how rows are added to a table that exists."""

from __future__ import annotations

import csv
import io
import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exporters import CsvItemExporter
from scrapy.spiders import Spider
from scrapy.utils.misc import build_from_crawler
from scrapy.utils.test import get_crawler

from playfast.exporters.csv_table import FastCsvExporter
from playfast.items import App
from playfast.play.fields import key
from tests.exporters.records import ANY_TEXT, APPS, as_dict, written
from tests.exporters.test_jsonlines import FULL, KEY, Old


@dataclass
class Chart:
    app_id: str = key("Which.", "a")
    rank: int = key("Where.", 1)


@dataclass
class Foreign:
    name: str = "=1+1"
    tags: Any = field(default_factory=lambda: ["a", None, {"b": Decimal("1.5")}])
    price: Any = Decimal("-6.99")
    free: bool = True
    at: Any = datetime(2026, 6, 24, tzinfo=UTC)
    none: Any = None


def table(items, **options):
    text = written(FastCsvExporter, items, **options).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def row(item, **options):
    header, cells = table([item], **options)
    return dict(zip(header, cells, strict=True))


def test_a_row_has_every_declared_field_as_in_json():
    cells = row(FULL)
    assert list(cells) == list(as_dict(FULL))
    assert cells["title"] == FULL.title
    assert cells["summary"] == ""
    assert cells["score"] == "4.5"
    assert cells["free"] == "true"
    assert cells["histogram"] == "[1,2,3,4,5]"
    assert cells["scores_by_device"] == '{"phone":4.2}'
    assert json.loads(cells["permissions"]) == as_dict(FULL)["permissions"]
    assert cells["updated"] == json.loads(orjson.dumps(FULL.updated))


def test_nested_text_is_not_escaped():
    assert row(App(**KEY, screenshots=("日本",)))["screenshots"] == '["日本"]'


@pytest.mark.parametrize(
    ("fields", "header"),
    [
        (["score", "app_id"], ["score", "app_id"]),
        ({"score": "stars", "app_id": "id"}, ["stars", "id"]),
        (iter(["app_id", "missing"]), ["app_id", "missing"]),
        (["title"], ["title"]),
    ],
)
def test_the_columns_are_those_that_were_asked(fields, header):
    found = table([FULL, FULL], fields_to_export=fields)
    assert found[0] == header
    assert found[1] == found[2]
    assert all(len(cells) == len(header) for cells in found)


def test_a_row_of_one_empty_cell_is_no_blank_line():
    assert written(FastCsvExporter, [App(**KEY)], fields_to_export=["title"]) == b'title\r\n""\r\n'


@settings(deadline=None)
@given(APPS)
def test_a_row_means_what_scrapy_writes_but_for_what_is_nested_or_true_or_false(item):
    names = ["app_id", "title", "fetched_at", "min_installs"]
    ours = row(item, fields_to_export=names, harmless=False)
    theirs = written(CsvItemExporter, [item], fields_to_export=names).decode()
    _, cells = csv.reader(io.StringIO(theirs, newline=""))
    cells[2] = cells[2].replace(" ", "T")
    assert list(ours.values()) == cells


@settings(deadline=None)
@given(APPS)
def test_any_record_can_be_read_back(item):
    cells, is_harmless = row(item), {}
    for name, value in as_dict(item).items():
        cell = cells[name]
        if value is None:
            assert cell == ""
        elif isinstance(value, str):
            assert cell in (value, f"'{value}")
            is_harmless[name] = cell[:1] not in "=@\t\r\n＝＋－＠" or not cell
        elif isinstance(value, datetime):
            assert datetime.fromisoformat(cell) == value
        else:
            assert json.loads(cell) == value
    assert all(is_harmless.values())


@settings(deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_cells_are_quoted_as_the_standard_library_does(cells):
    kind = dict.fromkeys(map(str, range(len(cells))), "")
    item = dict(zip(kind, cells, strict=True))
    declared = [App(**KEY, title=cells[0], summary=cells[-1])]
    theirs = written(CsvItemExporter, declared, fields_to_export=["title", "summary"])
    assert written(FastCsvExporter, declared, fields_to_export=["title", "summary"], harmless=False) == theirs
    assert written(FastCsvExporter, [item], harmless=False) == written(CsvItemExporter, [item])


@pytest.mark.parametrize("options", [{"delimiter": ";"}, {"quoting": csv.QUOTE_ALL}, {"encoding": "utf-16"}])
def test_options_of_the_csv_module_are_heeded(options):
    fields = ["app_id", "title", "min_installs"]
    item = App(**KEY, title="a;b,c", min_installs=5)
    ours, theirs = (
        written(exporter, [item], fields_to_export=fields, **options)
        for exporter in (FastCsvExporter, CsvItemExporter)
    )
    assert ours == theirs


def test_formulas_are_made_harmless_unless_that_is_turned_off():
    item = App(**KEY, title="=1+1", price=-1.5, trader_phone="+49 30 123", screenshots=("=1",))
    cells = row(item)
    assert cells["title"] == "'=1+1"
    assert cells["price"] == "-1.5"
    assert cells["trader_phone"] == "+49 30 123"
    assert cells["screenshots"] == '["=1"]'
    assert row(item, harmless=False)["title"] == "=1+1"


@pytest.mark.parametrize(("value", "cell"), [(None, "'=1"), ("True", "'=1"), ("False", "=1")])
def test_a_setting_turns_it_off(value, cell):
    chosen = {} if value is None else {"PLAYFAST_CSV_HARMLESS": value}
    crawler = get_crawler(Spider, settings_dict=chosen)
    file = io.BytesIO()
    made = build_from_crawler(FastCsvExporter, crawler, file, fields_to_export=["title"], encoding="utf-8")
    made.export_item(App(**KEY, title="=1"))
    assert file.getvalue().decode().splitlines()[1] == cell


def test_items_of_other_classes_follow_the_same_rules():
    assert row(Foreign()) == {
        "name": "'=1+1",
        "tags": '["a",null,{"b":"1.5"}]',
        "price": "-6.99",
        "free": "true",
        "at": "2026-06-24T00:00:00+00:00",
        "none": "",
    }
    assert row(Old(name="@x")) == {"name": "'@x"}
    assert row({"=a": {"x": {1, 2}}, "b": object}) == {"'=a": '{"x":[1,2]}', "b": "<class 'object'>"}


def test_lists_can_be_joined_as_scrapy_does():
    assert row({"tags": ["a", "b"]}, join_multivalued="|") == {"tags": "a|b"}


@pytest.mark.parametrize("items", [[FULL, Chart()], [FULL, {"app_id": "a", "rank": 1}]])
def test_a_second_class_keeps_the_columns_of_the_first_and_what_is_left_out_is_told(items, caplog):
    with caplog.at_level(logging.WARNING):
        found = table([*items, *items])
    assert len({len(cells) for cells in found}) == 1
    assert len([line for line in caplog.messages if "rank" in line]) == 1


def test_a_table_of_no_items_has_its_header():
    def empty(kind, **options):
        file = io.BytesIO()
        made = FastCsvExporter(file, **options)
        made.expect(kind)
        made.start_exporting()
        made.finish_exporting()
        return file.getvalue()

    assert empty(Chart) == b"app_id,rank\r\n"
    assert empty(None, fields_to_export=["x"]) == b"x\r\n"
    assert empty(None) == empty(Old) == empty(Chart, include_headers_line=False) == b""


@pytest.mark.parametrize(
    ("there", "options", "refused"),
    [
        (b"app_id,rank\r\na,1\r\n", {}, None),
        (b'"app_id","rank"\n', {}, None),
        (b"app_id;rank\n", {"delimiter": ";"}, None),
        (b"app_id\n", {}, "it lacks rank"),
        (b"app_id,rank,more\n", {}, "it has more"),
        (b"rank,app_id\n", {}, "another order"),
        (b"rank,app_id\n", {"include_headers_line": False}, None),
        (b"x\n", {"fields_to_export": {"rank": "x"}}, None),
    ],
)
def test_rows_are_added_under_the_same_header_alone(there, options, refused):
    told = FastCsvExporter(io.BytesIO(), **options).continues(io.BytesIO(there), Chart)
    assert told is None if refused is None else refused in told


def test_without_a_known_class_or_a_readable_file_rows_are_added_unseen():
    made = FastCsvExporter(io.BytesIO())
    assert made.continues(io.BytesIO(b"x\n"), None) is None
    assert made.continues(None, Chart) is None
