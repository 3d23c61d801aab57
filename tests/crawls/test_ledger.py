"""Crawls with a ledger: stopped, killed, short of disk, and begun again."""

from __future__ import annotations

import csv
import gzip
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from random import Random

import pytest

from tests.conftest import ROOT, UNPACED, local_store
from tests.kills.killing import Asked, crawl_under_kills, wrong
from tests.waiting import length as wait_length
from tests.waiting import until as wait_until

pytestmark = pytest.mark.crawl


@pytest.fixture
def ledger(tmp_path):
    return ("-a", f"ledger={tmp_path / 'run.db'}")


@pytest.fixture
def listed(store, tmp_path):
    def make(count):
        path = tmp_path / "ids.txt"
        path.write_bytes(store.get(f"/_localstore/ids.txt?count={count}"))
        return ("-a", f"ids={path}")

    return make


@pytest.fixture
def go_on(crawl, store):
    """Crawls on, into feeds that are added to."""

    def run(*arguments, feeds, store=store):
        outputs = [part for path in feeds for part in ("-o", str(path))]
        return crawl(*arguments, *outputs, store=store, feed="")

    return run


@pytest.fixture
def begun(store):
    """Begins a crawl and returns its process as soon as a file is that long."""

    def run(*arguments, until, length, store=store):
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "apps", *arguments, *UNPACED],
            cwd=ROOT,
            env={**os.environ, "PLAYFAST_URL": store.address},
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: wait_length(until) >= max(1, length) or process.poll() is not None)
        assert process.poll() is None, "it ended too early"
        return process

    return run


def read(*paths):
    """The records of JSON Lines and arrays, compressed or not."""
    for path in paths:
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
            text = file.read()
        yield from (
            json.loads(text) if text.startswith("[") else map(json.loads, filter(None, text.split("\n")))
        )


def keys(records):
    return Counter((record["app_id"], record["country"], record["lang"]) for record in records)


def due(tmp_path, countries=("us",)):
    ids = (tmp_path / "ids.txt").read_text().split()
    return Counter((app_id, country, "en") for app_id in ids for country in countries)


def states(path):
    with sqlite3.connect(path) as database:
        found = dict(database.execute("SELECT COALESCE(status, 'leased'), COUNT(*) FROM keys GROUP BY 1"))
    database.close()
    return found


@pytest.mark.parametrize("feed", ["apps.jsonl", "apps.jsonl.gz"])
def test_a_crawl_that_is_killed_again_and_again_has_every_record_once(store, tmp_path, feed):
    asked = Asked(store, tmp_path, feed, 2_000, ("us", "kr"), 12_300 if feed.endswith("l") else 2_950)
    ended = crawl_under_kills(asked, 3, Random(feed))
    assert ended.exit_code == 0, ended.log
    assert ended.kills == 3
    assert not wrong(asked)


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_what_was_done_when_it_was_stopped_is_not_asked_again(begun, go_on, listed, ledger, tmp_path, word):
    feed = tmp_path / "apps.jsonl"
    given = (*listed(3_000), *ledger)
    with local_store() as counted:
        process = begun(*given, "-o", str(feed), until=feed, length=2_000_000, store=counted)
        process.send_signal(word)
        assert process.wait(timeout=60) == 5
        before = len(list(read(feed)))
        assert 0 < before < 3_000
        after = go_on(*given, feeds=[feed], store=counted)
        assert after.exit_code == 0, after.log
        assert counted.report()["calls_total"] == 3_000
    assert keys(read(feed)) == due(tmp_path)
    assert after.stats["playfast/ledger/done_before"] == before
    assert after.stats["playfast/ledger/done"] == 3_000 - before
    assert f"{before:,} records, by earlier crawls" in after.log


def test_several_feeds_go_on_elsewhere_or_as_they_are(begun, go_on, listed, ledger, tmp_path):
    rows, table = tmp_path / "apps.jsonl", tmp_path / "apps.csv.gz"
    given = (*listed(4_000), *ledger, "-a", "fields=title,score")
    process = begun(*given, "-o", str(rows), "-o", str(table), until=table, length=1_000)
    process.kill()
    process.wait()
    more = tmp_path / "more.jsonl"
    assert go_on(*given, feeds=[more, table]).exit_code == 0
    assert keys(read(*(path for path in (rows, more) if path.exists()))) == due(tmp_path)
    with gzip.open(table, "rt", newline="") as file:
        assert keys(csv.DictReader(file)) == due(tmp_path)


