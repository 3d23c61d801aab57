"""What must hold between values of one record; None says nothing and is never at odds with anything."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.items import App
from playfast.play.across import needs, not_above, same_length, sums_to

NAMES = {field.name for field in dataclasses.fields(App)}
KEY = {"app_id", "country", "lang", "status", "error", "fetched_at", "via", "url"}


@pytest.mark.parametrize(
    ("counts", "total", "holds"),
    [
        ([0, 0, 0, 0, 0], 0, True),
        ([1, 0, 0, 0, 4], 0, True),  # five are within the slack
        ([1, 0, 0, 0, 5], 0, False),
        ([0, 0, 0, 0, 95], 100, True),
        ([0, 0, 0, 0, 94], 100, False),
        ([0, 0, 0, 0, 105], 100, True),
        ([0, 0, 0, 0, 106], 100, False),
        ([0, 0, 0, 0, 500], 500, True),
        ([0, 0, 0, 0, 505], 500, True),
        ([0, 0, 0, 0, 506], 500, False),
        ([0, 0, 0, 0, 9_900], 10_000, True),  # one percent of the ratings
        ([0, 0, 0, 0, 9_899], 10_000, False),
        ([0, 0, 0, 0, 10_100], 10_000, True),
        ([0, 0, 0, 0, 10_101], 10_000, False),
        ([2**62] * 5, 2**63 - 1, False),
        (None, 5, True),
        ([9, 9, 9, 9, 9], None, True),
        (None, None, True),
    ],
)
def test_a_histogram_sums_to_the_ratings_within_five_or_one_percent(counts, total, holds):
    assert sums_to("histogram", "ratings").holds(counts, total) is holds


@settings(max_examples=200, deadline=None, database=None)
@given(st.lists(st.integers(0, 10**9), min_size=5, max_size=5), st.integers(0, 10**10))
def test_a_histogram_holds_just_where_it_is_said_to(counts, ratings):
    expected = abs(sum(counts) - ratings) <= max(5, ratings / 100)
    assert sums_to("h", "r").holds(counts, ratings) == expected


@pytest.mark.parametrize(
    ("lower", "upper", "holds"),
    [
        (1, 2, True),
        (2, 2, True),
        (3, 2, False),
        (0, 0, True),
        (None, 2, True),
        (2, None, True),
        (None, None, True),
    ],
)
def test_one_number_is_not_above_another(lower, upper, holds):
    assert not_above("a", "b", "a").holds(lower, upper) is holds


@pytest.mark.parametrize(
    ("value", "other", "holds"),
    [(0.0, "USD", True), (0.0, None, False), (None, None, True), (None, "USD", True)],
)
def test_a_value_may_need_another(value, other, holds):
    assert needs("price", "currency").holds(value, other) is holds


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        ([], [], True),
        (["a"], [None], True),
        (["a"], [], False),
        ([], ["a"], False),
        (None, ["a"], True),
        (["a"], None, True),
    ],
)
def test_lists_that_are_read_together_have_one_length(one, other, holds):
    assert same_length("a", "b").holds(one, other) is holds


# Those of an app


@pytest.mark.parametrize("rule", App.across, ids=lambda rule: rule.words)
def test_every_rule_names_fields_of_an_app_and_leaves_its_key_alone(rule):
    assert set(rule.fields) <= NAMES
    assert rule.void
    assert set(rule.void) <= set(rule.fields)
    assert not set(rule.void) & KEY
    assert all(name in rule.words for name in rule.fields)


@pytest.mark.parametrize("rule", App.across, ids=lambda rule: rule.words)
def test_an_empty_record_breaks_no_rule(rule):
    assert rule.holds(*[None] * len(rule.fields))


@pytest.mark.parametrize("rule", App.across, ids=lambda rule: rule.words)
def test_where_a_rule_is_broken_leaving_its_values_out_mends_it(rule):
    broken = {
        "histogram": [9] * 5, "phone_histogram": [9] * 5, "ratings": 9, "phone_ratings": 9, "reviews": 15, "min_installs": 10,
        "exact_installs": 9, "price": 2.0, "original_price": 1.0, "min_sdk": 30, "target_sdk": 29, "currency": None,
        "screenshots": ["https://a"], "screenshot_sizes": [],
    }  # fmt: skip
    values = {name: broken[name] for name in rule.fields}
    assert not rule.holds(*values.values())
    mended = {name: None if name in rule.void else value for name, value in values.items()}
    assert rule.holds(*mended.values())


def test_an_app_s_rules_are_the_ones_that_are_due():
    assert {rule.fields for rule in App.across} == {
        ("histogram", "ratings"),
        ("phone_histogram", "phone_ratings"),
        ("reviews", "ratings"),
        ("min_installs", "exact_installs"),
        ("price", "original_price"),
        ("min_sdk", "target_sdk"),
        ("price", "currency"),
        ("original_price", "currency"),
        ("screenshots", "screenshot_sizes"),
    }
