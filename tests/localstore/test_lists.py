"""Reviews, lists of apps, developers and permissions, as their RPCs and pages serve them; beside the recorded ones."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any
from urllib.parse import quote_plus

import pytest

from playfast.localstore import makers, shelves
from playfast.localstore.catalogue import App
from playfast.localstore.chance import Chance

from .conftest import RECORDED, at, frames, running

MANY = "example.reviews2500.app"
LEGACY = [
    [10, [10, 100]],
    True,
    None,
    [96, 27, 4, 8, 57, 30, 110, 79, 11, 16, 49, 1, 3, 9, 12, 104, 55, 56, 51, 10, 34, 77],
]


def reviews(app_id, rows, token=None, sort=2, filters=None, tag="r"):
    page = [rows] if token is None else [rows, None, token]
    return ["oCPfdb", json.dumps([None, [2, sort, page, None, filters], [app_id, 7]]), None, tag]


def older_reviews(app_id, rows, token=None, tag="r"):
    return ["UsvDTd", json.dumps([None, None, [2, 2, [rows, None, token], None, []], [app_id, 7]]), None, tag]


def related(app_id, rows, tag="r"):
    return [
        "ag2B9c",
        json.dumps([[None, [app_id, 7], None, [[3, [rows]], None, None, [1, 8]]], [1]]),
        None,
        tag,
    ]


def more(token, tag="r"):
    return ["qnKhOb", json.dumps([[None, LEGACY, None, token]]), None, tag]


def answer(server, call, query="hl=en&gl=us"):
    """The payload and the error of one call."""
    (frame,) = frames(server.post([call], query).text).values()
    return None if frame[2] is None else json.loads(frame[2]), frame[5]


def kind(value: Any) -> str:
    """The shape of a value, to the depth at which texts and numbers stand."""
    if isinstance(value, list):
        return "[" + ",".join(map(kind, value)) + "]"
    return {type(None): "-", bool: "b", int: "n", float: "n", str: "t", dict: "{}"}[type(value)]


@pytest.fixture(scope="module")
def with_lists():
    """An app that has both lists, one of which goes on, and its developer."""
    for number in range(1_000):
        app = App(f"com.example.a{number}")
        if (
            shelves.has_similar(app)
            and app.chance.happens("more by", 0.85)
            and len(shelves.similar(app, "US")) > 60
        ):
            return app
    raise AssertionError


# Reviews.


def test_pages_of_reviews_follow_one_another_to_the_end(server):
    seen, token, sizes = [], None, []
    while True:
        (rows, *rest), error = answer(server, reviews(MANY, 300, token))
        assert error is None
        seen += [row[0] for row in rows]
        sizes.append(len(rows))
        token = rest[0][1] if rest[0] else None
        if token is None:
            break
    assert seen == server.get(f"/_localstore/reviews?id={MANY}&hl=en").json()
    assert len(set(seen)) == len(seen)
    assert set(sizes[:-1]) == {300}


def test_each_language_has_reviews_of_its_own_and_the_country_plays_no_part(server):
    def ids(query):
        return [row[0] for row in answer(server, reviews(MANY, 50), query)[0][0]]

    assert ids("hl=en&gl=us") == ids("hl=en&gl=kr") == ids("hl=en-GB&gl=us")
    assert not set(ids("hl=en&gl=us")) & set(ids("hl=de&gl=us"))
    assert ids("hl=tg&gl=us") == ids("hl=ru&gl=us")


def test_the_older_call_gives_the_same_rows(server):
    assert answer(server, older_reviews(MANY, 40))[0][0] == answer(server, reviews(MANY, 40))[0][0]


def test_what_is_no_page_is_refused(server):
    (_, rest, _), _ = answer(server, reviews(MANY, 100))
    assert answer(server, reviews(MANY, 5_000))[1][0] == 13
    assert answer(server, reviews("example.gone.app", 100)) == (None, None)
    assert answer(server, older_reviews("example.gone.app", 100)) == ([], None)
    assert answer(server, reviews("example.other.reviews500.app", 100, rest[1]))[1][0] == 5, (
        "the token of another app"
    )
    assert answer(server, reviews(MANY, 100, rest[1]), "hl=de&gl=us")[1][0] == 5, "and of another language"
    assert answer(server, reviews(MANY, 100, "Cm9udGhpbmc"))[1][0] == 5
    assert answer(server, reviews(MANY, 100, sort=9))[1][0] == 3


def test_tokens_of_an_earlier_generation_are_dead():
    with running() as own:
        (_, rest, _), _ = answer(own, reviews(MANY, 100))
        assert answer(own, reviews(MANY, 100, rest[1]))[1] is None
        own.change(tokens=1)
        assert answer(own, reviews(MANY, 100, rest[1]))[1][0] == 5


def test_later_weeks_have_newer_reviews():
    with running() as own:
        (first, *_), _ = answer(own, reviews(MANY, 200))
        own.change(week=2)
        (later, *_), _ = answer(own, reviews(MANY, 200))
    new = [row for row in later if row[0] not in {one[0] for one in first}]
    assert new == later[: len(new)]
    assert 0 < len(new) < 200
    assert min(row[5] for row in new) > max(row[5] for row in first)


def test_reviews_have_the_shape_of_recorded_ones(server):
    path = RECORDED / "rpc" / "reviews_UsvDTd_page1.txt.gz"
    if not path.exists():
        pytest.skip(f"no recorded answers at {RECORDED}; set PLAYFAST_RECORDED")
    recorded = json.loads(next(iter(frames(gzip.decompress(path.read_bytes()).decode()).values()))[2])
    ours, _ = answer(server, older_reviews(MANY, 150))
    assert [len(row) for row in ours[0]] == [17] * 150
    for place in range(17):
        known = {kind(row[place]) for row in recorded[0]} | {"-"}
        if place not in (9, 12):  # with an account's background or without; criteria of many kinds
            assert {kind(row[place]) for row in ours[0]} <= known, place
    assert kind(ours[1]) == kind(recorded[1])


# Lists of apps.


def test_the_first_parts_of_both_lists_and_how_they_go_on(server, with_lists):
    payload, _ = answer(server, related(with_lists.app_id, 12))
    by_developer, similar = at(payload, 1, 1)
    due = shelves.similar(with_lists, "US")
    cards = at(similar, 21, 0)
    assert [card[0][0] for card in cards] == due[:12]
    following, error = answer(server, more(at(similar, 21, 1, 3, 1)))
    assert error is None
    assert [card[12][0] for card in following[0][0][0]] == due[12:112]
    assert at(by_developer, 21, 1, 2, 4, 2) == with_lists.developer.path
    assert answer(server, more("made up"))[1][0] == 5


def test_the_page_of_similar_apps_has_fifty(server, with_lists):
    payload, _ = answer(server, related(with_lists.app_id, 6))
    link = at(payload, 1, 1)[-1][21][1][2][4][2]
    page = server.get(f"{link}&hl=en&gl=us")
    assert page.status == 200
    assert "id:'CNT7ob'" in page.text
    ids = re.findall(r'\[\["([\w.]+)",7\],\[null,2', page.text)
    assert ids == shelves.similar(with_lists, "US")[:50]


@pytest.mark.parametrize("by_name", [False, True])
def test_a_developers_apps(server, by_name):
    key = next(
        key
        for key in range(500)
        if not shelves.has_above(key) and len(shelves.by_developer(key, 0, 0, "US")) > 60
    )
    developer = makers.developer_number(key, Chance("developer", key))
    asked = developer.name if by_name else developer.number
    arguments: Any = (
        [[None, [[10, [20]], None, None, []], [f"pub:{asked}"], 4], [1]]
        if by_name
        else [None, None, [None, [[1, [20]], None, None, []], None, [asked, 8]], None, [1]]
    )
    payload, _ = answer(server, ["IRWBmd" if by_name else "MRTdke", json.dumps(arguments), None, "d"])
    section = at(payload, 0, 1, 0)
    cards, head = at(section, 22 if by_name else 21)
    due = shelves.by_developer(key, 0, 0, "US")
    assert [card[0][0][0] if by_name else card[0][0] for card in cards] == due[:20]
    following, _ = answer(server, more(head[3][1]))
    assert [card[12][0] for card in following[0][6][0]] == due[20:120]
    page = server.get(f"/store/apps/{'developer' if by_name else 'dev'}?id={quote_plus(asked)}&hl=en&gl=us")
    assert page.status == 200
    assert page.text.count('<a class="Si6A0c"') == (20 if by_name else 10)


def test_the_app_that_stands_above_is_left_out_of_the_list(server):
    key = next(
        key for key in range(500) if shelves.has_above(key) and len(shelves.by_developer(key, 0, 0, "US")) > 3
    )
    number = makers.developer_number(key, Chance("developer", key)).number
    due = shelves.by_developer(key, 0, 0, "US")
    above, _ = answer(server, ["r4RdKc", json.dumps([[[None], [number, 8], []], [1]]), None, "a"])
    assert at(above, 1, 1, 0, 23, 16, 11, 0, 0) == due[0]
    arguments = [None, None, [None, [[1, [100]], None, None, []], None, [number, 8]], None, [1]]
    listed, _ = answer(server, ["MRTdke", json.dumps(arguments), None, "d"])
    assert [card[0][0] for card in at(listed, 0, 1, 0, 21, 0)] == due[1:101]


@pytest.mark.parametrize("path", ["dev?id=12345", "developer?id=Nobody+at+all", "collection/cluster?gsr=abc"])
def test_pages_that_are_not_there(server, path):
    assert server.get(f"/store/apps/{path}&hl=en&gl=us").status == 404


def test_numbers_and_names_of_developers_lead_back_to_them():
    for key in (0, 1, 17, 299_999, 123_456_789):
        developer = makers.developer_number(key, Chance("developer", key))
        assert makers.by_number(developer.number) == key
        assert makers.by_name(developer.name) == key
    assert makers.by_number("4600000000000000001") is None
    assert makers.by_name("Nobody 7") is None


# Trust, and whose store it is.


def test_permissions_by_their_own_call_are_those_of_the_record(server):
    app_id = "com.example.a1"
    payload, _ = answer(server, ["xdSrCf", json.dumps([[None, [app_id, 7], []]]), None, "p"])
    record, _ = answer(
        server, ["Ws7gDc", json.dumps([None, None, [[75]], None, None, [[app_id, 7]]]), None, "d"]
    )
    assert payload == at(record, 1, 2, 74, 2)
    assert answer(server, ["xdSrCf", json.dumps([[None, ["example.gone.app", 7], []]]), None, "p"]) == (
        None,
        None,
    )
    nothing, _ = answer(
        server, ["xdSrCf", json.dumps([[None, ["shop.variety.nopermissions", 7], []]]), None, "p"]
    )
    assert nothing == [[], []]


def test_the_page_of_data_safety(server):
    assert "id:'Ws7gDc'" in server.get("/store/apps/datasafety?id=com.example.a1&hl=en").text
    missing = server.get("/store/apps/datasafety?id=example.gone.app&hl=en")
    assert missing.status == 200
    assert "<title>Not Found</title>" in missing.text
    assert server.get("/store/apps/datasafety?hl=en").status == 400


def test_the_store_says_who_it_is_and_lies_when_it_is_told_to(server):
    assert answer(server, ["jRco8", "[]", None, "s"], "hl=de&gl=kr")[0][1] == "Südkorea"
    with running("--other-store", "1") as liar:
        assert answer(liar, ["jRco8", "[]", None, "s"], "hl=en&gl=kr")[0][1] == "United States"
        assert '"zQmIje":"US"' in liar.page("com.example.a1", gl="kr").text
        assert liar.report()["faults"]["other-store"] == 2


def test_tokens_die_by_chance_too():
    with running("--dead-tokens", "1") as own:
        (_, rest, _), _ = answer(own, reviews(MANY, 100))
        assert answer(own, reviews(MANY, 100, rest[1]))[1][0] == 5
