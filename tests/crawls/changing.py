"""Pipelines of a user's that make something else of records."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter


class ToDict:
    def process_item(self, item: Any) -> dict[str, Any]:
        return ItemAdapter(item).asdict()


class WithoutKey:
    def process_item(self, item: Any) -> dict[str, Any]:
        return {"title": item.title}
