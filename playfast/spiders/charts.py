"""The charts spider: the apps that lead the store's charts, by category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from playfast import arguments
from playfast.errors import EnvelopeError, UnreadableError
from playfast.items import App, Listing, ListingSweep
from playfast.play import calls, cards, lists
from playfast.play.categories import AGES, has_ages
from playfast.play.envelope import Answer, Call
from playfast.play.verdict import Status
from playfast.spiders.front_pages import front_page
from playfast.spiders.listings import Lists
from playfast.spiders.plan import Asked, Storefront, Via
from playfast.spiders.swept_lists import SweptLists

_ROWS = 660
"""Apps to ask for in a chart: as many as were ever seen to be answered. Play gives some 200."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is asked for by itself: beside the others it had no answer. `list` is what it is called in rows."""

    category: str
    collection: str
    list: str


class ChartsSpider(SweptLists):
    """The store's charts: a row for each app with its rank, and one record for every asked (category, country, language)."""

    name = "charts"
    rows_are_due = True
    source = "categories"
    decisive = (*SweptLists.decisive, "collections", "age")
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

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:
        problems = super().consider(asked)
        others = [category for category in asked["categories"].lines() if not has_ages(category)]
        if asked["age"] != "all" and others:
            shown = ", ".join(others[:_SHOWN]) + (" and others" if len(others) > _SHOWN else "")
            problems.append(
                f"age: only FAMILY and its categories have charts by age, and not {shown}; give categories=FAMILY, say, or leave out age="
            )
        return problems

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
        for collection in self.asked["collections"]:
            yield self._call(self._chart(asked.what, collection), f"{tag}.{collection}")

    def calls_of_step(self, step: Chart, tag: str) -> Iterable[Call]:
        return (self._call(step, tag),)

    def _chart(self, category: str, collection: str) -> Chart:
        return Chart(category, collection, collection + self._suffix)

    def _call(self, step: Chart, tag: str) -> Call:
        most = self.asked["most"]
        # One place more than is wanted tells whether there are more.
        rows = _ROWS if most is None else min(_ROWS, most + 1)
        return calls.chart(step.collection, step.category, rows, self._fields, tag)

    # What comes.

    def sections_of(
        self, asked: Asked, found: Lists, tag: str, answers: Mapping[str, Answer]
    ) -> list[lists.Section] | None:
        """The charts that have come; without any, all are asked again, else the others by themselves."""
        sections, missing = [], []
        for collection in self.asked["collections"]:
            section = self._section(asked, collection, answers.get(f"{tag}.{collection}"))
            if section is None:
                missing.append(self._chart(asked.what, collection))
            else:
                sections.append(section)
        found.later = missing
        return sections or None

    def read_step(
        self, asked: Asked, found: Lists, step: Chart, answer: Answer | None, fetched_at: datetime
    ) -> list[Any] | None:
        section = self._section(asked, step.collection, answer)
        return None if section is None else self.begun(asked, found, [section], fetched_at, Via.RPC)

    def _section(self, asked: Asked, collection: str, answer: Answer | None) -> lists.Section | None:
        """A chart; None, with the reason in `asked`, where it did not come."""
        answer = self.answer_of(asked, answer)
        if answer is None:
            return None
        try:
            shown = lists.chart(answer.decoded(), f"{collection}_{asked.what}")
        except (EnvelopeError, UnreadableError) as error:
            self.note(asked, error)
            return None
        first, *others = shown or [lists.Section(None, None, [], None, None)]
        more = [card for one in others for card in one.cards]
        return first._replace(name=collection + self._suffix, cards=[*first.cards, *more], token=None)

    def address_of(self, what: str, storefront: Storefront) -> str:
        return front_page(self.origin, what, storefront)
