"""A value that cannot be right becomes None and is counted; the record stays."""

from __future__ import annotations

import copy
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.utils.test import get_crawler

from playfast.items import App, Listing, Review
from playfast.localstore import catalogue
from playfast.localstore.catalogue import App as Made
from playfast.localstore.record.fields import PAGE_MASK
from playfast.localstore.record.message import payload
from playfast.localstore.record.view import View
from playfast.localstore.varieties import VARIETIES
from playfast.pipelines.validation import ValidationPipeline
from playfast.play.fields import Extractor, key_names, rules, sources

NOW = datetime.now(UTC)
FIELDS = [name for name in sources(App) if name not in key_names(App)]

SOUND = {
    "title": "Kettle", "score": 4.5, "ratings": 100, "reviews": 10, "histogram": (10, 10, 10, 10, 60), "price": 1.0, "original_price": 2.0,
    "currency": "USD", "min_installs": 1000, "exact_installs": 1234, "min_sdk": 21, "target_sdk": 35, "updated": NOW, "genre_id": "TOOLS",
    "icon": "https://a.b/c", "screenshots": ("https://a", "https://b"), "screenshot_sizes": ((1, 2), None), "free": False,
}  # fmt: skip


CRAWLER = get_crawler()


def fresh_pipeline():
    """One for each example; making a crawler for each would take longer than the tests."""
    CRAWLER.stats.clear_stats()
    return ValidationPipeline.from_crawler(CRAWLER)


def app(**values):
    return App(**{"app_id": "a.b", "country": "us", "lang": "en", "status": "available", **values})


@pytest.fixture
def pipeline():
    return fresh_pipeline()


def refused(pipeline):
    """How often a value of each field was refused."""
    return {
        name.split("/")[2]: count
        for name, count in pipeline.crawler.stats.get_stats().items()
        if name.startswith("playfast/field/") and name.endswith("/invalid")
    }


def test_a_sound_record_passes_as_it_is(pipeline):
    item = app(**SOUND)
    before = copy.deepcopy(item)
    assert pipeline.process_item(item) is item
    assert item == before
    assert refused(pipeline) == {}


