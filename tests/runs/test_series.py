from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.runs.series import Series

COLUMNS = {
    "seconds",
    "records",
    "requests",
    "errors",
    "memory_bytes",
    "latency_p50",
    "latency_p95",
    "latency_p99",
}
STEP = st.tuples(
    st.floats(0.5, 4),
    st.integers(0, 50),
    st.integers(0, 9),
    st.integers(0, 3),
    st.lists(st.floats(0.001, 30), max_size=4),
)


def run(steps, most=6):
    """A series of these steps: seconds, new records, requests, errors, latencies."""
    series = Series(most=most)
    now, counts, memory = 0.0, [0, 0, 0], 0
    for seconds, records, requests, errors, latencies in steps:
        now, memory = now + seconds, memory + 1
        counts = [before + new for before, new in zip(counts, (records, requests, errors), strict=True)]
        for latency in latencies:
            series.latency.add(latency)
        series.add(now, records=counts[0], requests=counts[1], errors=counts[2], memory_bytes=memory)
    return series, now, counts, memory


@settings(max_examples=150, deadline=None, database=None)
@given(st.lists(STEP, max_size=60), st.integers(2, 9))
def test_a_series_is_bounded_and_loses_nothing_when_neighbours_are_put_together(steps, most):
    series, now, counts, memory = run(steps, most)
    columns = series.columns()
    assert columns.keys() == COLUMNS
    assert len({len(column) for column in columns.values()}) == 1
    assert len(columns["seconds"]) <= most
    assert [sum(columns[name]) for name in ("records", "requests", "errors")] == counts
    assert columns["seconds"] == sorted(columns["seconds"])
    if steps:
        assert columns["seconds"][-1] == pytest.approx(now, abs=0.001)
        assert columns["memory_bytes"][-1] == memory


@settings(max_examples=100, deadline=None, database=None)
@given(st.lists(STEP, min_size=1, max_size=40), st.integers(2, 9))
def test_percentiles_are_those_of_all_latencies_in_the_span_within_one_percent(steps, most):
    series, *_ = run(steps, most)
    columns = series.columns()
    ends, now, place, samples = columns["seconds"], 0.0, 0, [[] for _ in columns["seconds"]]
    for seconds, *_, latencies in steps:
        now += seconds
        while round(now, 3) > ends[place]:
            place += 1
        samples[place] += latencies
    for percent in (50, 95, 99):
        for told, given_latencies in zip(columns[f"latency_p{percent}"], samples, strict=True):
            if not given_latencies:
                assert told is None
            else:
                rank = math.ceil(len(given_latencies) * percent / 100)
                assert told == pytest.approx(sorted(given_latencies)[rank - 1], rel=0.01)


def test_spans_are_as_they_were_until_there_are_too_many():
    series, *_ = run([(1, n, 1, 0, [0.5]) for n in range(6)])
    assert series.columns()["records"] == [0, 1, 2, 3, 4, 5]
    assert series.interval == 1


def test_the_length_doubles_when_neighbours_are_put_together():
    series, *_ = run([(1, n, 1, 0, [0.5]) for n in range(7)])
    columns = series.columns()
    assert series.interval == 2
    assert columns["records"] == [0 + 1, 2 + 3, 4 + 5, 6]
    assert columns["seconds"] == [2, 4, 6, 7]
    assert columns["memory_bytes"] == [2, 4, 6, 7]


def test_a_crawl_of_days_stays_within_600_spans_of_one_length():
    series = Series()
    dice = random.Random(3)
    now = 0.0
    for look in range(400_000):
        now = look * 0.5
        if series.due(now):
            series.add(now, records=look, requests=look, errors=0, memory_bytes=dice.randrange(10))
    columns = series.columns()
    assert 250 <= len(columns["seconds"]) <= 600
    lengths = [
        later - before for before, later in zip(columns["seconds"][:-1], columns["seconds"][1:], strict=True)
    ]
    assert max(lengths) <= 2 * series.interval
    assert sum(columns["records"]) == pytest.approx(400_000, rel=0.01)


def test_a_span_is_due_when_its_time_is_over():
    series = Series(interval=2)
    assert [series.due(seconds) for seconds in (0, 1.9, 2, 3)] == [False, False, True, True]
    series.add(2.5, records=0, requests=0, errors=0, memory_bytes=0)
    assert [series.due(seconds) for seconds in (4, 4.5)] == [False, True]


def test_an_empty_series_has_empty_columns():
    assert Series().columns() == {name: [] for name in COLUMNS}
