"""Gzip bodies are unpacked as Scrapy unpacks them, and whole ones by the faster library."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils.gz import gunzip
from scrapy.utils.test import get_crawler

from playfast.middlewares import decompression
from playfast.middlewares.decompression import QuickDecompressionMiddleware, gunzipped

BODY = b"Play says this more than once. " * 200
ZIPPED = gzip.compress(BODY)
SPOILT = ZIPPED[:-6] + bytes([ZIPPED[-6] ^ 1]) + ZIPPED[-5:]


def through(body, encoding="gzip", **settings):
    """A body as it comes out of the middleware."""
    middleware = QuickDecompressionMiddleware.from_crawler(get_crawler(settings_dict=settings))
    answer = Response("https://play.google.com/", body=body, headers={"Content-Encoding": encoding})
    return middleware.process_response(Request("https://play.google.com/"), answer).body


@pytest.fixture
def used(monkeypatch):
    """What the faster library gave."""
    given = []

    def watched(body, max_size):
        given.append(gunzipped(body, max_size))
        return given[-1]

    monkeypatch.setattr(decompression, "gunzipped", watched)
    return given


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_a_whole_body_goes_through_the_faster_library(used, encoding):
    """Shows it, too, when Scrapy no longer asks the method that is overridden."""
    assert through(ZIPPED, encoding) == BODY
    assert used == [BODY]


@pytest.mark.parametrize(
    "body",
    [ZIPPED[:-1], ZIPPED[:-8], ZIPPED[:60], SPOILT, ZIPPED + gzip.compress(b"a second member")],
    ids=["without its last byte", "without its trailer", "cut", "spoilt", "two members"],
)
def test_what_is_not_one_whole_member_is_left_to_scrapy(used, body):
    assert through(body) == gunzip(body)
    assert used == [None]


def test_other_encodings_are_scrapys(used):
    assert through(zlib.compress(BODY), "deflate") == BODY
    assert used == []


def test_a_body_that_unpacks_to_more_than_is_allowed_is_ignored():
    with pytest.raises(IgnoreRequest, match="exceeded DOWNLOAD_MAXSIZE"):
        through(gzip.compress(bytes(1_000_001)), DOWNLOAD_MAXSIZE=1_000_000)


def test_no_more_is_unpacked_than_is_allowed():
    bomb = gzip.compress(bytes(50_000_000))
    assert gunzipped(bomb, 1000) is None
    assert gunzipped(bomb, 50_000_000) == bytes(50_000_000)


def test_nothing_and_no_limit():
    assert gunzipped(gzip.compress(b""), 1) == b""
    assert gunzipped(ZIPPED, 0) == BODY
    assert gunzipped(b"", 0) is None


@given(st.binary(max_size=300), st.integers(1, 9))
def test_any_content_comes_back(content, level):
    assert gunzipped(gzip.compress(content, level), 1 << 20) == content


@given(st.binary(max_size=80))
def test_bytes_that_are_no_gzip_are_none(body):
    assert gunzipped(body, 1 << 20) is None


def test_without_the_library_scrapy_does_it(monkeypatch):
    monkeypatch.setattr(decompression, "AVAILABLE", False)
    assert through(ZIPPED) == BODY
