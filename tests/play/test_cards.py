"""Cards: which app stands there, what the older layout says of it, and what has to be asked for to fill a row."""

from __future__ import annotations

from html import unescape

import pytest

from playfast.items import Listing
from playfast.localstore.catalogue import App
from playfast.localstore.page.at_length import shown_at_length
from playfast.localstore.page.cards import card, older_card
from playfast.localstore.record.view import View
from playfast.play import calls, cards, lists
from playfast.play.fields import Rows, sources

APPS = [
    f"shop.variety.{name}"
    for name in ("ordinary", "paid", "sale", "salefree", "unrated", "announced", "items", "playpass", "video")
]


def row(shown, places=None):
    given = {"asked": "x", "list": "search", "rank": 1, "app_id": "a.b", "country": "us", "lang": "en"}

    def refuse(name, error):
        raise AssertionError(name) from error

    return Rows(Listing, None, places)(shown, given, refuse)


@pytest.mark.parametrize("app_id", APPS)
def test_a_card_of_the_older_layout_says_what_the_other_one_does(app_id):
    view = View(App(app_id), "us", "en", words=True)
    new, old = row(card(view)), row(older_card(view), cards.PLACES_OF_MORE)
    names = [name for name in cards.PLACES_OF_MORE if name != "summary"]
    assert {name: getattr(old, name) for name in names} == {name: getattr(new, name) for name in names}
    assert (old.title, old.summary) == (view.app.title, unescape(view.app.summary("en")))
    assert (old.genre, old.installs, old.description) == (None, None, None)


@pytest.mark.parametrize("app_id", APPS)
def test_the_card_made_of_a_record_says_what_a_card_does(app_id):
    view = View(App(app_id), "us", "en", words=True)
    (made,) = lists.results([[None, [shown_at_length(view, "")]]], "search").above
    assert cards.id_of(made) == app_id
    one, other = row(made), row(card(view))
    assert one.summary == unescape(view.app.summary("en"))
    assert one.screenshots[: len(other.screenshots)] == other.screenshots
    assert one.screenshot_sizes[: len(other.screenshots)] == other.screenshot_sizes
    differ = {"summary", "screenshots", "screenshot_sizes", "kids_age"}
    assert {name for name in sources(Listing) if getattr(one, name) != getattr(other, name)} <= differ


@pytest.mark.parametrize(
    ("shown", "app_id", "older"),
    [
        ([["a.b", 7]], "a.b", False),
        ([*[None] * 12, ["a.b", 7]], "a.b", True),
        ([[""], *[None] * 11, ["a.b", 7]], "a.b", True),
        ([[5]], None, False),
        ([[""]], None, False),
        ([], None, False),
        (None, None, False),
    ],
)
def test_which_app_stands_on_a_card(shown, app_id, older):
    assert cards.id_of(shown) == app_id
    assert cards.is_older(shown) is older


def test_a_card_may_stand_in_an_array_of_its_own():
    shown = [["a.b", 7], None, None, "Title"]
    assert cards.bare([shown]) == shown
    assert cards.bare(shown) == shown


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        ([], (1,)),
        (["app_id", "rank", "featured"], (1,)),
        (["title"], (1,)),
        (["genre", "score"], (1, 52, 80)),
        (["video_thumbnail"], (1, 101)),
        (["summary"], (1, 74)),
        (["sale_text", "price"], (1, 58)),
    ],
)
def test_what_is_asked_for_to_fill_fields(names, numbers):
    assert sorted(cards.mask(Listing, names, calls.CARD)) == list(numbers)


def test_of_a_field_whose_number_nobody_knows_all_unknown_ones_are_asked_for():
    """But for what is known to be something else, a kilobyte a card."""
    mask = cards.mask(Listing, ["kids_age"], calls.CARD)
    assert {1, 112} < set(mask) < set(calls.CARD)
    assert not {80, 52, 58, 101, 92} & set(mask)
    assert list(mask) == [number for number in calls.CARD if number in mask], (
        "in the order of Play's own page"
    )
