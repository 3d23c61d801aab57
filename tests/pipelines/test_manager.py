"""No pipeline loses a record: one that drops it or fails on it turns it into an error. Other people's items are treated as in Scrapy."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from scrapy.exceptions import DropItem, ScrapyDeprecationWarning
from scrapy.pipelines import ItemPipelineManager
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from playfast.items import App
from playfast.pipelines.manager import KeepingPipelineManager
from playfast.runs.outcome import ExitCode, judge

CRAWLER = get_crawler()
CRAWLER.spider = Spider("kettles")


def app(**values):
    return App(
        **{"app_id": "a.b", "country": "us", "lang": "en", "status": "available", "title": "Kettle", **values}
    )


def counted(item):
    """As the spider counts a record that it yields."""
    CRAWLER.stats.inc_value(f"playfast/records/{item.status}")
    CRAWLER.stats.inc_value(f"playfast/country/{item.country}/{item.status}")
    return item


def manager(*methods, kind=KeepingPipelineManager):
    CRAWLER.stats.clear_stats()
    pipelines = [type("Pipeline", (), {"process_item": staticmethod(method)})() for method in methods]
    return kind(*pipelines, crawler=CRAWLER)


def run(made, item):
    return asyncio.run(made.process_item_async(item))


def stat(name):
    return CRAWLER.stats.get_value(f"playfast/{name}")


def passes(item):
    return item


async def passes_later(item):
    await asyncio.sleep(0)
    return item


def drops(_):
    raise DropItem("too few stars")


async def drops_later(_):
    await asyncio.sleep(0)
    raise DropItem("too few stars")


def fails(_):
    raise ValueError("no such table")


async def fails_later(_):
    await asyncio.sleep(0)
    raise ValueError("no such table")


def renames(item):
    return {"name": item.title}


async def renames_later(item):
    await asyncio.sleep(0)
    return {"name": item.title}


def replaces(item):
    return app(title=f"{item.title}!", app_id=item.app_id, status=item.status)


def gives_nothing(_):
    return None


# Where nothing goes wrong


@pytest.mark.parametrize("chain", [[], [passes], [passes_later], [passes, passes_later, passes]])
def test_a_record_goes_through_all_pipelines(chain):
    item = app()
    assert run(manager(*chain), item) is item
    assert CRAWLER.stats.get_stats() == {}


@contextmanager
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@dataclass
class Theirs:
    title: str = "Kettle"


@pytest.mark.parametrize("item", [app(), {"title": "Kettle"}, Theirs()], ids=["ours", "dict", "theirs"])
@pytest.mark.parametrize(
    "chain",
    [
        [passes],
        [passes_later],
        [gives_nothing],
        [gives_nothing, passes_later],
        [passes_later, gives_nothing, passes],
    ],
)
def test_what_comes_out_is_what_comes_out_of_scrapy(item, chain):
    assert run(manager(*chain), item) is run(manager(*chain, kind=ItemPipelineManager), item)


@pytest.mark.parametrize(
    "chain", [[renames], [renames_later], [passes, renames, passes_later], [replaces, renames]]
)
def test_a_pipeline_may_hand_on_another_object(chain):
    assert run(manager(*chain), app()) == run(manager(*chain, kind=ItemPipelineManager), app())
    assert CRAWLER.stats.get_stats() == {}


def test_each_pipeline_is_handed_what_the_one_before_gave():
    seen = []

    def notes(item):
        seen.append(item)
        return item

    item = app()
    out = run(manager(notes, replaces, notes, renames_later, notes), item)
    assert seen == [item, replaces(item), {"name": "Kettle!"}]
    assert out is seen[-1]


def test_pipelines_run_one_after_the_other():
    order = []

    async def slow(item):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        order.append("slow")
        return item

    def quick(item):
        order.append("quick")
        return item

    run(manager(slow, quick), app())
    assert order == ["slow", "quick"]


def test_a_pipeline_of_old_is_handed_the_spider():
    seen = []

    class Old:
        def process_item(self, item, spider):
            seen.append(spider)
            return item

    with pytest.warns(ScrapyDeprecationWarning, match="requires a spider"):
        made = KeepingPipelineManager(Old(), crawler=CRAWLER)
    item = app()
    assert run(made, item) is item
    assert seen == [CRAWLER.spider]


# What is dropped


@pytest.mark.parametrize(
    "chain", [[drops], [drops_later], [passes_later, drops], [replaces, drops], [renames, drops_later]]
)
def test_a_record_that_is_dropped_is_exported_as_an_error(chain):
    out = run(manager(*chain), counted(app(price=1.0, score=2.0)))
    assert out == app(title=None, status="error", error="dropped: too few stars")
    assert stat("records/dropped") == 1
    assert stat("records/failed_in_pipeline") is None
    assert stat("last_error") == "dropped: too few stars"


@pytest.mark.parametrize("chain", [[fails], [fails_later], [passes_later, fails], [renames, fails]])
def test_a_record_that_a_pipeline_fails_on_is_exported_as_an_error_and_counted_apart(chain, caplog):
    with caplog.at_level(logging.ERROR):
        out = run(manager(*chain), counted(app()))
    assert out == app(title=None, status="error", error="failed in a pipeline: ValueError('no such table')")
    assert stat("records/failed_in_pipeline") == 1
    assert stat("records/dropped") is None
    (record,) = caplog.records
    assert "a.b" in record.getMessage()
    assert record.exc_info[0] is ValueError


def test_the_pipelines_behind_are_not_handed_the_error():
    seen = []
    with _quiet():
        run(manager(drops, seen.append), counted(app()))
        run(manager(fails, seen.append), counted(app()))
    assert seen == []


def test_the_error_keeps_the_key_and_nothing_else():
    item = app(via="rpc", url="https://a", lang="ko", country="kr", app_id="c.d")
    out = run(manager(drops), counted(item))
    assert (out.app_id, out.country, out.lang, out.via, out.url) == ("c.d", "kr", "ko", "rpc", "https://a")
    assert out.title is None
    assert item.status == "available"  # whoever holds the dropped one still has it as it was


@pytest.mark.parametrize("status", ["available", "preregister", "not_in_region", "not_found", "invalid_id"])
def test_the_counts_by_status_and_country_follow(status):
    made = manager(drops)
    others = [app(), app(country="kr"), app(country="kr", status="error")]
    for other in others:
        counted(other)
    before = dict(CRAWLER.stats.get_stats())
    run(made, counted(app(country="kr", status=status)))
    after = CRAWLER.stats.get_stats()
    assert after.get(f"playfast/records/{status}", 0) == before.get(f"playfast/records/{status}", 0)
    assert after.get(f"playfast/country/kr/{status}", 0) == before.get(f"playfast/country/kr/{status}", 0)
    assert after["playfast/records/error"] == 2
    assert after["playfast/country/kr/error"] == 2
    assert sum(count for name, count in after.items() if name in _BY_STATUS) == 4


_BY_STATUS = {
    f"playfast/records/{status}"
    for status in ("available", "preregister", "not_in_region", "not_found", "invalid_id", "error")
}


def test_the_counts_follow_the_status_that_the_spider_gave():
    """A pipeline before the one that drops may have written another."""

    def relabels(item):
        item.status = "old"
        return item

    run(manager(relabels, drops), counted(app()))
    found = {
        name: count for name, count in CRAWLER.stats.get_stats().items() if isinstance(count, int) and count
    }
    assert found == {
        "playfast/records/dropped": 1,
        "playfast/records/error": 1,
        "playfast/country/us/error": 1,
    }


def test_where_nobody_counts_by_status_no_count_falls_below_zero():
    """As with a spider of other people's that yields our records."""
    assert run(manager(drops), app()).status == "error"
    assert all(count >= 0 for count in CRAWLER.stats.get_stats().values() if isinstance(count, int))