@pytest.mark.parametrize(
    "status", ["available", "preregister", "not_in_region", "not_found", "invalid_id", "error"]
)
def test_an_empty_record_passes_whatever_its_status(pipeline, status):
    item = app(status=status, app_id="no id" if status == "invalid_id" else "a.b")
    assert pipeline.process_item(item) is item
    assert refused(pipeline) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("score", 0.0), ("score", 5.1), ("score", -1.0), ("score", float("nan")), ("score", float("inf")),
        ("histogram", (1, 2, 3)), ("histogram", (-1, 0, 0, 0, 0)), ("ratings", -1), ("reviews", -5), ("phone_score", 7.0),
        ("scores_by_device", {"phone": 50.0}),
        ("min_installs", -1), ("exact_installs", -1), ("price", -0.01), ("currency", "Dollars"), ("currency", "$"),
        ("in_app_price_min", -1.0), ("sale_ends_at", datetime(1990, 1, 1, tzinfo=UTC)),
        ("released", NOW + timedelta(days=400)), ("released", datetime(1970, 1, 1, tzinfo=UTC)), ("updated", NOW + timedelta(days=3)),
        ("recent_changes_at", NOW + timedelta(days=3)),
        ("genre_id", "Tools"), ("chart_rank", 0), ("min_sdk", 0), ("target_sdk", 1_700_000_000), ("min_android", "Varies with device"),
        ("icon", "TOOLS"), ("icon_size", (0, 0)), ("screenshots", ("https://a", "b")), ("screenshot_sizes", ((1, 2), (0, 1))),
        ("developer_email", "https://a.b"), ("trader_email", "nobody"), ("developer_website", "a@b.c"), ("privacy_policy", "javascript:x"),
        ("developer_numeric_id", "Mojang"), ("video_id", "a b"), ("served_country", "United States"), ("canonical_url", "/store"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_right_is_left_out_and_counted(pipeline, field, value):
    item = app(title="Kettle", summary="Boils", **{field: value})
    assert pipeline.process_item(item) is item
    assert getattr(item, field) is None
    assert refused(pipeline) == {field: 1}
    assert (item.title, item.summary, item.status, item.error) == ("Kettle", "Boils", "available", None)


@pytest.mark.parametrize(
    ("values", "void"),
    [
        ({"histogram": (0, 0, 0, 0, 94), "ratings": 100}, {"histogram"}),
        ({"phone_histogram": (0, 0, 0, 0, 94), "phone_ratings": 100}, {"phone_histogram"}),
        ({"reviews": 106, "ratings": 100}, {"reviews"}),
        ({"min_installs": 1000, "exact_installs": 999}, {"exact_installs"}),
        ({"price": 2.0, "original_price": 1.0, "currency": "USD"}, {"original_price"}),
        ({"min_sdk": 35, "target_sdk": 21}, {"min_sdk", "target_sdk"}),
        ({"price": 2.0, "price_text": "$2"}, {"price"}),
        ({"price": 1.0, "original_price": 2.0}, {"price", "original_price"}),
        ({"price": 1.0, "currency": "usd"}, {"price", "currency"}),
        ({"screenshots": ("https://a",), "screenshot_sizes": ((1, 2), (1, 2))}, {"screenshot_sizes"}),
    ],
)  # fmt: skip
def test_values_that_are_at_odds_are_left_out_as_their_rule_says(pipeline, values, void):
    item = app(title="Kettle", **values)
    pipeline.process_item(item)
    assert {name for name in values if getattr(item, name) is None} == void
    assert refused(pipeline) == dict.fromkeys(void, 1)
    assert item.title == "Kettle"


def test_a_value_that_is_refused_on_its_own_does_not_cost_another(pipeline):
    item = app(histogram=(1, 2, 3, 4, 5), ratings=-1, min_installs=-5, exact_installs=7)
    pipeline.process_item(item)
    assert (item.histogram, item.ratings, item.exact_installs) == ((1, 2, 3, 4, 5), None, 7)
    assert refused(pipeline) == {"ratings": 1, "min_installs": 1}


def test_each_refusal_is_counted_and_only_a_field_s_first_is_told(pipeline, caplog):
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            pipeline.process_item(app(score=9.0))
        pipeline.process_item(app(price=-1.0, currency="USD"))
    assert refused(pipeline) == {"score": 3, "price": 1}
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "score" in told[0]
    assert "a.b" in told[0]
    assert "9.0" in told[0]
    assert "1 to 5" in told[0]
    assert "price" in told[1]


def test_what_is_told_is_short_and_shows_no_control_characters(pipeline, caplog):
    with caplog.at_level(logging.WARNING):
        pipeline.process_item(app(icon="\x1b[31m\x9b\u202e[red]\r\n" + "x" * 10_000))
    (record,) = caplog.records
    told = record.getMessage()
    assert len(told) < 400
    assert told.isprintable()


# Where not all fields were asked for


@pytest.fixture
def asking():
    def ask(*names):
        CRAWLER.spider = SimpleNamespace(field_names=[*key_names(App), *names])
        return fresh_pipeline()

    yield ask
    CRAWLER.spider = None


@pytest.mark.parametrize(
    "name",
    ["price", "original_price", "histogram", "reviews", "min_sdk", "screenshot_sizes", "exact_installs"],
)
def test_a_value_stays_though_what_it_goes_with_was_not_asked_for(asking, name):
    """Nobody asked for the currency of this price, so that there is none says nothing of it."""
    pipeline = asking(name)
    item = pipeline.process_item(app(**{name: SOUND[name]}))
    assert getattr(item, name) == SOUND[name]
    assert refused(pipeline) == {}


def test_what_was_asked_for_is_checked_as_ever(asking):
    pipeline = asking("price", "currency", "score")
    item = pipeline.process_item(app(price=1.0, score=9.0))
    assert (item.price, item.score) == (None, None)
    assert refused(pipeline) == {"price": 1, "score": 1}


# The key


def test_the_key_keeps_its_values_since_it_says_what_was_asked(pipeline):
    item = app(app_id="no id", country="zz", lang="xx")
    pipeline.process_item(item)
    assert (item.app_id, item.country, item.lang) == ("no id", "zz", "xx")
    assert refused(pipeline) == {"app_id": 1, "country": 1, "lang": 1}


def test_an_invalid_id_is_told_by_its_record_alone(pipeline):
    item = app(app_id="no id", status="invalid_id", error="no package name")
    assert pipeline.process_item(item) is item
    assert item.error == "no package name"
    assert refused(pipeline) == {}


@pytest.mark.parametrize(
    "item",
    [
        Listing(asked="a.b", list="similar", rank=1, app_id="no id", country="us", lang="en"),
        Review(app_id="no id", lang="en", review_id="1"),
    ],
    ids=lambda item: type(item).__name__,
)
def test_rows_have_no_status_and_keep_their_key_too(pipeline, item):
    assert pipeline.process_item(item) is item
    assert item.app_id == "no id"
    assert refused(pipeline) == {"app_id": 1}


# Other people's


@dataclass
class Theirs:
    score: float = 99.0


@pytest.mark.parametrize("item", [{"score": 99.0}, Theirs(), object(), None, "text"])
def test_items_of_other_people_s_classes_pass_unchecked(pipeline, item):
    before = copy.deepcopy(item) if type(item) is not object else item
    assert pipeline.process_item(item) is item
    assert item == before
    assert refused(pipeline) == {}


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=3)
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=12))
def test_whatever_a_pipeline_before_put_there_the_record_stays(values):
    pipeline = fresh_pipeline()
    item = app(**values)
    assert pipeline.process_item(item) is item
    for name in FIELDS:
        value = getattr(item, name)
        assert value is None or value is values[name]
        if values.get(name) is not None:
            assert (value is None) == (name in refused(pipeline))


