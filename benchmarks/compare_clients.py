"""Fetch apps in different ways from one local store: sequential and 5 to 30 at once, page by page and in packs of 32.

    python benchmarks/compare_clients.py [--peers] [--apps 60] [--at-once 5 10 15 20 25 30] [--latency 0.5] [--rounds 1]

Every way sends as many requests: a page brings one app, a pack 32. Speedup is in apps a second, over sequential page by page. With --peers,
other tools fetch the same pages, sequential and 15 at once. Answers are prepared, all ways take turns, the first round is dropped; numbers
of records, sampled values and requests in flight are checked against the store.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the project's folder in the place of this one

from benchmarks import scripts
from benchmarks.commands import options as shared
from benchmarks.harness.crawl import CONCURRENCY
from benchmarks.harness.methods import STEPS, Method, at_once
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import PACK, LocalStore, local_store
from benchmarks.peers.known import ALL, NOT_COMPARED
from benchmarks.peers.peer import Fetched
from benchmarks.scenarios.base import Context

_PEERS_AT_ONCE = (1, CONCURRENCY)


@dataclass(frozen=True, slots=True)
class Row:
    """A way to fetch, and what each of its rounds took."""

    title: str
    requests: int
    apps: int
    seconds: list[float]

    @property
    def time(self) -> float:
        return median(self.seconds)

    @property
    def apps_per_second(self) -> float:
        return self.apps / self.time


def compare(options: argparse.Namespace, context: Context, console: Console) -> None:
    """Fetch, and print the table."""
    methods = [
        Method(at_once=number, apps=options.apps * (1 if pages else PACK), pages=pages)
        for pages in (True, False)
        for number in sorted({1, *options.at_once})
    ]
    records = options.apps * PACK
    with local_store(latency=options.latency, records=records, pages=2 * options.apps) as store:
        store.prepare(store.ids(options.apps), pages=True)
        store.prepare(store.ids(records))
        kinds: dict[str, Callable[[], Any]] = {
            method.title: partial(method.fetch, store, context.folder, latency=options.latency)
            for method in methods
        }
        kinds |= _of_peers(store, context, options.apps, full=options.latency > 0)
        found = in_turns(options.rounds, kinds, context.tell)
    rows = [
        Row(title, runs[0].requests, runs[0].records, [one.seconds for one in runs])
        for title, runs in found.items()
    ]
    missing = context.peers.missing if context.peers is not None else {}
    notes = {peer.title: missing[peer.name] for peer in ALL if peer.name in missing}
    if context.peers is not None:
        notes |= NOT_COMPARED
    console.print(_table(rows, notes))
    for title, field, reason in _not_checked(context):
        console.print(f"{title}: {field} is not checked: {reason}")


def _of_peers(
    store: LocalStore, context: Context, apps: int, *, full: bool
) -> dict[str, Callable[[], Fetched]]:
    if context.peers is None:
        return {}
    ids = context.peers.readable(store, apps, ALL)
    store.prepare(ids, pages=True)
    ready = [one for peer in ALL if (one := context.peers.get(peer)) is not None]
    return {
        f"{one.peer.title}, {at_once(number)}": partial(one.fetch, store, ids, number, full=full)
        for one in ready
        for number in _PEERS_AT_ONCE
    }


def _not_checked(context: Context) -> list[tuple[str, str, str]]:
    ready = [peer for peer in ALL if context.peer(peer) is not None]
    return [(peer.title, field, reason) for peer in ready for field, reason in peer.wrong.items()]


def _table(rows: list[Row], notes: Mapping[str, str]) -> Table:
    table = Table()
    table.add_column("Method", overflow="fold")
    for name in ("Time", "Req/s", "Apps/s", "Speedup"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(
            row.title,
            f"{row.time:.2f} s",
            f"{row.requests / row.time:,.1f}",
            f"{row.apps_per_second:,.1f}",
            f"{row.apps_per_second / rows[0].apps_per_second:,.1f}x",
        )
    for title, reason in notes.items():
        table.add_row(f"{title}: not measured, {reason}", "-", "-", "-", "-")
    return table


def main() -> int:
    """Read the options."""
    parser = scripts.parser(__doc__ or "")
    parser.add_argument("--apps", type=shared.positive, default=60, help="requests of each way (default 60)")
    parser.add_argument(
        "--at-once", type=shared.positive, nargs="+", default=STEPS, metavar="N", help="beside sequential"
    )
    parser.add_argument(
        "--latency", type=shared.amount, default=0.5, help="seconds before each answer (default 0.5)"
    )
    parser.add_argument("--rounds", type=shared.positive, default=1, help="rounds that count (default 1)")
    shared.peers(parser, default=False)
    return scripts.main(compare, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
