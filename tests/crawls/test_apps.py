"""Whole crawls of apps against the local store: every asked key gives one record, whatever goes wrong on the way."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice

import pytest

from playfast.items import App
from playfast.localstore import catalogue
from playfast.localstore.varieties import VARIETIES
from playfast.play.fields import OnPage, sources
from tests.conftest import local_store

pytestmark = pytest.mark.crawl

PAGE_ONLY = {name for name, source in sources(App).items() if isinstance(source, OnPage)}
WAY = {"fetched_at", "via"}


def ids_file(tmp_path, count, **where):
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(catalogue.ids(count, **where)), encoding="utf-8")
    return path


def keys(records):
    return Counter((record["app_id"], record["country"], record["lang"]) for record in records)


def test_every_variety_has_the_status_that_the_store_gives_it(crawl, store):
    varieties = list(VARIETIES)
    result = crawl("-a", f"ids={','.join(varieties)}", "-a", "countries=us,de,jp", store=store)
    assert result.exit_code == 0, result.log
    assert len(result.records) == 3 * len(varieties)
    for record in result.records:
        assert record["status"] == catalogue.App(record["app_id"]).status(record["country"]), record["app_id"]


def test_both_ways_give_the_same_item(crawl, store, tmp_path):
    """Pages of the 2022 build are left out: they ask for fewer fields than we do."""
    asked = [app_id for app_id in catalogue.ids(70) if catalogue.App(app_id).page_build != "2022"]
    ids = tmp_path / "ids.txt"
    ids.write_text("\n".join(asked), encoding="utf-8")
    by_rpc = {
        record["app_id"]: record
        for record in crawl("-a", f"ids={ids}", store=store, feed="rpc.jsonl").records
    }
    pages = crawl("-a", f"ids={ids}", "-a", "via=page", store=store, feed="page.jsonl")
    by_page = {record["app_id"]: record for record in pages.records}
    assert set(by_rpc) == set(by_page) == set(asked)
    for app_id, record in by_rpc.items():
        other = by_page[app_id]
        assert other["via"] == "page"
        differing = {name for name in record if record[name] != other[name]}
        assert differing <= PAGE_ONLY | WAY, app_id
        if other["status"] == "available":
            assert other["served_country"] == "us"
            assert other["locales"]
    assert not [name for name in pages.stats if name.startswith("playfast/markup/")]


def test_faults_of_every_kind_cost_no_record(crawl, tmp_path):
    """20,000 ids in 3 countries, with 1 % each of absent answers, error frames, truncated bodies and refusals.

    In large packs: each refusal slows the crawl down, and how many follow each other closely is chance.
    """
    ids = ids_file(tmp_path, 20_000)
    faults = ("--absent", "0.01", "--error-frames", "0.01", "--truncated", "0.01", "--status-503", "0.01")
    with local_store(*faults, "--retry-after", "0", "--latency", "0.02") as faulty:
        result = crawl(
            "-a", f"ids={ids}", "-a", "countries=us,kr,de", "-a", "batch=100", store=faulty, timeout=900
        )
        report = faulty.report()
    assert result.exit_code == 0, result.log
    counted, wrong = Counter(), []
    for record in result.each():
        counted[record["app_id"], record["country"]] += 1
        if record["status"] != catalogue.App(record["app_id"]).status(record["country"]):
            wrong.append((record["app_id"], record["country"], record["status"], record["error"]))
    assert len(counted) == 60_000
    assert set(counted.values()) == {1}
    assert not wrong
    assert report["peak_in_flight_total"] == 8
    assert all(report["faults"].values()), report["faults"]
    assert result.stats["playfast/answers/absent"] > 0
    assert result.stats["retry/count"] > 0


@pytest.mark.parametrize(
    ("settings", "peak"),
    [
        (["CONCURRENT_REQUESTS=15"], 15),
        (["CONCURRENT_REQUESTS_PER_DOMAIN=4"], 4),
        (["CONCURRENT_REQUESTS=32", "CONCURRENT_REQUESTS_PER_DOMAIN=5"], 5),
        (["CONCURRENT_REQUESTS=3", "DOWNLOAD_DELAY=0.002"], 3),
        ([], 2),
    ],
)
def test_the_server_sees_as_many_requests_at_once_as_were_asked_for(crawl, tmp_path, settings, peak):
    """Scrapy's own limit per domain lets 28 through where 4 were asked for, so the count is taken at the server."""
    ids = ids_file(tmp_path, 400)
    pace = [part for setting in ["DOWNLOAD_DELAY=0", *settings] for part in ("-s", setting)]
    with local_store("--latency", "0.1") as slow:
        result = crawl(
            "-a", f"ids={ids}", "-a", "fields=title", "-a", "batch=5", store=slow, pace=tuple(pace)
        )
        report = slow.report()
    assert len(result.records) == 400
    assert report["peak_in_flight_total"] == peak
    assert report["connections"] <= peak + 1


