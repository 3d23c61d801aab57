"""Rows between a crawl and who takes them: none is lost, and no more than so many wait."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from scrapy.exceptions import NotConfigured

from playfast.client.holding import HoldBack, hold_back
from playfast.client.stream import Stream
from playfast.errors import ClientError


async def taken(stream):
    taker = Future()
    stream.take(taker)
    return await asyncio.wait_for(asyncio.wrap_future(taker), 5)


def test_a_taker_gets_all_that_is_there_at_once_and_in_order():
    async def main():
        stream = Stream()
        for row in range(5):
            stream.put(row)
        return await taken(stream)

    assert asyncio.run(main()) == [0, 1, 2, 3, 4]


def test_a_taker_who_waits_gets_what_comes_in_one_turn_of_the_loop():
    async def main():
        stream = Stream()
        waiting = asyncio.ensure_future(taken(stream))
        await asyncio.sleep(0)
        for row in range(3):
            stream.put(row)
        return await waiting

    assert asyncio.run(main()) == [0, 1, 2]


def test_the_end_comes_behind_the_last_row_and_stays():
    async def main():
        stream = Stream()
        stream.put("last")
        stream.end(ClientError("cut short"))
        stream.end()
        return [await taken(stream) for _ in range(3)], stream.reason

    batches, reason = asyncio.run(main())
    assert batches == [["last"], [], []]
    assert str(reason) == "cut short"


def test_who_no_longer_waits_takes_nothing_with_him():
    async def main():
        stream = Stream()
        gone = Future()
        stream.take(gone)
        gone.cancel()
        stream.put("kept")
        await asyncio.sleep(0)
        return await taken(stream)

    assert asyncio.run(main()) == ["kept"]


async def through(pipeline, stream, row):
    """A row on its way through the last pipeline, as Scrapy's chain has it."""
    found = pipeline.process_item(row)
    if found is not row:
        found = await found
    stream.put(found)


def a_pipeline(stream):
    crawler = SimpleNamespace()
    hold_back(crawler, stream)
    return HoldBack.from_crawler(crawler)


def test_no_more_rows_wait_than_so_many_and_the_others_come_when_there_is_room():
    async def main():
        stream = Stream(most=3)
        pipeline = a_pipeline(stream)
        rows = [asyncio.ensure_future(through(pipeline, stream, row)) for row in range(10)]
        batches = []
        for _ in range(4):
            for _ in range(20):
                await asyncio.sleep(0)
            batches.append(await taken(stream))
        await asyncio.gather(*rows)
        return batches

    assert asyncio.run(main()) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]


@pytest.mark.parametrize(("way", "kept"), [("release", [0, 1, 2]), ("leave", [])])
def test_a_crawl_that_ends_is_not_held_back(way, kept):
    async def main():
        stream = Stream(most=1)
        pipeline = a_pipeline(stream)
        rows = [asyncio.ensure_future(through(pipeline, stream, row)) for row in range(3)]
        await asyncio.sleep(0)
        getattr(stream, way)()
        await asyncio.wait_for(asyncio.gather(*rows), 5)
        stream.end()
        return await taken(stream)

    assert asyncio.run(main()) == kept


def test_a_crawl_that_nobody_iterates_over_has_no_such_pipeline():
    with pytest.raises(NotConfigured):
        HoldBack.from_crawler(SimpleNamespace())
