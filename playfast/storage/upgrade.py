"""Brings a database to what this version of playfast needs: Alembic's migrations, then columns for fields that are new."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Table, inspect, text

from playfast.errors import DatabaseError
from playfast.storage.schema import TABLES

_LOCK = 0x706C6179  # any number, as long as it is ours


def upgrade(connection: Connection) -> None:
    """Make or complete the tables, in the connection's transaction.

    Raises:
        DatabaseError: the database is of a later version of playfast.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))  # crawls may start together
    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    context = MigrationContext.configure(connection)
    current = context.get_current_revision()
    if current is not None and current not in known:
        raise DatabaseError(
            f"it is of a later version of playfast (migration {current}); this one knows up to {max(known)}"
        )
    command.upgrade(config, "head")
    add_columns(connection, TABLES.values())


def add_columns(connection: Connection, tables: Iterable[Table]) -> None:
    """Give tables a column for each field that has none."""
    wanted = {table.name: table for table in tables}
    add = Operations(MigrationContext.configure(connection)).add_column
    for (_, name), columns in inspect(connection).get_multi_columns(filter_names=[*wanted]).items():
        found = {column["name"] for column in columns}
        for column in wanted[name].columns:
            if column.name not in found:
                add(name, Column(column.name, column.type))


def configuration(connection: Connection) -> Config:
    """What Alembic needs to know: where the migrations are, and the connection on which they run."""
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each of its parts
    config = Config()
    config.set_main_option("script_location", "playfast:storage/migrations")
    config.attributes["connection"] = connection
    return config