def test_an_app_that_breaks_its_pack_is_found_through_its_page(crawl, tmp_path):
    ids = list(catalogue.ids(40))
    poison, lost = (
        next(i for i in ids[place:] if catalogue.App(i).status("us") == "available") for place in (7, 25)
    )
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(ids), encoding="utf-8")
    with local_store("--broken", f"{poison}=pack-503", f"{lost}=everywhere", "--retry-after", "0") as broken:
        result = crawl("-a", f"ids={path}", "-s", "RETRY_TIMES=0", store=broken)
    records = {record["app_id"]: record for record in result.records}
    assert keys(result.records) == Counter((app_id, "us", "en") for app_id in ids)
    assert (records[poison]["status"], records[poison]["via"]) == ("available", "page")
    assert records[lost]["status"] == "error"
    assert "503" in records[lost]["error"]
    assert result.exit_code == 0


def test_a_dead_rpc_way_sends_the_crawl_over_to_pages(crawl, tmp_path):
    ids = ids_file(tmp_path, 30)
    with local_store("--rpc-down") as down:
        result = crawl("-a", f"ids={ids}", "-a", "batch=5", store=down)
    assert {record["via"] for record in result.records} == {"page"}
    assert len(result.records) == 30
    assert "going on page by page" in result.log
    assert result.stats["playfast/requests/rpc"] < 12
    assert result.exit_code == 0


def test_a_store_that_never_answers_gives_error_records_and_an_exit_code(crawl):
    result = crawl(
        "-a",
        "ids=com.example.one,com.example.two",
        "-s",
        "PLAYFAST_URL=http://127.0.0.1:9",
        "-s",
        "RETRY_TIMES=0",
    )
    assert result.exit_code == 3
    assert {record["status"] for record in result.records} == {"error"}
    assert all("refused" in record["error"] for record in result.records)
    assert "nothing could be fetched" in result.log


def test_lists_are_read_as_people_write_them(crawl, store, tmp_path):
    path = tmp_path / "ids.csv"
    path.write_text(
        "# a comment\nname,appId\nOne,com.example.one\n\n"
        'Two,"https://play.google.com/store/apps/details?id=com.example.two&hl=de"\nAgain,com.example.one\nBad,no_dot\n',
        encoding="utf-8",
    )
    result = crawl("-a", f"ids={path}", "-a", "fields=title", store=store)
    assert {record["app_id"]: record["status"] for record in result.records} == {
        "com.example.one": "available",
        "com.example.two": "available",
        "no_dot": "invalid_id",
    }
    assert len(result.records) == 3
    assert set(result.records[0]) == {
        "app_id", "country", "lang", "status", "error", "fetched_at", "via", "url", "title",
    }  # fmt: skip


def test_a_list_may_come_from_standard_input_or_an_address(crawl, store):
    piped = crawl("-a", "ids=-", store=store, stdin="com.example.one\ncom.example.two\n", feed="stdin.jsonl")
    assert len(piped.records) == 2
    address = f"{store.address}/_localstore/ids.txt?count=50"
    fetched = crawl("-a", f"ids={address}", "-a", "limit=20", store=store, feed="address.jsonl")
    assert {record["app_id"] for record in fetched.records} == set(catalogue.ids(20))


def test_every_combination_of_country_and_language_is_asked(crawl, store):
    result = crawl("-a", "ids=com.example.one", "-a", "countries=us,kr", "-a", "langs=en,ko", store=store)
    assert {(record["country"], record["lang"]) for record in result.records} == {
        ("us", "en"), ("us", "ko"), ("kr", "en"), ("kr", "ko"),
    }  # fmt: skip
    prices = {record["country"]: record["currency"] for record in result.records}
    assert prices == {"us": "USD", "kr": "KRW"}


