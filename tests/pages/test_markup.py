"""HTML as text: what is escaped, and how tables and tiles are built."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from playfast.pages.markup import (
    Column,
    Html,
    Tile,
    breakable,
    data_block,
    element,
    folded,
    table,
    tiles,
    together,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "&lt;b&gt;",
    "\u2028\u2029",
    "]]>",
]


class Seen(HTMLParser):
    """What a browser would make of it: elements with their attributes, and texts."""

    def __init__(self, markup):
        super().__init__()
        self.elements, self.texts = [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_stays_a_text(text):
    seen = Seen(element("p", text, title=text))
    assert seen.elements == [("p", {"title": text})]
    assert "".join(seen.texts) == text


def test_markup_is_not_escaped_twice():
    assert (
        element("p", element("b", "a & b"), Html("&nbsp;"), " < c") == "<p><b>a &amp; b</b>&nbsp; &lt; c</p>"
    )


def test_names_of_attributes_and_those_left_out():
    assert element("p", class_="a", aria_label="b", title=None) == '<p class="a" aria-label="b"></p>'


def test_void_elements_have_no_end():
    assert element("wbr") == "<wbr>"


@pytest.mark.parametrize("text", [*HOSTILE, "é漢 \ud83d", "\x00\x1f"])
def test_data_in_a_page_is_what_it_was_and_ends_where_it_should(text):
    block = data_block({"a": [text, 1, None, 2.5, True], text: {}})
    inside = block.removeprefix('<script type="application/json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    inside.encode("utf-8")
    assert json.loads(inside) == {"a": [text, 1, None, 2.5, True], text: {}}


def test_numbers_that_json_does_not_have_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        data_block([float("nan")])


def test_a_table_has_heads_for_its_columns_and_rows_and_a_box_that_scrolls():
    markup = table("Things & more", [Column("what"), Column("count", number=True)], [["<a>", "1,000"]])
    seen = Seen(markup)
    assert ("div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Things & more"}) in (
        seen.elements
    )
    assert ("th", {"scope": "col", "class": "number"}) in seen.elements
    assert ("th", {"scope": "row"}) in seen.elements
    assert seen.texts == ["what", "count", "<a>", "1,000"]


def test_a_table_of_texts_is_told_from_one_of_numbers():
    assert 'class="scroll facts"' in table("Texts", [Column("a"), Column("b")], [])


def test_a_row_of_another_length_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="zip"):
        table("Things", [Column("a"), Column("b")], [["1", "2", "3"]])


def test_tiles_hold_a_number_and_notes_with_their_kind():
    markup = tiles("At a glance", [Tile("Records", "1", [("of 2 due", "plain"), ("<worse>", "bad")])])
    assert Seen(markup).texts == ["Records", "1", "of 2 due", "<worse>"]
    assert '<dd class="note bad">' in markup


def test_a_list_may_break_behind_its_commas():
    assert together(*breakable("us,k<r,de")) == "us,<wbr>k&lt;r,<wbr>de"
    assert together(*breakable("us")) == "us"


def test_folded_things_have_a_summary():
    assert folded("More", element("p", "x")) == "<details><summary>More</summary><p>x</p></details>"
