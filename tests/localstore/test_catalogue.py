from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from playfast.localstore.catalogue import App, ids
from playfast.localstore.varieties import VARIETIES

SOME = [App(app_id) for app_id in islice(ids(3_000), 3_000)]
HERE = [app for app in SOME if app.status("us") == "available"]


def share(found):
    return sum(map(bool, found)) / len(HERE)


def test_statuses_have_their_shares():
    counts = Counter(app.status("us") for app in SOME)
    assert 0.02 < counts["not_found"] / 3_000 < 0.06
    assert 0.003 < counts["not_in_region"] / 3_000 < 0.02
    assert 0.004 < counts["preregister"] / 3_000 < 0.02
    assert counts["available"] > 2_700


def test_some_statuses_differ_by_country():
    differing = [
        app
        for app in SOME
        if len({app.status(country) for country in ("us", "de", "jp", "br", "kr", "in")}) > 1
    ]
    assert 0.02 < len(differing) / 3_000 < 0.06
    assert {app.listing for app in differing} == {"hidden", "locked"}


def test_country_codes_are_read_in_either_case():
    assert all(app.status("US") == app.status("us") for app in SOME)


def test_traits_have_their_shares():
    assert 0.06 < share(app.is_paid for app in HERE) < 0.1
    assert 0.3 < share(app.item_prices("us") for app in HERE) < 0.4
    assert 0.4 < share(app.contains_ads for app in HERE) < 0.5
    assert 0.08 < share(app.ratings is None for app in HERE) < 0.12
    assert 0.2 < share(app.release.varies for app in HERE) < 0.3


@pytest.mark.parametrize("app_id", ["com.spotify.music", "a.b", "org.example.App_2"])
def test_ids_of_no_catalogue_are_ordinary_apps(app_id):
    app = App(app_id)
    assert {app.status(country) for country in ("us", "de", "kr", "zz")} == {"available"}
    assert app.title.isprintable()


@pytest.mark.parametrize(
    "app_id", ["com.gone.app", "gone.example", "com.example.gone", "not well formed", "nodots"]
)
def test_some_ids_never_exist(app_id):
    assert App(app_id).status("us") == "not_found"


def test_a_value_does_not_depend_on_what_was_asked_before():
    for app in islice(HERE, 50):
        fresh = App(app.app_id)
        assert fresh.release == app.release
        assert fresh.description("de") == app.description("de")
        assert fresh.title == app.title


def test_another_seed_is_another_store():
    assert App("com.example.one", 1).title != App("com.example.one", 2).title


def test_installs_reach_their_step():
    for app in HERE:
        assert app.min_installs <= app.installs
        assert app.installs < max(5 * app.min_installs, 1)  # steps are 1, 5, 10, 50, ... apart


def test_histograms_are_slightly_off_and_never_more_than_a_hundredth():
    rated = [app.ratings for app in HERE if app.ratings]
    differences = [found.number - sum(found.histogram) for found in rated]
    assert any(differences)
    assert all(
        0 <= difference <= found.number / 100 for difference, found in zip(differences, rated, strict=True)
    )
    for found in rated:
        mean = sum(stars * count for stars, count in enumerate(found.histogram, 1)) / sum(found.histogram)
        assert abs(mean - found.score) < 0.001
        assert all(1 <= score <= 5 for _, score in found.by_device)


def test_ratings_are_the_same_everywhere_and_reviews_are_not():
    rated = next(app for app in HERE if app.ratings and app.ratings.number > 10_000)
    assert len({rated.reviews(country) for country in ("us", "de", "jp")}) == 3
    assert rated.reviews("us") < rated.ratings.number


@pytest.mark.parametrize(
    ("country", "currency", "whole"),
    [
        ("us", "USD", False),
        ("jp", "JPY", True),
        ("kr", "KRW", True),
        ("de", "EUR", False),
        ("af", "USD", False),
    ],
)
def test_prices_are_in_the_money_of_the_country(country, currency, whole):
    offer = App("shop.variety.sale").offer(country)
    assert offer.currency == currency
    assert offer.original_micros > offer.micros > 0
    assert offer.sale_ends > 1_800_000_000
    assert not whole or offer.micros % 1_000_000 == 0


def test_nothing_is_sold_where_nothing_is_to_be_had():
    assert App("shop.variety.locked").offer("us") is None
    assert App("shop.variety.locked").offer("de") is not None
    announced = App("shop.variety.announced")
    assert (
        announced.offer("us"),
        announced.installs,
        announced.ratings,
        announced.released,
        announced.release,
    ) == (None,) * 5


def test_updates_follow_releases():
    assert all(app.updated >= app.released for app in HERE if app.released)


def test_texts_are_written_in_many_scripts():
    languages = {app.home_language for app in HERE}
    assert languages >= {"en", "ja", "ko", "de", "ar", "he", "zh"}
    sizes = [len(app.description("en").encode()) for app in HERE]
    assert min(sizes) >= 400
    assert max(sizes) > 5_000
    titles = "".join(app.title for app in HERE)
    assert "\u001b" in titles
    assert any(app.title.startswith(("=", "-")) for app in HERE)


def test_a_translation_takes_the_place_of_the_developers_text():
    app = App("shop.variety.translated")
    assert app.translated_description("de") == app.description("de") != app.own_description("de")
    assert app.translated_description("en") is None


def test_developers_of_named_ids_are_consistent():
    first, second = App("example.maker17.app1"), App("example.maker17.app2")
    assert first.developer.number == second.developer.number
    assert first.developer.path == second.developer.path


def test_every_variety_is_one_of_its_kind():
    by_name = {app_id.rpartition(".")[2]: App(app_id) for app_id in VARIETIES}
    assert by_name["gone"].status("de") == "not_found"
    assert (by_name["hidden"].status("us"), by_name["hidden"].status("de")) == ("not_found", "available")
    assert (by_name["locked"].status("us"), by_name["locked2"].status("us")) == (
        "not_in_region",
        "not_in_region",
    )
    assert by_name["announced"].status("us") == "preregister"
    assert by_name["semicolon"].developer.path.partition("%3B+Tools")[1]
    assert "%C3%B6" in by_name["unicode"].developer.path
    assert by_name["bynumber"].developer.path == f"/store/apps/dev?id={by_name['bynumber'].developer.number}"
    assert by_name["famous"].installs == 12_439_170_344
    assert (by_name["noinstalls"].installs, by_name["noinstalls"].min_installs) == (0, 0)
    assert by_name["oneitem"].item_prices("us")[0] == by_name["oneitem"].item_prices("us")[1]
    assert by_name["salefree"].offer("us").micros == 0
    assert len(by_name["longtitle"].title) > 100
    assert all(by_name["tags"].tags[group] for group in (0, 1, 3, 4, 5))
    assert by_name["video"].video.clip
    assert not by_name["youtube"].video.embedded
    assert by_name["notrader"].developer.trader is None
    assert "\n" in by_name["oldaddress"].developer.address
    assert by_name["sharesnothing"].data_safety.shared == ()
    assert by_name["nolabel"].data_safety is None
    assert by_name["nopermissions"].permissions is None
    assert by_name["permissions"].permissions.ungrouped
    assert {by_name[name].page_build for name in ("ordinary", "build2025", "build2025b", "build2022")} == {
        "2026",
        "2025",
        "2025b",
        "2022",
    }
