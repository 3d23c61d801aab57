"""The pace of a client, which all its crawls keep to together."""

from __future__ import annotations

from functools import partial

from scrapy.crawler import Crawler
from scrapy.settings import Settings

from playfast.middlewares.ending import is_ending
from playfast.runs import pace, turns
from playfast.runs.turns import Turn, Turns
from playfast.spiders import slot


def turns_of(settings: Settings) -> Turns:
    """The turns of crawls with these settings."""
    own = settings.copy()
    slot.apply(own)
    told = own.getdict("DOWNLOAD_SLOTS")[pace.SLOT]
    jitter = float(told.get("jitter", own.getfloat("DOWNLOAD_DELAY_JITTER")))
    return Turns(float(told["delay"]), jitter, int(told["concurrency"]))


def take_turns(crawler: Crawler, shared: Turns) -> None:
    """Have a crawl, which has not started yet, take turns with others, and know what they know of the store."""
    pace.share(crawler, shared.paces)
    turns.share(crawler, Turn(shared, partial(is_ending, crawler)))
