"""Running scenarios one after the other, into one `Run`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from benchmarks.errors import BenchmarkError
from benchmarks.harness import machine
from benchmarks.peers.known import Peers
from benchmarks.results import Load, Run, ScenarioResult
from benchmarks.scenarios.base import Context, Findings, Scenario, SkippedError

NOT_JUDGED = "not judged in a quick run"
_ROOM = 4 * 10**9
"""Bytes that the feeds of two processes leave room in."""


@dataclass(slots=True)
class Gone:
    """Scenarios that gave no result, with the reason: those that something is missing for, and those that went wrong."""

    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def run_all(
    chosen: Sequence[type[Scenario]],
    *,
    quick: bool,
    peers: Peers | None,
    tell: Callable[[str], None],
    show: Callable[[ScenarioResult], None],
) -> tuple[Run, Gone]:
    """Run these scenarios. `tell` hears what is under way, `show` gets each result as it comes."""
    started, before, commit = machine.now(), machine.load(), machine.commit()
    results: list[ScenarioResult] = []
    gone = Gone()
    for kind in chosen:
        try:
            results.append(_run_one(kind, quick=quick, peers=peers, tell=tell))
            show(results[-1])
        except SkippedError as reason:
            gone.skipped[kind.name] = str(reason)
            tell(f"{kind.name} is left out: {reason}")
        except BenchmarkError as error:
            gone.failed[kind.name] = str(error)
            tell(f"{kind.name} FAILED: {error}")
    run = Run(
        started_at=started,
        ended_at=machine.now(),
        commit=commit,
        machine=machine.machine(),
        versions=machine.versions() | ({} if peers is None else peers.versions),
        settings={
            "quick": quick,
            "peers": peers is not None,
            "only": " ".join(kind.name for kind in chosen),
        },
        load=Load(before=before, after=machine.load()),
        scenarios=results,
    )
    return run, gone


def _run_one(
    kind: type[Scenario], *, quick: bool, peers: Peers | None, tell: Callable[[str], None]
) -> ScenarioResult:
    scenario = kind.quick() if quick else kind()
    started = perf_counter()
    with tempfile.TemporaryDirectory(prefix="playfast-benchmark-", dir=_in_memory()) as name:
        found = scenario.run(
            Context(folder=Path(name), peers=peers, tell=lambda what: tell(f"{kind.name}: {what}"))
        )
    return result(scenario, found, seconds=perf_counter() - started, judged=not quick)


def _in_memory() -> Path | None:
    """Where feeds go: into memory where that can be had, since how a disk does is not what is measured."""
    usual = Path("/dev/shm")
    roomy = usual.is_dir() and shutil.disk_usage(usual).free > _ROOM
    return usual if roomy else None


def result(scenario: Scenario, found: Findings, *, seconds: float, judged: bool) -> ScenarioResult:
    """What a scenario found, as results have it."""
    targets = found.targets
    if not judged:
        targets = [replace(target, measured=None, note=NOT_JUDGED) for target in targets]
    return ScenarioResult(
        name=scenario.name,
        title=scenario.title,
        about=scenario.about,
        version=scenario.version(),
        parameters=scenario.parameters,
        seconds=seconds,
        metrics=found.metrics,
        targets=targets,
        series=found.series,
    )
