"""Asking the store one thing after the other, at a crawl's own pace; what gets no answer is counted with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scrapy.http import Request, Response

from playfast.canary.result import Result
from playfast.errors import CrawlEndsError, EnvelopeError
from playfast.play import envelope, trouble
from playfast.play.envelope import Answer, Call
from playfast.play.page import Page
from playfast.play.trouble import Trouble
from playfast.spiders.base import PlaySpider

_OK, _NOT_FOUND = 200, 404
_IN_A_ROW = 4
"""Requests without an answer, one after the other, after which nothing more is asked: two pages, a pack and a page."""
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
        self._failed = 0
        self.without_data = 0
        """Whole pages in which there was nothing of the store."""

    async def page(self, path: str, *, bare_if_none: bool = False) -> Page | None:
        """A page, by its path and query: one without anything where there is none, None where there is no answer.

        With `bare_if_none`, that there is none is said by a page without data, too.
        """
        joint = "&" if "?" in path else "?"
        address = f"{self._spider.origin}{path}{joint}hl={self._lang}&gl={self._country}"
        response = await self._answer(self._spider.to_play(address))
        if response is None:
            return None
        if response.status == _NOT_FOUND:
            self._failed = 0
            return NO_PAGE
        page = Page(response.body)
        if not page.is_whole:
            self._fail("a page without its end")
            return None
        if trouble.of_answer(_OK, response.body, rpc=False) is Trouble.EMPTY:
            if bare_if_none:
                return NO_PAGE
            self.without_data += 1
            self._fail("a page without any data: no page of the store, or another layout")
            return None
        self._failed = 0
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
        if response is None:
            return {}
        if response.status != _OK:
            self._fail(f"HTTP status {response.status} for a pack")
            return {}
        try:
            answers = envelope.unpack(response.body)
        except EnvelopeError as error:
            self._fail(f"unreadable answer: {error}"[:200])
            return {}
        self._failed = 0
        return answers

    async def _answer(self, request: Request) -> Response | None:
        """The answer, if it is the page that was asked for or says that there is none.

        Raises:
            CrawlEndsError: nothing is asked any more.
        """
        if self._failed >= _IN_A_ROW:
            self._result.cut_short = f"{_IN_A_ROW} requests in a row had no answer"
            raise CrawlEndsError
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
            self._fail(f"{type(error).__name__}: {error}".rstrip(": ")[:200])
            return None
        if response.status not in (_OK, _NOT_FOUND):
            self._fail(f"HTTP status {response.status}")
            return None
        return response

    def _fail(self, reason: str) -> None:
        self._failed += 1
        self._result.unreached[reason] += 1
