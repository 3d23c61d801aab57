"""`make peers`: both scrapers called google-play-scraper read the local store, and have to agree with our spiders."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from benchmarks.peers.environments import DEFAULT, MissingError
from tests.conftest import local_store
from tests.peers import peers
from tests.peers.comparing import PAIRS, compared, problems
from tests.peers.fields import Compared
from tests.peers.running import Run

_MOST = 20
"""Problems of a method that are told."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.peers", description=__doc__)
    parser.add_argument(
        "--fields", action="store_true", help="tell every name that is compared, and ours for it"
    )
    given = parser.parse_args()
    console = Console(width=150, highlight=False)
    try:
        folders = {peer.name: peer.environment.made(DEFAULT) for peer in peers.ALL}
    except MissingError as error:
        console.print(f"a peer cannot be had here: {error}", markup=False)
        return 1
    done: list[Compared] = []
    found: dict[str, list[str]] = {}
    with local_store() as store, console.status("") as shown:
        run = Run(store, folders)
        for peer, method in PAIRS:
            shown.update(f"{len(done) + 1} of {len(PAIRS)}: {peer.title}, {method}")
            done.append(compared(run, peer, method))
            found[f"{peer.title}, {method}"] = problems(run, peer, done[-1])
    console.print(_table(done))
    console.print(_known(done))
    if given.fields:
        console.print(_fields(done))
    for name, told in found.items():
        for problem in told[:_MOST]:
            console.print(f"WRONG: {name}: {problem}", markup=False)
        if len(told) > _MOST:
            console.print(f"... and {len(told) - _MOST:,} more of {name}", markup=False)
    return int(any(found.values()))


def _table(done: list[Compared]) -> Table:
    table = Table("peer", "method")
    for heading in ("fields", "answers", "records", "values", "disagreements", "known to be wrong"):
        table.add_column(heading, justify="right")
    for one in done:
        numbers = (
            len(one.fields),
            one.answers,
            one.records,
            one.values,
            len(one.disagreements),
            one.known.total(),
        )
        table.add_row(one.peer, one.method, *(f"{number:,}" for number in numbers))
    return table


def _known(done: list[Compared]) -> Table:
    table = Table("peer", "method", "fields", "what is known to be wrong there", "where it says so")
    table.add_column("values", justify="right")
    for one in done:
        for entry, count in one.known.items():
            table.add_row(
                one.peer,
                one.method,
                ", ".join(entry.fields),
                entry.why,
                entry.file.split("/")[-1],
                f"{count:,}",
            )
    return table


def _fields(done: list[Compared]) -> Table:
    table = Table("peer", "method", "name there", "what of ours it is compared with")
    for one in done:
        for named in one.fields:
            table.add_row(one.peer, one.method, *named.split(" = ", 1))
        for name, why in one.left_out.items():
            table.add_row(one.peer, one.method, name, f"not compared: {why}")
    return table


sys.exit(main())
