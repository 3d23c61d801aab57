"""Collect many apps, in one process or several: throughput and memory over time.

    python benchmarks/large_scale_collection_v2.py [--apps 20000] [--processes 1] [--prepare]

Whole records in packs of 32, JSON Lines, 15 requests at once in each process; each has its share of the list. The store makes its answers
as it goes, about 1,800 records a second; --prepare makes them before the clock starts, in some 12 kB of memory each.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left
from itertools import accumulate
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the project's folder in the place of this one

from benchmarks import scripts
from benchmarks.commands import options as shared
from benchmarks.harness.large import Collected, collect, shares
from benchmarks.harness.measures import MB
from benchmarks.harness.store import local_store
from benchmarks.scenarios.base import Context

_ROWS = 20


def large(options: argparse.Namespace, context: Context, console: Console) -> None:
    """Collect, and print what came when."""
    with local_store(records=options.apps if options.prepare else 0) as store:
        if options.prepare:
            context.tell("preparing the answers")
            store.prepare(store.ids(options.apps))
        wishes = shares(store, options.apps, options.processes, context.folder)
        context.tell(f"{options.apps:,} apps in {options.processes} processes")
        collected = collect(store, wishes, context.folder)
    console.print(_over_time(collected))
    peaks = ", ".join(f"{crawl.peak_bytes / MB:.0f}" for crawl in collected.crawls)
    console.print(
        f"{collected.records:,} records in {collected.seconds:.1f} s: {collected.apps_per_second:,.0f} apps/s, "
        f"{collected.cpu_per_app * 1000:.2f} ms CPU an app with start-up, at most {peaks} MB a process; "
        f"the store took {collected.store_share:.0%} of a core"
    )


def _over_time(collected: Collected) -> Table:
    """Records of all processes until then, and memory of all."""
    table = Table()
    for name in ("Seconds", "Records", "Apps/s", "Memory"):
        table.add_column(name, justify="right")
    series = [crawl.series("") for crawl in collected.crawls]
    ends = max((one.seconds for one in series), key=len)
    chosen = ends[:: max(1, len(ends) // _ROWS)]
    if chosen[-1] != ends[-1]:
        chosen.append(ends[-1])
    before, last = 0.0, 0
    for moment in chosen:
        done = memory = 0
        for one in series:
            place = min(bisect_left(one.seconds, moment), len(one.seconds) - 1)
            done += list(accumulate(one.records))[place]
            memory += one.memory_bytes[place]
        rate = (done - last) / (moment - before) if moment > before else 0.0
        table.add_row(f"{moment:.0f}", f"{done:,}", f"{rate:,.0f}", f"{memory / MB:.1f} MB")
        before, last = moment, done
    return table


def main() -> int:
    """Read the options."""
    parser = scripts.parser(__doc__ or "")
    parser.add_argument("--apps", type=shared.positive, default=20_000, help="how many (default 20000)")
    parser.add_argument("--processes", type=shared.positive, default=1, help="in how many (default 1)")
    parser.add_argument("--prepare", action="store_true", help="make the store's answers first")
    options = parser.parse_args()
    if options.processes > options.apps:
        parser.error(f"--processes {options.processes}: each needs an app, and there are {options.apps}")
    return scripts.main(large, options)


if __name__ == "__main__":
    sys.exit(main())
