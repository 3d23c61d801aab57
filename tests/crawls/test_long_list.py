"""A list of any length is streamed: memory does not grow with it."""

from __future__ import annotations

import gzip

import pytest

from playfast.localstore import catalogue

pytestmark = pytest.mark.crawl


def test_memory_does_not_grow_with_the_list(crawl, store, tmp_path):
    """300,000 ids; `python -m benchmarks run --only million` does it with a million."""
    ids = tmp_path / "ids.txt.gz"
    with gzip.open(ids, "wt", compresslevel=1, encoding="utf-8") as file:
        file.writelines(f"{app_id}\n" for app_id in catalogue.ids(300_000))
    result = crawl(
        "-a", f"ids={ids}", "-a", "fields=title,score", "-a", "batch=500", store=store, feed="apps.jsonl"
    )
    assert result.exit_code == 0, result.log
    assert result.stats["item_scraped_count"] == 300_000
    grown = result.stats["test/rss/300000"] - result.stats["test/rss/100000"]
    assert grown < 10 * 1024 * 1024
    assert result.stats["scheduler/enqueued"] == 600
    assert result.stats["test/scheduler_queue"] <= 3
