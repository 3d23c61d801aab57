"""What a client's methods promise of things asked by their ids, each in a program of its own against the local store."""

from __future__ import annotations

import inspect
import json

import pytest
from scrapy.spiderloader import SpiderLoader

from playfast.client import AsyncClient, Client
from playfast.client.configuration import settings as settings_of
from playfast.client.swept import Swept, is_complete
from playfast.errors import ArgumentError, ClientError
from playfast.items import Developer, ListingSweep, Presence, ReviewSweep
from tests.conftest import local_store

START = """
import asyncio, dataclasses, json
from playfast import AsyncClient, Client
from playfast.errors import ClientError
ids = ["com.example.b", "no-package", "com.example.a", "com.example.b", "with blank.x"]
def told(records):
    return [[record.app_id, record.country, record.lang, record.status] for record in records]
"""
IDS = ["com.example.b", "no-package", "com.example.a", "com.example.b", "with blank.x"]
METHODS = {
    "get_permissions": "permissions",
    "get_data_safety": "datasafety",
    "get_digest": "digest",
    "get_availability": "availability",
    "get_similar": "similar",
    "get_developer": "developer",
    "get_reviews": "reviews",
    "iter_reviews": "reviews",
    "search": "search",
    "get_suggestions": "suggest",
    "get_charts": "charts",
    "get_categories": "categories",
    "get_collections": "collections",
}
OF_CATEGORIES = ("get_charts", "get_categories", "get_collections")
ROWS = ("get_similar", "get_developer", "get_reviews")


def something(method):
    return "GAME" if method in OF_CATEGORIES else "a.b"


NOT_HERE = {"limit", "only", "retry", "ledger", "browser", "screenshots"}
"""Arguments about lists, feeds and browsers."""


@pytest.mark.parametrize(("method", "spider"), METHODS.items())
def test_a_method_takes_the_arguments_of_its_spider(method, spider):
    kind = SpiderLoader.from_settings(
        settings_of(**dict.fromkeys(("url", "pace", "max_concurrent", "timeout", "headers", "more")))
    ).load(spider)
    due = set(kind.arguments.declared) - NOT_HERE - set(kind.beside)
    due = {{"ids": "app_ids"}.get(name, name) for name in due}
    for client in (AsyncClient, Client):
        taken = inspect.signature(getattr(client, method)).parameters
        assert set(taken) - {"self"} == due


@pytest.mark.parametrize("method", METHODS)
def test_both_clients_take_the_same(method):
    first, second = (inspect.signature(getattr(client, method)) for client in (AsyncClient, Client))
    assert first.parameters == second.parameters


@pytest.mark.parametrize("method", METHODS)
def test_all_mistakes_are_told_at_once_before_an_engine_starts(method):
    with pytest.raises(ArgumentError) as caught:
        getattr(Client(), method)([1, something(method)], "uk", "xx", batch=0)
    problems = "; ".join(caught.value.problems)
    assert len(caught.value.problems) == 4
    for due in ("1 is no text", "'uk' is no country", "'xx' is no language", "batch='0'"):
        assert due in problems


@pytest.mark.parametrize("method", METHODS)
def test_a_closed_client_says_so(method):
    client = Client()
    client.close()
    with pytest.raises(ClientError, match="the client is closed"):
        getattr(client, method)(something(method))


def test_what_is_no_list_at_all_is_told():
    with pytest.raises(ArgumentError, match="app_ids=7: an id or a list of ids is due"):
        Client().get_digest(7)


@pytest.mark.parametrize("given", [7, b"panda", None])
def test_what_is_no_text_is_told_of_searches_too(given):
    with pytest.raises(ArgumentError, match="a text or a list of texts is due"):
        Client().search(given)
    with pytest.raises(ArgumentError, match="a text or a list of texts is due"):
        Client().get_suggestions(given, expand="a-c")


@pytest.mark.crawl
@pytest.mark.parametrize("method", ["get_permissions", "get_data_safety", "get_digest"])
def test_each_key_has_one_record_in_the_order_asked(program, store, method):
    records = program(
        START
        + f"""
with Client() as client:
    print(json.dumps(told(client.{method}(ids, ["us", "kr"], ["en", "ko"]))))
""",
        store=store,
    )
    asked = [(country, lang, app_id) for country in ("us", "kr") for lang in ("en", "ko") for app_id in IDS]
    assert [(country, lang, app_id) for app_id, country, lang, _ in records] == asked
    for app_id, country, _, status in records:
        invalid = app_id in ("no-package", "with blank.x")
        assert status == ("invalid_id" if invalid else store.truth(app_id, country)["status"])


