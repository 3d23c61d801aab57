"""Every list of apps on record: similar ones, a developer's, those of searches, of a chart and of the store's home.

The expectations come from a walk over the raw JSON, checked against the links, titles, scores and prices that the page shows in the same
order. Of each list they hold the first and the last row, the first row of every further field that says something, and the digest of
each field over all rows.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

import pytest
from parsel import Selector
from scrapy.utils.test import get_crawler

from playfast.items import Listing
from playfast.pipelines.validation import ValidationPipeline
from playfast.play import calls
from playfast.play.lists import BY_DEVELOPER, SIMILAR, Section, id_of, more, results, sections
from playfast.play.record import find

from .recordings import (
    DIRECTORY,
    TRIMMED_PAGES,
    WHOLE_PAGES,
    answer,
    expected,
    fields_of,
    filled,
    read,
    whole_page,
)
from .written import columns, row, row_of, said, shown

FIELDS = fields_of(Listing)
SIMILAR_APPS = "CNT7ob"  # the page of all similar apps; asked over RPC, they come with the app's other list
BESIDE = {
    "developer/google_numeric_id": calls.NUMBERED_DEVELOPER,
    "developer/mojang_by_name": calls.NAMED_DEVELOPER,
    "similar/translate_cluster": SIMILAR_APPS,
    **{f"details/{name}": calls.RELATED for name in WHOLE_PAGES},
}
"""Lists that stand beside an app or a developer."""
SEARCHES = ("search/panda_en_us", "search/where_am_i_en_us")
HOME = "home/store_home"
PAGES = {**BESIDE, **dict.fromkeys(SEARCHES, calls.SEARCH), HOME: calls.HOME}
CHART = "rpc/charts_vyAe2_rt_c"
CUT = {f"details_trimmed/{name}": calls.RELATED for name in TRIMMED_PAGES}
CASES = [
    pytest.param(file, number, id=f"{file}-{number}")
    for file, lists in {
        "developer/google_numeric_id": 1,
        "developer/mojang_by_name": 1,
        "similar/translate_cluster": 1,
        "details/minecraft_en_us": 2,
        "details/minecraft_en_us_2022": 2,
        "details/sparse_ko_kr": 2,
        "details/translate_en_us": 2,
        "details/translate_en_us_second_load": 2,
        "details/whereami_en_us": 1,
        **dict.fromkeys(SEARCHES, 1),
        CHART: 1,
        HOME: 5,
    }.items()
    for number in range(lists)
]
CUT_CASES = [
    pytest.param(file, number, id=f"{file}-{number}")
    for file, lists in {
        "details_trimmed/chrome_en_us": 2,
        "details_trimmed/instagram_ja_jp": 2,
        "details_trimmed/telegram_en_us": 1,
        "details_trimmed/whatsapp_de_de": 1,
    }.items()
    for number in range(lists)
]
WHOLE = [*PAGES, CHART]
ALL = [*WHOLE, *CUT]


@cache
def block(file: str) -> Any:
    """The data of a page's lists; on a cut page, of the block that looks like it."""
    if file == CHART:
        return answer(file.removeprefix("rpc/"))
    if file in PAGES:
        return whole_page(file).block(PAGES[file])
    return whole_page(file).block(CUT[file], lambda data: isinstance(find(data, (1, 1, 0, 21, 0)), list))


@cache
def read_lists(file: str) -> list[Section]:
    return [results(block(file), "search")] if file in SEARCHES else sections(block(file))


def cards(section: Section) -> list[Any]:
    """Those of all its apps, in the order of their ranks."""
    return [*section.above, *section.cards]


def wanted(file: str) -> list[dict[str, Any]]:
    if file in CUT:
        return expected("lists_details_trimmed")[file]
    return expected(f"lists_{file.replace('/', '_')}")


def items(cards: list[Any]) -> tuple[list[Listing], list[Any]]:
    keys = (
        {
            "asked": "org.example.asked",
            "list": "similar",
            "rank": rank,
            "app_id": id_of(card),
            "country": "us",
            "lang": "en",
        }
        for rank, card in enumerate(cards, 1)
    )
    return filled(Listing, cards, keys)


