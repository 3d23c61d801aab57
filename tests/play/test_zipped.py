"""Gzip bodies of one whole member are unpacked; everything else is left to others."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.play.zipped import size_of, unpacked

BODY = b"Play says this more than once. " * 200
ZIPPED = gzip.compress(BODY)


def test_a_whole_body_is_unpacked():
    assert unpacked(ZIPPED) == BODY
    assert unpacked(gzip.compress(b""), 1) == b""


@pytest.mark.parametrize("length", [0, 1, 10, 60, len(ZIPPED) - 8, len(ZIPPED) - 1])
def test_a_cut_one_is_none(length):
    assert unpacked(ZIPPED[:length]) is None


def test_a_spoilt_one_is_none():
    assert unpacked(ZIPPED[:-6] + bytes([ZIPPED[-6] ^ 1]) + ZIPPED[-5:]) is None


@pytest.mark.parametrize("more", [b"\0", gzip.compress(b"a second member"), ZIPPED])
def test_one_with_more_behind_it_is_none(more):
    assert unpacked(ZIPPED + more) is None


def test_no_more_is_unpacked_than_is_allowed():
    bomb = gzip.compress(bytes(50_000_000))
    assert unpacked(bomb, 1000) is None
    assert unpacked(bomb, 49_999_999) is None
    assert unpacked(bomb, 50_000_000) == bytes(50_000_000)


@given(st.binary(max_size=300), st.integers(1, 9))
def test_any_content_comes_back(content, level):
    assert unpacked(gzip.compress(content, level), 1 << 20) == content


@given(st.binary(max_size=80))
def test_bytes_that_are_no_gzip_are_none(body):
    assert unpacked(body, 1 << 20) is None


def test_one_that_claims_what_no_gzip_can_hold_is_none():
    assert unpacked(ZIPPED[:-4] + b"\xff\xff\xff\x7f") is None


@pytest.mark.parametrize("body", [b"", BODY, bytes(100_000)])
def test_it_says_itself_to_what_size_it_unpacks(body):
    assert size_of(gzip.compress(body)) == len(body)


def test_what_is_too_short_says_nothing():
    assert size_of(b"\xff" * 17) == 0
