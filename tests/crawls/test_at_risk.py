"""What must not be lost or hang when people mistype a path, fill a disk, or end a crawl at a bad moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, UNPACED, local_store

pytestmark = pytest.mark.crawl


@pytest.fixture
def listed(store, tmp_path):
    def make(count=100, before=""):
        path = tmp_path / "ids.csv"
        path.write_text(before + store.get(f"/_localstore/ids.txt?count={count}").decode())
        return path

    return make


# Paths


def test_a_feed_over_the_list_of_ids_is_refused_and_the_list_stays(crawl, store, listed, tmp_path):
    ids = listed()
    before = ids.read_bytes()
    (tmp_path / "link.csv").symlink_to(ids)
    for name in ("ids.csv", "link.csv"):
        done = crawl("-a", f"ids={ids}", store=store, feed=name)
        assert done.exit_code == 4
        assert "the crawl reads it" in done.log
        assert ids.read_bytes() == before


def test_a_report_over_the_list_of_ids_is_refused_and_the_list_stays(crawl, store, listed):
    ids = listed()
    before = ids.read_bytes()
    done = crawl("-a", f"ids={ids}", "-s", f"PLAYFAST_REPORT={ids}", store=store)
    assert done.exit_code == 2
    assert "the list of ids stands there" in done.log
    assert ids.read_bytes() == before


def test_a_report_over_a_feed_is_refused(crawl, store, listed, tmp_path):
    report = tmp_path / "apps.jsonl"
    done = crawl("-a", f"ids={listed()}", "-s", f"PLAYFAST_REPORT={report}", store=store)
    assert done.exit_code == 4
    assert not report.exists()


def test_a_report_through_a_link_keeps_the_link(crawl, store, listed, tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "run.json"
    link.symlink_to(tmp_path / "there" / "run.json")
    done = crawl("-a", f"ids={listed()}", "-s", f"PLAYFAST_REPORT={link}", store=store)
    assert done.exit_code == 0
    assert link.is_symlink()
    assert json.loads(link.read_text())["records"]["total"] == 100


@pytest.mark.skipif(os.name != "posix", reason="file names of any bytes")
def test_a_list_whose_name_is_no_utf8_has_a_report(crawl, store, listed, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    listed().rename(path)
    done = crawl("-a", f"ids={path}", "-s", f"PLAYFAST_REPORT={tmp_path}/run.json", store=store)
    assert done.exit_code == 0
    assert json.loads((tmp_path / "run.json").read_text())["records"]["total"] == 100


@pytest.mark.parametrize("setting", ["DOWNLOAD_DELAY=nan", "DOWNLOAD_DELAY=-3", "CONCURRENT_REQUESTS=-1"])
def test_a_pace_that_is_none_is_refused(crawl, store, setting):
    done = crawl("-a", "ids=a.b", store=store, pace=("-s", setting))
    assert done.exit_code == 2
    assert setting.partition("=")[0] in done.log


# Ends


BAD = "".join(f"bad one {number}\n" for number in range(30))


def test_a_limit_reached_by_records_that_nobody_asked_for_ends_the_crawl(crawl, store, listed):
    done = crawl("-a", f"ids={listed(40, BAD)}", "-s", "CLOSESPIDER_ITEMCOUNT=2", store=store, timeout=60)
    assert done.exit_code == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_met_by_records_that_nobody_asked_for_ends_the_crawl(crawl, store, listed):
    done = crawl(
        "-a", f"ids={listed(40, BAD * 200)}", "-O", "/dev/full:jsonl", store=store, feed="", timeout=60
    )  # fmt: skip
    assert done.exit_code == 4


def test_an_interrupt_while_a_slow_pipeline_holds_such_records_ends_the_crawl(store, listed, tmp_path):
    begun = tmp_path / "begun"
    (tmp_path / "slow.py").write_text(
        "import asyncio\nimport pathlib\n\n\nclass Slow:\n    async def process_item(self, item):\n"
        f"        pathlib.Path({str(begun)!r}).touch()\n        await asyncio.sleep(0.5)\n        return item\n"
    )
    (tmp_path / "slow_settings.py").write_text(
        'from playfast.settings import *\n\nITEM_PIPELINES = {**ITEM_PIPELINES, "slow.Slow": 300}\n'
    )
    log = tmp_path / "log"
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "apps",
        "-a",
        f"ids={listed(0, BAD)}",
        *UNPACED,
        "--logfile",
        str(log),
    ]
    environment = {
        **os.environ, "PLAYFAST_URL": store.address, "SCRAPY_SETTINGS_MODULE": "slow_settings", "PYTHONPATH": f"{ROOT}:{tmp_path}",
    }  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 30
        while not begun.exists() and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 5


def test_drift_that_shows_at_the_end_only_is_in_the_exit_code(crawl, listed):
    with local_store("--move", "0,0=0,9") as moved:
        done = crawl("-a", f"ids={listed(45)}", "-s", "PLAYFAST_DRIFT=stop", store=moved)
    assert done.exit_code == 5
    assert "title: in 0 of" in done.log.splitlines()[-1]


def test_few_apps_in_very_many_storefronts_are_no_drift(crawl, store, listed):
    countries = "us,kr,de,fr,jp,gb,it,es,br,mx,in,id,ca,au,nl,se,pl,tr,ar,co,cl,pe,eg,za,ng,ke,vn,th,my,sg"
    done = crawl(
        "-a", f"ids={listed(6)}", "-a", f"countries={countries}", "-s", "PLAYFAST_DRIFT=stop", store=store
    )  # fmt: skip
    assert done.exit_code == 0
    assert "playfast/drift" not in done.stats


def test_without_standard_error_it_crawls(store, listed, tmp_path):
    command = f"{sys.executable} -m scrapy crawl apps -a ids={listed(20)} -O {tmp_path}/a.jsonl {' '.join(UNPACED)} 2>&-"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env={**os.environ, "PLAYFAST_URL": store.address}, timeout=60, check=False
    )  # fmt: skip
    assert done.returncode == 0
    assert len((tmp_path / "a.jsonl").read_text().splitlines()) == 20


# Other people's


PLAIN = """
import scrapy


