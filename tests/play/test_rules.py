"""A rule tells a value that cannot be right from one that can; what a real app may have passes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.items import App
from playfast.localstore import catalogue
from playfast.play import rules
from playfast.play.fields import floors, key_names, sources
from playfast.play.fields import rules as rules_of
from playfast.play.places import COUNTRIES, LANGUAGES
from playfast.sources import app_ids

HELD = rules_of(App)


def passes(rule, value):
    return bool(rule.holds(value))


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        (rules.STARS, [1, 1.0, 4.5, 5], [0.99, 5.01, 0, -1, float("nan"), float("inf")]),
        (rules.COUNT, [0, 1, 10**15], [-1]),
        (rules.AMOUNT, [0.0, 0.01, 400_000.0], [-0.01, float("nan")]),
        (rules.COUNTS_OF_STARS, [[0, 0, 0, 0, 0], [1, 2, 3, 4, 5]], [[], [1, 2, 3, 4], [1, 2, 3, 4, 5, 6], [1, 2, -1, 4, 5]]),
        (rules.SIZE, [[1, 1], [512, 512]], [[], [512], [0, 512], [512, 0], [-1, 2], [1, 2, 3]]),
        (rules.CURRENCY, ["USD", "KRW"], ["usd", "US", "USDT", "", "US$", "USD "]),
        (rules.CATEGORY, ["TOOLS", "GAME_ARCADE", "GAME"], ["", "Tools", "game", "GAME ARCADE", "_GAME", "TOOLS\n"]),
        (rules.ANDROID_VERSION, ["8.0", "10", "4.0.3", "4.4W"], ["", "8.", ".8", "eight", "8.0 and up", "8,0"]),
        (rules.API_LEVEL, [1, 35, 10_000], [0, -1, 10_001]),
        (rules.PACKAGE_NAME, ["a.b", "com.Example._1", "A.1"], ["", "a", "a.", ".b", "a..b", "a-b.c", "a.b ", "é.b", "a.b\n"]),
        (rules.EMAIL, ["a@b.c", "a@b"], ["", "a.b.c"]),
        (rules.ADDRESS, ["https://a.b", "http://a.b/c?d=e"], ["", "a.b", "//a.b", "ftp://a.b", "javascript:alert(1)", "mailto:a@b.c", " https://a.b"]),
        (rules.between(2, 3), [2, 2.5, 3], [1.9, 3.1]),
        (rules.at_least(2), [2, 3], [1]),
        (rules.one_of(["a", "b"], "a or b"), ["a", "b"], ["", "c", "ab"]),
        (rules.written_as(r"\d+", "digits"), ["1", "12"], ["", "1a", "a1", "1\n"]),
        (rules.each(rules.ADDRESS), [[], ["https://a"], [None, "https://a"]], [["a"], ["https://a", ""]]),
        (rules.each_value(rules.STARS), [{}, {"phone": 4.1}], [{"phone": 6.0}, {"phone": 4.0, "tv": -1.0}]),
    ],
)  # fmt: skip
def test_what_can_be_right_passes_and_what_cannot_does_not(rule, right, wrong):
    assert [value for value in right if not passes(rule, value)] == []
    assert [value for value in wrong if passes(rule, value)] == []
    assert rule.words


@pytest.mark.parametrize(
    "address", ["HTTP://www.example.com", "Https://example.com", "HTTPS://EXAMPLE.COM/A"]
)
def test_the_scheme_of_an_address_may_be_written_in_capitals(address):
    """RFC 3986; developers type their addresses by hand."""
    assert passes(rules.ADDRESS, address)


def test_the_past_begins_with_the_store_and_ends_now_whatever_the_clocks():
    now = datetime.now(UTC)
    right = [datetime(2008, 10, 22, tzinfo=UTC), now, now + timedelta(hours=20), now - timedelta(days=1)]
    wrong = [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2008, 1, 1, tzinfo=UTC),
        now + timedelta(days=2),
        datetime(9999, 1, 1, tzinfo=UTC),
    ]
    assert all(passes(rules.PAST, moment) for moment in right)
    assert not any(passes(rules.PAST, moment) for moment in wrong)


def test_the_past_goes_on_while_a_crawl_runs(monkeypatch):
    """A crawl may take weeks: now is not the time of its start."""
    later = datetime.now(UTC) + timedelta(days=30)
    assert not passes(rules.PAST, later)

    class Clock(datetime):
        @classmethod
        def now(cls, *_: object):
            return later

    monkeypatch.setattr(rules, "datetime", Clock)
    assert passes(rules.PAST, later)


def test_a_time_may_be_to_come():
    """The end of a sale."""
    assert passes(rules.TIME, datetime.now(UTC) + timedelta(days=400))
    assert not passes(rules.TIME, datetime(1999, 1, 1, tzinfo=UTC))


# The declarations


@pytest.mark.parametrize("name", HELD)
def test_every_rule_has_words_that_end_a_sentence(name):
    words = HELD[name].words
    assert words.strip() == words
    assert not words.endswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "score", "phone_score", "scores_by_device", "histogram", "phone_histogram", "ratings", "reviews", "phone_ratings", "phone_reviews",
        "min_installs", "exact_installs", "price", "original_price", "currency", "in_app_price_min", "in_app_price_max", "app_id", "country",
        "lang", "served_country", "released", "updated", "recent_changes_at", "sale_ends_at", "genre_id", "chart_rank", "min_sdk", "target_sdk",
        "min_android", "max_android", "icon", "header_image", "screenshots", "screenshot_sizes", "video", "developer_email", "trader_email",
        "developer_website", "privacy_policy",
    ],
)  # fmt: skip
def test_a_field_whose_values_can_be_judged_has_a_rule(name):
    assert name in HELD


def test_every_address_and_every_size_has_a_rule():
    named = [name for name in sources(App) if name.endswith(("_url", "_size", "_image", "_sizes"))]
    assert [name for name in named if name not in HELD] == []


def test_no_date_but_the_end_of_a_sale_may_be_in_the_future():
    moments = [
        name
        for name in sources(App)
        if name in HELD and not _refuses(HELD[name], datetime(9000, 1, 1, tzinfo=UTC))
    ]
    assert [name for name in moments if name in ("released", "updated", "recent_changes_at")] == []
    assert "sale_ends_at" in moments


def _refuses(rule, value):
    try:
        return not rule.holds(value)
    except (TypeError, ValueError, AttributeError, LookupError):
        return True


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_that_can_be_asked_passes(code):
    assert passes(HELD["country"], code)
    assert passes(HELD["served_country"], code)


def test_every_language_that_can_be_asked_passes():
    assert [code for code in LANGUAGES if not passes(HELD["lang"], code)] == []


@pytest.mark.parametrize("code", ["", "US", "uk", "zz", "usa"])
def test_what_is_no_country_does_not_pass(code):
    assert not passes(HELD["country"], code)


def test_every_id_that_is_asked_for_passes():
    ids = [*catalogue.ids(2000), "a.b", "A_1.b_2", "com.a.b.c.d", "com.1a.b"]
    assert [
        app_id for app_id in ids if app_ids.problem(app_id) is None and not passes(HELD["app_id"], app_id)
    ] == []


@settings(max_examples=300, deadline=None, database=None)
@given(st.from_regex(r"[A-Za-z0-9_.]{1,40}", fullmatch=True))
def test_no_id_is_asked_for_and_then_found_wrong(app_id):
    assert app_ids.problem(app_id) is not None or passes(HELD["app_id"], app_id)


def test_floors_are_shares_of_fields_that_come_from_play():
    assert floors(App)
    assert all(0 < floor < 1 for floor in floors(App).values())
    assert not floors(App).keys() & set(key_names(App))
    assert {"title", "developer", "genre_id", "icon"} <= floors(App).keys()
