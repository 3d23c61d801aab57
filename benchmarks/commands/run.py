"""`python -m benchmarks run`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks import history, tables
from benchmarks.commands import options as shared
from benchmarks.errors import ResultsError
from benchmarks.peers.known import Peers
from benchmarks.results import ScenarioResult
from benchmarks.running import run_all
from benchmarks.scenarios import scenarios
from benchmarks.scenarios.base import Scenario


def add(commands: Any) -> None:
    """Tell the parser of this command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "run", help="measure, print tables, add a file to the history"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes: seconds each, nothing is judged")
    parser.add_argument(
        "--check", action="store_true", help="print the targets; exit with 1 if one is missed or not measured"
    )
    parser.add_argument(
        "--only", nargs="+", action="extend", default=[], metavar="NAME", help="these scenarios alone"
    )
    shared.peers(parser, default=True)
    shared.results(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Measure."""
    chosen = _chosen(options)
    console = tables.console()

    def tell(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    def show(result: ScenarioResult) -> None:
        console.print(tables.of_scenario(result))
        for warning in tables.warnings(result):
            console.print(f"warning: {warning}")

    peers = Peers(options.peers_in, tell) if options.peers else None
    made, gone = run_all(chosen, quick=options.quick, peers=peers, tell=tell, show=show)
    console.print(tables.of_run(made))
    for name, reason in gone.skipped.items():
        console.print(f"{name} was left out: {reason}")
    for name, reason in gone.failed.items():
        console.print(f"{name} failed: {reason}")
    if made.scenarios:
        console.print(f"{history.keep(made, options.results)}", soft_wrap=True)
    missed = False
    if options.check:
        targets = [target for result in made.scenarios for target in result.targets]
        console.print(tables.of_targets(targets))
        missed = any(not target.met for target in targets)
    return 1 if gone.failed or missed else 0


def _chosen(options: argparse.Namespace) -> Sequence[type[Scenario]]:
    known = scenarios()
    problems = [
        f"--only: there is no scenario {name!r}; there are {', '.join(known)}"
        for name in options.only
        if name not in known
    ]
    if options.check and options.quick:
        problems.append(
            "--check judges targets, which a quick run does not measure: leave out --quick or --check"
        )
    if unfit := history.problem(options.results):
        problems.append(unfit)
    if problems:
        raise ResultsError(problems)
    return [kind for name, kind in known.items() if not options.only or name in options.only]
