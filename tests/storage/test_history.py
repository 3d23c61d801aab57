"""What is told of the past of one class of records, beside the crawls of others."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from playfast import storage
from playfast.errors import DatabaseError
from playfast.items import App, Availability, Change, Developer, DeveloperChange, Permissions, Review
from playfast.storage.findings import Wanted
from tests.storage.keeping import write

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
KEY = {"app_id": "com.example.one", "country": "us", "lang": "en", "status": "available", "via": "rpc"}


def record(kind, week, **values):
    return kind(**{**KEY, "fetched_at": FIRST + timedelta(days=7 * week), **values})


def developer(week, **values):
    given = {**KEY, "asked": "Example Ltd.", "fetched_at": FIRST + timedelta(days=7 * week), **values}
    del given["app_id"]
    return Developer(**given)


def review(week):
    return Review(
        app_id="com.example.one", lang="en", review_id=str(week), fetched_at=FIRST + timedelta(days=7 * week)
    )


@pytest.fixture
def crawls(address):
    """Two weekly crawls of each, one after the other; the numbers of those of apps are 1 and 5."""
    for week in (0, 1):
        write(address, record(App, week, title="One", version=f"{week}.0", exact_installs=100 + week))
        write(address, record(Permissions, week, title="One", stated=bool(week)))
        write(address, developer(week, name=f"Example {week}"))
        write(address, review(week))
    return address


def told(address, **wanted):
    with closing(storage.reading(address)) as history:
        return [*history.changes(Wanted(**wanted))]


def test_changes_are_those_of_one_class_of_records(crawls):
    assert [(one.field, one.after) for one in told(crawls)] == [
        ("status", "available"),
        ("exact_installs", 101),
        ("version", "1.0"),
    ]
    at = FIRST + timedelta(7)
    assert told(crawls, kind=Permissions, since=at) == [
        Change(**_place(at), title="One", field="stated", before=False, after=True, run=6)
    ]
    assert told(crawls, kind=Availability) == []


def _place(at):
    return {"at": at, "app_id": "com.example.one", "country": "us", "lang": "en"}


def test_those_of_developers_are_told_by_what_was_asked(crawls):
    place = {"asked": "Example Ltd.", "country": "us", "lang": "en", "name": "Example 1"}
    assert told(crawls, kind=Developer) == [
        DeveloperChange(at=FIRST, **place, field="status", before=None, after="available", run=3),
        DeveloperChange(
            at=FIRST + timedelta(7), **place, field="name", before="Example 0", after="Example 1", run=7
        ),
    ]


def test_the_last_crawl_is_the_last_of_its_class(crawls):
    with closing(storage.reading(crawls)) as history:
        assert [run.number for run in history.runs(9, App)] == [5, 1]
        assert [run.number for run in history.runs(1, Developer)] == [7]
        with pytest.raises(DatabaseError, match="no crawl of availability has written to it yet"):
            history.runs(1, Availability)


def test_the_page_tells_of_apps_as_if_there_were_no_other_crawls(crawls, tmp_path):
    alone = f"sqlite:///{tmp_path / 'alone.db'}"
    for week in (0, 1):
        write(alone, record(App, week, title="One", version=f"{week}.0", exact_installs=100 + week))
    summary, due = storage.summarized(crawls), storage.summarized(alone)
    assert (summary.run.number, summary.before.number) == (5, 1)
    assert dict(summary.counts) == dict(due.counts) == {"version": 1, "exact_installs": 1}
    assert (summary.moved, summary.most, summary.records) == (due.moved, due.most, due.records)
    assert [(point.available, point.totals) for point in summary.points] == [
        (1, {"exact_installs": 100, "ratings": None}),
        (1, {"exact_installs": 101, "ratings": None}),
    ]


def test_without_a_crawl_of_apps_there_is_nothing_to_tell_of_them(address):
    write(address, review(0))
    with pytest.raises(DatabaseError, match="no crawl of apps has written to it yet"):
        storage.summarized(address)


def test_a_crawl_is_of_all_classes_that_it_is_after(address):
    write(address, review(0), developer(0))
    write(address, record(App, 1))
    with closing(storage.reading(address)) as history:
        assert [run.number for kind in (Review, Developer, App) for run in history.runs(1, kind)] == [1, 1, 2]
