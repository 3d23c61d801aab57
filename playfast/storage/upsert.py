"""Putting a row in the place of the one with its key: said in the same way in SQLite and PostgreSQL, but not in standard SQL."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(table: Table, dialect: str, columns: Iterable[str], *, once: Container[str] = ()) -> Any:
    """The statement for rows with these columns.

    Args:
        table: where to.
        dialect: SQLAlchemy's name of the kind of database.
        columns: that are written; the others of a row that is there stay as they are.
        once: of these, those that stay as they are as well.
    """
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(table)
    key = [column.name for column in table.primary_key]
    news = {name: statement.excluded[name] for name in columns if name not in key and name not in once}
    if not news:  # a row that is its key: the one that is there is the same
        return statement.on_conflict_do_nothing(index_elements=key)
    return statement.on_conflict_do_update(index_elements=key, set_=news)
