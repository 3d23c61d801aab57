"""Pages that Play has sent ask as we do; what it adds to its layouts in a year is news, and no alarm."""

from __future__ import annotations

import pytest

from playfast.canary.forms import Forms
from playfast.canary.result import Result
from playfast.play import templates
from playfast.play.page import Page
from playfast.play.templates import OURS, Template
from tests.recorded.recordings import DIRECTORY, read

PAGES = {
    "details/minecraft_en_us": {"app": "com.mojang.minecraftpe"},
    "details/translate_en_us": {"app": "com.google.android.apps.translate"},
    "details/translate_en_us_second_load": {"app": "com.google.android.apps.translate"},
    "details/whereami_en_us": {"app": "com.adex77.WhereAmI"},
    "details/sparse_en_eg": {"app": "com.raiseright.edumarketapp"},
    "details/sparse_ko_kr": {"app": "com.youngkiu.stock_knee_shoulder"},
    "datasafety/translate_en_pl": {"app": "com.google.android.apps.translate"},
    "developer/google_numeric_id": {"developer": "5700313618786177705"},
    "developer/mojang_by_name": {"query": "pub:Mojang"},
    "search/panda_en_us": {"query": "panda"},
    "search/where_am_i_en_us": {"query": "where am i"},
    "home/store_home": {"category": "APPLICATION"},
}
OF_2025 = {"details/sparse_en_eg", "details/sparse_ko_kr"}


def told(*pages, in_force=OURS, needed=()):
    """What is found on pages, each with what it was asked."""
    forms, result = Forms(in_force, frozenset()), Result("")
    for body, known in pages:
        forms.read(Page(body), known)
    forms.needed(needed)
    forms.tell(result)
    return result


def page(rpc, request):
    """A page that asks for one thing."""
    return (
        f"<script>var AF_dataServiceRequests = {{'ds:0' : {{id:'{rpc}',request:{request}}}}}; var AF_initDataChunkQueue = [];</script>"
    ).encode()


def search(text=OURS[templates.SEARCH].text, rpc="lGYRle"):
    filled = Template(templates.SEARCH, rpc, text).filled(query='"q"', masks="[[[[7,96],[[1,73]]]]]")
    return page(rpc, filled), {"query": "q"}


NEWER = templates.LAYOUTS.replace("[96,", "[323,96,")


def with_newer_layouts():
    return search(OURS[templates.SEARCH].text.replace(templates.LAYOUTS, NEWER))


@pytest.mark.skipif(not DIRECTORY.is_dir(), reason="no recorded answers")
@pytest.mark.parametrize("name", PAGES)
def test_pages_on_record_ask_as_we_do(name):
    result = told((read(DIRECTORY / f"{name}.html.gz"), PAGES[name]))
    assert result.moved == []
    assert result.templates == {}
    news = {(one.where, one.what, one.problem) for one in result.news}
    expected = {("settings of pages", "QEwZ9c", "the layouts are others (gone 176, 320)")}
    assert news == (expected if name in OF_2025 else set())


@pytest.mark.skipif(not DIRECTORY.is_dir(), reason="no recorded answers")
def test_a_page_of_2022_asks_in_another_form():
    body = read(DIRECTORY / "details" / "minecraft_en_us_2022.html.gz")
    result = told((body, {"app": "com.mojang.minecraftpe"}))
    assert {one.what for one in result.moved} == {"details", "related", "G8C1sd", "QEwZ9c"}
    assert {"details", "related"} <= set(result.templates)


def test_a_page_that_asks_as_we_do_says_nothing():
    result = told(search())
    assert (result.moved, result.news, result.templates) == ([], [], {})


def test_new_layouts_are_news_as_long_as_ours_are_answered():
    result = told(with_newer_layouts())
    assert (result.moved, result.templates) == ([], {})
    assert [one.problem for one in result.news] == ["pages ask otherwise: the layouts are others (new 323)"]


def test_new_layouts_have_moved_where_ours_are_not_answered():
    result = told(with_newer_layouts(), needed={"lGYRle"})
    assert [(one.what, one.problem) for one in result.moved] == [
        ("search", "the layouts are others (new 323)")
    ]
    assert NEWER in result.templates["search"].text


def test_where_one_page_asks_as_we_do_the_others_are_news():
    result = told(search(), search(rpc="New1"))
    assert result.moved == []
    assert [one.problem for one in result.news] == ["some pages ask otherwise: the RPC is New1, ours lGYRle"]


def test_templates_in_force_are_what_pages_are_compared_with():
    new = Template(templates.SEARCH, "New1", OURS[templates.SEARCH].text)
    in_force = templates.replaced({templates.SEARCH: new})
    same = told(search(rpc="New1"), in_force=in_force)
    assert (same.moved, set(same.templates)) == ([], {"search", "older_search"})
    back = told(search(), in_force=in_force)
    assert [one.problem for one in back.moved] == ["the RPC is lGYRle, ours New1"]
    assert back.templates == {}
