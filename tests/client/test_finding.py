"""What a client's methods that find apps promise, each in a program of its own against the local store."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from playfast.client import Client
from playfast.errors import ArgumentError
from playfast.play.categories import CATEGORIES

pytestmark = pytest.mark.crawl

START = """
import dataclasses, json
from playfast import Client
client = Client(pace="unpaced")
def told(*found):
    print(json.dumps([[dataclasses.asdict(one) for one in some] for some in found], default=str))
"""


def asked_store(store, what, **query):
    return json.loads(store.get(f"/_localstore/{what}?" + urlencode(query)))


def test_a_search_gives_what_the_store_finds_and_whole_records(program, store):
    rows, closing, apps = program(
        START
        + """
found = client.search(["panda", "nothing"], details=True)
told(found.rows, found.closing, found.apps)
""",
        store=store,
    )
    due = asked_store(store, "search", q="panda")
    shown = [row["app_id"] for row in sorted(rows, key=lambda row: row["rank"])]
    assert shown == due["ids"][: len(shown)]
    assert len(shown) >= 20
    assert [row["app_id"] for row in rows if row["featured"]] == (
        [due["featured"]] if due["featured"] else []
    )
    assert [(one["asked"], one["rows"], one["stopped"]) for one in closing] == [
        ("panda", {"search": len(shown)}, {"search": "end"}),
        ("nothing", {"search": 0}, {"search": "empty"}),
    ]
    assert sorted(app["app_id"] for app in apps) == sorted(shown)
    assert all(app["title"] for app in apps)


def test_suggestions_come_for_each_term_and_each_ending(program, store):
    (records,) = program(
        START + """told(client.get_suggestions(["pan", "where"], "de", "de", expand="a-c"))""", store=store
    )
    assert [one["term"] for one in records] == [
        "pan", "pana", "panb", "panc", "where", "wherea", "whereb", "wherec",
    ]  # fmt: skip
    for one in records:
        assert one["suggestions"] == asked_store(store, "suggest", term=one["term"], gl="de", hl="de")


def test_texts_that_look_like_remarks_are_asked_and_blanks_at_their_ends_are_not(program, store):
    rows, closing, suggested = program(
        START
        + """
found = client.search(["#1 game", " panda "])
told(found.rows, found.closing, client.get_suggestions([" pan ", "#1"], expand="_a"))
""",
        store=store,
    )
    assert [(one["asked"], one["status"]) for one in closing] == [
        ("#1 game", "available"),
        ("panda", "available"),
    ]
    assert {row["asked"] for row in rows} == {"#1 game", "panda"}
    assert [(one["term"], one["status"]) for one in suggested] == [
        ("pan", "available"), ("pan a", "available"), ("#1", "available"), ("#1 a", "available"),
    ]  # fmt: skip


def test_charts_come_by_category_and_collection(program, store):
    rows, closing = program(
        START
        + """
found = client.get_charts(["GAME_WORD", "dating"], collections=["topselling_paid", "topgrossing"])
told(found.rows, found.closing)
""",
        store=store,
    )
    for category in ("GAME_WORD", "DATING"):
        for collection in ("topselling_paid", "topgrossing"):
            came = [
                row["app_id"]
                for row in sorted(rows, key=lambda row: row["rank"])
                if (row["asked"], row["list"]) == (category, collection)
            ]
            assert came == asked_store(store, "chart", collection=collection, category=category)
    assert [one["asked"] for one in closing] == ["GAME_WORD", "DATING"]
    assert closing[1]["stopped"]["topselling_paid"] == "empty"


def test_all_categories_have_a_record(program, store):
    (records,) = program(START + "told(client.get_categories(langs='de'))", store=store)
    assert [one["category"] for one in records] == list(CATEGORIES)
    named = {one["category"]: one["name"] for one in records}
    assert named["FINANCE"] == "Finanzen"
    assert named["APPLICATION"] is None
    paid = {one["category"]: "topselling_paid" in one["collections"] for one in records}
    assert paid["TOOLS"]
    assert not paid["DATING"]


def test_the_lists_of_front_pages(program, store):
    rows, closing = program(
        START + "found = client.get_collections(); told(found.rows, found.closing)", store=store
    )
    for category in ("APPLICATION", "GAME"):
        due = asked_store(store, "front", category=category)
        came = sorted((row for row in rows if row["asked"] == category), key=lambda row: row["rank"])
        assert [row["apps"] for row in came] == [
            *(section["ids"][: section["shown"]] for section in due["sections"]),
            due["events"],
        ]
    assert [one["asked"] for one in closing] == ["APPLICATION", "GAME"]


def test_what_is_no_category_is_told_with_the_nearest():
    with pytest.raises(ArgumentError, match="'GAMES_WORD' is no category, did you mean GAME_WORD"):
        Client().get_charts("games_word")
