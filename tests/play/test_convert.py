from __future__ import annotations

import html
import math
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playfast.errors import UnreadableError
from playfast.play import convert

NUMBERS = (0, 1, -5, 1.5, math.inf, math.nan, 10**400)
OTHERS = (None, True, False, [], ["a"], {}, {"1": "a"}, b"bytes")
TEXTS = ("", "a", "5", "1.5")


@pytest.mark.parametrize(
    ("function", "given", "wanted"),
    [
        # text: as it stands
        (convert.text, "Kettle", "Kettle"),
        (convert.text, " \n", " \n"),
        (convert.text, "a &amp; b", "a &amp; b"),
        (convert.text, "0", "0"),
        # unescaped: entities, but what looks like a tag is text
        (convert.unescaped, "Tea &amp; coffee", "Tea & coffee"),
        (convert.unescaped, "&#39;&quot;&lt;b&gt;&#x1F600;", "'\"<b>\U0001f600"),
        (convert.unescaped, "a < b > c", "a < b > c"),
        (convert.unescaped, "AT&T", "AT&T"),
        (convert.unescaped, "&amp;amp;", "&amp;"),
        # plain: what a browser would show
        (convert.plain, "one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour"),
        (convert.plain, "<b>bold</b> <i>and</i> <u>so</u> on", "bold and so on"),
        (convert.plain, "<a href='https://x.example/?a=1&amp;b=2'>link</a>", "link"),
        (convert.plain, "a &lt;b&gt; c", "a <b> c"),  # written entities are text, not tags
        (convert.plain, "&lt;br&gt;", "<br>"),
        (convert.plain, "1 < 2 > 0", "1 < 2 > 0"),
        (convert.plain, "I <3 tea", "I <3 tea"),
        (convert.plain, "<p>one</p><p>two</p>", "one\ntwo\n"),
        (convert.plain, "&nbsp;&amp;", "\u00a0&"),
        (convert.plain, "日本語<br>テキスト", "日本語\nテキスト"),
        # address
        (convert.address, "/store/apps/dev?id=1", "https://play.google.com/store/apps/dev?id=1"),
        (convert.address, "https://kettle.example/", "https://kettle.example/"),
        (convert.address, "http://kettle.example", "http://kettle.example"),
        # id in an address
        (convert.id_in_url, "/store/apps/dev?id=5700313618786177705", "5700313618786177705"),
        (convert.id_in_url, "/store/apps/developer?id=Kettle+%26+Sons", "Kettle & Sons"),
        (convert.id_in_url, "https://play.google.com/store/apps/developer?hl=en&id=A%2BB", "A+B"),
        (convert.id_in_url, "/store/apps/developer?id=A;B", "A;B"),
        (convert.id_in_url, "/store/apps/developer?id=%E6%97%A5", "日"),
    ],
)
def test_a_text_is_read(function, given, wanted):
    assert function(given) == wanted


@pytest.mark.parametrize(
    "function", [convert.text, convert.unescaped, convert.plain, convert.address, convert.id_in_url]
)
def test_an_empty_text_says_nothing(function):
    assert function("") is None


@pytest.mark.parametrize("given", ["<b></b>", "<br"[:0], "<i><u></u></i>"])
def test_markup_round_nothing_says_nothing(given):
    assert convert.plain(given) is None


@pytest.mark.parametrize(
    "given", ["/store/apps/dev", "/store/apps/dev?id=", "/dev?uid=5", "no address", "#id=5"]
)
def test_an_address_without_an_id_has_none(given):
    assert convert.id_in_url(given) is None


@pytest.mark.parametrize(
    "function", [convert.text, convert.unescaped, convert.plain, convert.address, convert.id_in_url]
)
@pytest.mark.parametrize("given", [*NUMBERS, *OTHERS], ids=lambda value: f"{value!r:.20}")
def test_what_is_no_text_is_not_read_as_one(function, given):
    with pytest.raises(UnreadableError):
        function(given)


@settings(deadline=None, database=None)
@given(st.lists(st.sampled_from([*"aZ0_.+-%&;=#? é\t", "%41", "%C3%B6", "%26", "id=", "&id=b"]), max_size=8))
def test_the_address_of_a_developer_is_read_as_any_address_is(pieces):
    for before in ("/store/apps/dev?id=", "/store/apps/developer?id="):
        address = before + "".join(pieces)
        [wanted, *_] = parse_qs(urlsplit(address).query, separator="&").get("id", [None])
        assert convert.id_in_url(address) == wanted


@settings(deadline=None, database=None)
@given(
    st.lists(
        st.sampled_from(["<br>", "<BR/>", "</p>", "<b>", "<", "br", "/", ">", "a", " ", "&amp;"]), max_size=9
    )
)
@example(["<br", "<br>", ">"])  # what is left when one is taken away is no markup, whatever it looks like
def test_tags_are_taken_out_in_one_pass(pieces):
    markup = "".join(pieces)
    tags = r"(?P<br><(?:[bB][rR]\s*/?|/[pP])>)|</?[a-zA-Z][^<>]*>"
    without = re.sub(tags, lambda tag: "\n" if tag["br"] else "", markup)
    assert convert.plain(markup) == (html.unescape(without) or None)


