"""Searches, suggestions, charts and front pages, field by field beside the recorded ones."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from itertools import islice

import pytest

from playfast.localstore import searches
from playfast.localstore.catalogue import ids
from playfast.localstore.page import marks
from playfast.localstore.weeks import app_in

from . import asking
from .conftest import answer, at, blocks, frames, recorded, routing, shape

FEATURES, BARE = "search/panda_en_us.html.gz", "search/where_am_i_en_us.html.gz"
HOME, SIMILAR = "home/store_home.html.gz", "similar/translate_cluster.html.gz"
CHART, SUGGEST = "rpc/charts_vyAe2_rt_c.txt.gz", "rpc/suggest_IJ4APc.txt.gz"
DEVELOPER = "developer/google_numeric_id.html.gz"

# What no recorded card has, and others tell: a sale has a second price and an end, early access a text.
AMOUNT, LINK = (
    "[-,[[n,t,t]],-,[-,t],-,n,[-,-,-,-,-,[-,-,t]],-,[t],-,-,-,-,-,[[n],t],-,[]]",
    "[-,-,-,-,[-,-,t]]",
)
KNOWN_BESIDES = {
    8: {AMOUNT},
    25: {f"[[[[{AMOUNT}],[t],-,[t]]]]"},
    26: {"[n,-,t]"},
    33: {f"[[[[t,n]]],{LINK}]"},
}


def recorded_payload(path):
    (frame,) = frames(recorded(path)).values()
    return json.loads(frame[2])


def query(*, features, count=30):
    """A query with at least that many results of which the first stands above the others, or none does."""
    for number in range(200):
        text = f"some words {number}"
        found = searches.search(text, "US", 0, 0)
        if found.features is features and len(found.ids) > count:
            return text
    raise AssertionError


@pytest.fixture(scope="module")
def recorded_cards():
    found = [
        entry[0] for path in (FEATURES, BARE) for entry in blocks(recorded(path))["lGYRle"][0][1][-1][22][0]
    ]
    found += [card for part in blocks(recorded(HOME))["w3QCWb"][0][1][:-1] for card in part[21][0]]
    found += [entry[1][0] for entry in blocks(recorded(HOME))["w3QCWb"][0][1][-1][34][0]]
    found += [row[0] for row in recorded_payload(CHART)[0][1][0][28][0]]
    return found + blocks(recorded(SIMILAR))["CNT7ob"][0][1][0][21][0]


@pytest.fixture(scope="module")
def found_page(server):
    return server.get(f"/store/search?q={query(features=True)}&c=apps&hl=en&gl=us".replace(" ", "+")).text


@pytest.fixture(scope="module")
def front_page(server):
    return server.get("/store/apps?hl=en&gl=us").text


def all_cards(server):
    for wish in (query(features=True), query(features=False), "shop", "the"):
        payload, _ = answer(server, "lGYRle", asking.search(wish))
        yield from (entry[0] for entry in payload[0][1][-1][22][0])
    for wish in ("APPLICATION", "GAME", "SHOPPING"):
        payload, _ = answer(server, "w3QCWb", asking.front(wish))
        yield from (card for part in payload[0][1][:-1] for card in part[21][0])
        yield from (entry[1][0] for entry in payload[0][1][-1][34][0])
    for wish in ("topselling_free", "topselling_paid"):
        payload, _ = answer(server, "vyAe2", asking.chart(wish, "GAME"))
        yield from (row[0] for row in payload[0][1][0][28][0])


def test_every_place_of_a_card_has_a_recorded_shape(server, recorded_cards):
    ours = list(all_cards(server))
    assert len(ours) > 600
    assert {len(card) for card in ours} <= {len(card) for card in recorded_cards} | {27}, (
        "27 where nothing is told of the state"
    )
    for place in range(102):
        told = {shape(at(card, place)) for card in recorded_cards} | {"-"} | KNOWN_BESIDES.get(place, set())
        made = {shape(at(card, place)) for card in ours}
        assert made <= told, place
        assert made != {"-"} or told == {"-"}, f"{place} is recorded and never made"


def test_sections_of_results_are_as_recorded(server):
    for path, features in ((FEATURES, True), (BARE, False)):
        theirs = blocks(recorded(path))["lGYRle"]
        ours, _ = answer(server, "lGYRle", asking.search(query(features=features)))
        assert [len(part) for part in ours[0][1]] == [len(part) for part in theirs[0][1]]
        mine, other = ours[0][1][-1], theirs[0][1][-1]
        assert [len(entry) for entry in mine[22][0]] == [len(entry) for entry in other[22][0]]
        assert (mine[3], mine[22][1]) == (other[3], other[22][1])
        assert shape([*ours[0][2:], *ours[1:]]) == shape([*theirs[0][2:], *theirs[1:]])
        assert ours[0][4] == theirs[0][4]


def test_the_app_above_the_results_is_as_recorded(server):
    theirs = blocks(recorded(FEATURES))["lGYRle"][0][1][0]
    app_id = next(
        app_id
        for app_id in ids(500)
        if (app := app_in(app_id)).status("us") == "available"
        and app.ratings
        and app.header
        and not app.is_paid
        and not app.early_access
    )
    ours = blocks(server.get(f"/store/search?q={app_id}&c=apps&hl=en&gl=us").text)["lGYRle"][0][1][0]
    assert (
        [place for place, part in enumerate(ours) if part]
        == [place for place, part in enumerate(theirs) if part]
        == [3, 23]
    )
    assert shape(ours[23][17]) == shape(theirs[23][17])
    assert shape(ours[23][16][3]) == shape(theirs[23][16][3])
    assert ours[23][16][3]["40"] == theirs[23][16][3]["40"]
    mine, other = ours[23][16][2], theirs[23][16][2]
    assert len(mine) == len(other) == 98
    sometimes = {19, 48, 62, 90, 100}  # prices inside, advertisements, the store's pass, families, a video
    unknown = {155}  # a picture that games on a computer have
    filled = [{place for place in range(200) if at(record, place) is not None} for record in (mine, other)]
    assert filled[0] ^ filled[1] <= sometimes | unknown
    for place in (0, 13, 18, 41, 42, 57, 68, 72, 73, 79, 91, 95, 96, 111, 102):
        assert shape(at(mine, place)) == shape(at(other, place)), place


def test_the_page_of_a_search_asks_what_recorded_ones_ask(found_page):
    wish = query(features=True)
    theirs = [
        tuple(part.replace('"panda"', f'"{wish}"') for part in entry) for entry in routing(recorded(FEATURES))
    ]
    assert routing(found_page) == theirs
    ours, other = blocks(found_page), blocks(recorded(FEATURES))
    assert shape(ours["AZO9Cb"]) == shape(other["AZO9Cb"])
    assert re.findall(r"q=([^&]*)&c=(\w+)", json.dumps(ours["AZO9Cb"])) == [
        (wish.replace(" ", "+"), kind) for kind in ("apps", "movies", "books")
    ]
    assert shape(ours["lGYRle"][0][1][0][23][17]) == shape(other["lGYRle"][0][1][0][23][17])
    assert 1_000_000 < len(found_page.encode()) < 1_400_000


def test_the_page_of_everything_asks_what_the_recorded_one_asks(front_page):
    assert routing(front_page) == routing(recorded(HOME))
    ours, theirs = blocks(front_page), blocks(recorded(HOME))
    assert shape(ours["eIpeLd"]) == shape(theirs["eIpeLd"])
    assert ours["w37aie"] == theirs["w37aie"]
    assert 1_100_000 < len(front_page.encode()) < 1_900_000


def test_sections_of_a_front_page_are_as_recorded(front_page):
    theirs, ours = blocks(recorded(HOME))["w3QCWb"], blocks(front_page)["w3QCWb"]
    assert shape(ours[0][2:]) == shape(theirs[0][2:])
    assert ours[0][1][0][3] == theirs[0][1][0][3]
    for part in ours[0][1][:-1]:
        assert len(part) == 22
        assert shape(part[3]) == shape(theirs[0][1][1][3])
        assert shape(part[21][1]) in {shape(other[21][1]) for other in theirs[0][1][:-1]} | {f"[t,-,{LINK}]"}
    assert len(ours[0][1][0][21][0]) == len(theirs[0][1][0][21][0]) == 20
    assert {len(part[21][0]) for part in ours[0][1][1:-1]} <= {6, 7, 8}


def test_events_are_as_recorded(front_page):
    theirs, ours = (blocks(page)["w3QCWb"][0][1][-1] for page in (recorded(HOME), front_page))
    assert len(ours) == len(theirs) == 35
    assert len(ours[34][0]) == len(theirs[34][0])
    assert ours[34][1] == theirs[34][1]
    for entry in ours[34][0]:
        assert shape(entry[1][1:]) in {shape(other[1][1:]) for other in theirs[34][0]}
    name = b"non_personalized_mid_stream_popular_live_ops_APPLICATION"
    assert len(b64decode(ours[3][0])) == len(b64decode(theirs[3][0]))
    assert all(name in b64decode(part[3][0]) for part in (ours, theirs))


def test_charts_are_as_recorded(server):
    theirs = recorded_payload(CHART)
    ours, _ = answer(server, "vyAe2", asking.chart("topselling_free", "GAME", 100, asking.PAGE))
    mine, other = ours[0][1][0], theirs[0][1][0]
    assert [len(ours), len(ours[0]), len(mine)] == [len(theirs), len(theirs[0]), len(other)]
    assert ours[0][2:] == theirs[0][2:]
    assert mine[3] == other[3]
    assert len(mine[28][0]) == len(other[28][0])
    assert len(mine[28]) == len(other[28])
    assert {shape(row[1:]) for row in mine[28][0]} == {shape(row[1:]) for row in other[28][0]}
    assert 500_000 < len(json.dumps(ours)) < 1_000_000


def test_suggestions_are_as_recorded(server):
    theirs = recorded_payload(SUGGEST)
    term = next(
        word
        for word in ("lo", "ga", "re")
        if len((answer(server, "IJ4APc", asking.suggest(word))[0] or [[[]]])[0][0]) > 1
    )
    ours, _ = answer(server, "IJ4APc", asking.suggest(term))
    assert shape(ours) == shape(theirs)
    assert ours[0][1:] == theirs[0][1:]
    for row in ours[0][0]:
        assert row[2][4][2].startswith("/store/search?q=")
        assert row[2][4][2].endswith("&c=apps")


def test_marks_are_the_recorded_ones_to_the_letter():
    above, found = blocks(recorded(FEATURES))["lGYRle"][0][1]
    assert above[3] == [marks.above("com.pandaexpress.app")]
    assert found[3][0] == marks.found("search_results_cluster_apps_range_1_20", 1)
    assert recorded_payload(CHART)[0][1][0][3] == [marks.charted("topselling_free_GAME")]
    for place, part in enumerate(islice(blocks(recorded(HOME))["w3QCWb"][0][1], 4)):
        assert part[3][0] == marks.recommended(part[3][1][0][0], place)
    similar = blocks(recorded(SIMILAR))["CNT7ob"][0][1][0][3]
    assert similar[0] == marks.recommended(similar[1][0][0], 0)
    numbered = blocks(recorded(DEVELOPER))
    assert numbered["MRTdke"][0][1][0][3] == [marks.related("more_by_5700313618786177705")]
    assert numbered["r4RdKc"][1][1][0][3] == [marks.alone()]
