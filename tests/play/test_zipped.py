"""Gzip bodies of one whole member are unpacked; everything else is left to others."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.play import zipped
from playfast.play.zipped import unpacked

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


@pytest.mark.parametrize("more", [b"\0", gzip.compress(b"a second member")])
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


def test_without_the_library_it_is_none(monkeypatch):
    monkeypatch.setattr(zipped, "AVAILABLE", False)
    assert unpacked(ZIPPED) is None
