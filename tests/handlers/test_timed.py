"""The watch around Scrapy's download handler, with a clock set by hand."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request, Response
from scrapy.utils.misc import build_from_crawler
from scrapy.utils.test import get_crawler

from playfast.handlers import timed
from playfast.handlers.timed import DOWNLOAD_TIME, STARTED, TimedDownloadHandler
from playfast.runs.pace import SLOT
from playfast.runs.turns import share

URL = "https://play.google.com/"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timed, "monotonic", clock)
    return clock


@pytest.fixture
def handler(monkeypatch):
    """A handler around a download that each test brings: Scrapy's own would want a reactor when it is made."""
    monkeypatch.setattr(HTTP11DownloadHandler, "__init__", lambda self, crawler: None)  # noqa: ARG005
    return build_from_crawler(TimedDownloadHandler, get_crawler())


def downloads(monkeypatch, download):
    async def download_request(_, request):
        return await download(request)

    monkeypatch.setattr(HTTP11DownloadHandler, "download_request", download_request)


def taking(clock, *seconds):
    """A download that takes so long: the first time, the second time, ..."""
    left = list(seconds)

    async def download(request):
        clock.now += left.pop(0)
        return Response(request.url, body=b"whole")

    return download


def test_the_time_of_the_whole_download_is_noted(handler, clock, monkeypatch):
    downloads(monkeypatch, taking(clock, 1.5))
    request = Request(URL)
    asyncio.run(handler.download_request(request))
    assert request.meta[DOWNLOAD_TIME] == 1.5


def test_a_download_that_takes_no_time_took_none(handler, clock, monkeypatch):
    downloads(monkeypatch, taking(clock, 0))
    request = Request(URL)
    asyncio.run(handler.download_request(request))
    assert request.meta[DOWNLOAD_TIME] == 0.0


def test_the_answer_is_handed_on_as_it_is(handler, clock, monkeypatch):
    answer = Response(URL, status=503, body=b"refused")

    async def download(_):
        clock.now += 1
        return answer

    downloads(monkeypatch, download)
    assert asyncio.run(handler.download_request(Request(URL))) is answer


def test_what_else_travels_with_the_request_stays(handler, clock, monkeypatch):
    seen = []
    whole = taking(clock, 1.0)

    async def download(request):
        seen.append(request)
        return await whole(request)

    downloads(monkeypatch, download)
    request = Request(URL, method="POST", body=b"f.req=1", meta={"download_slot": "play.google.com"})
    asyncio.run(handler.download_request(request))
    assert seen == [request]
    assert seen[0] is request
    assert request.meta == {"download_slot": "play.google.com", DOWNLOAD_TIME: 1.0, STARTED: 1000.0}


@pytest.mark.parametrize("error", [DownloadTimeoutError("60 s"), asyncio.CancelledError(), OSError("reset")])
def test_a_failed_download_fails_as_it_would_and_has_no_time(handler, clock, monkeypatch, error):
    async def download(_):
        clock.now += 60
        raise error

    downloads(monkeypatch, download)
    request = Request(URL)

    async def run():
        with pytest.raises(type(error)) as raised:
            await handler.download_request(request)
        return raised.value

    assert asyncio.run(run()) is error
    assert DOWNLOAD_TIME not in request.meta


def test_a_request_that_is_asked_again_has_the_time_of_its_last_download(handler, clock, monkeypatch):
    downloads(monkeypatch, taking(clock, 2.0, 0.5))
    first = Request(URL)
    asyncio.run(handler.download_request(first))
    again = first.copy()
    asyncio.run(handler.download_request(again))
    assert first.meta[DOWNLOAD_TIME] == 2.0
    assert again.meta[DOWNLOAD_TIME] == 0.5


def test_downloads_beside_each_other_are_timed_each_on_its_own(handler, clock, monkeypatch):
    """The second begins a second after the first, and ends before it."""

    async def run():
        ends = {"a": asyncio.Event(), "b": asyncio.Event()}

        async def download(request):
            await ends[request.url[-1]].wait()
            return Response(request.url)

        downloads(monkeypatch, download)
        requests = {name: Request(URL + name) for name in ends}
        running = {}
        for name, request in requests.items():
            running[name] = asyncio.ensure_future(handler.download_request(request))
            await asyncio.sleep(0)  # it has begun
            clock.now += 1
        for name in "ba":
            ends[name].set()
            await running[name]
            clock.now += 10
        return [requests[name].meta[DOWNLOAD_TIME] for name in "ab"]

    assert asyncio.run(run()) == [12.0, 1.0]


def test_the_clock_is_not_the_one_that_people_set():
    from time import monotonic  # noqa: PLC0415 - the very function is what is compared

    assert timed.monotonic is monotonic


def test_everything_else_is_scrapys_own():
    """Both are asked by Scrapy: whether to make it only when it is needed, and to close it."""
    assert issubclass(TimedDownloadHandler, HTTP11DownloadHandler)
    assert TimedDownloadHandler.lazy is HTTP11DownloadHandler.lazy
    assert TimedDownloadHandler.close is HTTP11DownloadHandler.close


class Turns:
    """What a crawl shares its pace by; notes what it is asked."""

    def __init__(self):
        self.seen = []

    async def enter(self, slot):
        self.seen.append(("enter", slot))

    def leave(self, slot):
        self.seen.append(("leave", slot))


@pytest.mark.parametrize("fails", [False, True])
def test_a_crawl_that_shares_its_pace_waits_for_its_turn_and_gives_it_back(
    handler, clock, monkeypatch, fails
):
    handler.crawler = SimpleNamespace()
    turns = Turns()
    share(handler.crawler, turns)

    async def download(request):
        turns.seen.append(request.meta[STARTED])
        if fails:
            raise DownloadTimeoutError
        return Response(request.url)

    downloads(monkeypatch, download)
    request = Request(URL, meta={"download_slot": f"{SLOT} by proxy"})
    if fails:
        with pytest.raises(DownloadTimeoutError):
            asyncio.run(handler.download_request(request))
    else:
        asyncio.run(handler.download_request(request))
    assert turns.seen == [("enter", f"{SLOT} by proxy"), clock.now, ("leave", f"{SLOT} by proxy")]


def test_what_goes_elsewhere_waits_for_no_turn(handler, clock, monkeypatch):
    handler.crawler = SimpleNamespace()
    turns = Turns()
    share(handler.crawler, turns)
    downloads(monkeypatch, taking(clock, 1))
    asyncio.run(handler.download_request(Request(URL, meta={"download_slot": "example.com"})))
    assert turns.seen == []
