"""The run report of whole crawls: true, whole, and there whatever ended the crawl."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib import resources

import jsonschema
import pytest

from playfast.runs import report
from tests.conftest import ROOT, UNPACED, local_store

pytestmark = pytest.mark.crawl

SCHEMA = json.loads(
    resources.files("playfast.runs").joinpath("report.schema.json").read_text(encoding="utf-8")
)


def listed(store, folder, count):
    path = folder / "ids.txt"
    path.write_bytes(store.get(f"/_localstore/ids.txt?count={count}"))
    return f"ids={path}"


def read(path):
    told = report.read(path)
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(told)
    return told


def test_it_tells_what_the_feed_holds_and_what_the_store_saw(crawl, tmp_path):
    path = tmp_path / "reports" / "run.json"
    with local_store("--absent", "0.02", "--status-503", "0.05", "--retry-after", "0") as store:
        done = crawl(
            "-a", listed(store, tmp_path, 300), "-a", "countries=us,kr", "-s", f"PLAYFAST_REPORT={path}", store=store
        )  # fmt: skip
        saw = store.report()
    told = read(path)
    records = done.records
    for country in ("us", "kr"):
        for status in {record["status"] for record in records}:
            count = sum(record["status"] == status and record["country"] == country for record in records)
            assert told["records"]["by_country"][country].get(status, 0) == count
    assert told["records"]["total"] == len(records) == told["asked"]["records"] == 600
    assert told["asked"] == {"ids": 300, "duplicates": 0, "storefronts": 2, "records": 600}
    available = [record for record in records if record["status"] == "available"]
    assert told["records"]["filled"] == len(available)
    for name, field in told["fields"].items():
        assert field["filled"] == sum(record[name] is not None for record in available), name
        if field["yes"] is not None:
            assert field["yes"] == sum(record[name] is True for record in available), name
    assert sum(told["requests"]["by_http_status"].values()) == saw["requests"]["rpc"]
    assert told["requests"]["by_http_status"]["503"] == saw["faults"]["503"] == told["requests"]["retried"]
    # Some of those that the store left out stood in answers that it then refused as a whole.
    assert 0 < told["answers"]["absent"] <= saw["faults"]["absent"]
    series = told["series"]
    assert len({len(column) for column in series.values()}) == 1
    assert sum(series["records"]) == 600
    assert sum(series["requests"]) == saw["requests"]["rpc"]
    assert series["seconds"] == sorted(series["seconds"])
    assert told["latency_seconds"]["p50"] <= told["latency_seconds"]["p95"] <= told["latency_seconds"]["max"]
    assert told["state"] == "ended"
    assert told["outcome"] == {"exit_code": 0, "line": "600 records"}
    assert told["feeds"] == [{"uri": str(done.feed), "format": "jsonl"}]
    assert told["settings"]["CONCURRENT_REQUESTS"] == 8
    assert told["arguments"]["countries"] == "us,kr"


def test_it_has_the_asked_fields_alone(crawl, store, tmp_path):
    path = tmp_path / "run.json"
    crawl(
        "-a",
        listed(store, tmp_path, 60),
        "-a",
        "fields=title,score",
        "-s",
        f"PLAYFAST_REPORT={path}",
        store=store,
    )
    assert list(read(path)["fields"]) == ["title", "score"]


def test_a_rule_across_fields_holds_where_all_of_them_were_asked_for(crawl, store, tmp_path):
    """A price needs its currency, but not one that nobody asked for."""
    path = tmp_path / "run.json"
    done = crawl(
        "-a", listed(store, tmp_path, 60), "-a", "fields=price,reviews,contains_ads", "-s", f"PLAYFAST_REPORT={path}",
        store=store,
    )  # fmt: skip
    available = [record for record in done.records if record["status"] == "available"]
    assert all(record["price"] is not None for record in available)
    fields = read(path)["fields"]
    assert not any(told["invalid"] for told in fields.values())
    assert [name for name, told in fields.items() if told["yes"] is not None] == ["contains_ads"]


def test_a_password_in_an_address_is_not_in_it(crawl, store, tmp_path):
    path = tmp_path / "run.json"
    address = store.address.replace("//", "//user:secret@")
    crawl(
        "-a", f"ids={address}/_localstore/ids.txt?count=5", "-s", f"PLAYFAST_REPORT={path}",
        "-s", f"PLAYFAST_URL={store.address}",
    )  # fmt: skip
    assert "secret" not in path.read_text()


def start(store, folder, path, count=3000):
    command = [
        sys.executable, "-m", "scrapy", "crawl", "apps", "-a", listed(store, folder, count), *UNPACED, "-a", "batch=8",
        "-s", "CONCURRENT_REQUESTS=1", "-s", f"PLAYFAST_REPORT={path}", "-O", str(folder / "apps.jsonl"),
    ]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PLAYFAST_URL": store.address}, stderr=subprocess.DEVNULL
    )


def wait_for_answers(store):
    end = time.monotonic() + 30
    while store.report()["requests"].get("rpc", 0) < 5 and time.monotonic() < end:
        time.sleep(0.05)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_crawl_leaves_one(tmp_path, by):
    path = tmp_path / "run.json"
    with local_store("--latency", "0.1") as store, start(store, tmp_path, path) as process:
        wait_for_answers(store)
        process.send_signal(by)
        assert process.wait(timeout=30) == 5
    told = read(path)
    assert told["state"] == "ended"
    assert told["reason"] == "shutdown"
    assert told["outcome"]["exit_code"] == 5
    assert 0 < told["records"]["total"] < 3000
    assert told["asked"]["records"] in (None, 3000)


def test_a_killed_crawl_leaves_what_was_written_under_way(tmp_path):
    path = tmp_path / "run.json"
    with local_store("--latency", "0.1") as store, start(store, tmp_path, path) as process:
        wait_for_answers(store)
        end = time.monotonic() + 30
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.1)
        process.kill()
        process.wait(timeout=30)
    told = read(path)
    assert told["state"] == "running"
    assert told["outcome"] is None
    assert told["reason"] is None


def test_a_place_that_cannot_be_written_is_told_before_the_start(crawl, store, tmp_path):
    (tmp_path / "file").touch()
    done = crawl(
        "-a", "ids=a.b", "-s", f"PLAYFAST_REPORT={tmp_path}/file/run.json", "-s", "PLAYFAST_DRIFT=perhaps",
        "-s", 'PLAYFAST_DRIFT_FLOORS={"titel": 1}', store=store,
    )  # fmt: skip
    assert done.exit_code == 2
    for word in ("PLAYFAST_REPORT=", "PLAYFAST_DRIFT='perhaps'", "off, warn, stop", "did you mean title?"):
        assert word in done.log
    assert "Traceback" not in done.log


def test_one_that_cannot_be_written_at_the_end_is_told(crawl, store, tmp_path):
    """The folder goes away under the crawl; a file stands in its place."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (tmp_path / "spoil.py").write_text(
        "import pathlib\nfrom scrapy import signals\n\n\nclass Spoil:\n    @classmethod\n    def from_crawler(cls, crawler):\n"
        "        spoil = cls()\n        crawler.signals.connect(spoil.spoil, signals.spider_closed)\n        return spoil\n\n"
        f"    def spoil(self):\n        pathlib.Path({str(folder)!r}).rmdir()\n        pathlib.Path({str(folder)!r}).touch()\n"
    )
    (tmp_path / "spoiled_settings.py").write_text(
        'from playfast.settings import *\n\nEXTENSIONS = {**EXTENSIONS, "spoil.Spoil": 1}\n'
    )
    done = crawl(
        "-a", "ids=a.b", "-s", f"PLAYFAST_REPORT={folder}/run.json", store=store,
        env={"SCRAPY_SETTINGS_MODULE": "spoiled_settings", "PYTHONPATH": f"{ROOT}:{tmp_path}"},
    )  # fmt: skip
    assert done.exit_code == 4
    assert "the run report could not be written" in done.log.splitlines()[-1]
