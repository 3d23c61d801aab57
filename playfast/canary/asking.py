"""Asking the store one thing after the other, at a crawl's own pace; what gets no answer is counted with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scrapy.http import Request, Response

from playfast.canary.result import Result
from playfast.errors import CrawlEndsError, EnvelopeError
from playfast.play import envelope
from playfast.play.envelope import Answer, Call
from playfast.play.page import Page
from playfast.spiders.base import PlaySpider

_OK, _NOT_FOUND = 200, 404
NO_PAGE = Page(b"")


class Asking:
    """Pages and packs of one storefront.

    Args:
        spider: in whose crawl it is asked.
        result: that counts.
    """

    def __init__(self, spider: PlaySpider, result: Result, country: str, lang: str) -> None:
        self._spider = spider
        self._result = result
        self._country, self._lang = country, lang

    async def page(self, path: str) -> Page | None:
        """A page, by its path and query: one without anything where there is none, None where there is no answer."""
        joint = "&" if "?" in path else "?"
        address = f"{self._spider.origin}{path}{joint}hl={self._lang}&gl={self._country}"
        response = await self._answer(self._spider.to_play(address))
        if response is None:
            return None
        if response.status == _NOT_FOUND:
            return NO_PAGE
        page = Page(response.body)
        if not page.is_whole:
            self._result.unreached["a page without its end"] += 1
            return None
        return page

    async def pack(self, calls: Iterable[Call]) -> Mapping[str, Answer]:
        """The answers to calls, by tag; empty where there are none."""
        packed = list(calls)
        address = envelope.address(
            self._spider.origin, {call.rpc for call in packed}, self._lang, self._country
        )
        response = await self._answer(
            self._spider.to_play(address, method="POST", headers=envelope.HEADERS, body=envelope.pack(packed))
        )
        if response is None or response.status != _OK:
            return {}
        try:
            return envelope.unpack(response.body)
        except EnvelopeError as error:
            self._result.unreached[f"unreadable answer: {error}"[:200]] += 1
            return {}

    async def _answer(self, request: Request) -> Response | None:
        """The answer, if it is the page that was asked for or says that there is none.

        Raises:
            CrawlEndsError: nothing is asked any more.
        """
        self._result.requests += 1
        engine = self._spider.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except CrawlEndsError:
            raise
        except Exception as error:
            if engine.spider is None:
                raise CrawlEndsError from error
            # Whatever else a download fails with, it is told.
            self._result.unreached[f"{type(error).__name__}: {error}".rstrip(": ")[:200]] += 1
            return None
        if response.status in (_OK, _NOT_FOUND):
            return response
        self._result.unreached[f"HTTP status {response.status}"] += 1
        return None
