"""Which items a feed takes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import scrapy
from scrapy.extensions.feedexport import ItemFilter

from playfast.extensions.feed_filter import ChosenItems
from playfast.items import App


class Old(scrapy.Item):
    status = scrapy.Field()


class Odd:
    @property
    def status(self):
        raise RuntimeError


def app(status):
    return App(app_id="a.b", country="us", lang="en", status=status)


ONLY = frozenset({"available"})


@pytest.mark.parametrize(
    ("item", "accepted"),
    [
        (app("available"), True), (app("error"), False), (app("not_found"), False),
        ({"status": "error"}, False), (Old(status="error"), False), (SimpleNamespace(status="error"), False),
        # other people's
        ({}, True), ({"status": 404}, True), ({"status": "open"}, True), (Old(), True), (object(), True), (Odd(), True),
    ],
)  # fmt: skip
def test_records_of_other_statuses_stay_out_and_what_has_none_passes(item, accepted):
    assert ChosenItems(ItemFilter(None), only=ONLY).accepts(item) is accepted
    assert ChosenItems(ItemFilter(None)).accepts(item)


def test_further_classes_stay_out_but_not_from_feeds_that_name_them():
    named = ItemFilter({"item_classes": [Old]})
    assert not ChosenItems(ItemFilter(None), but=(Old,)).accepts(Old())
    assert ChosenItems(ItemFilter(None), but=(Old,)).accepts(app("error"))
    assert ChosenItems(named).accepts(Old())
    assert not ChosenItems(named).accepts(app("error"))
    assert ChosenItems(named).item_classes == (Old,)


def test_the_other_filter_has_its_say():
    class Short(ItemFilter):
        def accepts(self, item):
            return len(item.app_id) < 3

    assert not ChosenItems(Short(None), only=ONLY).accepts(app("available"))
