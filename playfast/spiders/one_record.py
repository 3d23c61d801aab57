"""Spiders whose answer to each question is one record, made of the record that Play keeps of an app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from scrapy.http import Response

from playfast.items import App
from playfast.play import calls
from playfast.play.envelope import Answer, Call
from playfast.play.fields import Extractor, OnPage, sources
from playfast.spiders.app_records import AppRecords
from playfast.spiders.packed import PackedSpider
from playfast.spiders.plan import Asked, Storefront, Via


class OneRecord(PackedSpider):
    """Asks for apps' records in packs; a subclass names the class of the items made of them."""

    item: ClassVar[type[Any]] = App

    def plan_for(
        self,
        storefronts: Iterable[Storefront],
        *,
        via: Via = Via.RPC,
        eager: bool = False,
        pages: bool = True,
    ) -> None:
        super().plan_for(storefronts, via=via, eager=eager, pages=pages)
        extractor = Extractor(self.item, self.field_names, always=calls.ALWAYS_ASKED)
        self.records = AppRecords(extractor, self, self.page_address)

    @property
    def filled_names(self) -> list[str]:
        if self.asked.get("via") == Via.PAGE:
            return self.field_names
        return [name for name in self.field_names if not isinstance(sources(self.item)[name], OnPage)]

    def calls_of(self, asked: Asked, tag: str) -> Iterable[Call]:
        return (calls.details(asked.what, self.records.extractor.mask, tag),)

    def read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        record = self.records.packed(asked, answers.get(tag), fetched_at)
        return None if record is None else [record]

    def page_address(self, asked: Asked) -> str:
        return self.app_page(asked)

    def read_page(self, asked: Asked, response: Response, fetched_at: datetime) -> list[Any] | None:
        record = self.records.paged(asked, response, fetched_at)
        return None if record is None else [record]

    def unanswered(self, asked: Asked) -> list[Any]:
        return [self.records.unanswered(asked)]
