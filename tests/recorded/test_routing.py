"""Which block of a page holds what: numbers change with page, build and year; its own table decides."""

from __future__ import annotations

import json

import pytest

from playfast.play.page import details

from .recordings import (
    DIRECTORY,
    FIELDS,
    PAGES,
    TRIMMED_PAGES,
    WHOLE_PAGES,
    app_page,
    extracted,
    file_of,
    page,
    read,
)

COMMON = ("T6C6Se", "Qu3lde", "X5bnOb")
DETAILS = (
    *COMMON,
    "CLXjtf",
    "A6yuRe",
    "Ws7gDc",
    "ZittHe",
    "yowZ5",
    "ag2B9c",
    "Ws7gDc",
    "oCPfdb",
    "jRco8",
    "shGlA",
)
SEARCH = (*COMMON, "AZO9Cb", "lGYRle", "jRco8", "shGlA")

# The RPC behind ds:0, ds:1, ..., read off each page's `AF_dataServiceRequests`.
ROUTES = {
    "details/minecraft_en_us": DETAILS,
    "details/translate_en_us": DETAILS,
    "details/translate_en_us_second_load": DETAILS,
    "details/whereami_en_us": DETAILS,
    "details/sparse_en_eg": (*DETAILS[:9], "gIDi0", "e7uDs", *DETAILS[9:]),
    "details/sparse_ko_kr": (*DETAILS[:9], "e7uDs", *DETAILS[9:]),
    "details/minecraft_en_us_2022": (
        *COMMON,
        "CLXjtf",
        "Ws7gDc",
        "ag2B9c",
        "c5NYSc",
        "oCPfdb",
        "jRco8",
        "shGlA",
    ),
    "search/panda_en_us": SEARCH,
    "search/where_am_i_en_us": SEARCH,
    "developer/google_numeric_id": (*COMMON, "MRTdke", "r4RdKc", "Ws7gDc", "jRco8", "shGlA"),
    "developer/mojang_by_name": (*COMMON, "IRWBmd", "jRco8", "shGlA"),
    "similar/translate_cluster": (*COMMON, "CNT7ob", "lUZwMe", "jRco8", "shGlA"),
    "datasafety/translate_en_pl": (*COMMON, "Ws7gDc", "jRco8", "shGlA"),
    "home/store_home": (*COMMON, "eIpeLd", "w3QCWb", "w37aie", "jRco8", "shGlA"),
}

# What may differ between two loads of one app on one day: counters that go on, and the order of the stories.
LIVE = {
    "exact_installs",
    "score",
    "ratings",
    "reviews",
    "histogram",
    "scores_by_device",
    "phone_score",
    "phone_ratings",
    "phone_reviews",
    "phone_histogram",
    "stories",
}


def _block(name, key):
    """A block read without the parser: from its key to the first `data:`, then one JSON value."""
    text = read(file_of(name)).decode()
    start = text.index("data:", text.index(f"AF_initDataCallback({{key: '{key}'")) + len("data:")
    value, _ = json.JSONDecoder().raw_decode(text, start)
    return value


@pytest.mark.parametrize("file", ROUTES)
def test_routes(file):
    routes = page(DIRECTORY / f"{file}.html.gz").routes
    assert dict(routes) == {f"ds:{number}": rpc for number, rpc in enumerate(ROUTES[file])}


@pytest.mark.parametrize("name", TRIMMED_PAGES)
def test_a_cut_page_has_no_routes(name):
    assert not app_page(name).routes


@pytest.mark.parametrize("file", ROUTES)
def test_a_whole_page_is_whole(file):
    assert page(DIRECTORY / f"{file}.html.gz").is_whole


@pytest.mark.parametrize("name", PAGES)
def test_the_details_block(name):
    key = "ds:4" if name == "minecraft_en_us_2022" else "ds:5"
    assert details(app_page(name)) == _block(name, key)


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_the_other_block_of_the_same_rpc_is_not_taken(name):
    """The rating by phones comes by the same RPC, of the same app, with one field only."""
    rpcs = ROUTES[f"details/{name}"]
    keys = [f"ds:{number}" for number, rpc in enumerate(rpcs) if rpc == "Ws7gDc"]
    first, *others = keys
    assert details(app_page(name)) == _block(name, first)
    for key in others:
        assert details(app_page(name)) != _block(name, key)


def test_two_loads_of_one_app_differ_in_what_is_live_only():
    first, second = extracted("translate_en_us"), extracted("translate_en_us_second_load")
    assert {field for field in FIELDS if first.value(field) != second.value(field)} == LIVE


def test_two_loads_of_one_app_show_the_same_stories():
    first, second = extracted("translate_en_us"), extracted("translate_en_us_second_load")
    assert sorted(story.url for story in first.item.stories) == sorted(
        story.url for story in second.item.stories
    )


def test_the_order_of_the_blocks_differs_between_two_loads():
    """Or the test above would say less than it seems to."""

    def order(name):
        text = read(file_of(name)).decode()
        return [part.split("'")[0] for part in text.split("AF_initDataCallback({key: '")[1:]]

    first, second = order("translate_en_us"), order("translate_en_us_second_load")
    assert sorted(first) == sorted(second)
    assert first != second
