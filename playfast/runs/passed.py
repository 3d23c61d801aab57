"""Who is told of each item that has passed all pipelines.

They are called at once, one after the other. Scrapy's signal `item_scraped` starts a task for each receiver of each item, which
takes some 12 microseconds; it is still sent, for everybody else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Listener = Callable[[Any, Any], None]
"""Handed the item and the spider."""

_KEPT_AS = "playfast_passed"


def listeners(crawler: Any) -> list[Listener]:
    """Those of a crawl, in the order in which they asked; a list that grows when one more asks.

    It is kept with the crawler, and goes with it: listeners are methods of its extensions, which know it themselves.
    """
    kept: list[Listener] = vars(crawler).setdefault(_KEPT_AS, [])
    return kept


def listen(crawler: Any, listener: Listener) -> None:
    """Have a listener told from now on."""
    listeners(crawler).append(listener)
