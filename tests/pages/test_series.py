"""A run over time as rows."""

from __future__ import annotations

import pytest

from playfast.pages.lines import axis_unit
from playfast.pages.run.runs import Run, Runs
from playfast.pages.run.series import spans, timeline
from tests.pages import sample


def run(**series):
    columns = {name: [] for name in sample.SCHEMA["properties"]["series"]["required"]} | series
    length = len(columns["seconds"])
    return Run(
        sample.report(series={name: values or [0] * length for name, values in columns.items()}), "run.json"
    )


@pytest.mark.parametrize(
    ("seconds", "unit"),
    [(0, (1, "seconds")), (119, (1, "seconds")), (120, (60, "minutes")), (7199, (60, "minutes")), (7200, (3600, "hours")),
     (172_800, (86400, "days"))],
)  # fmt: skip
def test_the_axis_counts_in_what_fits(seconds, unit):
    assert axis_unit(seconds) == unit


def test_counts_are_rates_over_their_span():
    rows = spans(run(seconds=[2, 3, 3], records=[10, 10, 10], errors=[1, 0, 0]), 1)
    assert [row["records"] for row in rows] == [5, 5, 10, None]
    assert [row["errors"] for row in rows] == [0.5, 0.5, 0, None]


def test_the_first_span_begins_at_0():
    rows = spans(run(seconds=[60, 120]), 60)
    assert [row["x"] for row in rows] == [0, 1, 2]


def test_a_row_says_its_span_and_the_time_of_day():
    row = spans(run(seconds=[10]), 1)[0]
    assert row["at"].replace("\xa0", " ") == "0.0 s to 10.0 s, 12:05:01 UTC"


def test_units_are_milliseconds_and_mebibytes_and_nulls_stay():
    rows = spans(run(seconds=[1, 2], latency_p50=[0.25, None], memory_bytes=[2**20, 2**21]), 1)
    assert [row["latency_p50"] for row in rows[1:]] == [250, None]
    assert [row["memory"] for row in rows[1:]] == [1, 2]


def test_a_run_without_numbers_over_time():
    line = timeline(Runs(run(), run()))
    assert line.rows == []
    assert line.earlier("records") is None


def test_an_earlier_run_that_took_much_longer_is_drawn_in_part():
    line = timeline(Runs(run(seconds=[5, 10]), run(seconds=[10, 20, 30])))
    assert [row["x"] for row in line.past] == [0, 10, 20]
    assert line.past_name.replace("\xa0", " ").endswith("until 20.0 s")
    rows, name = line.earlier("records")
    assert rows[0].keys() == {"x", "at", "records"}
    assert name == line.past_name


@pytest.mark.parametrize("started", ["9999-12-31T23:59:59+00:00", "someday"])
def test_a_start_without_a_clock(started):
    report = sample.report(spans=1, started_at=started)
    assert "UTC" not in spans(Run(report, "run.json"), 1)[0]["at"]
