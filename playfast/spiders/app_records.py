"""Answers to the question for an app, made into its record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy.http import Response

from playfast.errors import PageError
from playfast.play import markup, page_only, verdict
from playfast.play.envelope import Answer
from playfast.play.fields import Extractor
from playfast.play.page import Page, details
from playfast.play.verdict import Status
from playfast.sources import app_ids
from playfast.spiders.plan import Asked, Storefront, Via

if TYPE_CHECKING:
    from playfast.spiders.packed import PackedSpider

_NOT_FOUND = 404


class AppRecords:
    """Makes the records of a crawl of apps, and counts what it meets in the answers.

    Args:
        extractor: of the fields that are asked for.
        spider: that asks.
        address: of an app's page.
    """

    def __init__(
        self, extractor: Extractor[Any], spider: PackedSpider, address: Callable[[Asked], str]
    ) -> None:
        self.extractor = extractor
        self._spider = spider
        self._address = address

    def packed(self, asked: Asked, answer: Answer | None, fetched_at: datetime) -> Any | None:
        """The record that an answer in a pack gives, or None (with the reason in `asked`) where it gives none."""
        answer = self._spider.answer_of(asked, answer)
        if answer is None:
            return None
        payload = answer.decoded()
        if payload is None:
            return self._without_values(asked, Status.NOT_FOUND, fetched_at=fetched_at, via=Via.RPC)
        return self._told(asked, payload, fetched_at, Via.RPC, None)

    def paged(self, asked: Asked, response: Response, fetched_at: datetime) -> Any | None:
        """The record of a page, or None (with the reason in `asked`) where it gives none."""
        if response.status == _NOT_FOUND:
            return self._without_values(asked, Status.NOT_FOUND, fetched_at=fetched_at, via=Via.PAGE)
        page = Page(response.body)
        if not page.is_whole:
            raise PageError("the page was cut short")
        return self._told(asked, details(page), fetched_at, Via.PAGE, page)

    def unanswered(self, asked: Asked) -> Any:
        """The record of an app that got no answer any way."""
        return self._without_values(asked, Status.ERROR, error=asked.reason)

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        """The record of an entry that is no id."""
        asked = Asked(entry, storefront)
        return self._without_values(asked, Status.INVALID_ID, error=app_ids.problem(entry), url=None)

    def _told(
        self, asked: Asked, payload: Any, fetched_at: datetime, via: Via, page: Page | None
    ) -> Any | None:
        """The record that a payload tells, and the page around it where there is one."""
        status, reason = verdict.of_record(payload, asked.what)
        if status is Status.ERROR:
            asked.reason = reason or "no reason given"
            self._spider.count_unusable(asked)
            return None
        only = self._page_only(page) if page is not None and self.extractor.page_names else None
        record = self.extractor(
            payload, self._key(asked, status, fetched_at, via), self._spider.invalid_field, only
        )
        if page is not None:
            self._compare(record, page)
        return record

    def _page_only(self, page: Page) -> dict[str, Any] | None:
        try:
            return page_only.extras(page)
        except PageError as error:  # a block beside the record's; it costs its own fields only
            for name in sorted(self.extractor.page_names):
                self._spider.invalid_field(name, error)
            return None

    def _compare(self, record: Any, page: Page) -> None:
        """Fill from JSON-LD and meta tags what the record lacks, and count where the two differ."""
        stats = self._spider.crawler.stats
        for name, value in markup.described(page).items():
            if name not in self.extractor.names:
                continue
            told = getattr(record, name)
            if told is None:
                setattr(record, name, value)
                if record.status == Status.AVAILABLE.value:  # like the counts it is read against
                    stats.inc_value(f"playfast/markup/{name}/filled")
            elif not markup.same(told, value):
                stats.inc_value(f"playfast/markup/{name}/differs")

    def _without_values(self, asked: Asked, status: Status, **more: Any) -> Any:
        """A record without values: not found, not asked, not answered."""
        return self.extractor.item(**{**self._key(asked, status, None, None), **more})

    def _key(
        self, asked: Asked, status: Status, fetched_at: datetime | None, via: Via | None
    ) -> dict[str, Any]:
        return {
            "app_id": asked.what,
            "country": asked.storefront.country,
            "lang": asked.storefront.lang,
            "status": status.value,
            "fetched_at": fetched_at,
            "via": None if via is None else via.value,
            "url": self._address(asked),
        }
