"""The moments at which a crawl is judged under way."""

from __future__ import annotations

REACHED = object()
"""Sent through Scrapy's signals when it is time to judge. Handlers take no arguments.

The pipeline that counts writes its statistics first; whoever judges connects once the spider is open, and so comes after it.
"""

LISTED = object()
"""Sent once, before anything is asked, when it is known how many storefronts are. Handlers take no arguments."""

FIRST = (50, 100, 200)
EVERY = 500


def after(records: int) -> int:
    """The number of records at which the next one is reached: early at first, since a drift shows early."""
    return next((number for number in FIRST if number > records), (records // EVERY + 1) * EVERY)