@pytest.mark.crawl
@pytest.mark.parametrize(
    ("method", "spider"),
    [(name, METHODS[name]) for name in ("get_permissions", "get_data_safety", "get_digest")],
)
def test_a_record_is_what_the_spider_exports(program, store, crawl, method, spider):
    told = program(
        START
        + f"""
async def main():
    async with AsyncClient(lang="ko") as client:
        return await client.{method}("com.example.a", "kr")
print(json.dumps([dataclasses.asdict(record) for record in asyncio.run(main())], default=str))
""",
        store=store,
    )
    due = crawl(
        "-a", "ids=com.example.a", "-a", "countries=kr", "-a", "langs=ko", store=store, spider=spider
    ).records
    for record in (*told, *due):
        assert record.pop("fetched_at")
    shared = set(due[0])
    assert [{name: record[name] for name in shared} for record in told] == due
    assert all(value is None for record in told for name, value in record.items() if name not in shared)


@pytest.mark.crawl
def test_a_matrix_has_each_app_and_country_and_sums_up_each_app(program, store):
    told = program(
        START
        + """
found = Client().get_availability(ids, ["us", "kr", "de"])
print(json.dumps([told(found), [dataclasses.asdict(one) for one in found.closing], found.complete, len(found.incomplete)], default=str))
""",
        store=store,
    )
    rows, sums, complete, incomplete = told
    assert [(row[1], row[0]) for row in rows] == [
        (country, app_id) for country in ("us", "kr", "de") for app_id in IDS
    ]
    assert [one["app_id"] for one in sums] == IDS
    assert not complete
    assert incomplete == 2
    for one in sums:
        there = [
            country
            for app_id, country, _, status in rows
            if app_id == one["app_id"] and status == "available"
        ]
        assert sorted(set(there)) == sorted(one["available_in"])
        assert (one["answered"] == 3) == (one["app_id"] not in ("no-package", "with blank.x"))


@pytest.mark.crawl
def test_nothing_is_asked_for_what_cannot_be_asked(program):
    with local_store() as own:
        told = program(
            START
            + """
client = Client()
some = [client.get_digest([]), told(client.get_digest("none")), len(client.get_availability([]))]
client.close()
try:
    client.get_digest([])
except ClientError as error:
    print(json.dumps([*some, str(error)]))
""",
            store=own,
        )
        assert own.report()["calls_total"] == 0
    assert told == [[], [["none", "us", "en", "invalid_id"]], 0, "the client is closed; make another one"]


@pytest.mark.crawl
def test_what_a_closed_client_did_not_ask_has_records_that_say_so(program):
    with local_store("--latency", "0.3") as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient(max_concurrent=1)
    many = [f"com.example.a{i}" for i in range(50)]
    waiting = asyncio.ensure_future(client.get_permissions(many, batch=1))
    await client.get_app("com.example.b")
    await client.close()
    records = await waiting
    return [record.app_id for record in records] == many, [record.status for record in records], records[-1].error
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        asked = own.report()["calls_total"] - 1
    in_order, statuses, error = told
    assert in_order
    assert sum(status != "error" for status in statuses) == asked < 10
    assert error == "not asked: the client was closed"


@pytest.mark.crawl
@pytest.mark.parametrize("method", ROWS)
def test_rows_and_closing_records_are_what_the_spider_exports(program, store, crawl, tmp_path, method):
    told = program(
        START
        + f"""
found = Client().{method}(ids, langs=["en", "ko"])
print(json.dumps([[dataclasses.asdict(one) for one in some] for some in (found.rows, found.closing)], default=lambda at: at.isoformat()))
""",
        store=store,
    )
    rows, closing = told
    # No developer has such a name, so that one is asked for whose apps there are.
    argument = (
        "developers=com.example.b;no-package;com.example.a"
        if method == "get_developer"
        else f"ids={IDS[0]},{IDS[1]},{IDS[2]}"
    )
    sweeps = tmp_path / "sweeps.jsonl"
    due = crawl(
        "-a", argument, "-a", "langs=en,ko", "-a", f"sweeps={sweeps}", store=store, spider=METHODS[method]
    ).records
    closed = [json.loads(line) for line in sweeps.read_text(encoding="utf-8").splitlines()]
    asked = "app_id" if method == "get_reviews" else "asked"
    assert [(one["lang"], one[asked]) for one in closing] == [
        (lang, thing) for lang in ("en", "ko") for thing in IDS
    ]
    assert in_any_order(rows, due) == in_any_order(due, due)
    of_those = [one for one in closing if one[asked] != IDS[-1]]
    assert in_any_order({json.dumps(one): one for one in of_those}.values(), closed) == in_any_order(
        closed, closed
    )
    places = [(one["lang"], IDS.index(one[asked])) for one in rows]
    assert places == sorted(places)


