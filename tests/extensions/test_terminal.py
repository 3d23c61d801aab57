"""A feed on a terminal shows no control characters; into a pipe it is written as it is."""

from __future__ import annotations

import io
import json

import pytest
from scrapy.exporters import CsvItemExporter

from playfast.exporters.csv_table import FastCsvExporter
from playfast.exporters.jsonlines import FastJsonLinesExporter
from playfast.exporters.xml_document import XmlDocumentExporter
from playfast.extensions.terminal import PrintableFile, TerminalFeedStorage
from playfast.items import App

EVIL = "a\x1b[31m\x9b2J\x07\u202eb\u2066"
ITEM = App(app_id="a.b", country="us", lang="en", status="available", title=EVIL, summary="日本\n")


class Terminal(io.BytesIO):
    def isatty(self):
        return True


def shown(exporter, stdout, **options):
    storage = TerminalFeedStorage("stdout:", stdout, feed_options={"encoding": "utf-8"})
    file = storage.open(None)
    made = exporter(file, encoding="utf-8", fields_to_export=["title", "summary"], **options)
    made.start_exporting()
    made.export_item(ITEM)
    made.finish_exporting()
    storage.store(file)
    return stdout.getvalue().decode()


@pytest.mark.parametrize(
    "exporter", [FastJsonLinesExporter, FastCsvExporter, XmlDocumentExporter, CsvItemExporter]
)
def test_a_terminal_is_shown_escapes(exporter):
    text = shown(exporter, Terminal())
    assert not [char for char in text if (not char.isprintable()) and char not in "\r\n"]
    assert "\\u202e" in text
    assert "日本" in text


def test_json_still_means_the_same_but_for_what_json_does_not_escape():
    harmless = App(app_id="a.b", country="us", lang="en", status="available", title="a\u202eb")
    stdout = Terminal()
    file = TerminalFeedStorage("stdout:", stdout).open(None)
    FastJsonLinesExporter(file, encoding="utf-8").export_item(harmless)
    assert json.loads(stdout.getvalue())["title"] == "a\u202eb"


def test_a_pipe_gets_the_bytes_as_they_are():
    stdout = io.BytesIO()
    storage = TerminalFeedStorage("stdout:", stdout, feed_options={"encoding": "utf-8"})
    assert storage.open(None) is stdout
    assert not storage.is_terminal


def test_rows_of_csv_end_as_they_do_elsewhere():
    assert "\\x0d" not in shown(FastCsvExporter, Terminal())


def test_a_character_may_come_in_two_parts():
    stdout = Terminal()
    file = PrintableFile(stdout, "utf-8")
    for byte in "日\x1b本".encode():
        file.write(bytes([byte]))
    file.close()
    assert stdout.getvalue().decode() == "日\\x1b本"
    assert not stdout.closed
