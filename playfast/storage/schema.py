"""The tables: one for each class of items, with a column for each of its fields; the runs; what has changed.

What stands here beside the declared fields is made by the migrations (`migrations/versions`); a column for a field is added when it is
first needed (`upgrade`), so that adding a field is adding its line in `playfast.items`, here too.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from playfast.storage.kinds import ONCE, RECORDS, SERIES, key
from playfast.storage.types import Moment, Nested, column_type

MIGRATION = "0003"
"""The last of the migrations."""
metadata = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up for this word alone
_IS_ASKED = text("asked IS NOT NULL")  # most changes are of apps, which then cost nothing there

runs = Table(
    "runs",
    metadata,
    Column("id", _NUMBER, Identity(), primary_key=True),
    Column("spider", Text, nullable=False),
    Column("items", Nested, nullable=False, server_default=text("'[]'")),
    Column("arguments", Nested, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Text),
)
"""Each crawl: `items` are the tables of what it is after, `outcome` is the reason Scrapy gives for its end; None under way, or where it was
killed."""

changes = Table(
    "changes",
    metadata,
    Column("id", _NUMBER, Identity(), primary_key=True),
    Column("run_id", _NUMBER, ForeignKey("runs.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("item", Text, nullable=False),
    Column("app_id", Text),
    Column("asked", Text),
    Column("country", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Nested),
    Column("after", Nested),
    Index("changes_of_key", "app_id", "country", "lang", "at"),
    Index(
        "changes_of_asked",
        "asked",
        "country",
        "lang",
        "at",
        sqlite_where=_IS_ASKED,
        postgresql_where=_IS_ASKED,
    ),
    Index("changes_at", "at"),
    Index("changes_of_run", "run_id"),
)
"""One value of one record that has changed; `item` is the record's table, and the columns of that table's key say which it is: `app_id`, or
`asked` of a developer. The first record of a key is one change: of `status`, from None."""

field_sets = Table(
    "field_sets",
    metadata,
    Column("id", _NUMBER, Identity(), primary_key=True),
    Column("names", Nested, nullable=False),
)
"""Which fields records were asked for; there are few of these, and each record names the one of all that it was ever asked for."""


def _columns(kind: type[Any]) -> Iterator[Column[Any]]:
    """A column for each field of a class; those of the key are never empty."""
    hints, of_key = typing.get_type_hints(kind), key(kind)
    for field in dataclasses.fields(kind):
        name = field.name
        yield Column(name, column_type(hints[name]), primary_key=name in of_key, nullable=name not in of_key)


def _records(name: str, kind: type[Any]) -> Table:
    """The table for records of which the newest is kept.

    Beside the fields: when there was a first record; when the values were read, which is before the last record came where the app is gone
    now; when it last got no answer, and why; the fields it was ever asked for; the run that wrote it last.
    """
    return Table(
        name,
        metadata,
        *_columns(kind),
        Column("first_seen_at", Moment),
        Column("seen_at", Moment),
        Column("failed_at", Moment),
        Column("failure", Text),
        Column("known", _NUMBER, ForeignKey("field_sets.id")),
        Column("run_id", _NUMBER, ForeignKey("runs.id"), nullable=False),
    )


def _once(name: str, kind: type[Any]) -> Table:
    """The table for rows that are kept once; beside the fields, when it came first, and the run that wrote it last."""
    return Table(
        name,
        metadata,
        *_columns(kind),
        Column("first_seen_at", Moment, nullable=False),
        Column("run_id", _NUMBER, ForeignKey("runs.id"), nullable=False),
    )


def _series(name: str, kind: type[Any]) -> Table:
    """The table for what is kept of every run: the run is the last part of the key, so that the history of one thing stands together."""
    return Table(
        name,
        metadata,
        *_columns(kind),
        Column("run_id", _NUMBER, ForeignKey("runs.id"), primary_key=True),
        PrimaryKeyConstraint(*key(kind), "run_id"),
        Index(f"{name}_of_run", "run_id"),
    )


TABLES: dict[type[Any], Table] = {
    **{kind: _records(name, kind) for name, kind in RECORDS.items()},
    **{kind: _once(name, kind) for name, kind in ONCE.items()},
    **{kind: _series(name, kind) for name, kind in SERIES.items()},
}
"""The table of each class of items that is kept."""
