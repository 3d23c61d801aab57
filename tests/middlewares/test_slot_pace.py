"""Scrapy's slot for Play is kept at the pace."""

from __future__ import annotations

from time import monotonic
from types import SimpleNamespace

import pytest
from scrapy.core.downloader import Slot
from scrapy.http import Request
from scrapy.utils.test import get_crawler
from twisted.internet.defer import Deferred

from playfast.errors import CrawlEndsError
from playfast.middlewares import slot_pace
from playfast.middlewares.slot_pace import SlotPace
from playfast.runs.pace import SLOT, share


@pytest.fixture
def later(monkeypatch):
    """What is to be called later, and after how many seconds."""
    calls = []
    monkeypatch.setattr(slot_pace, "call_later", lambda seconds, call: calls.append((seconds, call)))
    return calls


def kept(delay=0.1, jitter=0.5, concurrency=8, **settings):
    """A pace with its slot, whose last request went out now."""
    slots = {SLOT: {"delay": delay, "jitter": jitter, "concurrency": concurrency}}
    crawler = get_crawler(settings_dict={"DOWNLOAD_SLOTS": slots, **settings})
    slot = Slot(concurrency, delay, jitter)
    slot.lastseen = monotonic()
    crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots={SLOT: slot}), _slot=None)
    return SlotPace(crawler), slot


@pytest.fixture(autouse=True)
def _no_timers(monkeypatch):
    monkeypatch.setattr(slot_pace, "call_later", lambda *_: None)


def refuse(one, seconds=None):
    now = monotonic()
    one.pace.refused(now, now, seconds)
    one.keep()


def test_without_trouble_the_slot_stays_as_it_is(later):
    one, slot = kept()
    slot.delay = 0.7  # AutoThrottle's
    one.keep()
    assert (slot.delay, slot.jitter, slot.concurrency) == (0.7, 0.5, 8)
    assert later == []


def test_a_refusal_slows_the_slot_and_takes_its_jitter():
    one, slot = kept()
    refuse(one)
    assert (slot.delay, slot.jitter, slot.concurrency) == (pytest.approx(0.2), 0.0, 8)


def test_once_the_users_pace_is_reached_the_slot_is_as_it_was():
    one, slot = kept()
    refuse(one)
    one.pace.interval = one.pace.least
    one.keep()
    assert (slot.delay, slot.jitter, slot.concurrency) == (0.1, 0.5, 8)


def test_nothing_starts_before_the_wait_is_over(later):
    one, slot = kept()
    refuse(one, 30.0)
    assert slot.download_delay() >= 30.0 - (monotonic() - slot.lastseen)
    (_, (seconds, call)) = later  # the first looks whether the crawl ends
    assert seconds == pytest.approx(30.0, abs=1.0)
    one.pace.not_before = 0.0  # the wait is over
    call()
    assert slot.delay == pytest.approx(0.2)


@pytest.mark.usefixtures("later")
def test_after_a_block_one_request_is_under_way_at_a_time():
    one, slot = kept()
    now = monotonic()
    one.pace.blocked(now, now)
    one.keep()
    assert slot.concurrency == 1
    assert slot.delay >= 59
    one.pace.not_before = 0.0
    one.pace.answered(now, now)
    one.keep()
    assert slot.concurrency == 8
    assert slot.delay < 59


def test_with_autothrottle_the_slower_of_both_counts():
    one, slot = kept()
    refuse(one)
    slot.delay = 0.05  # AutoThrottle would go faster
    one.keep()
    assert slot.delay == pytest.approx(0.2)
    slot.delay = 3.0  # and slower
    one.keep()
    assert slot.delay == 3.0


def test_before_the_first_request_there_is_no_slot():
    one, _ = kept()
    one._crawler.engine.downloader.slots.clear()
    refuse(one)
    assert one.pace.slowed


def test_what_a_slot_holds_is_sent_back_when_the_crawl_ends(later):
    one, slot = kept()
    refuse(one, 600)
    waiting = [Deferred(), Deferred()]
    slot.queue.extend((Request("https://play.google.com/"), each) for each in waiting)
    look = next(call for seconds, call in later if seconds < 1)
    look()
    assert len(slot.queue) == 2
    one._crawler.engine._slot = SimpleNamespace(closing=object())
    look()
    assert not slot.queue
    for each in waiting:
        failures = []
        each.addErrback(failures.append)
        assert failures[0].check(CrawlEndsError)


def test_a_slot_that_is_as_usual_is_not_looked_after(later):
    one, _ = kept()
    refuse(one)
    one.pace.interval = one.pace.least
    one.keep()
    (_, look), *_ = later
    later.clear()
    look()
    assert later == []


def test_crawls_that_share_a_pace_know_what_one_of_them_was_refused():
    shared = {}
    crawls = []
    for _ in range(2):
        crawler = get_crawler(settings_dict={"DOWNLOAD_SLOTS": {SLOT: {"delay": 0.1, "concurrency": 8}}})
        slot = Slot(8, 0.1, 0.5)
        crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots={SLOT: slot}), _slot=None)
        share(crawler, shared)
        crawls.append((SlotPace(crawler), slot))
    (first, _), (second, slot) = crawls
    assert first.pace is second.pace is shared[SLOT]
    refuse(first)
    second.keep()
    assert (slot.delay, slot.jitter) == (pytest.approx(0.2), 0.0)