def test_csv_and_json_hold_what_json_lines_hold(crawl, store, tmp_path):
    ids = ids_file(tmp_path, 12)
    fields = ("-a", "fields=title,score,updated")
    lines = sorted(
        crawl("-a", f"ids={ids}", *fields, store=store).records, key=lambda record: record["app_id"]
    )
    other = crawl("-a", f"ids={ids}", *fields, store=store, feed="apps.json")
    array = sorted(json.loads(other.feed.read_text(encoding="utf-8")), key=lambda record: record["app_id"])
    for record in (*lines, *array):
        record.pop("fetched_at")
    assert array == lines
    table = (
        crawl("-a", f"ids={ids}", *fields, store=store, feed="apps.csv")
        .feed.read_text(encoding="utf-8")
        .splitlines()
    )
    assert table[0] == "app_id,country,lang,status,error,fetched_at,via,url,title,score,updated"
    assert len(table) >= 13


def test_robots_txt_is_obeyed_when_asked_to(crawl, tmp_path):
    ids = ids_file(tmp_path, 10)
    obey = ("-s", "ROBOTSTXT_OBEY=True")
    with local_store("--disallow", "/_/") as no_rpc:
        result = crawl("-a", f"ids={ids}", *obey, store=no_rpc, feed="pages.jsonl")
        assert "rpc" not in no_rpc.report()["requests"]
    assert {record["via"] for record in result.records} == {"page"}
    with local_store("--disallow", "/") as nothing:
        result = crawl("-a", f"ids={ids}", *obey, store=nothing, feed="nothing.jsonl")
        assert not set(nothing.report()["requests"]) & {"rpc", "page"}
    assert {record["status"] for record in result.records} == {"error"}
    assert all("robots.txt" in record["error"] for record in result.records)
    assert result.exit_code == 3


def test_coverage_and_measures_are_in_the_statistics(crawl, store, tmp_path):
    ids = ids_file(tmp_path, 64)
    result = crawl("-a", f"ids={ids}", store=store)
    stats = result.stats
    filled = [record for record in result.records if record["status"] == "available"]
    assert stats["playfast/records/filled"] == len(filled)
    for name in ("title", "score", "price", "trader_phone"):
        assert stats.get(f"playfast/field/{name}/filled", 0) == sum(
            record[name] is not None for record in filled
        ), name
    assert not [name for name in stats if name.endswith("/invalid")]
    assert 0 < stats["playfast/latency/p50"] <= stats["playfast/latency/p95"] <= stats["playfast/latency/p99"]
    assert stats["playfast/apps_per_second"] > 0
    assert stats["playfast/requests_per_second"] > 0
    assert 1_000 < stats["playfast/bytes_per_app"] < 16_000
    assert stats["playfast/memory/peak"] >= stats["playfast/memory/now"] > 1_000_000
    assert "The crawl in numbers:" in result.log
    assert "apps/s" in result.log


def test_the_order_of_records_may_differ_but_not_their_number_when_ids_repeat(crawl, store, tmp_path):
    path = tmp_path / "ids.txt"
    some = list(islice(catalogue.ids(200), 200))
    path.write_text("\n".join([*some, *reversed(some), *some[:50]]), encoding="utf-8")
    result = crawl("-a", f"ids={path}", "-a", "fields=title", store=store)
    assert keys(result.records) == Counter((app_id, "us", "en") for app_id in some)
    assert result.stats["playfast/ids/duplicates"] == 250


def test_a_limit_counts_distinct_ids(crawl, store):
    some = list(catalogue.ids(6))
    listed = ",".join([some[0], some[0], *some])
    result = crawl("-a", f"ids={listed}", "-a", "limit=4", "-a", "fields=title", store=store)
    assert {record["app_id"] for record in result.records} == set(some[:4])


def test_the_http_cache_keeps_whole_answers_and_nothing_else(crawl, tmp_path):
    ids = ids_file(tmp_path, 320)
    cached = ("-s", "HTTPCACHE_ENABLED=True", "-s", f"HTTPCACHE_DIR={tmp_path / 'cache'}")
    with local_store(
        "--absent", "0.02", "--error-frames", "0.02", "--status-503", "0.1", "--retry-after", "0"
    ) as faulty:
        first = crawl("-a", f"ids={ids}", "-a", "batch=8", *cached, store=faulty, feed="first.jsonl")
        asked = faulty.report()["requests_total"]
        second = crawl("-a", f"ids={ids}", "-a", "batch=8", *cached, store=faulty, feed="second.jsonl")
        report = faulty.report()
    assert first.stats["httpcache/store"] < 40
    assert second.stats["httpcache/hit"] == first.stats["httpcache/store"]
    assert report["requests_total"] < 2 * asked
    for result in (first, second):
        assert {record["app_id"]: record["status"] for record in result.records} == {
            app_id: catalogue.App(app_id).status("us") for app_id in catalogue.ids(320)
        }
