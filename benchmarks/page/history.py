"""A scenario's metrics over the runs of the machine."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.page import units
from benchmarks.page.past import Past, commit
from benchmarks.page.trend import trend
from benchmarks.results import Metric, Result, Run
from playfast.pages import words
from playfast.pages.figures import figure, without_chart
from playfast.pages.markup import Column, Html, element, folded, table

_MOST = 60
"""So many runs are drawn; the table has all."""


def over_runs(past: Past, result: Result) -> list[Html]:
    """A small chart for each metric, and the runs as a table; a sentence where there is only one run."""
    found = past.of(result.name)
    if len(found) == 1:
        return [without_chart("Over the runs", "There is one run so far; the next makes a line of it.")]
    drawn = found[-_MOST:]
    charts = [
        trend(_title(result, metric), _of(metric, drawn))
        for metric in result.metrics
        if len(_of(metric, drawn)) > 1
    ]
    shown = (
        figure("Over the runs", *charts, note=_note(drawn, len(found)))
        if charts
        else without_chart("Over the runs", "None of these numbers was measured in a run before.")
    )
    return [shown, folded("The runs as a table", _table(result, found))]


def _of(metric: Metric, found: Sequence[tuple[Run, Result]]) -> list[tuple[Run, Result, Metric]]:
    return [
        (run, result, other)
        for run, result in found
        for other in result.metrics
        if other.name == metric.name and other.unit == metric.unit
    ]


def _title(result: Result, metric: Metric) -> str:
    """The metric's title, with its group where another group has one of that title."""
    alike = [other for other in result.metrics if other.title == metric.title]
    return metric.title if len(alike) == 1 else f"{metric.group}: {metric.title}"


def _note(drawn: Sequence[tuple[Run, Result]], number: int) -> str:
    said = [
        f"{number:,} runs, the latest {len(drawn):,} of them here."
        if number > len(drawn)
        else f"{number:,} runs, oldest first.",
        "The pale bars are the ranges of the rounds.",
    ]
    if len({result.version for _, result in drawn}) > 1:
        said.append(
            "The scenario's code changed on the way: grey is what another version of it measured, not to be compared."
        )
    return " ".join(said)


def _table(result: Result, found: Sequence[tuple[Run, Result]]) -> Html:
    columns = [
        Column("run"),
        Column("commit"),
        Column("scenario"),
        *(Column(_title(result, metric), number=True) for metric in result.metrics),
    ]
    rows = [
        [
            words.moment(run.started_at),
            element("code", commit(run)),
            element("code", earlier.version),
            *(_cell(metric, earlier) for metric in result.metrics),
        ]
        for run, earlier in reversed(found)
    ]
    return table(f"{result.title}, over the runs", columns, rows)


def _cell(metric: Metric, result: Result) -> str:
    for other in result.metrics:
        if other.name == metric.name:
            return units.text(other.median, other.unit)
    return ""
