"""Scrapy's signals, without the work of sending one that nobody receives."""

from __future__ import annotations

from typing import Any

from pydispatch.dispatcher import getAllReceivers
from scrapy.signalmanager import SignalManager


class SparingSignals(SignalManager):
    """Scrapy's, but a signal without a receiver costs no turn of the event loop.

    `item_scraped` is sent for every record and often has none (`runs.passed`); Scrapy waits for the answers of nobody all the same.
    """

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        sender = kwargs.get("sender", self.sender)
        for _ in getAllReceivers(sender, signal):
            return await super().send_catch_log_async(signal, **kwargs)
        return []
