"""The app above a developer's list, and lists whose mark has no words."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from playfast.items import Listing
from playfast.play.fields import Rows
from playfast.play.lists import BY_DEVELOPER, SIMILAR, above, id_of, results, sections

KETTLE = "org.example.kettle"
RECORD = [
    ["Kettle"],
    {
        "63": ["Play Pass"],
        "69": ["Pot & Sons"],
        "52": [["4.5", 4.51]],
        "58": [[[[[None, [[2_990_000, "EUR", "2,99 €"]]]]]]],
    },
]


def answer(record: Any, ids: Any) -> Any:
    return [None, [None, [[{"24": [None] * 16 + [[None, None, record, {"12": ids}]]}]]]]


def test_its_record_becomes_a_card():
    card = above(answer(RECORD, [[KETTLE, 7]]))
    assert id_of(card) == KETTLE
    invalid: list[Any] = []
    keys = {"asked": "1", "list": "developer", "rank": 1, "app_id": KETTLE, "country": "de", "lang": "de"}
    item = Rows(Listing)(card, keys, lambda *why: invalid.append(why))
    assert invalid == []
    assert (item.title, item.developer, item.score, item.score_text) == ("Kettle", "Pot & Sons", 4.51, "4.5")
    assert (item.free, item.price, item.currency, item.price_text) == (False, 2.99, "EUR", "2,99 €")
    assert item.play_pass is True
    assert (item.video, item.screenshots, item.installs) == (None, None, None)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "text",
        {},
        [None, None],
        [None, [None, "text"]],
        [None, [None, [[], None, 7]]],
        answer(RECORD, None),
        answer(None, [[KETTLE, 7]]),
    ],
)
def test_whatever_has_no_app_in_it_is_none(payload):
    assert above(payload) is None


@pytest.mark.parametrize(
    ("mark", "link", "name"),
    [
        (b"\n\x18similar_apps_APPLICATION", "/store/apps/collection/cluster?gsr=a", SIMILAR),
        (b"\n\x0cmore_by_1234", "/store/apps/collection/cluster?gsr=a", BY_DEVELOPER),
        (b"\n\x0cmore_by_1234", "/store/apps/dev?id=1234", BY_DEVELOPER),
        (b"\x08\x14", "/store/apps/dev?id=1234", BY_DEVELOPER),
        (None, "/store/apps/developer?id=Pot+%26+Sons", BY_DEVELOPER),
        (b"\x08\x14", "/store/apps/collection/cluster?gsr=a", None),
        (None, "/store/apps/details?id=developer", None),
        (None, None, None),
    ],
)
def test_the_name_of_a_list(mark, link, name):
    head = ["A title", None, [None, None, None, None, [None, None, link]]]
    section = [None, None, None, [mark and b64encode(mark).decode()], {"22": [[], head]}]
    (found,) = sections([None, [None, [section]]])
    assert (found.name, found.link) == (name, link)


def test_what_else_a_page_of_results_shows_is_no_result():
    def shown(mark, *ids):
        cards = [[[[app_id, 7]]] for app_id in ids]
        written = b64encode(b"\n" + bytes([len(mark)]) + mark).decode()
        return [None, None, None, [written], {"23": [cards]}]

    found = shown(b"search_results_cluster_apps_range_0_30", "a.b", "c.d")
    beside = shown(b"recommended_for_you_APPLICATION", "e.f")
    for page in ([found, beside], [beside, found]):
        assert [id_of(card) for card in results([[None, page]], "search").cards] == ["a.b", "c.d"]
    unmarked = shown(b"something_new", "g.h")
    assert [id_of(card) for card in results([[None, [unmarked]]], "search").cards] == ["g.h"]
