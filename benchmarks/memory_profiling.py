"""What apps cost in memory: in a crawl with a feed, and held in a list.

    python benchmarks/memory_profiling.py [--peers] [--few 50 100 200 1000] [--many 100000] [--rounds 1]

For a crawl: resident memory at its highest and at its end, and what that is for each app more than in the smallest one. For a list:
what tracemalloc counts, at most and when all else is collected, and of that the bytes beyond strings. With --peers, the same apps as
the peer's objects.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the project's folder in the place of this one

from benchmarks import scripts
from benchmarks.commands import options as shared
from benchmarks.harness.measures import MB
from benchmarks.scenarios.base import Context
from benchmarks.scenarios.memory import Memory

_KB = 1000


def profile(options: argparse.Namespace, context: Context, console: Console) -> None:
    """Measure, and print the tables."""
    sizes = sorted({*options.few, options.many})
    scenario = Memory(few=" ".join(map(str, options.few)), many=options.many, rounds=options.rounds)
    result = scripts.measured(scenario, context)
    found = {metric.name: metric.median for metric in result.metrics}
    console.print(_of_crawls(sizes, found))
    console.print(_of_lists("App held in a list", "app", sizes, found))
    if any(name.startswith("peer/") for name in found):
        console.print(_of_lists("playfast 0.5.10's AppInfo held in a list", "peer", sizes, found))
    for target in result.targets:
        measured = (
            f"{target.measured:,.2f}" if target.measured is not None else f"not measured: {target.note}"
        )
        console.print(f"{target.words}: {measured}")


def _of_crawls(sizes: list[int], found: dict[str, float]) -> Table:
    table = _new("Crawl with a feed, resident memory", "Apps", "Peak", "At the end", "Per app more")
    least = sizes[0]
    for size in sizes:
        end = found[f"crawl/{size}/end"]
        more = (end - found[f"crawl/{least}/end"]) * MB / _KB / (size - least) if size > least else None
        table.add_row(
            f"{size:,}",
            f"{found[f'crawl/{size}/peak']:.1f} MB",
            f"{end:.1f} MB",
            "" if more is None else f"{more:.2f} KB",
        )
    return table


def _of_lists(title: str, name: str, sizes: list[int], found: dict[str, float]) -> Table:
    table = _new(title, "Apps", "Peak", "After GC", "Per app", "Of it strings", "Beyond strings")
    for size in sizes:
        if f"{name}/{size}/held" in found:
            peak, held, strings, others = (
                found[f"{name}/{size}/{what}"] for what in ("peak", "held", "string", "other")
            )
            table.add_row(
                f"{size:,}",
                *(f"{each * size / MB:.2f} MB" for each in (peak, held)),
                *(f"{each / _KB:.2f} KB" for each in (held, strings, others)),
            )
    return table


def _new(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right")
    return table


def main() -> int:
    """Read the options."""
    parser = scripts.parser(__doc__ or "")
    parser.add_argument(
        "--few", type=shared.positive, nargs="+", default=[50, 100, 200, 1_000], metavar="APPS", help="sizes"
    )
    parser.add_argument(
        "--many", type=shared.positive, default=100_000, metavar="APPS", help="the largest (default 100000)"
    )
    parser.add_argument("--rounds", type=shared.positive, default=1, help="rounds that count (default 1)")
    shared.peers(parser, default=False)
    options = parser.parse_args()
    if options.many <= max(options.few):
        parser.error(f"--many {options.many}: more than the largest of --few ({max(options.few)}) is due")
    return scripts.main(profile, options)


if __name__ == "__main__":
    sys.exit(main())
