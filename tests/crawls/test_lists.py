"""Whole crawls of lists: similar apps, and those of developers."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from playfast.localstore import shelves
from playfast.localstore.catalogue import App
from tests.conftest import local_store
from tests.kills.killing import crawl_under_kills
from tests.kills.spiders import KINDS

pytestmark = pytest.mark.crawl


def read(path):
    return [json.loads(line) for line in path.read_text().split("\n") if line]


def available(store, count, country="US"):
    ids = store.get(f"/_localstore/ids.txt?count={count}").decode().split()
    return [app_id for app_id in ids if App(app_id).status(country) == "available"]


@pytest.fixture
def listed(crawl, tmp_path):
    """A crawl of lists, its rows by (asked, list), and the records of what was asked."""

    def run(spider, asked, *arguments, store, **more):
        word = "developers" if spider == "developer" else "ids"
        given, sweeps = tmp_path / "asked.txt", tmp_path / "sweeps.jsonl"
        given.write_text("\n".join(asked))
        ran = crawl(
            *("-a", f"{word}={given}", "-a", f"sweeps={sweeps}"),
            *arguments,
            spider=spider,
            store=store,
            feed="rows.jsonl",
            **more,
        )
        rows = {}
        for row in ran.records:
            if "rank" in row:
                rows.setdefault((row["asked"], row["list"]), []).append(row)
        return ran, rows, {one["asked"]: one for one in read(sweeps)} if sweeps.exists() else {}

    return run


def ranked(rows):
    """Ids in the order of their ranks, which begin with 1 and leave none out."""
    rows = sorted(rows, key=lambda row: row["rank"])
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    return [row["app_id"] for row in rows]


@pytest.mark.parametrize(("country", "lang"), [("us", "en"), ("kr", "ko")])
def test_both_lists_of_an_app_to_their_ends(listed, store, country, lang):
    asked = available(store, 40, country.upper())[:20]
    ran, rows, sweeps = listed(
        "similar",
        [*asked, "example.gone.app"],
        "-a",
        f"countries={country}",
        "-a",
        f"langs={lang}",
        store=store,
    )
    assert ran.exit_code == 0, ran.log
    lists = Counter()
    for app_id in asked:
        app = App(app_id)
        due = shelves.similar(app, country.upper()) if shelves.has_similar(app) else []
        assert ranked(rows.get((app_id, "similar"), [])) == due
        by = ranked(rows.get((app_id, "more_by_developer"), []))
        assert set(by) <= set(shelves.by_developer(app.developer.key, 0, 0, country.upper()))
        told = sweeps[app_id]
        assert told["rows"] == {
            name: len(found) for (asked_app, name), found in rows.items() if asked_app == app_id
        }
        assert set(told["stopped"].values()) <= {"end"}
        lists.update(told["rows"].keys())
    assert lists["similar"] > 10
    assert lists["more_by_developer"] > 5
    assert sweeps["example.gone.app"]["status"] == "not_found"


def test_the_first_parts_alone(listed, store):
    asked = available(store, 20)[:5]
    with local_store() as own:
        _, rows, sweeps = listed("similar", asked, "-a", "more=none", "-a", "first=6", store=own)
        assert own.report()["requests"]["rpc"] == 1
    assert {len(found) for (_, name), found in rows.items() if name == "similar"} == {6}
    assert {one["stopped"].get("similar", "limit") for one in sweeps.values()} == {"limit"}


def test_a_developer_by_number_and_by_name(listed, store):
    owners = [App(app_id).developer for app_id in available(store, 60)[:12]]
    asked = (
        [owner.number for owner in owners] + [owner.name for owner in owners] + ["1234567", "nobody at all"]
    )
    ran, rows, developers = listed("developer", asked, store=store)
    assert ran.exit_code == 0, ran.log
    for owner in owners:
        due = shelves.by_developer(owner.key, 0, 0, "US")
        for name in (owner.number, owner.name):
            assert ranked(rows.get((name, "developer"), [])) == due
            told = developers[name]
            if due or name == owner.number:
                assert told["name"] == owner.name
                assert (told["numeric_id"], told["tagline"]) == (owner.number, owner.tagline)
                assert (told["logo"], told["header_image"]) == (owner.logo, owner.header)
            assert told["apps"] == len(due)
    assert max(len(found) for found in rows.values()) > 50
    assert developers["1234567"]["status"] == developers["nobody at all"]["status"] == "not_found"


@pytest.mark.parametrize("spider", ["similar", "developer"])
def test_by_page_it_is_the_same(listed, store, spider):
    apps = available(store, 30)[:6]
    owners = [App(app_id).developer for app_id in apps]
    asked = apps if spider == "similar" else [name for owner in owners for name in (owner.number, owner.name)]
    _, by_rpc, _ = listed(spider, asked, store=store)
    with local_store() as own:
        ran, by_page, sweeps = listed(spider, asked, "-a", "via=page", store=own)
        assert own.report()["requests"]["page"] == len(asked)
    assert ran.exit_code == 0
    assert {one["via"] for one in sweeps.values()} == {"page"}
    failed = {app_id for app_id in apps if App(app_id).failed_block == "ag2B9c"}
    assert {key: ranked(found) for key, found in by_page.items()} == {
        key: ranked(found) for key, found in by_rpc.items() if key[0] not in failed
    }


def test_each_app_of_the_lists_is_asked_for_once(listed, store, tmp_path):
    asked = available(store, 30)[:8]
    apps = tmp_path / "apps.jsonl"
    ran, rows, _ = listed("similar", [*asked, *asked], "-a", "details=1", "-a", f"apps={apps}", store=store)
    assert ran.exit_code == 0, ran.log
    found = {row["app_id"] for listed_rows in rows.values() for row in listed_rows}
    records = read(apps)
    assert Counter(record["app_id"] for record in records) == Counter(found)
    assert all(record["status"] == "available" and record["description"] for record in records)


def test_whole_records_go_to_the_main_feed_where_none_is_named_for_them(listed, store):
    asked = available(store, 10)[:2]
    ran, rows, _ = listed(
        "similar", asked, "-a", "details=1", "-a", "more=none", "-a", "first=3", store=store
    )
    found = {row["app_id"] for listed_rows in rows.values() for row in listed_rows}
    assert {record["app_id"] for record in ran.records if "rank" not in record} == found


def test_a_dead_token_is_told(listed, store):
    with local_store("--dead-tokens", "1") as own:
        ran, rows, sweeps = listed("similar", available(store, 20)[:6], store=own)
    assert ran.exit_code == 0
    assert {one["stopped"].get("similar", "refused") for one in sweeps.values()} == {"refused"}
    assert {len(found) for (_, name), found in rows.items() if name == "similar"} == {20}


def test_without_a_way_to_go_on_there_is_still_a_record(listed, store):
    asked = available(store, 20)[:4]
    with local_store("--rpc-down") as own:
        ran, _, sweeps = listed("similar", asked, "-s", "RETRY_TIMES=0", store=own)
    assert set(sweeps) == set(asked)
    assert ran.exit_code in (0, 3)
    assert all(one["via"] in ("page", None) for one in sweeps.values())


def test_begun_again_with_a_ledger_no_row_comes_twice(crawl, store, tmp_path):
    """A crawl that ends early leaves lists half written; the next one writes what is missing."""
    asked = tmp_path / "ids.txt"
    asked.write_text("\n".join(available(store, 60)[:40]))
    rows, apps, sweeps = (tmp_path / f"{name}.jsonl" for name in ("rows", "apps", "sweeps"))
    arguments = (
        "-a",
        f"ids={asked}",
        "-a",
        f"ledger={tmp_path / 'run.db'}",
        "-a",
        f"sweeps={sweeps}",
        "-a",
        f"apps={apps}",
    )
    arguments += ("-a", "details=1", "-a", "batch=4", "-o", str(rows))
    ran = crawl(*arguments, "-s", "CLOSESPIDER_ITEMCOUNT=900", spider="similar", store=store, feed="")
    assert ran.exit_code == 5
    ran = crawl(*arguments, spider="similar", store=store, feed="")
    assert ran.exit_code == 0, ran.log
    found = Counter((row["asked"], row["list"], row["app_id"]) for row in read(rows))
    assert max(found.values()) == 1
    due = {
        (app_id, "similar", other)
        for app_id in asked.read_text().split()
        if shelves.has_similar(App(app_id))
        for other in shelves.similar(App(app_id), "US")
    }
    assert due <= set(found)
    assert Counter(one["asked"] for one in read(sweeps)) == Counter(asked.read_text().split())
    records = Counter(record["app_id"] for record in read(apps))
    assert max(records.values()) == 1
    assert set(records) == {key[2] for key in found}


def test_killed_and_begun_again_no_row_and_no_record_is_missing_or_twice(tmp_path):
    """A list may be done, and the records of the apps in it not: those are asked for though no list leads to them again."""
    kind = KINDS["similar"]
    with local_store() as store:
        asked = kind.asked(store, tmp_path, 60)
        ended = crawl_under_kills(asked, 6, Random(4))
        assert ended.exit_code == 0, ended.log
        assert ended.kills >= 3
        assert kind.wrong(asked) == []


def test_an_app_that_failed_is_asked_again_though_its_list_is_done(crawl, store, tmp_path):
    (app_id,) = [one for one in available(store, 40) if shelves.has_similar(App(one))][:1]
    failing = shelves.similar(App(app_id), "US")[0]
    rows, apps = tmp_path / "rows.jsonl", tmp_path / "apps.jsonl"
    arguments = ("-a", f"ids={app_id}", "-a", f"ledger={tmp_path / 'run.db'}", "-a", f"apps={apps}")
    arguments += ("-a", "details=1", "-o", str(rows))
    with local_store("--broken", f"{failing}=everywhere") as other:
        crawl(*arguments, spider="similar", store=other, feed="")
    written = len(read(rows))
    ran = crawl(*arguments, "-a", "retry=error", spider="similar", store=store, feed="")
    assert ran.exit_code == 0, ran.log
    assert [one["status"] for one in read(apps) if one["app_id"] == failing] == ["error", "available"]
    assert len(read(rows)) == written


def test_records_of_apps_need_the_word(crawl, store, tmp_path):
    ran = crawl("-a", "ids=a.b", "-a", f"apps={tmp_path / 'apps.jsonl'}", spider="similar", store=store)
    assert ran.exit_code == 2
    assert "details=1" in ran.log
