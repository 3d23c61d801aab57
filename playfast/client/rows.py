"""Iterators over the items of a crawl that is under way."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from threading import Lock
from typing import Any, Generic, Self, TypeVar

from playfast.client.flow import Flow

Row = TypeVar("Row")
Closing = TypeVar("Closing")


class _Rows(Generic[Row, Closing]):
    """What both iterators know.

    Attributes:
        closing: the closing records of what has been gone through so far.
    """

    def __init__(self, flow: Flow, kind: type[Row] | None = None, closing: Iterable[Closing] = ()) -> None:
        self._flow = flow
        self._kind = kind
        self._waiting: deque[Any] = deque()
        self._over = False
        self._taker: Future[list[Any]] | None = None
        self.closing: list[Closing] = list(closing)

    def _next(self) -> list[Row]:
        """The next row, if it is here; closing records that stand before it are put where they belong."""
        while self._waiting:
            item = self._waiting.popleft()
            if self._kind is None or isinstance(item, self._kind):
                return [item]
            self.closing.append(item)
        return []

    def _taking(self) -> Future[list[Any]]:
        """The next batch; it is the same one until it has been taken in, since who waits for it may give up."""
        if self._taker is None:
            self._taker = self._flow.take()
        return self._taker

    def _take_in(self, taker: Future[list[Any]]) -> None:
        """Items have come, or the last ones have; nothing, if somebody else has taken them in."""
        if taker is not self._taker:
            return
        self._taker = None
        batch = taker.result()
        self._waiting.extend(batch)
        if not batch:
            self._over = True
            if self._flow.reason is not None:
                raise self._flow.reason

    def _leave(self) -> None:
        self._over = True
        self._waiting.clear()
        self._flow.leave()

    def __del__(self) -> None:
        self._flow.leave()


class AsyncRows(_Rows[Row, Closing]):
    """Rows of a crawl, while they come: `async for row in rows`.

    The crawl begins with the first row that is asked for, and waits when 1,000 rows wait to be taken. It ends when it has asked for
    everything; or when the iterator is closed, by `close`, by leaving `async with`, or by being forgotten.

    An iteration that ends without an error has seen all that the crawl gave; one whose crawl was closed or gave up ends with a ClientError.

    Attributes:
        closing: The closing records of what has been gone through so far: how many rows there were, and why they ended.
    """

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Row:
        while not (row := self._next()):
            if self._over:
                raise StopAsyncIteration
            taker = self._taking()
            await asyncio.shield(asyncio.wrap_future(taker))
            self._take_in(taker)
        return row[0]

    async def close(self) -> None:
        """End the crawl; there are no more rows."""
        self._leave()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *about: object) -> None:
        await self.close()


class Rows(_Rows[Row, Closing]):
    """`AsyncRows` for code that waits: `for row in rows`, and `with`. Threads that share one get each row once."""

    def __init__(self, flow: Flow, kind: type[Row] | None = None, closing: Iterable[Closing] = ()) -> None:
        super().__init__(flow, kind, closing)
        self._lock = Lock()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Row:
        with self._lock:
            while not (row := self._next()):
                if self._over:
                    raise StopIteration
                taker = self._taking()
                taker.result()
                self._take_in(taker)
            return row[0]

    def close(self) -> None:
        """End the crawl; there are no more rows."""
        self._leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()
