"""How far numbers that ought to be one lie apart."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import fmean, median, stdev

_DEVIATION = 0.1
_FROM_MEAN = 0.5
_LEAST = 2
_DRAWS = 2_000
_CONFIDENCE = 0.95
_SEED = 20_260


def unstable(samples: Sequence[float]) -> str | None:
    """Why a median of these says little, if so: the standard deviation, or one of them, is too far from the mean."""
    mean = fmean(samples)
    if len(samples) < _LEAST or not mean:
        return None
    deviation = stdev(samples) / abs(mean)
    if deviation > _DEVIATION:
        return f"the standard deviation is {deviation:.0%} of the mean"
    furthest = max(samples, key=lambda sample: abs(sample - mean))
    distance = abs(furthest - mean) / abs(mean)
    return f"one sample is {distance:.0%} from the mean" if distance > _FROM_MEAN else None


def ratio(old: Sequence[float], new: Sequence[float]) -> tuple[float, float, float]:
    """The ratio of the medians, new to old, and an interval that it lies in with 95 % confidence.

    The interval is a bootstrap's: both are drawn again from themselves, by the same chance every time.
    """
    chance = random.Random(_SEED)
    drawn = sorted(
        _over(median(chance.choices(new, k=len(new))), median(chance.choices(old, k=len(old))))
        for _ in range(_DRAWS)
    )
    edge = (1 - _CONFIDENCE) / 2
    low, high = drawn[int(edge * _DRAWS)], drawn[int((1 - edge) * _DRAWS) - 1]
    return _over(median(new), median(old)), low, high


def _over(new: float, old: float) -> float:
    """Nothing that stays nothing (errors, say) has not changed."""
    if old:
        return new / old
    return math.inf if new else 1.0
