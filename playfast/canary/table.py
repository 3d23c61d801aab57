"""The result as one table."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from playfast.canary.result import WORDS, ExitCode, Finding, Result, Thing
from playfast.runs.printable import printable

_COLOURS = {ExitCode.AS_EXPECTED: "green", ExitCode.NOT_REACHED: "yellow", ExitCode.MOVED: "bold red"}
_NO_WAY = "-"
_PLAIN_WIDTH = 120


def of(result: Result, *, drawn: bool = True) -> RenderableType:
    """What was asked, a line for each kind of question; below it what has moved, what is new, and how it all came out."""
    table = Table(box=box.SIMPLE_HEAD if drawn else None, pad_edge=False, header_style="bold")
    table.add_column("asked", no_wrap=True)
    for name in ("page", "rpc", "alike", "differ"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("moved")
    for thing in result.things.values():
        table.add_row(*_row(thing, result.moved), style="red" if _of(thing, result.moved) else None)
    told = Table.grid(padding=(0, 2))
    told.add_column(no_wrap=True)
    told.add_column()
    for word, style, findings in (("moved", "bold red", result.moved), ("news", "cyan", result.news)):
        for one in findings:
            told.add_row(Text(word, style), Text(printable(f"{one.where}: {one.what}: {one.problem}")))
    for reason, count in result.unreached.items():
        told.add_row(
            Text("no answer", "yellow"),
            Text(printable(f"{count} {'time' if count == 1 else 'times'}: {reason}")),
        )
    if result.cut_short is not None:
        told.add_row(Text("cut short", "yellow"), Text(printable(result.cut_short)))
    told.add_row(
        Text("result", "bold"),
        Text(f"{WORDS[result.code]} ({result.requests} requests)", _COLOURS[result.code]),
    )
    return Group(Padding(table, (0, 0, 0, 1)), Padding(told, (0, 0, 1, 2)))


def plain(result: Result) -> str:
    """The same for a file or a pipe: no colours, no lines, and nothing at the ends of lines."""
    file = io.StringIO()
    console = Console(
        file=file, width=_PLAIN_WIDTH, color_system=None, markup=False, emoji=False, highlight=False
    )
    console.print(of(result, drawn=False))
    return "\n".join(line.rstrip() for line in file.getvalue().rstrip().splitlines())


def _row(thing: Thing, moved: Iterable[Finding]) -> tuple[str, ...]:
    return (
        thing.name,
        f"{thing.page} of {thing.asked}" if thing.by_page else _NO_WAY,
        f"{thing.rpc} of {thing.asked}" if thing.by_rpc else _NO_WAY,
        f"{thing.alike:,}" if thing.alike or thing.differing else _NO_WAY,
        f"{thing.differing:,}" if thing.differing else _NO_WAY,
        ", ".join(one.what for one in _of(thing, moved)),
    )


def _of(thing: Thing, moved: Iterable[Finding]) -> list[Finding]:
    return [one for one in moved if one.where == thing.name]
