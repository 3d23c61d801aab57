"""Refused requests wait as they are told; everything else of Scrapy's retries stays as it is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from scrapy.http import Request, Response
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from playfast.middlewares import retry
from playfast.middlewares.retry import PatientRetryMiddleware, retry_after


def refused(status=429, **headers):
    return Response("https://play.google.com/", status=status, headers=headers)


@pytest.fixture
def waits(monkeypatch):
    """The seconds it would have slept."""
    slept = []

    async def wait(_, seconds):
        slept.append(seconds)

    monkeypatch.setattr(retry, "wait", wait)
    return slept


def processed(response, request=None, **settings):
    crawler = get_crawler(Spider, settings_dict=settings)
    crawler.spider = Spider.from_crawler(crawler, name="test")
    middleware = PatientRetryMiddleware.from_crawler(crawler)
    request = request or Request("https://play.google.com/")
    return asyncio.run(middleware.process_response(request, response)), crawler


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), (" 120 ", 120.0), ("0", 0.0), ("soon", None), ("-5", None), ("", None), ("1.5", None)],
)
def test_retry_after_is_read_as_seconds(header, seconds):
    assert retry_after(refused(**{"Retry-After": header})) == seconds


def test_retry_after_is_read_as_a_date():
    future = datetime.now(UTC) + timedelta(seconds=90)
    assert 80 < retry_after(refused(**{"Retry-After": format_datetime(future, usegmt=True)})) <= 90
    assert retry_after(refused(**{"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})) == 0.0
    assert retry_after(refused(**{"Retry-After": "Wed, 21 Oct 2015 07:28:00"})) == 0.0
    assert retry_after(refused()) is None


@pytest.mark.parametrize("status", [429, 503])
def test_a_refused_request_is_asked_again_when_the_store_says(waits, status):
    again, crawler = processed(refused(status, **{"Retry-After": "12"}))
    assert isinstance(again, Request)
    assert waits == [12.0]
    assert crawler.stats.get_value("retry/count") == 1
    assert crawler.stats.get_value("playfast/retry/waits") == 1


def test_without_a_word_it_waits_longer_from_time_to_time_up_to_a_limit(waits):
    for times in range(9):
        processed(refused(), Request("https://play.google.com/", meta={"retry_times": times}), RETRY_TIMES=20)
    assert waits[0] <= 1.0
    assert all(0.25 <= seconds <= 30 for seconds in waits)
    assert waits[-1] >= 15


def test_a_wait_beyond_the_limit_is_not_waited_for(waits):
    response, _ = processed(refused(**{"Retry-After": "301"}))
    assert isinstance(response, Response)
    response, _ = processed(refused(**{"Retry-After": "20"}), PLAYFAST_LONGEST_RETRY_AFTER=10)
    assert isinstance(response, Response)
    assert waits == []


def test_other_failures_are_asked_again_at_once_and_answers_pass(waits):
    assert isinstance(processed(refused(500))[0], Request)
    assert processed(refused(200))[0].status == 200
    assert processed(refused(404))[0].status == 404
    assert waits == []


def test_scrapys_own_knobs_keep_their_meaning(waits):
    assert isinstance(processed(refused(), RETRY_TIMES=0)[0], Response)
    assert isinstance(
        processed(refused(), Request("https://x.test/", meta={"dont_retry": True}))[0], Response
    )
    assert isinstance(processed(refused(), Request("https://x.test/", meta={"retry_times": 2}))[0], Response)
    assert waits == []


def test_the_limit_is_for_what_was_told_not_for_what_is_guessed(waits):
    again, _ = processed(refused(503), PLAYFAST_LONGEST_RETRY_AFTER=0.01)
    assert isinstance(again, Request)
    assert len(waits) == 1
