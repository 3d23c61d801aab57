"""The latest run, the runs that it may be compared with, and the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.results import Metric, Run, ScenarioResult
from playfast.pages import words
from playfast.pages.markup import Html, element

_HASH = 8


@dataclass(frozen=True, slots=True)
class Past:
    """Runs in the order of their start.

    alike: those of the latest run's machine, as quick or as full as it; the latest is the last of them.
    apart: those of the machine that are not.
    elsewhere: those of other machines, by the machine's name.
    """

    alike: Sequence[Run]
    apart: Sequence[Run]
    elsewhere: Mapping[str, Sequence[Run]]

    @property
    def latest(self) -> Run:
        return self.alike[-1]

    def of(self, scenario: str) -> list[tuple[Run, ScenarioResult]]:
        """The runs that hold a scenario, with what it brought."""
        return [(run, result) for run in self.alike for result in run.scenarios if result.name == scenario]

    def before(self, result: ScenarioResult, metric: Metric) -> Metric | None:
        """The same number in the last run before the latest that measured it alike."""
        for run, earlier in reversed(self.of(result.name)):
            if run is self.latest or not comparable(earlier, result):
                continue
            for other in earlier.metrics:
                if other.name == metric.name and other.unit == metric.unit:
                    return other
        return None


def past(runs: Sequence[Run]) -> Past:
    """The runs as a page about the latest of them needs them.

    Raises:
        ValueError: there is no run.
    """
    if not runs:
        raise ValueError("no run of the benchmarks was given")
    ordered = sorted(runs, key=lambda run: run.started_at)
    latest = ordered[-1]
    here = [run for run in ordered if machine(run) == machine(latest)]
    elsewhere: dict[str, list[Run]] = {}
    for run in ordered:
        if machine(run) != machine(latest):
            elsewhere.setdefault(machine(run), []).append(run)
    return Past(
        [run for run in here if quick(run) == quick(latest)],
        [run for run in here if quick(run) != quick(latest)],
        elsewhere,
    )


def comparable(one: ScenarioResult, other: ScenarioResult) -> bool:
    """Whether two runs measured the same: a scenario by the same code, with the same parameters."""
    return one.version == other.version and one.parameters == other.parameters


def machine(run: Run) -> str:
    return run.machine.name


def quick(run: Run) -> bool:
    chosen = run.settings
    return bool(chosen.get("quick"))


def began(run: Run) -> Html:
    """When a run began."""
    return element("time", words.moment(run.started_at), datetime=run.started_at)


def commit(run: Run) -> str:
    """The commit's hash, as short as people say it; an asterisk says that there were uncommitted changes."""
    return run.commit.hash[:_HASH] + ("*" if run.commit.uncommitted else "")
