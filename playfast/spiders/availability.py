"""The availability spider: in which countries each asked app is to be had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from playfast import arguments
from playfast.items import Availability, Presence
from playfast.play.verdict import Status
from playfast.spiders.plan import Storefront, Via
from playfast.spiders.records_from_list import RecordsFromList

EVERYWHERE = ""
"""In the place of a country: what is asked of all of them together, which is a record of its own."""


class AvailabilitySpider(RecordsFromList):
    """A matrix of apps and countries: one record for every asked (id, country), and one for each app over all countries.

    Each country is asked in packs for one field of a thousand apps.
    """

    name = "availability"
    item = Availability
    other_items = (Presence,)
    beside: ClassVar[Mapping[str, type[Any]]] = {"summary": Presence}
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.all_countries(),
        arguments.one_lang(),
        arguments.fields(Availability),
        arguments.only(Status),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.beside(
            Presence,
            "summary",
            "over all countries: where each app is to be had, and whether it is gone everywhere",
        ),
        arguments.batch("Apps in one POST.", "1000"),
    )

    def prepare(self) -> None:
        (lang,) = self.asked["langs"]
        self._countries = tuple(self.asked["countries"])
        storefronts = tuple(Storefront(country, lang) for country in self._countries)
        pages = Via(self.asked["via"])
        self.plan_for(storefronts, via=pages)
        # With a feed to go by (`retry`), single countries are asked, which say nothing of the others.
        whole = self.asked["retry"] is None or self.ledger is not None
        self.list_for((*storefronts, Storefront(EVERYWHERE, lang)) if whole else storefronts)
        self._open: dict[str, _Tally] = {}

    @property
    def storefronts(self) -> int:
        return len(self._countries)

    def owed(self, storefronts: tuple[Storefront, ...]) -> int:
        return sum(storefront.country != EVERYWHERE for storefront in storefronts)

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        if storefront.country != EVERYWHERE:
            return super().invalid(entry, storefront)
        tally = _Tally(
            storefront.lang, self._countries, 0, dict.fromkeys(self._countries, Status.INVALID_ID.value)
        )
        return tally.presence(entry)

    def enter(self, entry: str, storefronts: tuple[Storefront, ...]) -> tuple[Storefront, ...]:
        asked = tuple(storefront for storefront in storefronts if storefront.country != EVERYWHERE)
        if len(asked) < len(storefronts):
            known = {} if self.ledger is None else self.ledger.statuses(entry)
            known = {country: known[country] for country in self._countries if country in known}
            tally = _Tally(storefronts[0].lang, self._countries, len(asked), known)
            if asked:
                self._open[entry] = tally
            else:  # an earlier crawl with this ledger asked all countries, and ended before it said so
                self._given_up.append(tally.presence(entry))
        return asked

    def leaving(self, items: list[Any]) -> list[Any]:
        whole = list(items)
        for record in items:
            tally = self._open.get(record.app_id) if isinstance(record, Availability) else None
            if tally is not None and tally.add(record):
                whole.append(tally.presence(record.app_id))
                del self._open[record.app_id]
        return whole


class _Tally:
    """The statuses of one app, country by country, until all that are asked are known."""

    __slots__ = ("_lang", "_last", "_order", "_statuses", "_waiting")

    def __init__(self, lang: str, order: tuple[str, ...], waiting: int, known: dict[str, str]) -> None:
        self._lang = lang
        self._order = order
        self._waiting = waiting
        self._statuses = known
        self._last: datetime | None = None

    def add(self, record: Availability) -> bool:
        """Take in a record; whether it was the last."""
        self._statuses[record.country] = record.status
        self._last = record.fetched_at or self._last
        self._waiting -= 1
        return not self._waiting

    def presence(self, app_id: str) -> Presence:
        """What all of them say together."""

        def those(status: Status) -> tuple[str, ...]:
            return tuple(country for country in self._order if self._statuses.get(country) == status.value)

        unanswered = (*those(Status.ERROR), *those(Status.INVALID_ID))
        missing = those(Status.NOT_FOUND)
        asked = len(self._statuses)
        there = asked - len(unanswered) - len(missing)
        return Presence(
            app_id=app_id,
            lang=self._lang,
            fetched_at=self._last,
            countries=asked,
            answered=asked - len(unanswered),
            gone_everywhere=False if there else None if unanswered else True,
            available_in=those(Status.AVAILABLE),
            preregister_in=those(Status.PREREGISTER),
            not_in_region_in=those(Status.NOT_IN_REGION),
            not_found_in=missing,
            unanswered_in=unanswered,
        )
