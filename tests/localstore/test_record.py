from __future__ import annotations

from itertools import islice

import orjson
import pytest

from playfast.localstore.catalogue import App, ids
from playfast.localstore.record.fields import PAGE_MASK
from playfast.localstore.record.message import encode, payload, record
from playfast.localstore.record.view import View

from .conftest import at


def seen(name, gl="us", hl="en", *, words=True, mask=PAGE_MASK):
    app_id = name if "." in name else f"shop.variety.{name}"
    return record(View(App(app_id), gl, hl, words=words), mask)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([(1, "a"), (3, "c")], ["a", None, "c"]),
        ([(19, [2])], [*[None] * 18, [2]]),
        ([(52, "r")], [{"52": "r"}]),
        ([(1, "t"), (69, "d"), (138, "l")], ["t", {"69": "d", "138": "l"}]),
        ([], []),
    ],
)
def test_far_fields_go_into_an_object_at_the_end(fields, expected):
    assert encode(fields, 20) == expected


def test_records_come_dense_and_sparse():
    lengths = set()
    for app_id in islice(ids(300), 300):
        found = record(View(App(app_id), "us", "en", words=True), PAGE_MASK)
        lengths.add((len(found), isinstance(found[-1], dict)))
        assert at(found, 77, 0) == app_id
    assert (155, False) in lengths
    assert {length for length, sparse in lengths if sparse} & {104, 113}


def test_the_same_call_is_written_the_same_way():
    assert seen("ordinary") == seen("ordinary")
    assert isinstance(seen("sparse")[-1], dict) or len(seen("sparse")) == 155


def test_the_answer_echoes_id_and_fields_and_names_the_refused():
    view = View(App("com.example.app"), "us", "en", words=True)
    lead, root, dropped = payload(view, (1, 47, 80, 129, 139, 140))
    assert lead == [[[]]]
    assert root[:2] == [None, None]
    assert root[3] == {"12": [["com.example.app", 7]], "40": [[1, 80]]}
    assert dropped == [[129], [139], [140], [47]]
    assert len(payload(view, (1, 80))) == 2
    flat = payload(view, (1,), flat=True)[1]
    assert (len(flat), flat[11], flat[39]) == (40, [["com.example.app", 7]], [[1]])


def test_availability():
    assert at(seen("ordinary"), 18) == [2]
    assert at(seen("locked"), 18) == []
    assert at(seen("locked2"), 18) is None
    assert at(seen("locked", gl="de"), 18) == [2]
    assert at(seen("announced"), 18) == [1]
    early = at(seen("early"), 18)
    assert early[0] == 2
    assert isinstance(early[2], str)


@pytest.mark.parametrize("name", ["locked", "locked2", "announced"])
def test_where_it_is_not_to_be_had_there_is_no_offer(name):
    assert at(seen(name), 57) is None


def test_an_announced_app_lacks_what_it_cannot_have():
    found = seen("announced")
    assert [at(found, index) for index in (10, 13, 51, 57, 140, 150)] == [None] * 6
    assert at(found, 0, 0)


def test_prices():
    found = seen("paid")
    assert at(found, 57, 0, 0, 0, 0, 1, 0) == [6_990_000, "USD", "$6.99"]
    assert at(found, 57, 0, 0, 0, 0, 5) == 2
    assert at(found, 57, 0, 0, 1, 0) == "$6.99 Buy"
    assert at(found, 57, 0, 0, 0, 0, 14) is None
    free = seen("ordinary")
    assert at(free, 57, 0, 0, 0, 0, 1) == [[0, "USD", ""]]
    assert at(free, 57, 0, 0, 0, 0, 5) == 1
    assert at(free, 57, 0, 0, 1, 0) == "Install"
    assert at(free, 57, 0, 0, 0, 0, 6, 5, 2).endswith("&feature=md&offerId")


def test_a_sale_tells_the_original_price_and_its_end():
    offer = at(seen("sale"), 57, 0, 0, 0, 0)
    now, before = offer[1]
    assert now[0] < before[0] == 9_990_000
    assert before[2] == "$9.99"
    assert offer[14][0][0] > 1_800_000_000
    assert "2027" in offer[14][1]


def test_money_is_written_as_the_language_does():
    assert at(seen("paid", "de", "de"), 57, 0, 0, 0, 0, 1, 0)[2] == "5,99\u00a0€"
    micros, currency, text = at(seen("paid", "jp", "ja"), 57, 0, 0, 0, 0, 1, 0)
    assert (micros % 1_000_000, currency, text[0]) == (0, "JPY", "¥")
    assert "." not in text
    assert at(seen("items"), 19, 0) == "$0.99 - $49.99 per item"
    assert at(seen("oneitem"), 19, 0).endswith(" per item")
    assert " - " not in at(seen("oneitem"), 19, 0)


def test_unrated_apps_say_so_in_two_ways():
    assert at(seen("unrated"), 51) is None
    assert at(seen("zeros"), 51) == [["0.0", 0], None, ["0", 0], ["0", 0], None, [[]]]
    assert at(seen("zeros", hl="de"), 51, 0, 0) == "0,0"


