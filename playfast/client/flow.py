"""A crawl whose items are taken while they come."""

from __future__ import annotations

import contextlib
from concurrent.futures import Future
from typing import Any

from playfast.client.collected import Collected, finish
from playfast.client.crawl import Crawl
from playfast.client.engine import Engine
from playfast.client.line import Line
from playfast.client.stream import Stream
from playfast.errors import ClientError


class Flow:
    """What an iterator takes from; the crawl begins with the first batch that is asked for, and ends when nobody takes any more."""

    def __init__(self, engine: Engine, line: Line, crawl: Crawl | None, stream: Stream) -> None:
        self._engine = engine
        self._line = line
        self._crawl = crawl
        self._stream = stream
        self._running: Future[None] | None = None

    def take(self) -> Future[list[Any]]:
        """The items that have come since; an empty list where there are no more, and `reason` then says why, if not by the crawl's end."""
        taker: Future[list[Any]] = Future()
        if self._running is None:
            self._running = self._engine.run(self._run())
        self._engine.call(self._stream.take, taker)
        return taker

    @property
    def reason(self) -> Exception | None:
        """Why there are no more items: the crawl could not start, or did not come to its end; None where it did."""
        return self._stream.reason

    def leave(self) -> None:
        """Nobody takes any more: the crawl ends, without being waited for. May be called from anywhere, and more than once."""
        running, self._running = self._running, None
        if running is not None and not running.done():
            with contextlib.suppress(RuntimeError):  # the process ends, and the engine's loop is closed
                self._engine.call(self._stream.leave)
                running.cancel()

    async def _run(self) -> None:
        if self._crawl is None:
            self._stream.end()
            return
        try:
            stats = await self._line.run_beside(self._crawl)
        except ClientError as error:
            self._stream.end(error)
        except BaseException:
            self._stream.leave()
            raise
        else:
            ended = finish(Collected(), self._crawl.spider, stats)
            self._stream.end(None if ended.finished else ClientError(ended.ended))
