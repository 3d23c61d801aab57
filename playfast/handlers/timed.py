"""Times the whole download: Scrapy's own `download_latency` stops at the headers, 4 ms of a download that took a second."""

from __future__ import annotations

from time import monotonic
from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Request, Response

from playfast.runs.pace import SLOT
from playfast.runs.turns import turn_of

DOWNLOAD_TIME = "playfast_download_time"
"""Where the seconds from sending a request to the last byte of its answer stand in `request.meta`."""
STARTED = "playfast_started"
"""Where the time at which a request was sent stands in `request.meta`, by `time.monotonic`."""


class Watch:
    """Puts a watch before the handler that stands behind it in a class's bases.

    A crawl that shares its pace with others waits here for its turn (`runs.turns`), which is no part of the download.
    """

    crawler: Any = None

    async def download_request(self, request: Request) -> Response:
        handler: Any = super()
        turn = turn_of(self.crawler)
        slot = request.meta.get("download_slot", "")
        if turn is None or not slot.startswith(SLOT):
            return await self._watched(request, handler)
        await turn.enter(slot)
        try:
            return await self._watched(request, handler)
        finally:
            turn.leave(slot)

    async def _watched(self, request: Request, handler: Any) -> Response:
        started = request.meta[STARTED] = monotonic()
        response: Response = await handler.download_request(request)
        request.meta[DOWNLOAD_TIME] = monotonic() - started
        return response


class TimedDownloadHandler(Watch, HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with a watch."""
