"""Read recorded answers of Google Play: fields and microseconds for each kind, beside the floor.

    python benchmarks/parse.py [--seconds 0.2] [--rounds 10]

The recordings are not part of this repository: PLAYFAST_RECORDED names their folder.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the project's folder in the place of this one

from benchmarks import scripts, tables
from benchmarks.commands import options as shared
from benchmarks.scenarios.base import Context
from benchmarks.scenarios.parse import Parse


def parse(options: argparse.Namespace, context: Context, console: Console) -> None:
    """Measure, and print the table."""
    scenario = Parse(seconds=options.seconds, rounds=options.rounds)
    console.print(tables.of_scenario(scripts.measured(scenario, context)))


def main() -> int:
    """Read the options."""
    parser = scripts.parser(__doc__ or "")
    parser.add_argument(
        "--seconds", type=shared.amount, default=0.2, help="for each kind in a round (default 0.2)"
    )
    parser.add_argument("--rounds", type=shared.positive, default=10, help="rounds that count (default 10)")
    return scripts.main(parse, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
