"""Whole crawls of how apps are found: searches, charts, suggestions, categories, front pages."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from playfast.localstore import charts, fronts, searches, suggestions
from playfast.localstore.catalogue import App
from playfast.play.categories import CATEGORIES, COLLECTIONS
from tests.conftest import local_store
from tests.kills.killing import crawl_under_kills
from tests.kills.spiders import KINDS

pytestmark = pytest.mark.crawl

WORDS = ("game", "photo", "bird", "chat", "weather", "note", "map", "music", "run", "food")
QUERIES = [f"{first} {second}" if first != second else first for first in WORDS for second in WORDS]
FIRST_PART = {True: 20, False: 30}


def read(path):
    return [json.loads(line) for line in path.read_text().split("\n") if line]


@pytest.fixture
def found(crawl, tmp_path):
    """A crawl of lists: how it went, the rows by (asked, list), and the closing records by what was asked."""

    def run(spider, *arguments, store, **more):
        sweeps = tmp_path / "sweeps.jsonl"
        sweeps.unlink(missing_ok=True)
        given = [part for argument in (*arguments, f"sweeps={sweeps}") for part in ("-a", argument)]
        ran = crawl(*given, spider=spider, store=store, feed="rows.jsonl", **more)
        rows = {}
        for row in ran.records:
            if "rank" in row and "app_id" in row:
                rows.setdefault((row["asked"], row["list"]), []).append(row)
        return ran, rows, {one["asked"]: one for one in read(sweeps)} if sweeps.exists() else {}

    return run


def ranked(rows):
    """Ids in the order of their ranks, which begin with 1 and leave none out."""
    rows = sorted(rows, key=lambda row: row["rank"])
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    return [row["app_id"] for row in rows]


# Searches.


@pytest.mark.parametrize(("country", "lang"), [("us", "en"), ("kr", "ko")])
def test_results_in_the_order_shown_with_the_app_that_is_meant_first(found, store, country, lang):
    title = App(searches.search("game", country.upper(), 0, 0).ids[3]).title
    queries = ["game", "photo", title, "nothing"]
    ran, rows, sweeps = found(
        "search", f"queries=;{';'.join(queries)};", f"countries={country}", f"langs={lang}", store=store
    )
    assert ran.exit_code == 0, ran.log
    for query in queries:
        due = searches.search(query, country.upper(), 0, 0)
        came = rows.get((query, "search"), [])
        assert ranked(came) == list(due.ids[: FIRST_PART[due.features]])
        assert [row["app_id"] for row in came if row["featured"]] == ([due.featured] if due.features else [])
        assert sweeps[query]["rows"] == {"search": len(came)}
        assert sweeps[query]["stopped"] == {"search": "end" if came else "empty"}
    assert rows[title, "search"][0]["title"] == title


def test_ids_of_every_prefix_are_kept(found, store):
    _, rows, _ = found("search", f"queries=;{';'.join(QUERIES[:20])};", store=store)
    prefixes = {row["app_id"].partition(".")[0] for listed in rows.values() for row in listed}
    assert {"jp", "ru", "de", "com"} <= prefixes


def test_more_pages_go_on_in_the_older_way(found, store):
    with local_store() as own:
        ran, rows, sweeps = found("search", "queries=;game;where am i;", "pages=20", store=own)
        # The first part, and beside it the older one; then 50 rows at a time of both.
        assert own.report()["requests"]["rpc"] <= 1 + 5
    assert ran.exit_code == 0, ran.log
    for query in ("game", "where am i"):
        assert sorted(ranked(rows[query, "search"])) == sorted(searches.search(query, "US", 0, 0).ids)
        assert sweeps[query]["stopped"] == {"search": "end"}
    _, rows, sweeps = found("search", "queries=;game;", "pages=2", store=store)
    assert sweeps["game"]["stopped"] == {"search": "limit"}
    assert 30 < len(rows["game", "search"]) < len(searches.search("game", "US", 0, 0).ids)


@pytest.mark.parametrize(("price", "code"), [("free", 1), ("paid", 2)])
def test_the_price_is_asked_on_pages(found, price, code):
    with local_store() as own:
        _, rows, sweeps = found("search", "queries=;game;", f"price={price}", store=own)
        assert own.report()["requests"]["page"] == 1
    due = searches.search("game", "US", 0, 0, code)
    assert ranked(rows["game", f"search_{price}"]) == list(due.ids[: FIRST_PART[due.features]])
    assert {row["free"] for row in rows["game", f"search_{price}"]} == {price == "free"}
    assert sweeps["game"]["via"] == "page"


def test_by_page_it_is_the_same(found, store):
    asked = f"queries=;{';'.join(QUERIES[:8])};nothing;"
    _, by_rpc, _ = found("search", asked, store=store)
    ran, by_page, sweeps = found("search", asked, "via=page", store=store)
    assert ran.exit_code == 0, ran.log
    assert {one["via"] for one in sweeps.values()} == {"page"}
    told = ("rank", "app_id", "featured", "title", "score", "price", "installs", "description", "genre")
    for key, rows in by_page.items():
        assert [[row[name] for name in told] for row in rows] == [
            [row[name] for name in told] for row in by_rpc[key]
        ]
    assert set(by_page) == set(by_rpc)


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (("price=paid", "pages=2"), "pages: only searches of any price go on"),
        (("via=page", "pages=2"), "pages: a page of a search has no further part"),
        (("apps=x.jsonl",), "apps: there are no records of apps without details=1"),
        (
            ("details=1", "fields=title"),
            "details: of whole records in the feeds of rows the chosen fields alone would be left",
        ),
    ],
)
def test_what_does_not_go_together_is_told(crawl, store, arguments, due):
    given = [part for argument in ("queries=;a;", *arguments) for part in ("-a", argument)]
    ran = crawl(*given, spider="search", store=store)
    assert ran.exit_code == 2
    assert due in ran.log
    assert ran.log.count("scrapy crawl search: ") == 1


def test_rows_and_records_do_not_share_a_parquet_feed(crawl, store):
    given = ("-a", "queries=;a;", "-a", "details=1")
    ran = crawl(*given, spider="search", store=store, feed="rows.parquet")
    assert ran.exit_code == 2
    assert "details: a Parquet feed holds one class of items" in ran.log


def test_from_nothing_to_records(found, store, tmp_path):
    """A hundred searches: every app that was found once, with its whole record."""
    listed, apps = tmp_path / "queries.txt", tmp_path / "apps.jsonl"
    listed.write_text("\n".join(QUERIES))
    ran, rows, sweeps = found("search", f"queries={listed}", "details=1", f"apps={apps}", store=store)
    assert ran.exit_code == 0, ran.log
    assert set(sweeps) == set(QUERIES)
    due = set()
    for query in QUERIES:
        ids = searches.search(query, "US", 0, 0)
        assert ranked(rows[query, "search"]) == list(ids.ids[: FIRST_PART[ids.features]])
        due.update(ids.ids[: FIRST_PART[ids.features]])
    records = read(apps)
    assert Counter(record["app_id"] for record in records) == Counter(due)
    for record in records:
        app = App(record["app_id"])
        assert (record["status"], record["title"]) == ("available", app.title)
        assert record["genre_id"] == app.category.key
        assert record["description"]


# Charts.


def test_charts_of_all_categories_as_they_stand(found, store):
    ran, rows, sweeps = found("charts", "fields=title,genre", "countries=de", store=store)
    assert ran.exit_code == 0, ran.log
    assert set(sweeps) == set(CATEGORIES)
    for category in CATEGORIES:
        for collection in COLLECTIONS:
            due = charts.chart(collection, category, "DE", 0, 0)
            assert ranked(rows.get((category, collection), [])) == list(due)
            assert sweeps[category]["rows"][collection] == len(due)
            assert sweeps[category]["stopped"][collection] == ("end" if due else "empty")
    assert len(rows["GAME", "topselling_free"]) == 200
    assert {row["featured"] for listed in rows.values() for row in listed} == {None}


def test_a_charts_mask_asks_for_what_is_exported_alone(found):
    with local_store() as own:
        found("charts", "categories=GAME", "collections=topselling_free", "fields=title", store=own)
        few = own.report()["bytes_sent"]["rpc"]
    with local_store() as own:
        found("charts", "categories=GAME", "collections=topselling_free", store=own)
        assert own.report()["bytes_sent"]["rpc"] > 10 * few


def test_charts_with_details_ask_for_each_app_once(found, store, tmp_path):
    apps = tmp_path / "apps.jsonl"
    _, rows, _ = found(
        "charts", "categories=GAME_WORD,GAME,DATING", "most=40", "details=1", f"apps={apps}", store=store
    )
    due = {row["app_id"] for listed in rows.values() for row in listed}
    assert max(map(len, rows.values())) == 40
    records = read(apps)
    assert Counter(record["app_id"] for record in records) == Counter(due)
    assert all(record["title"] == App(record["app_id"]).title for record in records)


def test_a_chart_that_fails_costs_no_other(found):
    """Each call fails one time in three, so that hardly a category has all its charts at once."""
    with local_store("--error-frames", "0.2", "--absent", "0.2") as own:
        ran, rows, sweeps = found("charts", "categories=GAME,GAME_WORD,DATING,TOOLS", "most=3", store=own)
    assert ran.exit_code == 0, ran.log
    assert {one["status"] for one in sweeps.values()} == {"available"}
    for category, sweep in sweeps.items():
        assert set(sweep["rows"]) == set(COLLECTIONS)
        for collection in COLLECTIONS:
            due = charts.chart(collection, category, "US", 0, 0)
            assert ranked(rows.get((category, collection), [])) == list(due[:3])
            assert sweep["stopped"][collection] == ("limit" if len(due) > 3 else "end" if due else "empty")


@pytest.mark.parametrize(
    ("argument", "due"),
    [
        ("categories=GAME_PUZZEL", "'GAME_PUZZEL' is no category, did you mean GAME_PUZZLE?"),
        ("collections=top_free", "'top_free' is no chart; there are: topselling_free"),
        ("collections=new_free", "new_free: Play gives nothing under this name any more"),
        ("age=10", "'10' is no choice; there are: all, 5-under"),
        ("age=6-8", "age: only FAMILY and its categories have charts by age, and not APPLICATION"),
    ],
)
def test_what_is_no_chart_is_told(crawl, store, argument, due):
    ran = crawl("-a", argument, spider="charts", store=store)
    assert ran.exit_code == 2
    assert due in ran.log


# Suggestions.


def test_suggestions_of_terms_and_their_endings(crawl, store):
    ran = crawl(
        *("-a", "terms=;pan;nothing;map;", "-a", "expand=_a-c,x", "-a", "countries=us,jp", "-a", "langs=ja"),
        spider="suggest",
        store=store,
    )
    assert ran.exit_code == 0, ran.log
    due = {
        (term + ending, country)
        for term in ("pan", "nothing", "map")
        for ending in ("", " a", " b", " c", " x")
        for country in ("us", "jp")
    }
    assert Counter((one["term"], one["country"]) for one in ran.records) == Counter(due)
    for one in ran.records:
        assert one["status"] == "available"
        assert one["suggestions"] == suggestions.suggestions(one["term"], one["country"].upper(), "ja", 0, 0)
    assert [one["suggestions"] for one in ran.records if one["term"] == "nothing"] == [[], []]
    assert any(one["suggestions"] for one in ran.records)


def test_many_terms_travel_together(crawl, tmp_path):
    listed = tmp_path / "terms.txt"
    listed.write_text("\n".join(QUERIES))
    with local_store() as own:
        ran = crawl("-a", f"terms={listed}", spider="suggest", store=own)
        assert own.report()["requests"]["rpc"] == 2
    assert len(ran.records) == len(QUERIES)


@pytest.mark.parametrize(
    ("expand", "due"),
    [
        ("z-a", "'z-a' is no range of characters such as a-z"),
        ("_", "nothing to put behind a term"),
        ("a-z,_a-z", "'_a-z': the _ stands before the first of them, and counts for all"),
    ],
)
def test_endings_that_are_none_are_told(crawl, store, expand, due):
    ran = crawl("-a", "terms=;a;", "-a", f"expand={expand}", spider="suggest", store=store)
    assert ran.exit_code == 2
    assert due in ran.log


# Categories and front pages.


def test_categories_say_which_charts_they_have_and_their_names(crawl, store):
    ran = crawl("-a", "langs=de", spider="categories", store=store)
    assert ran.exit_code == 0, ran.log
    assert Counter(one["category"] for one in ran.records) == Counter(CATEGORIES)
    for one in ran.records:
        due = [name for name in COLLECTIONS if charts.chart(name, one["category"], "US", 0, 0)]
        assert one["collections"] == due
        assert one["status"] == ("available" if due else "not_found")
        if one["name"] is not None:
            (first, *_) = charts.chart(due[0], one["category"], "US", 0, 0)
            assert one["name"] == App(first).category.name_in("de")
    named = {one["category"] for one in ran.records if one["name"] is not None}
    assert "FINANCE" in named
    assert not named & {"APPLICATION", "GAME", "FAMILY"}


@pytest.mark.parametrize("via", ["rpc", "page"])
def test_the_lists_on_front_pages(crawl, store, tmp_path, via):
    rows, sweeps = tmp_path / "rows.jsonl", tmp_path / "sweeps.jsonl"
    ran = crawl(
        *("-a", "categories=APPLICATION,GAME,TOOLS", "-a", f"rows={rows}", "-a", f"sweeps={sweeps}"),
        *("-a", f"via={via}"),
        spider="collections",
        store=store,
    )
    assert ran.exit_code == 0, ran.log
    listed = {}
    for row in read(rows):
        listed.setdefault((row["asked"], row["list"]), []).append(row)
    for category in ("APPLICATION", "GAME", "TOOLS"):
        due = fronts.front(category, "US", 0, 0)
        came = sorted((one for one in ran.records if one["asked"] == category), key=lambda one: one["rank"])
        *shown, events = came
        assert [one["list"] for one in shown] == [section.name for section in due.sections]
        assert [one["apps"] for one in shown] == [
            list(section.ids[: section.shown]) for section in due.sections
        ]
        assert events["apps"] == list(due.events)
        assert all(one["title"] for one in came)
        for section in due.sections:
            assert ranked(listed[category, section.name]) == list(section.ids)
    assert {one["asked"] for one in read(sweeps)} == {"APPLICATION", "GAME", "TOOLS"}


# When it is killed.


@pytest.mark.parametrize("spider", ["search", "suggest"])
def test_killed_and_begun_again_nothing_is_missing_or_twice(tmp_path, spider):
    kind = KINDS[spider]
    with local_store() as store:
        asked = kind.asked(store, tmp_path, kind.ids // 10)
        ended = crawl_under_kills(asked, 4, Random(7))
        assert ended.exit_code == 0, ended.log
        assert ended.kills >= 2
        assert kind.wrong(asked) == []