class Plain(scrapy.Spider):
    name = "plain"
    asked = 5
    item = "anything"
    other_items = None
    files = "x"

    async def start(self):
        for number in range(3):
            yield {"number": number, "status": "mine"}
"""


@pytest.fixture
def plain(tmp_path):
    """Run a spider that is none of ours, under the project's settings."""
    (tmp_path / "plain_spiders.py").write_text(PLAIN)
    (tmp_path / "plain_settings.py").write_text(
        'from playfast.settings import *\n\nSPIDER_MODULES = ["playfast.spiders", "plain_spiders"]\n'
    )

    def run(*arguments):
        command = [sys.executable, "-W", "error", "-m", "scrapy", "crawl", "plain", *arguments]
        environment = {
            **os.environ,
            "SCRAPY_SETTINGS_MODULE": "plain_settings",
            "PYTHONPATH": f"{ROOT}:{tmp_path}",
        }
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return run


def test_a_spider_of_other_people_has_its_feed(plain, tmp_path):
    done = plain("-O", f"{tmp_path}/x.csv", "-O", f"{tmp_path}/x.jsonl")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.csv").read_text().splitlines() == ["number,status", "0,mine", "1,mine", "2,mine"]
    assert len((tmp_path / "x.jsonl").read_text().splitlines()) == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_feed_of_other_people_that_cannot_be_written_is_told(plain):
    done = plain("-O", "/dev/full:csv")
    assert done.returncode == 4
    assert "a feed could not be" in done.stderr.splitlines()[-1]


def test_a_reason_cannot_drive_the_terminal_from_the_last_line(crawl, store, listed, tmp_path):
    (tmp_path / "hostile.py").write_text(
        "from scrapy.exceptions import DropItem\n\n\nclass Hostile:\n    def process_item(self, item):\n"
        '        raise DropItem("\\x1b]0;owned\\x07 \\ud800")\n'
    )
    (tmp_path / "hostile_settings.py").write_text(
        'from playfast.settings import *\n\nITEM_PIPELINES = {**ITEM_PIPELINES, "hostile.Hostile": 300}\n'
    )
    done = crawl(
        "-a", f"ids={listed(10)}", "-s", f"PLAYFAST_REPORT={tmp_path}/run.json", store=store,
        env={"SCRAPY_SETTINGS_MODULE": "hostile_settings", "PYTHONPATH": f"{ROOT}:{tmp_path}"},
    )  # fmt: skip
    assert done.exit_code == 0
    assert len(done.records) == 10
    assert "\x1b" not in done.log
    assert r"dropped: \x1b]0;owned" in done.log.splitlines()[-1]


def test_a_column_that_no_record_has_is_told(crawl, store, listed, tmp_path):
    feeds = {str(tmp_path / "a.csv"): {"fields": ["app_id", "titel"]}}
    done = crawl("-a", f"ids={listed(5)}", "-s", f"FEEDS={json.dumps(feeds)}", store=store, feed="")
    assert "App has no field 'titel' (did you mean title?)" in done.log
    feeds = {str(tmp_path / "b.csv"): {"fields": "title"}}
    done = crawl("-a", f"ids={listed(5)}", "-s", f"FEEDS={json.dumps(feeds)}", store=store, feed="")
    assert done.exit_code == 2
    assert "a list of names is due" in done.log