def in_any_order(records, like):
    """What records say under the names that a feed's have, but for times that differ from crawl to crawl."""
    names = set(like[0]) - {"fetched_at"} if like else set()
    return sorted(
        json.dumps({name: record[name] for name in sorted(names)}, default=str) for record in records
    )


@pytest.mark.crawl
def test_a_developer_is_found_by_number_and_by_name_with_all_apps(program, store):
    told = program(
        START
        + """
with Client() as client:
    app = client.get_app("com.example.a")
    found = client.get_developer([app.developer, str(app.developer_numeric_id), "Nobody, Ltd.", "#no", "a;b"], details=True)
print(json.dumps([app.developer, app.developer_numeric_id,
    [[one.status, one.apps, one.stopped, one.name, one.numeric_id] for one in found.closing],
    [[row.asked, row.app_id] for row in found], [one.app_id for one in found.apps], found.complete]))
""",
        store=store,
    )
    name, number, closing, rows, apps, complete = told
    by_name, by_number, *others = closing
    assert by_name == by_number == ["available", by_name[1], "end", name, number]
    assert others == [*[["not_found", 0, None, None, None]] * 2, ["invalid_id", 0, None, None, None]]
    assert [asked for asked, _ in rows] == [name] * by_name[1] + [number] * by_name[1]
    assert sorted(apps) == sorted({app_id for _, app_id in rows})
    assert by_name[1] > 0
    assert not complete


@pytest.mark.crawl
def test_the_arguments_of_the_spiders_hold(program, store):
    told = program(
        START
        + """
from datetime import date, datetime, timedelta, UTC
with Client() as client:
    similar = client.get_similar("com.example.a", first=1, most=7, fields=["title"])
    parts = client.get_similar("com.example.a", first=2, more="none")
    stars = client.get_reviews("com.reviews20000.example", score=5, max_per_app=30, fields="stars", personal=False)
    newest = client.get_reviews("com.reviews20000.example", max_per_app=30).rows
    middle = newest[15].written_at
    since = client.get_reviews("com.reviews20000.example", since=middle, page=10)
    none = client.get_reviews("com.reviews20000.example", since=date(2100, 1, 1))
    names = client.get_reviews("com.reviews20000.example", max_per_app=5, personal=True)
print(json.dumps([
    [len(similar), [one.icon for one in similar], similar.closing[0].stopped, similar.complete],
    [sorted(parts.closing[0].stopped.values())],
    [len(stars), {one.stars for one in stars} == {5}, {one.text for one in stars} == {None}, stars.closing[0].stopped, stars.complete],
    [{one.user_name for one in newest} == {None}, all(one.user_name for one in names)],
    [len(since), min(one.written_at for one in since) >= middle, since.closing[0].stopped, since.complete],
    [len(none), none.closing[0].stopped, none.complete],
]))
""",
        store=store,
    )
    similar, parts, stars, personal, since, none = told
    assert similar == [7, [None] * 7, {"similar": "limit"}, True]
    assert set(parts[0]) == {"limit"}
    assert stars == [30, True, True, "max_per_app", True]
    assert personal == [True, True]
    assert since == [16, True, "since", True]
    assert none == [0, "since", True]


