"""What a client promises of whole crawls, each in a program of its own against the local store."""

from __future__ import annotations

import json

import pytest

from playfast.client import AsyncClient, Client
from playfast.errors import ArgumentError
from tests.client.conftest import run_program
from tests.conftest import local_store

pytestmark = pytest.mark.crawl

START = """
import asyncio, json, time
from playfast import AsyncClient, Client
from playfast.errors import ClientError
from playfast.items import App
ids = [f"com.example.a{i}" for i in range(2000)]
"""


def test_a_crawl_gives_what_the_spider_exports(program, store, crawl):
    told = program(
        START
        + """
import dataclasses
found = Client().collect("apps", ids=["com.example.a", "com.localstore.missing", "com.example.a"], countries=("us", "kr"), langs="ko")
print(json.dumps([found.finished, found.ended, [dataclasses.asdict(app) for app in found.of(App)]], default=str))
""",
        store=store,
    )
    finished, ended, records = told
    ids = "com.example.a,com.localstore.missing"
    due = crawl("-a", f"ids={ids}", "-a", "countries=us,kr", "-a", "langs=ko", store=store).records
    for record in [*records, *due]:
        for name in ("fetched_at", "updated", "released", "recent_changes_at", "sale_ends_at"):
            record.pop(name)
    assert finished
    assert ended == "4 records"
    assert sorted(records, key=json.dumps) == sorted(due, key=json.dumps)


def test_a_list_is_a_list_though_a_file_has_its_name(program, store, tmp_path):
    (tmp_path / "com.example.a").write_text("com.example.other\n")
    told = program(
        START
        + f"""
import os; os.chdir({str(tmp_path)!r})
client = Client()
print(json.dumps([[app.app_id for app in client.collect("apps", ids=given).of(App)] for given in (["com.example.a"], "com.example.a")]))
""",
        store=store,
    )
    assert told == [["com.example.a"], ["com.example.other"]]


def test_all_mistakes_of_a_crawls_arguments_are_told_at_once():
    with pytest.raises(ArgumentError) as caught:
        Client().collect(
            "apps", ids=["a b"], countries="uk", langs=[], feilds="title", ledger="x", only="error"
        )
    told = "; ".join(caught.value.problems)
    for due in (
        "'a b' cannot stand in a list",
        "'uk' is no country code",
        "an empty list",
        "unknown argument feilds: did you mean fields?",
        "ledger: a ledger keeps",
        "only: it is about feeds",
    ):
        assert due in told


@pytest.mark.parametrize("method", ["collect", "iter_items"])
def test_a_spider_that_there_is_not_is_told(method):
    with pytest.raises(ArgumentError, match="there is no spider 'app': did you mean apps"):
        getattr(Client(), method)("app", ids=["a.b"])


def test_rows_come_while_the_crawl_goes_on_and_no_row_is_lost(program):
    with local_store() as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient(batch=100)
    rows, seen = client.iter_items("apps", ids=ids, fields="title", batch=20), []
    async for app in rows:
        seen.append(app.app_id)
    with Client() as waiting, waiting.iter_items("apps", ids=ids, fields="title", batch=20) as again:
        return sorted(seen) == sorted(ids), sorted(app.app_id for app in again) == sorted(ids)
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
    assert told == [True, True]


def test_a_crawl_waits_for_who_takes_its_rows(program):
    """The client itself tells how much time there was: meanwhile it gets 60 answers, where without waiting it would need 200 in all."""
    with local_store() as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient()
    async with client.iter_items("apps", ids=[f"com.example.b{i}" for i in range(20_000)], fields="title", batch=100) as rows:
        async for _ in rows:
            break
        for place in range(60):
            await client.get_app(f"com.example.c{place}")
        return 0
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        calls = own.report()["calls_total"]
    assert told == 0
    # 1,000 rows wait, those of answers whose rows do not fit, and those of answers under way; small answers count as 1 KB at least.
    assert calls < 10_000


def test_who_stops_taking_ends_the_crawl(program):
    with local_store("--latency", "0.05") as own:
        told = program(
            START
            + """
import gc
def some(rows):
    for app in rows:
        return app.status
client = Client(max_concurrent=1)
def asked(**how):
    return client.iter_items("apps", ids=ids, batch=10, **how)
with asked() as rows:
    first = some(rows)
rest = list(rows)
second = some(asked())
gc.collect()
left = asked()
third = some(left)
left.close()
client.close()
print(json.dumps([first, rest, second, third]))
""",
            store=own,
        )
        calls = own.report()["calls_total"]
    first, rest, second, third = told
    assert rest == []
    assert {first, second, third} <= {"available", "not_found", "not_in_region", "preregister"}
    assert calls < 3 * 500


def test_who_stops_waiting_ends_the_crawl(program):
    with local_store("--latency", "0.2") as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient(max_concurrent=1)
    try:
        async with asyncio.timeout(0.6):
            await client.collect("apps", ids=ids, batch=1)
    except TimeoutError:
        found = await client.collect("apps", ids=ids[:2], batch=1)
        return [app.app_id for app in found.of(App)]
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        calls = own.report()["calls_total"]
    assert told == ["com.example.a0", "com.example.a1"]
    assert calls < 12


