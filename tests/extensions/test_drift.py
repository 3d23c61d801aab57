"""What the drift check makes of a crawl's statistics."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scrapy.utils.test import get_crawler

from playfast.extensions.drift import DriftWatch
from playfast.runs import drift, report
from tests.runs.test_report import RUN, built


def watching(counts, *, storefronts=1, rows_due=False, names=(), **given):
    """A watch over a crawl with these counts, in the words of its statistics."""
    crawler = get_crawler()
    for name, count in counts.items():
        crawler.stats.set_value(f"playfast/{name}", count)
    watch = DriftWatch(crawler)
    watch.run = SimpleNamespace(
        names=names, storefronts=storefronts, floors={"title": 0.9}, findings=[], arguments=given
    )
    watch.mode, watch._rows_due = "warn", rows_due
    return watch


def told(watch, judge="finish"):
    getattr(watch, judge)()
    return [finding.field for finding in watch.run.findings]


def test_a_run_and_its_report_count_alike():
    stats = {
        "playfast/records/filled": 100, "playfast/field/title/filled": 100, "playfast/records/available": 100,
        "playfast/markup/title/filled": 60, "playfast/field/title/invalid": 3,
    }  # fmt: skip
    crawler = get_crawler()
    for name, count in stats.items():
        crawler.stats.set_value(name, count)
    watch = DriftWatch(crawler)
    watch.run = SimpleNamespace(names=RUN.names, storefronts=RUN.storefronts)
    assert watch.counts() == report.counts(built(stats))
    assert watch.counts().said["title"] == 40, "what a page's markup filled in hides that the record lacks it"


@pytest.mark.parametrize(
    ("judge", "storefronts", "unknown", "found"),
    [
        ("look", 1, drift.MANY - 1, []),
        ("look", 1, drift.MANY, ["status"]),
        ("look", 2, 2 * drift.MANY - 1, []),
        ("look", 2, 2 * drift.MANY, ["status"]),
        ("finish", 1, drift.ENOUGH - 1, []),
        ("finish", 1, drift.ENOUGH, ["status"]),
        ("finish", 2, 2 * drift.ENOUGH - 1, []),
        ("finish", 2, 2 * drift.ENOUGH, ["status"]),
        ("look", 0, 0, []),
        ("finish", 0, 0, []),
    ],
)
def test_a_store_that_knows_nothing_is_told_later_under_way(judge, storefronts, unknown, found):
    """A list may begin with what is gone; and how many storefronts a feed asks is not known at once."""
    watch = watching({"records/not_found": unknown}, storefronts=storefronts)
    assert told(watch, judge) == found


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("error", ["status"]),
        ("invalid_id", ["status"]),
        ("available", []),
        ("not_in_region", []),
        ("preregister", []),
    ],
)
def test_what_was_not_asked_or_not_answered_says_nothing_of_what_play_knows(status, found):
    assert told(watching({"records/not_found": 50, f"records/{status}": 1})) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ["status"]),
        ({"retry": "error"}, ["status"]),
        ({"retry": "not_found"}, []),
        ({"retry": "error,not_found"}, []),
    ],
)
def test_what_an_earlier_crawl_did_not_find_is_no_sign(given, found):
    assert told(watching({"records/not_found": 50}, **given)) == found


@pytest.mark.parametrize(
    ("rows_due", "counts", "found"),
    [
        (True, {"records/available": drift.ENOUGH}, ["rows"]),
        (True, {"records/available": drift.ENOUGH - 1, "records/not_in_region": 1}, []),
        (True, {"records/available": drift.ENOUGH, "records/filled": 1}, []),
        (False, {"records/available": drift.ENOUGH}, []),
    ],
)
def test_lists_without_rows_are_told_where_nearly_everything_has_some(rows_due, counts, found):
    assert told(watching(counts, rows_due=rows_due)) == found


def test_a_field_is_told_once():
    """Be it for two reasons, or at two looks."""
    watch = watching(
        {"records/filled": 100, "records/available": 100, "field/title/invalid": 100}, names=("title",)
    )
    assert told(watch) == ["title"]
    assert told(watch) == ["title"]
