"""Judges each answer of Play as a whole, before anything is read from it, and keeps the pace."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.utils.misc import load_object

from playfast.errors import ProxyPausedError
from playfast.handlers.timed import STARTED
from playfast.middlewares.again import again
from playfast.middlewares.browsing import IN_BROWSER, consent_cookie, in_browser
from playfast.middlewares.cache import SITEMAP
from playfast.middlewares.retry import retry_after
from playfast.middlewares.slot_pace import SlotPace
from playfast.play.trouble import Trouble, of_answer
from playfast.runs import options
from playfast.runs.pace import SLOT, WAYS, Pace, paces

logger = logging.getLogger(__name__)

_OK, _UNAVAILABLE = 200, 503
_CONSENT_COOKIE = "SOCS=CAI"
"""What says "reject all" to Google's page on cookies, as other projects' code has it for other services; not checked against Play."""
_WORTH_ANOTHER_WAY = 5.0  # seconds
_ANY_PAGE = "/store/apps"
_OF_THE_BROWSER = "browser"
"""The slot of the one page that is opened to click at: it waits for no other request, and is judged by nobody."""
_PLAIN_TEXT = b"text/plain"
_NEVER_ANSWERED = 100
"""Requests without an answer, before there ever was one, after which the rest of a list is not tried."""


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
    stops for a while, then one request tries whether it is over; the request that met it is asked again, as often as that takes. The same
    where a host that has answered gives no answer any more. The page on cookies is answered once, by a header on all further requests. A
    redirect to another host is not followed. Everything else is left to those above: a retry, or the spider's plan.

    It ends the crawl where waiting makes no sense any more: for a `Retry-After` beyond the limit, after `PLAYFAST_PATIENCE` seconds of
    nothing but trouble, and where a long list meets a host that has never answered.
    """

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self._crawler = crawler
        self._stats = crawler.stats
        chosen = options.read(crawler.settings)
        self._longest, self._patience = chosen.longest_retry_after, chosen.patience
        self._unanswering = tuple(load_object(kind) for kind in crawler.settings.getlist("RETRY_EXCEPTIONS"))
        self._slots: dict[str, SlotPace] = {}
        self._cookie: str | None = None
        self._clicking: asyncio.Future[str | None] | None = None
        self._answers = 0
        self._failures = 0
        self._ending: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if self._cookie is not None and _is_to_play(request) and not request.meta.get(IN_BROWSER):
            request.headers["Cookie"] = self._cookie

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if not _is_to_play(request) or "cached" in response.flags or _is_robots(request, response):
            return response
        trouble = of_answer(
            response.status,
            response.body,
            rpc=request.method == "POST",
            sitemap=bool(request.meta.get(SITEMAP)),
            location=_location(response),
            host=urlsplit(request.url).hostname,
        )
        now = monotonic()
        started = request.meta.get(STARTED, now)
        slot = self._slot(request)
        slot.pace.started(started)
        self._answers += 1
        if trouble is not None:
            self._stats.inc_value(f"playfast/trouble/{trouble.value}")
        instead: Request | Response = response
        match trouble:
            case Trouble.REFUSED:
                self._refused(slot.pace, request, response, started, now)
            case Trouble.BLOCKED:
                self._blocked(slot.pace, request, started, now)
                instead = again(request)
            case Trouble.CONSENT:
                slot.pace.answered(started, now)
                instead = await self._consent(request)
            case Trouble.ELSEWHERE:
                slot.pace.answered(started, now)
                raise ElsewhereError(_location(response))
            case Trouble.EMPTY if self._may_be_opened(request):
                self._answered(slot.pace, started, now)
                self._stats.inc_value("playfast/browser/pages")
                instead = in_browser(request)
            case _:
                self._answered(slot.pace, started, now)
        slot.keep()
        self._free(slot, request)
        return instead

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """A request that got no answer of any kind."""
        if not _is_to_play(request) or not isinstance(exception, self._unanswering):
            return None
        self._stats.inc_value("playfast/trouble/unanswered")
        if not self._answers:
            # Nobody knows that there is a store at all: no reason for patience.
            self._failures += 1
            if self._failures >= _NEVER_ANSWERED:
                self._give_up(
                    f"{self._failures} requests got no answer, and none did; the last: {_told(exception)}"
                )
            return None
        slot, now = self._slot(request), monotonic()
        was_lost = slot.pace.lost
        if not slot.pace.unreachable(request.meta.get(STARTED, now), now):
            return None
        slot.keep()
        self._free(slot, request)
        if not was_lost and slot.pace.lost:
            self._stats.inc_value("playfast/pace/lost")
            logger.warning(
                "The store does not answer any more (%s): one request at a time looks for it, at most a minute apart.",
                _told(exception),
            )
        self._lose_patience(slot.pace, request, now, f"the store does not answer ({_told(exception)})")
        return again(request)

    def _slot(self, request: Request) -> SlotPace:
        name: str = request.meta["download_slot"]
        if name not in self._slots:
            self._slots[name] = SlotPace(self._crawler, name)
        return self._slots[name]

    def _free(self, slot: SlotPace, request: Request) -> None:
        """What waits for a proxy that is paused may go through another."""
        now = monotonic()
        if slot.pace.not_before - now < _WORTH_ANOTHER_WAY:
            return
        if any(
            other is None or (other.not_before <= now and not other.alone) for other in self._others(request)
        ):
            slot.send_back(ProxyPausedError)

    def _others(self, request: Request) -> list[Pace | None]:
        """The paces of the other ways that a request may go; None for one that was not gone yet."""
        there = paces(self._crawler)
        here = request.meta["download_slot"]
        return [there.get(name) for name in request.meta.get(WAYS, ()) if name != here]

    def _answered(self, pace: Pace, started: float, now: float) -> None:
        was_alone, lost = pace.alone, pace.lost
        pace.answered(started, now)
        if was_alone and not pace.alone:
            logger.info("The store answers again." if lost else "The captcha is gone: going on.")

    def _refused(self, pace: Pace, request: Request, response: Response, started: float, now: float) -> None:
        seconds = retry_after(response)
        waited = seconds if seconds is None or seconds <= self._longest else None
        if response.status == _UNAVAILABLE and _was_asked_before(request):
            pace.wait(
                now, waited
            )  # that may hang on what is asked; if it hangs on the rate, new requests will tell
            return
        if seconds is not None and waited is None and self._others(request):
            waited = seconds  # other proxies go on meanwhile
        elif seconds is not None and waited is None:
            self._give_up(
                f"Play asks to wait {seconds:,.0f} seconds, and PLAYFAST_LONGEST_RETRY_AFTER is {self._longest:,.0f}"
            )
        before = pace.interval
        pace.refused(started, now, waited)
        self._stats.inc_value("playfast/pace/refusals")
        self._tell_rate(pace)
        if pace.refusals == 1:
            logger.warning(
                "Play refuses (HTTP status %d): going on at %.3g requests a second instead of %.3g, then slowly faster. "
                "Further refusals are only counted.",
                response.status,
                1 / pace.interval,
                1 / before if before else float("inf"),
            )

    def _blocked(self, pace: Pace, request: Request, started: float, now: float) -> None:
        before = pace.blocks
        pace.blocked(started, now)
        if pace.blocks == before:
            return  # of the requests that were under way
        self._stats.inc_value("playfast/pace/blocks")
        self._tell_rate(pace)
        logger.warning(
            "Play shows a captcha instead of answers: nothing is asked for %.0f seconds, then one request tries whether it is over.",
            pace.not_before - now,
        )
        self._lose_patience(pace, request, now, "Play shows a captcha")

    async def _consent(self, request: Request) -> Request:
        """The request once more: with the cookie that says no, then with the one that a click gave, at last in the browser itself."""
        sent = request.headers.get("Cookie")
        if sent is None and not request.meta.get(IN_BROWSER):
            if self._cookie is None:
                self._cookie = _CONSENT_COOKIE
                logger.warning(
                    "Play shows its page on cookies: further requests say no to them, by a header."
                )
            return again(request)
        if self._browses and not request.meta.get(IN_BROWSER):
            clicked = await self._clicked(request)
            if clicked is not None and clicked.encode() != sent:
                self._cookie = clicked
                return again(request)
            if self._may_be_opened(request):
                self._stats.inc_value("playfast/browser/pages")
                return in_browser(request)
        raise ConsentError

    async def _clicked(self, request: Request) -> str | None:
        """The cookie that a click in the browser gave; it is clicked once for all requests."""
        if self._clicking is None:
            logger.info("The page on cookies is opened in the browser.")
            parts = urlsplit(request.url)
            page = Request(
                f"{parts.scheme}://{parts.netloc}{_ANY_PAGE}", meta={"download_slot": _OF_THE_BROWSER}
            )
            self._clicking = asyncio.ensure_future(self._click(in_browser(page)))
        return await asyncio.shield(self._clicking)

    async def _click(self, visit: Request) -> str | None:
        assert self._crawler.engine is not None
        self._stats.inc_value("playfast/browser/pages")
        try:
            await self._crawler.engine.download_async(visit)
        except Exception as error:  # noqa: BLE001 - whatever a browser meets, the plain way's error says what to do
            logger.warning("The page on cookies could not be opened in the browser: %s", _told(error))
            return None
        cookie = consent_cookie(visit)
        if cookie is not None:
            self._stats.inc_value("playfast/browser/opened")
        return cookie

    @property
    def _browses(self) -> bool:
        return bool(getattr(self._crawler.spider, "browser", False))

    def _may_be_opened(self, request: Request) -> bool:
        return self._browses and request.method == "GET" and not request.meta.get(IN_BROWSER)

    def _tell_rate(self, pace: Pace) -> None:
        self._stats.set_value("playfast/pace/requests_per_second", round(1 / pace.interval, 3))

    def _lose_patience(self, pace: Pace, request: Request, now: float, what: str) -> None:
        if any(other is None or other.troubled_since is None for other in self._others(request)):
            return  # it may go through another proxy
        if pace.troubled_since is not None and now - pace.troubled_since >= self._patience:
            self._give_up(f"{what}, for longer than PLAYFAST_PATIENCE ({self._patience:,.0f} seconds)")

    def _give_up(self, reason: str) -> None:
        """End the crawl, once: what is not asked then has no record, and a crawl with the same ledger goes on there."""
        if self._ending is not None:
            return
        assert self._crawler.engine is not None
        logger.error("The crawl gives up: %s.", reason)
        self._stats.set_value("playfast/gave_up", reason)
        self._ending = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="gave_up"))


def _is_to_play(request: Request) -> bool:
    return str(request.meta.get("download_slot", "")).startswith(SLOT)


def _told(exception: Exception) -> str:
    return f"{type(exception).__name__}: {exception}".rstrip(": ")[:200]


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
