"""A pipeline of a user's, for whole crawls: it drops some records and fails on others."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem


class Picky:
    def process_item(self, item: Any) -> Any:
        if item.free is False:
            raise DropItem("not for free")
        if item.contains_ads:
            raise ValueError("no ads")
        return item


class PickyOfRows:
    def process_item(self, item: Any) -> Any:
        if getattr(item, "stars", None) == 1:
            raise DropItem("not this bad")
        if getattr(item, "stars", None) == 2:
            raise ValueError("nor this")
        return item
