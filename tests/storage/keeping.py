"""Writing items into a database as a crawl does, and reading what is kept."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from sqlalchemy import select

from playfast.storage.connection import connect
from playfast.storage.database import Database
from playfast.storage.schema import metadata


def write(address, *items, names=None, times=1):
    """A run of its own that is after items of these classes; returns what came of it, the last of the `times`."""
    with closing(Database(address)) as database:
        run = database.begin_run("tests", {}, {type(item) for item in items})
        for _ in range(times):
            written = database.write(run, items, names or {})
        database.end_run(run, "finished")
    return written


def read(address, query) -> list[dict[str, Any]]:
    engine = connect(address)
    try:
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]
    finally:
        engine.dispose()


def everything(address) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, in the order of their keys."""
    return {
        table.name: read(address, select(table).order_by(*table.primary_key))
        for table in metadata.tables.values()
    }
