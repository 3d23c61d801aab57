"""The signal that a crawl's counts are up to date, for whoever judges or shows them under way."""

from __future__ import annotations

COUNTED = object()
"""Sent through Scrapy's signals when the statistics of records and fields have just been written. Handlers take no arguments."""

FIRST = (50, 100, 200)
EVERY = 500


def after(records: int) -> int:
    """The number of records at which the counts are next brought up to date: early at first, since a drift shows early."""
    return next((number for number in FIRST if number > records), (records // EVERY + 1) * EVERY)
