"""Crawls that share a pace, in a time that does not pass."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from playfast.errors import CrawlEndsError
from playfast.runs import turns
from playfast.runs.pace import SLOT, Pace
from playfast.runs.turns import Turn, Turns, share, turn_of
from tests import virtual_time
from tests.virtual_time import now


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(turns, "monotonic", now)


def a_crawl(shared, *, ending=lambda: False):
    return Turn(shared, ending)


async def sent(crawl, starts, name, answer=0.0):
    await crawl.enter(SLOT)
    starts.append((name, round(now(), 6)))
    await asyncio.sleep(answer)
    crawl.leave(SLOT)


def test_a_crawl_alone_is_not_held_up_by_more_than_its_slot_does():
    async def main():
        crawl, starts = a_crawl(Turns(1.0, 0.5, 2)), []
        for pause in (0.0, 0.5, 1.5, 0.5, 0.6):  # what a slot with such a jitter may let through
            await asyncio.sleep(pause)
            await sent(crawl, starts, "a")
        return [start for _, start in starts]

    assert virtual_time.run(main()) == [0.0, 0.5, 2.0, 2.5, 3.1]


def test_what_another_crawl_has_sent_is_waited_for_in_full():
    async def main():
        shared, starts = Turns(1.0, 0.5, 2), []
        first, second = a_crawl(shared), a_crawl(shared)
        await sent(first, starts, "first")
        await asyncio.sleep(0.25)
        await sent(second, starts, "second")
        await sent(first, starts, "first")
        return starts

    assert virtual_time.run(main()) == [("first", 0.0), ("second", 1.0), ("first", 2.0)]


def test_crawls_at_the_same_time_send_in_turn_and_no_faster_than_one():
    async def main():
        shared, starts = Turns(0.5, 0.0, 4), []
        crawls = {name: a_crawl(shared) for name in "abc"}

        async def all_of(name):
            for _ in range(4):
                await sent(crawls[name], starts, name)

        await asyncio.gather(*map(all_of, "abc"))
        return starts

    starts = virtual_time.run(main())
    assert [name for name, _ in starts] == list("abc" * 4)
    assert [start for _, start in starts] == [0.5 * place for place in range(12)]


def test_no_more_are_in_flight_than_one_crawl_may_have_and_who_came_first_goes_first():
    async def main():
        shared, starts, flying = Turns(0.001, 0.0, 2), [], []
        peak = 0

        async def one(crawl, name):
            nonlocal peak
            await crawl.enter(SLOT)
            starts.append(name)
            flying.append(name)
            peak = max(peak, len(flying))
            await asyncio.sleep(1.0)
            flying.remove(name)
            crawl.leave(SLOT)

        crawls = [a_crawl(shared), a_crawl(shared)]
        await asyncio.gather(*(one(crawls[place % 2], place) for place in range(7)))
        return starts, peak

    assert virtual_time.run(main()) == (list(range(7)), 2)


def test_each_way_has_turns_of_its_own():
    async def main():
        crawl = a_crawl(Turns(1.0, 0.0, 1))
        await crawl.enter(SLOT)
        await crawl.enter(f"{SLOT} by proxy")
        return now()

    assert virtual_time.run(main()) == 0.0


def test_what_one_crawl_was_told_to_wait_all_wait():
    async def main():
        shared, starts = Turns(0.1, 0.0, 8), []
        pace = shared.paces[SLOT] = Pace(0.1)
        pace.wait(now(), 30.0)
        await asyncio.gather(*(sent(a_crawl(shared), starts, name) for name in "ab"))
        pace.blocked(now(), now())  # nothing for a minute, then one alone
        begun = now()
        await asyncio.gather(*(sent(a_crawl(shared), starts, name, answer=5.0) for name in "cd"))
        return [round(start - (begun if name in "cd" else 0.0), 6) for name, start in starts]

    first, second, third, fourth = virtual_time.run(main())
    assert (first, second) == (30.0, 30.1)
    assert third == 60.0
    assert fourth >= 65.0


def test_who_waits_for_a_pause_that_gets_longer_waits_longer():
    async def main():
        shared, starts = Turns(0.1, 0.0, 8), []
        pace = shared.paces[SLOT] = Pace(0.1)
        pace.wait(now(), 10.0)
        waiting = asyncio.ensure_future(sent(a_crawl(shared), starts, "a"))
        await asyncio.sleep(5.0)
        pace.wait(now(), 20.0)
        await waiting
        return starts

    assert virtual_time.run(main()) == [("a", 25.0)]


@pytest.mark.parametrize("held", ["by the pause", "by what is in flight"])
def test_a_crawl_that_ends_waits_no_longer_and_leaves_its_place(held):
    async def main():
        shared, starts, ends = Turns(0.1, 0.0, 1), [], []
        pace = shared.paces[SLOT] = Pace(0.1)
        if held == "by the pause":
            pace.wait(now(), 1_000.0)
        else:
            await a_crawl(shared).enter(SLOT)
        waiting = asyncio.ensure_future(
            sent(a_crawl(shared, ending=lambda: bool(ends)), starts, "a"),
        )
        await asyncio.sleep(3.0)
        ends.append(True)
        with pytest.raises(CrawlEndsError):
            await waiting
        ended = now()
        pace.not_before = 0.0
        if held == "by what is in flight":
            shared.leave(SLOT)
        await sent(a_crawl(shared), starts, "b")
        return ended, starts

    ended, starts = virtual_time.run(main())
    assert ended <= 3.5
    assert starts == [("b", ended)]


def test_a_crawler_knows_its_turn_if_it_has_one():
    crawler, turn = SimpleNamespace(), a_crawl(Turns(1.0, 0.0, 1))
    assert turn_of(crawler) is None
    share(crawler, turn)
    assert turn_of(crawler) is turn
