"""The categories spider: which categories a country's store has, and their names there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from playfast import arguments
from playfast.errors import EnvelopeError, UnreadableError
from playfast.items import Listing, StoreCategory
from playfast.play import calls, cards, lists
from playfast.play.categories import COLLECTIONS
from playfast.play.envelope import Answer, Call
from playfast.play.record import find
from playfast.play.verdict import Status
from playfast.spiders.from_list import FromList
from playfast.spiders.front_pages import front_page
from playfast.spiders.plan import Asked, Storefront, Via

_FOREMOST = 10
"""Apps of each chart whose category tells the name of the chart's."""
_GENRE = (5,)
_NAMED = 5
"""Cards that must agree, at least, for a name to be taken for the category's."""


class CategoriesSpider(FromList):
    """The store's categories: one record for every asked (category, country, language)."""

    name = "categories"
    item = StoreCategory
    source = "categories"
    reads_feeds = False
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.categories(),
        arguments.countries(),
        arguments.langs(),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.batch("Categories in one POST.", "10"),
    )
    instead = "there are no pages with charts, so the rest is given up"

    def prepare(self) -> None:
        asked = self.asked
        storefronts = [Storefront(country, lang) for country in asked["countries"] for lang in asked["langs"]]
        self.plan_for(storefronts, pages=False)
        self.list_for(storefronts)
        self._shown: dict[tuple[str, Storefront], dict[str, list[Any]]] = {}
        self._fields = cards.mask(Listing, ("genre",), calls.CARD_OF_CHART)

    def problem(self, entry: str) -> str | None:  # noqa: ARG002 - the argument has looked already
        return None

    def calls_of(self, asked: Asked, tag: str) -> Iterable[Call]:
        for collection in self._missing(asked):
            yield calls.chart(collection, asked.what, _FOREMOST, self._fields, f"{tag}.{collection}")

    def read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        shown = self._shown.setdefault((asked.what, asked.storefront), {})
        for collection in self._missing(asked):
            answer = self.answer_of(asked, answers.get(f"{tag}.{collection}"))
            if answer is None:
                continue
            try:
                sections = lists.chart(answer.decoded(), f"{collection}_{asked.what}")
            except (EnvelopeError, UnreadableError) as error:
                self.note(asked, error)
                continue
            shown[collection] = [card for section in sections for card in section.cards]
        if self._missing(asked):
            return None
        del self._shown[asked.what, asked.storefront]
        there = tuple(collection for collection in COLLECTIONS if shown[collection])
        genres = [find(card, _GENRE) for apps in shown.values() for card in apps]
        named = len(genres) >= _NAMED and len(set(genres)) == 1 and isinstance(genres[0], str)
        status = Status.AVAILABLE if there else Status.NOT_FOUND
        return [
            self._record(
                asked,
                status,
                fetched_at=fetched_at,
                via=Via.RPC.value,
                name=genres[0] if named else None,
                collections=there,
            )
        ]

    def _missing(self, asked: Asked) -> list[str]:
        """The charts that have not come yet: what has come is not asked again when another did not."""
        shown = self._shown.get((asked.what, asked.storefront), {})
        return [collection for collection in COLLECTIONS if collection not in shown]

    def unanswered(self, asked: Asked) -> list[Any]:
        self._shown.pop((asked.what, asked.storefront), None)
        return [self._record(asked, Status.ERROR, error=asked.reason)]

    def _record(self, asked: Asked, status: Status, **more: Any) -> StoreCategory:
        where = asked.storefront
        return StoreCategory(
            category=asked.what,
            country=where.country,
            lang=where.lang,
            status=status.value,
            url=front_page(self.origin, asked.what, where),
            is_game=asked.what == "GAME" or asked.what.startswith("GAME_"),
            **more,
        )
