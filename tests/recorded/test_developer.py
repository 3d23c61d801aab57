"""A developer's own record and the app that stands above its others; the lists of both kinds of developers are in `test_lists`."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest
from parsel import Selector
from scrapy.utils.test import get_crawler

from playfast.items import Developer, Listing
from playfast.pipelines.validation import ValidationPipeline
from playfast.play import calls, cards, lists
from playfast.play.record import find

from .recordings import (
    DIRECTORY,
    WHOLE_PAGES,
    app_id_of,
    expected,
    extracted,
    fields_of,
    filled,
    payload,
    read,
    whole_page,
)
from .written import row, row_of

FIELDS = fields_of(Developer)
NUMBERED = "developer/google_numeric_id"
NAMED = "developer/mojang_by_name"
GOOGLE = "5700313618786177705"
PROFILE = (1, 12)  # of the answer for a developer's record


@cache
def profile() -> tuple[Developer, list[Any]]:
    keys = {"asked": GOOGLE, "country": "us", "lang": "en", "status": "available"}
    (item,), invalid = filled(Developer, [find(whole_page(NUMBERED).block(calls.DETAILS), PROFILE)], [keys])
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
    assert (
        find(whole_page(NUMBERED).block(calls.DETAILS), (1, 11, 0, 0))
        == expected("profile_developer_google_numeric_id")["numeric_id"]
    )


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


@cache
def above() -> tuple[Listing, list[Any]]:
    """The row of the app that stands above the list."""
    card = lists.above(whole_page(NUMBERED).block(calls.ABOVE))
    keys = {
        "asked": GOOGLE,
        "list": "developer",
        "rank": 1,
        "app_id": cards.id_of(card),
        "country": "us",
        "lang": "en",
    }
    (item,), invalid = filled(Listing, [card], [keys])
    return item, invalid


def test_the_app_above_the_list():
    """Every field of it: what is sent of it is no card, but its record, and says the same things."""
    item, invalid = above()
    like = expected("above_developer_google_numeric_id")
    assert invalid == []
    assert sorted(like) == sorted(("app_id", *fields_of(Listing)))
    assert row(item, like) == row_of(like)


def test_that_app_is_not_in_the_list_below():
    """Which has the title "More by Google LLC": who reads the list alone loses an app."""
    (section,) = lists.sections(whole_page(NUMBERED).block(calls.NUMBERED_DEVELOPER))
    assert section.title == "More by Google LLC"
    assert above()[0].app_id not in [cards.id_of(card) for card in section.cards]


def test_the_page_shows_that_app_first():
    links = Selector(text=read(DIRECTORY / f"{NUMBERED}.html.gz").decode()).xpath("//a/@href").getall()
    (first, *_) = [link for link in links if link.startswith("/store/apps/details?id=")]
    assert first.endswith(f"?id={above()[0].app_id}")


def test_others_have_no_such_app():
    assert lists.above(whole_page(NAMED).block(calls.NAMED_DEVELOPER)) is None
    assert lists.above(whole_page("details/sparse_en_eg").block(calls.RELATED)) is None


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_a_card_of_a_record_says_what_the_record_says(name):
    """Whatever app stands there, the places are those of any record; here, of apps with a video, a price, a range of prices inside."""
    record = find(payload(name), (1, 2))
    card = lists.above(
        [None, [None, [[{"24": [None] * 16 + [[None, None, record, {"12": [[app_id_of(name), 7]]}]]}]]]]
    )
    (item,), invalid = filled(
        Listing,
        [card],
        [
            {
                "asked": GOOGLE,
                "list": "developer",
                "rank": 1,
                "app_id": cards.id_of(card),
                "country": "us",
                "lang": "en",
            }
        ],
    )
    app = extracted(name).item
    assert invalid == []
    assert item.app_id == app_id_of(name)
    # An app's description may come translated in another place; what only cards say, or say in another way, is not compared.
    others = {"summary", "description", "description_html", "availability", "play_pass", "kids_age"}
    fields = [field for field in fields_of(Listing) if field not in others]
    assert {field: getattr(item, field) for field in fields} == {
        field: getattr(app, field) for field in fields
    }
    assert item.play_pass == (app.play_pass or None)
