"""What a client promises, each in a program of its own against the local store."""

from __future__ import annotations

import subprocess
import sys

import pytest

from playfast.client import AsyncClient, Client
from playfast.client.configuration import settings
from playfast.errors import ArgumentError
from tests.client.conftest import run_program
from tests.conftest import ROOT, local_store

pytestmark = pytest.mark.crawl

START = """
import asyncio, json
from playfast import AsyncClient, Client
"""


def test_the_record_of_an_app_is_what_the_spider_exports(program, store, crawl):
    app_id = "com.example.of.client"
    told = program(
        START
        + f"""
import dataclasses
from playfast.items import App
async def main():
    return await AsyncClient().get_app({app_id!r}, lang="ko", country="kr")
print(json.dumps(dataclasses.asdict(asyncio.run(main())), default=str))
""",
        store=store,
    )
    (record,) = crawl("-a", f"ids={app_id}", "-a", "countries=kr", "-a", "langs=ko", store=store).records
    assert told["status"] in ("available", "not_found", "not_in_region", "preregister")
    for name in ("fetched_at", "updated", "released", "recent_changes_at", "sale_ends_at"):
        assert (told.pop(name) is None) == (record.pop(name) is None)
    assert told == record


def test_every_id_is_in_the_answer_in_order_with_its_status(program, store):
    told = program(
        START
        + """
ids = ["com.example.b", "no-package", "com.example.a", "com.example.b", "com.localstore.missing"]
async def main():
    async with AsyncClient() as client:
        found = await client.get_apps_parallel(ids, countries=["us", "kr"])
        nothing = await client.get_apps_parallel([])
    return {c: [[a.app_id, a.country, a.status] for a in apps] for c, apps in found.items()}, nothing
print(json.dumps(asyncio.run(main())))
""",
        store=store,
    )
    found, nothing = told
    assert list(found) == ["us", "kr"]
    assert nothing == {"us": []}
    ids = ["com.example.b", "no-package", "com.example.a", "com.example.b", "com.localstore.missing"]
    for country, apps in found.items():
        assert [app[0] for app in apps] == ids
        assert {app[1] for app in apps} == {country}
        for app_id, _, status in apps:
            due = "invalid_id" if app_id == "no-package" else store.truth(app_id, country)["status"]
            assert status == due


def test_questions_within_a_moment_travel_together_and_no_app_is_asked_twice(program):
    with local_store() as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient()
    await client.get_app("com.example.first")
    two = await asyncio.gather(client.get_app("com.example.a"), client.get_app("com.example.b"), client.get_app("com.example.a"))
    return [app.app_id for app in two], two[0] is two[2]
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        seen = own.report()
    assert told == [["com.example.a", "com.example.b", "com.example.a"], True]
    assert seen["requests"]["rpc"] == 2
    assert seen["calls_total"] == 3


def test_questions_for_several_countries_fill_packs_of_their_own(program):
    with local_store("--latency", "0.05") as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient(max_concurrent=1)
    asked = [client.get_app(f"com.example.a{i}", country=c) for i in range(16) for c in ("us", "kr", "de")]
    return [app.country for app in await asyncio.gather(*asked)]
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        seen = own.report()
    assert told == ["us", "kr", "de"] * 16
    assert seen["requests"]["rpc"] == 3
    assert seen["peak_in_flight"]["rpc"] == 1


def test_no_more_is_in_flight_than_was_asked_for(program):
    with local_store("--latency", "0.1") as own:
        program(
            START
            + """
found = Client(max_concurrent=3, batch=4).get_apps_parallel([f"com.example.a{i}" for i in range(100)])
print(json.dumps(len(found["us"])))
""",
            store=own,
        )
        assert own.report()["peak_in_flight"]["rpc"] == 3


def test_clients_work_one_after_the_other_and_in_several_loops(program, store):
    told = program(
        START
        + """
async def main(name):
    client = AsyncClient()
    return (await client.get_app(name)).app_id
async def kept(client, name):
    return (await client.get_app(name)).app_id
same = AsyncClient()
told = [asyncio.run(main("com.example.a")), asyncio.run(main("com.example.b"))]
told += [asyncio.run(kept(same, "com.example.c")), asyncio.run(kept(same, "com.example.d"))]
with Client() as client:
    told.append(client.get_app("com.example.e").app_id)
print(json.dumps(told))
""",
        store=store,
    )
    assert told == [f"com.example.{letter}" for letter in "abcde"]


def test_a_client_that_waits_serves_several_threads(program):
    with local_store() as own:
        told = program(
            START
            + """
from concurrent.futures import ThreadPoolExecutor
client = Client()
client.get_app("com.example.first")
with ThreadPoolExecutor(40) as pool:
    found = list(pool.map(client.get_app, [f"com.example.a{i}" for i in range(400)]))
print(json.dumps([app.app_id for app in found]))
""",
            store=own,
        )
        seen = own.report()
    assert told == [f"com.example.a{number}" for number in range(400)]
    assert seen["calls_total"] == 401
    assert seen["requests"]["rpc"] < 200


def test_trouble_costs_no_id_its_record(program):
    trouble = (
        "--absent",
        "0.2",
        "--error-frames",
        "0.1",
        "--status-503",
        "0.1",
        "--truncated",
        "0.1",
        "--retry-after",
        "0",
    )
    with local_store(*trouble) as own:
        told = program(
            START
            + """
found = Client(max_concurrent=8).get_apps_parallel([f"com.example.a{i}" for i in range(500)])
print(json.dumps([[app.app_id, app.status] for app in found["us"]]))
""",
            store=own,
        )
        assert [app_id for app_id, _ in told] == [f"com.example.a{number}" for number in range(500)]
        assert all(status == own.truth(app_id)["status"] for app_id, status in told)


