"""Crawls of a list of apps whose answer to each question is one record."""

from __future__ import annotations

from typing import Any

from playfast.spiders.from_list import FromList
from playfast.spiders.one_record import OneRecord
from playfast.spiders.plan import Storefront, Via


class RecordsFromList(FromList, OneRecord):
    """One record for each asked (id, country, language).

    A subclass whose records no page carries has no argument `via`.
    """

    def prepare(self) -> None:
        storefronts = tuple(
            Storefront(country, lang) for country in self.asked["countries"] for lang in self.asked["langs"]
        )
        pages = "via" in self.asked
        self.plan_for(storefronts, via=Via(self.asked["via"]) if pages else Via.RPC, pages=pages)
        self.list_for(storefronts)

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        return self.records.invalid(entry, storefront)
