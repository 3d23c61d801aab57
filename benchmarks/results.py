"""A run of the benchmarks: what was measured, where, and of which commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number of a scenario, once for each counted round; `better` is `more`, `less` or `none`."""

    name: str
    title: str
    group: str
    unit: str
    better: str
    samples: list[float]

    @property
    def median(self) -> float:
        return median(self.samples)

    @property
    def low(self) -> float:
        return min(self.samples)

    @property
    def high(self) -> float:
        return max(self.samples)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A bound, and what was measured; None where it could not be, which `note` explains."""

    name: str
    words: str
    bound: float
    at_least: bool
    measured: float | None
    unit: str
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.measured is None:
            return None
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A crawl over time: ends of spans, records in each, memory at its end."""

    name: str
    seconds: list[float]
    records: list[int]
    memory_bytes: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one scenario brought; results of another `version` of its code are not compared."""

    name: str
    title: str
    about: str
    version: str
    parameters: Mapping[str, str | int | float | bool | None]
    seconds: float
    metrics: list[Metric]
    targets: list[Target] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All of one run; times are ISO 8601 in UTC."""

    started_at: str
    ended_at: str
    commit: Mapping[str, Any]
    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    settings: Mapping[str, Any]
    load: Mapping[str, float]
    scenarios: list[Result]
