"""Which fields a record was ever asked for, as a number."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from playfast.storage.schema import field_sets


class FieldSets:
    """The sets of a database, as far as they were met."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._names: dict[int, frozenset[str]] = {}

    def number(self, connection: Connection, names: frozenset[str]) -> int:
        """The number of a set; a new one is entered."""
        if names not in self._numbers:
            self._learn(connection)
        if names not in self._numbers:
            made = connection.execute(insert(field_sets).returning(field_sets.c.id), {"names": sorted(names)})
            self._remember(int(made.scalar_one()), names)
        return self._numbers[names]

    def names(self, connection: Connection, number: int | None) -> frozenset[str]:
        """The fields of a set; none for None."""
        if number is None:
            return frozenset()
        if number not in self._names:
            self._learn(connection)
        return self._names[number]

    def forget(self) -> None:
        """A transaction was rolled back, and perhaps a set with it."""
        self._numbers.clear()
        self._names.clear()

    def _learn(self, connection: Connection) -> None:
        for number, names in connection.execute(select(field_sets.c.id, field_sets.c.names)):
            self._remember(number, frozenset(names))

    def _remember(self, number: int, names: frozenset[str]) -> None:
        self._numbers.setdefault(names, number)
        self._names[number] = names
