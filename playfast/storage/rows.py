"""Rows of one class, written as they come: those that are kept once, and those that are kept of every run."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table

from playfast.play.fields import key_names
from playfast.storage.kinds import ONCE, key
from playfast.storage.schema import TABLES
from playfast.storage.types import key_reader, reader
from playfast.storage.upsert import upsert

_FIRST = "first_seen_at"


class Rows:
    """How the rows of a class are kept. None of their values is compared with what was there, so they make no changes.

    Args:
        kind: the class.
    """

    def __init__(self, kind: type[Any]) -> None:
        self._table: Table = TABLES[kind]
        self._once = kind in ONCE.values()
        self._given = key_names(kind)
        hints = typing.get_type_hints(kind)
        self._readers = {field.name: reader(hints[field.name]) for field in dataclasses.fields(kind)}
        self.key_of = key_reader(key(kind))

    def write(self, connection: Connection, run: int, items: Sequence[Any], names: Iterable[str]) -> int:
        """Keep rows with distinct keys; returns how many changes were found: none.

        Fields that are not among `names`, the asked ones, are left as they are, but for those that a spider gives.
        """
        columns = list(dict.fromkeys((*self._given, *(name for name in names if name in self._readers))))
        readers = [(name, self._readers[name]) for name in columns]
        more: dict[str, Any] = {"run_id": run}
        if self._once:
            more[_FIRST] = None
        rows = []
        # In order, so that two crawls that write the same rows do not wait for each other in a circle.
        for item in sorted(items, key=self.key_of):
            row = {name: read(getattr(item, name)) for name, read in readers}
            row |= more
            if self._once:
                row[_FIRST] = item.fetched_at or datetime.now(UTC)
            rows.append(row)
        statement = upsert(self._table, connection.dialect.name, rows[0], once=(_FIRST,))
        connection.execute(statement, rows)
        return 0
