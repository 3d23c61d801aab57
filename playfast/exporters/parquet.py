"""Parquet: columns typed by the declarations of the item class, written in row groups."""

from __future__ import annotations

import importlib
from io import BytesIO
from typing import IO, Any

from scrapy.exceptions import NotConfigured
from scrapy.exporters import BaseItemExporter

from playfast.exporters.declared import Chosen

_MISSING = "Parquet needs pyarrow, which is not installed: pip install pyarrow"
_ROW_GROUP = 5_000
"""Rows that wait in memory: whole records of apps take some 250 MB, pyarrow itself among them."""


class ParquetExporter(BaseItemExporter):
    """Writes a table of one class of items.

    Of a declared class the types follow from its annotations; of others, from the first row group. Options: `row_group_size`
    (rows), `compression` (zstd unless given), and whatever else `pyarrow.parquet.ParquetWriter` takes.
    """

    def __init__(
        self, file: BytesIO, *, row_group_size: int = _ROW_GROUP, compression: Any = "zstd", **kwargs: Any
    ) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self._arrow = _arrow()
        if row_group_size < 1:
            raise ValueError(f"row_group_size={row_group_size}: one row at least is due")
        self._chosen = Chosen(self.fields_to_export)
        if self._chosen.columns is not None:
            self.fields_to_export = dict(self._chosen.columns)  # may have been an iterator
        self._options = {**self._kwargs, "compression": compression}
        self._arrow.writer(BytesIO(), None, self._options).close()  # tells of an option that it does not take
        self._file = file
        self._size = row_group_size
        self._kind: type[Any] | None = None
        self._due: type[Any] | None = None
        self._table: Any = None
        self._writer: Any = None

    def expect(self, kind: type[Any] | None) -> None:
        """Say which class of items is due, so that a table of none has its columns."""
        self._due = kind

    def continues(self, existing: IO[bytes] | None, kind: type[Any] | None) -> str | None:  # noqa: ARG002 - asked of every exporter
        """Why items cannot be added to a file that holds some; None if they can."""
        return "a Parquet file ends with its index, so nothing can be added to it"

    def export_item(self, item: Any) -> None:
        kind = item.__class__
        if kind is not self._kind:
            if self._kind is not None:
                raise TypeError(
                    f"a Parquet feed holds one class of items: after {self._kind.__name__} came {kind.__name__}; the feed's option "
                    "item_classes gives every class a feed of its own"
                )
            self._kind = kind
            self._table = self._of(kind)
        self._table.add(item)
        if self._table.rows >= self._size:
            self._flush()

    def finish_exporting(self) -> None:
        """Write the rows that wait and the index; without any item, a table of no rows."""
        if self._table is None:
            pairs = None if self._due is None else self._chosen.of(self._due)
            schema = None if pairs is None else _declared()(self._due, pairs).schema
            self._writer = self._arrow.writer(self._file, schema, self._options)
        else:
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def _of(self, kind: type[Any]) -> Any:
        pairs = self._chosen.of(kind)
        if pairs is None:
            return self._arrow.Inferred(lambda item: dict(self.get_serialized_fields(item)))
        return _declared()(kind, pairs)

    def _flush(self) -> None:
        if not self._table.rows:
            return
        group = self._table.take()
        if self._writer is None:
            self._writer = self._arrow.writer(self._file, group.schema, self._options)
        if group.num_rows:  # none where it has no columns
            self._writer.write_table(group, row_group_size=group.num_rows)


def _arrow() -> Any:
    """The module that needs pyarrow: only a feed in Parquet waits for it to load, and only such a feed needs it.

    Raises:
        NotConfigured: with what to install.
    """
    try:
        return importlib.import_module("playfast.exporters.arrow_tables")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        raise NotConfigured(_MISSING) from error


def _declared() -> Any:
    return importlib.import_module("playfast.play.arrow").Declared
