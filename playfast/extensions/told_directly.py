"""Receivers of `item_scraped` that are told by the chain of pipelines instead, where that is ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.misc import load_object

from playfast.runs import passed


def told_directly(crawler: Crawler, receiver: Callable[..., Any]) -> None:
    """Take a receiver of the signal off it, and have it told directly (`runs.passed`).

    With somebody else's ITEM_PROCESSOR, which tells nobody, it stays with the signal.
    """
    processor = load_object(crawler.settings["ITEM_PROCESSOR"])
    if getattr(processor, "tells_passed", False):
        crawler.signals.disconnect(receiver, signals.item_scraped)
        passed.listen(crawler, receiver)
