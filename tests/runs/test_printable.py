from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.runs.printable import printable

ANY = st.text(max_size=60) | st.text(st.characters(categories=["Cc", "Cf"]), max_size=20)


@settings(max_examples=500, deadline=None, database=None)
@given(ANY)
def test_no_control_character_but_tab_and_line_feed_gets_through(text):
    assert [
        char for char in printable(text) if unicodedata.category(char) == "Cc" and char not in "\t\n"
    ] == []


@settings(max_examples=300, deadline=None, database=None)
@given(ANY)
def test_nothing_that_turns_the_direction_of_writing_gets_through(text):
    assert not set(printable(text)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@settings(max_examples=300, deadline=None, database=None)
@given(ANY)
def test_what_is_printable_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)


@settings(max_examples=300, deadline=None, database=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"]) | st.sampled_from("\t\n"), max_size=60))
def test_ordinary_text_of_any_script_is_unchanged(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "plain", "日本語", "한국어", "العربية", "עברית", "हिन्दी", "ภาษาไทย", "ру́сский", "👨‍👩‍👧 🇰🇷 ❤️", "می‌خواهم", "a\u200fb\u200e", "a\tb\nc", "\\x1b", "[red]", "\u00a0"],
)  # fmt: skip
def test_the_world_s_texts_are_unchanged(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x9b2J", "\\x9b2J"),
        ("a\rb", "a\\x0db"),
        ("\x00\x07\x08\x7f\x85", "\\x00\\x07\\x08\\x7f\\x85"),
        ("\x0b\x0c", "\\x0b\\x0c"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
    ],
)
def test_what_could_drive_a_terminal_is_shown_as_an_escape(text, shown):
    assert printable(text) == shown


@settings(max_examples=200, deadline=None, database=None)
@given(ANY, ANY)
def test_a_text_may_come_in_pieces(one, other):
    assert printable(one + other) == printable(one) + printable(other)
