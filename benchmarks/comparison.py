"""Telling a change from noise: two runs, metric by metric."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from benchmarks.harness.spread import ratio
from benchmarks.results import Metric, Run

FACTOR = 0.05
"""A change of less than this share is none worth telling, however sure."""
LEAST = 3
"""Fewer samples on either side have no interval to speak of."""


class Verdict(StrEnum):
    """What a comparison came to."""

    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"
    NOT_SIGNIFICANT = "not significant"
    TOO_FEW = "too few samples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One metric of two runs: the ratio of its medians, new to old, with its interval."""

    scenario: str
    old: Metric
    new: Metric
    ratio: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        if min(len(self.old.samples), len(self.new.samples)) < LEAST:
            return Verdict.TOO_FEW
        if self.low <= 1 <= self.high or abs(self.ratio - 1) < FACTOR:
            return Verdict.NOT_SIGNIFICANT
        if self.new.better == "none":
            return Verdict.CHANGED
        return Verdict.BETTER if (self.ratio > 1) == (self.new.better == "more") else Verdict.WORSE

    @property
    def loss(self) -> float:
        """By how many percent it is worse; 0 if it is not, or not for sure."""
        return abs(self.ratio - 1) * 100 if self.verdict is Verdict.WORSE else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two runs side by side, and the scenarios of both that cannot be compared, with the reason."""

    metrics: list[Comparison]
    not_compared: dict[str, str]


def compare(old: Run, new: Run) -> Compared:
    """All metrics that are in both, of scenarios with the same code and parameters."""
    before = {scenario.name: scenario for scenario in old.scenarios}
    metrics: list[Comparison] = []
    left_out: dict[str, str] = {}
    for scenario in new.scenarios:
        earlier = before.get(scenario.name)
        if earlier is None:
            left_out[scenario.name] = "not in the older run"
        elif earlier.version != scenario.version:
            left_out[scenario.name] = f"its code has changed ({earlier.version}, {scenario.version})"
        elif earlier.parameters != scenario.parameters:
            left_out[scenario.name] = "its parameters differ"
        else:
            known = {metric.name: metric for metric in earlier.metrics}
            metrics += [
                _compared(scenario.name, known[metric.name], metric)
                for metric in scenario.metrics
                if metric.name in known
            ]
    left_out |= {
        name: "not in the newer run"
        for name in before
        if name not in {scenario.name for scenario in new.scenarios}
    }
    return Compared(metrics=metrics, not_compared=left_out)


def _compared(scenario: str, old: Metric, new: Metric) -> Comparison:
    middle, low, high = ratio(old.samples, new.samples)
    return Comparison(scenario=scenario, old=old, new=new, ratio=middle, low=low, high=high)