def test_ratings():
    app = App("shop.variety.ordinary")
    stars = at(seen("ordinary"), 51)
    assert stars[0] == [f"{app.ratings.score:.1f}", app.ratings.score]
    assert stars[1][0] is None
    assert [entry[1] for entry in stars[1][1:]] == list(app.ratings.histogram)
    assert stars[2] == [f"{app.ratings.number:,}", app.ratings.number]
    assert stars[3][1] == app.reviews("us")
    by_device = at(seen("ordinary"), 150)
    assert by_device[0] == [device for device, _ in app.ratings.by_device]
    assert by_device[1][0] == [by_device[0][0], [None, app.ratings.by_device[0][1]]]


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("varies", lambda v: v[0] == [None, []] and len(v[1][0][0]) == 2 and v[1][1] == [None, []]),
        ("varies2", lambda v: v[0] == [None, []] and len(v[1][0][0]) == 1 and v[1][1] == [None, []]),
        ("sdkmin", lambda v: isinstance(v[0][0][0], str) and len(v[1][0][0]) == 2 and v[1][1] == [None, []]),
        (
            "sdktarget",
            lambda v: isinstance(v[0][0][0], str) and len(v[1][0][0]) == 1 and v[1][1] == [None, []],
        ),
        ("sdktext", lambda v: len(v[1][0][0]) == 2 and len(v[1][1][0][0]) == 2),
        ("sdkmax", lambda v: len(v[1][0][0]) == 1 and v[1][1][0][1] == [33, "13"]),
        ("sdk2022", lambda v: len(v) == 3 and len(v[1][0][0]) == 2),
    ],
)
def test_versions_have_every_shape(name, check):
    assert check(at(seen(name), 140)), at(seen(name), 140)


def test_early_tags_are_flat_and_later_ones_deeper():
    groups = at(seen("tags"), 118)
    assert len(groups) == 7
    assert groups[2] == []
    for flat in (0, 1, 4):
        assert isinstance(groups[flat][0][0][0], str)
    for deep in (3, 5, 6):
        assert isinstance(groups[deep][0][0][0][0], str)
    assert at(seen("notags"), 118) == []
    assert at(seen("sparse"), 118) is None
    tag = groups[0][0][0]
    assert (len(tag), tag[1][4][2][:21], tag[3][0]) == (4, "/store/apps/category/", "/")


def test_permissions_and_safety():
    common, other, ungrouped = at(seen("permissions"), 74, 2)
    assert len(common) == 6
    assert isinstance(common[0][2][0][1], str)
    assert other[0][0] == "Other"
    assert ungrouped[0][0] is None
    assert at(seen("nopermissions"), 74) is None
    assert at(seen("nopermissions2"), 74) == [None, None, [[], []]]
    assert at(seen("nolabel"), 136) is None
    flags, items = at(seen("sharesnothing"), 136)[:2]
    assert flags == [None, [False, False]]
    assert items[0][1] == "Nothing is shared with others"
    label = at(seen("sharesnothing", mask=(1, 138)), 137)
    assert label[4][0][:2] == [None, "Nothing is shared with others"]
    much = at(seen("sharesmuch", mask=(138,)), 137)
    assert len(much[4][0][0]) == len(much[4][1][0]) == 6
    entry = much[4][0][0][0]
    assert isinstance(entry[0][1], str)
    assert len(entry[4][0]) == 3


def test_booleans_are_words_or_numbers():
    assert at(seen("ordinary", words=True), 42) == [1, True, False]
    assert at(seen("ordinary", words=False), 42) == [1, 1, 0]
    assert all(value is not True for value in at(seen("ordinary", words=False), 42))
    assert at(seen("items", words=False), 19)[1] == [0]


def test_links_may_be_missing():
    found = seen("nolinks")
    assert [at(found, *path) for path in ((69, 0), (99,), (96,), (10,), (144,))] == [None] * 5
    assert at(seen("novideo"), 100) is None
    assert at(seen("oldaddress"), 69, 2, 0).count("\n") == 2
    assert at(seen("notrader"), 69)[2:] == []
    assert at(seen("ordinary"), 69, 4, 1, 0).startswith("legal@")


def test_videos_are_embedded_or_linked():
    video = at(seen("video"), 100)
    assert video[0][0][3][2].startswith("https://play.google.com/video/lava/")
    assert video[0][1][3][2].startswith("https://i.ytimg.com/vi/")
    assert video[1][0] == at(seen("video"), 96, 0)
    assert video[1][2][0][2].endswith(".mp4")
    assert video[1][2][1] == [720, 1280]
    linked = at(seen("youtube"), 100)
    assert linked[0][0][:3] == [None, None, None]
    assert linked[0][0][3][2].startswith("https://www.youtube.com/watch?v=")


def test_texts_are_localised():
    assert at(seen("famous"), 13)[:3] == ["10,000,000,000+", 10_000_000_000, 12_439_170_344]
    assert at(seen("famous", hl="de"), 13)[0] == "10.000.000.000+"
    assert at(seen("famous", hl="ja"), 13)[3] == "100億+"
    assert at(seen("ads", hl="ko"), 48) == ["광고 포함"]
    assert at(seen("translated", hl="fr"), 12, 0, 0, 1) != at(seen("translated", hl="fr"), 72, 0, 1)
    assert at(seen("translated"), 12) is None


def test_one_field_is_small_and_a_record_is_not():
    one = [len(orjson.dumps(payload(View(App(i), "us", "en", words=True), (80,)))) for i in ids(50)]
    assert 150 < sum(one) / 50 < 290
    whole = [len(orjson.dumps(payload(View(App(i), "us", "en", words=True), PAGE_MASK))) for i in ids(200)]
    assert 11_000 < sum(whole) / 200 < 16_000
