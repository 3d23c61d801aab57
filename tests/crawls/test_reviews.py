"""Whole crawls of reviews: every one, once each, in few requests; stopped, killed, begun again, kept up to date."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from collections import Counter
from urllib.parse import urlencode

import pytest

from tests.conftest import ROOT, local_store
from tests.waiting import length, until

pytestmark = pytest.mark.crawl

MANY = "example.reviews20000.app"
TWELVE = ("en", "es", "pt", "ru", "de", "fr", "it", "ja", "ko", "zh", "tr", "id")
PERSONAL = ("user_name", "user_picture", "user_id", "user_banner")


def in_store(store, app_id, lang):
    """The ids of an app's reviews, the newest first, as the store itself has them."""
    return json.loads(store.get("/_localstore/reviews?" + urlencode({"id": app_id, "hl": lang})))


def pages(count, size=1000):
    return max(1, math.ceil(count / size))


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture
def sweep(crawl, tmp_path):
    """A crawl of reviews, its rows, and its records of sweeps by (app, language)."""

    def run(*arguments, store, ids=MANY, feed="reviews.jsonl", **more):
        sweeps = tmp_path / "sweeps.jsonl"
        ran = crawl(
            *("-a", f"ids={ids}", "-a", f"sweeps={sweeps}"),
            *arguments,
            spider="reviews",
            store=store,
            feed=feed,
            **more,
        )
        found = {(one["app_id"], one["lang"]): one for one in read(sweeps)} if sweeps.exists() else {}
        return ran, ran.records, found

    return run


def test_every_review_of_twelve_languages_once_in_as_few_requests_as_there_are_pages(sweep):
    with local_store() as store:
        ran, rows, sweeps = sweep("-a", f"langs={','.join(TWELVE)}", "-a", "batch=1", store=store)
        assert ran.exit_code == 0, ran.log
        asked = store.report()["requests"]["rpc"]
        due = {lang: in_store(store, MANY, lang) for lang in TWELVE}
    assert sum(map(len, due.values())) == 20_000
    found = Counter((row["lang"], row["review_id"]) for row in rows)
    assert found == Counter((lang, review_id) for lang in TWELVE for review_id in due[lang])
    assert asked <= sum(pages(len(ids)) + 1 for ids in due.values())
    for lang in TWELVE:
        told = sweeps[MANY, lang]
        assert (told["status"], told["stopped"]) == ("available", "end")
        assert (told["reviews"], told["pages"]) == (len(due[lang]), pages(len(due[lang])))
        assert told["store_country"] == "us"


def test_several_pages_travel_in_one_post(sweep):
    with local_store() as store:
        ids = ",".join(f"example.app{number}.reviews900.app" for number in range(12))
        _, rows, sweeps = sweep("-a", "batch=6", store=store, ids=ids)
        assert store.report()["requests"]["rpc"] == 2
    assert len(sweeps) == 12
    assert Counter(row["app_id"] for row in rows) == Counter(
        {one["app_id"]: one["reviews"] for one in sweeps.values()}
    )


def test_killed_and_begun_again_there_is_every_review_once(tmp_path):
    """With the ledger's marks a sweep goes on at the page it had come to, so that a kill costs a page or two, at a pace that is no burst."""
    feed, sweeps, ledger = tmp_path / "reviews.jsonl", tmp_path / "sweeps.jsonl", tmp_path / "run.db"
    pace = ("-s", "DOWNLOAD_DELAY=0.1", "-s", "RANDOMIZE_DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS=2")
    with local_store() as store:
        arguments = (
            f"ids={MANY}",
            f"langs={','.join(TWELVE)}",
            f"ledger={ledger}",
            f"sweeps={sweeps}",
            "page=200",
            "batch=1",
        )
        command = [sys.executable, "-m", "scrapy", "crawl", "reviews", "-o", str(feed), *pace]
        command += [part for argument in arguments for part in ("-a", argument)]
        environment = {**os.environ, "PLAYFAST_URL": store.address}
        kills = 0
        for share in (0.3, 0.6, 0.8):
            with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
                due = int(share * 20_000 * 700)
                until(lambda: length(feed) > due or process.poll() is not None)  # noqa: B023 - called at once
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        due_ids = {lang: in_store(store, MANY, lang) for lang in TWELVE}
        asked = store.report()["requests"]["rpc"]
    assert kills >= 2, "it was too quick to be killed"
    found = Counter((row["lang"], row["review_id"]) for row in read(feed))
    assert found == Counter((lang, review_id) for lang in TWELVE for review_id in due_ids[lang])
    told = {one["lang"]: one["reviews"] for one in read(sweeps)}
    assert told == {lang: len(ids) for lang, ids in due_ids.items()}
    assert asked <= sum(pages(len(ids), 200) + 1 for ids in due_ids.values())


