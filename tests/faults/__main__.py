"""`make faults`: every kind of trouble, on every way, in 5 % and in 50 % of the answers; and a crawl of a minute against a limit."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from tests.faults import spiders
from tests.faults.limit import Limited, crawl_against_a_limit
from tests.faults.matrix import Result, cells, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--ids", type=int, default=200)
    given = parser.parse_args()
    wanted = cells(given.ids)
    console = Console(width=150, highlight=False)
    with console.status("") as shown:
        results = []
        for result in run(wanted):
            results.append(result)
            shown.update(f"{len(results)} of {len(wanted)} crawls")
        others = []
        of_others = spiders.cells()
        for other in spiders.run(of_others):
            others.append(other)
            shown.update(f"{len(others)} of {len(of_others)} crawls of the other spiders")
        shown.update("a minute against a limit of 10 requests a second")
        limited = crawl_against_a_limit(10)
    console.print(_table(results))
    console.print(_table_of_others(others))
    console.print(_told(limited))
    for result in results:
        for wrong in result.wrong[:5]:
            console.print(f"WRONG: {result.cell.fault}, {result.cell.way}, {result.cell.share:.0%}: {wrong}")
    for other in others:
        for wrong in other.wrong[:5]:
            console.print(f"WRONG: {other.cell.spider}, {other.cell.fault}: {wrong}")
    if any(result.wrong for result in (*results, *others)) or not limited.holds:
        return 1
    console.print(
        f"{len(results) + len(others)} crawls: every id has one record, and every record that is no error is true"
    )
    return 0


def _table(results: list[Result]) -> Table:
    table = Table(
        "trouble", "way", "share", "ids", "requests", "in trouble", "true records", "errors", "exit code", ""
    )
    for result in results:
        cell = result.cell
        errors = result.statuses["error"]
        told = (
            cell.asked,
            result.requests,
            result.faults,
            sum(result.statuses.values()) - errors,
            errors,
            result.exit_code,
        )
        table.add_row(
            cell.fault, cell.way, f"{cell.share:.0%}", *map(str, told), "wrong" if result.wrong else ""
        )
    return table


def _table_of_others(results: list[spiders.Result]) -> Table:
    table = Table(
        "spider",
        "trouble",
        "ids",
        "requests",
        "in trouble",
        "true records",
        "errors",
        "rows beside",
        "exit code",
        "",
    )
    for result in results:
        errors = result.statuses["error"]
        told = (
            result.requests,
            result.faults,
            sum(result.statuses.values()) - errors,
            errors,
            result.rows,
            result.exit_code,
        )
        wrong = "wrong" if result.wrong else ""
        table.add_row(result.cell.spider, result.cell.fault, str(result.cell.ids), *map(str, told), wrong)
    return table


def _told(limited: Limited) -> str:
    return (
        f"A minute against {limited.allowed} requests a second: {limited.rate:.2f} a second were answered in its second half, "
        f"{limited.refused:.1%} refused: {'as it should be' if limited.holds else 'WRONG'}"
    )


sys.exit(main())
