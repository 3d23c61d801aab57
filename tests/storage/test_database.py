"""What is kept of records, in both kinds of database."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import inspect, select, text

from playfast.errors import DatabaseError
from playfast.items import App
from playfast.play.fields import sources
from playfast.play.nested import Category
from playfast.storage import problem
from playfast.storage.connection import connect
from playfast.storage.database import Database
from playfast.storage.schema import TABLES, changes, runs
from playfast.storage.upgrade import upgrade

ALL = list(sources(App))
FIRST = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)
APPS = TABLES[App]


def app(app_id="com.example.one", *, week=0, status="available", **values):
    told = (
        {"title": "One", "version": "1.0", "price": 0.0, "ratings": 10, "score": 4.5}
        if status == "available"
        else {}
    )
    key = {"country": "us", "lang": "en", "status": status, "via": "rpc", "url": f"http://127.0.0.1:{week}/"}
    return App(app_id=app_id, fetched_at=FIRST + timedelta(days=7 * week), **{**key, **told, **values})


def write(address, *items, names=ALL):
    """A run of its own for these records; returns what came of it."""
    with closing(Database(address)) as database:
        run = database.begin_run("apps", {"ids": "x"}, [App])
        written = database.write(run, items, {App: names})
        database.end_run(run, "finished")
    return written


def read(address, query):
    engine = connect(address)
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
    engine.dispose()
    return rows


def kept(address, app_id="com.example.one"):
    (row,) = read(address, select(APPS).where(APPS.c.app_id == app_id))
    return row


def history(address):
    rows = read(address, select(changes).order_by(changes.c.id))
    return [(row["app_id"], row["field"], row["before"], row["after"]) for row in rows]


def test_a_record_comes_back_as_it_was_written(address):
    full = app(
        exact_installs=12_345_678_901,
        histogram=(1, 2, 3, 4, 5),
        icon_size=(512, 512),
        scores_by_device={"phone": 4.25},
        categories=(Category(id="GAME_WORD", name="Wörter 😀"),),
        updated=FIRST,
        contains_ads=False,
    )
    write(address, full)
    row = kept(address)
    assert row["exact_installs"] == 12_345_678_901
    assert (row["histogram"], row["icon_size"]) == ([1, 2, 3, 4, 5], [512, 512])
    assert row["scores_by_device"] == {"phone": 4.25}
    assert row["categories"] == [{"id": "GAME_WORD", "name": "Wörter 😀"}]
    assert row["updated"] == row["fetched_at"] == row["seen_at"] == row["first_seen_at"] == FIRST
    assert row["contains_ads"] is False
    assert row["summary"] is None


def test_the_first_record_is_one_change_and_the_same_again_is_none(address):
    assert write(address, app()).changes == 1
    assert write(address, app(week=1)).changes == 0
    assert history(address) == [("com.example.one", "status", None, "available")]
    row = kept(address)
    assert (row["fetched_at"], row["first_seen_at"]) == (FIRST + timedelta(days=7), FIRST)
    assert row["url"] == "http://127.0.0.1:1/"


def test_each_changed_value_is_a_row_with_both(address):
    write(address, app(updated=FIRST, histogram=(1, 1, 1, 1, 1)))
    write(
        address,
        app(
            week=1,
            version="1.1",
            price=2.5,
            ratings=None,
            updated=FIRST + timedelta(1),
            histogram=(1, 1, 1, 1, 2),
        ),
    )
    assert sorted(history(address)[1:], key=lambda row: row[1]) == [
        ("com.example.one", "histogram", [1, 1, 1, 1, 1], [1, 1, 1, 1, 2]),
        ("com.example.one", "price", 0.0, 2.5),
        ("com.example.one", "ratings", 10, None),
        ("com.example.one", "updated", FIRST.isoformat(), (FIRST + timedelta(1)).isoformat()),
        ("com.example.one", "version", "1.0", "1.1"),
    ]
    assert (kept(address)["version"], kept(address)["ratings"]) == ("1.1", None)
    when = {row["at"] for row in read(address, select(changes)) if row["field"] != "status"}
    assert when == {FIRST + timedelta(days=7)}


def test_an_app_that_is_gone_keeps_what_was_last_said_of_it(address):
    write(address, app())
    write(address, app(week=1, status="not_found"))
    write(address, app(week=2, version="2.0"))
    assert [row[1:] for row in history(address)] == [
        ("status", None, "available"),
        ("status", "available", "not_found"),
        ("status", "not_found", "available"),
        ("version", "1.0", "2.0"),
    ]


def test_while_it_is_gone_the_row_says_so_and_since_when_its_values_are(address):
    write(address, app())
    write(address, app(week=1, status="not_found"))
    row = kept(address)
    assert (row["status"], row["title"]) == ("not_found", "One")
    assert (row["seen_at"], row["fetched_at"]) == (FIRST, FIRST + timedelta(days=7))


def test_no_answer_costs_nothing_that_is_there(address):
    write(address, app())
    write(address, app(week=1, status="error", error="no answer", via=None))
    row = kept(address)
    assert (row["status"], row["title"], row["failure"]) == ("available", "One", "no answer")
    assert row["failed_at"] is not None
    assert len(history(address)) == 1
    write(address, app("com.example.two", status="error", error="no answer", via=None))
    assert kept(address, "com.example.two")["status"] == "error"
    write(address, app("com.example.two", week=1))
    assert history(address)[1:] == [("com.example.two", "status", None, "available")]


def test_fields_that_were_not_asked_for_are_left_alone(address):
    write(address, app())
    write(
        address, app(week=1, version=None, price=3.0), names=["app_id", "country", "lang", "status", "price"]
    )
    assert history(address)[1:] == [("com.example.one", "price", 0.0, 3.0)]
    assert kept(address)["version"] == "1.0"


def test_fields_that_are_asked_for_for_the_first_time_are_no_changes(address):
    write(address, app(), names=["title"])
    assert kept(address)["version"] is None
    write(address, app(week=1, title="New"))
    assert history(address)[1:] == [("com.example.one", "title", "One", "New")]
    assert kept(address)["version"] == "1.0"
    write(address, app(week=2, title="New", version="3"))
    assert history(address)[2:] == [("com.example.one", "version", "1.0", "3")]


def test_what_only_pages_tell_is_left_alone_by_other_records(address):
    write(address, app(via="page", phone_score=4.0))
    write(address, app(week=1))
    assert kept(address)["phone_score"] == 4.0
    assert len(history(address)) == 1


def test_each_country_and_language_has_a_record_of_its_own(address):
    write(address, app(), app(country="kr"), app(lang="ko"))
    assert len(read(address, select(APPS))) == 3


def test_a_key_that_comes_twice_in_a_batch_ends_with_the_last(address):
    assert write(address, app(), app("com.example.two"), app(week=1, version="2")).records == 3
    assert kept(address)["version"] == "2"
    assert ("com.example.one", "version", "1.0", "2") in history(address)


def test_texts_that_a_database_cannot_hold_cost_no_record(address):
    write(address, app(title="a\0b\ud800c", categories=(Category(id="X\0", name="y"),)))
    row = kept(address)
    assert row["title"] == "a\ufffdb\ufffdc"
    assert row["categories"] == [{"id": "X\ufffd", "name": "y"}]


def test_a_record_that_is_refused_costs_no_other_its_place(address):
    many = [app(f"com.example.a{number}") for number in range(20)]
    many[7].updated = "yesterday"
    written = write(address, *many)
    assert (written.records, written.refused) == (19, 1)
    assert written.reason
    assert len(read(address, select(APPS))) == 19


def test_a_batch_that_is_written_again_changes_nothing(address):
    with closing(Database(address)) as database:
        run = database.begin_run("apps", {}, [App])
        for _ in range(2):
            database.write(run, [app(), app("com.example.two", version="2")], {})
    assert len(history(address)) == 2


def test_runs_are_entered(address):
    write(address, app())
    (run,) = read(address, select(runs))
    assert (run["spider"], run["arguments"], run["outcome"]) == ("apps", {"ids": "x"}, "finished")
    assert run["started_at"] <= run["ended_at"]


def test_a_database_without_a_column_for_a_new_field_gets_one(address):
    write(address, app())
    engine = connect(address, write=True)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE apps DROP COLUMN version"))
    with engine.begin() as connection:
        upgrade(connection)
    with engine.connect() as connection:
        assert "version" in {column["name"] for column in inspect(connection).get_columns("apps")}
    engine.dispose()
    write(address, app(week=1))
    assert kept(address)["version"] == "1.0"


def test_the_tables_are_as_declared(address):
    write(address, app())
    engine = connect(address)
    with engine.connect() as connection:
        there = inspect(connection)
        for table in (APPS, changes, runs):
            found = {column["name"] for column in there.get_columns(table.name)}
            assert found == {column.name for column in table.columns}
        assert there.get_pk_constraint("apps")["constrained_columns"] == ["app_id", "country", "lang"]
    engine.dispose()


def test_a_database_of_a_later_version_is_left_alone(address):
    write(address, app())
    engine = connect(address, write=True)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DatabaseError, match="later version of playfast"):
        Database(address)


@pytest.mark.parametrize(
    ("address", "due"),
    [
        ("apps.db", "'apps.db' is no address"),
        ("mysql://a:secret@b/c", "'mysql' is no kind"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://a:secret@127.0.0.1", "names no database"),
        ("postgresql://a:secret@127.0.0.1:x/y", "is no address"),
        ("postgresql://a:secret@127.0.0.1:9/y", "refused"),
        ("sqlite:////no/such/folder/x.db", "unable to open"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(address, due):
    told = problem(address, write=True)
    assert due in told
    assert "secret" not in told