def test_an_error_that_is_dropped_stays_one_error():
    run(manager(drops), counted(app(status="error", error="HTTP status 500")))
    assert stat("records/error") == 1
    assert stat("country/us/error") == 1


def test_a_drop_without_a_reason_leaves_no_loose_end():
    def drops_silently(_):
        raise DropItem("")

    assert run(manager(drops_silently), counted(app())).error == "dropped"


def test_dropping_is_told_once(caplog):
    made = manager(drops)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            run(made, counted(app()))
    assert len(caplog.records) == 1
    assert "too few stars" in caplog.text
    assert stat("records/dropped") == 3


@pytest.mark.parametrize(("chain", "code"), [([drops], ExitCode.FINE), ([fails], ExitCode.RECORDS_LOST)])
def test_the_crawl_s_outcome_tells_what_pipelines_did(chain, code):
    made = manager(*chain)
    counted(app())
    with _quiet():
        run(made, counted(app()))
    CRAWLER.stats.set_value("item_scraped_count", 2)
    CRAWLER.stats.set_value("finish_reason", "finished")
    assert judge(CRAWLER.stats.get_stats()).code is code


# Other people's items


@pytest.mark.parametrize("item", [{"title": "Kettle"}, Theirs(), "text"], ids=["dict", "dataclass", "text"])
@pytest.mark.parametrize(
    ("chain", "error"),
    [
        ([drops], DropItem),
        ([passes_later, drops_later], DropItem),
        ([fails], ValueError),
        ([fails_later], ValueError),
    ],
)
def test_other_people_s_items_are_dropped_and_fail_as_in_scrapy(item, chain, error):
    for kind in (KeepingPipelineManager, ItemPipelineManager):
        with pytest.raises(error):
            run(manager(*chain, kind=kind), item)
        assert CRAWLER.stats.get_stats() == {}


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_what_ends_the_process_is_no_fault_of_a_record(error):
    def ends(_):
        raise error

    with pytest.raises(error):
        manager(ends).process_item_async(app()).send(None)
    assert CRAWLER.stats.get_stats() == {}
