"""What is said of numbers that lie apart."""

from __future__ import annotations

import math

import pytest

from benchmarks.harness.spread import ratio, unstable


@pytest.mark.parametrize("samples", [[5.0], [100.0, 101.0, 99.0], [0.0, 0.0, 0.0]])
def test_samples_that_lie_close_are_stable(samples):
    assert unstable(samples) is None


def test_samples_that_scatter_are_unstable():
    assert unstable([100.0, 140.0, 80.0]) == "the standard deviation is 29% of the mean"


def test_one_sample_far_away_makes_many_unstable():
    assert unstable([100.0] * 60 + [160.0]) == "one sample is 58% from the mean"


def test_a_ratio_lies_in_its_interval():
    middle, low, high = ratio([100.0, 102.0, 98.0, 101.0], [200.0, 205.0, 195.0, 202.0])
    assert low <= middle <= high
    assert middle == pytest.approx(2.0, rel=0.02)
    assert (low, high) == pytest.approx((1.93, 2.09), rel=0.02)


def test_the_interval_is_the_same_every_time():
    assert ratio([1.0, 2.0, 3.0], [2.0, 3.0, 4.0]) == ratio([1.0, 2.0, 3.0], [2.0, 3.0, 4.0])


@pytest.mark.parametrize(("old", "new", "expected"), [([0.0], [0.0], 1.0), ([0.0], [3.0], math.inf)])
def test_nothing_that_stays_nothing_has_not_changed(old, new, expected):
    assert ratio(old, new)[0] == expected
