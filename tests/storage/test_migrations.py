"""Databases of earlier versions become what this one needs, with all that is in them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, select, text

from playfast import storage
from playfast.errors import DatabaseError
from playfast.items import App, Developer, Review
from playfast.storage.connection import connect
from playfast.storage.database import Database
from playfast.storage.schema import MIGRATION, TABLES, changes, field_sets, metadata, runs
from playfast.storage.upgrade import add_columns, configuration
from tests.storage.keeping import everything, read, write

APPS = TABLES[App]
FIRST = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)
KEY = {"app_id": "com.example.one", "country": "us", "lang": "en"}
TOLD = {**KEY, "status": "available", "via": "rpc"}
CHANGE = {**KEY, "item": "apps", "at": FIRST}
OLD = {
    "runs": {"spider": "apps", "arguments": {"ids": "x"}, "started_at": FIRST, "outcome": "finished"},
    "field_sets": {"names": ["title", "version"]},
    "apps": {
        **TOLD, "title": "Öne", "version": "1.0", "fetched_at": FIRST, "first_seen_at": FIRST, "seen_at": FIRST, "known": 1, "run_id": 1,
    },
    "changes": [
        {**CHANGE, "run_id": 1, "field": "status", "before": None, "after": "available"},
        {**CHANGE, "run_id": 1, "field": "version", "before": "0.9", "after": "1.0"},
    ],
}  # fmt: skip
"""What a crawl of the version of migration 0001 left."""


def connected(address, work):
    """Do something in a transaction."""
    engine = connect(address, write=True)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


@pytest.fixture
def first(address):
    """A database of migration 0001 in which a crawl has left something."""

    def fill(connection: Connection) -> None:
        command.upgrade(configuration(connection), "0001")
        add_columns(connection, [APPS])
        for table in (runs, field_sets, APPS, changes):
            connection.execute(insert(table), OLD[table.name])

    connected(address, fill)
    return address


def test_a_database_of_the_first_migration_keeps_all_that_is_in_it(first):
    Database(first).close()
    (run,) = read(first, select(runs))
    assert (run["id"], run["items"], run["started_at"], run["arguments"]) == (
        1,
        ["apps"],
        FIRST,
        {"ids": "x"},
    )
    (row,) = read(first, select(APPS))
    assert {name: row[name] for name in OLD["apps"]} == OLD["apps"]
    rows = read(first, select(changes).order_by(changes.c.id))
    assert rows == [
        {"id": number, "asked": None, **change} for number, change in enumerate(OLD["changes"], start=1)
    ]
    assert read(first, select(field_sets)) == [{"id": 1, **OLD["field_sets"]}]


def test_its_history_goes_on(first):
    record = App(**TOLD, title="Öne", version="1.1", fetched_at=FIRST + timedelta(7))
    assert write(first, record, names={App: ["title", "version"]}).changes == 1
    developer = Developer(
        asked="Öne Ltd.", country="us", lang="en", status="available", via="rpc", fetched_at=FIRST
    )
    review = Review(app_id="com.example.one", lang="en", review_id="r", fetched_at=FIRST)
    assert write(first, developer, review).changes == 1
    *_, before, version, found = read(first, select(changes).order_by(changes.c.id))
    assert (version["id"], version["run_id"], version["before"], version["after"]) == (3, 2, "1.0", "1.1")
    assert (found["id"], found["item"], found["asked"], found["app_id"]) == (
        4,
        "developers",
        "Öne Ltd.",
        None,
    )
    assert before["after"] == "1.0"
    assert read(first, select(APPS.c.first_seen_at, APPS.c.version)) == [
        {"first_seen_at": FIRST, "version": "1.1"}
    ]


def test_until_a_crawl_completes_it_what_reads_it_says_what_is_due(first):
    with pytest.raises(DatabaseError, match=r"migration 0001.*the next crawl into it completes it"):
        storage.reading(first)
    Database(first).close()
    storage.reading(first).close()


@pytest.mark.parametrize("old", [False, True])
def test_the_migrations_make_what_is_declared(address, old, request):
    if old:
        request.getfixturevalue("first")
    Database(address).close()

    def compare(connection):
        # Types are compared by writing and reading; Alembic does not know those that are ours.
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        keys = {
            name: inspect(connection).get_pk_constraint(name)["constrained_columns"]
            for name in metadata.tables
        }
        return compare_metadata(context, metadata), keys

    found, keys = connected(address, compare)
    assert found == []
    assert keys == {
        table.name: [column.name for column in table.primary_key] for table in metadata.tables.values()
    }


def test_a_migration_is_taken_back_with_what_it_brought_and_nothing_else(first):
    old = connected(
        first, lambda connection: [*connection.execute(text("SELECT * FROM changes ORDER BY id"))]
    )
    write(first, Developer(asked="Öne", country="us", lang="en", status="available", fetched_at=FIRST))
    connected(first, lambda connection: command.downgrade(configuration(connection), "0001"))

    def look(connection):
        changed = [*connection.execute(text("SELECT * FROM changes ORDER BY id"))]
        return {*inspect(connection).get_table_names()}, changed

    tables, changed = connected(first, look)
    assert tables == {"alembic_version", "runs", "field_sets", "apps", "changes"}
    assert changed == old
    Database(first).close()
    assert len(everything(first)["apps"]) == 1


def test_a_table_without_a_column_for_a_new_field_gets_one(address):
    write(address, Review(app_id="com.example.one", lang="en", review_id="r", text="x", fetched_at=FIRST))
    connected(address, lambda connection: connection.execute(text("ALTER TABLE reviews DROP COLUMN stars")))
    with closing(Database(address)) as database:
        run = database.begin_run("reviews", {}, [Review])
        database.write(run, [Review(app_id="com.example.one", lang="en", review_id="s", stars=3)], {})
    stars = TABLES[Review].c.stars
    assert read(address, select(stars).order_by(stars.is_not(None))) == [{"stars": None}, {"stars": 3}]


def test_what_reads_knows_the_last_migration(tmp_path):
    def head(connection):
        return ScriptDirectory.from_config(configuration(connection)).get_current_head()

    assert connected(f"sqlite:///{tmp_path / 'x.db'}", head) == MIGRATION
