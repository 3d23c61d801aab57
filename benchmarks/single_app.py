"""Fetch one app again and again: the whole command, and of it the request.

    python benchmarks/single_app.py [--rounds 10] [--latency 0.5]

Each time is a `scrapy crawl apps` of its own, once over RPC and once over the app's page, in turns; the first round is dropped.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the project's folder in the place of this one

from benchmarks import scripts
from benchmarks.commands import options as shared
from benchmarks.harness.methods import Method
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.scenarios.base import Context


def single(options: argparse.Namespace, context: Context, console: Console) -> None:
    """Fetch, and print each round."""
    with local_store(latency=options.latency) as store:
        ids = store.ids(1)
        store.prepare(ids)
        store.prepare(ids, pages=True)
        kinds = {
            "RPC" if not pages else "page": partial(
                Method(at_once=1, apps=1, pages=pages).fetch, store, context.folder, latency=options.latency
            )
            for pages in (False, True)
        }
        found = in_turns(options.rounds, kinds, context.tell)
    table = Table()
    table.add_column("")
    for name in ("Command", "Crawl", "Request", "CPU"):
        table.add_column(name, justify="right")
    for kind, crawls in found.items():
        rows = [
            (one.process.seconds, one.seconds, one.latency("p50"), one.process.cpu_seconds) for one in crawls
        ]
        for number, row in enumerate(rows, 1):
            table.add_row(f"{kind}, round {number}", *(f"{seconds:.3f} s" for seconds in row))
        table.add_row(
            f"{kind}, median",
            *(f"{median(column):.3f} s" for column in zip(*rows, strict=True)),
            style="bold",
        )
    console.print(table)


def main() -> int:
    """Read the options."""
    parser = scripts.parser(__doc__ or "")
    parser.add_argument("--rounds", type=shared.positive, default=10, help="rounds that count (default 10)")
    parser.add_argument(
        "--latency", type=shared.amount, default=0.5, help="seconds before each answer (default 0.5)"
    )
    return scripts.main(single, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
