"""Whole crawls over the recorded answers: what they write is what stands in the recordings, by either way."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from playfast.items import Listing, Review
from tests.conftest import Store

from .recordings import expected, fields_of
from .served import APPS, CHART, HOME, SEARCHES, TERM, recorded_store
from .written import canonical, digest, shown

pytestmark = pytest.mark.crawl

GOOGLE = "5700313618786177705"
TRANSLATE = "com.google.android.apps.translate"


@pytest.fixture(scope="module")
def store():
    with recorded_store() as address:
        yield Store(address)


@pytest.fixture
def run(crawl, store, tmp_path):
    """A crawl: its rows, and the records of the feed beside."""

    def crawled(spider, *arguments):
        beside = tmp_path / "sweeps.jsonl"
        done = crawl(*arguments, "-a", f"sweeps={beside}", spider=spider, store=store)
        assert done.exit_code == 0, done.log
        return done.records, [json.loads(line) for line in beside.read_text().splitlines()]

    return crawled


def columns_of(rows, fields):
    return {field: digest(canonical([row[field] for row in rows])) for field in fields}


def assert_listed(rows, like):
    """The rows of one list are the recorded ones: all fields of all of them, in order."""
    rows = sorted(rows, key=lambda row: row["rank"])
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert shown([row["app_id"] for row in rows], like["app_ids"]) == like["app_ids"]
    assert columns_of(rows, fields_of(Listing)) == like["sha256"]


@pytest.mark.parametrize("via", ["rpc", "page"])
def test_similar(run, via):
    ids = [*APPS, "org.example.nothing"]
    rows, sweeps = run("similar", "-a", f"ids={','.join(ids)}", "-a", f"via={via}")
    assert {sweep["asked"]: sweep["status"] for sweep in sweeps} == {
        **dict.fromkeys(APPS, "available"),
        "org.example.nothing": "not_found",
    }
    wanted = {
        (app_id, like["name"]): like
        for app_id, name in APPS.items()
        for like in expected(f"lists_details_{name}")
    }
    assert {(row["asked"], row["list"]) for row in rows} == set(wanted)
    for (app_id, name), like in wanted.items():
        assert_listed([row for row in rows if (row["asked"], row["list"]) == (app_id, name)], like)
    stopped = {(sweep["asked"], name): why for sweep in sweeps for name, why in sweep["stopped"].items()}
    # Nobody recorded how a list goes on, so that every token is refused here.
    assert stopped == {key: "end" if like["token"] is None else "refused" for key, like in wanted.items()}


@pytest.mark.parametrize("via", ["rpc", "page"])
def test_developer(run, via):
    rows, sweeps = run("developer", "-a", f"developers={GOOGLE};Mojang;Nobody", "-a", f"via={via}")
    google, mojang, nobody = (
        next(sweep for sweep in sweeps if sweep["asked"] == asked) for asked in (GOOGLE, "Mojang", "Nobody")
    )
    for field, value in expected("profile_developer_google_numeric_id").items():
        assert google[field] == value
    assert (google["apps"], google["stopped"]) == (11, "refused")
    # The number comes from the record of an app, the profile behind it is not on record.
    assert (mojang["apps"], mojang["stopped"], mojang["name"], mojang["numeric_id"]) == (
        3,
        "end",
        "Mojang",
        "4772240228547998649",
    )
    assert (nobody["status"], nobody["apps"]) == ("not_found", 0)
    (like,) = expected("lists_developer_mojang_by_name")
    assert_listed([row for row in rows if row["asked"] == "Mojang"], like)


@pytest.mark.parametrize("via", ["rpc", "page"])
def test_the_app_above_a_developer_s_list_is_the_first_of_it(run, via):
    rows, _ = run("developer", "-a", f"developers={GOOGLE}", "-a", f"via={via}")
    first, *others = sorted(rows, key=lambda row: row["rank"])
    like = expected("above_developer_google_numeric_id")
    assert {field: shown(first[field], value) for field, value in like.items()} == like
    (like,) = expected("lists_developer_google_numeric_id")
    assert [row["rank"] for row in others] == list(range(2, 12))
    assert [row["app_id"] for row in others] == like["app_ids"]
    assert columns_of(others, fields_of(Listing)) == like["sha256"]


def test_reviews(run):
    """Two pages are on record; the token of the second is refused, and a second walk finds the same ones."""
    rows, (sweep,) = run("reviews", "-a", f"ids={TRANSLATE}", "-a", "personal=1", "-a", "page=150")
    assert (sweep["status"], sweep["reviews"], sweep["store_count"]) == ("available", 300, 187_840)
    assert sweep["stopped"] != "end"
    for part, name in ((rows[:150], "page1"), (rows[150:], "page2")):
        like = expected(f"reviews_{name}")
        for row in part:
            for field in ("written_at", "replied_at"):
                assert (
                    row[field] is None or datetime.fromisoformat(row[field]).utcoffset().total_seconds() == 0
                )
        assert columns_of(part, ("review_id", *fields_of(Review))) == like["sha256"]


def test_reviews_leave_out_who_wrote_them(run):
    rows, _ = run("reviews", "-a", f"ids={TRANSLATE}", "-a", "max_per_app=20")
    assert len(rows) == 20
    assert not set(Review.personal) & {field for row in rows for field in row}


def test_permissions(crawl, store):
    ids = [*APPS, "org.example.nothing"]
    done = crawl("-a", f"ids={','.join(ids)}", spider="permissions", store=store)
    assert done.exit_code == 0, done.log
    found = {record["app_id"]: record for record in done.records}
    for app_id, name in APPS.items():
        like = expected("trust_of_details")[name]
        assert found[app_id]["stated"] == like["stated"]
        assert shown(found[app_id]["permissions"], like["permissions"]) == like["permissions"]
    assert found[TRANSLATE]["permissions"] == expected("permissions_xdSrCf")
    assert (found["org.example.nothing"]["status"], found["org.example.nothing"]["stated"]) == (
        "not_found",
        None,
    )


@pytest.mark.parametrize("via", ["rpc", "page"])
def test_search(run, via):
    rows, sweeps = run("search", "-a", f"queries={';'.join(SEARCHES)}", "-a", f"via={via}")
    assert {sweep["asked"]: sweep["status"] for sweep in sweeps} == dict.fromkeys(SEARCHES, "available")
    for query, file in SEARCHES.items():
        (like,) = expected(f"lists_{file.replace('/', '_')}")
        found = [row for row in rows if row["asked"] == query]
        assert {row["list"] for row in found} == {"search"}
        assert_listed(found, like)
        assert [row["app_id"] for row in found if row["featured"]] == [like["featured"]] * bool(
            like["featured"]
        )
        assert {row["featured"] for row in found} <= {True, False}
        (sweep,) = [sweep for sweep in sweeps if sweep["asked"] == query]
        assert (sweep["rows"], sweep["stopped"]) == ({"search": like["count"]}, {"search": "end"})


def test_charts(run):
    collection, category = CHART
    rows, sweeps = run(
        "charts", "-a", f"categories={category},DATING", "-a", f"collections={collection},topselling_paid"
    )
    (like,) = expected("lists_rpc_charts_vyAe2_rt_c")
    assert {(row["asked"], row["list"], row["featured"]) for row in rows} == {(category, collection, None)}
    assert_listed(rows, like)
    assert {sweep["asked"]: sweep["stopped"] for sweep in sweeps} == {
        category: {collection: "end", "topselling_paid": "empty"},
        "DATING": {collection: "empty", "topselling_paid": "empty"},
    }


@pytest.mark.parametrize("via", ["rpc", "page"])
def test_collections(run, tmp_path, via):
    beside = tmp_path / "rows.jsonl"
    lists, (sweep,) = run(
        "collections", "-a", f"categories={HOME}", "-a", f"rows={beside}", "-a", f"via={via}"
    )
    rows = [json.loads(line) for line in beside.read_text().splitlines()]
    wanted = expected("lists_home_store_home")
    assert [one["rank"] for one in sorted(lists, key=lambda one: one["rank"])] == [1, 2, 3, 4, 5]
    assert len(rows) == sum(like["count"] for like in wanted) == 52
    for like, one in zip(wanted, sorted(lists, key=lambda one: one["rank"]), strict=True):
        assert (one["asked"], one["list"], one["title"]) == (HOME, like["mark"], like["title"])
        link = like["link"] if like["link"] is None else f"https://play.google.com{like['link']}"
        assert one["url"] == link
        assert shown(one["apps"], like["app_ids"]) == like["app_ids"]
        assert_listed([row for row in rows if row["list"] == like["mark"]], like)
    assert {row["featured"] for row in rows} == {None}
    assert sweep["rows"] == {like["mark"]: like["count"] for like in wanted}


def test_suggest(crawl, store):
    done = crawl("-a", f"terms={TERM};zzz", spider="suggest", store=store)
    assert done.exit_code == 0, done.log
    assert {record["term"]: record["suggestions"] for record in done.records} == {
        TERM: expected("suggest_IJ4APc")["suggestions"],
        "zzz": [],
    }
    assert {record["status"] for record in done.records} == {"available"}
