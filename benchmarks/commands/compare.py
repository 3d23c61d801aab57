"""`python -m benchmarks compare`."""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path
from typing import Any

from rich.table import Table

from benchmarks import history, results, tables
from benchmarks.commands import options as shared
from benchmarks.comparison import Compared, Comparison, Verdict, compare
from benchmarks.errors import ResultsError
from benchmarks.harness import machine
from benchmarks.results import Run

_TWO = 2
_STYLES = {Verdict.BETTER: "green", Verdict.WORSE: "bold red", Verdict.CHANGED: "yellow"}


def add(commands: Any) -> None:
    """Tell the parser of this command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "compare", help="tell what changed between two runs from noise"
    )
    parser.add_argument(
        "runs",
        nargs="*",
        metavar="RUN",
        help="the older and the newer run: files, or beginnings of commits (default: the last of this machine and one before it)",
    )
    parser.add_argument(
        "--fail-above",
        type=shared.amount,
        default=10.0,
        metavar="PERCENT",
        help="exit with 1 if a metric is surely worse by more than this (default 10)",
    )
    shared.results(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Compare."""
    old, new = _runs(options)
    compared = compare(old, new)
    if not compared.metrics:
        raise ResultsError([f"there is nothing to compare: {_reasons(compared)}"])
    console = tables.console()
    console.print("old:", tables.of_run(old))
    console.print("new:", tables.of_run(new))
    console.print(_table(compared.metrics))
    for name, reason in compared.not_compared.items():
        console.print(f"{name} is not compared: {reason}")
    if old.machine != new.machine:
        console.print("warning: the runs are of different machines, or of one that has changed")
    worse = [one for one in compared.metrics if one.loss > options.fail_above]
    for one in worse:
        console.print(
            f"regression: {one.scenario} {one.new.name} is worse by {one.loss:.1f} % (more than {options.fail_above:g} %)"
        )
    return 1 if worse else 0


def _runs(options: argparse.Namespace) -> tuple[Run, Run]:
    here = machine.name()
    if len(options.runs) == _TWO:
        old, new = (results.read(path) for path in history.named(options.runs, here, options.results))
        return old, new
    if options.runs:
        raise ResultsError([f"two runs are compared, an older and a newer one; {len(options.runs)} given"])
    found = history.of_machine(here, options.results)
    if len(found) < _TWO:
        raise ResultsError(
            [f"two runs are compared; {options.results / history.folder_name(here)} has {len(found)}"]
        )
    return _latest(found)


def _latest(paths: list[Path]) -> tuple[Run, Run]:
    """The last run, and the one before it; or an earlier one, where only that has something to compare: quick runs stand between."""
    new = results.read(paths[-1])
    earlier = (results.read(path) for path in reversed(paths[:-1]))
    before = next(earlier)
    old = next((run for run in chain([before], earlier) if compare(run, new).metrics), before)
    return old, new


def _table(metrics: list[Comparison]) -> Table:
    table = Table(title="New to old: ratio of the medians, 95 % interval", title_justify="left")
    table.add_column("metric", overflow="fold")
    for name in ("old", "new"):
        table.add_column(name, justify="right")
    table.add_column("unit")
    for name in ("ratio", "interval"):
        table.add_column(name, justify="right")
    table.add_column("")
    for one in metrics:
        table.add_row(
            f"{one.scenario} {one.new.name}",
            tables.number(one.old.median),
            tables.number(one.new.median),
            one.new.unit,
            f"{one.ratio:.3f}",
            f"{one.low:.3f} to {one.high:.3f}",
            one.verdict.value,
            style=_STYLES.get(one.verdict, ""),
        )
    return table


def _reasons(compared: Compared) -> str:
    return (
        "; ".join(f"{name}: {reason}" for name, reason in compared.not_compared.items())
        or "no scenario in both"
    )
