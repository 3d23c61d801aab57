"""A database of records: what a crawl writes into it, in batches, each in a transaction of its own.

Everything here may be done again: a batch whose transaction was lost with the connection is written once more, and changes nothing where
it had been kept after all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import insert, update
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
    StatementError,
)

from playfast.errors import DatabaseError
from playfast.play.fields import sources
from playfast.storage.connection import connect, is_lost, patiently, told
from playfast.storage.field_sets import FieldSets
from playfast.storage.kinds import NAMES, RECORDS
from playfast.storage.records import Records
from playfast.storage.rows import Rows
from playfast.storage.schema import runs
from playfast.storage.upgrade import upgrade

T = TypeVar("T")


class Written(NamedTuple):
    """What came of a batch: records kept, changes found, records that the database refuses, and why the last of these."""

    records: int
    changes: int
    refused: int = 0
    reason: str = ""

    def plus(self, other: Written) -> Written:
        """Both together."""
        return Written(
            self.records + other.records,
            self.changes + other.changes,
            self.refused + other.refused,
            other.reason or self.reason,
        )


class Database:
    """A database of records, used by one thread at a time; made or completed when it is opened.

    Args:
        address: `sqlite:///...` or `postgresql://...`.
        patience: seconds for which a database that is not to be reached is waited for.
        waits: told why, before each pause; whether to go on at all.

    Raises:
        DatabaseError: it cannot be used; the text says why, without the password.
    """

    def __init__(
        self, address: str, *, patience: float = 0.0, waits: Callable[[str], bool] = lambda _: True
    ) -> None:
        self._engine = connect(address, write=True)
        self._patience, self._waits = patience, waits
        self._sets = FieldSets()
        self._keepers: dict[type[Any], Records | Rows] = {}
        try:
            with self._engine.begin() as connection:
                upgrade(connection)
        except SQLAlchemyError as error:
            self.close()
            raise DatabaseError(told(error)) from error
        except DatabaseError:
            self.close()
            raise

    def keeps(self, kind: type[Any]) -> bool:
        """Whether there is a table for records of a class."""
        return kind in NAMES

    def begin_run(self, spider: str, arguments: Mapping[str, str], kinds: Iterable[type[Any]]) -> int:
        """Enter a crawl that is after items of some classes; returns its number."""
        values = {
            "spider": spider,
            "items": [NAMES[kind] for kind in kinds if kind in NAMES],
            "arguments": dict(arguments),
            "started_at": datetime.now(UTC),
        }

        def enter() -> int:
            with self._engine.begin() as connection:
                return int(connection.execute(insert(runs).returning(runs.c.id), values).scalar_one())

        return self._patiently(enter)

    def end_run(self, run: int, outcome: str) -> None:
        """A crawl has ended, with this reason."""
        ended = update(runs).where(runs.c.id == run).values(ended_at=datetime.now(UTC), outcome=outcome)

        def enter() -> None:
            with self._engine.begin() as connection:
                connection.execute(ended)

        self._patiently(enter)

    def write(self, run: int, items: Sequence[Any], names: Mapping[type[Any], Iterable[str]]) -> Written:
        """Keep records, and what has changed in them.

        Args:
            run: number of the crawl.
            items: of classes that are kept.
            names: the fields that were asked for, of classes of which not all were.

        Returns:
            What came of it. A record that the database refuses costs no other its place.

        Raises:
            DatabaseError: nothing of them is kept, or not all.
        """
        return self._patiently(lambda: self._write(run, items, names))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _write(self, run: int, items: Sequence[Any], names: Mapping[type[Any], Iterable[str]]) -> Written:
        try:
            with self._engine.begin() as connection:
                found = 0
                for kind, alike in _by_class(items):
                    keeper = self._keeper(kind)
                    for batch in _distinct(alike, keeper.key_of):
                        found += keeper.write(connection, run, batch, names.get(kind) or sources(kind))
            return Written(len(items), found)
        except SQLAlchemyError as error:
            self._sets.forget()
            if is_lost(error) or not _is_of_a_record(error):
                raise
            if len(items) == 1:
                return Written(0, 0, 1, told(error))
        half = len(items) // 2
        return self._write(run, items[:half], names).plus(self._write(run, items[half:], names))

    def _keeper(self, kind: type[Any]) -> Records | Rows:
        if kind not in self._keepers:
            of_records = kind in RECORDS.values()
            self._keepers[kind] = Records(kind, self._sets) if of_records else Rows(kind)
        return self._keepers[kind]

    def _patiently(self, work: Callable[[], T]) -> T:
        return patiently(self._engine, work, self._patience, self._waits)


def _by_class(items: Iterable[Any]) -> list[tuple[type[Any], list[Any]]]:
    """Items of each class, in order; the classes in the order of their names, so that two crawls meet the tables in the same one."""
    found: dict[type[Any], list[Any]] = {}
    for item in items:
        found.setdefault(type(item), []).append(item)
    return sorted(found.items(), key=lambda entry: NAMES[entry[0]])


def _distinct(items: Iterable[Any], key_of: Callable[[Any], tuple[str, ...]]) -> Iterator[list[Any]]:
    """Runs of items of one class in which no key comes twice, in order."""
    batch: dict[tuple[str, ...], Any] = {}
    for item in items:
        key = key_of(item)
        if key in batch:
            yield [*batch.values()]
            batch = {}
        batch[key] = item
    if batch:
        yield [*batch.values()]


def _is_of_a_record(error: Exception) -> bool:
    """Whether an error may be due to a value."""
    if isinstance(error, DBAPIError):
        return isinstance(error, DataError | IntegrityError | ProgrammingError)
    return isinstance(error, StatementError)  # a value that does not fit its column's type
