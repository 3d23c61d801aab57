"""`scrapy changes`: what is asked of it, where it writes, and all mistakes at once."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from playfast.items import App, Developer, Permissions
from tests.conftest import ROOT

pytest.importorskip(
    "sqlalchemy", reason="needs SQLAlchemy and Alembic: pip install 'playfast-scrapy[database]'"
)
pytest.importorskip("alembic", reason="needs SQLAlchemy and Alembic: pip install 'playfast-scrapy[database]'")

FIRST = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def app(week, **values):
    key = {"app_id": "com.example.one", "country": "us", "lang": "en", "status": "available", "via": "rpc"}
    return App(
        **{
            **key,
            "fetched_at": FIRST + timedelta(days=7 * week),
            "title": "=One",
            "histogram": (1, 2, 3, 4, week),
            **values,
        }
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Three weekly crawls of one app in two countries."""
    from playfast.storage.database import Database  # noqa: PLC0415 - it may not be installed

    address = f"sqlite:///{tmp_path_factory.mktemp('kept') / 'kept.db'}"
    with closing(Database(address)) as opened:
        for week in range(3):
            run = opened.begin_run("apps", {}, [App])
            items = [app(week, version=f"{week}.0"), app(week, country="kr", version="1")]
            opened.write(run, items, {})
            opened.end_run(run, "finished")
    return address


@pytest.fixture
def changes(tmp_path):
    def run(*arguments, **env):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
        command = [sys.executable, "-m", "scrapy", "changes", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False
        )

    return run


def lines(done):
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


def test_without_more_it_tells_what_the_last_crawl_found_in_json_lines(changes, database):
    told = lines(changes("--database", database))
    assert sorted((one["country"], one["field"], one["before"], one["after"]) for one in told) == [
        ("kr", "histogram", [1, 2, 3, 4, 1], [1, 2, 3, 4, 2]),
        ("us", "histogram", [1, 2, 3, 4, 1], [1, 2, 3, 4, 2]),
        ("us", "version", "1.0", "2.0"),
    ]
    assert {one["run"] for one in told} == {3}
    assert {one["title"] for one in told} == {"=One"}
    assert told[0]["at"] == "2026-11-16T03:00:00+00:00"


def test_since_takes_a_date_a_moment_and_a_zone(changes, database):
    def count(since):
        return len(lines(changes("--database", database, "--since", since)))

    assert count("2026-11-01") == 2 + 3 + 3
    assert count("2026-11-09T03:00:00") == 3 + 3
    assert count("2026-11-09T04:00:00+01:00") == 3 + 3
    assert count("2026-11-09T03:00:01") == 3
    assert count("2027-01-01") == 0


def test_fields_countries_and_the_environments_database_narrow_it(changes, database):
    told = lines(
        changes(
            "--since",
            "2026-11-01",
            "--fields",
            "status,version",
            "--countries",
            "kr",
            PLAYFAST_DATABASE=database,
        )
    )
    assert [(one["country"], one["field"], one["before"], one["after"]) for one in told] == [
        ("kr", "status", None, "available")
    ]
    assert not lines(changes("--since", "2026-11-01", "--langs", "de", "--database", database))
    assert len(lines(changes("--since", "2026-11-01", "--fields", "Version", "--database", database))) == 2
    assert len(lines(changes("--since", "2026-11-01", "--fields", "all", "--database", database))) == 8


def test_feeds_have_the_formats_of_crawls(changes, database, tmp_path):
    since = ("--database", database, "--since", "2026-11-01", "--fields", "version,histogram,status")
    for name in ("a.csv", "a.csv.gz", "a.json", "a.xml", "a.jsonl"):
        done = changes(*since, "-O", name)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr
    plain = (tmp_path / "a.csv").read_bytes().decode()
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()).decode() == plain
    rows = list(csv.DictReader(io.StringIO(plain)))
    assert len(rows) == len(json.loads((tmp_path / "a.json").read_text())) == 8
    assert rows[0]["title"] == "'=One"
    assert {row["after"] for row in rows if row["field"] == "histogram"} == {"[1,2,3,4,1]", "[1,2,3,4,2]"}
    assert changes(*since, "-O", "b.data:csv").returncode == 0
    assert (tmp_path / "b.data").read_bytes().decode() == plain


