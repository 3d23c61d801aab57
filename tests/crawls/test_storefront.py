"""Crawls that verify whose store answered, against one that now and then is another country's."""

from __future__ import annotations

import pytest

from tests.conftest import local_store

pytest.importorskip("babel", reason="Babel has the names of countries: pip install babel")
pytestmark = pytest.mark.crawl

LIES = ("--other-store", "0.4", "--fault-seed", "3")
MARK = ("-s", "PLAYFAST_VERIFY_STOREFRONT=mark")
RETRY = ("-s", "PLAYFAST_VERIFY_STOREFRONT=retry")


@pytest.fixture
def ids(store):
    return "ids=" + ",".join(store.get("/_localstore/ids.txt?count=60").decode().split())


def test_a_store_that_tells_the_truth(crawl, ids):
    with local_store() as store:
        ran = crawl("-a", ids, "-a", "countries=kr,de,us", "-a", "langs=ko,de", *MARK, store=store)
    assert ran.exit_code == 0
    assert {
        record["served_country"] == record["country"]
        for record in ran.records
        if record["status"] == "available"
    } == {True}
    told = {name: count for name, count in ran.stats.items() if name.startswith("playfast/storefront/")}
    assert set(told) == {"playfast/storefront/same"}


def test_records_of_another_country_are_marked_and_counted(crawl, ids):
    with local_store(*LIES) as store:
        ran = crawl("-a", ids, "-a", "countries=kr,de", "-a", "batch=5", *MARK, store=store)
    other = [record for record in ran.records if record["served_country"] not in (None, record["country"])]
    assert {record["served_country"] for record in other} == {"us"}
    assert ran.stats["playfast/storefront/other"] > 3
    assert ran.stats["playfast/storefront/same"] > 3
    assert len(ran.records) == 120


def test_with_retry_they_are_asked_again(crawl, ids):
    with local_store(*LIES) as store:
        ran = crawl("-a", ids, "-a", "countries=kr,de", "-a", "batch=5", *RETRY, store=store)
    assert ran.exit_code == 0
    assert len(ran.records) == 120
    assert ran.stats["playfast/storefront/other"] > 3
    assert not [record for record in ran.records if record["served_country"] not in (None, record["country"])]
    assert not [record for record in ran.records if record["status"] == "error"], (
        "it lies in less than half of all answers"
    )


def test_a_store_that_always_lies_gives_no_record_of_another_country(crawl, ids):
    with local_store("--other-store", "1") as store:
        ran = crawl("-a", ids, "-a", "countries=kr", "-a", "limit=5", *RETRY, "-a", "batch=2", store=store)
    assert {record["status"] for record in ran.records} == {"error"}
    assert all("the store of us answered in the place of kr" in record["error"] for record in ran.records)
    assert ran.exit_code == 3


def test_the_countries_of_a_matrix_are_verified_too(crawl, ids):
    with local_store(*LIES) as store:
        ran = crawl("-a", ids, "-a", "countries=kr,de,fr,jp", *MARK, spider="availability", store=store)
    assert {
        record["served_country"] != record["country"] for record in ran.records if record["served_country"]
    } == {True, False}


def test_by_page_it_is_the_page_that_says_so(crawl, ids):
    with local_store(*LIES) as store:
        ran = crawl("-a", ids, "-a", "countries=kr", "-a", "via=page", "-a", "limit=12", *RETRY, store=store)
    assert ran.stats["playfast/storefront/other"] > 0
    assert {record["served_country"] for record in ran.records} <= {"kr", None}


def test_another_word_is_no_mode(crawl, store):
    ran = crawl("-a", "ids=a.b", "-s", "PLAYFAST_VERIFY_STOREFRONT=perhaps", store=store)
    assert ran.exit_code == 2
    assert "PLAYFAST_VERIFY_STOREFRONT='perhaps': one of off, mark, retry is due" in ran.log
