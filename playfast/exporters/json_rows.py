"""What both JSON exporters share: which items orjson may write, and what it is handed for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from scrapy.exporters import BaseItemExporter

from playfast.exporters.declared import Chosen
from playfast.play.whole_text import whole

_UTF8 = (None, "utf-8", "utf8")
_PLAIN = {"encoding", "fields_to_export", "export_empty_fields", "indent"}


class JsonRows:
    """Turns items of declared classes into what orjson writes as Scrapy's encoder does.

    With another encoding, or an option for the encoder (`sort_keys`, say), it takes none: Scrapy's own encoder does.
    """

    def __init__(self, exporter: BaseItemExporter, options: Mapping[str, Any]) -> None:
        self._fast = _lower(options.get("encoding")) in _UTF8 and not set(options) - _PLAIN
        self._chosen = Chosen(exporter.fields_to_export, empty=exporter.export_empty_fields)
        if self._chosen.columns is not None:
            exporter.fields_to_export = dict(self._chosen.columns)  # may have been an iterator

    def of(self, item: Any) -> Any:
        """What to hand to orjson for an item; None where Scrapy's encoder is to write it."""
        if not self._fast:
            return None
        pairs = self._chosen.of(item.__class__)
        if pairs is None:
            return None
        if self._chosen.columns is None:
            return item
        return {column: getattr(item, field, None) for field, column in pairs}


def dumped(row: Any, option: int = 0) -> bytes:
    """A row as orjson writes it, which takes no text that UTF-8 cannot hold."""
    try:
        return orjson.dumps(row, option=option)
    except orjson.JSONEncodeError:
        return orjson.dumps(whole(row), option=option)


def _lower(text: str | None) -> str | None:
    return text.lower() if text else None
