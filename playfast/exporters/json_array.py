"""One JSON array of all items, through orjson."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from scrapy.exporters import JsonItemExporter

from playfast.exporters.json_rows import JsonRows, dumped


class FastJsonExporter(JsonItemExporter):
    """Writes what Scrapy's exporter writes: an item a line, unless `indent` says otherwise.

    A positive `indent`, other encodings and items of other people's classes go through Scrapy's own.
    """

    def __init__(self, file: BytesIO, **kwargs: Any) -> None:
        super().__init__(file, **kwargs)
        self._rows = JsonRows(self, kwargs)
        self._indented = self.indent is not None and self.indent > 0

    def export_item(self, item: Any) -> None:
        row = None if self._indented else self._rows.of(item)
        if row is None:
            super().export_item(item)
            return
        data = dumped(row)  # before the comma: an item that cannot be written leaves nothing behind
        self._add_comma_after_first()
        self.file.write(data)

    def continues(self, existing: IO[bytes] | None, kind: type[Any] | None) -> str | None:  # noqa: ARG002 - asked of every exporter
        """Why items cannot be added to a file that holds some; None if they can."""
        return "a JSON array ends with its file, so nothing can be added to it"
