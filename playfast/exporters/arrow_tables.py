"""Items as tables of Arrow; what of Parquet needs pyarrow, which is optional."""

from __future__ import annotations

import logging
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from itemadapter import ItemAdapter, is_item

from playfast.exporters.declared import Pair
from playfast.exporters.whole_text import whole

logger = logging.getLogger(__name__)

_CHUNK = 500
"""Items that wait as Python's objects, which take several times the memory of Arrow's."""
_SINGLE = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", "UTC"),
}


def writer(file: IO[bytes], schema: pa.Schema | None, options: Mapping[str, Any]) -> Any:
    """A writer of row groups; without a schema, of a table without columns."""
    return pq.ParquetWriter(_Sink(file), pa.schema([]) if schema is None else schema, **options)


def arrow_type(hint: Any) -> pa.DataType:
    """The type of a column whose values are annotated so.

    A dataclass is a struct, a dict a map of text, a tuple or list of one kind a list.

    Raises:
        TypeError: where there is none; for whoever declares a field.
    """
    hint = _given(hint)
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if hint in _SINGLE:
        return _SINGLE[hint]
    if origin in (list, tuple) and len({*parts} - {...}) == 1:  # (int, int) as well as (int, ...)
        return pa.list_(arrow_type(parts[0]))
    if origin is dict and parts[0] is str:
        return pa.map_(pa.string(), arrow_type(parts[1]))
    if is_dataclass(hint):
        return pa.struct([(name, arrow_type(kind)) for name, kind in typing.get_type_hints(hint).items()])
    raise TypeError(f"no column of Parquet holds values annotated {hint!r}")


class Declared:
    """Items of a declared class that wait to be written; `schema` has the class's types, and each field's meaning as metadata."""

    def __init__(self, kind: type[Any], pairs: Iterable[Pair]) -> None:
        pairs = list(pairs)
        hints = typing.get_type_hints(kind)
        meanings = {field.name: field.metadata.get("doc") for field in fields(kind)}
        self.schema = pa.schema(
            [_column(name, arrow_type(hints[field]), meanings[field]) for field, name in pairs]
        )
        self.rows = 0
        self._values = _getter([field for field, _ in pairs])
        self._openers = [_opener(hints[field]) for field, _ in pairs]
        self._waiting: list[tuple[Any, ...]] = []
        self._chunks: list[pa.RecordBatch] = []

    def add(self, item: Any) -> None:
        self._waiting.append(self._values(item))
        self.rows += 1
        if len(self._waiting) >= _CHUNK:
            self._pack()

    def take(self) -> pa.Table:
        """All that waits, at least one item; nothing waits afterwards."""
        self._pack()
        table = pa.Table.from_batches(self._chunks, self.schema)
        self._chunks, self.rows = [], 0
        return table

    def _pack(self) -> None:
        if self._waiting:
            values = zip(*self._waiting, strict=True)
            arrays = [
                _array(column, field, opener)
                for column, field, opener in zip(values, self.schema, self._openers, strict=True)
            ]
            self._waiting = []
            self._chunks.append(pa.RecordBatch.from_arrays(arrays, schema=self.schema))


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
                (name, _array([row.get(name) for row in rows], pa.field(name, pa.null()), infer=True))
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
            [_array([row.get(column.name) for row in rows], column) for column in self.schema],
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


def _column(name: str, kind: pa.DataType, meaning: str | None) -> pa.Field:
    return pa.field(name, kind, metadata={"description": meaning} if meaning else None)


def _given(hint: Any) -> Any:
    """What an annotation says of a value that is not None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        kinds = [part for part in typing.get_args(hint) if part is not type(None)]
        return kinds[0] if len(kinds) == 1 else hint
    return hint


def _opener(hint: Any) -> Callable[[Any], Any] | None:
    """What makes tuples, as Arrow takes them for structs, of the dataclasses in a value annotated so; None where there are none."""
    hint = _given(hint)
    if is_dataclass(hint):
        return _getter(list(typing.get_type_hints(hint)))
    opener = _opener(typing.get_args(hint)[0]) if typing.get_origin(hint) in (list, tuple) else None
    if opener is None:
        return None
    return lambda value: [None if member is None else opener(member) for member in value]


def _array(
    values: Iterable[Any],
    column: pa.Field,
    opener: Callable[[Any], Any] | None = None,
    *,
    infer: bool = False,
) -> pa.Array:
    try:
        if opener is not None:
            values = [None if value is None else opener(value) for value in values]
        try:
            return pa.array(values, None if infer else column.type)
        except UnicodeEncodeError:
            return pa.array(whole(list(values)), None if infer else column.type)
    except (pa.ArrowException, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise TypeError(
            f"column {column.name} holds what its type {column.type} does not: {error}"
        ) from error


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


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) == 1:
        one = attrgetter(names[0])
        return lambda item: (one(item),)
    return attrgetter(*names) if names else lambda _: ()
