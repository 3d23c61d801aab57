from __future__ import annotations

import contextlib

import pytest

from playfast.errors import PageError
from playfast.play.page import Page, details

from .pages import block, data, failed_block, page
from .records import answer, record

# The second block of the details RPC: ratings by phones, no title.
PHONES = [None, [None, None, [{"52": [["4.0", 4.0]]}]]]
ROUTES = {"ds:3": "CLXjtf", "ds:5": "Ws7gDc", "ds:9": "Ws7gDc", "ds:11": "jRco8"}


@pytest.mark.parametrize(
    ("routes", "found"),
    [
        (ROUTES, ROUTES),
        ({"ds:0": "T6C6Se", "ds:14": "shGlA"}, {"ds:0": "T6C6Se", "ds:14": "shGlA"}),
        ({}, {}),
        (None, {}),
    ],
)
def test_the_routing_table_tells_the_rpc_of_each_block(routes, found):
    assert Page(page(routes=routes)).routes == found


def test_a_routing_table_ends_where_it_ends():
    """Text further down that looks like a route is none."""
    assert Page(page("<p>'ds:77' : {id:'Nothing'</p>", routes=ROUTES)).routes == ROUTES


@pytest.mark.parametrize(
    "order", [("ds:5", "ds:9", "ds:3"), ("ds:9", "ds:3", "ds:5"), ("ds:3", "ds:5", "ds:9")]
)
def test_a_block_is_chosen_by_its_rpc_and_shape_in_any_order(order):
    blocks = {
        "ds:5": block("ds:5", answer()),
        "ds:9": block("ds:9", PHONES),
        "ds:3": block("ds:3", [["x", "y"]]),
    }
    read = Page(page("".join(blocks[key] for key in order), routes=ROUTES))
    assert details(read) == answer()
    assert read.block("CLXjtf") == [["x", "y"]]
    assert read.block("Ws7gDc", lambda found: found == PHONES) == PHONES
    assert read.block("Ws7gDc", lambda _: False) is None
    assert read.block("jRco8") is None
    assert read.block("unknown") is None


def test_blocks_are_told_by_the_table_and_not_by_their_numbers():
    routes = {"ds:5": "CLXjtf", "ds:3": "Ws7gDc"}
    read = Page(page(block("ds:5", [["x"]]) + block("ds:3", answer()), routes=routes))
    assert details(read) == answer()
    assert read.block("CLXjtf") == [["x"]]


def test_without_a_routing_table_the_shape_alone_decides():
    read = Page(page(block("ds:3", [["x"]]) + block("ds:9", PHONES) + block("ds:5", answer())))
    assert details(read) == answer()


@pytest.mark.parametrize(
    "value",
    [
        [None, "a data: b", "c, sideChannel: {}, d", "</script>", "AF_initDataCallback({key: 'ds:1'", "errorHasStatus: true"],
        [None, "é日\U0001f600", '"quoted"', "back\\slash", "a\nb"],
        [], {}, None, 0, "text",
    ],
)  # fmt: skip
def test_data_of_any_text_is_cut_out_exactly(value):
    read = Page(page(block("ds:3", [value]) + block("ds:5", answer()), routes=ROUTES))
    assert read.block("CLXjtf") == [value]
    assert details(read) == answer()


def test_a_block_that_play_failed_to_fill_is_no_data():
    whole = failed_block("ds:3") + block("ds:5", answer()) + failed_block("ds:11") + block("ds:9", PHONES)
    read = Page(page(whole, routes=ROUTES))
    assert read.block("CLXjtf") is None
    assert read.block("jRco8") is None
    assert details(read) == answer()


def test_an_error_with_a_side_channel_is_no_data_either():
    script = block("ds:5", [5, "generic"]).replace("sideChannel: {}", "sideChannel: {},errorHasStatus: true")
    assert Page(page(script, routes=ROUTES)).block("Ws7gDc") is None


def test_a_page_of_nothing_but_failed_blocks_has_no_record():
    with pytest.raises(PageError):
        details(Page(page(failed_block("ds:5") + failed_block("ds:9"), routes=ROUTES)))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html></html>", b"<title>Not Found</title>", page(routes=ROUTES), page(block("ds:9", PHONES), routes=ROUTES),
        page(block("ds:5", [None, [None, None, [[]]]]), routes=ROUTES), page(block("ds:5", [None, [None, None, [[5]]]]), routes=ROUTES),
        b"<html>Our systems have detected unusual traffic</html>",
    ],
)  # fmt: skip
def test_a_page_without_the_record_is_no_app_page(body):
    with pytest.raises(PageError):
        details(Page(body))