def test_a_store_that_does_not_answer_is_told_in_each_record_and_the_client_lives_on(program):
    told = program(
        START
        + """
import logging; logging.disable(logging.CRITICAL)
client = Client()
one = client.get_app("com.example.a")
many = client.get_apps_parallel([f"com.example.a{i}" for i in range(3000)])["us"]
again = client.get_app("com.example.a")
print(json.dumps([[one.status, one.error], sorted({(a.status, a.error[:10]) for a in many}), len(many), [again.status, again.error]]))
"""
    )
    one, many, count, again = told
    assert one[0] == again[0] == "error"
    assert "refused" in one[1]
    assert "refused" in again[1]
    assert count == 3000
    assert {status for status, _ in many} == {"error"}


def test_closing_waits_for_what_is_in_flight_and_refuses_the_rest(program):
    with local_store("--latency", "0.5") as own:
        told = program(
            START
            + """
from playfast.errors import ClientError
async def main():
    client = AsyncClient(max_concurrent=1, batch=1)
    waiting = asyncio.gather(*(client.get_app(f"com.example.a{i}") for i in range(20)))
    while not client.stats.get("downloader/request_count"):
        await asyncio.sleep(0.01)
    await client.close()
    apps = await waiting
    await client.close()
    try:
        await client.get_app("com.example.b")
    except ClientError as error:
        return [[app.status, app.error] for app in apps], str(error)
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
        asked = own.report()["calls_total"]
    apps, refused = told
    assert 1 <= asked <= 3
    assert sum(status != "error" for status, _ in apps) == asked
    assert {error for status, error in apps if status == "error"} == {"not asked: the client was closed"}
    assert refused == "the client is closed; make another one"


def test_who_no_longer_waits_does_no_harm(program):
    with local_store("--latency", "0.5") as own:
        told = program(
            START
            + """
async def main():
    client = AsyncClient()
    try:
        await asyncio.wait_for(client.get_app("com.example.a"), 0.2)
    except TimeoutError:
        return (await client.get_app("com.example.b")).app_id
print(json.dumps(asyncio.run(main())))
""",
            store=own,
        )
    assert told == "com.example.b"


def test_inside_another_reactor_it_says_what_to_do():
    done = run_program(
        "from twisted.internet import reactor\nfrom playfast import Client\nClient().get_app('a.b')"
    )
    assert "ClientError: a Twisted reactor is installed in this process" in done.stderr
    assert done.returncode == 1


def test_behind_a_fork_it_says_what_to_do(store):
    done = run_program(
        """
        import os, sys
        from playfast import Client
        from playfast.errors import ClientError
        client = Client()
        client.get_app("com.example.a")
        child = os.fork()
        if not child:
            try:
                client.get_app("com.example.b")
            except ClientError as error:
                print(error, flush=True)
                os._exit(7)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """,
        store=store,
    )
    told, code = done.stdout.splitlines()
    assert "forked" in told
    assert "spawn" in told
    assert code == "7"


def test_all_mistakes_of_its_arguments_are_told_at_once():
    with pytest.raises(ArgumentError) as caught:
        AsyncClient(
            max_concurrent=-1, lang="xx", pace="fast", fields=["titel"], via="post", batch=0, url="ftp://x"
        )
    assert len(caught.value.problems) == 7


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (("com.example.a",), "app_ids='com.example.a': a list of ids is due"),
        (([1, "a.b"],), "app_ids: 1 is no text"),
        ((["a.b"], "uk"), "'uk' is no country code"),
        ((["a.b"], [], "en"), "an empty list"),
        ((["a.b"], "us", "en,de"), "one language is due"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_an_engine_starts(asked, due):
    with pytest.raises(ArgumentError, match=due):
        Client().get_apps_parallel(*asked)


def test_arguments_win_over_the_environment_and_this_over_the_project(monkeypatch):
    none = dict.fromkeys(("url", "pace", "max_concurrent", "timeout", "headers", "more"))
    monkeypatch.setenv("PLAYFAST_URL", "http://127.0.0.1:1")
    assert settings(**none)["PLAYFAST_URL"] == "http://127.0.0.1:1"
    assert settings(**{**none, "url": "http://127.0.0.1:2"})["PLAYFAST_URL"] == "http://127.0.0.1:2"
    monkeypatch.delenv("PLAYFAST_URL")
    more = settings(**{**none, "timeout": 3, "more": {"DOWNLOAD_TIMEOUT": 4, "RETRY_TIMES": 5}})
    assert (more["DOWNLOAD_TIMEOUT"], more["RETRY_TIMES"]) == (3, 5)
    headers = settings(**{**none, "headers": {"user-agent": "me", "X-More": "1"}})
    assert headers["USER_AGENT"] == "me"
    assert headers["DEFAULT_REQUEST_HEADERS"]["X-More"] == "1"
    assert "Accept" in headers["DEFAULT_REQUEST_HEADERS"]


def test_the_package_alone_brings_no_scrapy():
    told = "import sys, playfast; print('scrapy' in sys.modules, playfast.__version__ > '')"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


def test_what_the_package_does_not_have_is_told():
    with pytest.raises(ImportError, match="RustClient"):
        from playfast import RustClient  # noqa: F401, PLC0415
