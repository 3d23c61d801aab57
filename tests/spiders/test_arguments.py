"""What all spiders' arguments must keep, since Scrapy makes an attribute of the spider of each."""

from __future__ import annotations

import pytest
from scrapy.crawler import Crawler

from playfast.spiders.apps import AppsSpider
from playfast.spiders.availability import AvailabilitySpider
from playfast.spiders.catalog import CatalogSpider
from playfast.spiders.categories import CategoriesSpider
from playfast.spiders.charts import ChartsSpider
from playfast.spiders.collections import CollectionsSpider
from playfast.spiders.datasafety import DataSafetySpider
from playfast.spiders.developer import DeveloperSpider
from playfast.spiders.digest import DigestSpider
from playfast.spiders.permissions import PermissionsSpider
from playfast.spiders.reviews import ReviewsSpider
from playfast.spiders.search import SearchSpider
from playfast.spiders.similar import SimilarSpider
from playfast.spiders.suggest import SuggestSpider

SPIDERS = (
    AppsSpider,
    AvailabilitySpider,
    ChartsSpider,
    DataSafetySpider,
    DeveloperSpider,
    DigestSpider,
    PermissionsSpider,
    ReviewsSpider,
    SearchSpider,
    SimilarSpider,
)
ALL = (*SPIDERS, CatalogSpider, CategoriesSpider, CollectionsSpider, SuggestSpider)
"""Some of these have fields that nobody chooses from."""
GIVEN = {"developers": "Somebody", "ids": "a.b", "queries": "panda", "terms": "pan"}


@pytest.mark.parametrize("spider", ALL, ids=lambda spider: spider.name)
def test_no_argument_stands_in_the_place_of_something_else(spider):
    names = [
        name for name in spider.arguments.declared if name not in ("ledger", "browser")
    ]  # set anew once they are read
    assert not [name for name in names if hasattr(spider, name)]


@pytest.mark.parametrize("spider", SPIDERS, ids=lambda spider: spider.name)
def test_the_words_of_all_spiders_that_ask_storefronts_are_the_same(spider):
    assert {"countries", "langs", "fields", "retry", "ledger", "limit", "batch"} <= set(
        spider.arguments.declared
    )


@pytest.mark.parametrize("spider", ALL, ids=lambda spider: spider.name)
def test_a_feed_beside_is_of_a_class_that_the_main_feed_leaves_out(spider):
    assert set(spider.beside) <= set(spider.arguments.declared)
    assert set(spider.other_items) <= set(spider.beside.values())


@pytest.mark.parametrize("spider", ALL, ids=lambda spider: spider.name)
def test_every_attribute_can_be_read(spider):
    """Scrapy's feeds read all of them for the address of a feed; where one fails, no feed is written."""
    given = {name: text for name, text in GIVEN.items() if name in spider.arguments.declared}
    made = spider.from_crawler(Crawler(spider, {"PLAYFAST_URL": "http://127.0.0.1:1/"}), **given)
    assert {name: getattr(made, name) for name in dir(made)}
