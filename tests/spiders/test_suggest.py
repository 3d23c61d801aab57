"""Suggestions: each term, with its endings, has one record, whatever comes of it."""

from __future__ import annotations

import pytest

from playfast.spiders.plan import Storefront
from playfast.spiders.suggest import SuggestSpider
from tests.spiders.asking import Asking

US = Storefront("us", "en")


def of_terms(**given):
    return Asking(SuggestSpider, "to do & co", **{"terms": ";to do;panda;", **given})


def test_each_term_comes_before_its_endings():
    spider = of_terms(expand="_a-b,x").spider
    assert list(spider.entries_of(["to do", "# a remark", "panda"])) == [
        "to do", "to do a", "to do b", "to do x", "panda", "panda a", "panda b", "panda x",
    ]  # fmt: skip
    assert list(of_terms().spider.entries_of(["panda"])) == ["panda"]


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ({}, 2),
        ({"expand": "a-c"}, 8),
        ({"expand": "a-c", "countries": "us,kr"}, 16),
        ({"expand": "a-c", "limit": "2"}, 2),
        ({"limit": "1"}, 1),
    ],
)
def test_how_many_records_are_to_be_expected(given, due):
    assert of_terms(**given).spider.expected() == due


@pytest.mark.parametrize(
    ("answer", "found"), [([[[["to do list"], ["to do"]]]], ("to do list", "to do")), ([[]], ()), (..., ())]
)
def test_what_is_suggested(answer, found):
    (record,) = of_terms().answered({"more": answer})
    assert (record.term, record.status, record.error) == ("to do & co", "available", None)
    assert record.suggestions == found
    assert record.via == "rpc"
    assert record.fetched_at is not None
    assert record.url == "http://127.0.0.1:1/store/search?q=to+do+%26+co&c=apps&hl=en&gl=us"


def test_a_term_without_an_answer_is_an_error_and_no_empty_list():
    """There are no pages to go on by."""
    (record,) = of_terms().to_the_end({})
    assert (record.status, record.error, record.suggestions) == ("error", "no answer in the pack", None)
    assert record.via is None


def test_a_term_that_cannot_be_asked():
    spider = of_terms().spider
    assert spider.problem("a" * 255) is None
    record = spider.invalid("a" * 256, US)
    assert spider.problem("a" * 256) == record.error == "longer than 255 characters"
    assert (record.status, record.url, record.suggestions) == ("invalid_id", None, None)
