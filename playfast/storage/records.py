"""Records of one class, brought into their table, and their changes into the history."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from playfast.play.fields import OnPage, sources
from playfast.storage.differences import UNTOLD, WITH_VALUES, differences
from playfast.storage.field_sets import FieldSets
from playfast.storage.schema import KEY, TABLES, changes
from playfast.storage.types import plain, reader

_HEAD = ("status", "error", "fetched_at", "via", "url")
Row = dict[str, Any]

key_of = attrgetter(*KEY)
_storefront = attrgetter("country", "lang")


class Records:
    """How the records of a class are kept.

    Args:
        kind: the class.
        sets: of the same database.
    """

    def __init__(self, kind: type[Any], sets: FieldSets) -> None:
        self._table: Table = TABLES[kind]
        self._sets = sets
        hints = typing.get_type_hints(kind)
        self._readers = {field.name: reader(hints[field.name]) for field in dataclasses.fields(kind)}
        self._on_page = {name for name, source in sources(kind).items() if isinstance(source, OnPage)}

    def write(self, connection: Connection, run: int, items: Sequence[Any], names: Iterable[str]) -> int:
        """Keep records with distinct keys; returns how many changes were found."""
        asked = [name for name in names if name not in (*KEY, *_HEAD)]
        told_by = {"page": asked, "rpc": [name for name in asked if name not in self._on_page]}
        before = self._before(connection, items)
        alike: dict[tuple[str, ...], list[Row]] = {}
        found: list[Row] = []
        for item in sorted(
            items, key=key_of
        ):  # two crawls that write the same keys do not wait for each other in a circle
            told = told_by.get(item.via or "", []) if item.status in WITH_VALUES else []
            row, changed = self._row(connection, item, told, before.get(key_of(item)))
            row["run_id"] = run
            alike.setdefault(tuple(row), []).append(row)
            about = {"run_id": run, "at": item.fetched_at or datetime.now(UTC), "item": self._table.name}
            about |= zip(KEY, key_of(item), strict=True)
            found += [
                {**about, "field": field, "before": plain(was), "after": plain(now)}
                for field, was, now in changed
            ]
        for rows in alike.values():
            connection.execute(_upsert(self._table, connection.dialect.name, rows[0]), rows)
        if found:
            connection.execute(insert(changes), found)
        return len(found)

    def _row(
        self, connection: Connection, item: Any, told: Sequence[str], old: Mapping[str, Any] | None
    ) -> tuple[Row, list[tuple[str, Any, Any]]]:
        """What to write of a record, and what has changed in it."""
        row = {name: self._readers[name](getattr(item, name)) for name in (*KEY, *_HEAD, *told)}
        if item.status in UNTOLD:
            failed = {"failed_at": datetime.now(UTC), "failure": row["error"]}
            return (row | failed if old is None else {name: row[name] for name in KEY} | failed), []
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
        self, connection: Connection, items: Sequence[Any]
    ) -> dict[tuple[str, ...], Mapping[str, Any]]:
        """What is kept of these keys; PostgreSQL lets nobody else change it until the transaction ends."""
        table = self._table
        found: dict[tuple[str, ...], Mapping[str, Any]] = {}
        for (country, lang), group in groupby(sorted(items, key=_storefront), _storefront):
            query = (
                select(table)
                .where(table.c.country == country, table.c.lang == lang)
                .where(table.c.app_id.in_(sorted(item.app_id for item in group)))
                .order_by(table.c.app_id)
                .with_for_update()
            )
            for row in connection.execute(query).mappings():
                found[row["app_id"], country, lang] = dict(row)
        return found


def distinct(items: Iterable[Any]) -> Iterable[list[Any]]:
    """Runs of records of one class in which no key comes twice, in order."""
    batch: list[Any] = []
    keys: set[tuple[str, ...]] = set()
    for item in items:
        if batch and (key_of(item) in keys or type(item) is not type(batch[0])):
            yield batch
            batch, keys = [], set()
        batch.append(item)
        keys.add(key_of(item))
    if batch:
        yield batch


def _upsert(table: Table, dialect: str, row: Row) -> Any:
    """Put a row with these columns in the place of the one with its key."""
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(table)
    news = {name: statement.excluded[name] for name in row if name not in KEY}
    return statement.on_conflict_do_update(index_elements=KEY, set_=news)
