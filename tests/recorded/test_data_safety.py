"""The one data-safety label on record, field by field, and what app pages say, which do not ask for it.

The expectations come from a walk over the raw JSON, checked against the visible text of the label's page: each kind of data, whether it is
optional and what for, the practices, the link to the privacy policy.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from playfast.items import DataSafety
from playfast.pipelines.validation import ValidationPipeline
from playfast.play.fields import Extractor
from playfast.play.page import details

from .recordings import ALL, expected, fields_of, payload, whole_page
from .written import row, row_of

FIELDS = fields_of(DataSafety)
NAME = "label_datasafety_translate_en_pl"
OF_THE_LABEL = tuple(field for field in FIELDS if field not in {"title", "privacy_policy"})


def read(message: Any) -> tuple[DataSafety, list[Any]]:
    keys = {"app_id": "org.example.asked", "country": "pl", "lang": "en", "status": "available"}
    invalid: list[Any] = []
    return Extractor(DataSafety)(message, keys, lambda *why: invalid.append(why)), invalid


@cache
def label() -> tuple[DataSafety, list[Any]]:
    return read(details(whole_page("datasafety/translate_en_pl")))


@pytest.mark.parametrize("field", FIELDS)
def test_field(field):
    like = {field: expected(NAME)[field]}
    item, invalid = label()
    assert invalid == []
    assert row(item, like) == row_of(like)


def test_every_field_has_an_expectation():
    assert sorted(expected(NAME)) == sorted(FIELDS)


def test_every_row_of_the_label():
    """16 kinds of data in 7 categories, of which people can refuse 7; none that is shared, and that is said."""
    item, _ = label()
    assert len(item.collected) == 16
    assert len({one.category for one in item.collected}) == 7
    assert sum(one.optional for one in item.collected) == 7
    assert (item.shares, item.shared) == (False, ())
    assert len(item.practices) == 3


def test_what_is_asked():
    """The fields that the label's page asks for hold every field of the item."""
    assert set(Extractor(DataSafety).mask) <= {1, 69, 70, 96, 100, 138}


@pytest.mark.parametrize("name", ALL)
def test_an_app_s_page_does_not_say(name):
    """It was not asked for the label, so nobody knows; not that there is none."""
    like = expected("trust_of_details")[name]
    assert like["label_served"] is False
    item, invalid = read(payload(name))
    assert invalid == []
    assert {field: getattr(item, field) for field in OF_THE_LABEL} == dict.fromkeys(OF_THE_LABEL)
    assert (item.title, item.privacy_policy) == (like["title"], like["privacy_policy"])


def test_an_answer_without_the_label():
    """Asked for and not there: the developer has declared nothing."""
    message = copy.deepcopy(details(whole_page("datasafety/translate_en_pl")))
    del message[1][2][-1]["138"]
    item, invalid = read(message)
    assert invalid == []
    assert item.stated is False
    assert {field: getattr(item, field) for field in OF_THE_LABEL if field != "stated"} == {
        field: None for field in OF_THE_LABEL if field != "stated"
    }


def test_nothing_recorded_is_refused():
    pipeline = ValidationPipeline.from_crawler(get_crawler())
    for item, _ in (label(), *(read(payload(name)) for name in ALL)):
        assert pipeline.process_item(copy.deepcopy(item)) == item
    assert pipeline.crawler.stats.get_stats() == {}
