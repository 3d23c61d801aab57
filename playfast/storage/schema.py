"""The tables: one for each class of items, with a column for each of its fields; the runs; what has changed.

What stands here beside the declared fields is made by the migrations (`migrations/versions`); a column for a field is added when it is
first needed (`upgrade`), so that adding a field is adding its line in `playfast.items`, here too.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Integer, MetaData, Table, Text

from playfast.items import App
from playfast.storage.types import Moment, Nested, column_type

metadata = MetaData()
KEY = ("app_id", "country", "lang")
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up for this word alone

runs = Table(
    "runs",
    metadata,
    Column("id", _NUMBER, Identity(), primary_key=True),
    Column("spider", Text, nullable=False),
    Column("arguments", Nested, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Text),
)
"""Each crawl: `outcome` is the reason Scrapy gives for its end; None under way, or where it was killed."""

changes = Table(
    "changes",
    metadata,
    Column("id", _NUMBER, Identity(), primary_key=True),
    Column("run_id", _NUMBER, ForeignKey("runs.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("item", Text, nullable=False),
    Column("app_id", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Nested),
    Column("after", Nested),
    Index("changes_of_key", "app_id", "country", "lang", "at"),
    Index("changes_at", "at"),
    Index("changes_of_run", "run_id"),
)
"""One value of one record that has changed. The first record of a key is one change: of `status`, from None."""

field_sets = Table(
    "field_sets",
    metadata,
    Column("id", _NUMBER, Identity(), primary_key=True),
    Column("names", Nested, nullable=False),
)
"""Which fields records were asked for; there are few of these, and each record names the one of all that it was ever asked for."""


def table_of(kind: type[Any], name: str) -> Table:
    """The table for a class of items.

    Beside the fields: when there was a first record; when the values were read, which is before the last record came where the app is gone
    now; when it last got no answer, and why; the fields it was ever asked for; the run that wrote it last.
    """
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return Table(
        name,
        metadata,
        *(
            Column(name, column_type(hints[name]), primary_key=name in KEY, nullable=name not in KEY)
            for name in names
        ),
        Column("first_seen_at", Moment),
        Column("seen_at", Moment),
        Column("failed_at", Moment),
        Column("failure", Text),
        Column("known", _NUMBER, ForeignKey("field_sets.id")),
        Column("run_id", _NUMBER, ForeignKey("runs.id"), nullable=False),
    )


TABLES = {App: table_of(App, "apps")}
"""The table of each class of items that is kept."""
