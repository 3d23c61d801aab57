"""Items of declared classes as tables of Arrow, which needs pyarrow: the types follow from the annotations."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

import orjson
import pyarrow as pa

from playfast.play.annotation import given
from playfast.play.whole_text import whole

Pair = tuple[str, str]
"""An item's field and the name of its column."""

_CHUNK = 500
"""Items that wait as Python's objects, which take several times the memory of Arrow's."""
_SINGLE = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", "UTC"),
}


def arrow_type(hint: Any) -> pa.DataType:
    """The type of a column whose values are annotated so.

    A dataclass is a struct, a dict a map of text, a tuple or list of one kind a list.

    Raises:
        TypeError: where there is none; for whoever declares a field.
    """
    hint = given(hint)
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
    """Items of a declared class that wait to be written; `schema` has the class's types, and each field's meaning as metadata.

    A field in which anything may stand is text: JSON.
    """

    def __init__(self, kind: type[Any], pairs: Iterable[Pair]) -> None:
        pairs = list(pairs)
        hints = typing.get_type_hints(kind)
        meanings = {field.name: field.metadata.get("doc") for field in fields(kind)}
        self.schema = pa.schema(
            [_column(name, _column_type(hints[field]), meanings[field]) for field, name in pairs]
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
                array(column, field, opener)
                for column, field, opener in zip(values, self.schema, self._openers, strict=True)
            ]
            self._waiting = []
            self._chunks.append(pa.RecordBatch.from_arrays(arrays, schema=self.schema))


def _column_type(hint: Any) -> pa.DataType:
    return pa.string() if hint is Any else arrow_type(hint)


def _column(name: str, kind: pa.DataType, meaning: str | None) -> pa.Field:
    return pa.field(name, kind, metadata={"description": meaning} if meaning else None)


def array(
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


def _opener(hint: Any) -> Callable[[Any], Any] | None:
    """What makes tuples, as Arrow takes them for structs, of the dataclasses in a value annotated so; None where there are none."""
    hint = given(hint)
    if hint is Any:
        return lambda value: orjson.dumps(value).decode()
    if is_dataclass(hint):
        return _getter(list(typing.get_type_hints(hint)))
    opener = _opener(typing.get_args(hint)[0]) if typing.get_origin(hint) in (list, tuple) else None
    if opener is None:
        return None
    return lambda value: [None if member is None else opener(member) for member in value]


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) == 1:
        one = attrgetter(names[0])
        return lambda item: (one(item),)
    return attrgetter(*names) if names else lambda _: ()
