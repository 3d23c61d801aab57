"""What becomes of records that a user's own pipeline drops or fails on."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.crawl

SETTINGS = "from playfast.settings import *\n\nITEM_PIPELINES = {**ITEM_PIPELINES, 'strict.Strict': 300}\n"


@pytest.fixture
def with_pipeline(crawl, store, tmp_path):
    """Crawl 100 apps through a pipeline whose `process_item` has this body."""

    def run(body, *arguments):
        (tmp_path / "strict.py").write_text(
            f"from scrapy.exceptions import DropItem\n\n\nclass Strict:\n    async def process_item(self, item):\n        {body}\n"
        )
        (tmp_path / "strict_settings.py").write_text(SETTINGS)
        (tmp_path / "ids.txt").write_bytes(store.get("/_localstore/ids.txt?count=100"))
        return crawl(
            "-a", f"ids={tmp_path}/ids.txt", *arguments, store=store,
            env={"SCRAPY_SETTINGS_MODULE": "strict_settings", "PYTHONPATH": f"{ROOT}:{tmp_path}"},
        )  # fmt: skip

    return run


def test_a_dropped_record_is_exported_as_an_error(with_pipeline):
    done = with_pipeline(
        "if item.free is False:\n            raise DropItem('not free')\n        return item",
        "-a", "countries=us,kr",
    )  # fmt: skip
    records = done.records
    assert len({(record["app_id"], record["country"]) for record in records}) == len(records) == 200
    dropped = [record for record in records if record["error"] == "dropped: not free"]
    assert dropped
    assert all(
        record["status"] == "error" and record["title"] is None and record["url"] for record in dropped
    )
    assert done.stats["playfast/records/dropped"] == done.stats["playfast/records/error"] == len(dropped)
    assert done.stats["playfast/records/available"] == sum(
        record["status"] == "available" for record in records
    )
    assert done.stats["playfast/records/filled"] == done.stats["playfast/records/available"]
    assert done.exit_code == 0
    assert f"{len(dropped)} of 200 records are errors; the last: dropped: not free" in done.log
    assert len([line for line in done.log.splitlines() if "drops records" in line]) == 1


def test_a_record_that_a_pipeline_fails_on_is_exported_and_the_crawl_exits_with_6(with_pipeline):
    done = with_pipeline(
        "if item.free is False:\n            raise ValueError('no price list')\n        return item"
    )
    failed = [record for record in done.records if record["error"]]
    assert len(done.records) == 100
    assert failed
    assert failed[0]["error"] == "failed in a pipeline: ValueError('no price list')"
    assert done.exit_code == 6
    assert f"failed on {len(failed)} records" in done.log.splitlines()[-1]
    assert "Traceback" in done.log


def test_records_turned_into_others_stay(with_pipeline):
    done = with_pipeline("return {'app_id': item.app_id, 'mine': 1}")
    assert done.exit_code == 0
    assert [record["mine"] for record in done.records] == [1] * 100