def test_crawls_of_one_client_run_one_after_the_other(program):
    with local_store("--latency", "0.05") as own:
        told = program(
            START
            + """
async def main():
    client, order = AsyncClient(max_concurrent=4), []
    async def one(name):
        await client.collect("apps", ids=[f"com.example.{name}{i}" for i in range(30)], batch=5)
        order.append(name)
    await asyncio.gather(*map(one, "abc"))
    return order
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        assert own.report()["peak_in_flight"]["rpc"] <= 4
    assert told == ["a", "b", "c"]


def test_all_that_a_client_asks_at_once_keeps_to_its_number_of_requests(program):
    with local_store("--latency", "0.1") as own:
        program(
            START
            + """
async def main():
    client = AsyncClient(max_concurrent=2, batch=5)
    async def rows():
        return [app async for app in client.iter_items("apps", ids=ids[:50], batch=5)]
    await asyncio.gather(rows(), client.collect("apps", ids=ids[:50], batch=5), client.get_apps_parallel(ids[:50]), rows())
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        seen = own.report()
    assert seen["peak_in_flight"]["rpc"] == 2
    assert seen["calls_total"] == 200


def test_crawls_one_after_the_other_keep_to_the_clients_pace(program, store):
    took = program(
        START
        + """
client = Client(pace=2)
begun = time.monotonic()
client.get_app("com.example.a")
for place in range(3):
    client.collect("apps", ids=[f"com.example.a{place}"])
for _ in client.iter_items("apps", ids=["com.example.a"]):
    pass
client.get_app("com.example.b")
print(json.dumps(time.monotonic() - begun))
""",
        store=store,
    )
    assert took >= 5 * 0.5 - 0.02  # six requests; what is less than 2 ms is not waited for


def test_what_one_crawl_was_refused_the_next_one_knows(program):
    with local_store("--status-503", "1", "--retry-after", "30") as own:
        program(
            START
            + """
import logging; logging.disable(logging.CRITICAL)
async def main():
    client = AsyncClient(settings={"RETRY_TIMES": 0})
    async def one():
        async with asyncio.timeout(1):
            await client.collect("apps", ids=["com.example.a"])
    for _ in range(4):
        try:
            await one()
        except TimeoutError:
            pass
asyncio.run(main())
print(json.dumps(0))
""",
            store=own,
        )
        assert own.report()["requests"]["rpc"] == 1


def test_closing_a_client_ends_its_crawls_and_says_so(program):
    with local_store("--latency", "0.3") as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient(max_concurrent=1)
    async def rows():
        seen = []
        try:
            async for app in client.iter_items("apps", ids=ids, batch=1):
                seen.append(app)
        except ClientError as error:
            return len(seen), str(error)
    async def waits():
        try:
            await client.collect("apps", ids=ids, batch=1)
        except ClientError as error:
            return str(error)
    iterated = asyncio.ensure_future(rows())
    running = asyncio.ensure_future(client.collect("apps", ids=ids, batch=1))
    waiting = asyncio.ensure_future(waits())
    await client.get_app("com.example.b")
    await client.close()
    found = await running
    return found.finished, found.ended, len(found.of(App)), await waiting, await iterated
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        calls = own.report()["calls_total"]
    finished, ended, count, waiting, (seen, cut) = told
    assert not finished
    assert "cut short (shutdown)" in ended
    assert "cut short (shutdown)" in cut
    assert waiting == "the client was closed before this was asked"
    assert count + seen + 1 == calls < 10


def test_a_crawl_whose_spider_cannot_start_says_so(tmp_path):
    (tmp_path / "broken.py").write_text(
        "from scrapy import Spider\n\n\nclass Broken(Spider):\n    name = 'broken'\n\n    def __init__(self):\n        raise OSError('no disk')\n"
    )
    done = run_program(
        START
        + f"""
import sys; sys.path.insert(0, {str(tmp_path)!r})
client = Client(settings={{"SPIDER_MODULES": ["broken", "playfast.spiders"]}})
for ask in (lambda: client.collect("broken"), lambda: list(client.iter_items("broken"))):
    try:
        ask()
    except ClientError as error:
        print(error)
"""
    )
    assert done.stdout == "the crawl could not start: OSError('no disk')\n" * 2, done.stderr


def test_a_process_ends_though_its_crawl_does_not(store):
    done = run_program(
        START
        + """
rows = Client().iter_items("apps", ids=ids, batch=1)
print(next(rows).app_id)
""",
        store=store,
        timeout=30,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "com.example.a0\n", "")


def test_both_iterators_and_results_are_made_for_both_clients():
    for client in (AsyncClient(), Client()):
        rows = client.iter_items("apps", ids=["a.b"])
        assert rows.closing == []
        assert hasattr(rows, "__aiter__" if isinstance(client, AsyncClient) else "__iter__")


def test_who_gives_up_waiting_for_a_row_loses_none(program):
    with local_store("--latency", "0.02") as own:
        told = program(
            START
            + """
async def main():
    client, seen, gave_up = AsyncClient(), [], 0
    rows = client.iter_items("apps", ids=ids[:400], fields="title", batch=4)
    while True:
        try:
            seen.append((await asyncio.wait_for(anext(rows), 0.01)).app_id)
        except TimeoutError:
            gave_up += 1
        except StopAsyncIteration:
            return gave_up > 0, len(seen), len(set(seen))
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
    assert told == [True, 400, 400]


def test_rows_may_be_shared_among_tasks_and_threads(program, store):
    told = program(
        START
        + """
from concurrent.futures import ThreadPoolExecutor
async def main():
    rows = AsyncClient().iter_items("apps", ids=ids, fields="title", batch=100)
    async def some():
        return [app.app_id async for app in rows]
    return sum(await asyncio.gather(some(), some(), some()), [])
def some(rows):
    return [app.app_id for app in rows]
with ThreadPoolExecutor(3) as pool:
    rows = Client().iter_items("apps", ids=ids, fields="title", batch=100)
    shared = sum(pool.map(some, [rows] * 3), [])
print(json.dumps([sorted(asyncio.run(main())) == sorted(ids), sorted(shared) == sorted(ids)]))
""",
        store=store,
    )
    assert told == [True, True]
