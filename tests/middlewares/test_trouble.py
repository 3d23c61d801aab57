"""Each answer of Play is judged before anybody reads it, and the pace is kept by what it was."""

from __future__ import annotations

import asyncio
import inspect
from types import SimpleNamespace

import pytest
from scrapy.core.downloader import Slot
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from playfast.middlewares import slot_pace
from playfast.middlewares.trouble import ConsentError, ElsewhereError, TroubleMiddleware
from playfast.runs.pace import SLOT

PAGE = b"<html><script>AF_initDataCallback({key: 'ds:5', data:[]});</script></html>"
CAPTCHA = b'<html><div class="g-recaptcha"></div></html>'
CONSENT = b'<html><form action="https://consent.google.com/save"></form></html>'
ADDRESS = "https://play.google.com/store/apps/details?id=a.b"


@pytest.fixture(autouse=True)
def _no_timers(monkeypatch):
    monkeypatch.setattr(slot_pace, "call_later", lambda *_: None)


class Judge:
    """The middleware, its statistics, and the slot."""

    def __init__(self, **settings):
        slots = {SLOT: {"delay": 0.1, "concurrency": 8}}
        crawler = get_crawler(settings_dict={"DOWNLOAD_SLOTS": slots, **settings})
        self.slot = Slot(8, 0.1, 0.5)
        self.ended = []
        crawler.engine = SimpleNamespace(
            downloader=SimpleNamespace(slots={SLOT: self.slot}), _slot=None, close_spider_async=self.end
        )
        self.stats = crawler.stats
        self.middleware = TroubleMiddleware.from_crawler(crawler)

    async def end(self, *, reason):
        self.ended.append(reason)

    def in_loop(self, call, *given):
        """What a call returns, and what it began done."""

        async def run():
            result = call(*given)
            if inspect.isawaitable(result):
                result = await result
            await asyncio.sleep(0)
            return result

        return asyncio.run(run())

    def fail(self, error=None, times=1, **meta):
        """What becomes of so many requests without an answer."""
        error = error or ConnectionRefusedError("refused")
        return [
            self.in_loop(self.middleware.process_exception, asked(meta=meta), error) for _ in range(times)
        ]

    def judge(self, response, request=None):
        return self.in_loop(self.middleware.process_response, request or asked(), response)


def asked(**more):
    meta = {"download_slot": SLOT, **more.pop("meta", {})}
    return Request(ADDRESS, meta=meta, **more)


