from __future__ import annotations

import gzip
import json
import zlib
from random import Random
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.localstore.cache import ByteCache
from playfast.localstore.wire import crc, form, framing, json_text, prepared
from playfast.localstore.wire.framing import Frame, Head

from .conftest import frames

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
BYTES = st.binary(max_size=3_000)
MANY = st.lists(st.tuples(TEXT, TEXT), max_size=12, unique_by=lambda pair: pair[1])


@given(st.lists(st.tuples(BYTES, st.booleans()), max_size=10))
def test_joined_parts_are_one_gzip_body(pieces):
    parts = [prepared.prepare(raw) if ready else raw for raw, ready in pieces]
    whole = b"".join(raw for raw, _ in pieces)
    assert gzip.decompress(prepared.gzip_body(parts)) == whole
    assert prepared.plain_body(parts) == whole
    assert prepared.body_length(parts) == len(whole)


@given(BYTES, BYTES)
def test_checksums_join(first, second):
    assert crc.joined(zlib.crc32(first), zlib.crc32(second), crc.shift_by(len(second))) == zlib.crc32(
        first + second
    )


@pytest.mark.parametrize("length", [0, 1, 255, 256, 65_535, 65_536, 1_200_001])
def test_checksums_join_over_any_length(length):
    tail = bytes(length)
    assert crc.joined(zlib.crc32(b"head"), zlib.crc32(tail), crc.shift_by(length)) == zlib.crc32(
        b"head" + tail
    )


def test_a_part_is_compressed_the_same_whatever_came_before():
    part = b"one and the same " * 50
    alone = prepared.prepare(part)
    prepared.prepare(b"something else entirely " * 40)
    assert prepared.prepare(part) == alone


@given(
    st.recursive(st.none() | st.booleans() | TEXT, lambda inner: st.lists(inner, max_size=4), max_leaves=12)
)
def test_json_has_no_sign_of_html_and_loses_nothing(value):
    raw = json_text.dumps(value)
    assert not set(raw) & set(b"<>=&")
    assert json.loads(raw) == value
    assert json.loads(b'"' + json_text.within_string(raw) + b'"') == raw.decode()


@given(TEXT)
def test_length_in_utf16(text):
    assert json_text.utf16_length(text.encode()) == len(text.encode("utf-16-le")) // 2


def make(pairs):
    made = []
    for payload, tag in pairs:
        raw = b'["wrb.fr","Ws7gDc",' + json.dumps(payload).encode() + b",null,null,null,"
        made.append(Frame(Head(raw if len(raw) % 2 else prepared.prepare(raw)), framing.tag_json(tag)))
    return made


@given(MANY, st.integers())
def test_frames_on_one_line(pairs, seed):
    body = prepared.plain_body(framing.one_line(make(pairs), Random(seed))).decode()
    assert body.count("\n") == body[:6].count("\n") == 2
    assert {tag: frame[2] for tag, frame in frames(body).items()} == {tag: payload for payload, tag in pairs}
    assert [frame[0] for frame in json.loads(body[5:])][-2:] == ["di", "af.httprm"]


@given(MANY, st.integers())
def test_frames_in_chunks(pairs, seed):
    raw = prepared.plain_body(framing.chunked(make(pairs), Random(seed)))
    body = raw.decode()
    assert {tag: frame[2] for tag, frame in frames(body).items()} == {tag: payload for payload, tag in pairs}
    rest = body[6:].encode("utf-16-le")
    last = None
    while rest:
        length, _, after = rest.partition("\n".encode("utf-16-le"))
        units = int(length.decode("utf-16-le"))
        chunk = ("\n".encode("utf-16-le") + after)[: 2 * units]
        rest = ("\n".encode("utf-16-le") + after)[2 * units :]
        text = chunk.decode("utf-16-le")
        assert text.startswith("\n[")
        assert text.endswith("]\n")
        last = json.loads(text)
    assert last == [["e", 4, None, None, len(raw)]]


@given(
    st.lists(st.tuples(TEXT, TEXT, st.none() | TEXT | st.integers(-9, 9)), max_size=5),
    st.sampled_from(
        [
            quote,
            quote_plus,
            lambda text, **_: text.replace("%", "%25").replace("&", "%26").replace("+", "%2B"),
        ]
    ),
)
def test_posted_calls_are_read(wanted, how):
    body = "at=x&f.req=" + how(
        json.dumps([[[rpc, arguments, None, tag] for rpc, arguments, tag in wanted]]), safe=""
    )
    assert form.calls(body.encode() + b"&") == wanted


@given(st.text(st.sampled_from('%25"[]\\ ,é+2C5B'), max_size=40))
def test_percent_signs_are_decoded_once(text):
    assert form.unquote(quote(text).encode()) == text.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"f.req=",
        b"f.req=%5B",
        b"x=1",
        b"f.req=1",
        b"f.req=[]",
        b"f.req=[1]",
        b"f.req=[[1]]",
        b"f.req=[[[1,2]]]",
        b'f.req=[[["a"]]]',
        b'f.req=[[["a",[]]]]',
        b"f.req=\xff\xfe",
    ],
)
def test_malformed_posts_are_told(body):
    with pytest.raises(form.MalformedRequest):
        form.calls(body)


def test_a_call_without_tag_gets_the_usual_one():
    assert form.calls(b'f.req=[[["rpc","[]"]]]') == [("rpc", "[]", "generic")]


def test_the_cache_forgets_what_was_used_longest_ago():
    cache = ByteCache(100)
    for name in "abc":
        cache.put(name, name, 30)
    assert cache.get("a") == "a"
    cache.put("d", "d", 30)
    assert [cache.get(name) for name in "abcd"] == ["a", None, "c", "d"]
    cache.put("a", "new", 90)
    assert (cache.get("a"), cache.get("d"), cache.weight, len(cache)) == ("new", None, 90, 1)
    cache.put("huge", "huge", 101)
    assert cache.get("huge") is None
