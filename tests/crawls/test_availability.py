"""Whole crawls of the matrix of apps and countries."""

from __future__ import annotations

import json

import pytest

from playfast.localstore.catalogue import App
from playfast.play.places import CLOSED, COUNTRIES
from tests.conftest import local_store

pytestmark = pytest.mark.crawl

SOME = [code for code in COUNTRIES if code not in CLOSED][:177]


def read(path):
    return [json.loads(line) for line in path.read_text().split("\n") if line]


@pytest.fixture
def matrix(crawl, tmp_path):
    """A crawl, its cells, and what is said of each app over all countries."""

    def run(*arguments, store, ids, countries, **more):
        listed, summary = tmp_path / "ids.txt", tmp_path / "summary.jsonl"
        listed.write_text("\n".join(ids))
        given = ("-a", f"ids={listed}", "-a", f"summary={summary}", "-a", f"countries={countries}")
        ran = crawl(*given, *arguments, spider="availability", store=store, **more)
        return ran, ran.records, {one["app_id"]: one for one in read(summary)} if summary.exists() else {}

    return run


def test_a_thousand_apps_in_177_countries_cost_hundreds_of_requests(matrix):
    with local_store() as store:
        ids = store.get("/_localstore/ids.txt?count=1000").decode().split()
        ran, cells, summary = matrix(store=store, ids=ids, countries=",".join(SOME))
        assert ran.exit_code == 0, ran.log
        assert store.report()["requests"]["rpc"] <= 400
    assert len(cells) == 177_000
    assert len({(cell["app_id"], cell["country"]) for cell in cells}) == 177_000
    assert len(summary) == 1_000
    wrong = [cell for cell in cells if cell["status"] != App(cell["app_id"]).status(cell["country"])]
    assert wrong == []
    for app_id, told in summary.items():
        there = [country for country in SOME if App(app_id).status(country) != "not_found"]
        assert told["gone_everywhere"] is (not there)
        assert told["available_in"] == [
            country for country in SOME if App(app_id).status(country) == "available"
        ]
        assert told["countries"] == told["answered"] == 177


def test_gone_everywhere_needs_every_country(matrix):
    gone, there = "example.gone.app", "example.plain.app"
    with local_store("--broken", f"{gone}=everywhere", f"{there}=everywhere") as store:
        _, cells, summary = matrix(store=store, ids=[gone, there], countries="us,de,fr")
    assert {cell["status"] for cell in cells} == {"error"}
    assert summary[gone]["gone_everywhere"] is None
    assert summary[gone]["unanswered_in"] == ["us", "de", "fr"]


def test_an_announced_app_has_a_status_of_its_own(matrix, store):
    ids = store.get("/_localstore/ids.txt?count=600").decode().split()
    announced = next(app_id for app_id in ids if App(app_id).listing == "announced")
    locked = next(app_id for app_id in ids if App(app_id).listing == "locked")
    _, cells, summary = matrix(store=store, ids=[announced, locked], countries=",".join(SOME[:40]))
    assert {cell["status"] for cell in cells if cell["app_id"] == announced} == {"preregister"}
    assert len(summary[announced]["preregister_in"]) == 40
    assert {cell["status"] for cell in cells if cell["app_id"] == locked} == {"available", "not_in_region"}
    assert summary[locked]["gone_everywhere"] is False


def test_all_countries_are_asked_by_default(matrix, store):
    _, cells, _ = matrix(store=store, ids=["example.plain.app"], countries="all")
    assert {cell["country"] for cell in cells} == set(COUNTRIES) - CLOSED


def test_begun_again_with_a_ledger_the_matrix_is_whole(crawl, tmp_path):
    """What failed is asked again, and then told over all countries, those of the first crawl among them."""
    app_id, other = "example.plain.app", "example.other.app"
    feed, summary = tmp_path / "cells.jsonl", tmp_path / "summary.jsonl"
    arguments = (
        "-a",
        f"ids={app_id},{other}",
        "-a",
        "countries=us,de,fr",
        "-a",
        f"ledger={tmp_path / 'run.db'}",
    )
    arguments += ("-a", f"summary={summary}", "-o", str(feed))
    with local_store("--broken", f"{app_id}=everywhere") as store:
        crawl(*arguments, spider="availability", store=store, feed="")
    with local_store() as store:
        ran = crawl(*arguments, "-a", "retry=error", spider="availability", store=store, feed="")
        assert ran.exit_code == 0, ran.log
    last = {(cell["app_id"], cell["country"]): cell["status"] for cell in read(feed)}
    assert set(last.values()) == {"available"}
    told = [one for one in read(summary) if one["app_id"] == app_id]
    assert [one["gone_everywhere"] for one in told] == [None, False]
    assert told[-1]["available_in"] == ["us", "de", "fr"]
    assert len([one for one in read(summary) if one["app_id"] == other]) == 1