def answer(body=PAGE, status=200, flags=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(ADDRESS, status=status, body=body, headers=headers, flags=flags)


def test_a_good_answer_goes_its_way_and_changes_nothing():
    judge, response = Judge(), answer()
    assert judge.judge(response) is response
    assert judge.slot.delay == 0.1
    assert judge.stats.get_stats() == {}


def test_a_refusal_is_counted_slows_down_and_is_left_to_the_retries():
    judge, response = Judge(), answer(b"", 429, Retry_After="7")
    assert judge.judge(response) is response
    assert judge.slot.delay > 5
    assert judge.stats.get_value("playfast/trouble/refused") == 1
    assert judge.stats.get_value("playfast/pace/refusals") == 1
    assert judge.stats.get_value("playfast/pace/requests_per_second") == 5


def test_a_wait_beyond_the_limit_ends_the_crawl():
    judge, response = Judge(PLAYFAST_LONGEST_RETRY_AFTER=10), answer(b"", 503, Retry_After="11")
    assert judge.judge(response) is response
    assert judge.ended == ["gave_up"]
    assert judge.stats.get_value("playfast/gave_up") == (
        "Play asks to wait 11 seconds, and PLAYFAST_LONGEST_RETRY_AFTER is 10"
    )
    judge.judge(response)
    assert judge.ended == ["gave_up"]


@pytest.mark.parametrize("meta", [{"retry_times": 1}, {"dont_cache": True}])
def test_a_503_for_what_was_refused_before_may_hang_on_it_and_slows_nothing(meta):
    judge = Judge()
    judge.judge(answer(b"", 503), asked(meta=meta))
    assert judge.slot.delay == 0.1
    judge.judge(answer(b"", 503, Retry_After="7"), asked(meta=meta))
    assert judge.slot.delay > 5  # but it is waited
    judge.judge(answer(b"", 429), asked(meta=meta))
    assert judge.stats.get_value("playfast/pace/refusals") == 1
    assert judge.stats.get_value("playfast/trouble/refused") == 3


@pytest.mark.parametrize(
    "response",
    [
        answer(CAPTCHA),
        answer(CAPTCHA, 429),
        answer(b"", 302, Location="https://www.google.com/sorry/index?continue=x"),
    ],
    ids=["page", "with a status", "redirect"],
)
def test_a_captcha_stops_the_crawl_and_the_request_is_asked_again(response):
    judge, request = Judge(), asked()
    again = judge.judge(response, request)
    assert isinstance(again, Request)
    assert (again.url, again.dont_filter, again.meta["dont_cache"]) == (request.url, True, True)
    assert "retry_times" not in again.meta
    assert judge.slot.concurrency == 1
    assert judge.slot.delay > 50
    assert judge.stats.get_value("playfast/trouble/blocked") == 1
    assert judge.stats.get_value("playfast/pace/blocks") == 1


@pytest.mark.parametrize(
    "wall", [answer(CONSENT), answer(b"", 302, Location="https://consent.google.com/m?continue=x")]
)
def test_the_page_on_cookies_is_answered_once_by_a_header(wall):
    judge = Judge()
    again = judge.judge(wall)
    assert isinstance(again, Request)
    judge.middleware.process_request(again)
    assert again.headers["Cookie"].startswith(b"SOCS=")
    with pytest.raises(ConsentError, match="through a proxy"):
        judge.judge(wall, again)
    assert judge.stats.get_value("playfast/trouble/consent") == 2


def test_no_cookie_is_sent_before_it_is_asked_for_nor_to_other_hosts():
    judge, request = Judge(), asked()
    judge.middleware.process_request(request)
    assert "Cookie" not in request.headers
    judge.judge(answer(CONSENT))
    other = Request("https://example.com/")
    judge.middleware.process_request(other)
    assert "Cookie" not in other.headers


def test_a_redirect_to_another_host_is_not_followed():
    with pytest.raises(ElsewhereError, match="example"):
        Judge().judge(answer(b"", 302, Location="https://example.com/"))


@pytest.mark.parametrize(("body", "kind"), [(b"<html></html>", "empty"), (b"<html>", "cut")])
def test_what_is_no_page_of_an_app_is_counted_and_left_to_the_spider(body, kind):
    judge, response = Judge(), answer(body)
    assert judge.judge(response) is response
    assert judge.stats.get_value(f"playfast/trouble/{kind}") == 1


def test_a_file_for_robots_is_no_page_without_data():
    """Scrapy asks for it through the same slot where the store is at Play's own address."""
    judge = Judge()
    robots = Response(
        "https://play.google.com/robots.txt", body=b"User-agent: *", headers={"Content-Type": "text/plain"}
    )
    assert judge.judge(robots) is robots
    assert judge.stats.get_stats() == {}


def test_answers_out_of_the_cache_and_of_other_hosts_say_nothing_of_play():
    judge = Judge()
    cached, other = answer(CAPTCHA, flags=["cached"]), answer(CAPTCHA)
    assert judge.judge(cached) is cached
    assert judge.judge(other, Request("https://example.com/")) is other
    assert judge.stats.get_stats() == {}


# Without an answer


def test_a_store_that_gets_lost_is_waited_for_and_the_requests_asked_again():
    judge = Judge()
    judge.judge(answer())
    assert judge.fail(times=9) == [None] * 9
    (again,) = judge.fail()
    assert isinstance(again, Request)
    assert again.meta["dont_cache"]
    assert judge.slot.concurrency == 1
    assert judge.stats.get_value("playfast/trouble/unanswered") == 10
    assert judge.stats.get_value("playfast/pace/lost") == 1
    judge.judge(answer())
    assert judge.middleware._slots[SLOT].pace.lost is False
    assert judge.fail() == [None]
    assert judge.ended == []


def test_patience_has_an_end():
    judge = Judge(PLAYFAST_PATIENCE=0)
    judge.judge(answer())
    judge.fail(times=10)
    assert judge.ended == ["gave_up"]
    assert "does not answer (ConnectionRefusedError: refused), for longer than" in judge.stats.get_value(
        "playfast/gave_up"
    )
    judge = Judge(PLAYFAST_PATIENCE=0)
    judge.judge(answer(CAPTCHA))
    assert judge.ended == ["gave_up"]
    assert judge.stats.get_value("playfast/gave_up").startswith("Play shows a captcha, for longer")


def test_a_store_that_never_answered_is_given_up_after_a_hundred_requests():
    judge = Judge()
    assert judge.fail(times=99) == [None] * 99
    assert judge.ended == []
    assert judge.fail() == [None]
    assert judge.ended == ["gave_up"]


def test_an_error_that_is_no_failure_to_answer_is_left_to_others():
    judge = Judge()
    judge.judge(answer())
    assert judge.fail(ValueError("not of the network"), times=20) == [None] * 20
    assert judge.fail(download_slot="example.com", times=20) == [None] * 20
    assert "playfast/trouble/unanswered" not in judge.stats.get_stats()