@settings(deadline=None, database=None)
@given(
    st.lists(
        st.sampled_from(
            ["&", "amp", ";", "#", "38", "x26", "lt", "copy", "notit", "<", " ", "a", "\n", "b" * 40]
        ),
        max_size=9,
    )
)
def test_characters_are_resolved_as_the_standard_library_does(pieces):
    said = "".join(pieces)
    assert convert.unescaped(said) == (html.unescape(said) or None)


def test_an_address_that_is_none_is_unreadable():
    with pytest.raises(UnreadableError):
        convert.id_in_url("http://[::1/?id=5")


@pytest.mark.parametrize(
    ("function", "given", "wanted"),
    [
        (convert.integer, 0, 0),
        (convert.integer, -7, -7),
        (convert.integer, 91_130_079, 91_130_079),
        (convert.integer, 5.0, 5),
        (convert.number, 4.315863, 4.315863),
        (convert.number, 4, 4.0),
        (convert.number, 0, 0.0),
        (convert.micros, 6_990_000, 6.99),
        (convert.micros, 0, 0.0),
        (convert.micros, 1, 0.000001),
        (convert.micros, 123_456_780_000, 123_456.78),
        (convert.flag, True, True),
        (convert.flag, False, False),
        (convert.flag, 1, True),
        (convert.flag, 0, False),
    ],
)
def test_a_number_is_read_as_its_type(function, given, wanted):
    found = function(given)
    assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("function", "refused"),
    [
        (convert.integer, (*OTHERS, *TEXTS, 1.5, math.inf, -math.inf, math.nan)),
        (convert.number, (*OTHERS, *TEXTS, math.inf, -math.inf, math.nan, 10**400)),
        (convert.micros, (*OTHERS, *TEXTS, math.inf, math.nan, 10**400)),
        (convert.flag, (None, [], {}, *TEXTS, 2, -1, 1.0, 0.0, [1])),
    ],
)
def test_what_is_no_such_number_is_unreadable(function, refused):
    for value in refused:
        with pytest.raises(UnreadableError):
            function(value)


@pytest.mark.parametrize(
    ("function", "given", "wanted"),
    [
        (convert.moment, 0, datetime(1970, 1, 1, tzinfo=UTC)),
        (convert.moment, 1_659_000_000, datetime(2022, 7, 28, 9, 20, tzinfo=UTC)),
        (convert.moment, 253_402_300_799, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (convert.precise_moment, [1_659_000_000], datetime(2022, 7, 28, 9, 20, tzinfo=UTC)),
        (convert.precise_moment, [1_659_000_000, None], datetime(2022, 7, 28, 9, 20, tzinfo=UTC)),
        (convert.precise_moment, [1_659_000_000, 0], datetime(2022, 7, 28, 9, 20, tzinfo=UTC)),
        (convert.precise_moment, [0, 250_000_000], datetime(1970, 1, 1, microsecond=250_000, tzinfo=UTC)),
        (convert.precise_moment, [0, 999_999_999], datetime(1970, 1, 1, microsecond=999_999, tzinfo=UTC)),
        (convert.precise_moment, [{"1": 5, "2": 1000}], datetime(1970, 1, 1, 0, 0, 5, 1, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_utc(function, given, wanted):
    found = function(given)
    assert found == wanted
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize("given", [-1, 253_402_300_800, 10**30, 1e300, 1.5, "0", None, True, [0]])
def test_seconds_beyond_the_calendar_are_unreadable(given):
    with pytest.raises(UnreadableError):
        convert.moment(given)


@pytest.mark.parametrize(
    "given",
    [
        [], [None], [None, 5], ["0"], [0, -1], [0, 1_000_000_000], [0, "5"], [0, 1.5], [0, [1]], [-1, 0], [10**30],
        5, "5", {"1": 5},
        # wrong types that are falsy are wrong types as well
        [0, ""], [0, False], [0, []],
    ],
)  # fmt: skip
def test_a_time_without_readable_halves_is_unreadable(given):
    with pytest.raises(UnreadableError):
        convert.precise_moment(given)


def test_a_size_is_turned_into_width_and_height():
    assert convert.size([1080, 1920]) == (1920, 1080)


@pytest.mark.parametrize(
    "given", [[], [1080], [None, 1920], [1080, None], ["1", "2"], [True, False], "12", 5, [1.5, 2]]
)
def test_half_a_size_is_unreadable(given):
    with pytest.raises(UnreadableError):
        convert.size(given)


@pytest.mark.parametrize("given", ["ab", None, {"1": 5}, 5, (1, 2)])
def test_what_is_no_list_is_unreadable(given):
    with pytest.raises(UnreadableError):
        convert.items(given)
