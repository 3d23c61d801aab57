"""The table at the end of a crawl, made from its run report."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from playfast.play.verdict import Status
from playfast.runs import units
from playfast.runs.printable import printable

_MIB = 1024 * 1024
_RARE = 0.05
_NAMES = 12
_PLAIN_WIDTH = 120
_WORDS = 14  # the longest word of the first column
_STATUS = 13 + 2  # the longest status, and the edges of the table
_BETWEEN = 3
_COLOURS = {
    Status.AVAILABLE: "green",
    Status.PREREGISTER: "cyan",
    Status.NOT_IN_REGION: "yellow",
    Status.NOT_FOUND: "yellow",
    Status.INVALID_ID: "magenta",
    Status.ERROR: "bold red",
}


def of_report(report: Mapping[str, Any], *, drawn: bool = True) -> RenderableType:
    """The table for a terminal of any width; with `drawn` off, without the lines that only terminals show well."""
    # The drawn table has an edge of its own: a blank at its left and below it.
    records = Padding(_Records(report, drawn=drawn), (0, 0, 0, 1) if drawn else (0, 0, 1, 2))
    others = [part for part in (_numbers(report), _fields(report)) if part is not None]
    return Group(records, *(Padding(part, (0, 0, 1, 2)) for part in others))


def plain(report: Mapping[str, Any]) -> str:
    """The same as text, for a log."""
    file = io.StringIO()
    console = Console(file=file, width=_PLAIN_WIDTH, color_system=None, markup=False, emoji=False)
    console.print(of_report(report, drawn=False))
    lines = [line.rstrip() for line in file.getvalue().splitlines()]
    return "\n".join(["The crawl in numbers:", *lines]).rstrip()


class _Records:
    """Records by status and country: as many countries as fit, those with most records first, the rest in one column."""

    def __init__(self, report: Mapping[str, Any], *, drawn: bool) -> None:
        self.by_status: Mapping[str, int] = report["records"]["by_status"]
        self.by_country: Mapping[str, Mapping[str, int]] = report["records"]["by_country"]
        group = units.group_of(report)
        self.name = "records" if group == "country" else f"records by {group}"
        self.drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self._table(options.max_width)

    def _table(self, width: int) -> Table:
        columns = self._columns(width)
        table = Table(box=box.SIMPLE_HEAD if self.drawn else None, pad_edge=False, header_style="bold")
        table.add_column(self.name, no_wrap=True)
        for name, _ in columns:
            table.add_column(name, justify="right", no_wrap=True)
        for status in [status for status in Status if status in self.by_status]:
            cells = [f"{counts[status]:,}" if counts.get(status) else "-" for _, counts in columns]
            table.add_row(status.value, *cells, style=_COLOURS[status])
        if len(self.by_status) != 1:
            table.add_row("all", *(f"{sum(counts.values()):,}" for _, counts in columns), style="bold")
        return table

    def _columns(self, width: int) -> list[tuple[str, Mapping[str, int]]]:
        ranked = sorted(
            self.by_country, key=lambda country: (-sum(self.by_country[country].values()), country)
        )
        shown: list[tuple[str, Mapping[str, int]]] = [
            (country, self.by_country[country]) for country in ranked
        ]
        if len(ranked) == 1:
            return shown
        everything = ("all", self.by_status)
        left = width - max(_STATUS, len(self.name) + 2) - _wide(everything)
        if sum(map(_wide, shown)) > left:
            number = len(shown)
            while number and sum(map(_wide, shown[:number])) + _wide(self._rest(ranked[number:])) > left:
                number -= 1
            shown = [*shown[:number], self._rest(ranked[number:])] if number else []
        return [*shown, everything]

    def _rest(self, countries: list[str]) -> tuple[str, Mapping[str, int]]:
        counts = {
            status.value: sum(self.by_country[c].get(status, 0) for c in countries) for status in Status
        }
        return f"{len(countries)} others", counts


def _wide(column: tuple[str, Mapping[str, int]]) -> int:
    """Characters that a column takes, with what stands between it and the next."""
    name, counts = column
    return max(len(name), len(f"{sum(counts.values()):,}")) + _BETWEEN


def _numbers(report: Mapping[str, Any]) -> Table:
    grid = Table.grid(padding=(0, 3))
    grid.add_column(style="dim", min_width=_WORDS)
    grid.add_column()
    for name, value in _rows(report):
        grid.add_row(name, value)
    return grid


def _rows(report: Mapping[str, Any]) -> list[tuple[str, Text | str]]:
    rates, latency, memory = report["rates"], report["latency_seconds"], report["memory_bytes"]
    answers = sum(report["requests"]["by_http_status"].values())
    given = report["stats"].get("playfast/rows", 0)
    word = units.unit(report["item"], records=sum(report["records"]["by_status"].values()), rows=given)
    rows: list[tuple[str, Text | str]] = [
        ("time", f"{duration(report['elapsed_seconds'])} for {answers:,} answers"),
        (
            "rate",
            Text.assemble(
                (f"{rates['apps_per_second']:,.1f} {word}s/s", "bold"),
                f"  {rates['requests_per_second']:,.2f} requests/s",
            ),
        ),
        (
            "received",
            f"{rates['bytes_per_app']:,.0f} bytes {'an app' if word == 'app' else f'a {word}'}, as compressed",
        ),
    ]
    if given:
        rows.append(("rows", f"{given:,}"))
    rows += _of_catalog(report["stats"])
    if latency["p50"] is not None:
        parts = [f"{name} {latency[name] * 1000:,.0f} ms" for name in ("p50", "p95", "p99", "max")]
        rows.append(("latency", "  ".join(parts)))
    rows.append(("memory", f"{memory['now'] / _MIB:,.0f} MiB now  {memory['peak'] / _MIB:,.0f} MiB at most"))
    again = {
        "retried by Scrapy": report["requests"]["retried"],
        "missing in a pack": report["answers"]["absent"],
        "error frames": report["answers"]["error"],
        "not usable": report["answers"]["unusable"],
        "requests failed": report["requests"]["failed"],
    }
    told = [f"{count:,} {name}" for name, count in again.items() if count]
    rows.append(("asked again", Text(", ".join(told), "yellow") if told else "nothing"))
    if renewed := report["stats"].get("playfast/templates/renewed"):
        rows.append(("templates", Text(f"renewed off a page: {printable(renewed)}", "yellow")))
    if done := report["stats"].get("playfast/ledger/done_before"):
        rows.append(("done before", f"{done:,} records, by earlier crawls with this ledger"))
    if report["records"]["dropped"]:
        rows.append(("dropped", Text(f"{report['records']['dropped']:,} by a pipeline", "red")))
    if report["records"]["lost"]:
        rows.append(("lost", Text(f"{report['records']['lost']:,} behind the spider", "bold red")))
    return rows


def _of_catalog(stats: Mapping[str, Any]) -> list[tuple[str, Text | str]]:
    """What a crawl of the sitemaps makes of all of them together."""
    told = {name: stats.get(f"playfast/catalog/{name}") for name in ("sitemaps", "new", "gone")}
    estimate = {name: stats.get(f"playfast/catalog/estimate/{name}") for name in ("apps", "margin", "read")}
    rows: list[tuple[str, Text | str]] = []
    if estimate["apps"] is not None:
        rows.append(
            (
                "estimate",
                Text.assemble(
                    (f"{estimate['apps']:,.0f} apps", "bold"),
                    f" ± {estimate['margin']:,.0f} (95 %), by {estimate['read']:,} of {told['sitemaps']:,} sitemaps",
                ),
            )
        )
    if told["new"] is not None:
        gone = "nobody knows how many" if told["gone"] is None else f"{told['gone']:,}"
        rows.append(("changes", f"{told['new']:,} new, {gone} gone"))
    return rows


def _fields(report: Mapping[str, Any]) -> Table | None:
    """What is thin: fields that drift, whose values were refused, and that few records fill."""
    fields: Mapping[str, Mapping[str, Any]] = report["fields"]
    grid = Table.grid(padding=(0, 3))
    grid.add_column(style="dim", min_width=_WORDS)
    grid.add_column()
    for finding in report["drift"]["findings"]:
        told = printable(f"{finding['field']}: {finding['problem']}")
        grid.add_row(Text("drift", "bold red"), Text(told))  # a plain text, whatever marks it holds
    refused = {name: told["invalid"] for name, told in fields.items() if told["invalid"]}
    if refused:
        grid.add_row("refused values", Text(_listed([f"{n} {c:,}" for n, c in refused.items()]), "yellow"))
    if report["records"]["filled"]:
        never = [name for name, told in fields.items() if not told["filled"]]
        rare = [
            f"{name} {told['coverage']:.1%}"
            for name, told in sorted(fields.items(), key=lambda pair: pair[1]["filled"])
            if told["filled"] and told["coverage"] < _RARE
        ]
        if rare:
            grid.add_row("thin fields", _listed(rare))
        if never:
            grid.add_row("never filled", _listed(never))
    return grid if grid.row_count else None


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {more} more" if more > 0 else "")


def duration(seconds: float) -> str:
    """`4.2 s`, `3 min 20 s`, `2 h 05 min`."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes:02} min"
