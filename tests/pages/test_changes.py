"""The page of what a crawl found changed, from plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from parsel import Selector

from playfast.pages.changes import tables
from playfast.pages.changes.page import changes_page
from playfast.storage.findings import Most, Moved, Point, Run, Summary

pytest.importorskip("vl_convert", reason="needs the extra report")

FIRST = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def run(number):
    when = FIRST + timedelta(days=7 * number)
    return Run(number, "apps", when, when + timedelta(minutes=5), "finished")


def summary(**values):
    given = {
        "run": run(2), "before": run(1), "records": {"available": 5}, "counts": {"version": 1}, "moved": {}, "most": {}, "first_seen": 0,
        "place": ("us", "en"), "points": [],
    }  # fmt: skip
    return Summary(**{**given, **values})


def page(**values):
    return Selector(changes_page(summary(**values), "kept.db"))


def rows(selector, label):
    found = selector.xpath("//div[@role='region'][@aria-label=$label]//tbody/tr", label=label)
    return [[cell.xpath("string()").get() for cell in row.xpath("th|td")] for row in found]


def test_a_first_crawl_says_that_there_is_nothing_to_compare():
    told = page(before=None, first_seen=5)
    assert "the first crawl of its database" in told.xpath("string(//main)").get()
    assert not told.xpath("//h2[.='Versions']")


def test_new_gone_and_other_statuses_are_told_apart():
    moved = [
        Moved("a.new", "New", ("us",), "not_found", "available"),
        Moved("a.gone", "Gone", ("us", "kr"), "preregister", "not_found"),
        Moved("a.out", "Out", ("us",), "preregister", "available"),
        Moved("a.invalid", None, ("us",), "invalid_id", "not_found"),
    ]
    told = page(moved={"status": moved})
    assert rows(told, "New apps") == [["New", "a.new", "us"]]
    assert rows(told, "Gone apps") == [["Gone", "a.gone", "us, kr"]]
    assert [row[1] for row in rows(told, "Other statuses")] == ["a.out", "a.invalid"]


def test_values_have_their_units_and_nothing_is_a_dash():
    moved = {
        "price": [Moved("a.b", "A", ("us",), 1.5, None, "USD")],
        "chart_rank": [Moved("a.b", "A", ("us",), None, 3, "Top paid")],
    }
    told = page(moved=moved)
    assert rows(told, "Prices") == [["A", "a.b", "us", "USD", "1.50", "\N{EN DASH}"]]
    assert rows(told, "Ranks in charts") == [["A", "a.b", "us", "Top paid", "\N{EN DASH}", "3"]]


def test_texts_of_apps_are_never_markup():
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    moved = {
        "title": [Moved("a.b", evil, (evil,), evil, evil)],
        "version": [Moved("a.b", evil, ("us",), evil, "1")],
    }
    text = changes_page(summary(moved=moved, counts={evil: 1}), evil)
    told = Selector(text)
    assert not told.xpath("//img[@onerror]")
    assert not told.xpath("//script[contains(., 'alert(1)')]")
    assert rows(told, "Title")[0][3] == evil


def test_a_long_table_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(tables, "_MOST", 40)
    told = page(moved={"version": [Moved(f"a.b{number}", "A", ("us",), "1", "2") for number in range(50)]})
    assert len(rows(told, "Versions")) == 40
    assert "The first 40 of 50" in told.xpath("string(//main)").get()
    assert told.xpath("//details[.//div[@aria-label='Versions']]")


def test_numbers_over_time_are_drawn_and_told():
    points = [
        Point(FIRST + timedelta(days=7 * week), 100 - week, {"exact_installs": 1_000 + week, "ratings": None})
        for week in range(3)
    ]
    told = page(points=points, most={"exact_installs": Most(7, [Moved("a.b", "A", ("us",), 1, 10**12)])})
    assert [row[1:] for row in rows(told, "The crawls over time")] == [
        ["100", "1,000", "\N{EN DASH}"], ["99", "1,001", "\N{EN DASH}"], ["98", "1,002", "\N{EN DASH}"],
    ]  # fmt: skip
    words = told.xpath("string(//main)").get()
    assert "100 at first, 98 now" in words
    assert "No app has a number." in words
    assert "7 apps; those that moved most" in words
    assert rows(told, "Installs") == [["A", "a.b", "us", "1", "1,000,000,000,000"]]


def test_one_crawl_over_time_is_nothing_to_draw():
    assert (
        "One crawl has ended so far."
        in page(points=[Point(FIRST, 1, {"exact_installs": 1, "ratings": 1})]).xpath("string(//main)").get()
    )
