"""What a client promises of the store's list of all apps."""

from __future__ import annotations

import inspect

import pytest

from playfast.client import AsyncClient, Client
from playfast.errors import ArgumentError
from tests.conftest import local_store

START = """
import asyncio, dataclasses, json
from playfast import AsyncClient, Client
from playfast.errors import ClientError
from playfast.items import CatalogApp
"""


@pytest.mark.parametrize("method", ["iter_catalog", "estimate_catalog"])
def test_both_clients_take_the_same(method):
    first, second = (inspect.signature(getattr(client, method)) for client in (AsyncClient, Client))
    assert first.parameters == second.parameters


def test_all_mistakes_are_told_at_once():
    with pytest.raises(ArgumentError, match=r"shards='3-1': '3-1' ends before it begins; limit='0'"):
        Client().iter_catalog(shards="3-1", limit=0)
    with pytest.raises(ArgumentError, match=r"sample='101'.*at most 100"):
        Client().estimate_catalog(101)


@pytest.mark.crawl
def test_the_apps_come_while_they_are_read_with_a_record_for_each_sitemap(program):
    with local_store("--alternates", "10") as store:
        due = store.get("/_localstore/catalog.txt").decode().split()
        told = program(
            START
            + """
def gone_through():
    with Client(pace="unpaced") as client:
        rows = client.iter_catalog()
        ids = [app.app_id for app in rows]
        return ids, [[one.shard, one.apps] for one in rows.closing]
async def some():
    async with AsyncClient(pace="unpaced") as client:
        rows = client.iter_catalog(shards=[3, 7])
        return [app.shard async for app in rows], [one.shard for one in rows.closing]
print(json.dumps([gone_through(), asyncio.run(some())]))
""",
            store=store,
        )
        (ids, sitemaps), (shards, closing) = told
        assert sorted(ids) == sorted(due)
        assert sum(apps for _, apps in sitemaps) == len(due)
        assert len(sitemaps) == 20
        assert set(shards) == set(closing) == {"00003-of-00020", "00007-of-00020"}


@pytest.mark.crawl
def test_an_estimate_or_why_there_is_none(program):
    with local_store("--alternates", "10", "--shards", "100", "--catalog", "4000") as store:
        told = program(
            START
            + """
async def other():
    async with AsyncClient(pace="unpaced") as client:
        return dataclasses.asdict(await client.estimate_catalog(20, seed=7))
with Client(pace="unpaced") as client:
    print(json.dumps([dataclasses.asdict(client.estimate_catalog(20, seed=seed)) for seed in (7, 8)] + [asyncio.run(other())], default=str))
""",
            store=store,
        )
        first, second, same = told
        assert first["low"] < first["apps"] < first["high"]
        assert (first["sampled"], first["shards"], first["seed"]) == (20, 100, "7")
        assert first["apps"] != second["apps"]
        assert {**same, "fetched_at": first["fetched_at"]} == first
    with local_store("--republishing") as store:
        told = program(
            START
            + """
try:
    Client(pace="unpaced").estimate_catalog()
except ClientError as error:
    print(json.dumps(str(error)))
""",
            store=store,
        )
        assert told.startswith(
            "there is no estimate: there is no catalog: the indices name shards of 2 builds"
        )
