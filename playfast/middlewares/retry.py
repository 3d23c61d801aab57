"""Scrapy's retries, with the patience that Play asks for."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

from playfast.middlewares.ending import wait
from playfast.runs import options

_REFUSED = (429, 503)
_NEVER = 1e9  # seconds; beyond any limit that a user may set
_FIRST_WAIT = 0.5
_LONGEST_GUESS = 30.0


class PatientRetryMiddleware(RetryMiddleware):
    """Waits before it asks again after a refusal (429, 503): as long as `Retry-After` says, else longer from time to time.

    Scrapy's own asks again within milliseconds. A `Retry-After` beyond the setting `PLAYFAST_LONGEST_RETRY_AFTER` (seconds, 300) is not
    waited for, and the request fails with its status; `TroubleMiddleware` ends the crawl for it.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.longest = options.read(settings).longest_retry_after

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        retry = super().process_response(request, response)
        if response.status in _REFUSED and isinstance(retry, Request):
            if (retry_after(response) or 0.0) > self.longest:
                return response
            seconds = self.wait(request, response)
            self.crawler.stats.inc_value("playfast/retry/waits")
            await wait(self.crawler, seconds)
        return retry

    def wait(self, request: Request, response: Response) -> float:
        """Seconds to wait for a refused request: told by the answer, or guessed with a random part."""
        told = retry_after(response)
        if told is not None:
            return told
        times: int = request.meta.get("retry_times", 0)
        return random.uniform(0.5, 1.0) * min(_FIRST_WAIT * 2.0 ** min(times, 10), _LONGEST_GUESS)


def retry_after(response: Response) -> float | None:
    """The seconds that `Retry-After` asks for, given as a number or as a date; None without one that can be read."""
    header = response.headers.get("Retry-After")
    if header is None:
        return None
    text = header.decode("latin-1").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), _NEVER)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
