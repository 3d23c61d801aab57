"""What a scenario brought in the latest run: a chart for each group of its metrics, and all of them as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.page import units
from benchmarks.page.changes import change
from benchmarks.page.past import Past
from benchmarks.page.rounds import rounds
from benchmarks.results import Metric, Result
from playfast.pages.figures import figure
from playfast.pages.markup import Column, Html, element, folded, table

_BETTER = {"more": "more is better", "less": "less is better"}


def charts(result: Result) -> Html:
    """The groups, two beside each other; a last one without a neighbour has the width of both."""
    groups = grouped(result)
    made = [
        figure(_capital(name), rounds(metrics), note=_note(metrics)) for (name, _), metrics in groups.items()
    ]
    if len(made) % 2:
        made[-1] = element("div", made[-1], class_="wide")
    return element("div", *made, class_="pair")


def grouped(result: Result) -> Mapping[tuple[str, str], Sequence[Metric]]:
    """The metrics that are drawn together: those of one group and one unit."""
    groups: dict[tuple[str, str], list[Metric]] = {}
    for metric in result.metrics:
        groups.setdefault((metric.group, metric.unit), []).append(metric)
    return groups


def as_table(past: Past, result: Result) -> Html:
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


def _note(metrics: Sequence[Metric]) -> str:
    said = {_BETTER.get(metric.better, "") for metric in metrics}
    return f"{_capital(said.pop())}." if len(said) == 1 and "" not in said else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