NUMBER = st.integers(0, 3)


@settings(max_examples=300, deadline=None, database=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(
                ["ratings", "reviews", "min_installs", "exact_installs", "min_sdk", "target_sdk"], NUMBER
            ),
            **dict.fromkeys(["price", "original_price"], NUMBER.map(float)),
            "currency": st.sampled_from(["USD", "usd"]),
            "histogram": st.lists(st.integers(0, 9), min_size=4, max_size=5).map(tuple),
            "screenshots": st.lists(st.just("https://a"), max_size=2).map(tuple),
            "screenshot_sizes": st.lists(st.sampled_from([None, (1, 1), (0, 0)]), max_size=2).map(tuple),
        },
    )
)
def test_what_passed_once_passes_again(values):
    """So every rule holds for what is handed on, and a second run would change nothing."""
    pipeline = fresh_pipeline()
    item = pipeline.process_item(app(**values))
    once, counted = copy.deepcopy(item), refused(pipeline)
    assert pipeline.process_item(item) == once
    assert refused(pipeline) == counted


# Nothing genuine is refused


def test_no_record_of_the_local_store_loses_a_value(pipeline):
    """It was made after recorded answers, and has every kind of app there is."""
    extract = Extractor(App)
    ids = [*VARIETIES, *catalogue.ids(100)]
    lost = []
    for app_id in ids:
        for country, lang in (("us", "en"), ("kr", "ko"), ("eg", "ar"), ("de", "de-AT")):
            made = Made(app_id)
            status = made.status(country)
            if status == "not_found":
                continue
            invalid = []
            given_key = {"app_id": app_id, "country": country, "lang": lang, "status": status}
            item = extract(
                payload(View(made, country, lang, words=True), PAGE_MASK),
                given_key,
                lambda *said, told=invalid: told.append(said),
            )
            before = copy.deepcopy(item)
            if pipeline.process_item(item) != before or invalid:
                lost.append((app_id, country, [n for n in FIELDS if getattr(item, n) != getattr(before, n)]))
    assert lost == []
    assert refused(pipeline) == {}


def test_every_rule_is_one_that_the_pipeline_knows(pipeline):
    """A value of a wrong type in every field with a rule: all are refused, none raises."""
    names = [name for name in rules(App) if name not in key_names(App)]
    item = app(**{name: object() for name in names})
    pipeline.process_item(item)
    assert [name for name in names if getattr(item, name) is not None] == []
    assert refused(pipeline).keys() == set(names)
