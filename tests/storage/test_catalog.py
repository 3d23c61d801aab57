"""What is kept of the catalog, in both kinds of database: each crawl's own."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from playfast.items import CatalogApp, CatalogChange, CatalogComparison, CatalogEstimate, CatalogShard
from playfast.play.fields import sources
from playfast.storage.schema import TABLES
from tests.storage.keeping import read, write

FIRST = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)
OF = {"generation": "1787500934", "shard": "00003-of-00020"}


def of_catalog():
    """An item of every class of the catalog."""
    return [
        CatalogApp(**OF, app_id="com.example.one"),
        CatalogShard(**OF, status="available", fetched_at=FIRST, bytes=7, addresses=400, apps=42, invalid=0),
        CatalogChange(**OF, app_id="com.example.one", change="new"),
        CatalogComparison(generation=OF["generation"], shard="gone", status="available", before=5, new=1, gone=2),
        CatalogEstimate(
            generation=OF["generation"], seed="0", fetched_at=FIRST, shards=20, sampled=3, read=3, found=120, mean=40.0,
            apps=800.0, standard_error=9.5, margin=40.9, low=759.1, high=840.9,
        ),
    ]  # fmt: skip


def kept(address, kind):
    return read(address, select(TABLES[kind]).order_by(*TABLES[kind].primary_key))


def test_all_of_it_comes_back_and_again_for_each_crawl(address):
    for run in (1, 2):
        written = write(address, *of_catalog(), *of_catalog())
        assert (written.records, written.refused, written.changes) == (10, 0, 0)
        for item in of_catalog():
            rows = kept(address, type(item))
            assert [row["run_id"] for row in rows] == list(range(1, run + 1))
            for row in rows:
                assert {name: row[name] for name in sources(type(item))} == {
                    name: getattr(item, name) for name in sources(type(item))
                }