@pytest.mark.parametrize("file", ALL)
def test_every_list(file):
    """No list more, none less; in the order in which the page shows them."""
    found = [
        {
            "name": section.name,
            "title": section.title,
            "count": len(cards(section)),
            "app_ids": [id_of(card) for card in cards(section)],
            "link": section.link,
            "token": section.token,
            "mark": section.mark,
        }
        for section in read_lists(file)
    ]
    assert len(found) == len(wanted(file))
    for one, other in zip(found, wanted(file), strict=True):
        assert {name: shown(value, other[name]) for name, value in one.items()} == {
            name: other[name] for name in one
        }


@pytest.mark.parametrize(("file", "number"), CASES)
def test_rows(file, number):
    """Each field of the first and the last row, and of those between that are the first to say something."""
    rows, invalid = items(cards(read_lists(file)[number]))
    assert invalid == []
    like = wanted(file)[number]["rows"]
    assert {0, len(rows) - 1} <= {int(place) for place in like}
    for place, fields in like.items():
        assert row(rows[int(place)], fields) == row_of(fields), f"row {place}"


@pytest.mark.parametrize(("file", "number"), [*CASES, *CUT_CASES])
def test_every_row_of_every_field(file, number):
    rows, invalid = items(cards(read_lists(file)[number]))
    assert invalid == []
    assert said(rows, FIELDS) == wanted(file)[number]["said"]
    assert columns(rows, FIELDS) == wanted(file)[number]["sha256"]


@pytest.mark.parametrize("file", ALL)
def test_every_field_has_an_expectation(file):
    for one in wanted(file):
        assert sorted(one["said"]) == sorted(one["sha256"]) == sorted(FIELDS)
        assert all(sorted(fields) == sorted(FIELDS) for fields in one.get("rows", {}).values())


@pytest.mark.parametrize("file", [*SEARCHES, CHART, HOME])
def test_the_app_that_is_shown_by_itself(file):
    """Of two searches, the one for an app's name has such an app, and its first row is that app; charts and the store's home have none."""
    for section, like in zip(read_lists(file), wanted(file), strict=True):
        assert [id_of(card) for card in section.above] == [like["featured"]] * (like["featured"] is not None)
        assert like["featured"] not in [id_of(card) for card in section.cards]


def test_one_of_the_searches_has_an_app_by_itself():
    """Or the test above would say less than it seems to."""
    assert [wanted(file)[0]["featured"] is None for file in SEARCHES] == [False, True]


def test_a_search_s_own_sections():
    """What `results` makes one list of: the app by itself has no list, so one list is there whether it stands above it or not."""
    assert [[one.mark for one in sections(block(file))] for file in SEARCHES] == [
        ["search_results_cluster_apps_range_1_20"],
        ["search_results_cluster_apps_range_0_30"],
    ]


def test_the_other_blocks_of_the_store_s_home_hold_no_apps():
    """The tabs above, and a block that is empty: all its cards are in the one that is read."""
    page = whole_page(HOME)
    for rpc in ("eIpeLd", "w37aie"):
        assert "/store/apps/details" not in str(page.block(rpc))


def test_events_stand_beside_the_cards_of_their_apps():
    *_, events = read_lists(HOME)
    assert events.title == "Events happening now"
    assert str(find(block(HOME), (0, 1, 4, 34, 0))).count("/store/apps/eventdetails/") == len(events.cards)


def test_an_app_without_lists():
    """Play lists nothing beside an app that few have: an answer, and an empty one."""
    assert find(block("details/sparse_en_eg"), (1,)) is not None
    assert read_lists("details/sparse_en_eg") == []


@pytest.mark.parametrize(
    "file",
    [file for file in [*BESIDE, *CUT] if "2022" not in file and "developer/mojang" not in file],
)
def test_lists_are_told_apart_in_every_language(file):
    names = [section.name for section in read_lists(file)]
    assert set(names) <= {SIMILAR, BY_DEVELOPER}
    assert len(set(names)) == len(names)


