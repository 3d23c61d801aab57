from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playfast.play.json_text import decoded

PAIR = r"\ud83d\ude00"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\ud83d", "\ufffd"),
        (r"\ude00", "\ufffd"),
        (r"\uD83D!", "\ufffd!"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
        (r"\ud83d\ude00\ude00", "😀\ufffd"),
        (r"\\\ud83d", "\\\ufffd"),
        (r"\\ud83d\ud83d", "\\ud83d\ufffd"),
        (PAIR + r"\ud83d", "😀\ufffd"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_half_a_pair_costs_itself_alone(written, read):
    assert decoded(f'["{written}", 1]') == [read, 1]


def test_bytes_that_are_no_utf_8_cost_themselves_alone():
    for body in (b'["a\xff\xc3", 1]', memoryview(b'["a\xff\xc3", 1]')):
        assert decoded(body) == ["a\ufffd\ufffd", 1]
    assert decoded(b'["\xed\xa0\xbd", 1]')[1] == 1


@pytest.mark.parametrize(
    "text", ["", "[", "[1", '["\\ud83d', "[NaN]", "[1e999999]x", "[" * 5000, b"\xff", '["\\x"]']
)
def test_what_is_no_json_stays_none(text):
    with pytest.raises(orjson.JSONDecodeError):
        decoded(text)


@given(st.text(st.characters(exclude_categories=[]) | st.sampled_from("\\u\ud83d\ude00d8")))
@example("\\\ud83d")
def test_every_text_that_json_can_write_is_read(text):
    """Python's own writer escapes halves as they are."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    # Its reader of UTF-16 counts halves in a way of its own; what is no half has to be the same.
    read = decoded(json.dumps([text]))[0]
    assert read.replace("\ufffd", "") == whole.replace("\ufffd", "")
    assert len(read) <= len(text)


def test_what_orjson_reads_is_read_the_same():
    for text in (f'["{PAIR}", "\\\\ud83d", -0.0, 1e300]', "null", '"\\ufffd"'):
        assert decoded(text) == orjson.loads(text)
