"""The pace of `runs.pace`, kept by Scrapy's own slot for Play."""

from __future__ import annotations

from time import monotonic
from typing import Any

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later

from playfast.runs.pace import SLOT, Pace

_AFTER = 0.02
"""Seconds that the slot waits longer than the pace, so that its delay is the usual one again when it looks."""


class SlotPace:
    """Sets delay, jitter and concurrency of the slot to what the pace says.

    While nothing is refused the slot stays as it is, AutoThrottle's delays included, which may be slower than the pace, never faster.
    """

    def __init__(self, crawler: Crawler) -> None:
        own: dict[str, Any] = crawler.settings.getdict("DOWNLOAD_SLOTS").get(SLOT, {})
        self._crawler = crawler
        self._usual: tuple[float, float, int] | None = None
        self._wakes_at = 0.0
        self._set = 0.0
        self.pace = Pace(float(own.get("delay", crawler.settings.getfloat("DOWNLOAD_DELAY"))))

    def keep(self) -> None:
        """Bring the slot to the pace; to be called after every event."""
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(SLOT)
        if slot is None:
            return
        pace, now = self.pace, monotonic()
        if self._usual is None:
            if not pace.slowed and not pace.alone and pace.not_before <= now:
                return
            self._usual = (slot.delay, slot.jitter, slot.concurrency)
            self._set = slot.delay
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

    def _wake(self, seconds: float) -> None:
        """Have the slot brought to the pace again when the wait is over."""
        if self.pace.not_before > self._wakes_at:
            self._wakes_at = self.pace.not_before
            call_later(seconds, self.keep)
