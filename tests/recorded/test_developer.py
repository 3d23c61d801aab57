"""A developer's own record and the app that stands above its others; the lists of both kinds of developers are in `test_lists`."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from parsel import Selector
from scrapy.utils.test import get_crawler

from playfast.items import Developer, Listing
from playfast.pipelines.validation import ValidationPipeline
from playfast.play import calls
from playfast.play.fields import Rows
from playfast.play.lists import PLACES_OF_FEATURED, featured, id_of, sections
from playfast.play.record import find

from .recordings import DIRECTORY, expected, fields_of, filled, read, whole_page
from .written import row, row_of

FIELDS = fields_of(Developer)
NUMBERED = "developer/google_numeric_id"
NAMED = "developer/mojang_by_name"
PROFILE = (1, 12)  # of the answer for a developer's record


def payload() -> Any:
    return whole_page(NUMBERED).block(calls.DETAILS)


@cache
def profile() -> tuple[Developer, list[Any]]:
    keys = {"asked": "5700313618786177705", "country": "us", "lang": "en", "status": "available"}
    (item,), invalid = filled(Developer, [find(payload(), PROFILE)], [keys])
    return item, invalid


def test_the_profile():
    like = {
        field: value
        for field, value in expected("profile_developer_google_numeric_id").items()
        if field in FIELDS
    }
    item, invalid = profile()
    assert invalid == []
    assert row(item, like) == row_of(like)


def test_every_field_has_an_expectation():
    assert sorted(expected("profile_developer_google_numeric_id")) == sorted(("numeric_id", *FIELDS))


def test_whose_profile_it_is():
    assert find(payload(), (1, 11, 0, 0)) == expected("profile_developer_google_numeric_id")["numeric_id"]


def test_the_page_shows_this_profile():
    shown = Selector(text=read(DIRECTORY / f"{NUMBERED}.html.gz").decode())
    item, _ = profile()
    texts = {text.strip() for text in shown.xpath("//body//text()").getall()}
    assert {item.name, item.tagline} <= texts
    assert item.logo in {address.partition("=")[0] for address in shown.xpath("//img/@src").getall()}


def test_nothing_recorded_is_refused():
    pipeline = ValidationPipeline.from_crawler(get_crawler())
    item, _ = profile()
    assert pipeline.process_item(copy.deepcopy(item)) == item
    assert pipeline.crawler.stats.get_stats() == {}


def test_a_named_developer_has_no_profile():
    """Its page lists apps, and says nothing else."""
    assert whole_page(NAMED).block(calls.DETAILS) is None


def featured_item() -> tuple[Listing, list[Any]]:
    app = featured(whole_page(NUMBERED).block(calls.FEATURED))
    keys = {
        "asked": "5700313618786177705",
        "list": "developer",
        "rank": 1,
        "app_id": app.app_id,
        "country": "us",
        "lang": "en",
    }
    invalid: list[Any] = []
    fill = Rows(Listing, places=PLACES_OF_FEATURED)
    return fill(app.record, keys, lambda *why: invalid.append(why)), invalid


def test_the_app_above_the_list():
    """Every field of it; its record is no card, but says the same things."""
    item, invalid = featured_item()
    like = expected("featured_developer_google_numeric_id")
    assert invalid == []
    assert sorted(like) == sorted(("app_id", *fields_of(Listing)))
    assert row(item, like) == row_of(like)


def test_that_app_is_not_in_the_list_below():
    """Which begins under the words "More by": who reads the list alone loses an app."""
    (section,) = sections(whole_page(NUMBERED).block(calls.NUMBERED_DEVELOPER))
    item, _ = featured_item()
    assert section.title == "More by Google LLC"
    assert item.app_id not in [id_of(card) for card in section.cards]


def test_the_page_shows_that_app_first():
    links = Selector(text=read(DIRECTORY / f"{NUMBERED}.html.gz").decode()).xpath("//a/@href").getall()
    (first, *_) = [link for link in links if link.startswith("/store/apps/details?id=")]
    assert first.endswith(f"?id={featured_item()[0].app_id}")


def test_other_pages_have_no_such_app():
    assert featured(whole_page(NAMED).block(calls.NAMED_DEVELOPER)) is None
    assert featured(whole_page("details/sparse_en_eg").block(calls.RELATED)) is None
