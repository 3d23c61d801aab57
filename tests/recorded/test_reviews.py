"""Every page of reviews on record: two answers of the RPC, and the first reviews on whole app pages.

The expectations come from a walk over the raw JSON, checked against the stars, dates, texts, counts and replies that the pages show.
Whatever a reviewer wrote and whatever tells who they are is there as length and digest only.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from parsel import Selector
from scrapy.utils.test import get_crawler

from playfast.items import Review
from playfast.pipelines.validation import ValidationPipeline
from playfast.play import calls
from playfast.play.reviews import ReviewPage, id_of, page

from .recordings import DIRECTORY, WHOLE_PAGES, answer, expected, fields_of, filled, read, whole_page
from .written import columns, row, row_of, said, shown

FIELDS = fields_of(Review)
ANSWERS = ("page1", "page2")
PAGES = tuple(f"details/{name}" for name in WHOLE_PAGES)
WITH_REVIEWS = tuple(name for name in (*ANSWERS, *PAGES) if name != "details/sparse_ko_kr")


@cache
def recorded(name: str) -> ReviewPage:
    if name in ANSWERS:
        return page(answer(f"reviews_UsvDTd_{name}"))
    return page(whole_page(name).block(calls.REVIEWS))


def wanted(name: str) -> dict[str, Any]:
    return expected(f"reviews_{name.replace('/', '_')}")


@cache
def extracted(name: str) -> tuple[list[Review], list[Any]]:
    rows = recorded(name).rows
    return filled(
        Review, rows, ({"app_id": "org.example.asked", "lang": "en", "review_id": id_of(row)} for row in rows)
    )


@pytest.mark.parametrize("name", [*ANSWERS, *PAGES])
def test_every_review(name):
    """All of them, in their order, and how the list goes on."""
    like = wanted(name)
    found = recorded(name)
    assert len(found.rows) == like["count"]
    assert shown([id_of(row) for row in found.rows], like["review_ids"]) == like["review_ids"]
    assert shown(found.token, like["token"]) == like["token"]


@pytest.mark.parametrize("name", WITH_REVIEWS)
def test_rows(name):
    """Each field of the first and the last row, and of those between that are the first to say something."""
    rows, invalid = extracted(name)
    assert invalid == []
    like = wanted(name)["rows"]
    assert {0, len(rows) - 1} <= {int(place) for place in like}
    for place, fields in like.items():
        assert row(rows[int(place)], fields) == row_of(fields), f"row {place}"


@pytest.mark.parametrize("name", WITH_REVIEWS)
def test_every_row_of_every_field(name):
    rows, _ = extracted(name)
    fields = ("review_id", *FIELDS)
    assert said(rows, fields) == wanted(name)["said"]
    assert columns(rows, fields) == wanted(name)["sha256"]


@pytest.mark.parametrize("name", WITH_REVIEWS)
def test_every_field_has_an_expectation(name):
    fields = sorted(("review_id", *FIELDS))
    like = wanted(name)
    assert sorted(like["said"]) == sorted(like["sha256"]) == fields
    assert all(sorted(one) == fields for one in like["rows"].values())


def test_nobody_has_reviewed_it():
    """Neither rows nor a token, which is the end and no error."""
    assert recorded("details/sparse_ko_kr") == ReviewPage([], None)


def test_one_review_is_all():
    found = recorded("details/sparse_en_eg")
    assert (len(found.rows), found.token) == (1, None)


def test_two_pages_hold_different_reviews():
    first, second = (extracted(name)[0] for name in ANSWERS)
    assert len({item.review_id for item in (*first, *second)}) == 300
    assert recorded("page1").token != recorded("page2").token


def test_the_newest_come_first():
    """As both pages were asked for, one after the other."""
    times = [item.written_at for name in ANSWERS for item in extracted(name)[0]]
    assert times == sorted(times, reverse=True)
    assert times[0] == datetime(2026, 7, 6, 13, 55, 24, 77000, UTC)


def test_both_rpcs_have_the_same_rows():
    """The pages' RPC and its older name differ in nothing that is read: every field that one fills the other does too."""
    filled_by = {
        rpc: {
            field
            for name in names
            for field in FIELDS
            for item in extracted(name)[0]
            if getattr(item, field) is not None
        }
        for rpc, names in {
            "UsvDTd": ANSWERS,
            calls.REVIEWS: [name for name in PAGES if "2022" not in name],
        }.items()
    }
    assert filled_by["UsvDTd"] - filled_by[calls.REVIEWS] == {"title"}  # which one review alone has
    assert filled_by["UsvDTd"] == set(FIELDS)


@pytest.mark.parametrize(
    "name", [name for name in PAGES if WHOLE_PAGES[name.partition("/")[2]] == ("en", "us")]
)
def test_edited_is_what_the_page_offers_the_history_of(name):
    """The mark of a row is no guess: the page offers "Show review history" with these reviews and no others; in 2022 with none yet."""
    offered = {}
    for head in Selector(text=read(DIRECTORY / f"{name}.html.gz").decode()).xpath(
        "//header[@data-review-id]"
    ):
        offered[head.attrib["data-review-id"]] = "Show review history" in head.xpath(".//text()").getall()
    assert len(offered) == 3
    edited = {item.review_id: item.edited for item in extracted(name)[0]}
    assert {review_id: bool(edited[review_id]) for review_id in offered} == offered


def test_some_pages_offer_a_history():
    """Or the test above would say less than it seems to."""
    assert b"Show review history" in read(DIRECTORY / "details" / "translate_en_us.html.gz")


def test_replies_come_whole():
    for name in WITH_REVIEWS:
        for item in extracted(name)[0]:
            assert (item.reply_author is None) == (item.reply_text is None) == (item.replied_at is None)


def test_criteria_come_with_a_rating_or_a_choice_or_neither():
    """Their keys are Play's, the ratings 1 to 3; some reviewers skipped a question."""
    found = [one for name in WITH_REVIEWS for item in extracted(name)[0] for one in item.criteria or ()]
    assert all(one.key.startswith("vaf_") for one in found)
    assert {one.rating for one in found} == {None, 1, 2, 3}
    assert {one.choice for one in found} >= {None, 1}


def test_nothing_recorded_is_refused():
    pipeline = ValidationPipeline.from_crawler(get_crawler())
    for name in WITH_REVIEWS:
        for item in extracted(name)[0]:
            assert pipeline.process_item(copy.deepcopy(item)) == item
    assert pipeline.crawler.stats.get_stats() == {}


def test_a_wrong_value_is_seen():
    """Or the tests above would hold for a reader that says nothing, or says True for 1."""
    rows = copy.deepcopy(extracted("page1")[0])
    like = wanted("page1")
    fields = ("review_id", *FIELDS)
    assert columns(rows, fields) == like["sha256"]
    rows[70].thumbs_up = bool(rows[70].thumbs_up)
    assert columns(rows, fields) != like["sha256"]
