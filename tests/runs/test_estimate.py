"""The estimate of a whole from a sample of its parts: unbiased, and its intervals hold the truth as often as they say."""

from __future__ import annotations

import math
from itertools import combinations
from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.localstore.sitemaps import Generation
from playfast.runs import estimate

# The tables of Student's t, 97.5 %.
TABLE = {
    1: 12.7062,
    2: 4.3027,
    3: 3.1824,
    4: 2.7764,
    5: 2.5706,
    8: 2.3060,
    15: 2.1314,
    30: 2.0423,
    60: 2.0003,
    120: 1.9799,
    1000: 1.9623,
}


@pytest.mark.parametrize("freedom", TABLE)
def test_the_quantile_is_that_of_the_tables(freedom):
    assert estimate.quantile(freedom) == pytest.approx(TABLE[freedom], abs=5e-5)


def test_the_series_and_the_expansion_agree_where_they_meet():
    here = estimate._SERIES_UP_TO
    assert estimate._expanded(here, 0.95) == pytest.approx(estimate.quantile(here), rel=1e-9)


@given(st.lists(st.integers(0, 100), min_size=4, max_size=7), st.data())
def test_over_all_samples_it_is_right_on_average(counts, data):
    """Exactly so, and its standard error is that of all samples: the textbook's two theorems, by counting."""
    size = data.draw(st.integers(2, len(counts)))
    found = [estimate.total(chosen, len(counts)) for chosen in combinations(counts, size)]
    assert fmean(one.total for one in found) == pytest.approx(sum(counts))
    assert fmean(one.standard_error**2 for one in found) == pytest.approx(
        pvariance([one.total for one in found]), abs=1e-6
    )


@given(st.lists(st.integers(0, 1_000), min_size=2, max_size=50))
def test_of_all_parts_it_is_the_truth(counts):
    found = estimate.total(counts, len(counts))
    assert (round(found.total), found.standard_error, found.margin) == (sum(counts), 0, 0)


@pytest.mark.parametrize(("counts", "parts"), [([], 10), ([5], 10), ([1, 2, 3], 2)])
def test_too_few_or_too_many_are_an_error(counts, parts):
    with pytest.raises(ValueError, match="are due"):
        estimate.total(counts, parts)


@pytest.mark.parametrize(
    ("parts", "percent", "size"),
    [
        (83_445, 0.1, 84),
        (83_445, 0.0001, 2),
        (100, 7, 7),
        (100, 100, 100),
        (3, 50, 2),
        (1, 50, 1),
        (1000, 0.3, 3),
    ],
)
def test_the_size_of_a_sample(parts, percent, size):
    assert estimate.sample_size(parts, percent) == size


def test_a_sample_is_drawn_without_replacement_and_each_part_as_often_as_the_others():
    drawn = [estimate.sample(20, 5, str(seed)) for seed in range(2_000)]
    assert all(one == sorted(set(one)) and len(one) == 5 for one in drawn)
    assert estimate.sample(20, 5, "7") == drawn[7]
    times = [sum(number in one for one in drawn) for number in range(20)]
    expected = 2_000 * 5 / 20
    assert all(abs(count - expected) < 4 * math.sqrt(expected * 0.75) for count in times)


@pytest.mark.parametrize("percent", [0.5, 2, 10])
def test_100_samples_hold_the_truth_about_95_times(percent):
    """Over the true counts by shard of a list of 84,000 apps; of 100 intervals of 95 %, fewer than 88 hold it once in 680 times."""
    counts = Generation(0, 2_000, 84_000).counts()
    size = estimate.sample_size(len(counts), percent)
    held = 0
    for seed in range(100):
        numbers = estimate.sample(len(counts), size, str(seed))
        found = estimate.total([counts[number] for number in numbers], len(counts))
        held += found.low <= sum(counts) <= found.high
    assert 88 <= held <= 100
