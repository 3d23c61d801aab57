"""When the ledger is told that something is done."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from playfast.extensions.bookkeeper import Bookkeeper
from playfast.items import Listing, ListingSweep
from playfast.runs.ledger import Key

WHERE = {"asked": "a.b", "country": "us", "lang": "en"}
SWEEP = ListingSweep(**WHERE, status="available")
ROWS = [Listing(**WHERE, list="similar", rank=rank, app_id=f"app.number{rank}") for rank in (1, 2)]
NUMBER = 7


class Ledger:
    """Keeps what it is told."""

    def __init__(self):
        self.done, self.rows = [], 0

    def settle(self, done, files, rows, marks):  # noqa: ARG002 - as the genuine one
        self.done += done
        self.rows += len(list(rows))


@pytest.fixture
def keeper():
    crawler = get_crawler(settings_dict={"EXTENSIONS_BASE": {}, "EXTENSIONS": {}})
    crawler.stats = MemoryStatsCollector(crawler)
    crawler.spider = SimpleNamespace(emitted={NUMBER: len(ROWS)}, marks={})
    crawler.get_extension = lambda _: None
    return Bookkeeper(crawler, Ledger(), {Key("lists of a.b", "us", "en"): NUMBER})


async def settled(keeper):
    keeper.settle()
    if keeper._settling is not None:
        await keeper._settling
    return keeper.ledger


def test_a_key_is_done_with_its_record_and_all_its_rows(keeper):
    async def crawl():
        for item in (*ROWS, SWEEP):
            keeper.passed(item, None)
        return await settled(keeper)

    ledger = asyncio.run(crawl())
    assert ledger.done == [(NUMBER, "available")]
    assert ledger.rows == len(ROWS)


def test_rows_count_before_their_record_has_passed(keeper):
    async def crawl():
        keeper.passed(ROWS[0], None)
        return await settled(keeper)

    ledger = asyncio.run(crawl())
    assert (ledger.done, ledger.rows) == ([], 1)


def test_no_point_lies_between_a_record_and_its_last_rows(keeper):
    async def crawl():
        keeper.passed(ROWS[0], None)
        keeper.passed(SWEEP, None)
        ledger = await settled(keeper)
        assert (ledger.done, ledger.rows) == ([], 0)
        keeper.passed(ROWS[1], None)  # what was put off is made up for at once
        await keeper._settling
        return ledger

    ledger = asyncio.run(crawl())
    assert ledger.done == [(NUMBER, "available")]
    assert ledger.rows == len(ROWS)
