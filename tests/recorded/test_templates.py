"""Templates read off the pages on record are ours, but for the page of 2022."""

from __future__ import annotations

import orjson
import pytest

from playfast.play import asked, templates
from playfast.play.templates import OURS

from .recordings import WHOLE_PAGES, app_id_of, app_page, whole_page

OF_AN_APP = {"details", "reviews", "related", "storefront"}
OTHERS = {
    "developer/google_numeric_id": ({"developer": "5700313618786177705"}, {"profile", "numbered_developer", "above", "storefront"}),
    "developer/mojang_by_name": ({"query": "pub:Mojang"}, {"named_developer", "storefront"}),
    "search/panda_en_us": ({"query": "panda"}, {"search", "storefront"}),
    "home/store_home": ({"category": "APPLICATION"}, {"home", "storefront"}),
    "datasafety/translate_en_pl": ({"app": "com.google.android.apps.translate"}, {"details", "storefront"}),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in WHOLE_PAGES if "2022" not in name])
def test_a_page_of_an_app_asks_as_we_do(name):
    found = asked.read(app_page(name).requests, {"app": app_id_of(name)})
    assert set(found) == OF_AN_APP
    assert {kind: one.request for kind, one in found.items()} == {
        kind: OURS[kind].request for kind in OF_AN_APP
    }
    assert asked.renewed(found) == {}


@pytest.mark.parametrize("file", OTHERS)
def test_other_pages_ask_as_we_do(file):
    known, kinds = OTHERS[file]
    found = asked.read(whole_page(file).requests, known)
    assert set(found) == kinds
    assert asked.renewed(found) == {}


def test_a_page_of_2022_asked_otherwise():
    found = asked.read(app_page("minecraft_en_us_2022").requests, {"app": "com.mojang.minecraftpe"})
    told = {kind: asked.differences(OURS[kind], one) for kind, one in found.items()}
    assert told == {
        "details": ["the context is another (at 0,0 [true], ours [1,null,1]; at 1 [null,[[[]]]], ours [null,[[[]]],null,null,[1]])"],
        "related": ["at 0,3,1 true, ours null"],
        "reviews": [],
        "storefront": [],
    }  # fmt: skip


@pytest.mark.parametrize("file", ["details/translate_en_us", *OTHERS])
def test_the_settings_of_a_page_hold_the_same(file):
    page = whole_page(file)
    assert asked.in_words(orjson.loads(templates.CONTEXT), page.setting("G8C1sd")) == []
    assert asked.in_words(orjson.loads(templates.LISTS), page.setting("QEwZ9c")) == []
