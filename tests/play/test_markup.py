from __future__ import annotations

import json
import math

import orjson
import pytest

from playfast.play import markup
from playfast.play.page import Page

from .pages import page

WHOLE = {
    "@context": "https://schema.org",
    "@type": "SoftwareApplication",
    "name": "Kettle",
    "url": "https://play.google.com/store/apps/details?id=org.example.kettle",
    "description": "Tea & coffee",
    "operatingSystem": "ANDROID",
    "applicationCategory": "GAME_ARCADE",
    "image": "https://play-lh.example/icon",
    "contentRating": "Everyone 10+",
    "author": {"@type": "Person", "name": "Kettle & Sons", "url": "https://kettle.example/"},
    "aggregateRating": {
        "@type": "AggregateRating",
        "ratingValue": "4.315863132476807",
        "ratingCount": "1000",
    },
    "offers": [{"@type": "Offer", "price": "6.99", "priceCurrency": "USD"}],
}


def described(about, meta=()):
    return markup.described(
        Page(page(json_ld=about if isinstance(about, str) else json.dumps(about), meta=list(meta)))
    )


def test_json_ld_gives_each_field_as_the_item_types_it():
    assert described(WHOLE) == {
        "title": "Kettle",
        "summary": "Tea & coffee",
        "icon": "https://play-lh.example/icon",
        "genre_id": "GAME_ARCADE",
        "content_rating": "Everyone 10+",
        "developer": "Kettle & Sons",
        "developer_website": "https://kettle.example/",
        "score": 4.315863132476807,
        "ratings": 1000,
        "price": 6.99,
        "currency": "USD",
    }


def test_meta_tags_fill_what_json_ld_lacks():
    meta = [
        {"property": "og:description", "content": "Tea"},
        {"property": "og:image", "content": "https://i.example/"},
        {"property": "appstore:developer_url", "content": "https://kettle.example/"},
        {"itemprop": "price", "content": "$6.99"},
    ]
    filled = {
        "summary": "Tea", "icon": "https://i.example/", "developer_website": "https://kettle.example/", "price_text": "$6.99",
    }  # fmt: skip
    assert described("{}", meta) == filled
    assert described(WHOLE, meta)["summary"] == "Tea & coffee"


def test_the_price_text_of_a_free_app_is_none():
    assert described("{}", [{"itemprop": "price", "content": "0"}]) == {}


@pytest.mark.parametrize(
    "about",
    [
        "", "{", "[]", "null", "{}",
        {"author": None, "aggregateRating": None, "offers": None, "name": None},
        {"author": "text", "aggregateRating": 5, "offers": "text", "name": ["x"], "image": {"url": "x"}},
        {"author": [], "aggregateRating": [], "offers": [], "name": ""},
        {"offers": [None]}, {"offers": [5]}, {"offers": [{}]},
        {"aggregateRating": {"ratingValue": "many", "ratingCount": "4.5"}},
        {"aggregateRating": {"ratingValue": [], "ratingCount": {}}},
        {"aggregateRating": {"ratingValue": "", "ratingCount": ""}},
    ],
)  # fmt: skip
def test_markup_that_does_not_say_gives_nothing(about):
    assert described(about) == {}


@pytest.mark.parametrize(("value", "score"), [("4.5", 4.5), (4.5, 4.5), (4, 4.0)])
def test_a_rating_is_read_as_text_or_number(value, score):
    assert described({"aggregateRating": {"ratingValue": value}}) == {"score": score}


@pytest.mark.parametrize("value", ["NaN", "nan", "inf", "-Infinity", "1e999"])
def test_a_score_is_a_finite_number_or_none(value):
    """JSON Lines has no such numbers, and nobody rates with them."""
    given = described({"aggregateRating": {"ratingValue": value}, "offers": [{"price": value}]})
    assert all(math.isfinite(given[name]) for name in ("score", "price") if name in given)


def test_a_rating_nested_deeper_than_python_writes_is_none():
    deep = "[" * 990 + "]" * 990
    assert orjson.loads(deep)
    assert described('{"aggregateRating":{"ratingValue":%s,"ratingCount":%s}}' % (deep, deep)) == {}  # noqa: UP031


@pytest.mark.parametrize(
    ("record", "other", "same"),
    [
        # single precision in the record, double in the markup
        (4.315863, 4.315863132476807, True),
        (4.3158627, 4.315863132476807, True),
        (4.3, 4.4, False),
        (4.3158, 4.3168, False),
        (0.0, 0.0, True),
        (6.99, 6.99, True),
        (6.99, 7.99, False),
        (1000, 1000, True),
        (1000, 1001, False),
        ("Kettle", "Kettle", True),
        ("Kettle", "kettle", False),
        (None, "Kettle", False),
    ],
)
def test_two_values_are_the_same_but_for_digits(record, other, same):
    assert markup.same(record, other) is same
    assert markup.same(other, record) is same
