"""Sends requests to Play through proxies, each with a pace of its own."""

from __future__ import annotations

import logging
from itertools import count
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy.utils.misc import load_object

from playfast.errors import ProxyPausedError
from playfast.middlewares.again import again
from playfast.play.convert import ORIGIN
from playfast.runs import options
from playfast.runs.pace import SLOT, WAYS, paces
from playfast.runs.proxies import Proxy

logger = logging.getLogger(__name__)

_REFUSED = 407
_IN_A_ROW = 3
"""Requests that fail in a row until a proxy is set aside."""
_FIRST_REST, _LONGEST_REST = 60.0, 600.0
"""Seconds that it is set aside for, doubled from time to time."""
COUNTRY = "playfast_country"
"""The key of a request's meta that says for which country it asks."""


def slot_of(proxy: Proxy) -> str:
    """The downloader slot of what goes through a proxy."""
    return f"{SLOT} through {proxy.name}"


class _Health:
    """How a proxy does."""

    def __init__(self) -> None:
        self.failures = 0
        self.rests_until = 0.0
        self.rest = _FIRST_REST


class ProxyMiddleware:
    """Spreads requests over the proxies of `PLAYFAST_PROXIES`, in turn, those of the request's country where there are some.

    A proxy whose pace is paused, or that failed three times in a row, is left out for a while. What fails at a proxy is asked again through
    another. Where all fail, it is the store that may be lost, and `TroubleMiddleware` sees to that.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._proxies = options.read(crawler.settings).proxies
        if not self._proxies:
            raise NotConfigured
        assert crawler.stats is not None
        self._crawler = crawler
        self._stats = crawler.stats
        self._turn = count()
        address = str(options.option(crawler.settings, "PLAYFAST_URL") or ORIGIN)
        self._host = urlsplit(address).hostname
        self._by_slot = {slot_of(proxy): proxy for proxy in self._proxies}
        self._health = {proxy.name: _Health() for proxy in self._proxies}
        self._failing = tuple(map(load_object, crawler.settings.getlist("RETRY_EXCEPTIONS")))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if not self._is_to_play(request):
            return
        pool = self._pool(request)
        proxy = self._choose(pool)
        request.meta[WAYS] = [slot_of(other) for other in pool]
        request.meta["download_slot"] = slot_of(proxy)
        request.meta["proxy"] = (
            proxy.address
        )  # Scrapy's own middleware puts what is secret of it into a header
        self._stats.inc_value(f"playfast/proxy/{proxy.name}/requests")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        proxy = self._by_slot.get(request.meta.get("download_slot", ""))
        if proxy is None:
            return response
        request.headers.pop("Proxy-Authorization", None)  # the HTTP cache keeps headers
        if response.status != _REFUSED:
            health = self._health[proxy.name]
            health.failures, health.rest = 0, _FIRST_REST
            return response
        return (
            self._failed(proxy, request, "it refuses what it was told of user and password (407)") or response
        )

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        proxy = self._by_slot.get(request.meta.get("download_slot", ""))
        if proxy is None:
            return None
        if isinstance(exception, ProxyPausedError):
            return again(request)
        if not isinstance(exception, self._failing):
            return None
        return self._failed(proxy, request, type(exception).__name__)

    def _is_to_play(self, request: Request) -> bool:
        """Its own requests, and the one for the file for robots, which Scrapy makes."""
        slot = request.meta.get("download_slot")
        if slot is None:
            return urlsplit(request.url).hostname == self._host
        return str(slot).startswith(SLOT)

    def _pool(self, request: Request) -> list[Proxy]:
        """Those that a request may go through: its country's, or else those of no country."""
        country = request.meta.get(COUNTRY)
        own = [proxy for proxy in self._proxies if proxy.country == country and country is not None]
        return own or [proxy for proxy in self._proxies if proxy.country is None] or list(self._proxies)

    def _choose(self, pool: list[Proxy]) -> Proxy:
        """The next one in turn that is neither paused nor resting; if there is none, the one that is so for the shortest time."""
        now, turn = monotonic(), next(self._turn)
        rotated: list[Proxy] = [pool[(turn + place) % len(pool)] for place in range(len(pool))]
        return min(rotated, key=lambda proxy: max(0.0, self._free_at(proxy) - now))

    def _free_at(self, proxy: Proxy) -> float:
        pace = paces(self._crawler).get(slot_of(proxy))
        paused = 0.0 if pace is None else pace.not_before
        if pace is not None and pace.alone:
            paused = max(paused, monotonic() + 1.0)  # one request is trying it
        return max(paused, self._health[proxy.name].rests_until)

    def _failed(self, proxy: Proxy, request: Request, reason: str) -> Request | None:
        """The request once more, through another proxy; None where all of them rest."""
        health, now = self._health[proxy.name], monotonic()
        health.failures += 1
        self._stats.inc_value(f"playfast/proxy/{proxy.name}/failed")
        if health.failures >= _IN_A_ROW and health.rests_until <= now:
            health.rests_until = now + health.rest
            health.rest = min(2 * health.rest, _LONGEST_REST)
            logger.warning(
                "The proxy %s fails (%s): it is left out for %.0f seconds.",
                proxy.name,
                reason,
                health.rests_until - now,
            )
        # Of its own alone: where all of these rest, it would come back to them without end.
        rested = [other for other in self._pool(request) if self._health[other.name].rests_until <= now]
        return again(request) if rested else None
