"""No genuine record may lose a value: the validation refuses nothing that was recorded."""

from __future__ import annotations

import copy

import pytest
from scrapy.utils.test import get_crawler

from playfast.items import App
from playfast.pipelines.validation import ValidationPipeline
from playfast.play.fields import rules

from .recordings import ALL, PAGES, extract, extracted, payload


def validated(item):
    """A record after validation, and the statistics of what was refused."""
    pipeline = ValidationPipeline.from_crawler(get_crawler())
    checked = pipeline.process_item(copy.deepcopy(item))
    return checked, pipeline.crawler.stats.get_stats()


@pytest.mark.parametrize("name", ALL)
def test_nothing_recorded_is_refused(name):
    item = extracted(name).item
    checked, refused = validated(item)
    assert checked == item
    assert refused == {}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_refused_without_what_only_the_page_carries(name):
    """As over RPC."""
    item = extract(name, payload(name)).item
    checked, refused = validated(item)
    assert checked == item
    assert refused == {}


def test_the_recordings_put_the_rules_to_the_test():
    """Most rules meet a value; for the others the tests of the rules have to do."""
    met = {field for field in rules(App) if any(extracted(name).value(field) is not None for name in ALL)}
    assert len(met) > 0.8 * len(rules(App)), sorted(rules(App).keys() - met)
    across = {rule.words for rule in App.across if any(_met(rule, name) for name in ALL)}
    assert len(across) >= len(App.across) - 2


def _met(rule, name):
    return all(extracted(name).value(field) is not None for field in rule.fields)


@pytest.mark.parametrize("name", ALL)
def test_a_recorded_value_in_another_s_place_is_refused(name):
    """The rules are not so wide that a moved field slips through all of them."""
    item = copy.deepcopy(extracted(name).item)
    item.score, item.histogram, item.updated = 1_000_000.0, (1, 2, 3), item.updated.replace(year=1999)
    item.currency, item.genre_id, item.icon = item.title, item.genre or "x y", item.genre_id or "TOOLS"
    checked, refused = validated(item)
    fields = ("score", "histogram", "updated", "currency", "genre_id", "icon")
    assert [field for field in fields if getattr(checked, field) is not None] == []
    assert {f"playfast/field/{field}/invalid" for field in fields} <= refused.keys()
