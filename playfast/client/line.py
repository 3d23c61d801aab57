"""The crawls of one client: those that gather run one after the other, those that are iterated over run beside them."""

from __future__ import annotations

import asyncio
from typing import Any

from playfast.client.crawl import Crawl
from playfast.errors import ClientError


class Line:
    """Begins crawls and, when the client is closed, ends them. Used in the engine's thread.

    A crawl that is iterated over does not stand in the line: it may wait for its caller, and its caller for another one's answer.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._crawls: set[Crawl] = set()
        self._closed = False

    async def run(self, crawl: Crawl) -> dict[str, Any]:
        """Run a crawl when those before it have ended; returns its statistics.

        Raises:
            ClientError: the client was closed before it began, or it could not start.
        """
        self._crawls.add(crawl)
        try:
            async with self._turn:
                return await self.run_beside(crawl)
        finally:
            self._crawls.discard(crawl)

    async def run_beside(self, crawl: Crawl) -> dict[str, Any]:
        """Run a crawl at once; returns its statistics.

        Raises:
            ClientError: the client was closed before it began, or it could not start.
        """
        if self._closed:
            raise ClientError("the client was closed before this was asked")
        self._crawls.add(crawl)
        try:
            return await crawl.run()
        finally:
            self._crawls.discard(crawl)

    async def close(self) -> None:
        """End all crawls; those that wait do not begin."""
        self._closed = True
        await asyncio.gather(*(crawl.stop() for crawl in self._crawls))