def test_whole_files_count_batch_by_batch(begun, go_on, listed, ledger, tmp_path):
    given = (*listed(3_000), *ledger, "-a", "fields=title")
    batched = ("-s", "FEED_EXPORT_BATCH_ITEM_COUNT=500")
    first, second = (f"{tmp_path}/{name}-%(batch_id)d.json" for name in ("first", "second"))
    process = begun(*given, *batched, "-o", first, until=tmp_path / "first-4.json", length=1)
    process.kill()
    process.wait()
    done = states(tmp_path / "run.db")
    assert go_on(*given, *batched, feeds=[second]).exit_code == 0
    files = [*tmp_path.glob("first-*.json"), *tmp_path.glob("second-*.json")]
    assert keys(read(*files)) == due(tmp_path)
    whole = [path for path in files if path.name.startswith("first")]
    assert len(whole) * 500 == sum(count for status, count in done.items() if status != "leased")
    assert list(tmp_path.glob("first-*.json.unfinished"))


def test_nothing_is_added_to_a_file_that_counts_as_a_whole(go_on, listed, ledger, tmp_path):
    feed = tmp_path / "apps.pickle"
    given = (*listed(30), "-a", "fields=title")
    assert go_on(*given, *ledger, feeds=[feed]).exit_code == 0
    before = feed.read_bytes()
    again = go_on(*given, *ledger, "-a", "countries=kr", feeds=[feed])
    assert again.exit_code == 4
    assert "counts only as a whole; write elsewhere" in again.log
    assert feed.read_bytes() == before


def test_a_whole_file_counts_when_the_crawl_has_ended(begun, go_on, listed, ledger, tmp_path):
    given = (*listed(2_000), *ledger, "-a", "fields=title")
    whole, rows = tmp_path / "apps.json", tmp_path / "apps.jsonl"
    process = begun(*given, "-o", str(whole), "-o", str(rows), until=rows, length=1_000)
    process.kill()
    process.wait()
    assert set(states(tmp_path / "run.db")) == {"leased"}
    assert go_on(*given, feeds=[whole, rows]).exit_code == 0
    assert keys(read(whole)) == keys(read(rows)) == due(tmp_path)
    assert "leased" not in states(tmp_path / "run.db")


def test_a_feed_that_goes_elsewhere_counts_when_it_was_taken(go_on, listed, ledger, tmp_path):
    storages = ("-s", f"FEED_STORAGES={json.dumps({'bucket': 'tests.crawls.remote.Bucket'})}")
    given = (*listed(300), *ledger, *storages, "-a", "fields=title")
    first = f"bucket://{tmp_path}/first.jsonl"
    full = tmp_path / "full"
    full.touch()
    assert go_on(*given, feeds=[first]).exit_code == 4
    full.unlink()
    assert set(states(tmp_path / "run.db")) == {"leased"}
    assert go_on(*given, feeds=[first]).exit_code == 0
    assert keys(read(tmp_path / "first.jsonl")) == due(tmp_path)
    assert (
        go_on(*given, feeds=[f"bucket://{tmp_path}/second.jsonl"]).stats["playfast/ledger/done_before"] == 300
    )


def test_a_disk_that_gets_full_leaves_whole_records_and_the_crawl_goes_on_when_there_is_room(
    store, go_on, listed, ledger, tmp_path
):
    feed = tmp_path / "apps.jsonl"
    given = (*listed(2_000), *ledger)
    short = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "apps", *given, "-o", str(feed), *UNPACED],
        cwd=ROOT,
        env={**os.environ, "PLAYFAST_URL": store.address},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, 5_000_000)),
    )
    assert short.returncode == 4
    assert "File too large" in short.stderr.splitlines()[-1]
    there = list(read(feed))  # every line is whole
    assert 0 < len(there) < 2_000
    assert go_on(*given, feeds=[feed]).exit_code == 0
    assert keys(read(feed)) == due(tmp_path)


def test_errors_are_asked_again_when_they_are_to_be(go_on, listed, ledger, tmp_path):
    feed, again = tmp_path / "apps.jsonl", tmp_path / "again.jsonl"
    given = (*listed(60), *ledger, "-s", "RETRY_TIMES=0")
    lost = (tmp_path / "ids.txt").read_text().split()[:9:4]
    broken = [f"{app_id}=everywhere" for app_id in lost]
    with local_store("--broken", *broken, "--retry-after", "0") as partly:
        assert go_on(*given, feeds=[feed], store=partly).exit_code == 0
    assert states(tmp_path / "run.db")["error"] == 3
    plain = go_on(*given, feeds=[again])
    assert plain.exit_code == 0
    assert again.read_bytes() == b""
    assert "done before" in plain.log
    assert go_on(*given, "-a", "retry=error", feeds=[again]).exit_code == 0
    assert keys(read(again)) == Counter((app_id, "us", "en") for app_id in lost)
    assert "error" not in states(tmp_path / "run.db")


def test_a_country_more_asks_for_that_alone(go_on, listed, ledger, tmp_path):
    feed = tmp_path / "apps.jsonl"
    assert go_on(*listed(100), *ledger, feeds=[feed]).exit_code == 0
    more = go_on(*listed(120), *ledger, "-a", "countries=us,kr", feeds=[feed])
    assert more.exit_code == 0
    assert more.stats["playfast/ledger/done_before"] == 100
    assert keys(read(feed)) == due(tmp_path, ("us", "kr"))


