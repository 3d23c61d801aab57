from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

import pytest

from playfast.items import App
from playfast.play.fields import OnPage, sources
from playfast.play.nested import Event, Story
from playfast.play.page import Page
from playfast.play.page_only import extras

from .pages import block, page
from .records import answer, made, place
from .shapes import is_a

ROUTES = {
    "ds:3": "CLXjtf",
    "ds:5": "Ws7gDc",
    "ds:6": "ZittHe",
    "ds:7": "yowZ5",
    "ds:9": "Ws7gDc",
    "ds:11": "jRco8",
}
STORE = [
    None,
    "United States",
    "English (United States)",
    None,
    [None, None, "https://x.example/us.png"],
    "All prices include VAT.",
]
LINKS = [
    [
        "x",
        "https://play.google.com/store/apps/details?id=org.example.kettle",
        None,
        [["x-default", "/a"], ["en", "/b"], ["pt-BR", "/c"]],
    ]
]
PHONE_RATING = [
    ["4.0", 4.021],
    [None, ["1", 1], ["2", 2], ["3", 3], ["4", 4], ["5", 5]],
    ["15", 15],
    ["3", 3],
]
PHONES = [None, [None, None, [{"52": PHONE_RATING}]]]


def card(title, when=None, image="https://i.example/", url="/store/apps/x"):
    return made({(2, 1): title, (3, 1): f"{title} too", (4, 3, 2): image, (6,): when, (7, 4, 2): url})


def stream(*cards):
    """Sections of cards, as the blocks of live events and stories hold them."""
    return [None, [None, [[*[None] * 52, [list(cards)]]]]]


def read(blocks: dict, routes=ROUTES, country="US"):
    return extras(
        Page(
            page("".join(block(key, value) for key, value in blocks.items()), routes=routes, country=country)
        )
    )


def test_a_whole_page_gives_all_of_it():
    found = read(
        {
            "ds:5": answer(), "ds:3": LINKS, "ds:9": PHONES, "ds:11": STORE,
            "ds:6": stream(card("Tea <b>week</b> &amp; more", "Ends today"), card("Second", None, None, None)),
            "ds:7": stream(card("Best kettles", "Feature")),
        }
    )  # fmt: skip
    assert found == {
        "phone_score": 4.021,
        "phone_ratings": 15,
        "phone_reviews": 3,
        "phone_histogram": (1, 2, 3, 4, 5),
        "served_country": "us",
        "served_country_name": "United States",
        "served_language": "English (United States)",
        "tax_note": "All prices include VAT.",
        "canonical_url": "https://play.google.com/store/apps/details?id=org.example.kettle",
        "locales": ("en", "pt-BR"),
        "events": (
            Event("Tea week & more", "Ends today", "https://i.example/", "https://play.google.com/store/apps/x"),
            Event("Second", when=None, image=None, url=None),
        ),
        "stories": (
            Story("Best kettles", "Best kettles too", "Feature", "https://i.example/", "https://play.google.com/store/apps/x"),
        ),
    }  # fmt: skip


def test_the_names_are_the_fields_that_only_a_page_fills():
    declared = {field.name for field in fields(App) if isinstance(sources(App)[field.name], OnPage)}
    assert set(read({"ds:5": answer(), "ds:9": PHONES})) == declared


def test_a_bare_page_says_nothing_but_its_country():
    found = read({"ds:5": answer()})
    assert found.pop("served_country") == "us"
    assert set(found.values()) == {None}


def test_a_page_without_a_routing_table_gives_only_what_no_other_block_looks_like():
    found = read(
        {"ds:5": answer(), "ds:3": LINKS, "ds:9": PHONES, "ds:11": STORE, "ds:6": stream(card("x"))},
        routes=None,
    )
    assert {name for name, value in found.items() if value is not None} == {
        "canonical_url",
        "locales",
        "served_country",
    }


@pytest.mark.parametrize(
    ("rating", "score", "ratings", "histogram"),
    [
        (PHONE_RATING, 4.021, 15, (1, 2, 3, 4, 5)),
        ([["0.0", 0], None, ["0", 0], ["0", 0]], None, 0, None),
        ([["4.0", 4], None, ["15", 15]], 4.0, 15, None),
        ([None, None, ["15", 15]], None, 15, None),
    ],
)
def test_ratings_by_phones_may_be_missing_in_part(rating, score, ratings, histogram):
    found = read({"ds:9": [None, [None, None, [{"52": rating}]]]})
    assert (found["phone_score"], found["phone_ratings"], found["phone_histogram"]) == (
        score,
        ratings,
        histogram,
    )


@pytest.mark.parametrize(
    "rating",
    [
        [["4.0", True], [None, *[["1", True]] * 5], ["15", 15], ["3", True]],
        [["4.0", "4"], [None, *[["1", "1"]] * 5], ["15", 15], ["3", "3"]],
        [["4.0", [4]], [None, *[["1", [1]]] * 5], ["15", 15], ["3", 1.5]],
        [["4.0", 4], "text", ["15", 15], 5],
    ],
)
def test_ratings_by_phones_of_another_type_are_none(rating):
    found = read({"ds:9": [None, [None, None, [{"52": rating}]]]})
    declared = get_type_hints(App)
    for name in ("phone_score", "phone_ratings", "phone_reviews", "phone_histogram"):
        assert is_a(found[name], declared[name]), name


def test_the_ratings_of_all_devices_are_not_taken_for_those_of_phones():
    assert read({"ds:5": answer()})["phone_score"] is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ds:11", "text"), ("ds:11", [None, 5, 5, None, None, 5]), ("ds:11", [[["x"]]]), ("ds:11", [None, "", "", None, None, ""]),
        ("ds:3", [["x", 5, None, "text"]]), ("ds:3", [["x", "", None, [[5], "x", None, ["x-default"], [""]]]]), ("ds:3", 5),
        ("ds:6", []), ("ds:6", "text"), ("ds:6", [None, [None, "text"]]), ("ds:6", stream(5, "x", None, [], card(None), card(""), card(5))),
        ("ds:7", [None, [None, [[*[None] * 52, "text"], 5, None]]]),
        ("ds:6", stream(card("<b></b>"))),
    ],
)  # fmt: skip
def test_blocks_of_another_shape_say_nothing(key, value):
    found = read({"ds:5": answer(), key: value})
    assert found.pop("served_country") == "us"
    assert set(found.values()) == {None}


def test_the_storefront_may_differ_from_the_names_around_it():
    found = read({"ds:11": place(list(STORE), (1,), "대한민국")}, country="KR")
    assert (found["served_country"], found["served_country_name"]) == ("kr", "대한민국")
