"""Crawls whose store goes away, comes back, refuses for hours, or was never there."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter

import pytest

from tests.conftest import ROOT, UNPACED, local_store
from tests.waiting import length, until

pytestmark = pytest.mark.crawl


@pytest.fixture
def port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def crawling(tmp_path):
    """A crawl under way, with its log in a file."""

    def begin(address, *arguments):
        with (tmp_path / "log").open("w") as log:
            return subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "scrapy",
                    "crawl",
                    "apps",
                    *arguments,
                    *UNPACED,
                    "-o",
                    str(tmp_path / "apps.jsonl"),
                ],
                cwd=ROOT,
                env={**os.environ, "PLAYFAST_URL": address},
                stderr=log,
            )

    return begin


def told(tmp_path, words):
    return words in (tmp_path / "log").read_text()


def test_a_store_that_goes_away_and_comes_back_costs_nothing(crawling, tmp_path, port):
    ids, feed = tmp_path / "ids.txt", tmp_path / "apps.jsonl"
    with local_store("--port", str(port)) as store:
        ids.write_bytes(store.get("/_localstore/ids.txt?count=2000"))
        process = crawling(store.address, "-a", f"ids={ids}")
        until(lambda: length(feed) > 500_000)
        os.kill(store.pid, signal.SIGKILL)
    until(lambda: told(tmp_path, "does not answer any more"))
    with local_store("--port", str(port)):
        assert process.wait(timeout=60) == 0
    assert told(tmp_path, "The store answers again")
    records = Counter(json.loads(line)["app_id"] for line in feed.read_text().split("\n") if line)
    assert records == Counter(ids.read_text().split())
    assert '"status":"error"' not in feed.read_text()


def test_a_crawl_that_was_held_as_a_sleeping_machine_holds_it_goes_on(crawling, tmp_path, port):
    ids, feed = tmp_path / "ids.txt", tmp_path / "apps.jsonl"
    with local_store("--port", str(port)) as store:
        ids.write_bytes(store.get("/_localstore/ids.txt?count=2000"))
        process = crawling(store.address, "-a", f"ids={ids}", "-a", f"ledger={tmp_path / 'run.db'}")
        until(lambda: length(feed) > 500_000)
        process.send_signal(signal.SIGSTOP)
        os.kill(store.pid, signal.SIGKILL)  # its connections are gone when it wakes
    with local_store("--port", str(port)):
        process.send_signal(signal.SIGCONT)
        assert process.wait(timeout=60) == 0
    records = Counter(json.loads(line)["app_id"] for line in feed.read_text().split("\n") if line)
    assert records == Counter(ids.read_text().split())
    assert '"status":"error"' not in feed.read_text()


def test_a_store_that_stays_away_ends_the_crawl_and_nothing_is_made_up(crawling, crawl, tmp_path, port):
    ids, feed = tmp_path / "ids.txt", tmp_path / "apps.jsonl"
    ledger = ("-a", f"ledger={tmp_path / 'run.db'}")
    with local_store("--port", str(port)) as store:
        ids.write_bytes(store.get("/_localstore/ids.txt?count=2000"))
        process = crawling(store.address, "-a", f"ids={ids}", *ledger, "-s", "PLAYFAST_PATIENCE=0.5")
        until(lambda: length(feed) > 500_000)
        os.kill(store.pid, signal.SIGKILL)
    assert process.wait(timeout=60) == 5
    assert told(tmp_path, "the crawl gave up: the store does not answer")
    assert '"status":"error"' not in feed.read_text()
    with local_store() as back:
        done = crawl("-a", f"ids={ids}", *ledger, "-o", str(feed), store=back, feed="")
    assert done.exit_code == 0
    records = Counter(json.loads(line)["app_id"] for line in feed.read_text().split("\n") if line)
    assert records == Counter(ids.read_text().split())


def test_an_interrupt_while_a_store_is_lost_ends_the_crawl_at_once(crawling, tmp_path, port):
    ids, feed = tmp_path / "ids.txt", tmp_path / "apps.jsonl"
    with local_store("--port", str(port)) as store:
        ids.write_bytes(store.get("/_localstore/ids.txt?count=2000"))
        process = crawling(store.address, "-a", f"ids={ids}")
        until(lambda: length(feed) > 500_000)
        os.kill(store.pid, signal.SIGKILL)
    until(lambda: told(tmp_path, "does not answer any more"))
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 5


def test_a_long_list_for_a_store_that_was_never_there_ends_soon(crawl, store, tmp_path, port):
    ids = tmp_path / "ids.txt"
    ids.write_bytes(store.get("/_localstore/ids.txt?count=5000"))
    done = crawl("-a", f"ids={ids}", env={"PLAYFAST_URL": f"http://127.0.0.1:{port}"}, timeout=60)
    assert done.exit_code == 3
    assert "100 requests got no answer" in done.log.splitlines()[-1]
    assert done.stats["downloader/exception_count"] < 150


@pytest.mark.parametrize("way", ["rpc", "page"])
def test_a_wait_of_hours_ends_the_crawl_with_a_word(crawl, tmp_path, way):
    with local_store("--status-429", "1", "--retry-after", "7200") as store:
        ids = tmp_path / "ids.txt"
        ids.write_bytes(store.get("/_localstore/ids.txt?count=500"))
        done = crawl("-a", f"ids={ids}", "-a", f"via={way}", store=store, timeout=60)
        assert store.report()["requests_total"] < 30
    assert done.exit_code == 5
    assert "the crawl gave up: Play asks to wait 7,200 seconds" in done.log.splitlines()[-1]
    assert done.records == []
