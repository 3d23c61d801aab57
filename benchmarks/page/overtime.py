"""A crawl over time: its speed, and the memory it holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from benchmarks.page import units
from benchmarks.results import ScenarioResult, Series
from playfast.pages import words
from playfast.pages.figures import figure, without_chart
from playfast.pages.lines import Line, axis_unit, over_time
from playfast.pages.markup import Column, Html, element, folded, table

_MB = 10**6


def over_the_time(result: ScenarioResult) -> list[Html]:
    """Two charts for each crawl that was watched."""
    return [_charts(series) for series in result.series]


def as_tables(result: ScenarioResult) -> list[Html]:
    """The same numbers."""
    return [
        folded(f"{series.name}, as a table", _table(series)) for series in result.series if series.seconds
    ]


def _charts(series: Series) -> Html:
    if not series.seconds:
        return without_chart(series.name, "It ended before the first number.")
    size, unit = axis_unit(series.seconds[-1])
    rows = _rows(series, size)
    across = f"{unit} since its start"
    first = {**rows[0], "x": 0}
    return element(
        "div",
        _speed(series, [first, *rows], across),
        _memory(series, [first, *rows], across),
        class_="pair",
    )


def _rows(series: Series, size: int) -> list[dict[str, Any]]:
    """A row for each span; `x` is its end."""
    rows = []
    for (begin, end), records, memory in zip(
        pairwise([0.0, *series.seconds]), series.records, series.memory_bytes, strict=True
    ):
        rows.append(
            {
                "x": round(end / size, 4),
                "at": f"{words.duration(begin)} to {words.duration(end)}",
                "speed": round(records / (end - begin), 3) if end > begin else None,
                "memory": round(memory / _MB, 2),
            }
        )
    return rows


def _speed(series: Series, rows: Sequence[dict[str, Any]], across: str) -> Html:
    total = sum(series.records)
    average = total / series.seconds[-1] if series.seconds[-1] else None
    said = f"{words.of(total, 'record')} in {words.duration(series.seconds[-1])}: {words.decimal(average)} a second on average."
    line = Line("speed", "apps/s", "var(--blue)", pattern=",.0f", area=True)
    chart = over_time(rows, [line], said, across=across, up="apps/s")
    return figure(f"Speed: {series.name}", chart, note=said)


def _memory(series: Series, rows: Sequence[dict[str, Any]], across: str) -> Html:
    said = f"{units.text(max(series.memory_bytes), 'bytes')} at most, {units.text(series.memory_bytes[-1], 'bytes')} at the end."
    line = Line("memory", "MB", "var(--green)", area=True)
    chart = over_time(rows, [line], said, across=across, up="MB", steps=False)
    return figure(f"Memory: {series.name}", chart, note=said)


def _table(series: Series) -> Html:
    columns = [Column("time"), *(Column(name, number=True) for name in ("records", "apps/s", "memory"))]
    return table(
        f"{series.name}, over time",
        columns,
        (
            [row["at"], words.count(records), words.decimal(row["speed"]), units.text(memory, "bytes")]
            for row, records, memory in zip(
                _rows(series, 1), series.records, series.memory_bytes, strict=True
            )
        ),
    )
