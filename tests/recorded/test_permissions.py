"""Permissions: of the one answer on record of the RPC that lists them alone, and of every recorded record of an app."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from playfast.items import Permissions
from playfast.pipelines.validation import ValidationPipeline
from playfast.play import parts
from playfast.play.fields import Extractor

from .recordings import ALL, answer, expected, extracted, fields_of, payload
from .written import as_json, row, row_of

FIELDS = fields_of(Permissions)
TRANSLATE = "translate_en_us"  # the app whose permissions were asked for alone, on the same day


def read(message: Any) -> tuple[Permissions, list[Any]]:
    keys = {"app_id": "org.example.asked", "country": "us", "lang": "en", "status": "available"}
    invalid: list[Any] = []
    return Extractor(Permissions)(message, keys, lambda *why: invalid.append(why)), invalid


def test_the_answer_of_permissions_alone():
    """Ten groups, each permission as it stands there."""
    found = as_json(parts.permissions(answer("permissions_xdSrCf")))
    assert found == expected("permissions_xdSrCf")
    assert (len(found), sum(len(group["permissions"]) for group in found)) == (10, 24)


def test_a_record_holds_the_same():
    """So that permissions come with the record, many apps in a request."""
    item, _ = read(payload(TRANSLATE))
    assert as_json(item.permissions) == expected("permissions_xdSrCf")


@pytest.mark.parametrize("name", ALL)
def test_of_a_record(name):
    like = {field: expected("trust_of_details")[name][field] for field in FIELDS}
    item, invalid = read(payload(name))
    assert invalid == []
    assert row(item, like) == row_of(like)


@pytest.mark.parametrize("name", ALL)
def test_as_the_app_itself_says(name):
    item, _ = read(payload(name))
    assert (item.permissions or None) == extracted(name).item.permissions
    assert item.title == extracted(name).item.title


def test_a_record_that_was_not_asked_does_not_say():
    """The page of 2022 did not ask for permissions: not stated is another thing than not asked."""
    item, _ = read(payload("minecraft_en_us_2022"))
    assert (item.stated, item.permissions) == (None, None)


def without(*paths: tuple[int, ...]) -> Any:
    """The record with nothing at these places."""
    message = copy.deepcopy(payload(TRANSLATE))
    for *way, last in paths:
        node = message[1][2]
        for place in way:
            node = node[place]
        node[last] = None
    return message


@pytest.mark.parametrize(
    ("paths", "stated", "permissions"),
    [
        pytest.param([(74,)], False, None, id="nothing is stated"),
        pytest.param([(74, 2, 0), (74, 2, 1), (74, 2, 2)], True, (), id="there are none"),
        pytest.param([(74, 2)], True, (), id="there is no list"),
    ],
)
def test_none_is_not_the_same_as_not_stated(paths, stated, permissions):
    item, invalid = read(without(*paths))
    assert invalid == []
    assert (item.stated, item.permissions) == (stated, permissions)


def test_nothing_recorded_is_refused():
    pipeline = ValidationPipeline.from_crawler(get_crawler())
    for name in ALL:
        item, _ = read(payload(name))
        assert pipeline.process_item(copy.deepcopy(item)) == item
    assert pipeline.crawler.stats.get_stats() == {}
