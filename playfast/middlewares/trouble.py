"""Judges each answer of Play as a whole, before anything is read from it, and keeps the pace."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from playfast.handlers.timed import STARTED
from playfast.middlewares.retry import retry_after
from playfast.middlewares.slot_pace import SlotPace
from playfast.play.trouble import Trouble, of_answer
from playfast.runs import options
from playfast.runs.pace import SLOT

logger = logging.getLogger(__name__)

_OK, _UNAVAILABLE = 200, 503
_CONSENT_COOKIE = "SOCS=CAI"
"""What says "reject all" to Google's page on cookies, as other projects' code has it for other services; not checked against Play."""
_PLAIN_TEXT = b"text/plain"


class ConsentError(Exception):
    """Play asks for consent to cookies although the cookie that says no was sent."""

    def __init__(self) -> None:
        super().__init__(
            "Play shows its page on cookies in the place of an answer, with the cookie that answers it sent along; "
            "ask from a country that has no such page, through a proxy"
        )


class ElsewhereError(Exception):
    """Play sends the crawl to another host, which is not followed."""

    def __init__(self, location: str | None) -> None:
        super().__init__(f"a redirect away from the store is not followed: {(location or '')[:200]!r}")


class TroubleMiddleware:
    """Counts what came in the place of an answer (`playfast/trouble/<kind>`), and does what it calls for.

    A refusal slows all requests to Play down, and holds them as long as `Retry-After` says. A captcha is not worked around: everything
    stops for a while, then one request tries whether it is over; the request that met it is asked again, as often as that takes. The page
    on cookies is answered once, by a header on all further requests. A redirect to another host is not followed. Everything else is left to
    those above: a retry, or the spider's plan.
    """

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self._stats = crawler.stats
        self._longest = options.read(crawler.settings).longest_retry_after
        self._slot = SlotPace(crawler)
        self._consented = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if self._consented and request.meta.get("download_slot") == SLOT:
            request.headers["Cookie"] = _CONSENT_COOKIE

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if (
            request.meta.get("download_slot") != SLOT
            or "cached" in response.flags
            or _is_robots(request, response)
        ):
            return response
        trouble = of_answer(
            response.status,
            response.body,
            rpc=request.method == "POST",
            location=_location(response),
            host=urlsplit(request.url).hostname,
        )
        now = monotonic()
        started = request.meta.get(STARTED, now)
        self._slot.pace.started(started)
        if trouble is not None:
            self._stats.inc_value(f"playfast/trouble/{trouble.value}")
        instead: Request | Response = response
        match trouble:
            case Trouble.REFUSED:
                self._refused(request, response, started, now)
            case Trouble.BLOCKED:
                self._blocked(started, now)
                instead = _again(request)
            case Trouble.CONSENT:
                self._slot.pace.answered(started, now)
                instead = self._consent(request)
            case Trouble.ELSEWHERE:
                self._slot.pace.answered(started, now)
                raise ElsewhereError(_location(response))
            case _:
                self._slot.pace.answered(started, now)
        self._slot.keep()
        return instead

    def _refused(self, request: Request, response: Response, started: float, now: float) -> None:
        pace, seconds = self._slot.pace, retry_after(response)
        waited = seconds if seconds is None or seconds <= self._longest else None
        if response.status == _UNAVAILABLE and _was_asked_before(request):
            pace.wait(
                now, waited
            )  # that may hang on what is asked; if it hangs on the rate, new requests will tell
            return
        before = pace.interval
        pace.refused(started, now, waited)
        self._stats.set_value("playfast/pace/refusals", pace.refusals)
        self._tell_rate()
        if pace.refusals == 1:
            logger.warning(
                "Play refuses (HTTP status %d): going on at %.3g requests a second instead of %.3g, then slowly faster. "
                "Further refusals are only counted.",
                response.status,
                1 / pace.interval,
                1 / before if before else float("inf"),
            )

    def _blocked(self, started: float, now: float) -> None:
        pace, before = self._slot.pace, self._slot.pace.blocks
        pace.blocked(started, now)
        if pace.blocks == before:
            return  # of the requests that were under way
        self._stats.set_value("playfast/pace/blocks", pace.blocks)
        self._tell_rate()
        logger.warning(
            "Play shows a captcha instead of answers: nothing is asked for %.0f seconds, then one request tries whether it is over.",
            pace.not_before - now,
        )

    def _consent(self, request: Request) -> Request:
        if request.headers.get("Cookie"):
            raise ConsentError
        if not self._consented:
            self._consented = True
            logger.warning("Play shows its page on cookies: further requests say no to them, by a header.")
        return _again(request)

    def _tell_rate(self) -> None:
        self._stats.set_value("playfast/pace/requests_per_second", round(1 / self._slot.pace.interval, 3))


def _was_asked_before(request: Request) -> bool:
    """By Scrapy's retries, or by the spider, whose further tries go past the HTTP cache."""
    return bool(request.meta.get("retry_times") or request.meta.get("dont_cache"))


def _is_robots(request: Request, response: Response) -> bool:
    """Whether it is the file for robots, which Scrapy asks for; a text with another status may be a refusal."""
    kind = response.headers.get("Content-Type") or b""
    return request.method == "GET" and response.status == _OK and kind.lower().startswith(_PLAIN_TEXT)


def _location(response: Response) -> str | None:
    header = response.headers.get("Location")
    return None if header is None else header.decode("latin-1")


def _again(request: Request) -> Request:
    """The same request once more, past the filter of duplicates and the HTTP cache; it does not count as a retry."""
    again = request.copy()
    again.dont_filter = True
    again.meta["dont_cache"] = True
    return again
