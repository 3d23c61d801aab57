"""Crawls of the catalog: whole, killed, of a sample, beside an earlier list, and under a store that publishes anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections import Counter
from random import Random

import pytest

from tests.conftest import ROOT, local_store
from tests.kills.killing import Asked, crawl_under_kills
from tests.kills.spiders import shard_name, wrong_catalog
from tests.waiting import until

pytestmark = pytest.mark.crawl

MANY, APPS = 2_000, 84_000
MB = 1_000_000
FEW = ("--alternates", "10")


@pytest.fixture
def catalog(crawl, tmp_path):
    """Crawls the catalog, with a feed beside for each class."""

    def run(*arguments, store, feed="apps.jsonl", beside=("sweeps",), more=()):
        given = [f"{name}={tmp_path / name}.jsonl" for name in beside] + list(arguments)
        return crawl(
            *(part for argument in given for part in ("-a", argument)),
            *more,
            store=store,
            feed=feed,
            spider="catalog",
        )

    return run


def beside(tmp_path, name):
    return [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text().split("\n") if line]


def truth(store, generation=0):
    return json.loads(store.get(f"/_localstore/catalog?generation={generation}"))


def ids(store, generation=0):
    return store.get(f"/_localstore/catalog.txt?generation={generation}").decode().split()


def change(store, **options):
    request = urllib.request.Request(
        f"{store.address}/_localstore/options", data=json.dumps(options).encode(), method="POST"
    )
    urllib.request.urlopen(request, timeout=30).close()


def test_every_app_is_listed_once_and_every_sitemap_says_how_many(catalog, tmp_path):
    with local_store(*FEW) as store:
        done = catalog(store=store)
        assert done.exit_code == 0, done.log
        rows, told = done.records, truth(store)
        assert Counter(row["app_id"] for row in rows) == Counter(ids(store))
        assert {row["generation"] for row in rows} == {told["generation"]}
        sweeps = sorted(beside(tmp_path, "sweeps"), key=lambda one: one["shard"])
        assert [one["shard"] for one in sweeps] == [shard_name(number, 20) for number in range(20)]
        assert [one["apps"] for one in sweeps] == told["counts"]
        assert all(one["addresses"] > one["apps"] and one["fetched_at"] and one["bytes"] for one in sweeps)
        counts = Counter(row["shard"] for row in rows)
        assert all(counts[one["shard"]] == one["apps"] for one in sweeps)
        # robots.txt, two indices, and each sitemap once.
        assert store.report()["requests"] == {"other": 1, "sitemap": 22}


def test_2000_sitemaps_killed_three_times_have_every_app_once_in_little_memory(tmp_path):
    with local_store("--shards", str(MANY), "--catalog", str(APPS), *FEW) as store:
        report = tmp_path / "run.json"
        asked = Asked(
            store, tmp_path, "rows.jsonl", MANY, spider="catalog", listed=False, beside=("sweeps",), total=APPS * 88,
            settings=("-s", f"PLAYFAST_REPORT={report}"),
        )  # fmt: skip
        ended = crawl_under_kills(asked, 3, Random(5))
        assert ended.exit_code == 0, ended.log
        assert ended.kills == 3
        assert not wrong_catalog(asked)
        assert (
            store.report()["requests"]["sitemap"] < MANY + 4 * 2 + 3 * 100
        )  # what was done is not asked again
        assert json.loads(report.read_text())["memory_bytes"]["peak"] < 150 * MB


def test_sitemaps_of_their_genuine_size_take_no_more_memory(catalog, tmp_path):
    report = tmp_path / "run.json"
    with local_store("--shards", "120", "--catalog", "5000") as store:
        done = catalog(store=store, more=("-s", f"PLAYFAST_REPORT={report}"))
        assert len(done.records) == 5_000
    assert json.loads(report.read_text())["memory_bytes"]["peak"] < 150 * MB


def test_an_estimate_of_a_sample(catalog, tmp_path):
    with local_store("--shards", "400", "--catalog", "17000", *FEW) as store:
        done = catalog("sample=10", "seed=7", beside=("sweeps", "estimates"), store=store)
        assert done.exit_code == 0, done.log
        [found] = beside(tmp_path, "estimates")
        counts = {shard_name(number, 400): count for number, count in enumerate(truth(store)["counts"])}
    sweeps = {one["shard"]: one["apps"] for one in beside(tmp_path, "sweeps")}
    assert len(sweeps) == found["sampled"] == found["read"] == 40
    assert all(counts[shard] == apps for shard, apps in sweeps.items())
    assert found["apps"] == pytest.approx(400 * sum(sweeps.values()) / 40)
    assert found["low"] <= 17_000 <= found["high"]
    assert found["margin"] == pytest.approx(2.0227 * found["standard_error"], rel=1e-4)  # Student's t of 39
    assert done.stats["playfast/catalog/estimate/apps"] == found["apps"]
    assert f"{found['apps']:,.0f} apps ± {found['margin']:,.0f} (95 %), by 40 of 400 sitemaps" in done.log


def test_an_estimate_goes_on_with_a_ledger(catalog, tmp_path):
    with local_store("--shards", "100", "--catalog", "4000", *FEW) as store:
        given = ("sample=30", f"ledger={tmp_path / 'run.db'}")
        added = ("-o", str(tmp_path / "all.jsonl"))
        first = catalog(
            *given, store=store, feed="", beside=(), more=(*added, "-s", "CLOSESPIDER_ITEMCOUNT=300")
        )
        assert first.exit_code == 5
        catalog(*given, store=store, feed="", beside=("estimates",), more=added)
        [found] = beside(tmp_path, "estimates")
        rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().split("\n") if line]
    assert (found["read"], found["found"]) == (30, len(rows))
    assert max(Counter(row["app_id"] for row in rows).values()) == 1


def test_what_is_new_and_gone_since_an_earlier_list(catalog, tmp_path):
    with local_store(*FEW) as store:
        catalog(store=store, feed="before.jsonl", beside=())
        change(store, generation=1)
        (tmp_path / "before.txt").write_text("\n".join(ids(store)))
        for since in ("before.jsonl", "before.txt"):
            done = catalog(
                f"since={tmp_path / since}",
                store=store,
                feed="after.jsonl",
                beside=("changes", "comparisons"),
            )
            assert done.exit_code == 0, done.log
            before, after = set(ids(store)), set(ids(store, 1))
            found = {
                kind: [one["app_id"] for one in beside(tmp_path, "changes") if one["change"] == kind]
                for kind in ("new", "gone")
            }
            assert sorted(found["new"]) == sorted(after - before)
            assert sorted(found["gone"]) == sorted(before - after)
            [ended] = beside(tmp_path, "comparisons")
            assert (ended["status"], ended["before"], ended["apps"]) == ("available", len(before), len(after))
            assert (ended["new"], ended["gone"]) == (len(after - before), len(before - after)) == (8, 8)
            assert len(done.records) == len(after)
            assert "8 new, 8 gone" in done.log


def test_a_comparison_that_is_stopped_goes_on_and_tells_each_change_once(catalog, tmp_path):
    with local_store("--shards", "40", "--catalog", "2000", *FEW) as store:
        (tmp_path / "before.txt").write_text("\n".join(ids(store)))
        change(store, generation=2)
        given = (f"since={tmp_path / 'before.txt'}", f"ledger={tmp_path / 'run.db'}")
        feed = ("-o", str(tmp_path / "all.jsonl"))
        for most in (150, 900, 1900):
            done = catalog(
                *given,
                store=store,
                feed="",
                beside=("changes", "comparisons"),
                more=(*feed, "-s", f"CLOSESPIDER_ITEMCOUNT={most}"),
            )
        done = catalog(*given, store=store, feed="", beside=("changes", "comparisons"), more=feed)
        assert done.exit_code == 0, done.log
        before, after = set(ids(store)), set(ids(store, 2))
        due = {("new", app_id) for app_id in after - before} | {("gone", app_id) for app_id in before - after}
        assert Counter((one["change"], one["app_id"]) for one in beside(tmp_path, "changes")) == Counter(due)
        [ended] = beside(tmp_path, "comparisons")
        assert (ended["new"], ended["gone"], ended["apps"]) == (40, 40, 2_000)
        again = catalog(*given, store=store, feed="", beside=("changes", "comparisons"), more=feed)
        assert again.exit_code == 0
        assert (
            "nothing was left to ask" not in again.log
        )  # a crawl that has nothing to say ends without a word
        assert len(beside(tmp_path, "changes")) == 80


def test_nothing_is_called_gone_where_a_sitemap_could_not_be_read(catalog, tmp_path):
    broken = "play_sitemaps_2026-08-23_1787500934-00003-of-00020.xml.gz"
    kinds = ("sweeps", "changes", "comparisons")
    feed = ("-o", str(tmp_path / "all.jsonl"))
    with local_store(*FEW) as store:
        (tmp_path / "before.txt").write_text("\n".join([*ids(store)[1:], "com.example.gone"]))
    given = (f"since={tmp_path / 'before.txt'}", f"ledger={tmp_path / 'run.db'}")
    with local_store("--broken", f"{broken}=page-503", *FEW) as store:
        done = catalog(*given, store=store, feed="", beside=kinds, more=feed)
    assert done.exit_code == 0, done.log
    [error] = [one for one in beside(tmp_path, "sweeps") if one["status"] == "error"]
    assert (error["shard"], error["error"], error["apps"]) == ("00003-of-00020", "HTTP status 503", None)
    [ended] = beside(tmp_path, "comparisons")
    assert (ended["status"], ended["gone"], ended["apps"]) == ("error", None, None)
    assert "1 of 20 sitemaps could not be read" in ended["error"]
    assert [one["change"] for one in beside(tmp_path, "changes")] == ["new"]
    assert "1 new, nobody knows how many gone" in done.log

    with local_store(*FEW) as store:
        done = catalog(*given, "retry=error", store=store, feed="", beside=kinds, more=feed)
        assert store.report()["requests"]["sitemap"] == 3
    assert done.exit_code == 0, done.log
    assert beside(tmp_path, "comparisons")[-1]["gone"] == 1
    assert [one["app_id"] for one in beside(tmp_path, "changes") if one["change"] == "gone"] == [
        "com.example.gone"
    ]
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 840


def test_a_generation_that_goes_away_under_the_crawl_ends_it(catalog, tmp_path):
    with local_store("--shards", "400", "--catalog", "8000", "--latency", "0.05", *FEW) as store:
        given = [f"ledger={tmp_path / 'run.db'}", f"sweeps={tmp_path / 'sweeps.jsonl'}"]
        command = [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            "catalog",
            "-o",
            str(tmp_path / "all.jsonl"),
            "-s",
            "DOWNLOAD_DELAY=0",
        ]
        with subprocess.Popen(
            [*command, *(part for one in given for part in ("-a", one))],
            cwd=ROOT, env=environment(store), stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            until(lambda: store.report()["requests"].get("sitemap", 0) > 50)
            change(store, generation=1)
            _, log = process.communicate(timeout=120)
        assert process.returncode == 5
        assert (
            "the store has published its sitemaps anew: it has generation 1787803334 now"
            in log.splitlines()[-1]
        )
        assert "begin again with another ledger and other feeds" in log
        rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().split("\n") if line]
        assert {row["generation"] for row in rows} == {"1787500934"}
        assert {row["app_id"] for row in rows} < set(ids(store))
        sweeps = beside(tmp_path, "sweeps")
        assert {one["status"] for one in sweeps} == {"available"}
        assert sum(one["apps"] for one in sweeps) == len(rows)

        before = store.report()["requests"]["sitemap"]
        again = catalog(f"ledger={tmp_path / 'run.db'}", store=store, feed="", beside=())
        assert again.exit_code == 5
        assert "which is not to be had any more" in again.log
        assert store.report()["requests"]["sitemap"] == before + 2  # the indices alone
        new = catalog(f"ledger={tmp_path / 'new.db'}", store=store, feed="new.jsonl", beside=())
        assert new.exit_code == 0
        assert Counter(row["app_id"] for row in new.records) == Counter(ids(store, 1))


def environment(store):
    return {**os.environ, "PLAYFAST_URL": store.address}


def test_sitemaps_that_are_just_being_published_are_not_read(catalog):
    with local_store("--republishing", *FEW) as store:
        done = catalog(store=store, beside=())
        assert done.exit_code == 3
        assert (
            "there is no catalog: the indices name shards of 2 builds side by side"
            in done.log.splitlines()[-1]
        )
        assert "begin again in some minutes" in done.log
        assert store.report()["requests"]["sitemap"] == 2
        change(store, republishing=False)
        assert catalog(store=store, beside=()).exit_code == 0


def test_a_part_of_a_list_is_not_compared_with_a_whole(catalog, tmp_path):
    with local_store(*FEW) as store:
        catalog("shards=0-3,7", store=store, feed="part.jsonl")
        assert sorted(one["shard"][:5] for one in beside(tmp_path, "sweeps")) == [
            "00000",
            "00001",
            "00002",
            "00003",
            "00007",
        ]
        done = catalog(f"since={tmp_path / 'part.jsonl'}", store=store, beside=())
    assert done.exit_code == 1
    assert (
        "has apps of 5 of 20 sitemaps alone: a part of a list cannot be compared with the whole" in done.log
    )


def test_a_number_that_no_sitemap_has(catalog):
    with local_store(*FEW) as store:
        done = catalog("shards=15-20", store=store, beside=())
    assert done.exit_code == 3
    assert "the store has 20 sitemaps, with the numbers 0 to 19" in done.log


def test_arguments_that_do_not_go_together_are_told_all_at_once(catalog):
    done = catalog(
        "since=a.b,c.d", "shards=9-3,x", "limit=5", store=None, beside=("estimates", "changes"), feed=""
    )
    assert done.exit_code == 2
    assert "shards='9-3,x': '9-3' ends before it begins; 'x' is neither a number nor a span" in done.log
    done = catalog(
        "since=a.b,c.d", "shards=9", "limit=5", "sample=3", store=None, beside=("estimates",), feed=""
    )
    assert done.log.count("a part of the list cannot be compared with the whole of another") == 3
    done = catalog("sample=3", "shards=9", store=None, beside=("changes",), feed="")
    assert "sample: it is drawn from all sitemaps; leave out shards=" in done.log
    assert "changes: there is nothing to write without since=" in done.log


def test_a_ledger_without_what_a_comparison_needs(catalog, tmp_path):
    with local_store(*FEW) as store:
        (tmp_path / "before.txt").write_text("\n".join(ids(store)))
        ledger = f"ledger={tmp_path / 'run.db'}"
        catalog(ledger, "limit=5", store=store, beside=(), feed="one.jsonl")
        done = catalog(ledger, f"since={tmp_path / 'before.txt'}", store=store, beside=(), feed="two.jsonl")
    assert done.exit_code == 4
    assert "was read without since=" in done.log


def test_what_robots_forbids_is_not_asked(catalog):
    with local_store("--disallow", "/sitemaps", *FEW) as store:
        done = catalog(store=store, beside=(), more=("-s", "ROBOTSTXT_OBEY=1"))
        assert done.exit_code == 3
        assert (
            "there is no catalog: /sitemaps/sitemaps-index-0.xml: IgnoreRequest: Forbidden by robots.txt"
            in done.log
        )
        assert "sitemap" not in store.report()["requests"]


def test_no_sitemap_comes_out_of_a_cache(catalog, tmp_path):
    cached = ("-s", "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path / 'cache'}")
    with local_store(*FEW) as store:
        for asked in (1, 2):
            assert catalog("limit=5", store=store, beside=(), more=cached).exit_code == 0
            assert store.report()["requests"] == {"other": asked, "sitemap": asked * 7}


def test_a_store_without_sitemaps(catalog):
    with local_store("--status-503", "1", "--retry-after", "0", *FEW) as store:
        done = catalog(store=store, beside=(), more=("-s", "RETRY_TIMES=0"))
    assert done.exit_code == 3
    assert "there is no catalog: /sitemaps/sitemaps-index-0.xml: HTTP status 503" in done.log.splitlines()[-1]
