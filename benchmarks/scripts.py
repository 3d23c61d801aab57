"""What the scripts in this folder share: their options, and how they end."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from rich.console import Console

from benchmarks import tables
from benchmarks.errors import BenchmarkError
from benchmarks.harness import machine
from benchmarks.peers.known import Peers
from benchmarks.results import ScenarioResult
from benchmarks.running import result
from benchmarks.scenarios.base import Context, Scenario, SkippedError

Work = Callable[[argparse.Namespace, Context, Console], None]


def parser(about: str) -> argparse.ArgumentParser:
    """A parser whose help is a script's docstring."""
    return argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)


def main(work: Work, options: argparse.Namespace) -> int:
    """Do a script's work in a folder that is thrown away; the exit code is 1 if that failed, or something that it needs is missing."""
    console = tables.console()
    given = ", ".join(f"{name} {value}" for name, value in vars(options).items())
    under = machine.machine()
    console.print(f"{given}\n{under.cpu}, {under.cores} cores, {under.python}")
    with tempfile.TemporaryDirectory(prefix="playfast-benchmark-") as name:
        peers = Peers(options.peers_in, _tell) if getattr(options, "peers", False) else None
        try:
            work(options, Context(folder=Path(name), peers=peers, tell=_tell), console)
        except (BenchmarkError, SkippedError) as error:
            print(error, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
    return 0


def measured(scenario: Scenario, context: Context) -> ScenarioResult:
    """Run a scenario with parameters of one's own."""
    started = perf_counter()
    found = scenario.run(context)
    return result(scenario, found, seconds=perf_counter() - started, judged=True)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
