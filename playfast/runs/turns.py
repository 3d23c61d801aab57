"""Crawls that share one pace: those of one client. Each asks for its turn before it sends a request.

A crawl alone keeps its pace by Scrapy's slot, and that of another crawl knows nothing of it: two at once would be twice as fast, and one
that begins when another has just ended would not wait for its first request.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from playfast.errors import CrawlEndsError
from playfast.runs.pace import Pace

_GLANCE = 0.5
"""Seconds after which a request that waits looks whether its crawl has ended."""
_AT_ONCE = 0.002
"""Seconds that are not waited: the slot has its request wait as long, but for what a turn of the event loop takes."""
_KEPT_AS = "playfast_turns"


@dataclass(slots=True)
class _Way:
    """What the crawls know of each other on the way to one host, or through one proxy."""

    sent_at: float = float("-inf")
    sent_by: object = None
    in_flight: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Turns:
    """The turns of all crawls that share a pace; used in one event loop.

    Args:
        delay: seconds between the starts of two requests, by the settings that the crawls have in common.
        jitter: by how much of it a crawl's own slot may come sooner.
        most: requests in flight.

    Attributes:
        paces: what the crawls have learned of the hosts, by the names of their slots.
    """

    def __init__(self, delay: float, jitter: float, most: int) -> None:
        self._delay = delay
        self._own = max(0.0, 1 - jitter)
        self._most = most
        self._ways: dict[str, _Way] = {}
        self.paces: dict[str, Pace] = {}

    async def enter(self, slot: str, crawl: object, is_ending: Callable[[], bool]) -> None:
        """Wait until this crawl may send one request through this slot; `leave` is due when it is answered.

        Requests start in the order in which they came here, so that no crawl is left behind.

        Raises:
            CrawlEndsError: the crawl ends while it waits.
        """
        way = self._ways.setdefault(slot, _Way())
        await self._seat(way, slot, is_ending)
        before = way.sent_at, way.sent_by
        until = monotonic()
        try:
            while (until := self._reserved(way, slot, crawl)) - monotonic() > _AT_ONCE:
                await self._sleep(until, is_ending)
                pace = self.paces.get(slot)
                if pace is None or pace.not_before <= monotonic():
                    break
        except BaseException:
            if way.sent_at == until:  # nobody has come behind it
                way.sent_at, way.sent_by = before
            self.leave(slot)
            raise

    def leave(self, slot: str) -> None:
        """A request is answered, or has failed."""
        way = self._ways[slot]
        way.in_flight -= 1
        self._let_in(way, slot)

    async def _seat(self, way: _Way, slot: str, is_ending: Callable[[], bool]) -> None:
        """Be one of those in flight."""
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        way.waiting.append(called)
        self._let_in(way, slot)
        try:
            while not called.done():
                await asyncio.wait([called], timeout=_GLANCE)
                _unless(is_ending)
        except BaseException:
            if called.done():
                self.leave(slot)
            else:
                way.waiting.remove(called)
            raise

    def _let_in(self, way: _Way, slot: str) -> None:
        while way.waiting and way.in_flight < self._limit(slot):
            way.in_flight += 1
            way.waiting.popleft().set_result(None)

    def _limit(self, slot: str) -> int:
        pace = self.paces.get(slot)
        return 1 if pace is not None and pace.alone else self._most

    def _reserved(self, way: _Way, slot: str, crawl: object) -> float:
        """When it is this request's turn; who comes later starts after it."""
        pace = self.paces.get(slot)
        delay = self._delay if pace is None else max(self._delay, pace.interval)
        gap = delay * self._own if way.sent_by is crawl else delay
        way.sent_at = max(monotonic(), way.sent_at + gap, 0.0 if pace is None else pace.not_before)
        way.sent_by = crawl
        return way.sent_at

    async def _sleep(self, until: float, is_ending: Callable[[], bool]) -> None:
        while (seconds := until - monotonic()) > 0:
            _unless(is_ending)
            await asyncio.sleep(min(seconds, _GLANCE))


def _unless(is_ending: Callable[[], bool]) -> None:
    if is_ending():
        raise CrawlEndsError


@dataclass(frozen=True, slots=True)
class Turn:
    """What one crawl knows of the turns; `crawl` tells it from others, and holds nothing, since the last one is remembered."""

    turns: Turns
    is_ending: Callable[[], bool]
    crawl: object = field(default_factory=object)

    async def enter(self, slot: str) -> None:
        await self.turns.enter(slot, self.crawl, self.is_ending)

    def leave(self, slot: str) -> None:
        self.turns.leave(slot)


def share(crawler: Any, turn: Turn) -> None:
    """Have a crawl take turns with others; kept at the crawler, before it starts."""
    setattr(crawler, _KEPT_AS, turn)


def turn_of(crawler: Any) -> Turn | None:
    """What a crawl shares its pace by; None for one that is alone, as nearly all are."""
    return getattr(crawler, _KEPT_AS, None)
