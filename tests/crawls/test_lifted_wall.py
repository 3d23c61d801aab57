"""A crawl that meets a captcha, waits, and goes on when it is gone."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest

from tests.conftest import local_store
from tests.waiting import until

pytestmark = pytest.mark.crawl


def change(store, **options):
    urlopen(
        Request(f"{store.address}/_localstore/options", json.dumps(options).encode(), method="POST")
    ).close()


def test_a_captcha_that_goes_away_costs_no_record(crawl, tmp_path):
    with local_store("--wall", "sorry-redirect") as store, ThreadPoolExecutor(1) as pool:
        ids = store.get("/_localstore/ids.txt?count=200").decode().split()
        listed = tmp_path / "ids.txt"
        listed.write_text("\n".join(ids))
        arguments = ("-a", f"ids={listed}", "-s", "PLAYFAST_BLOCK_PAUSE=0.2")
        crawling = pool.submit(crawl, *arguments, store=store)
        until(lambda: store.report()["faults"].get("wall-sorry-redirect", 0) >= 3)
        change(store, wall="")
        done = crawling.result()
    assert sorted(record["app_id"] for record in done.records) == sorted(ids)
    assert "error" not in {record["status"] for record in done.records}
    assert done.stats["playfast/trouble/blocked"] >= 3
    assert done.exit_code == 0
