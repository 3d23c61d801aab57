"""A scenario's numbers as tables: those of the latest run, and those of all runs."""

from __future__ import annotations

from benchmarks.page import units
from benchmarks.page.changes import change
from benchmarks.page.past import Past, began, commit
from benchmarks.results import Metric, ScenarioResult
from playfast.pages.markup import Column, Html, element, folded, table


def tables(past: Past, result: ScenarioResult) -> list[Html]:
    if not result.metrics:
        return []
    found = past.of(result.name)
    return [_latest(past, result), *([_runs(past, result)] if len(found) > 1 else [])]


def _latest(past: Past, result: ScenarioResult) -> Html:
    numbers = ("median", "lowest", "highest", "rounds", "run before", "change")
    columns = [Column("group"), Column("what"), *(Column(name, number=True) for name in numbers)]
    rows = [_row(metric, past.before(result, metric)) for metric in result.metrics]
    return folded("The latest run as a table", table(f"{result.title}, the latest run", columns, rows))


def _row(metric: Metric, before: Metric | None) -> list[str]:
    text, kind = change(metric, before)
    return [
        metric.group,
        metric.title,
        *(units.text(value, metric.unit) for value in (metric.median, metric.low, metric.high)),
        f"{len(metric.samples):,}",
        "" if before is None else units.text(before.median, before.unit),
        element("span", text, class_=f"change {kind}") if text else "",
    ]


def _runs(past: Past, result: ScenarioResult) -> Html:
    """A row for each run, the latest first, and a column for each metric of the latest."""
    columns = [
        *(Column(name) for name in ("run", "commit", "scenario's version")),
        *(Column(f"{metric.group}: {metric.title}", number=True) for metric in result.metrics),
    ]
    rows = [
        [
            began(run),
            element("code", commit(run)),
            element("code", earlier.version),
            *(_cell(metric, earlier) for metric in result.metrics),
        ]
        for run, earlier in reversed(past.of(result.name))
    ]
    inner = table(f"{result.title}, over the runs", columns, rows)
    return folded(f"The runs as a table ({len(rows):,})", inner)


def _cell(metric: Metric, result: ScenarioResult) -> str:
    for other in result.metrics:
        if other.name == metric.name:
            return units.text(other.median, other.unit)
    return ""
