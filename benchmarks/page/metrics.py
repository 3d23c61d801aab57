"""A scenario's metrics: a row for each group, with the latest run beside the runs before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.page import units
from benchmarks.page.past import Past, comparable
from benchmarks.page.rounds import rounds
from benchmarks.page.trend import Measured, trend
from benchmarks.results import Metric, Run, ScenarioResult
from playfast.pages import words
from playfast.pages.figures import figure, without_chart
from playfast.pages.markup import Html, element

MOST = 60
"""So many runs are drawn; the table has all."""
_BETTER = {"more": "More is better.", "less": "Less is better."}


def metrics(past: Past, result: ScenarioResult) -> list[Html]:
    """The groups beneath each other; where there is only one run, beside each other, and a sentence says so."""
    if not result.metrics:
        return [without_chart("No numbers", "The scenario brought no metric in this run.")]
    groups = grouped(result)
    found = past.of(result.name)
    if len(found) == 1:
        once = [_latest(group) for group in groups.values()]
        return [
            element("div", *once, class_="pair" if len(once) > 1 else None),
            without_chart("Over the runs", "There is one run so far; the next makes a line of it."),
        ]
    return [
        element("div", _latest(group), _history(group, found), class_="group") for group in groups.values()
    ]


def grouped(result: ScenarioResult) -> Mapping[tuple[str, str], Sequence[Metric]]:
    """The metrics that are drawn together: those of one group and one unit."""
    groups: dict[tuple[str, str], list[Metric]] = {}
    for metric in result.metrics:
        groups.setdefault((metric.group, metric.unit), []).append(metric)
    return groups


def _latest(group: Sequence[Metric]) -> Html:
    better = {_BETTER[metric.better] for metric in group if metric.better in _BETTER}
    title = group[0].group
    return figure(title[:1].upper() + title[1:], rounds(group), note=better.pop() if len(better) == 1 else "")


def _history(group: Sequence[Metric], found: Sequence[tuple[Run, ScenarioResult]]) -> Html:
    drawn = [_of(metric, found[-MOST:]) for metric in group]
    lines = [(metric.title, each) for metric, each in zip(group, drawn, strict=True) if len(each) > 1]
    if not lines:
        return without_chart("Over the runs", "No run before this one measured it.")
    scale = units.scale(group[0].unit, max(metric.high for _, each in lines for *_, metric in each))
    charts = [trend(title, each, scale) for title, each in lines]
    return figure(f"Over the runs, {scale.name}", *charts, note=_note(found))


def _of(metric: Metric, found: Sequence[tuple[Run, ScenarioResult]]) -> list[Measured]:
    return [
        (run, result, other)
        for run, result in found
        for other in result.metrics
        if other.name == metric.name and other.unit == metric.unit
    ]


def _note(found: Sequence[tuple[Run, ScenarioResult]]) -> str:
    number = words.of(len(found), "run")
    said = f"{number}, oldest first" if len(found) <= MOST else f"The latest {MOST} of {number}"
    latest = found[-1][1]
    changed = not all(comparable(result, latest) for _, result in found[-MOST:])
    grey = " Grey was measured by other code of the scenario, or with other parameters." if changed else ""
    return f"{said}; pale bars are the ranges of their rounds.{grey}"