def test_a_record_that_another_rpc_answers_is_told_by_its_shape():
    """Where the details RPC is not on the page at all: it may have been given another id."""
    assert details(Page(page(block("ds:5", answer()), routes={"ds:5": "other"}))) == answer()
    with pytest.raises(PageError):
        details(Page(page(block("ds:5", answer()), routes={"ds:5": "other", "ds:9": "Ws7gDc"})))


@pytest.mark.parametrize("broken", ["[1,", "[1,,2]", "", "undefined", "function(){return []}", '["a'])
def test_data_that_is_no_json_is_refused(broken):
    script = block("ds:5", answer()).replace(data(answer()), broken)
    with pytest.raises(PageError):
        details(Page(page(script, routes=ROUTES)))


def test_a_page_cut_anywhere_gives_the_record_or_none_and_is_not_whole():
    blocks = (
        block("ds:3", [["x"]]) + block("ds:5", [None, [None, None, [["Kettle"]]]]) + block("ds:11", [1, "US"])
    )
    body = page(blocks, routes=ROUTES)
    wanted = details(Page(body))
    assert Page(body).is_whole
    for length in range(len(body) - len("</html>") + 1):
        read = Page(body[:length])
        assert not read.is_whole
        with contextlib.suppress(PageError):
            assert details(read) == wanted, f"cut at byte {length}"


@pytest.mark.parametrize(
    "end", ["</html>", "</html>\n", "</body></html>" + " " * 100, "</html><!-- served -->"]
)
def test_a_page_is_whole_with_its_end(end):
    assert Page(page(end=end)).is_whole


@pytest.mark.parametrize("end", ["", "</body>", "</htm", "</html>" + "x" * 1000])
def test_a_page_without_its_end_is_not(end):
    assert not Page(page(end=end)).is_whole


@pytest.mark.parametrize(
    ("country", "found"),
    [("US", "us"), ("kr", "kr"), ("GB", "gb"), (None, None), ("", None), ("USA", None), ("U1", None)],
)
def test_the_country_that_answered_is_told_in_lower_case(country, found):
    assert Page(page(country=country)).country == found


# What the page says for search engines


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            '{"@type":"SoftwareApplication","name":"Kettle"}',
            {"@type": "SoftwareApplication", "name": "Kettle"},
        ),
        ('{"name":"\\u003cb\\u003e \\u0026 é日"}', {"name": "<b> & é日"}),
        ('{"name":"a &amp; b"}', {"name": "a &amp; b"}),
        ("\n {} \n", {}),
        # broken
        ('{"name":', {}),
        ("", {}),
        ("[]", {}),
        ('"text"', {}),
        ("null", {}),
        ("{name: 5}", {}),
        (None, {}),
    ],
)
def test_json_ld_is_read_or_empty(written, read):
    assert Page(page(json_ld=written)).json_ld == read


def test_json_ld_that_was_cut_is_empty():
    body = page(json_ld='{"name":"Kettle"}')
    assert Page(body[: body.index(b"Kettle")]).json_ld == {}


def test_meta_tags_are_read_by_their_names_the_first_of_each():
    tags = [
        {"property": "og:image", "content": "https://i.example/?a=1&b=2"},
        {"property": "og:image", "content": "second"},
        {"name": "description", "content": 'Tea & "coffee" <now>'},
        {"itemprop": "price", "content": "$6.99"},
        {"itemprop": "name", "name": "twice", "content": "both"},
        {"name": "no content"},
        {"content": "no name"},
        {"name": "empty", "content": ""},
        {"charset": "utf-8"},
    ]
    for routes in (ROUTES, None):
        assert Page(page(meta=tags, routes=routes)).meta == {
            "og:image": "https://i.example/?a=1&b=2",
            "description": 'Tea & "coffee" <now>',
            "itemprop:price": "$6.99",
            "itemprop:name": "both",
            "twice": "both",
            "empty": "",
        }


@pytest.mark.parametrize("stray", ["\x01", "a\x00b", "\ufffe", "a:b", "é"])
def test_an_attribute_of_any_name_leaves_the_others_readable(stray):
    tags = [{"name": "a", "content": "b", stray: "x"}, {"name": "c", "content": "d"}]
    assert Page(page(meta=tags)).meta["c"] == "d"


def test_a_page_without_meta_tags_has_none():
    assert Page(page()).meta == {}
    assert Page(b"").meta == {}
    assert Page(b"<html><head><meta name='a' content='b'></head>").meta == {}  # cut before its body


def test_what_is_read_once_stays():
    read = Page(page(routes=ROUTES, json_ld='{"name":"Kettle"}'))
    assert read.json_ld is read.json_ld
    assert read.routes is read.routes


def test_the_record_of_a_page_is_the_message_that_the_rpc_answers():
    read = Page(page(block("ds:5", answer(record())), routes=ROUTES))
    assert details(read)[1][2][0][0] == "Kettle"
