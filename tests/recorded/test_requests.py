"""The requests of the pages on record: what we send is what Play's own pages send, word by word."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from playfast.play import calls

from .recordings import DIRECTORY, WHOLE_PAGES, read

TRANSLATE = "com.google.android.apps.translate"
GOOGLE = "5700313618786177705"


def sent(file: str) -> list[tuple[str, Any]]:
    """Every RPC of a page with its request, read off the page's own table."""
    text = read(DIRECTORY / f"{file}.html.gz").decode()
    start = text.index("AF_dataServiceRequests = {")
    table = text[start : text.index("AF_initDataChunkQueue", start)]
    return [
        (mark[1], json.JSONDecoder().raw_decode(table, mark.end())[0])
        for mark in re.finditer(r"'ds:\d+' : \{id:'(\w+)',(?:ext: [^,]*,)?request:", table)
    ]


@pytest.mark.parametrize(
    ("file", "call"),
    [
        ("developer/google_numeric_id", calls.developer(GOOGLE, "1", 10)),
        ("developer/google_numeric_id", calls.profile(GOOGLE, "1")),
        ("developer/google_numeric_id", calls.above(GOOGLE, "1")),
        ("developer/mojang_by_name", calls.developer("Mojang", "1", 20)),
        ("details/translate_en_us", calls.related(TRANSLATE, "1", 6)),
        ("datasafety/translate_en_pl", calls.details(TRANSLATE, (1, 69, 70, 96, 100, 138), "1")),
        ("details/translate_en_us", calls.storefront("1")),
    ],
    ids=lambda value: value.replace("/", "-") if isinstance(value, str) else value.rpc,
)
def test_as_the_page_does(file, call):
    assert (call.rpc, json.loads(call.request)) in sent(file)


def test_the_page_s_own_mask_of_an_app():
    """With its list of fields, so that the context which stands behind it is compared."""
    pages = [request for rpc, request in sent("details/translate_en_us") if rpc == calls.DETAILS]
    mask = pages[0][2][0]
    assert len(mask) > 40
    assert json.loads(calls.details(TRANSLATE, mask, "1").request) == pages[0]


@pytest.mark.parametrize("name", [name for name in WHOLE_PAGES if "2022" not in name])
def test_reviews_are_asked_as_pages_do_but_for_their_order(name):
    """The page names no order; we do, since the newest and the most helpful first are different questions."""
    (asked,) = [request for rpc, request in sent(f"details/{name}") if rpc == calls.REVIEWS]
    app_id = asked[2][0]
    ours = json.loads(calls.reviews(app_id, "1", rows=20, sort=1, device=2).request)
    assert ours[1][1] == 1
    ours[1][1] = None
    assert ours == asked


def apps_alone(layouts: list[Any]) -> list[Any]:
    """What a page says of layouts, without the fields of books, films and the like."""
    *_, (first, second, context, (masks,)), third, fourth, fifth = layouts
    of_apps = [mask for mask in masks if mask[0][0] == 7]
    assert len(of_apps) < len(masks)
    return [*layouts[:4], [first, second, context, [of_apps]], third, fourth, fifth]


@pytest.mark.parametrize(
    ("file", "query"), [("search/panda_en_us", "panda"), ("search/where_am_i_en_us", "where am i")]
)
def test_a_search_is_asked_as_its_page_does_for_apps(file, query):
    (asked,) = [request for rpc, request in sent(file) if rpc == calls.SEARCH]
    asked[0][1] = apps_alone(asked[0][1])
    assert json.loads(calls.search(query, calls.CARD, "1").request) == asked


def test_the_store_s_home_is_asked_as_its_page_does_for_apps():
    (asked,) = [request for rpc, request in sent("home/store_home") if rpc == calls.HOME]
    asked[0][4] = apps_alone(asked[0][4])
    assert json.loads(calls.home("APPLICATION", calls.CARD, "1").request) == asked
