"""What a database tells of the past: its runs, and what they found changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, null, select, text
from sqlalchemy.exc import SQLAlchemyError

from playfast.errors import DatabaseError
from playfast.items import Change, Developer, DeveloperChange
from playfast.storage.connection import connect, told
from playfast.storage.findings import Run, Wanted
from playfast.storage.kinds import NAMES, key
from playfast.storage.schema import MIGRATION, TABLES, changes, runs

_AT_ONCE = 1_000
_OF_EACH = ("at", "field", "before", "after")


class History:
    """Reads a database, as it is at this moment, until it is closed.

    Raises:
        DatabaseError: it cannot be read, or no crawl has written to it.
    """

    def __init__(self, address: str) -> None:
        self._engine = connect(address)
        try:
            self.connection: Connection = self._engine.connect()
            problem = self._problem()
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise DatabaseError(told(error)) from error
        if problem:
            self.close()
            raise DatabaseError(problem)

    def runs(self, most: int, kind: type[Any]) -> list[Run]:
        """The last crawls that were after items of a class, the newest first.

        Raises:
            DatabaseError: there is none.
        """
        columns = (runs.c.id, runs.c.spider, runs.c.started_at, runs.c.ended_at, runs.c.outcome)
        query = select(runs.c["items"], *columns).order_by(runs.c.id.desc())
        found: list[Run] = []
        with self.connection.execution_options(yield_per=_AT_ONCE).execute(query) as rows:
            for items, *row in rows:
                if NAMES[kind] in items:
                    found.append(Run(*row))
                if len(found) == most:
                    break
        if not found:
            raise DatabaseError(f"no crawl of {NAMES[kind]} has written to it yet")
        return found

    def changes(self, wanted: Wanted) -> Iterator[Change] | Iterator[DeveloperChange]:
        """Changes in the order in which they were found; of apps' records `Change`, of developers' `DeveloperChange`.

        Raises:
            DatabaseError: the database is gone.
        """
        table = TABLES[wanted.kind]
        make, name = (DeveloperChange, "name") if wanted.kind is Developer else (Change, "title")
        names = (*key(wanted.kind), *_OF_EACH)
        called = table.c[name] if name in table.c else null()
        query = (
            select(changes, called.label("called"))
            .join(table, same_key(table), isouter=True)
            .where(changes.c.item == table.name)
            .order_by(changes.c.at, changes.c.id)
        )
        try:
            for row in (
                self.connection.execution_options(yield_per=_AT_ONCE)
                .execute(_narrowed(query, wanted))
                .mappings()
            ):
                yield make(**{each: row[each] for each in names}, **{name: row["called"]}, run=row["run_id"])
        except SQLAlchemyError as error:
            raise DatabaseError(told(error)) from error

    def close(self) -> None:
        self.connection.close()
        self._engine.dispose()

    def _problem(self) -> str | None:
        """Why nothing can be told."""
        migration = self.connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if migration is not None and migration < MIGRATION:
            return f"it is of an earlier version of playfast (migration {migration}); the next crawl into it completes it"
        written = self.connection.execute(select(runs.c.id).limit(1)).scalar()
        return "no crawl has written to it yet" if written is None else None


def same_key(table: Table) -> Any:
    """That a change is of a record in a table."""
    same = [changes.c[column.name] == column for column in table.primary_key]
    return and_(changes.c.item == table.name, *same)


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
