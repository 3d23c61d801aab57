"""Rows on their way from a crawl to who iterates over them: a bounded number, in batches."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any

_MOST = 1_000
"""Rows that may wait to be taken; then the crawl waits too."""


class Stream:
    """What has come and was not taken yet. Everything here runs in the engine's thread; the futures are waited for in others.

    Attributes:
        reason: why there will be no more rows, an error or None; to be read when a batch is empty.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._rows: deque[Any] = deque()
        self._taker: Future[list[Any]] | None = None
        self._delivering = False
        self._ended = False
        self._released = self._left = False
        self._room = asyncio.Event()
        self.reason: Exception | None = None

    @property
    def full(self) -> bool:
        """Whether the crawl has to wait with its next row."""
        return len(self._rows) >= self._most and not self._released

    async def room(self) -> None:
        """Wait until there is room for one more."""
        while self.full:
            self._room.clear()
            await self._room.wait()

    def put(self, row: Any) -> None:
        """A row has come."""
        if self._left:
            return
        self._rows.append(row)
        if self._taker is not None and not self._delivering:
            self._delivering = True
            # Not at once: rows come many in a turn of the loop, and to wake another thread for each would cost more than they do.
            asyncio.get_running_loop().call_soon(self._deliver)

    def end(self, reason: Exception | None = None) -> None:
        """There will be no more."""
        if self._ended:
            return
        self._ended, self.reason = True, reason
        self._deliver()

    def release(self) -> None:
        """The crawl ends and waits no more: what is under way still comes."""
        self._released = True
        self._room.set()

    def leave(self) -> None:
        """Nobody takes any more: the crawl need not wait, and what it still brings is let go."""
        self._left = True
        self._rows.clear()
        self.release()
        self.end()

    def take(self, taker: Future[list[Any]]) -> None:
        """Give a future all rows that are there, as soon as there is one; an empty list says that it was the last."""
        self._taker = taker
        self._deliver()

    def _deliver(self) -> None:
        self._delivering = False
        if self._taker is None or not (self._rows or self._ended):
            return
        taker, self._taker = self._taker, None
        if not taker.set_running_or_notify_cancel():
            return  # who waited has gone; the rows are the next one's
        rows = list(self._rows)
        self._rows.clear()
        self._room.set()
        taker.set_result(rows)
