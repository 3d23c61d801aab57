"""The collections spider: the lists that the store's front pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from scrapy.http import Response

from playfast import arguments
from playfast.errors import PageError
from playfast.items import App, Collection, Listing, ListingSweep
from playfast.play import calls, cards, lists
from playfast.play.categories import HOMES
from playfast.play.convert import address
from playfast.play.envelope import Answer, Call
from playfast.play.page import Page
from playfast.play.verdict import Status
from playfast.runs.ledger import digest
from playfast.spiders.front_pages import front_page
from playfast.spiders.listings import Lists
from playfast.spiders.packed import HTTP_NOT_FOUND
from playfast.spiders.plan import Asked, Storefront, Via
from playfast.spiders.swept_lists import SweptLists


class CollectionsSpider(SweptLists):
    """The lists on front pages: a record for each, a row for each app in it, and one for every asked (category, country, language)."""

    name = "collections"
    item = Collection
    source = "categories"
    others_beside_apps = other_items = (Listing, ListingSweep)
    beside: ClassVar[Mapping[str, type[Any]]] = {"rows": Listing, "sweeps": ListingSweep, "apps": App}
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.categories(",".join(HOMES)),
        arguments.countries(),
        arguments.langs(),
        arguments.beside(Listing, "rows", "the apps in the lists, with their ranks"),
        arguments.more(),
        *arguments.of_lists(ListingSweep, App),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.batch("Front pages in one POST.", "8"),
    )

    def prepare(self) -> None:
        super().prepare()
        self._fields = cards.mask(Listing, self.row_names, calls.CARD)

    def problem(self, entry: str) -> str | None:  # noqa: ARG002 - the argument has looked already
        return None

    def first_calls(self, asked: Asked, tag: str) -> Iterable[Call]:
        return (calls.home(asked.what, self._fields, tag),)

    def sections_of(
        self, asked: Asked, found: Lists, tag: str, answers: Mapping[str, Answer]
    ) -> list[lists.Section] | None:
        answer = self.answer_of(asked, answers.get(tag))
        if answer is None:
            return None
        payload = answer.decoded()
        if payload is None:
            found.status = Status.NOT_FOUND
            return []
        return lists.sections(payload)

    def name_of(self, section: lists.Section) -> str:
        return section.mark or super().name_of(section)

    def begun(
        self, asked: Asked, found: Lists, sections: list[lists.Section], fetched_at: datetime, via: Via
    ) -> list[Any]:
        shown = [
            Collection(
                asked=asked.what,
                list=name,
                rank=rank,
                country=asked.storefront.country,
                lang=asked.storefront.lang,
                fetched_at=fetched_at,
                via=via.value,
                url=address(section.link) if section.link else None,
                title=section.title,
                apps=tuple(
                    dict.fromkeys(
                        app_id for card in section.cards if (app_id := cards.id_of(card)) is not None
                    )
                ),
            )
            for rank, (name, section) in enumerate(self.named(sections).items(), 1)
        ]
        rows = super().begun(asked, found, sections, fetched_at, via)
        return [*self.emit(found, [(one, digest((one.list,))) for one in shown]), *rows]

    def page_address(self, asked: Asked) -> str:
        return front_page(self.origin, asked.what, asked.storefront)

    def read_page(self, asked: Asked, response: Response, fetched_at: datetime) -> list[Any] | None:
        found = self._open[asked.what, asked.storefront]
        if response.status == HTTP_NOT_FOUND:
            found.status = Status.NOT_FOUND
            return self.begun(asked, found, [], fetched_at, Via.PAGE)
        page = Page(response.body)
        if not page.is_whole:
            raise PageError("the page was cut short")
        payload = page.block(calls.HOME)
        if payload is None:
            raise PageError("the page has no block with lists")
        return self.begun(asked, found, lists.sections(payload), fetched_at, Via.PAGE)

    def address_of(self, what: str, storefront: Storefront) -> str:
        return self.page_address(Asked(what, storefront))
