"""The sweep behind the values in playfast/settings.py: one setting at a time, whole crawls against the local store.

    python benchmarks/sweep.py [--apps 6400] [--rounds 3]

Apps a second, and CPU per app of the crawling process, for whole records in packs of 32 into JSON Lines, answers prepared. Not
measured: the real store, whose pace is what limits there. With latency, the store has to see as many requests at once as were allowed.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the project's folder in the place of this one

from benchmarks import scripts
from benchmarks.commands import options as shared
from benchmarks.harness.crawl import Wish, crawl
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import PACK, local_store
from benchmarks.scenarios.base import Context

_CONCURRENCY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Values of one thing: `at_once`, `batch`, or a setting by its name."""

    of: str
    values: tuple[int, ...]
    latency: float = 0.0

    def wish(self, ids: Path, apps: int, value: int) -> Wish:
        """The crawl for a value."""
        settings = {} if self.of in {"at_once", "batch"} else {self.of: value}
        return Wish(
            ids=ids,
            records=apps,
            concurrency=value if self.of == "at_once" else _CONCURRENCY,
            batch=value if self.of == "batch" else PACK,
            settings=settings,
        )


_SWEEPS = (
    Sweep(of="CONCURRENT_ITEMS", values=(1, 2, 4, 8, 16, 32, 100)),
    Sweep(of="at_once", values=(1, 2, 4, 8, 15, 30)),
    Sweep(of="at_once", values=(2, 5, 10, 15, 20, 30), latency=0.5),
    Sweep(of="batch", values=(8, 16, 32, 64, 128)),
)


def sweep(options: argparse.Namespace, context: Context, console: Console) -> None:
    """All sweeps, each against a store of its own."""
    for one in _SWEEPS:
        with local_store(latency=one.latency, records=options.apps) as store:
            ids = store.write_ids(context.folder / "ids.txt", options.apps)
            store.prepare(store.ids(options.apps))
            kinds = {
                f"{one.of}={value}": partial(
                    crawl,
                    store,
                    one.wish(ids, options.apps, value),
                    context.folder,
                    full=one.of == "at_once" and one.latency > 0,
                )
                for value in one.values
            }
            found = in_turns(options.rounds, kinds, context.tell)
        at_once = "" if one.of == "at_once" else f", {_CONCURRENCY} at once"
        table = Table(title=f"{one.of}, latency {one.latency} s{at_once}", title_justify="left")
        for name in ("", "apps/s", "CPU per app, ms (start-up included)"):
            table.add_column(name, justify="right")
        for name, crawls in found.items():
            rate = median(run.apps_per_second for run in crawls)
            cpu = median(run.cpu_per_app for run in crawls) * 1000
            table.add_row(name, f"{rate:,.0f}", f"{cpu:.3f}")
        console.print(table)


def main() -> int:
    """Read the options."""
    parser = scripts.parser(__doc__ or "")
    parser.add_argument("--apps", type=shared.positive, default=6_400, help="how many (default 6400)")
    parser.add_argument("--rounds", type=shared.positive, default=3, help="rounds that count (default 3)")
    return scripts.main(sweep, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
