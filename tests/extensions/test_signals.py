"""Signals come to whoever receives them, and cost nothing where nobody does."""

from __future__ import annotations

import asyncio

import pytest
from pydispatch import dispatcher
from scrapy import signals

from playfast.extensions.signals import SparingSignals


@pytest.fixture
def sender():
    return SparingSignals(object())


async def sent(sender, **given):
    return await sender.send_catch_log_async(signals.item_scraped, **given)


def test_a_signal_that_nobody_receives_waits_for_nobody(sender):
    with pytest.raises(StopIteration) as ended:
        sent(sender).send(None)  # a coroutine that waits for something would give that
    assert ended.value.value == []


def test_every_receiver_gets_the_signal_and_its_answer_comes_back(sender):
    def at_once(item):
        return item, "at once"

    async def later(item):
        await asyncio.sleep(0)
        return item, "later"

    sender.connect(at_once, signals.item_scraped)
    sender.connect(later, signals.item_scraped)
    answers = asyncio.run(sent(sender, item="an item"))
    assert {answer for _, answer in answers} == {("an item", "at once"), ("an item", "later")}


@pytest.mark.parametrize(
    ("signal", "by"),
    [(signals.item_scraped, dispatcher.Any), (dispatcher.Any, None), (dispatcher.Any, dispatcher.Any)],
)
def test_who_receives_any_signal_or_from_any_sender_gets_it_too(sender, signal, by):
    got = []

    def receive(item):
        got.append(item)

    dispatcher.connect(receive, signal, sender.sender if by is None else by)
    try:
        asyncio.run(sent(sender, item="an item"))
    finally:
        dispatcher.disconnect(receive, signal, sender.sender if by is None else by)
    assert got == ["an item"]


def test_a_receiver_that_left_or_is_gone_counts_no_more(sender):
    class Extension:
        def receive(self, item):
            raise AssertionError(item)

    left, gone = Extension(), Extension()
    sender.connect(left.receive, signals.item_scraped)
    sender.connect(gone.receive, signals.item_scraped)
    sender.disconnect(left.receive, signals.item_scraped)
    del gone
    test_a_signal_that_nobody_receives_waits_for_nobody(sender)


def test_other_signals_go_their_usual_way(sender):
    got = []

    def receive(spider):
        got.append(spider)

    sender.connect(receive, signals.spider_opened)
    assert asyncio.run(sent(sender)) == []
    asyncio.run(sender.send_catch_log_async(signals.spider_opened, spider="a spider"))
    assert got == ["a spider"]
