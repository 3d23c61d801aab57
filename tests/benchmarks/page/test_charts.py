"""The charts of the benchmarks: Vega-Lite takes them, and they hold what they should."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from benchmarks.page import units
from benchmarks.page.rounds import rounds
from benchmarks.page.trend import trend
from tests.benchmarks.page import sample

METRIC = sample.one().metrics[0]
NOTHING = replace(METRIC, samples=[0.0, 0.0])
RUNS = sample.runs(3)


def over(*versions, metric=METRIC):
    found = [(run, sample.one(version=version), metric) for run, version in zip(RUNS, versions, strict=True)]
    return trend("packs of 32", found, units.scale(metric.unit, metric.high))


CHARTS = {
    "rounds": rounds([METRIC, replace(METRIC, name="other", samples=[5.0])]),
    "nothing but zeros": rounds([NOTHING]),
    "three runs": over("a", "a", "a"),
    "a changed scenario": over("a", "b", "b"),
    "zeros over the runs": over("a", "a", "a", metric=NOTHING),
}


@pytest.mark.parametrize("name", CHARTS)
def test_vega_lite_takes_it(name):
    vl_convert = pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    drawn = vl_convert.vegalite_to_svg({**CHARTS[name].spec, "width": 300})  # there is no container here
    assert "var(--" in drawn
    assert "NaN" not in drawn


def test_every_colour_is_one_of_the_pages_style():
    for chart in CHARTS.values():
        assert "#" not in json.dumps(chart.spec)


def test_two_metrics_of_one_title_are_two_bars():
    rows = rounds([METRIC, replace(METRIC, name="other")]).spec["data"]["values"]
    assert [row["key"] for row in rows] == ["packs/speed", "other"]


def test_a_bar_has_the_range_of_its_rounds():
    row = rounds([METRIC]).spec["data"]["values"][0]
    assert (row["value"], row["low"], row["high"]) == (100, 90, 120)
    assert (row["text"], row["range"], row["rounds"]) == ("100\xa0apps/s", "90.0 to 120\xa0apps/s", "3")


def test_the_words_hold_the_numbers():
    assert rounds([METRIC]).words == "packs of 32 100\xa0apps/s (90.0 to 120\xa0apps/s)."
    first, last = (run.commit.hash[:8] for run in (RUNS[0], RUNS[2]))
    assert over("a", "a", "a").words == (
        f"packs of 32, over 3 runs: 100\xa0apps/s in the first, {first}, and 100\xa0apps/s in the latest, {last}."
    )


def test_runs_of_one_day_and_one_commit_are_two_places():
    found = [(RUNS[0], sample.one(), METRIC)] * 2
    rows = trend("x", found, units.scale("apps/s", 1)).spec["data"]["values"]
    assert len({row["run"] for row in rows}) == 2
