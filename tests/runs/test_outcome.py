from __future__ import annotations

import pytest

from playfast.runs.outcome import ExitCode, judge

DONE = {"finish_reason": "finished", "playfast/records/available": 3, "item_scraped_count": 3}


@pytest.mark.parametrize(
    ("stats", "code", "said"),
    [
        # it did what it was asked
        (DONE, ExitCode.FINE, "3 records"),
        ({"finish_reason": "finished", "playfast/records/not_found": 1, "item_scraped_count": 1}, ExitCode.FINE, "1 record"),
        ({"finish_reason": "finished", "playfast/records/preregister": 1, "item_scraped_count": 1}, ExitCode.FINE, "1 record"),
        ({"finish_reason": "finished", "playfast/records/not_in_region": 1, "item_scraped_count": 1}, ExitCode.FINE, "1 record"),
        ({**DONE, "playfast/records/error": 1, "playfast/records/invalid_id": 2, "item_scraped_count": 6}, ExitCode.FINE, "6 records"),
        # a pipeline or extension of the user's own may add items
        ({**DONE, "item_scraped_count": 9}, ExitCode.FINE, "3 records"),
        # it did not start
        ({}, ExitCode.NOT_STARTED, "could not start"),
        ({"finish_reason": "start_error"}, ExitCode.NOT_STARTED, "could not start"),
        ({**DONE, "finish_reason": "source_error", "playfast/source_error": "no such file"}, ExitCode.NOT_STARTED, "no such file"),
        # nothing came
        ({"finish_reason": "finished", "playfast/records/error": 2, "item_scraped_count": 2, "playfast/last_error": "HTTP status 403"}, ExitCode.NOTHING_FETCHED, "HTTP status 403"),
        ({"finish_reason": "finished", "playfast/records/error": 2, "playfast/records/invalid_id": 2, "item_scraped_count": 4}, ExitCode.NOTHING_FETCHED, "nothing"),
        ({"finish_reason": "finished", "playfast/records/invalid_id": 2, "item_scraped_count": 2}, ExitCode.NOTHING_FETCHED, "nothing that can be asked"),
        ({"finish_reason": "finished"}, ExitCode.NOTHING_FETCHED, "empty"),
        ({"finish_reason": "finished", "playfast/ids/looked_through": 0}, ExitCode.NOTHING_FETCHED, "empty"),
        ({"finish_reason": "finished", "playfast/ids/looked_through": 1200}, ExitCode.NOTHING_FETCHED, "none of the feed's records (1,200)"),
        # the feed
        ({**DONE, "playfast/feeds/failed": "apps.jsonl: Permission denied"}, ExitCode.FEED_FAILED, "Permission denied"),
        ({**DONE, "finish_reason": "feed_failed", "playfast/feeds/failed": "No space left"}, ExitCode.FEED_FAILED, "No space left"),
        ({**DONE, "feedexport/failed_count/FileFeedStorage": 1}, ExitCode.FEED_FAILED, "FileFeedStorage"),
        ({**DONE, "playfast/report_failed": "run.json: Permission denied"}, ExitCode.FEED_FAILED, "run.json: Permission denied"),
        ({**DONE, "playfast/report_failed": None}, ExitCode.FINE, "3 records"),
        # cut short
        ({**DONE, "finish_reason": "drift", "playfast/drift": "title: in 0 of 50"}, ExitCode.CUT_SHORT, "title: in 0 of 50"),
        ({**DONE, "finish_reason": "drift"}, ExitCode.CUT_SHORT, "Play may have moved"),
        ({**DONE, "finish_reason": "republished", "playfast/catalog/republished": "it has 2 now"}, ExitCode.CUT_SHORT, "anew: it has 2 now"),
        ({"finish_reason": "catalog_unreadable", "playfast/catalog/unreadable": "cut"}, ExitCode.NOTHING_FETCHED, "no catalog: cut"),
        ({**DONE, "finish_reason": "shutdown"}, ExitCode.CUT_SHORT, "shutdown"),
        ({**DONE, "finish_reason": "closespider_timeout"}, ExitCode.CUT_SHORT, "closespider_timeout"),
        ({**DONE, "finish_reason": "memusage_exceeded"}, ExitCode.CUT_SHORT, "memusage_exceeded"),
        # records lost
        ({**DONE, "item_scraped_count": 2}, ExitCode.RECORDS_LOST, "1 record"),
        ({"finish_reason": "finished", "playfast/records/available": 3}, ExitCode.RECORDS_LOST, "3 records"),
        ({**DONE, "playfast/records/error": 1}, ExitCode.RECORDS_LOST, "1 record"),
        # a pipeline failed on records, or dropped them, which its author meant
        ({**DONE, "playfast/records/error": 2, "playfast/records/failed_in_pipeline": 2, "item_scraped_count": 5}, ExitCode.RECORDS_LOST, "failed on 2 records"),
        ({**DONE, "playfast/records/error": 2, "playfast/records/dropped": 2, "item_scraped_count": 5, "playfast/last_error": "dropped: too old"}, ExitCode.FINE, "2 of 5 records are errors; the last: dropped: too old"),
        # a drift that only warns is told elsewhere
        ({**DONE, "playfast/drift": "title: in 0 of 50"}, ExitCode.FINE, "3 records"),
    ],
)  # fmt: skip
def test_an_exit_code_tells_how_the_crawl_went(stats, code, said):
    outcome = judge(stats)
    assert outcome.code is code
    assert said in outcome.line
    assert "\n" not in outcome.line


def test_codes_are_told_apart_by_their_numbers():
    assert {code.name: int(code) for code in ExitCode} == {
        "FINE": 0,
        "NOT_STARTED": 1,
        "USAGE": 2,
        "NOTHING_FETCHED": 3,
        "FEED_FAILED": 4,
        "CUT_SHORT": 5,
        "RECORDS_LOST": 6,
    }


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"playfast/feeds/failed": "disk full"}, {"finish_reason": "shutdown"}),
        ({"playfast/feeds/failed": "disk full"}, {"playfast/report_failed": "disk full"}),
        ({"playfast/report_failed": "disk full"}, {"finish_reason": "drift"}),
        ({"playfast/source_error": "no such file"}, {"finish_reason": "shutdown"}),
        ({"finish_reason": "shutdown"}, {"playfast/records/failed_in_pipeline": 1}),
    ],
)
def test_of_several_things_that_went_wrong_the_first_is_told(worse, better):
    assert judge({**DONE, **better, **worse}) == judge({**DONE, **worse})
    assert judge({**DONE, **better}).code is not ExitCode.FINE


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\n  two", "\n"])
def test_a_reason_of_many_lines_is_told_in_one(text):
    line = judge({**DONE, "playfast/feeds/failed": text}).line
    assert line == " ".join(line.split())


def test_a_pipeline_that_fails_on_every_record_is_told_as_that():
    outcome = judge(
        {
            "finish_reason": "finished", "playfast/records/error": 3, "playfast/records/failed_in_pipeline": 3,
            "item_scraped_count": 3, "playfast/last_error": "failed in a pipeline: ValueError()",
        }
    )  # fmt: skip
    assert outcome.code is ExitCode.RECORDS_LOST


def test_a_pipeline_that_drops_every_record_is_not_told_as_nothing_fetched():
    outcome = judge(
        {
            "finish_reason": "finished", "playfast/records/error": 3, "playfast/records/dropped": 3,
            "item_scraped_count": 3, "playfast/last_error": "dropped: x",
        }
    )  # fmt: skip
    assert outcome.code is ExitCode.FINE
    assert "3 of 3 records are errors" in outcome.line
