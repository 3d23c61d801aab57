"""A store whose layout moved: named in the first run, stopped before much is asked, and told from a list of other apps."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from playfast.localstore import catalogue
from playfast.localstore.identifiers import ids as all_ids
from tests.conftest import local_store

pytestmark = pytest.mark.crawl

FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS=15")
MOVED = {
    "0,0=0,3": ["title"],
    "51=60": ["score", "ratings", "histogram"],
    "51,0,1=51,0,4": ["score"],
    "57=61": ["price", "currency"],
    "13,1=13,4": ["min_installs"],
    "79,0,0,2=79,0,0,9": ["genre_id"],
    "145=146": ["updated"],
    "18=19": ["status"],
}


@pytest.fixture
def ids(tmp_path, store):
    path = tmp_path / "ids.txt"
    path.write_bytes(store.get("/_localstore/ids.txt?count=1000"))
    return f"ids={path}"


def named(crawl):
    return {finding.partition(":")[0] for finding in crawl.stats["playfast/drift"].split("; ")}


@pytest.mark.parametrize("moves", MOVED)
def test_a_moved_field_stops_the_first_run_before_200_apps_are_asked(crawl, ids, moves):
    with local_store("--move", moves) as moved:
        done = crawl("-a", ids, "-s", "PLAYFAST_DRIFT=stop", store=moved, pace=FAST)
        asked = sum(moved.report()["calls"].values())
    assert done.stats["finish_reason"] == "drift"
    assert done.exit_code == 5
    assert set(MOVED[moves]) <= named(done)
    assert asked < 200
    assert all(field in done.log.splitlines()[-1] for field in MOVED[moves]), (
        "the last line does not name them"
    )


def test_it_holds_for_pages_too(crawl, ids):
    with local_store("--move", "145=146") as moved:
        done = crawl("-a", ids, "-a", "via=page", "-s", "PLAYFAST_DRIFT=stop", store=moved, pace=FAST)
    assert done.stats["finish_reason"] == "drift"
    assert "updated" in named(done)
    assert done.stats["item_scraped_count"] < 200


def test_a_warning_names_the_field_and_asks_on(crawl, ids):
    with local_store("--move", "0,0=0,3") as moved:
        done = crawl("-a", ids, store=moved, pace=FAST)
    assert done.stats["finish_reason"] == "finished"
    assert done.exit_code == 0
    assert len(done.records) == 1000
    (warning,) = [line for line in done.log.splitlines() if "Play may have moved" in line]
    assert "WARNING" in warning
    assert "title: in 0 of " in warning


def test_nothing_is_said_where_it_is_off(crawl, ids):
    with local_store("--move", "0,0=0,3") as moved:
        done = crawl("-a", ids, "-s", "PLAYFAST_DRIFT=off", store=moved, pace=FAST)
    assert "playfast/drift" not in done.stats
    assert "moved" not in done.log


@pytest.mark.parametrize("countries", ["us", "us,kr,de"])
def test_an_unmoved_store_is_crawled_to_the_end_in_stop_mode_each_asked_once(crawl, ids, store, countries):
    done = crawl(
        "-a", ids, "-a", f"countries={countries}", "-s", "PLAYFAST_DRIFT=stop", store=store, pace=FAST
    )
    assert done.exit_code == 0
    assert "playfast/drift" not in done.stats
    keys = [(record["app_id"], record["country"]) for record in done.each()]
    assert len(keys) == len(set(keys)) == 1000 * len(countries.split(","))


def test_a_field_that_few_apps_have_is_missed_beside_the_earlier_run(crawl, ids, store, tmp_path):
    """`video` has no floor: many lists hold no app with one. The same list the week before tells."""
    report = tmp_path / "run.json"
    watched = ("-a", ids, "-s", f"PLAYFAST_REPORT={report}")
    crawl(*watched, store=store, pace=FAST)
    assert json.loads(report.read_text())["fields"]["video"]["coverage"] > 0.2
    again = crawl(*watched, store=store, pace=FAST)
    assert "playfast/drift" not in again.stats
    with local_store("--move", "100=99") as moved:
        third = crawl(*watched, store=moved, pace=FAST)
    assert "video" in named(third)
    told = json.loads(report.read_text())["drift"]
    assert told["against"] == str(report)
    assert "video" in {finding["field"] for finding in told["findings"]}


def test_a_yes_or_no_field_that_turns_to_no_is_missed(crawl, ids):
    with local_store("--move", "48=47") as moved:
        done = crawl("-a", ids, store=moved, pace=FAST)
    assert "contains_ads" in named(done)


def test_an_earlier_run_of_other_countries_is_not_compared_with(crawl, ids, store, tmp_path):
    report = tmp_path / "run.json"
    crawl("-a", ids, "-s", f"PLAYFAST_REPORT={report}", store=store, pace=FAST)
    done = crawl(
        "-a", ids, "-a", "countries=kr", "-s", f"PLAYFAST_DRIFT_AGAINST={report}", store=store, pace=FAST
    )
    assert "it had other countries" in done.log


def test_a_floor_of_ones_own_counts(crawl, ids, store):
    done = crawl("-a", ids, "-s", 'PLAYFAST_DRIFT_FLOORS={"video": 0.99, "title": 0}', store=store, pace=FAST)
    assert named(done) == {"video"}


def gone(count):
    found = (one for one in all_ids(100_000) if catalogue.App(one).status("us") == "not_found")
    return list(islice(found, count))


@pytest.mark.parametrize("way", ["context", "rpc:Ws7gDc=Xy12Ab"])
def test_a_request_that_play_takes_no_more_is_told_from_apps_that_are_gone(crawl, ids, way):
    with local_store("--template", way) as changed:
        done = crawl("-a", ids, "-s", "PLAYFAST_DRIFT=stop", store=changed, pace=FAST)
        asked = sum(changed.report()["calls"].values())
    assert done.stats["finish_reason"] == "drift"
    assert done.exit_code == 5
    assert asked < 200
    assert done.stats["playfast/drift"].startswith("status: Play knows none of the ")


def test_apps_that_are_gone_beside_one_that_is_not_are_no_drift(crawl, store, tmp_path):
    listed = tmp_path / "ids.txt"
    listed.write_text("\n".join([*gone(80), "shop.variety.ordinary"]))
    done = crawl("-a", f"ids={listed}", store=store, pace=FAST)
    assert len(done.records) == 81
    assert "playfast/drift" not in done.stats


def test_what_an_earlier_crawl_did_not_find_may_be_all_gone(crawl, store, tmp_path):
    listed = tmp_path / "ids.txt"
    listed.write_text("\n".join(gone(40)))
    once = crawl("-a", f"ids={listed}", store=store, feed="once.jsonl", pace=FAST)
    assert "Play knows none of the 40 asked" in once.stats["playfast/drift"]
    again = crawl("-a", f"ids={once.feed}", "-a", "retry=not_found", store=store, pace=FAST)
    assert [record["status"] for record in again.records] == ["not_found"] * 40
    assert "playfast/drift" not in again.stats


@pytest.mark.parametrize(
    ("spider", "rpc", "asked"),
    [("similar", "ag2B9c", True), ("reviews", "oCPfdb", True), ("charts", "vyAe2", False)],
)
def test_lists_that_are_all_empty_are_told(crawl, ids, spider, rpc, asked):
    given = ("-a", ids, "-a", "limit=120") if asked else ()
    with local_store("--template", f"rpc:{rpc}=Xy12Ab") as changed:
        done = crawl(*given, spider=spider, store=changed, pace=FAST)
    assert "rows" in named(done)
    assert "has any" in done.log
