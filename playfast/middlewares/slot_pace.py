"""The pace of `runs.pace`, kept by one of Scrapy's slots."""

from __future__ import annotations

from time import monotonic
from typing import Any

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later

from playfast.errors import PlayfastError
from playfast.middlewares.ending import is_ending, send_back
from playfast.runs import options
from playfast.runs.pace import SLOT, Pace, paces

_GLANCE = 0.5  # seconds
_AFTER = 0.02
"""Seconds that the slot waits longer than the pace, so that its delay is the usual one again when it looks."""


class SlotPace:
    """Sets delay, jitter and concurrency of the slot to what the pace says.

    While nothing is refused the slot stays as it is, AutoThrottle's delays included, which may be slower than the pace, never faster.
    """

    def __init__(self, crawler: Crawler, name: str = SLOT) -> None:
        slots = crawler.settings.getdict("DOWNLOAD_SLOTS")
        own: dict[str, Any] = slots.get(name) or slots.get(SLOT, {})
        self._crawler = crawler
        self._name = name
        self._watching = False
        self._usual: tuple[float, float, int] | None = None
        self._wakes_at = 0.0
        self._set = 0.0
        known = paces(crawler)
        if (
            name not in known
        ):  # another crawl, with which this one shares its pace, may have asked there before
            known[name] = Pace(
                float(own.get("delay", crawler.settings.getfloat("DOWNLOAD_DELAY"))),
                options.read(crawler.settings).block_pause,
            )
        self.pace = known[name]

    def keep(self) -> None:
        """Bring the slot to the pace; to be called after every event."""
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(self._name)
        if slot is None:
            return
        pace, now = self.pace, monotonic()
        if self._usual is None:
            if not pace.slowed and not pace.alone and pace.not_before <= now:
                return
            self._usual = (slot.delay, slot.jitter, slot.concurrency)
            self._set = slot.delay
            self._watch()
        delay, jitter, concurrency = self._usual
        slot.concurrency = 1 if pace.alone else concurrency
        if pace.not_before > now:
            # The slot counts from its last request, and would shorten the wait by its jitter.
            slot.jitter, slot.delay = 0.0, pace.not_before - slot.lastseen + _AFTER
            self._set = slot.delay
            self._wake(pace.not_before - now)
        elif pace.slowed:
            # A host that counts requests is asked at even distances: by jitter some would come too soon.
            throttled = slot.delay if slot.delay != self._set else 0.0  # AutoThrottle has changed it since
            slot.jitter, slot.delay = 0.0, max(pace.interval, throttled)
            self._set = slot.delay
        else:
            slot.delay, slot.jitter = delay, jitter
            if not pace.alone:
                self._usual = None

    def send_back(self, error: type[PlayfastError]) -> None:
        """Let the slot's queue fail with an error."""
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(self._name)
        if slot is not None:
            send_back(slot, error)

    def _watch(self) -> None:
        """As long as the slot is not as usual, see that it does not hold up the end of the crawl."""
        if self._watching:
            return
        self._watching = True
        call_later(_GLANCE, self._look)

    def _look(self) -> None:
        self._watching = False
        if self._usual is None:
            return
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(self._name)
        if slot is not None and is_ending(self._crawler):
            send_back(slot)
        self._watch()

    def _wake(self, seconds: float) -> None:
        """Have the slot brought to the pace again when the wait is over."""
        if self.pace.not_before > self._wakes_at:
            self._wakes_at = self.pace.not_before
            call_later(seconds, self.keep)
