"""The hour of trouble whose plot is in the docs."""

from __future__ import annotations

import pytest

from tests.runs.hour import BLOCK, BLOCK_ENDS, END, FALLS, HIGH, LOW, MINUTE, RISES, picture, run


@pytest.fixture(scope="module")
def asked():
    return run()


def rate(asked, start, end):
    some = [one for one in asked if start <= one.at < end]
    return len(some) / (end - start), sum(one.refused for one in some) / max(1, len(some))


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [(2 * MINUTE, FALLS, HIGH), (FALLS + MINUTE, BLOCK, LOW), (RISES + 6 * MINUTE, END, HIGH)],
)
def test_it_finds_what_is_allowed(asked, start, end, allowed):
    found, refused = rate(asked, start, end)
    assert found == pytest.approx(allowed, rel=0.1)
    assert refused < 0.01


def test_during_the_block_a_few_requests_try_and_after_it_the_crawl_goes_on(asked):
    tries = [one for one in asked if BLOCK <= one.at < BLOCK_ENDS]
    assert len(tries) < 10
    found, refused = rate(asked, BLOCK_ENDS + 2 * MINUTE, RISES)
    assert 0.7 * LOW <= found <= 1.1 * LOW
    assert refused < 0.01


def test_the_plot_has_what_was_asked_and_allowed_for_the_whole_hour():
    rows = picture()["data"]["values"]
    assert {row["what"] for row in rows} == {"allowed", "asked", "refused"}
    assert max(row["minute"] for row in rows) == END / MINUTE - 0.25
