"""Results as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from benchmarks.harness.spread import unstable
from benchmarks.results import Metric, Run, ScenarioResult, Target, Value

_MANY, _SOME = 100, 10
_WIDTH = 140  # where nobody looks: a log, a file


def console() -> Console:
    """Where tables go: standard output."""
    found = Console(highlight=False, markup=False, emoji=False)
    if not found.is_terminal:
        found.width = _WIDTH
    return found


def number(value: float) -> str:
    """A value with as many digits as say something."""
    if float(value).is_integer() or abs(value) >= _MANY:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= _SOME else f"{value:.3f}"


def parameters(given: Mapping[str, Value]) -> str:
    """On one line."""
    return ", ".join(
        f"{name} {value:,}" if isinstance(value, int) else f"{name} {value}" for name, value in given.items()
    )


def of_run(run: Run) -> Text:
    """What was measured, and where."""
    commit, machine = run.commit, run.machine
    changed = ", with uncommitted changes" if run.commit.uncommitted else ""
    versions = ", ".join(f"{package} {version}" for package, version in run.versions.items())
    return Text(
        f"{commit.hash[:10]} {commit.subject}{changed}\n"
        f"{machine.name}: {machine.cpu}, {machine.cores} cores, {machine.memory_bytes / 1e9:.0f} GB, {machine.system}, {machine.python}\n"
        f"{versions}\n"
        f"load {run.load.before} before, {run.load.after} after"
    )


def of_scenario(result: ScenarioResult) -> RenderableType:
    """All metrics of a scenario."""
    table = Table()
    table.add_column("what", overflow="fold")
    for name in ("median", "low", "high"):
        table.add_column(name, justify="right")
    table.add_column("unit")
    table.add_column("rounds", justify="right")
    for group, metrics in _grouped(result.metrics).items():
        table.add_section()
        table.add_row(Text(group, "bold"))
        for metric in metrics:
            spread = [metric.median, metric.low, metric.high]
            table.add_row(f"  {metric.title}", *map(number, spread), metric.unit, str(len(metric.samples)))
    about = f"{result.about}\n{parameters(result.parameters)}; {result.seconds:.0f} s"
    return Group(Text(f"\n{result.title} ({result.name})", "bold"), Text(about), table)


def warnings(result: ScenarioResult) -> list[str]:
    """Which medians say little, and what to do."""
    found = [
        f"{metric.name} is unstable: {why}"
        for metric in result.metrics
        if metric.better != "none" and (why := unstable(metric.samples))
    ]
    if found:
        found.append(f"{result.name}: run again on a machine that does nothing else, or with more rounds")
    return found


def of_targets(targets: Sequence[Target]) -> Table:
    """Each target with what was measured."""
    table = Table(title="Targets", title_justify="left")
    table.add_column("")
    table.add_column("target", overflow="fold")
    table.add_column("measured", justify="right")
    table.add_column("due", justify="right")
    table.add_column("unit")
    table.add_column("note", overflow="fold")
    words = {
        True: Text("met", "green"),
        False: Text("MISSED", "bold red"),
        None: Text("not measured", "yellow"),
    }
    for target in targets:
        table.add_row(
            words[target.met],
            target.words,
            "" if target.measured is None else number(target.measured),
            f"{'≥' if target.at_least else '≤'} {number(target.bound)}",
            target.unit,
            target.note,
        )
    return table


def _grouped(metrics: Iterable[Metric]) -> dict[str, list[Metric]]:
    found: dict[str, list[Metric]] = {}
    for metric in metrics:
        found.setdefault(metric.group, []).append(metric)
    return found