@pytest.mark.crawl
@pytest.mark.parametrize("method", ["get_reviews", "get_similar"])
def test_nobody_overlooks_a_list_that_stopped_early(program, method):
    with local_store("--dead-tokens", "1") as own:
        told = program(
            START
            + f"""
how = {{"page": 20}} if "{method}" == "get_reviews" else {{}}
found = Client().{method}(["com.example.a", "com.example.b"], **how)
print(json.dumps([found.complete, [one.stopped for one in found.incomplete], len(found), found.ended]))
""",
            store=own,
        )
    complete, stopped, rows, ended = told
    assert not complete
    assert stopped
    assert all("refused" in (one if isinstance(one, str) else one.values()) for one in stopped)
    assert rows > 0
    assert ended


@pytest.mark.crawl
def test_reviews_come_while_the_crawl_goes_on(program):
    with local_store() as own:
        told = program(
            START
            + """
from playfast.items import Review
async def main():
    async with AsyncClient() as client:
        rows = client.iter_reviews(ids, langs=["en", "ko"], page=10)
        seen, kinds = [], set()
        async for review in rows:
            seen.append(review.review_id)
            kinds.add(type(review) is Review)
        all_of_them = await client.get_reviews(ids, langs=["en", "ko"], page=10)
        return (
            sorted(seen) == sorted(review.review_id for review in all_of_them),
            len(seen),
            sum(one.reviews for one in rows.closing),
            sorted(told(rows.closing)) == sorted(set(map(tuple, told(all_of_them.closing)))),
            list(kinds),
        )
def told(sweeps):
    return [(one.app_id, one.lang, one.status) for one in sweeps]
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
    same, count, counted, closed, kinds = told
    assert same
    assert count == counted > 100
    assert closed
    assert kinds == [True]


@pytest.mark.crawl
def test_a_program_that_takes_no_reviews_is_not_sent_more(program):
    with local_store() as own:
        app_id = "com.reviews20000.example"
        told = program(
            START
            + f"""
import urllib.request
def client_calls():
    with urllib.request.urlopen({own.address!r} + "/_localstore/report") as answer:
        return json.load(answer)["calls_total"]
async def main():
    client = AsyncClient()
    rows = client.iter_reviews({app_id!r}, langs="all", page=20)
    first = await anext(rows)
    for place in range(200):
        await client.get_app(f"com.example.c{{place}}")
    held_at = client_calls()
    rest = [review.review_id async for review in rows]
    return held_at, len({{first.review_id, *rest}}), len(rest) + 1
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
    held_at, different, count = told
    assert different == count == 20_000
    assert (held_at - 200) * 20 < 5_000


@pytest.mark.parametrize(
    ("closing", "due"),
    [
        ({"status": "available", "stopped": "end"}, True),
        ({"status": "preregister", "stopped": "since"}, True),
        ({"status": "not_in_region", "stopped": "max_per_app"}, True),
        ({"status": "available", "stopped": "refused"}, False),
        ({"status": "available", "stopped": "repeated_token"}, False),
        ({"status": "available", "stopped": "all_seen"}, False),
        ({"status": "error", "stopped": "error"}, False),
        ({"status": "error", "stopped": "end"}, False),
        ({"status": "not_found"}, False),
        ({"status": "invalid_id"}, False),
    ],
)
def test_what_counts_as_complete(closing, due):
    sweep = ReviewSweep(app_id="a.b", lang="en", **closing)
    assert is_complete(sweep) is due
    found = Swept([], [sweep], "")
    assert found.complete is due
    assert found.incomplete == ([] if due else [sweep])


@pytest.mark.parametrize(
    ("closing", "due"),
    [
        (ListingSweep(asked="a.b", country="us", lang="en", status="available", stopped={}), True),
        (
            ListingSweep(
                asked="a.b", country="us", lang="en", status="available", stopped={"a": "end", "b": "limit"}
            ),
            True,
        ),
        (
            ListingSweep(
                asked="a.b",
                country="us",
                lang="en",
                status="available",
                stopped={"a": "end", "b": "repeated"},
            ),
            False,
        ),
        (Developer(asked="Ab", country="us", lang="en", status="available", stopped="end"), True),
        (Developer(asked="Ab", country="us", lang="en", status="available"), True),
        (Developer(asked="Ab", country="us", lang="en", status="not_found"), False),
        (Presence(app_id="a.b", lang="en", countries=2, answered=2), True),
        (Presence(app_id="a.b", lang="en", countries=2, answered=1), False),
    ],
)
def test_what_counts_as_complete_for_lists_and_matrices(closing, due):
    assert is_complete(closing) is due