def test_where_the_mark_has_no_words_a_link_to_the_developer_tells():
    """As in 2022; of the other list nothing says what it is but an English title, and that is not read."""
    assert [(section.name, section.title) for section in read_lists("details/minecraft_en_us_2022")] == [
        (None, "Similar games"),
        (BY_DEVELOPER, "More by Mojang"),
    ]


def test_a_list_goes_on_where_it_says_so():
    """The page of 50 similar apps goes on, and so do lists of six; a developer's two apps are all there are."""
    goes_on = {
        file: [section.token is not None for section in read_lists(file)]
        for file in (
            "similar/translate_cluster",
            "developer/google_numeric_id",
            "developer/mojang_by_name",
            "details/minecraft_en_us",
        )
    }
    assert goes_on == {
        "similar/translate_cluster": [True],
        "developer/google_numeric_id": [True],
        "developer/mojang_by_name": [False],
        "details/minecraft_en_us": [False, True],
    }


@pytest.mark.parametrize("file", PAGES)
def test_the_page_shows_these_cards(file):
    """Links, in the order of the page; the one that stands above a developer's list is another block's."""
    links = Selector(text=read(DIRECTORY / f"{file}.html.gz").decode()).xpath("//a/@href").getall()
    ids = [link.partition("?id=")[2] for link in links if link.startswith("/store/apps/details?id=")]
    read_ids = [id_of(card) for section in read_lists(file) for card in cards(section)]
    assert ids[len(ids) - len(read_ids) :] == read_ids


def _all_cards() -> list[Any]:
    return [card for file in ALL for section in read_lists(file) for card in cards(section)]


def test_nothing_recorded_is_refused():
    """The rules of validation are wide enough for every card on record."""
    pipeline = ValidationPipeline.from_crawler(get_crawler())
    rows, _ = items(_all_cards())
    for item in rows:
        assert pipeline.process_item(copy.deepcopy(item)) == item
    assert pipeline.crawler.stats.get_stats() == {}


def test_the_fields_that_no_card_on_record_has():
    """What is read on trust: no recording has an app on sale, or one that is announced."""
    rows, _ = items(_all_cards())
    assert len(rows) == 355
    assert {field for field in FIELDS if all(getattr(item, field) is None for item in rows)} == {
        "original_price",
        "original_price_text",
        "sale_ends_at",
        "sale_text",
    }
    assert {item.availability for item in rows} == {"available", None}


@pytest.mark.parametrize("file", ALL)
def test_a_row_s_text_is_free_of_markup(file):
    for section in read_lists(file):
        for item in items(cards(section))[0]:
            assert not re.search(r"<(br|b|i|u|a)\b|&(amp|lt|quot|#39);", item.description)


@pytest.mark.parametrize("file", WHOLE)
def test_a_card_says_the_same_in_the_form_of_field_numbers(file):
    """Every message may end with an object of field numbers; some cards on record do."""
    for section in read_lists(file):
        rows, _ = items(section.cards)
        assert rows == items([_by_number(card) for card in section.cards])[0]


def _by_number(card: list[Any]) -> list[Any]:
    head, tail = (card[:-1], card[-1]) if isinstance(card[-1], dict) else (card, {})
    return [{str(place + 1): value for place, value in enumerate(head) if value is not None} | tail]


def test_more_of_a_list_in_the_layout_of_its_page():
    """Nobody has recorded how a list goes on; a list of the page's own layout is read the same way."""
    (section,) = read_lists("similar/translate_cluster")
    part = more([find(block("similar/translate_cluster"), (0, 1, 0))])
    assert (part.cards, part.token, part.older) == (section.cards, section.token, False)


def test_a_wrong_value_is_seen():
    """Or the tests above would hold for a reader that says nothing, or says 1 for true."""
    (section,) = read_lists("developer/mojang_by_name")
    like = wanted("developer/mojang_by_name")[0]
    rows, _ = items(section.cards)
    rows[0].free = 0
    assert row(rows[0], like["rows"]["0"]) != row_of(like["rows"]["0"])
    assert columns(rows, FIELDS) != like["sha256"]
