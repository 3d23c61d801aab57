"""The charts spider: the apps that lead the store's charts, by category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from playfast import arguments
from playfast.items import App, Listing, ListingSweep
from playfast.play import calls, cards, lists
from playfast.play.categories import AGES
from playfast.play.envelope import Answer, Call
from playfast.play.verdict import Status
from playfast.spiders.front_pages import front_page
from playfast.spiders.listings import Lists
from playfast.spiders.plan import Asked, Storefront
from playfast.spiders.swept_lists import SweptLists

_ROWS = 660
"""Apps to ask for in a chart: as many as were ever seen to be answered. Play gives some 200."""


class ChartsSpider(SweptLists):
    """The store's charts: a row for each app with its rank, and one record for every asked (category, country, language)."""

    name = "charts"
    source = "categories"
    most_parts = 1  # a chart has no further part
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.categories(),
        arguments.collections(),
        arguments.age(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(Listing),
        *arguments.of_lists(ListingSweep, App),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.batch("Categories in one POST, with all charts that are asked for: 200 apps each.", "2"),
    )
    instead = "there are no pages with charts, so the rest is given up"

    def prepare(self) -> None:
        super().prepare()
        self._fields = cards.mask(Listing, self.field_names, calls.CARD_OF_CHART)
        age = self.asked["age"]
        self._suffix = "" if age == "all" else f"_{age}"
        if age != "all":
            self.in_address = {"age": AGES[age]}

    def problem(self, entry: str) -> str | None:  # noqa: ARG002 - the argument has looked already
        return None

    def first_calls(self, asked: Asked, tag: str) -> Iterable[Call]:
        rows = min(_ROWS, self.asked["most"] or _ROWS)
        for collection in self.asked["collections"]:
            yield calls.chart(collection, asked.what, rows, self._fields, f"{tag}.{collection}")

    def sections_of(
        self,
        asked: Asked,
        found: Lists,  # noqa: ARG002 - as of all lists
        tag: str,
        answers: Mapping[str, Answer],
    ) -> list[lists.Section] | None:
        sections = []
        for collection in self.asked["collections"]:
            answer = self.answer_of(asked, answers.get(f"{tag}.{collection}"))
            if answer is None:
                return None
            shown = lists.sections(answer.decoded() or [[]])
            for section in shown:
                if section.mark not in (None, f"{collection}_{asked.what}"):
                    asked.reason = f"the answer is another chart: {section.mark!r} in the place of {collection}_{asked.what}"
                    self.count_unusable(asked)
                    return None
            first, *others = shown or [lists.Section(None, None, [], None, None)]
            more = [card for one in others for card in one.cards]
            sections.append(
                first._replace(name=collection + self._suffix, cards=[*first.cards, *more], token=None)
            )
        return sections

    def address_of(self, what: str, storefront: Storefront) -> str:
        return front_page(self.origin, what, storefront)