def test_with_a_limit_each_crawl_takes_as_many_more(go_on, listed, ledger, tmp_path):
    feed = tmp_path / "apps.jsonl"
    for made in (40, 80, 100):
        assert go_on(*listed(100), *ledger, "-a", "limit=40", feeds=[feed]).exit_code == 0
        assert sum(keys(read(feed)).values()) == len(keys(read(feed))) == made


def test_entries_that_are_no_ids_and_repeated_ones_have_one_record_each(go_on, ledger, tmp_path):
    feed = tmp_path / "apps.jsonl"
    path = tmp_path / "ids.txt"
    path.write_text("com.example.one\nno id\ncom.example.one\nno id\n\N{SNOWMAN}\n", encoding="utf-8")
    for repeated in (2, 0):
        done = go_on("-a", f"ids={path}", *ledger, "-a", "countries=us,kr", feeds=[feed])
        assert done.exit_code == 0
        assert done.stats["playfast/ids/duplicates"] == repeated
    assert len(keys(read(feed))) == sum(keys(read(feed)).values()) == 6


def test_records_that_a_pipeline_dropped_are_done(go_on, listed, ledger, tmp_path):
    feed = tmp_path / "apps.jsonl"
    pipelines = {"tests.docs.dropping.Picky": 500}
    given = (*listed(100), *ledger, "-s", f"ITEM_PIPELINES={json.dumps(pipelines)}")
    go_on(*given, feeds=[feed])
    assert go_on(*given, feeds=[feed]).exit_code == 0
    assert keys(read(feed)) == due(tmp_path)


def test_a_feed_with_records_that_are_done_is_not_overwritten(crawl, store, go_on, listed, ledger, tmp_path):
    feed = tmp_path / "apps.jsonl"
    given = (*listed(30), *ledger)
    go_on(*given, feeds=[feed])
    before = feed.read_bytes()
    over = crawl(*given, store=store)
    assert over.exit_code == 4
    assert "counts as done; add to it (-o), or write elsewhere" in over.log
    assert feed.read_bytes() == before


def test_what_cannot_be_the_ledger_is_told_before_anything_is_asked(crawl, store, listed, tmp_path):
    (tmp_path / "list.jsonl").write_text("com.example.one\n", encoding="utf-8")
    (tmp_path / "apps.jsonl").write_text("mine\n", encoding="utf-8")
    for name, code, word in (
        ("list.jsonl", 2, "no ledger"),
        ("apps.jsonl", 2, "no ledger"),
        ("new.jsonl", 4, "the crawl"),
    ):
        done = crawl(*listed(5), "-a", f"ledger={tmp_path / name}", store=store, feed=name)
        assert done.exit_code == code, name
        assert word in done.log
    assert (tmp_path / "apps.jsonl").read_text(encoding="utf-8") == "mine\n"


def test_a_ledger_in_use_is_refused(begun, crawl, store, listed, ledger, tmp_path):
    with local_store("--latency", "5") as slow:
        feed = tmp_path / "first.csv"
        feed.touch()
        process = begun(
            *listed(64), *ledger, "-o", str(feed), until=tmp_path / "run.db-wal", length=1, store=slow
        )
        done = crawl(*listed(64), *ledger, store=store)
        process.kill()
        process.wait()
    assert done.exit_code == 2
    assert "another crawl is at work with this ledger" in done.log


def test_without_a_feed_what_passes_all_pipelines_is_done(crawl, store, listed, ledger, tmp_path):
    done = crawl(*listed(30), *ledger, store=store, feed="")
    assert done.exit_code == 0
    assert "There is no feed" in done.log
    assert sum(states(tmp_path / "run.db").values()) == 30
    assert "leased" not in states(tmp_path / "run.db")


def test_items_that_a_pipeline_has_changed_are_known_by_their_key(go_on, listed, ledger, tmp_path):
    feed = tmp_path / "apps.jsonl"
    pipelines = {"tests.crawls.changing.ToDict": 500}
    done = go_on(*listed(30), *ledger, "-s", f"ITEM_PIPELINES={json.dumps(pipelines)}", feeds=[feed])
    assert done.exit_code == 0
    assert done.stats["playfast/ledger/done"] == 30
    other = tmp_path / "other.db"
    pipelines = {"tests.crawls.changing.WithoutKey": 500}
    done = go_on(
        *listed(30),
        "-a",
        f"ledger={other}",
        "-s",
        f"ITEM_PIPELINES={json.dumps(pipelines)}",
        feeds=[tmp_path / "x.jsonl"],
    )
    assert done.exit_code == 4
    assert "30 records are in the feeds, but not done in the ledger" in done.log