@pytest.mark.parametrize(
    ("app_id", "stopped"),
    [
        ("example.loops.reviews9000.app", "all_seen"),
        ("example.stuck.reviews9000.app", "repeated_token"),
        ("example.reviews9000.app", "end"),
    ],
)
def test_it_says_why_it_stopped(sweep, store, app_id, stopped):
    _, rows, sweeps = sweep("-a", "page=300", store=store, ids=app_id)
    told = sweeps[app_id, "en"]
    assert told["stopped"] == stopped
    assert len(rows) == len({row["review_id"] for row in rows}) == told["reviews"]
    if stopped != "repeated_token":
        assert {row["review_id"] for row in rows} == set(in_store(store, app_id, "en"))


def test_a_dead_token_costs_no_review(sweep):
    with local_store("--dead-tokens", "0.3") as store:
        ran, rows, sweeps = sweep("-a", "page=400", store=store, ids="example.reviews9000.app")
        due = in_store(store, "example.reviews9000.app", "en")
    told = sweeps["example.reviews9000.app", "en"]
    assert told["stopped"] in ("end", "refused")
    assert len({row["review_id"] for row in rows}) == len(rows) == told["reviews"]
    if told["stopped"] == "end":
        assert {row["review_id"] for row in rows} == set(due)
    assert ran.exit_code == 0


def test_all_languages_are_those_that_play_keeps_apart(sweep, store):
    app_id = "com.nukaji.vupusumiku"
    counts = json.loads(store.get(f"/_localstore/reviews?id={app_id}"))
    assert len(counts) > 12
    _, rows, sweeps = sweep("-a", "langs=all", store=store, ids=app_id)
    assert len(sweeps) == 71
    assert Counter(row["lang"] for row in rows) == Counter(counts)
    assert len({row["review_id"] for row in rows}) == len(rows)


def test_an_alias_of_a_language_gives_no_review_twice(sweep, store):
    _, rows, sweeps = sweep("-a", "langs=pt,pt-BR,pt-PT", store=store, ids="example.reviews3000.app")
    assert (
        len({row["review_id"] for row in rows})
        == len(rows)
        == len(in_store(store, "example.reviews3000.app", "pt"))
    )
    assert sum(one["repeated"] for one in sweeps.values()) == 2 * len(rows)


def test_who_wrote_it_is_left_out_unless_it_is_asked_for(sweep, store):
    ids = "example.reviews50.app"
    _, rows, _ = sweep(store=store, ids=ids)
    assert rows
    assert not [name for name in PERSONAL if name in rows[0]]
    _, rows, _ = sweep("-a", "personal=1", store=store, ids=ids)
    assert all(row["user_name"] and row["user_id"] for row in rows)


def test_personal_fields_need_the_word(sweep, store):
    ran, _, _ = sweep("-a", "fields=user_name,text", store=store)
    assert ran.exit_code == 2
    assert "personal=1" in ran.log


def test_stars_devices_and_orders(sweep, store):
    ids = "example.reviews2000.app"
    _, rows, _ = sweep("-a", "score=2", store=store, ids=ids)
    assert {row["stars"] for row in rows} == {2}
    _, tablets, _ = sweep("-a", "device=tablet", store=store, ids=ids)
    assert 0 < len(tablets) < len(in_store(store, ids, "en"))
    _, newest, _ = sweep(store=store, ids=ids)
    assert [row["review_id"] for row in newest] == in_store(store, ids, "en")
    _, by_stars, _ = sweep("-a", "sort=stars", store=store, ids=ids)
    assert [row["stars"] for row in by_stars] == sorted((row["stars"] for row in by_stars), reverse=True)


