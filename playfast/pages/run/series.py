"""A run's numbers over time as rows for charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playfast.pages import words
from playfast.pages.lines import axis_unit
from playfast.pages.run.runs import Run, Runs

Row = dict[str, Any]

PERCENTILES = (
    ("latency_p50", "p50 (median)", "var(--green)", False),
    ("latency_p95", "p95", "var(--blue)", False),
    ("latency_p99", "p99", "var(--red)", True),
)
"""Column, name and colour of each line, and whether it is dashed: a span with few answers has one number for two of them."""
_LONGEST = 2
"""An earlier run is drawn until so many times the end of this one."""
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows of the run, those of the earlier one, and the title of the axis both share."""

    rows: Sequence[Row]
    past: Sequence[Row]
    past_name: str
    across: str

    def picked(self, *columns: str) -> list[Row]:
        """The rows with these columns alone."""
        return _picked(self.rows, columns)

    def earlier(self, *columns: str) -> tuple[list[Row], str] | None:
        """The earlier run's rows with these columns, and its name; None without one."""
        return (_picked(self.past, columns), self.past_name) if self.past else None


def timeline(runs: Runs) -> Timeline:
    """Both runs from their start, a much longer earlier one in part; no rows where a run ended before the first span."""
    ends = [_end(run) for run in (runs.now, runs.before) if run is not None]
    shown = min(max(ends), ends[0] * _LONGEST)
    size, unit = axis_unit(shown)
    past, name = [], runs.before_name
    if runs.before is not None:
        past = [row for row in spans(runs.before, size) if row["x"] <= shown / size]
        name += f", until {words.duration(shown)}" if ends[1] > shown else ""
    across = f"{unit} since {words.moment(runs.now['started_at'])}"
    return Timeline(spans(runs.now, size), past, name, across)


def _end(run: Run) -> float:
    return float(max(run["series"]["seconds"], default=0))


def spans(run: Run, size: int) -> list[Row]:
    """A row for each span, with rates a second; `x` is its end in units of `size` seconds, and `at` says it in words.

    The first row is that of the first span again, at 0, where the span begins.
    """
    series = run["series"]
    start = words.parsed(run["started_at"])
    rows: list[Row] = []
    begin = 0.0
    for index, end in enumerate(series["seconds"]):
        length = end - begin
        row: Row = {
            "x": round(end / size, 4),
            "at": f"{words.duration(begin)} to {words.duration(end)}{_clock(start, end)}",
            "memory": round(series["memory_bytes"][index] / _MIB, 2),
        }
        for column in ("records", "requests", "errors"):
            row[column] = round(series[column][index] / length, 3) if length > 0 else None
        for column, *_ in PERCENTILES:
            seconds = series[column][index]
            row[column] = None if seconds is None else round(seconds * 1000, 2)
        rows.append(row)
        begin = end
    return [{**rows[0], "x": 0}, *rows] if rows else []


def _clock(start: Any, seconds: float) -> str:
    try:
        return "" if start is None else f", {start + timedelta(seconds=seconds):%H:%M:%S} UTC"
    except OverflowError:
        return ""


def _picked(rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    return [{column: row[column] for column in ("x", "at", *columns)} for row in rows]