def test_a_table_of_parquet_has_values_as_json(changes, database, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow")
    assert changes("--database", database, "-O", "a.parquet").returncode == 0
    table = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert {(row["field"], row["after"]) for row in table} == {
        ("version", '"2.0"'),
        ("histogram", "[1,2,3,4,2]"),
    }
    assert changes("--database", database, "--since", "2027-01-01", "-O", "none.parquet").returncode == 0
    assert pq.read_table(tmp_path / "none.parquet").column_names[0] == "at"


def test_all_mistakes_are_told_at_once(changes):
    done = changes("x", "--since", "yesterday", "--fields", "titel", "--countries", "uk", "-O", "x.jsn")
    told = done.stderr.decode()
    assert done.returncode == 2
    for due in (
        "'x'",
        "which database?",
        "--since yesterday",
        "did you mean title?",
        "did you mean gb?",
        "there is no format 'jsn'",
    ):
        assert due in told


@pytest.mark.parametrize("address", ["sqlite:///none.db", "postgresql://me:secret@127.0.0.1:9/x", "kept.db"])
def test_a_database_that_cannot_be_read_is_told_without_a_password(changes, address, tmp_path):
    done = changes("--database", address)
    assert done.returncode == 2
    assert done.stderr.startswith(b"scrapy changes: database: ")
    assert b"secret" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_feed_that_cannot_be_written_leaves_what_stands_there(changes, database, tmp_path):
    done = changes("--database", database, "-O", "no/such/a.csv")
    assert done.returncode == 1
    assert b"no/such/a.csv" in done.stderr
    (tmp_path / "a.csv").mkdir()
    assert changes("--database", database, "-O", "a.csv").returncode == 1
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".a.csv")]


def test_a_reader_who_has_enough_is_no_trouble(database, tmp_path):
    command = f"{sys.executable} -m scrapy changes --database {database} --since 2026-11-01 | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """A crawl of apps, then three of developers and one of permissions."""
    from playfast.storage.database import Database  # noqa: PLC0415 - it may not be installed

    address = f"sqlite:///{tmp_path_factory.mktemp('kept') / 'several.db'}"
    key = {"country": "us", "lang": "en", "status": "available", "via": "rpc"}
    with closing(Database(address)) as opened:
        for week, items in enumerate(
            [
                [app(0)],
                [Developer(**key, asked="=Example", name="One", apps=1, stopped="end")],
                [Developer(**key, asked="=Example", name="Two", apps=2, stopped="end")],
                [Developer(**key, asked="=Example", name="Three", apps=2, stopped="end")],
                [Permissions(**key, app_id="com.example.one", title="One", stated=False)],
            ]
        ):
            for item in items:
                item.fetched_at = FIRST + timedelta(days=7 * week)
            opened.write(opened.begin_run("x", {}, {type(item) for item in items}), items, {})
    return address


def test_without_more_the_changes_are_those_of_apps_whatever_was_crawled_since(changes, several):
    (told,) = lines(changes("--database", several))
    assert (told["app_id"], told["field"], told["run"]) == ("com.example.one", "status", 1)
    assert len(lines(changes("--database", several, "--since", "2020-01-01"))) == 1


def test_changes_of_another_kind_of_record_are_asked_for_by_its_name(changes, several, tmp_path):
    (told,) = lines(changes("--database", several, "--item", "developers"))
    assert told == {
        "at": "2026-11-23T03:00:00+00:00", "asked": "=Example", "country": "us", "lang": "en", "name": "Three", "field": "name",
        "before": "Two", "after": "Three", "run": 4,
    }  # fmt: skip
    given = ("--database", several, "--since", "2026-11-01")
    told = lines(changes(*given, "--item", "developers", "--fields", "apps,status"))
    assert [(one["field"], one["before"], one["after"]) for one in told] == [
        ("status", None, "available"),
        ("apps", 1, 2),
    ]
    (told,) = lines(changes("--database", several, "--item", "permissions"))
    assert (told["app_id"], told["title"], told["field"], told["run"]) == (
        "com.example.one",
        "One",
        "status",
        5,
    )
    assert changes(*given, "--item", "developers", "-O", "a.csv").returncode == 0
    (first, *_) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8")))
    assert [*first] == ["at", "asked", "country", "lang", "name", "field", "before", "after", "run"]
    assert first["asked"] == "'=Example"


def test_a_kind_of_record_that_is_none_or_was_never_crawled_is_told(changes, several):
    done = changes("--database", several, "--item", "reviews", "--fields", "titel")
    assert done.returncode == 2
    assert (
        b"--item reviews: there are apps, permissions, data_safety, availability, developers" in done.stderr
    )
    done = changes("--database", several, "--item", "developers", "--fields", "version")
    assert (done.returncode, b"version" in done.stderr) == (2, True)
    done = changes("--database", several, "--item", "availability")
    assert done.returncode == 2
    assert done.stderr == b"scrapy changes: database: no crawl of availability has written to it yet\n"
