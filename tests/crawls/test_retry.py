"""Whole crawls that ask again what failed in an earlier one."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest

from playfast.localstore import catalogue
from tests.conftest import local_store

pytestmark = pytest.mark.crawl

EASY = ("-s", "RETRY_TIMES=0")


def keys(records):
    return Counter((record["app_id"], record["country"], record["lang"]) for record in records)


@pytest.fixture
def ids(tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("\n".join([*catalogue.ids(60), "no_dot"]), encoding="utf-8")
    return path


def test_what_failed_is_asked_again_and_nothing_else(crawl, store, tmp_path, ids):
    asked = list(catalogue.ids(60))
    lost = [app_id for app_id in asked if catalogue.App(app_id).status("us") == "available"][3:40:9]
    feeds = [tmp_path / f"first.{form}" for form in ("jsonl", "json", "csv", "jsonl.gz", "csv.zst")]
    written = [part for path in feeds for part in ("-O", str(path))]
    with local_store(
        "--broken", *(f"{app_id}=everywhere" for app_id in lost), "--retry-after", "0"
    ) as broken:
        crawl("-a", f"ids={ids}", "-a", "countries=us,kr", *written, *EASY, store=broken, feed="")
    before = [json.loads(line) for line in feeds[0].read_text(encoding="utf-8").splitlines()]
    failed = [record for record in before if record["status"] == "error"]
    assert keys(failed) == Counter((app_id, country, "en") for app_id in lost for country in ("us", "kr"))

    for path in feeds:
        report = tmp_path / f"{path.name}.report.json"
        after = crawl(
            "-a",
            f"ids={path}",
            "-a",
            "retry=error",
            "-s",
            f"PLAYFAST_REPORT={report}",
            store=store,
            feed="again.jsonl",
        )
        assert after.exit_code == 0, after.log
        assert keys(after.records) == keys(failed)
        whole = [record for record in before if record["status"] != "error"] + after.records
        assert keys(whole) == Counter(
            (app_id, country, "en") for app_id in [*asked, "no_dot"] for country in ("us", "kr")
        )
        for record in whole:
            if record["app_id"] != "no_dot":
                assert record["status"] == catalogue.App(record["app_id"]).status(record["country"])
        told = json.loads(report.read_text(encoding="utf-8"))
        assert told["asked"] == {
            "ids": len(failed),
            "duplicates": 0,
            "storefronts": 2,
            "records": len(failed),
        }
        assert "countries" not in told["arguments"]
        assert after.stats["playfast/ids/looked_through"] == len(before)


def rows(*given):
    names = ("app_id", "country", "lang", "status")
    return "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in given)


MIXED = rows(
    ("com.example.one", "us", "en", "error"),
    ("com.example.one", "kr", "ko", "available"),
    ("com.example.two", "kr", "ko", "error"),
    ("com.example.two", "us", "en", "not_found"),
    ("com.example.three", "de", "de", "error"),
    ("com.example.three", "de", "de", "available"),
    ("com.example.one", "us", "en", "error"),
    ("no_dot", "us", "en", "invalid_id"),
)


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        (["retry=error"], ["one us en", "two kr ko"]),
        (["retry=error,not_found"], ["one us en", "two kr ko", "two us en"]),
        (["retry=error", "countries=kr,jp"], ["two kr ko"]),
        (["retry=error,not_found", "langs=en"], ["one us en", "two us en"]),
        (["retry=error", "via=page"], ["one us en", "two kr ko"]),
        (["retry=error,not_found", "limit=1"], ["two kr ko"]),
    ],
)
def test_each_key_is_asked_once_where_it_failed_last(crawl, store, more, asked):
    arguments = [part for argument in more for part in ("-a", argument)]
    result = crawl("-a", "ids=-", "-a", "fields=title", *arguments, store=store, stdin=MIXED)
    assert result.exit_code == 0, result.log
    expected = Counter()
    for text in asked:
        app, *where = text.split()
        expected[f"com.example.{app}", *where] += 1
    assert keys(result.records) == expected


def test_an_id_that_is_none_stays_one(crawl, store):
    result = crawl(
        "-a", "ids=-", "-a", "retry=invalid_id,error", "-a", "fields=title", store=store, stdin=MIXED
    )
    statuses = {record["app_id"]: record["status"] for record in result.records}
    assert statuses == {
        "com.example.one": "available",
        "com.example.two": "available",
        "no_dot": "invalid_id",
    }


def test_looks_at_drift_come_to_an_end(crawl, store):
    feed = rows(
        *((app_id, country, "en", "error") for country in ("us", "kr") for app_id in catalogue.ids(150))
    )
    result = crawl("-a", "ids=-", "-a", "retry=error", "-s", "PLAYFAST_DRIFT=stop", store=store, stdin=feed)
    assert result.exit_code == 0, result.log
    assert len(keys(result.records)) == len(result.records) == 300


def test_a_list_of_ids_is_told_to_be_no_feed_and_nothing_is_asked(crawl, store, ids):
    result = crawl("-a", f"ids={ids}", "-a", "retry=error", store=store)
    assert result.exit_code == 1
    last = result.log.splitlines()[-1]
    assert f"line 1 of {ids}" in last
    assert "JSON Lines, a JSON array or CSV is due" in last
    assert "playfast/requests/rpc" not in result.stats


def test_a_feed_that_was_cut_is_told_before_anything_is_asked(crawl, store, tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress((MIXED + '{"app_id": "com.').encode()))
    result = crawl("-a", f"ids={path}", "-a", "retry=error", store=store)
    assert result.exit_code == 1
    assert f"line 9 of {path} is no JSON" in result.log.splitlines()[-1]
    assert not result.records
    assert "playfast/requests/rpc" not in result.stats


def test_a_feed_in_which_nothing_failed_leaves_nothing_to_fetch(crawl, store):
    feed = rows(("com.example.one", "us", "en", "available"))
    result = crawl("-a", "ids=-", "-a", "retry=error", store=store, stdin=feed)
    assert result.exit_code == 3
    assert "none of the feed's records (1) is to be asked again" in result.log


def test_an_unknown_status_is_told_with_those_that_are_valid(crawl, store):
    result = crawl("-a", "ids=-", "-a", "retry=errors", store=store, stdin=MIXED)
    assert result.exit_code == 2
    assert "did you mean error?" in result.log
    assert "preregister" in result.log
