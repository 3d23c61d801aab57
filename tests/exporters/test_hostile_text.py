"""What no writer of records expects in a text: through every exporter, and read again by another reader of its format."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import xml.etree.ElementTree as ET

import pytest

from playfast.exporters.csv_table import FastCsvExporter
from playfast.exporters.json_array import FastJsonExporter
from playfast.exporters.jsonlines import FastJsonLinesExporter
from playfast.exporters.parquet import ParquetExporter
from playfast.exporters.xml_document import XmlDocumentExporter
from playfast.items import App
from playfast.play.nested import Category, PermissionGroup
from playfast.play.whole_text import whole

from .records import written

HOSTILE = {
    "NUL": "a\0b", "escape": "a\x1b[2Jb", "half a pair": "a\ud83db", "the other half": "\ude00", "two halves the wrong way round": "\ude00\ud83d",
    "no character": "a\ufffe\uffffb", "line ends": "a\r\nb\rc\nd\u2028e\x85", "right to left": "a\u202eb", "quotes": "\"'`,;\t|",
    "a formula": "=cmd|'/c calc'!A1", "markup": "</title><script>]]>&amp;<!--", "long": "x" * 300_000, "a byte order mark": "\ufeffa",
}  # fmt: skip


def record(text: str) -> App:
    return App(
        app_id="com.example.kettle",
        country="us",
        lang="en",
        status="available",
        title=text,
        categories=(Category("TOOLS", text),),
        permissions=(PermissionGroup("common", text, (text, "b")),),
        scores_by_device={text: 4.5},
    )


def all_of(text: str, exporter, **options) -> bytes:
    return written(exporter, [record("before"), record(text), record("after")], **options)


def readable(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


cases = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def told(found: list[dict], text: str) -> None:
    assert [entry["title"] for entry in found] == ["before", text, "after"]
    middle = found[1]
    assert middle["categories"] == [{"id": "TOOLS", "name": text}]
    assert middle["permissions"] == [{"kind": "common", "group": text, "permissions": [text, "b"]}]


@cases
@pytest.mark.parametrize("fields", [None, ["title", "categories", "permissions", "scores_by_device"]])
def test_json_lines(text, fields):
    lines = all_of(text, FastJsonLinesExporter, fields_to_export=fields).decode().split("\n")
    assert lines.pop() == ""
    found = [json.loads(line) for line in lines]
    told(found, readable(text))
    assert found[1]["scores_by_device"] == {readable(text): 4.5}


@cases
def test_json(text):
    told(json.loads(all_of(text, FastJsonExporter)), readable(text))


@cases
@pytest.mark.parametrize("options", [{}, {"delimiter": ";"}], ids=["plain", "with a delimiter"])
def test_csv(text, options):
    body = all_of(text, FastCsvExporter, harmless=False, **options).decode()
    before = csv.field_size_limit(10_000_000)
    try:
        found = list(csv.DictReader(io.StringIO(body, newline=""), **options))
    finally:
        csv.field_size_limit(before)
    for entry in found:
        entry["categories"], entry["permissions"] = (
            json.loads(entry["categories"]),
            json.loads(entry["permissions"]),
        )
    told(found, readable(text))


@cases
def test_xml(text):
    held = "".join(
        character
        if character in "\t\n\r" or "\x20" <= character <= "\ud7ff" or "\ue000" <= character <= "\ufffd"
        else "\ufffd"
        for character in text
    )
    root = ET.fromstring(all_of(text, XmlDocumentExporter).decode())
    assert [item.findtext("title") for item in root] == ["before", held, "after"]
    assert root[1].findtext("categories/value/name") == held
    assert root[1].findtext("permissions/value/permissions/value") == held


@cases
def test_parquet(text):
    parquet = pytest.importorskip("pyarrow.parquet")
    told(parquet.read_table(io.BytesIO(all_of(text, ParquetExporter))).to_pylist(), readable(text))


def test_only_texts_that_are_not_whole_are_changed():
    item = record("a\ud83d")
    assert whole(item) == record("a\ufffd")
    assert item.title == "a\ud83d"
    assert whole(record("whole 😀")) == record("whole 😀")
    assert whole([1, None, 2.5, True, ("\udfff",), {"\ud800": object}]) == [
        1, None, 2.5, True, ("\ufffd",), {"\ufffd": object},
    ]  # fmt: skip


def test_what_cannot_be_written_for_another_reason_is_still_an_error():
    for exporter in (FastJsonLinesExporter, FastJsonExporter, FastCsvExporter):
        with pytest.raises(TypeError):
            written(exporter, [dataclasses.replace(record("a"), categories=(object(),))])
