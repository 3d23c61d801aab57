"""What a database tells of the past: its runs, and what they found changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy.exc import SQLAlchemyError

from playfast.errors import DatabaseError
from playfast.items import App, Change
from playfast.storage.connection import connect, told
from playfast.storage.findings import Run, Wanted
from playfast.storage.schema import TABLES, changes, runs

_APPS = TABLES[App]
_AT_ONCE = 1_000
_MOST_KEYS = 500
"""Ids in one condition; SQLite takes no more than some thousands."""


class History:
    """Reads a database, as it is at this moment, until it is closed.

    Raises:
        DatabaseError: it cannot be read, or no crawl has written to it.
    """

    def __init__(self, address: str) -> None:
        self._engine = connect(address)
        try:
            self.connection: Connection = self._engine.connect()
            written = self.runs(1)
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise DatabaseError(told(error)) from error
        if not written:
            self.close()
            raise DatabaseError("no crawl has written to it yet")

    def runs(self, most: int) -> list[Run]:
        """The last crawls, the newest first."""
        columns = (runs.c.id, runs.c.spider, runs.c.started_at, runs.c.ended_at, runs.c.outcome)
        return [
            Run(*row)
            for row in self.connection.execute(select(*columns).order_by(runs.c.id.desc()).limit(most))
        ]

    def changes(self, wanted: Wanted) -> Iterator[Change]:
        """Changes in the order in which they were found.

        Raises:
            DatabaseError: the database is gone.
        """
        query = (
            select(changes, _APPS.c.title)
            .join(_APPS, same_key(), isouter=True)
            .order_by(changes.c.at, changes.c.id)
        )
        try:
            for row in (
                self.connection.execution_options(yield_per=_AT_ONCE)
                .execute(_narrowed(query, wanted))
                .mappings()
            ):
                yield Change(
                    **{
                        name: row[name]
                        for name in ("at", "app_id", "country", "lang", "field", "before", "after")
                    },
                    title=row["title"],
                    run=row["run_id"],
                )
        except SQLAlchemyError as error:
            raise DatabaseError(told(error)) from error

    def close(self) -> None:
        self.connection.close()
        self._engine.dispose()


def same_key() -> Any:
    """That a change is of an app's record."""
    return (
        (changes.c.app_id == _APPS.c.app_id)
        & (changes.c.country == _APPS.c.country)
        & (changes.c.lang == _APPS.c.lang)
    )


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.since is not None:
        query = query.where(changes.c.at >= wanted.since)
    if wanted.run is not None:
        query = query.where(changes.c.run_id == wanted.run)
    for column, chosen in (
        (changes.c.field, wanted.fields),
        (changes.c.country, wanted.countries),
        (changes.c.lang, wanted.langs),
    ):
        if chosen is not None:
            query = query.where(column.in_(list(chosen)))
    return query
