"""Answers to the question for an app, made into its record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from logging import LoggerAdapter
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response

from playfast.errors import EnvelopeError, PageError
from playfast.items import App
from playfast.play import envelope, markup, page_only, verdict
from playfast.play.fields import Extractor
from playfast.play.page import Page, details
from playfast.play.verdict import Status
from playfast.sources import app_ids
from playfast.spiders.plan import Asked, Storefront, Via

HTTP_NOT_FOUND = 404


class AppRecords:
    """Makes the records of a crawl of apps, and counts what it meets in the answers.

    Args:
        extractor: of the fields that are asked for.
        address: of an asked app's page.
        crawler: that has the statistics, once it has started.
        logger: of the spider.
    """

    def __init__(
        self,
        extractor: Extractor[App],
        address: Callable[[Asked], str],
        crawler: Crawler,
        logger: LoggerAdapter[Any],
    ) -> None:
        self.extractor = extractor
        self._address = address
        self._crawler = crawler
        self._logger = logger

    def packed(self, asked: Asked, answer: envelope.Answer | None, fetched_at: datetime) -> App | None:
        """The record that an answer in a pack gives, or None (with the reason in `asked`) where it gives none."""
        # A fault of ours may cost an answer, never the other apps of its pack theirs.
        try:
            return self._packed(asked, answer, fetched_at)
        except Exception as error:  # noqa: BLE001 - it is counted, and told where it is a fault
            self._note(asked, error)
            return None

    def paged(self, asked: Asked, response: Response, fetched_at: datetime) -> App | None:
        """The record of a page, or None (with the reason in `asked`) where it gives none."""
        try:
            return self._paged(asked, response, fetched_at)
        except Exception as error:  # noqa: BLE001 - it is counted, and told where it is a fault
            self._note(asked, error)
            return None

    def unanswered(self, asked: Asked) -> App:
        """The record of an app that got no answer any way."""
        self._crawler.stats.set_value("playfast/last_error", asked.reason)
        return self._without_values(asked, Status.ERROR, error=asked.reason)

    def invalid(self, entry: str, storefront: Storefront) -> App:
        """The record of an entry that is no id."""
        asked = Asked(entry, storefront)
        return self._without_values(asked, Status.INVALID_ID, error=app_ids.problem(entry), url=None)

    def _packed(self, asked: Asked, answer: envelope.Answer | None, fetched_at: datetime) -> App | None:
        if answer is None:
            asked.reason = "no answer in the pack"
            self._crawler.stats.inc_value("playfast/answers/absent")
            return None
        if answer.error is not None and answer.error != envelope.NOT_FOUND:
            asked.reason = f"Play answered {answer.error_type or 'an error'} (code {answer.error})"
            self._crawler.stats.inc_value("playfast/answers/error")
            return None
        payload = answer.decoded()
        if payload is None:
            return self._without_values(asked, Status.NOT_FOUND, fetched_at=fetched_at, via=Via.RPC)
        return self._told(asked, payload, fetched_at, Via.RPC, None)

    def _paged(self, asked: Asked, response: Response, fetched_at: datetime) -> App | None:
        if response.status == HTTP_NOT_FOUND:
            return self._without_values(asked, Status.NOT_FOUND, fetched_at=fetched_at, via=Via.PAGE)
        page = Page(response.body)
        if not page.is_whole:
            raise PageError("the page was cut short")
        return self._told(asked, details(page), fetched_at, Via.PAGE, page)

    def _told(
        self, asked: Asked, payload: Any, fetched_at: datetime, via: Via, page: Page | None
    ) -> App | None:
        """The record that a payload tells, and the page around it where there is one."""
        status, reason = verdict.of_record(payload, asked.app_id)
        if status is Status.ERROR:
            asked.reason = reason or "no reason given"
            self._count_unusable(asked)
            return None
        only = self._page_only(page) if page is not None and self.extractor.page_names else None
        record = self.extractor(payload, self._key(asked, status, fetched_at, via), self._invalid_field, only)
        if page is not None:
            self._compare(record, page)
        return record

    def _page_only(self, page: Page) -> dict[str, Any] | None:
        try:
            return page_only.extras(page)
        except PageError as error:  # a block beside the record's; it costs its own fields only
            for name in sorted(self.extractor.page_names):
                self._invalid_field(name, error)
            return None

    def _compare(self, record: App, page: Page) -> None:
        """Fill from JSON-LD and meta tags what the record lacks, and count where the two differ."""
        for name, value in markup.described(page).items():
            if name not in self.extractor.names:
                continue
            told = getattr(record, name)
            if told is None:
                setattr(record, name, value)
                if record.status == Status.AVAILABLE.value:  # like the counts it is read against
                    self._crawler.stats.inc_value(f"playfast/markup/{name}/filled")
            elif not markup.same(told, value):
                self._crawler.stats.inc_value(f"playfast/markup/{name}/differs")

    def _without_values(self, asked: Asked, status: Status, **more: Any) -> App:
        """A record without values: not found, not asked, not answered."""
        return App(**{**self._key(asked, status, None, None), **more})

    def _key(
        self, asked: Asked, status: Status, fetched_at: datetime | None, via: Via | None
    ) -> dict[str, Any]:
        return {
            "app_id": asked.app_id,
            "country": asked.storefront.country,
            "lang": asked.storefront.lang,
            "status": status.value,
            "fetched_at": fetched_at,
            "via": None if via is None else via.value,
            "url": self._address(asked),
        }

    # What is noticed on the way.

    def _note(self, asked: Asked, error: Exception) -> None:
        """Note in `asked` why an answer gave no record."""
        if isinstance(error, EnvelopeError | PageError):
            asked.reason = str(error)
            self._count_unusable(asked)
        else:
            self._crawler.stats.inc_value("playfast/faults")
            self._logger.error(
                "Fault in playfast while reading %s (%s)", asked.app_id, asked.storefront, exc_info=error
            )
            asked.reason = f"fault in playfast: {error!r}"

    def _count_unusable(self, asked: Asked) -> None:
        self._crawler.stats.inc_value("playfast/answers/unusable")
        self._crawler.stats.set_value("playfast/answers/last_unusable", asked.reason)

    def _invalid_field(self, name: str, error: Exception) -> None:
        statistic = f"playfast/field/{name}/invalid"
        if not self._crawler.stats.get_value(statistic):
            self._logger.warning(
                "Field %s holds something else than declared (%s); further ones are only counted.",
                name,
                error,
            )
        self._crawler.stats.inc_value(statistic)
