"""The size of a whole from a random sample of its parts: the textbook's simple random sampling without replacement."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import NormalDist, fmean, stdev

LEVEL = 0.95
LEAST = 2
"""Parts that are needed to tell how far they differ."""
_SERIES_UP_TO = 500
"""Degrees of freedom up to which the exact series is summed; beyond, the expansion is right to 9 digits."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A total, and how far it may be off."""

    mean: float
    total: float
    standard_error: float
    margin: float

    @property
    def low(self) -> float:
        return self.total - self.margin

    @property
    def high(self) -> float:
        return self.total + self.margin


def sample_size(parts: int, percent: float) -> int:
    """How many parts this share is: rounded up, and never too few for an estimate, nor more than there are."""
    return min(parts, max(LEAST, math.ceil(round(parts * percent / 100, 9))))


def sample(parts: int, size: int, seed: str) -> list[int]:
    """The numbers of so many parts, drawn at random without replacement, in order; the same for the same seed."""
    return sorted(Random(seed).sample(range(parts), size))


def total(counts: Sequence[int], parts: int) -> Estimate:
    """The total over all parts, from the counts of some that were drawn at random.

    The standard error is that of a sample without replacement, so a sample of all parts has none. The interval is Student's.

    Raises:
        ValueError: there are too few counts, or more than parts.
    """
    size = len(counts)
    if not LEAST <= size <= parts:
        raise ValueError(f"{size} of {parts} parts: {LEAST} or more are due, and no more than there are")
    mean = fmean(counts)
    error = parts * stdev(counts) / math.sqrt(size) * math.sqrt(1 - size / parts)
    return Estimate(mean, parts * mean, error, quantile(size - 1) * error)


def quantile(freedom: int, level: float = LEVEL) -> float:
    """The number of standard errors on either side that hold this share of Student's t distribution."""
    if freedom > _SERIES_UP_TO:
        return _expanded(freedom, level)
    low, high = 0.0, 1.0
    while _within(high, freedom) < level:
        high *= 2
    while high - low > high * 1e-13:
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < level else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """The share of Student's t distribution between -t and t (Abramowitz and Stegun, 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    summed = term if freedom > 1 else 0.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= cosine * cosine * (step - 1) / step
        summed += term
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * summed)
    return math.sin(angle) * summed


def _expanded(freedom: int, level: float) -> float:
    """The same by the expansion around the normal distribution (Abramowitz and Stegun, 26.7.5)."""
    x = NormalDist().inv_cdf((1 + level) / 2)
    terms = (
        x,
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
    )
    return math.fsum(term / freedom**power for power, term in enumerate(terms))
