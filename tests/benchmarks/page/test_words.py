"""Numbers with their units, and changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.page import units
from benchmarks.page.changes import change, difference
from benchmarks.page.spark import spark
from tests.benchmarks.page import sample

METRIC = sample.one().metrics[0]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5932.4, "apps/s", "5,932 apps/s"),
        (0.0123, "s", "12.3 ms"),
        (0.000167, "s", "167 µs"),
        (0.167, "ms", "167 µs"),
        (0.0, "ms", "0.00 ms"),
        (12.3, "ms", "12.3 ms"),
        (98.2, "µs", "98.2 µs"),
        (3900, "µs", "3.90 ms"),
        (1.5, "s", "1.50 s"),
        (75, "s", "1 min 15 s"),
        (700, "bytes", "700 bytes"),
        (2000, "bytes", "2.00 KB"),
        (5_000_000, "bytes", "5.00 MB"),
        (110.4, "MB", "110 MB"),
        (27.34, "ratio", "27.3 times"),
        (0.0042, "ratio", "0.0042 times"),
        (11.9, "percent", "11.9 %"),
    ],
)
def test_a_number_has_the_unit_that_fits_it(value, unit, text):
    assert units.text(value, unit).replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(850, "apps/s", "850 apps/s"), (2.5, "ratio", "2.5 times"), (25, "ratio", "25 times"), (1, "s", "1 s"), (200, "MB", "200 MB"), (2000, "bytes", "2 KB"), (700, "bytes", "700 bytes")],
)  # fmt: skip
def test_a_bound_has_no_digits_that_say_nothing(value, unit, text):
    assert units.bound(value, unit).replace("\xa0", " ") == text


def test_a_range_says_its_unit_once_and_a_single_value_alone():
    assert units.between(5870, 5991, "apps/s") == "5,870 to 5,991\xa0apps/s"
    assert units.between(0.9, 1.1, "s") == "900\xa0ms to 1.10\xa0s"
    assert units.between(7, 7, "MB") == "7.00\xa0MB"


@pytest.mark.parametrize(
    ("unit", "most", "name", "of_most"),
    [
        ("apps/s", 5000, "apps/s", 5000),
        ("s", 0.5, "ms", 500),
        ("s", 0.0005, "µs", 500),
        ("ms", 0.5, "µs", 500),
        ("s", 3, "s", 3),
        ("ms", 3000, "s", 3),
        ("µs", 300, "µs", 300),
        ("µs", 3900, "ms", 3.9),
        ("bytes", 100, "bytes", 100),
        ("bytes", 2000, "KB", 2),
        ("bytes", 3_000_000, "MB", 3),
        ("bytes", 3_000_000_000, "GB", 3),
        ("ratio", 2, "times", 2),
        ("percent", 5, "%", 5),
    ],
)
def test_an_axis_counts_in_what_fits_its_end(unit, most, name, of_most):
    scale = units.scale(unit, most)
    assert (scale.name, scale.of(most)) == (name, of_most)


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (103.1, 100, "+3.1 %"),
        (90, 100, "\N{MINUS SIGN}10.0 %"),
        (520, 100, "5.20 times"),
        (100.01, 100, "the same"),
        (0, 0, "the same"),
        (3, 0, "from 0"),
    ],
)
def test_a_difference_in_words(now, before, text):
    assert difference(now, before).replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("samples", "better", "kind"),
    [
        ([150.0, 155.0, 160.0], "more", "good"),
        ([150.0, 155.0, 160.0], "less", "bad"),
        ([150.0, 155.0, 160.0], "none", "plain"),
        ([110.0, 155.0, 160.0], "more", "plain"),  # the rounds of both runs overlap
        ([150.0, 160.0], "more", "plain"),  # too few
        ([50.0, 51.0, 52.0], "more", "bad"),
        ([50.0, 51.0, 52.0], "less", "good"),
    ],
)
def test_a_change_is_judged_where_the_rounds_of_both_runs_lie_apart(samples, better, kind):
    assert change(replace(METRIC, samples=samples, better=better), METRIC)[1] == kind


def test_a_small_change_is_not_judged_however_sure():
    before, now = ([value, value, value] for value in (100.0, 104.0))
    assert change(replace(METRIC, samples=now), replace(METRIC, samples=before)) == ("+4.0\xa0%", "plain")


def test_without_a_run_before_there_is_no_change():
    assert change(METRIC, None) == ("", "plain")


@pytest.mark.parametrize("values", [[1, 2, 3], [0, 0, 0], [5.0], [-1, 1], [1e9, 1]])
def test_a_small_line_stays_in_its_box(values):
    markup = spark(values, "words")
    points = markup.partition('points="')[2].partition('"')[0].split()
    assert len(points) == len(values)
    for point in points:
        x, y = map(float, point.split(","))
        assert 0 <= x <= 100
        assert 0 <= y <= 24
