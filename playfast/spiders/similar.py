"""The similar spider: the apps that Play shows beside an app: similar ones, and more by its developer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from scrapy.http import Response

from playfast import arguments
from playfast.errors import PageError
from playfast.items import App, Listing, ListingSweep
from playfast.play import calls, lists, verdict
from playfast.play.envelope import Answer, Call
from playfast.play.page import Page, details
from playfast.play.verdict import Status
from playfast.spiders.listings import Lists
from playfast.spiders.packed import HTTP_NOT_FOUND
from playfast.spiders.plan import Asked, Storefront, Via
from playfast.spiders.swept_lists import SweptLists

_APP, _LISTS = ".app", ".lists"


class SimilarSpider(SweptLists):
    """Both lists on an app's page: a row for each app in them, and one record for every asked (id, country, language)."""

    name = "similar"
    rows_are_due = True
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(Listing),
        arguments.more(),
        *arguments.of_lists(ListingSweep, App),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.whole_number("first", "Apps of each list to ask for at first.", "20", least=1, most=50),
        arguments.batch("Calls in one POST.", "16"),
    )

    def first_calls(self, asked: Asked, tag: str) -> Iterable[Call]:
        return (
            calls.related(asked.what, tag + _LISTS, self.asked["first"]),
            calls.details(asked.what, calls.ALWAYS_ASKED, tag + _APP),
        )

    def sections_of(
        self, asked: Asked, found: Lists, tag: str, answers: Mapping[str, Answer]
    ) -> list[lists.Section] | None:
        app = self.answer_of(asked, answers.get(tag + _APP))
        listed = self.answer_of(asked, answers.get(tag + _LISTS))
        if app is None or listed is None:
            return None
        payload = app.decoded()
        if payload is None:
            found.status = Status.NOT_FOUND
            return []
        return self._sections(asked, found, payload, listed.decoded())

    def _sections(self, asked: Asked, found: Lists, app: Any, listed: Any) -> list[lists.Section] | None:
        status, reason = verdict.of_record(app, asked.what)
        if status is Status.ERROR:
            asked.reason = reason or "no reason given"
            self.count_unusable(asked)
            return None
        found.status = status
        return [] if listed is None else lists.sections(listed)

    def page_address(self, asked: Asked) -> str:
        return self.app_page(asked)

    def read_page(self, asked: Asked, response: Response, fetched_at: datetime) -> list[Any] | None:
        found = self._open[asked.what, asked.storefront]
        sections: list[lists.Section] | None = []
        if response.status == HTTP_NOT_FOUND:
            found.status = Status.NOT_FOUND
        else:
            page = Page(response.body)
            if not page.is_whole:
                raise PageError("the page was cut short")
            sections = self._sections(asked, found, details(page), page.block(calls.RELATED))
        return None if sections is None else self.begun(asked, found, sections, fetched_at, Via.PAGE)

    def address_of(self, what: str, storefront: Storefront) -> str:
        return self.app_page(Asked(what, storefront))
