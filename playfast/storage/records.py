"""Records of one class, brought into their table, and their changes into the history."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, insert, select

from playfast.play.fields import OnPage, sources
from playfast.storage import kinds
from playfast.storage.differences import COUNTS, UNTOLD, WITH_VALUES, differences
from playfast.storage.field_sets import FieldSets
from playfast.storage.schema import TABLES, changes
from playfast.storage.types import key_reader, plain, reader
from playfast.storage.upsert import upsert

_HEAD = ("status", "error", "fetched_at", "via", "url", *COUNTS.keys(), *COUNTS.values())
"""Fields that say how the asking went, so they are written of every record that is told."""
Row = dict[str, Any]
_storefront = itemgetter(1, 2)


class _Told(NamedTuple):
    """What a record tells: the names of the fields, and what reads these and those that are written of every record."""

    names: Sequence[str]
    readers: Sequence[tuple[str, Callable[[Any], Any]]]


class Records:
    """How the records of a class are kept.

    Args:
        kind: the class, whose key is what was asked in which country and language.
        sets: of the same database.
    """

    def __init__(self, kind: type[Any], sets: FieldSets) -> None:
        self._table: Table = TABLES[kind]
        self._sets = sets
        hints = typing.get_type_hints(kind)
        self._readers = {field.name: reader(hints[field.name]) for field in dataclasses.fields(kind)}
        self._key = kinds.key(kind)
        self._head = (*self._key, *(name for name in _HEAD if name in self._readers))
        self._of_pages = [name for name, source in sources(kind).items() if isinstance(source, OnPage)]
        self.key_of = key_reader(self._key)

    def write(self, connection: Connection, run: int, items: Sequence[Any], names: Iterable[str]) -> int:
        """Keep records with distinct keys; returns how many changes were found."""
        asked = [name for name in names if name in self._readers and name not in self._head]
        of_pages = [name for name in self._of_pages if name in asked]
        of_all = [name for name in asked if name not in self._of_pages]
        nothing = _Told((), self._read(()))
        by_pages: dict[tuple[str, ...], _Told] = {(): _Told(of_all, self._read(of_all))}
        keyed = sorted(
            ((self.key_of(item), item) for item in items), key=itemgetter(0)
        )  # two crawls that write the same keys do not wait for each other in a circle
        before = self._before(connection, [key for key, _ in keyed])
        alike: dict[tuple[str, ...], list[Row]] = {}
        found: list[Row] = []
        for key, item in keyed:
            told = nothing
            if item.via is not None and item.status in WITH_VALUES:
                # An answer of another kind tells what pages tell where it says something, and is silent where it does not.
                page = item.via == "page"
                beside = tuple([name for name in of_pages if page or getattr(item, name) is not None])
                if beside not in by_pages:
                    names = [*of_all, *beside]
                    by_pages[beside] = _Told(names, self._read(names))
                told = by_pages[beside]
            row, changed = self._row(connection, item, told, before.get(key))
            row["run_id"] = run
            alike.setdefault(tuple(row), []).append(row)
            about = {"run_id": run, "at": item.fetched_at or datetime.now(UTC), "item": self._table.name}
            about |= zip(self._key, key, strict=True)
            found += [
                {**about, "field": field, "before": plain(was), "after": plain(now)}
                for field, was, now in changed
            ]
        for rows in alike.values():
            connection.execute(upsert(self._table, connection.dialect.name, rows[0]), rows)
        if found:
            connection.execute(insert(changes), found)
        return len(found)

    def _read(self, told: Sequence[str]) -> list[tuple[str, Callable[[Any], Any]]]:
        return [(name, self._readers[name]) for name in (*self._head, *told)]

    def _row(
        self, connection: Connection, item: Any, telling: _Told, old: Mapping[str, Any] | None
    ) -> tuple[Row, list[tuple[str, Any, Any]]]:
        """What to write of a record, and what has changed in it."""
        row = {name: read(getattr(item, name)) for name, read in telling.readers}
        told = telling.names
        if item.status in UNTOLD:
            failed = {"failed_at": datetime.now(UTC), "failure": row["error"]}
            return (row | failed if old is None else {name: row[name] for name in self._key} | failed), []
        known = self._sets.names(connection, None if old is None else old["known"])
        changed = differences(old, row, told, known)
        at = item.fetched_at or datetime.now(UTC)
        if told:
            row["seen_at"] = at
            if not known.issuperset(told):
                row["known"] = self._sets.number(connection, known.union(told))
        if old is None or old["first_seen_at"] is None:
            row["first_seen_at"] = at
        if not changed and "known" not in row and "first_seen_at" not in row:
            row = {name: value for name, value in row.items() if name not in told}  # they stand there already
        return row, changed

    def _before(
        self, connection: Connection, keys: Iterable[tuple[str, ...]]
    ) -> dict[tuple[str, ...], Mapping[str, Any]]:
        """What is kept of these keys; PostgreSQL lets nobody else change it until the transaction ends."""
        table = self._table
        asked, country, lang = (table.c[name] for name in self._key)
        found: dict[tuple[str, ...], Mapping[str, Any]] = {}
        for storefront, group in groupby(sorted(keys, key=_storefront), _storefront):
            query = (
                select(table)
                .where(country == storefront[0], lang == storefront[1])
                .where(asked.in_([key[0] for key in group]))
                .order_by(asked)
                .with_for_update()
            )
            for row in connection.execute(query).mappings():
                found[row[asked], *storefront] = dict(row)
        return found
