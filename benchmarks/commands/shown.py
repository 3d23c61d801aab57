"""`python -m benchmarks list`."""

from __future__ import annotations

import argparse
from typing import Any

from benchmarks import tables
from benchmarks.scenarios import scenarios


def add(commands: Any) -> None:
    """Tell the parser of this command."""
    parser: argparse.ArgumentParser = commands.add_parser("list", help="what there is to run")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command is handed its options
    """Print name, title, about and parameters of every scenario."""
    console = tables.console()
    for name, kind in scenarios().items():
        console.print(f"{name}: {kind.title}", style="bold")
        console.print(f"  {kind.about}")
        console.print(f"  {tables.parameters(kind().parameters)}; quick: {tables.parameters(kind.small)}")
    return 0