def test_at_most_so_many_of_an_app(sweep, store):
    _, rows, sweeps = sweep("-a", "langs=en,es", "-a", "max_per_app=150", "-a", "page=100", store=store)
    assert len(rows) == 150
    assert {one["stopped"] for one in sweeps.values()} == {"max_per_app"}


def test_since_a_date(sweep, store):
    _, rows, sweeps = sweep("-a", "since=2026-06-01", "-a", "page=100", store=store)
    assert rows
    assert min(row["written_at"] for row in rows) >= "2026-06-01"
    told = sweeps[MANY, "en"]
    assert told["stopped"] == "since"
    older = in_store(store, MANY, "en")[len(rows)]
    assert older not in {row["review_id"] for row in rows}
    assert told["pages"] <= pages(len(rows), 100) + 1


def test_since_the_last_crawl(crawl, tmp_path):
    feed = tmp_path / "reviews.jsonl"
    arguments = (
        "-a",
        f"ids={MANY}",
        "-a",
        f"ledger={tmp_path / 'run.db'}",
        "-a",
        "langs=en,es",
        "-a",
        "since=last",
    )
    arguments += ("-o", str(feed))
    counts = []
    for week in ("0", "0", "2", "3"):
        with local_store("--week", week) as store:
            ran = crawl(*arguments, spider="reviews", store=store, feed="")
            assert ran.exit_code == 0, ran.log
            due = {(lang, review) for lang in ("en", "es") for review in in_store(store, MANY, lang)}
        rows = read(feed)
        counts.append(len(rows))
        assert Counter((row["lang"], row["review_id"]) for row in rows) == Counter(due)
    assert counts[0] == counts[1] < counts[2] < counts[3]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-a", "since=yesterday"), "since='yesterday': a date is due"),
        (("-a", "since=last"), "add -a ledger=FILE"),
        (("-a", "since=2026-01-01", "-a", "sort=helpful"), "sort=newest"),
        (("-a", "countries=us,de"), "one country is due"),
        (("-a", "langs=xx"), "'xx' is no language of Play"),
        (("-a", "retry=error"), "add -a ledger=FILE"),
    ],
)
def test_what_cannot_be_asked_is_told(sweep, store, arguments, told):
    ran, _, _ = sweep(*arguments, store=store)
    assert ran.exit_code == 2
    assert told in ran.log


def test_apps_that_are_not_there_and_entries_that_are_none_have_a_record_each(sweep, store):
    ran, rows, sweeps = sweep(
        "-a", "langs=en,de", store=store, ids="example.gone.app,nothing,example.reviews10.app"
    )
    assert ran.exit_code == 0
    assert {key: one["status"] for key, one in sweeps.items()} == {
        ("example.gone.app", "en"): "not_found",
        ("example.gone.app", "de"): "not_found",
        ("nothing", "en"): "invalid_id",
        ("nothing", "de"): "invalid_id",
        ("example.reviews10.app", "en"): "available",
        ("example.reviews10.app", "de"): "available",
    }
    assert {row["app_id"] for row in rows} == {"example.reviews10.app"}


def test_a_page_that_is_refused_is_asked_in_a_smaller_one(sweep):
    """What fails is asked again with 200 rows."""
    with local_store("--error-frames", "0.3") as other:
        ran, rows, _ = sweep("-a", "page=4000", store=other)
        assert ran.exit_code == 0
        assert {row["review_id"] for row in rows} == set(in_store(other, MANY, "en"))


def test_without_a_way_every_sweep_says_so(sweep):
    with local_store("--rpc-down") as store:
        ran, rows, sweeps = sweep("-a", "langs=en,de,fr", "-s", "RETRY_TIMES=0", store=store)
    assert ran.exit_code == 3
    assert rows == []
    assert {one["status"] for one in sweeps.values()} == {"error"}
    assert len(sweeps) == 3
    assert all(one["error"] for one in sweeps.values())
