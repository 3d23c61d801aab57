"""The results of one run of the benchmarks, in one JSON file whose format is `results.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import jsonschema

from benchmarks.errors import ResultsError

SCHEMA = 1
Value = str | int | float | bool | None
_FORMAT = Path(__file__).with_name("results.schema.json")
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number that was measured once in each counted round; `name` is unique in its scenario."""

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
    """What a number has to reach; `measured` is None where this run could not tell, and `note` says why."""

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
    """One crawl over time: the ends of its spans, the records in each span, resident memory at its end."""

    name: str
    seconds: list[float]
    records: list[int]
    memory_bytes: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """What a scenario gave. `version` is a hash of its code: results of changed code are not compared."""

    name: str
    title: str
    about: str
    version: str
    parameters: dict[str, Value]
    seconds: float
    metrics: list[Metric]
    targets: list[Target] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """What was measured; `uncommitted` is True where the files were not those of the commit."""

    hash: str
    time: str
    subject: str
    uncommitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where it was measured."""

    name: str
    cpu: str
    cores: int
    memory_bytes: int
    system: str
    python: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What else the machine did: the load of the last minute, before the run and after it."""

    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All of one `python -m benchmarks run`. Times are ISO 8601, UTC."""

    started_at: str
    ended_at: str
    commit: Commit
    machine: Machine
    versions: dict[str, str]
    settings: dict[str, Value]
    load: Load
    scenarios: list[ScenarioResult]
    schema: int = SCHEMA


def to_json(run: Run) -> str:
    """The text of a run's file; derived numbers are written for other readers."""
    told = asdict(run)
    for scenario, result in zip(told["scenarios"], run.scenarios, strict=True):
        for written, metric in zip(scenario["metrics"], result.metrics, strict=True):
            written |= {"median": metric.median, "low": metric.low, "high": metric.high}
        for written, target in zip(scenario["targets"], result.targets, strict=True):
            written["met"] = target.met
    return json.dumps({"schema": told.pop("schema"), **told}, ensure_ascii=False, indent=1) + "\n"


def read(path: Path) -> Run:
    """A run from its file.

    Raises:
        ResultsError: it cannot be read, is none, or is of another version; every mistake is told with its place.
    """
    try:
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise ResultsError([f"{path}: {error.strerror or error}"]) from error
    except (ValueError, RecursionError) as error:
        raise ResultsError([f"{path}: no JSON ({error})"]) from error
    version = told.get("schema") if isinstance(told, dict) else None
    if version is None:
        raise ResultsError([f"{path}: no results of a benchmark run (`schema` is missing)"])
    if version != SCHEMA:
        raise ResultsError(
            [f"{path}: schema: results of version {version!r:.40}; version {SCHEMA} is what is read here"]
        )
    schema = json.loads(_FORMAT.read_text(encoding="utf-8"))
    problems = [
        f"{path}: {'.'.join(map(str, problem.absolute_path)) or 'the whole'}: {problem.message:.200}"
        for problem in jsonschema.Draft202012Validator(schema).iter_errors(told)
    ]
    if problems:
        left = len(problems) - _SHOWN
        raise ResultsError(problems[:_SHOWN] + ([f"{path}: and {left} more"] if left > 0 else []))
    return _run(told)


def _run(told: Mapping[str, Any]) -> Run:
    return Run(
        **{
            **told,
            "commit": Commit(**told["commit"]),
            "machine": Machine(**told["machine"]),
            "load": Load(**told["load"]),
            "scenarios": [_scenario(scenario) for scenario in told["scenarios"]],
        }
    )


def _scenario(told: Mapping[str, Any]) -> ScenarioResult:
    derived = {"median", "low", "high", "met"}
    without = [
        [{name: value for name, value in entry.items() if name not in derived} for entry in told[part]]
        for part in ("metrics", "targets")
    ]
    return ScenarioResult(
        **{
            **told,
            "metrics": [Metric(**metric) for metric in without[0]],
            "targets": [Target(**target) for target in without[1]],
            "series": [Series(**series) for series in told["series"]],
        }
    )
