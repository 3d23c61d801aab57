"""Percentiles of many durations in little memory."""

from __future__ import annotations

import math


class Histogram:
    """Counts durations in buckets that grow by 2 %: any percentile is right within 1 %, and a million samples cost a few hundred counters.

    The smallest and the largest are kept exactly.
    """

    _GROWTH = math.log(1.02)
    _LEAST = 1e-9

    def __init__(self) -> None:
        self.count = 0
        self.least = math.inf
        self.most = 0.0
        self._buckets: dict[int, int] = {}

    def add(self, seconds: float) -> None:
        self.count += 1
        self.least = min(self.least, seconds)
        self.most = max(self.most, seconds)
        bucket = round(math.log(max(seconds, self._LEAST)) / self._GROWTH)
        self._buckets[bucket] = self._buckets.get(bucket, 0) + 1

    def joined(self, other: Histogram) -> Histogram:
        """Both in one; neither is changed."""
        both = Histogram()
        both.count = self.count + other.count
        both.least = min(self.least, other.least)
        both.most = max(self.most, other.most)
        both._buckets = {
            bucket: self._buckets.get(bucket, 0) + other._buckets.get(bucket, 0)
            for bucket in self._buckets.keys() | other._buckets.keys()
        }
        return both

    def percentile(self, percent: float) -> float | None:
        """The duration that this share of the samples does not exceed; None without samples."""
        if not self.count:
            return None
        wanted = math.ceil(self.count * percent / 100)
        passed = 0
        for bucket in sorted(self._buckets):
            passed += self._buckets[bucket]
            if passed >= wanted:
                return min(max(math.exp(bucket * self._GROWTH), self.least), self.most)
        return self.most
