"""Gzip bodies are unpacked as Scrapy unpacks them, and whole ones by the faster library."""

from __future__ import annotations

import gzip
import zlib

import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils.gz import gunzip
from scrapy.utils.test import get_crawler

from playfast.middlewares.decompression import QuickDecompressionMiddleware
from playfast.play import zipped

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
    given, unpacked = [], zipped.unpacked

    def watched(body, max_size):
        given.append(unpacked(body, max_size))
        return given[-1]

    monkeypatch.setattr(zipped, "unpacked", watched)
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


def test_without_the_library_scrapy_does_it(monkeypatch):
    monkeypatch.setattr(zipped, "AVAILABLE", False)
    assert through(ZIPPED) == BODY
