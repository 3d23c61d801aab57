"""The apps spider: the whole record of each asked app, in packs, from each asked storefront."""

from __future__ import annotations

from typing import Any, ClassVar

from scrapy.settings import BaseSettings

from playfast import arguments
from playfast.errors import ArgumentError
from playfast.items import App
from playfast.play.fields import OnPage, sources
from playfast.play.verdict import Status
from playfast.runs import options
from playfast.spiders.plan import Via
from playfast.spiders.records_from_list import RecordsFromList


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
        verified = options.read(settings).verify_storefront != "off"
        page_only_asked = [
            name
            for name in asked["fields"] or ()
            if isinstance(declared[name], OnPage) and not (verified and name == "served_country")
        ]
        if page_only_asked and asked["via"] == Via.RPC and asked["screenshots"] is None:
            raise ArgumentError([f"fields: only pages carry {', '.join(page_only_asked)}; add -a via=page"])
        if asked["screenshots"] is not None:
            asked["via"] = Via.PAGE.value  # there is nothing to be seen of a record
        return asked
