"""What of Parquet needs pyarrow, which is optional: its writer, and tables of items whose types are not declared."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from itemadapter import ItemAdapter, is_item

from playfast.play.arrow import array

logger = logging.getLogger(__name__)


def writer(file: IO[bytes], schema: pa.Schema | None, options: Mapping[str, Any]) -> Any:
    """A writer of row groups; without a schema, of a table without columns."""
    return pq.ParquetWriter(_Sink(file), pa.schema([]) if schema is None else schema, **options)


class Inferred:
    """Items of other classes that wait to be written; the first that are taken set the columns and their types."""

    def __init__(self, fields_of: Callable[[Any], dict[str, Any]]) -> None:
        self.schema: pa.Schema | None = None
        self._fields_of = fields_of
        self._waiting: list[dict[str, Any]] = []
        self._warned = False

    @property
    def rows(self) -> int:
        return len(self._waiting)

    def add(self, item: Any) -> None:
        self._waiting.append({name: _plain(value) for name, value in self._fields_of(item).items()})

    def take(self) -> pa.Table:
        """All that waits, at least one item; nothing waits afterwards."""
        rows, self._waiting = self._waiting, []
        names = dict.fromkeys(name for row in rows for name in row)
        if self.schema is None:
            inferred = [
                (name, array([row.get(name) for row in rows], pa.field(name, pa.null()), infer=True))
                for name in names
            ]
            self.schema = pa.schema([(name, _certain(column.type)) for name, column in inferred])
        elif not self._warned and (dropped := names.keys() - set(self.schema.names)):
            self._warned = True
            logger.warning(
                "A Parquet feed has the columns of its first row group, so these are left out: %s. Its option `fields` sets them.",
                ", ".join(sorted(dropped)),
            )
        return pa.Table.from_arrays(
            [array([row.get(column.name) for row in rows], column) for column in self.schema],
            schema=self.schema,
        )


class _Sink:
    """What pyarrow writes to: a file that may be able to do nothing but take bytes, and that others close."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self.write = file.write

    def flush(self) -> None:
        """Left to whoever closes the file."""

    def close(self) -> None:
        self.closed = True


def _certain(kind: pa.DataType) -> pa.DataType:
    """The type, with text where nothing but None was seen."""
    if pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(_certain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _certain(field.type)) for field in kind])
    return kind


def _plain(value: Any) -> Any:
    """A value as Arrow takes it: numbers of any precision are text, as Scrapy's JSON has them."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping) or is_item(value):
        members = value if isinstance(value, Mapping) else ItemAdapter(value)
        return {str(key): _plain(member) for key, member in members.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(member) for member in value]
    return value
