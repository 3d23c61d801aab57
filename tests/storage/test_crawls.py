"""Whole crawls into databases: twice, killed, and while the database is not there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from playfast.items import App
from playfast.storage.connection import connect
from playfast.storage.schema import TABLES, changes, runs
from tests.conftest import ROOT, UNPACED
from tests.waiting import until

pytestmark = pytest.mark.crawl
APPS = TABLES[App]


def rows(address, query):
    engine = connect(address)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]
    finally:
        engine.dispose()


def keys_and_statuses(address):
    return {
        tuple(row[:3]): row[3]
        for row in rows(address, select(APPS.c.app_id, APPS.c.country, APPS.c.lang, APPS.c.status))
    }


def kept(address):
    """How many records there are; 0 while there is no table, or no server."""
    try:
        return rows(address, select(func.count()).select_from(APPS))[0][0]
    except Exception as error:  # noqa: BLE001 - each kind of database has its own word for it
        assert isinstance(error, OperationalError) or "apps" in str(error)
        return 0


def listed(store, path, count):
    path.write_bytes(store.get(f"/_localstore/ids.txt?count={count}"))
    return f"ids={path}"


@contextmanager
def begun(store, address, *arguments, spider="apps"):
    """A crawl under way."""
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", spider, *arguments, *UNPACED],
        cwd=ROOT,
        env={**os.environ, "PLAYFAST_URL": store.address, "PLAYFAST_DATABASE": address},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def as_in(feed):
    """The keys and statuses of a feed, each record once."""
    with feed.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    counted = Counter((record["app_id"], record["country"], record["lang"]) for record in records)
    assert set(counted.values()) == {1}
    return {(record["app_id"], record["country"], record["lang"]): record["status"] for record in records}


def test_the_same_crawl_twice_changes_nothing(crawl, store, address, tmp_path):
    given = ("-a", listed(store, tmp_path / "ids.txt", 700), "-a", "countries=us,kr")
    report = tmp_path / "run.json"
    for _ in range(2):
        done = crawl(
            *given, "-s", f"PLAYFAST_REPORT={report}", store=store, env={"PLAYFAST_DATABASE": address}
        )
        assert done.exit_code == 0, done.log
        assert done.stats["playfast/database/records"] == 1400
        assert keys_and_statuses(address) == as_in(done.feed)
    assert done.stats["playfast/database/changes"] == 0
    assert rows(address, select(func.count()).select_from(changes)) == [(1400,)]
    assert [outcome for (outcome,) in rows(address, select(runs.c.outcome))] == ["finished", "finished"]
    assert "secret" not in report.read_text(encoding="utf-8") + done.log


def test_a_server_that_is_killed_and_started_again_costs_nothing(store, server, tmp_path):
    """20,000 apps; the server is killed when a quarter of them is in, and again at half."""
    address, feed = server.create("killed"), tmp_path / "apps.jsonl"
    given = listed(store, tmp_path / "ids.txt", 20_000)
    with begun(store, address, "-a", given, "-O", str(feed)) as process:
        for at in (5_000, 10_000):
            until(lambda at=at: kept(address) >= at or process.poll() is not None)
            assert process.poll() is None, process.stderr.read()
            server.kill()
            server.start()
        log = process.communicate(timeout=300)[1]
    assert process.returncode == 0, log
    assert "Waiting for the database" in log
    told = as_in(feed)
    assert len(told) == 20_000
    assert keys_and_statuses(address) == told
    history = rows(address, select(changes.c.app_id, changes.c.field))
    assert Counter(history) == Counter(dict.fromkeys(((app_id, "status") for app_id, _, _ in told), 1))


def test_a_crawl_that_is_killed_and_begun_again_has_every_record_once(store, address, tmp_path):
    given = ("-a", listed(store, tmp_path / "ids.txt", 6_000), "-a", f"ledger={tmp_path / 'run.db'}")
    feed = tmp_path / "apps.jsonl"
    for at in (1, 3_000):
        with begun(store, address, *given, "-o", str(feed)) as process:
            until(lambda at=at: kept(address) >= at or process.poll() is not None)
            process.kill()
    with begun(store, address, *given, "-o", str(feed)) as process:
        log = process.communicate(timeout=300)[1]
    assert process.returncode == 0, log
    told = as_in(feed)
    assert len(told) == 6_000
    assert keys_and_statuses(address) == told
    assert rows(address, select(func.count()).select_from(changes)) == [(6_000,)]


def test_a_database_that_stays_away_ends_the_crawl_and_the_ledger_knows_nothing_as_done(
    store, server, tmp_path
):
    address = server.create("away")
    given = listed(store, tmp_path / "ids.txt", 20_000)
    more = (
        "-a",
        f"ledger={tmp_path / 'run.db'}",
        "-s",
        "PLAYFAST_PATIENCE=0.5",
        "-o",
        str(tmp_path / "a.jsonl"),
    )
    with begun(store, address, "-a", given, *more) as process:
        until(lambda: kept(address) >= 1_000 or process.poll() is not None)
        server.kill()
        log = process.communicate(timeout=120)[1]
        server.start()
    assert process.returncode == 4, log
    assert "records could not be kept in the database" in log
    before = kept(address)
    with begun(store, address, "-a", given, *more) as process:
        log = process.communicate(timeout=300)[1]
    assert process.returncode == 0, log
    assert 1_000 <= before < 20_000
    assert keys_and_statuses(address) == as_in(tmp_path / "a.jsonl")
    assert kept(address) == 20_000


def test_a_crawl_that_is_stopped_waits_no_longer_for_the_database(store, server, tmp_path):
    address = server.create("stopped")
    given = listed(store, tmp_path / "ids.txt", 20_000)
    with begun(store, address, "-a", given, "-o", str(tmp_path / "a.jsonl")) as process:
        until(lambda: kept(address) >= 500 or process.poll() is not None)
        server.kill()
        process.send_signal(signal.SIGINT)
        log = process.communicate(timeout=60)[1]
        server.start()
    assert process.returncode == 4, log
    assert "records could not be kept in the database" in log


def test_what_cannot_be_reached_is_told_before_anything_is_asked(crawl, store, tmp_path):
    address = f"postgresql://me:{quote('my secret')}@127.0.0.1:9/apps"
    done = crawl("-a", "ids=com.example.a", store=store, env={"PLAYFAST_DATABASE": address})
    assert done.exit_code == 2
    assert "PLAYFAST_DATABASE: " in done.log
    assert "refused" in done.log
    assert "secret" not in done.log
    done = crawl("-a", "ids=com.example.a", store=store, env={"PLAYFAST_DATABASE": str(tmp_path / "apps.db")})
    assert done.exit_code == 2
    assert "sqlite:///apps.db" in done.log


def test_without_the_packages_it_says_what_to_install(crawl, store, tmp_path):
    (tmp_path / "sqlalchemy.py").write_text(
        "raise ModuleNotFoundError('no', name='sqlalchemy')", encoding="utf-8"
    )
    hide = "import importlib.util as u; f = u.find_spec; u.find_spec = lambda n, *a: None if n == 'sqlalchemy' else f(n, *a)"
    (tmp_path / "sitecustomize.py").write_text(hide, encoding="utf-8")
    env = {"PLAYFAST_DATABASE": "sqlite:///x.db", "PYTHONPATH": str(tmp_path)}
    done = crawl("-a", "ids=com.example.a", store=store, env=env)
    assert done.exit_code == 2
    assert "pip install 'playfast-scrapy[database]'" in done.log
