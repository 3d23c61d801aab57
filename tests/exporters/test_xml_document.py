"""XML: every document can be read, and holds what the items hold."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exporters import XmlItemExporter

from playfast.exporters.xml_document import XmlDocumentExporter
from playfast.items import App
from playfast.play.nested import PermissionGroup
from tests.exporters.records import APPS, as_dict, written
from tests.exporters.test_jsonlines import FULL, KEY, Old

REPLACED = "\ufffd"


@dataclass
class Part:
    name: str = "p"
    value: object = None


def items(data):
    return list(ET.fromstring(data))


def item(of, **options):
    (element,) = items(written(XmlDocumentExporter, [of], **options))
    return element


def value(element, like):
    """What an element holds, read as a value like another one."""
    if element is None or element.get("nil") == "true":
        return None
    if isinstance(like, dict):
        members = {child.get("key", child.tag): child for child in element}
        return {key: value(members.get(possible(key)), member) for key, member in like.items()}
    if isinstance(like, list):
        return [value(child, member) for child, member in zip(element, like, strict=True)]
    text = element.text or ""
    if like is None or isinstance(like, str):
        return text
    if isinstance(like, bool):
        return {"true": True, "false": False}[text]
    return datetime.fromisoformat(text) if isinstance(like, datetime) else type(like)(text)


def possible(text):
    return "".join(
        char
        if char in "\t\n\r" or "\x20" <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"
        else REPLACED
        for char in text
    )


def as_read(told):
    """A value with the characters that XML cannot hold replaced."""
    if isinstance(told, str):
        return possible(told)
    if isinstance(told, dict):
        return {key: as_read(member) for key, member in told.items()}
    return [as_read(member) for member in told] if isinstance(told, list) else told


@settings(deadline=None)
@given(APPS, st.sampled_from([None, 0]))
def test_any_record_can_be_read_back(record, indent):
    element = item(record, indent=indent)
    found = as_dict(record)
    for name, told in found.items():
        if isinstance(told, dict) and len({possible(key) for key in told}) < len(told):
            continue  # two keys that differ only in what XML cannot hold
        assert value(element.find(name), told) == as_read(told)
    assert [child.tag for child in element] == [name for name, told in found.items() if told is not None]


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_read_back(text):
    """Half pairs of surrogates too, which UTF-8 cannot hold."""
    element = item({"title": text, "nested": [{"a b": text}]})
    assert (element.find("title").text or "") == possible(text)
    assert (element.find("nested/value/value").text or "") == possible(text)


@settings(deadline=None)
@given(st.text(min_size=1))
def test_any_key_can_be_read_back(key):
    (child,) = item({"outer": {key: "x"}}).find("outer")
    assert child.get("key", child.tag) == possible(key)
    assert child.text == "x"


def test_none_is_left_out_and_never_a_word():
    text = written(XmlDocumentExporter, [App(**KEY), {"a": None, "b": {"c": None, "d": [None, 1]}}]).decode()
    assert "None" not in text
    app, other = items(text.encode())
    assert [child.tag for child in app] == list(KEY)
    assert [child.tag for child in other] == ["b"]
    assert [child.tag for child in other.find("b")] == ["d"]


def test_none_in_a_list_keeps_its_place():
    sizes = item(App(**KEY, screenshot_sizes=(None, (1, 2), None))).find("screenshot_sizes")
    assert [child.get("nil") for child in sizes] == ["true", None, "true"]


def test_true_false_numbers_and_times_are_written_as_in_json():
    element = item(
        {
            "yes": True, "no": False, "whole": 5, "part": 1e22, "at": datetime(2026, 6, 24, tzinfo=UTC),
            "day": date(2026, 6, 24), "money": Decimal("1.50"), "empty": "", "none": [],
        }
    )  # fmt: skip
    assert {child.tag: child.text for child in element} == {
        "yes": "true", "no": "false", "whole": "5", "part": orjson.dumps(1e22).decode(), "at": "2026-06-24T00:00:00+00:00",
        "day": "2026-06-24", "money": "1.50", "empty": None, "none": None,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["App name", "50+", "a:b", "", "<x>", 'a"b', "a\nb", "-a", "1a", "a&b"])
def test_a_name_that_no_element_can_have_is_an_attribute(name):
    (child,) = item(FULL, fields_to_export={"title": name})
    assert (child.tag, child.get("key"), child.text) == ("value", name, FULL.title)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", None])
def test_names_of_other_scripts_are_attributes_that_every_encoding_can_write(encoding):
    (child,) = item(FULL, fields_to_export={"title": "제목"}, encoding=encoding)
    assert (child.tag, child.get("key"), child.text) == ("value", "제목", FULL.title)


PLAIN = App(
    **KEY,
    title='a <b> & "c"',
    score=4.5,
    permissions=(PermissionGroup("k", "g", ("a", "b")),),
)


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
@pytest.mark.parametrize("options", [{}, {"item_element": "app", "root_element": "apps"}])
@pytest.mark.parametrize(
    "record", [PLAIN, {"a": "x", "b": {"c": ["d", "e"]}}, Old(name="n"), Part(value="v")]
)
def test_what_both_can_write_is_written_as_by_scrapy(record, indent, options):
    fields = [name for name, told in as_dict(record).items() if told is not None] if record is PLAIN else None
    options = {**options, "indent": indent, "fields_to_export": fields}
    told = App(**as_dict(record)) if record is PLAIN else record  # Scrapy's knows dicts, but no shapes
    ours = written(XmlDocumentExporter, [record, record], **options)
    assert ours.decode() == written(XmlItemExporter, [told, told], **options).decode()


def test_items_within_items_are_elements():
    element = item({"part": Part(value=[Part()])})
    assert element.find("part/value/value/name").text == "p"


def test_a_document_of_no_items_can_be_read():
    assert items(written(XmlDocumentExporter, [])) == []


@pytest.mark.parametrize("option", ["item_element", "root_element"])
def test_a_name_that_makes_no_document_is_refused(option):
    with pytest.raises(ValueError, match="no name"):
        XmlDocumentExporter(BytesIO(), **{option: "an app"})
