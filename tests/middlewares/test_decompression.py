"""Gzip bodies are unpacked as Scrapy unpacks them, and whole ones by the faster library."""

from __future__ import annotations

import asyncio
import gzip
import random
import sys
import threading
import tracemalloc
import zlib

import brotli
import pytest
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.gz import gunzip
from scrapy.utils.test import get_crawler

from playfast import settings
from playfast.errors import OversizedError
from playfast.middlewares.decompression import QuickDecompressionMiddleware
from playfast.play import zipped

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BODY = b"<html>" + b"Play says this more than once. " * 200
LARGE = b"<html>" + random.Random(1).randbytes(600_000)
ZIPPED = gzip.compress(BODY)
SPOILT = ZIPPED[:-6] + bytes([ZIPPED[-6] ^ 1]) + ZIPPED[-5:]
ADDRESS = "https://play.google.com/store"


def answer(body, encoding="gzip"):
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": encoding}
    return Response(ADDRESS, body=body, headers=headers)


def through(response, request=None, kind=QuickDecompressionMiddleware, **settings):
    """An answer as it comes out of the middleware, and the middleware's statistics."""
    crawler = get_crawler(settings_dict=settings)
    made = kind.from_crawler(crawler).process_response(request or Request(ADDRESS), response)
    return asyncio.run(made) if asyncio.iscoroutine(made) else made, crawler.stats.get_stats()


@pytest.fixture
def used(monkeypatch):
    """What the faster library gave, and in which thread."""
    given, unpacked = [], zipped.unpacked

    def watched(body, max_size):
        given.append((unpacked(body, max_size), threading.current_thread() is threading.main_thread()))
        return given[-1][0]

    monkeypatch.setattr(zipped, "unpacked", watched)
    return given


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
@pytest.mark.parametrize("body", [BODY, LARGE], ids=["small", "large"])
def test_a_whole_body_goes_through_the_faster_library_a_large_one_in_a_thread(used, encoding, body):
    """Shows it, too, when Scrapy no longer asks the method that is overridden."""
    response, stats = through(answer(gzip.compress(body), encoding))
    assert response.body == body
    assert used == [(body, body is BODY)]
    # Everything else is as Scrapy has it.
    usual, its_stats = through(answer(gzip.compress(body), "gzip"), kind=HttpCompressionMiddleware)
    assert type(response) is type(usual) is HtmlResponse
    assert response.headers == usual.headers
    assert stats == its_stats != {}


@pytest.mark.parametrize(
    "body",
    [ZIPPED[:-1], ZIPPED[:-8], ZIPPED[:60], SPOILT, ZIPPED + gzip.compress(b"a second member")],
    ids=["without its last byte", "without its trailer", "cut", "spoilt", "two members"],
)
def test_what_is_not_one_whole_member_is_left_to_scrapy(used, body):
    assert through(answer(body))[0].body == gunzip(body)
    assert [given for given, _ in used] == [None]


def test_other_encodings_are_scrapys(used):
    assert through(answer(zlib.compress(BODY), "deflate"))[0].body == BODY
    assert through(answer(gzip.compress(zlib.compress(BODY)), "deflate, gzip"))[0].body == BODY
    assert used == []


def test_what_has_no_body_or_no_encoding_is_left_alone(used):
    head = answer(ZIPPED)
    assert through(head, Request(ADDRESS, method="HEAD"))[0] is head
    plain = Response(ADDRESS, body=BODY)
    assert through(plain)[0] is plain
    assert used == []


@pytest.mark.parametrize("size", [1_000, 800_000], ids=["small", "large"])
def test_a_body_that_unpacks_to_more_than_is_allowed_is_ignored(size):
    content = random.Random(2).randbytes(size)
    with pytest.raises(OversizedError, match="exceeded DOWNLOAD_MAXSIZE"):
        through(answer(gzip.compress(content)), DOWNLOAD_MAXSIZE=size - 1)
    with pytest.raises(OversizedError, match="exceeded DOWNLOAD_MAXSIZE"):
        through(answer(gzip.compress(content)), Request(ADDRESS, meta={"download_maxsize": size - 1}))
    assert through(answer(gzip.compress(content)), DOWNLOAD_MAXSIZE=size)[0].body == content


def test_several_at_once_do_not_get_each_others_bodies():
    middleware = QuickDecompressionMiddleware.from_crawler(get_crawler())
    bodies = [random.Random(number).randbytes(600_000 + number) for number in range(12)]

    async def all_at_once():
        return await asyncio.gather(
            *(middleware.process_response(Request(ADDRESS), answer(gzip.compress(body))) for body in bodies)
        )

    assert [response.body for response in asyncio.run(all_at_once())] == bodies


def test_an_answer_packed_many_times_over_is_not_undone():
    with pytest.raises(OversizedError, match="more than 2 times"):
        through(answer(ZIPPED, "gzip, gzip, gzip"))
    twice, _ = through(answer(gzip.compress(ZIPPED), "gzip, gzip"))
    assert twice.body == BODY


BOMB = bytes(80_000_000)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress), ("zstd", zstd.compress)],
)
def test_a_bomb_is_not_unpacked(encoding, pack):
    packed = pack(BOMB)
    assert len(packed) < 100_000
    tracemalloc.start()
    with pytest.raises(OversizedError, match="exceeded DOWNLOAD_MAXSIZE"):
        through(answer(packed, encoding), DOWNLOAD_MAXSIZE=settings.DOWNLOAD_MAXSIZE // 16)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * settings.DOWNLOAD_MAXSIZE // 16
