"""The store's pages against recorded ones: what is where, of which type and size, in which order."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest

from playfast.localstore.catalogue import App, ids
from playfast.localstore.page.builds import BLOCKS
from playfast.localstore.page.pages import PageMaker
from playfast.localstore.varieties import VARIETIES
from playfast.localstore.wire.prepared import gzip_body, plain_body

from .conftest import at

# The paths of an app's record that are of use, in the way in which the notes on the protocol write them.
PATHS = [
    (0, 0), (12, 0, 0, 1), (72, 0, 1), (73, 0, 1), (13, 0), (13, 1), (13, 2), (13, 3), (51, 0, 1), (51, 0, 0), (51, 2, 1), (51, 3, 1),
    (51, 1, 0), (51, 1, 1, 1), (51, 1, 5, 1), (51, 1, 5, 0), (150, 0, 0), (150, 1, 0, 0), (150, 1, 0, 1, 1), (57, 0, 0, 0, 0, 1, 0, 0),
    (57, 0, 0, 0, 0, 1, 0, 1), (57, 0, 0, 0, 0, 1, 0, 2), (57, 0, 0, 0, 0, 14), (57, 0, 0, 0, 0, 5), (57, 0, 0, 1, 0),
    (57, 0, 0, 0, 0, 6, 5, 2), (19, 0), (48, 0), (18, 0), (9, 0), (9, 2, 1), (9, 3, 1), (9, 1, 3, 2), (9, 6, 1), (68, 0), (37, 0),
    (68, 1, 4, 2), (68, 2), (69, 0, 5, 2), (69, 1, 0), (69, 4, 0), (69, 4, 1, 0), (69, 4, 2, 0), (69, 4, 3), (99, 0, 5, 2), (79, 0, 0, 0),
    (79, 0, 0, 2), (79, 0, 0, 1, 4, 2), (95, 0, 3, 2), (95, 0, 2), (96, 0, 3, 2), (78, 0, 0, 3, 2), (78, 0, 0, 2, 1), (100, 0, 0, 3, 2),
    (100, 0, 1, 3, 2), (100, 1, 0, 3, 2), (100, 1, 2, 0, 2), (100, 1, 2, 1), (10, 0), (10, 1, 0), (10, 1, 1), (145, 0, 0), (145, 0, 1, 0),
    (140, 0, 0, 0), (140, 1, 0, 0, 0), (140, 1, 0, 0, 1), (140, 1, 1, 0, 0, 0), (140, 1, 1, 0, 0, 1), (144, 1, 1), (58, 0), (58, 1), (58, 2),
    (74, 2, 0, 0, 0), (74, 2, 0, 0, 1, 3, 2), (74, 2, 0, 0, 2, 0, 1), (74, 2, 0, 0, 3, 0), (74, 2, 1, 0, 0), (74, 2, 2, 0, 1),
    (136, 0, 1, 0), (136, 1, 0, 1), (136, 1, 0, 2, 1), (136, 1, 0, 0, 3, 2), (90, 1, 1), (91, 0, 0), (77, 0), (42, 0), (42, 1), (8, 0),
    (102,), (111, 0), (111, 6), (154, 0),
]  # fmt: skip


def blocks(page: str) -> dict[str, Any]:
    decoder = json.JSONDecoder()
    return {
        m[1]: decoder.raw_decode(page, m.end())[0]
        for m in re.finditer(r"AF_initDataCallback\(\{key: '(ds:\d+)', [^[]*data:", page)
    }


def details(page: str) -> list[Any]:
    return blocks(page)["ds:5"][1][2]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    maker = PageMaker(1 << 28, 0)
    found = {}
    for app_id in [
        *list(ids(60)),
        "shop.variety.ordinary",
        "shop.variety.paid",
        "shop.variety.zeros",
        "shop.variety.video",
        "shop.variety.tags",
    ]:
        app = App(app_id)
        if app.status("us") == "available" and app.page_build == "2026" and not app.failed_block:
            found[app_id] = plain_body(maker.page(app_id, "us", "en")).decode()
    return found


def typed(value):
    return "number" if isinstance(value, int | float) else type(value).__name__


def test_every_path_holds_the_types_that_recorded_records_hold(recorded_pages, pages):
    ours, theirs = (
        {path: {typed(at(record, *path)) for record in records} for path in PATHS}
        for records in ([details(page) for page in found.values()] for found in (pages, recorded_pages))
    )
    for path in PATHS:
        told, made = theirs[path] - {"NoneType"}, ours[path] - {"NoneType"}
        if told and made:
            assert made == told, path
        assert made or not told, f"{path} is recorded, and never made"


def test_no_field_is_filled_that_was_never_seen(recorded_pages, pages):
    def filled(record):
        tail = record[-1] if isinstance(record[-1], dict) else {}
        return {n for n in range(len(record)) if record[n] is not None and record[n] is not tail} | {
            int(k) - 1 for k in tail
        }

    seen = set().union(*(filled(details(page)) for page in recorded_pages.values()))
    always = set.intersection(*(filled(details(page)) for page in recorded_pages.values()))
    documented = {12, 62}  # translated description, Play Pass: told by others, on no recorded page
    for page in pages.values():
        assert filled(details(page)) <= seen | documented
    usual = [filled(details(page)) for app_id, page in pages.items() if App(app_id).listing == "ordinary"]
    for index in always:
        assert sum(index in one for one in usual) > 0.8 * len(usual), index


def test_pages_are_as_large_as_recorded_ones(pages):
    maker = PageMaker(1 << 28, 0)
    sizes = [len(page.encode()) for page in pages.values()]
    assert 1_050_000 < min(sizes) < max(sizes) < 1_350_000
    assert 1_120_000 < sum(sizes) / len(sizes) < 1_240_000
    zipped = [len(gzip_body(maker.page(app_id, "us", "en"))) for app_id in list(pages)[:10]]
    assert 160_000 < sum(zipped) / len(zipped) < 240_000
    records = [len(json.dumps(details(page), ensure_ascii=False).encode()) for page in pages.values()]
    assert 11_000 < sum(records) / len(records) < 18_000


MARKS = [
    "<base href=", "window.WIZ_global_data = {", "<style data-href=", "onCssLoad();", '<meta content="NOODP"', '<link rel="canonical"',
    'property="og:type"', 'property="og:url"', 'property="og:title"', '<title id="main-title">', 'property="og:description"',
    'name="twitter:card"', 'name="appstore:bundle_id"', "var AF_initDataKeys = [", "AF_dataServiceRequests = {'ds:0'",
    "AF_initDataChunkQueue = []", "</head><body", 'itemprop="name"', 'itemprop="starRating"', 'itemprop="contentRating"',
    'itemprop="offers"', '<meta itemprop="price"', '<script type="application/ld+json"', "window.IJ_values = [", "AF_initDataCallback({key:",
    'id="wiz_jd"', 'id="WIZ-footer"',
]  # fmt: skip


def test_everything_comes_in_the_recorded_order(recorded_pages, pages):
    recorded = {
        name: page for name, page in recorded_pages.items() if len(page) > 1_000_000 and "sparse" not in name
    }
    for name, page in {**recorded, "ours": pages["shop.variety.ordinary"]}.items():
        places = [page.find(mark) for mark in MARKS]
        assert -1 not in places, (name, MARKS[places.index(-1)])
        assert places == sorted(places), name
        assert page.find("AF_initDataCallback({key:") > 0.8 * len(page)


def test_both_have_the_same_blocks_and_requests(recorded_pages, pages):
    def routing(page):
        table = re.search(r"AF_dataServiceRequests = (\{.*?\}); var AF_initDataChunkQueue", page)[1]
        return re.findall(r"'(ds:\d+)' : \{id:'(\w+)',(?:ext: [\d.E]+ ,)?request:(.*?)\}(?=,'ds:|\}$)", table)

    recorded, ours = routing(recorded_pages["translate_en_us"]), routing(pages["shop.variety.ordinary"])
    theirs = [
        (key, rpc, request.replace("com.google.android.apps.translate", "shop.variety.ordinary"))
        for key, rpc, request in recorded
    ]
    assert ours == theirs
    assert [rpc.partition("/")[0] for rpc in BLOCKS["2026"]] == [rpc for _, rpc, _ in recorded]


def test_other_builds_have_the_recorded_numbers(recorded_pages):
    maker = PageMaker(1 << 26, 0)
    page = plain_body(maker.page("shop.variety.build2025", "us", "en")).decode()
    theirs = recorded_pages["sparse_ko_kr"]
    assert re.findall(r"\{id:'(\w+)'", page) == re.findall(r"\{id:'(\w+)'", theirs)


def test_json_ld_has_the_recorded_shape(recorded_pages, pages):
    def shape(page):
        found = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page)[1])
        return {
            key: sorted(value) if isinstance(value, dict) else type(value).__name__
            for key, value in found.items()
        }, found

    theirs, _ = shape(recorded_pages["minecraft_en_us"])
    ours, found = shape(pages["shop.variety.paid"])
    assert list(ours) == list(theirs)
    assert ours == theirs
    assert found["offers"] == [
        {
            "@type": "Offer",
            "price": "6.99",
            "priceCurrency": "USD",
            "availability": "https://schema.org/InStock",
        }
    ]
    assert "aggregateRating" not in shape(pages["shop.variety.zeros"])[1]


def test_reviews_and_cards_have_the_recorded_shape(recorded_pages, pages):
    def widths(node, depth):
        return len(node) if depth == 0 else [widths(part, depth - 1) for part in node]

    theirs, ours = blocks(recorded_pages["minecraft_en_us"]), blocks(pages["shop.variety.ordinary"])
    assert set(widths(ours["ds:10"][0], 1)) == set(widths(theirs["ds:10"][0], 1)) == {17}
    rows = [
        row
        for page in recorded_pages.values()
        for row in (blocks(page).get("ds:10") or [None])[0] or []
        if isinstance(row[0], str)
    ]
    for index in range(17):
        told = {typed(row[index]) for row in rows} | {"NoneType"}
        assert {typed(row[index]) for row in ours["ds:10"][0]} <= told | ({"str"} if index == 3 else set()), (
            index
        )
    their_cards = [card for section in theirs["ds:8"][1][1] for card in section[21][0]]
    our_cards = [card for section in ours["ds:8"][1][1] for card in section[21][0]]
    assert len(our_cards) >= 6
    assert {len(section) for section in ours["ds:8"][1][1]} == {22}
    for index in range(30):
        told = {typed(at(card, index)) for card in their_cards} | {"NoneType"}
        assert {typed(at(card, index)) for card in our_cards} <= told | (
            {"list"} if index in {12, 29} else set()
        ), index


def test_the_storefront_is_echoed(recorded_pages, pages):
    ours, theirs = (
        blocks(pages["shop.variety.ordinary"])["ds:11"],
        blocks(recorded_pages["translate_en_us"])["ds:11"],
    )
    assert ours[1:3] == theirs[1:3] == ["United States", "English (United States)"]
    assert ours[4][2].endswith("/us.png")
    maker = PageMaker(1 << 26, 0)
    german = blocks(plain_body(maker.page("shop.variety.ordinary", "de", "de")).decode())["ds:11"]
    assert german[1] == "Deutschland"
    assert ["Polen", "PL"] in german[3][1]
    assert german[4] is None


def test_the_canonical_block_lists_the_recorded_languages(recorded_pages, pages):
    ours, theirs = (
        blocks(pages["shop.variety.ordinary"])["ds:3"],
        blocks(recorded_pages["translate_en_us"])["ds:3"],
    )
    assert [code for code, _ in ours[0][3]] == [code for code, _ in theirs[0][3]]
    assert ours[0][3][0][1] == "/store/apps/details?id=shop.variety.ordinary"


def test_data_is_escaped_as_recorded(recorded_pages, pages):
    for page in (recorded_pages["translate_en_us"], pages["shop.variety.ordinary"]):
        for found in re.finditer(r"hash: '\d+', data:(.*?), sideChannel: \{\}\}\);</script>", page):
            assert not set(found[1]) & set("<>=&\n")
        assert "\\u003d" in page
    assert re.search(
        r"[가-힣]{4}", plain_body(PageMaker(1 << 26, 0).page("shop.variety.korean", "kr", "ko")).decode()
    )


def test_two_loads_differ_in_order_numbers_and_nonces():
    maker = PageMaker(1 << 26, 0)
    loads = [plain_body(maker.page("shop.variety.ordinary", "us", "en")).decode() for _ in range(2)]
    orders = [re.findall(r"key: '(ds:\d+)'", page) for page in loads]
    assert orders[0] != orders[1] != sorted(orders[1])
    assert blocks(loads[0]) == blocks(loads[1])
    nonces = [set(re.findall(r'<script[^>]* nonce="([^"]*)"', page)) for page in loads]
    assert [len(found) for found in nonces] == [1, 1]
    assert nonces[0] != nonces[1]
    hashes = [int(number) for number in re.findall(r"hash: '(\d+)'", loads[0])]
    assert hashes == sorted(set(hashes))


@pytest.mark.parametrize("name", ["failedsimilar", "failedreviews"])
def test_a_failed_block_has_no_hash(name):
    page = plain_body(PageMaker(1 << 26, 0).page(f"shop.variety.{name}", "us", "en")).decode()
    failed = [data for data in blocks(page).values() if data[:2] == [5, "generic"]]
    assert len(failed) == 1
    assert page.count(",errorHasStatus: true,});</script>") == 1
    assert page.count("hash: '") == 12


def test_pages_of_2022_have_the_record_in_block_4():
    page = plain_body(PageMaker(1 << 26, 0).page("shop.variety.build2022", "us", "en")).decode()
    found = blocks(page)["ds:4"]
    assert at(found, 1, 11) == [["shop.variety.build2022", 7]]
    assert len(found[1]) == 40
    assert at(found, 1, 2, 8) == [False, True]


def test_a_page_tells_its_country():
    maker = PageMaker(1 << 26, 0)
    for gl, code in (("us", "US"), ("KR", "KR"), ("zz", "US")):
        page = plain_body(maker.page("shop.variety.ordinary", gl, "en")).decode()
        config = json.loads(re.search(r"window\.WIZ_global_data = (\{.*?\});</script>", page)[1])
        assert (config["zQmIje"], config["GWsdKe"]) == (code, "en")
        assert 55_000 < len(json.dumps(config)) < 75_000


@pytest.mark.parametrize(("gl", "hl"), [("fr", "fr"), ("il", "iw"), ("tw", "zh_TW")])
def test_every_variety_has_a_whole_page_everywhere(gl, hl):
    maker = PageMaker(1 << 20, 0)
    for app_id in VARIETIES:
        app = App(app_id)
        parts = maker.page(app_id, gl, hl)
        assert (parts is None) == (app.status(gl) == "not_found")
        if parts:
            page = plain_body(parts).decode()
            assert len(blocks(page)) == len(BLOCKS[app.page_build])
            assert b"\xff" not in plain_body(parts)
            assert json.loads(re.search(r'ld\+json"[^>]*>(.*?)</script>', page)[1])["name"] == app.title


def test_a_missing_app_has_no_page():
    assert PageMaker(1 << 20, 0).page("shop.variety.gone", "us", "en") is None
    assert PageMaker(1 << 20, 0).page("shop.variety.hidden", "us", "en") is None


def test_a_zipped_page_is_the_plain_one():
    parts = PageMaker(1 << 26, 0).page("shop.variety.ordinary", "us", "en")
    assert gzip.decompress(gzip_body(parts)) == plain_body(parts)
