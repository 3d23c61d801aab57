"""`scrapy crawl` exits with 0 only if it did what it was asked, and says in one line what went wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from playfast.localstore import catalogue
from tests.conftest import ROOT, local_store

pytestmark = pytest.mark.crawl


def test_all_mistakes_are_told_at_once_without_a_trace(crawl, tmp_path):
    feed = tmp_path / "apps.jsonl"
    feed.write_text("what was there\n", encoding="utf-8")
    result = crawl(
        "-a", "countries=uk,germany", "-a", "batch=0", "-a", "feilds=title", "-a", "ids=missing.txt"
    )
    assert result.exit_code == 2
    assert "Traceback" not in result.log
    for told in (
        "did you mean gb?",
        "did you mean de?",
        "1 to 1000",
        "did you mean fields?",
        "there is no file 'missing.txt'",
    ):
        assert told in result.log, told
    assert feed.read_text(encoding="utf-8") == "what was there\n"


def test_an_unknown_spider_is_told_with_the_nearest_name(crawl):
    result = crawl("-a", "ids=a.b", spider="aps")
    assert result.exit_code == 2
    assert "did you mean apps?" in result.log


def test_fields_that_only_pages_carry_are_not_promised_over_rpc(crawl):
    result = crawl("-a", "ids=a.b", "-a", "fields=title,locales,served_country")
    assert result.exit_code == 2
    assert "only pages carry locales, served_country; add -a via=page" in result.log


def test_an_argument_of_scrapyd_is_let_through(crawl, store):
    assert crawl("-a", "ids=com.example.one", "-a", "_job=abc", store=store).exit_code == 0


def test_jobdir_is_refused(crawl, tmp_path):
    result = crawl("-a", "ids=a.b", "-s", f"JOBDIR={tmp_path / 'job'}")
    assert result.exit_code == 2
    assert "JOBDIR" in result.log


def test_an_empty_list_is_no_success(crawl, store, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("# nothing yet\n\n", encoding="utf-8")
    result = crawl("-a", f"ids={path}", store=store)
    assert result.exit_code == 3
    assert "the list is empty" in result.log


def test_an_address_that_does_not_answer_is_told(crawl, store):
    result = crawl("-a", "ids=http://127.0.0.1:9/ids.txt", store=store)
    assert result.exit_code == 1
    assert "cannot fetch http://127.0.0.1:9/ids.txt" in result.log
    assert "Traceback" not in result.log


def test_a_feed_that_cannot_be_written_is_told_before_anything_is_asked(crawl, tmp_path):
    (tmp_path / "folder").write_text("a file where a folder is due", encoding="utf-8")
    with local_store() as store:
        result = crawl("-a", "ids=com.example.one", store=store, feed="folder/apps.jsonl")
        assert store.report()["requests_total"] == 0
    assert result.exit_code == 4
    assert "feed could not be written" in result.log
    assert "Traceback" not in result.log


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs /dev/full, a device of Linux that is always full"
)
def test_a_full_disk_is_told(crawl, store, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(catalogue.ids(500)), encoding="utf-8")
    result = crawl("-a", f"ids={path}", "-o", "/dev/full:jsonl", store=store, feed="")
    assert result.exit_code == 4
    assert "No space left" in result.log


def test_a_crawl_that_was_cut_short_says_so(crawl, store, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(catalogue.ids(500)), encoding="utf-8")
    result = crawl("-a", f"ids={path}", "-s", "CLOSESPIDER_ITEMCOUNT=40", store=store)
    assert result.exit_code == 5
    assert "cut short (closespider_itemcount)" in result.log


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to another process")
def test_an_interrupted_crawl_keeps_what_it_has_and_says_so(tmp_path):
    path, feed = tmp_path / "ids.txt", tmp_path / "apps.jsonl"
    path.write_text("\n".join(catalogue.ids(3000)), encoding="utf-8")
    with local_store("--latency", "0.05") as store:
        command = [
            sys.executable, "-m", "scrapy", "crawl", "apps", "-a", f"ids={path}", "-a", "fields=title", "-O", str(feed),
            "-s", "DOWNLOAD_DELAY=0",
        ]  # fmt: skip
        environment = {**os.environ, "PLAYFAST_URL": store.address}
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        ) as process:
            while store.report()["requests_total"] < 5:
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            log = process.communicate(timeout=60)[1]
    assert process.returncode == 5, log
    assert "cut short (shutdown)" in log
    lines = feed.read_text(encoding="utf-8").splitlines()
    assert 32 <= len(lines) < 3000
    assert len(set(lines)) == len(lines)
