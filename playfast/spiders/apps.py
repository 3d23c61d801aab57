"""The apps spider: the whole record of each asked app, in packs, from each asked storefront."""

from __future__ import annotations

from typing import Any, ClassVar

from scrapy.settings import BaseSettings

from playfast import arguments
from playfast.errors import ArgumentError
from playfast.items import App
from playfast.play.fields import OnPage, sources
from playfast.play.verdict import Status
from playfast.spiders.from_list import FromList
from playfast.spiders.one_record import OneRecord
from playfast.spiders.plan import Storefront, Via


class RecordsFromList(FromList, OneRecord):
    """One record for each asked (id, country, language)."""

    def prepare(self) -> None:
        storefronts = tuple(
            Storefront(country, lang) for country in self.asked["countries"] for lang in self.asked["langs"]
        )
        self.plan_for(storefronts, via=Via(self.asked["via"]))
        self.list_for(storefronts)

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        return self.records.invalid(entry, storefront)


class AppsSpider(RecordsFromList):
    """Whole records of apps: one for every asked (id, country, language), with a status."""

    name = "apps"
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(App),
        arguments.only(Status),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.browser(),
        arguments.screenshots(),
        arguments.batch("Apps in one POST.", "32"),
    )

    @classmethod
    def check(cls, settings: BaseSettings, given: dict[str, Any]) -> dict[str, Any]:
        asked = super().check(settings, given)
        declared = sources(App)
        page_only_asked = [name for name in asked["fields"] or () if isinstance(declared[name], OnPage)]
        if page_only_asked and asked["via"] == Via.RPC and asked["screenshots"] is None:
            raise ArgumentError([f"fields: only pages carry {', '.join(page_only_asked)}; add -a via=page"])
        if asked["screenshots"] is not None:
            asked["via"] = Via.PAGE.value  # there is nothing to be seen of a record
        return asked
