"""`python -m benchmarks`: run, compare, report, list."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks.commands import compare, report, run, shown
from benchmarks.errors import ResultsError

USAGE = 2


def main(given: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0, 1 where a target is missed or something got worse, 2 where the question was wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure playfast, and keep what was measured."
    )
    commands = parser.add_subparsers(required=True, metavar="run | compare | report | list")
    for command in (run, compare, report, shown):
        command.add(commands)
    options = parser.parse_args(given)
    try:
        code: int = options.command(options)
    except ResultsError as error:
        for problem in error.problems:
            print(f"python -m benchmarks: {problem}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return 130
    return code
