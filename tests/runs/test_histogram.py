from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.runs.histogram import Histogram


def of(samples) -> Histogram:
    histogram = Histogram()
    for sample in samples:
        histogram.add(sample)
    return histogram


def exact(samples, percent):
    """The smallest sample that this share of the samples does not exceed."""
    ordered = sorted(samples)
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


@settings(max_examples=150, deadline=None, database=None)
@given(st.lists(st.floats(min_value=1e-5, max_value=1e5), min_size=1, max_size=60), st.integers(0, 100))
def test_any_percentile_is_right_within_one_percent(samples, percent):
    histogram = of(samples)
    assert histogram.percentile(percent) == pytest.approx(exact(samples, percent), rel=0.01)
    assert (histogram.count, histogram.least, histogram.most) == (len(samples), min(samples), max(samples))


def test_a_million_samples_cost_a_few_hundred_counters():
    dice = random.Random(5)
    samples = [dice.lognormvariate(-1, 0.7) for _ in range(50_000)] + [0.001, 60.0]
    histogram = of(samples)
    for percent in (1, 50, 95, 99, 99.9, 100):
        assert histogram.percentile(percent) == pytest.approx(exact(samples, percent), rel=0.01)
    assert len(histogram._buckets) < 600


def test_without_samples_there_is_no_percentile():
    assert Histogram().percentile(50) is None
    assert Histogram().count == 0


@pytest.mark.parametrize("sample", [0.0, 1e-9, 1e-5, 0.123456, 3600.0])
def test_of_equal_samples_every_percentile_is_that_sample(sample):
    histogram = of([sample] * 3)
    assert {histogram.percentile(percent) for percent in (0, 1, 50, 100)} == {sample}


def test_percentiles_stay_within_the_smallest_and_the_largest():
    histogram = of([0.0101, 0.0102, 7.77])
    assert all(0.0101 <= histogram.percentile(percent) <= 7.77 for percent in range(101))


def test_percentiles_rise():
    dice = random.Random(7)
    histogram = of(dice.expovariate(3) for _ in range(1000))
    found = [histogram.percentile(percent) for percent in range(101)]
    assert found == sorted(found)


# Two in one

SAMPLES = st.lists(st.floats(min_value=1e-5, max_value=1e5), max_size=40)


@settings(max_examples=100, deadline=None, database=None)
@given(SAMPLES, SAMPLES, st.integers(0, 100))
def test_two_joined_are_as_if_all_samples_had_gone_into_one(one, other, percent):
    both, whole = of(one).joined(of(other)), of(one + other)
    assert (both.count, both.least, both.most) == (whole.count, whole.least, whole.most)
    assert both.percentile(percent) == whole.percentile(percent)


def test_neither_is_changed_when_they_are_joined():
    one, other = of([0.1, 0.2]), of([3.0])
    both = one.joined(other)
    both.add(9.0)
    other.add(5.0)
    assert (one.count, other.count, both.count) == (2, 2, 4)
    assert (one.most, other.most, both.most) == (0.2, 5.0, 9.0)
    assert one.percentile(100) == 0.2


def test_joined_with_an_empty_one_nothing_changes():
    one = of([0.1, 0.2])
    for both in (one.joined(Histogram()), Histogram().joined(one)):
        assert (both.count, both.least, both.most, both.percentile(50)) == (2, 0.1, 0.2, one.percentile(50))
    assert Histogram().joined(Histogram()).percentile(50) is None
