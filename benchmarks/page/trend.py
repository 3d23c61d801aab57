"""A metric over the runs: a point for each run with the range of its rounds, and a line through those that measured alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.page import units
from benchmarks.page.past import commit, comparable
from benchmarks.results import Metric, Run, ScenarioResult
from playfast.pages import words
from playfast.pages.figures import Chart, Row, Spec, basis

Measured = tuple[Run, ScenarioResult, Metric]
"""What was measured, in which run, by which scenario."""
_HEIGHT = 84
_FORMER = "var(--grey)"
"""The colour of numbers that were measured otherwise than the latest."""

_ROOM = 46
"""Pixels for the numbers at the axis, so that charts beside each other begin in line; as much as a day takes beneath it."""
_STRIPE: Spec = {"expr": "max(1.5, min(5, bandwidth('x') * 0.5))"}
"""How wide a range is drawn: not so wide that those of many runs meet."""
_FEW = 24
"""Up to so many runs each has a full dot."""


def trend(title: str, found: Sequence[Measured], scale: units.Scale) -> Chart:
    """The runs in their order, evenly spaced; a changed scenario begins a new line, and the lines of others than the latest are grey."""
    rows = list(_rows(found, scale))
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": True, **({} if any(row["high"] for row in rows) else {"domain": [0, 1]})},
        "axis": {"tickCount": 3, "minExtent": _ROOM},
    }
    colour: Spec = {"field": "colour", "type": "nominal", "scale": None}
    spec: Spec = {
        **basis(rows, _HEIGHT),
        "encoding": {
            "x": {
                "field": "run",
                "type": "ordinal",
                "sort": None,
                "title": None,
                "scale": {"type": "band", "paddingInner": 0, "paddingOuter": 0},
                # The days of the first and the latest run, or their times if they are of one day; the number keeps all runs apart.
                "axis": {
                    "values": [rows[0]["run"], rows[-1]["run"]],
                    "labelExpr": "split(datum.value, ' ')[1]",
                    "labelAngle": 0,
                    "labelAlign": {"expr": f"bandwidth('x') > {_ROOM} ? 'center' : datum.index === 0 ? 'left' : 'right'"},
                    "ticks": False,
                },
            }
        },
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": _STRIPE, "strokeCap": "round", "opacity": 0.28},
                "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"y": y, "color": colour, "detail": {"field": "line", "type": "nominal"}},
            },
            {
                "mark": {"type": "circle", "size": 30 if len(rows) <= _FEW else 8, "opacity": 1},
                "encoding": {"y": y, "color": colour},
            },
            _pointer(title),
        ],
    }  # fmt: skip
    return Chart(spec, _said(title, found), name=title)


def _rows(found: Sequence[Measured], scale: units.Scale) -> Iterator[Row]:
    line, latest = 0, found[-1][1]
    days = [words.moment(run.started_at) for run, *_ in found]
    one_day = len({day[:10] for day in days}) == 1
    for number, (run, result, metric) in enumerate(found):
        if number and not comparable(result, found[number - 1][1]):
            line += 1
        yield {
            "run": f"{number} {days[number][11:16] if one_day else days[number][5:10]}",
            "at": f"{days[number]}, {commit(run)}",
            "subject": words.shortened(run.commit.subject, 80),
            "value": scale.of(metric.median),
            "low": scale.of(metric.low),
            "high": scale.of(metric.high),
            "text": units.text(metric.median, metric.unit),
            "range": units.between(metric.low, metric.high, metric.unit),
            "line": f"{line}",
            "colour": units.colour(metric.unit) if comparable(result, latest) else _FORMER,
        }


def _pointer(title: str) -> Spec:
    """A stripe under the pointer, with the run's commit and its number."""
    return {
        "params": [
            {"name": "pointer", "select": {"type": "point", "on": "pointerover", "clear": "pointerout"}}
        ],
        "mark": {"type": "bar", "color": "var(--ink)", "width": {"band": 1}},
        "encoding": {
            "y": {"value": 0},
            "y2": {"value": _HEIGHT},
            "opacity": {"condition": {"param": "pointer", "empty": False, "value": 0.14}, "value": 0},
            "tooltip": [
                {"field": "at", "type": "nominal", "title": "title"},
                {"field": "subject", "type": "nominal", "title": "commit"},
                {"field": "text", "type": "nominal", "title": title},
                {"field": "range", "type": "nominal", "title": "range"},
            ],
        },
    }


def _said(title: str, found: Sequence[Measured]) -> str:
    first, last = found[0], found[-1]
    return (
        f"{title}, over {len(found):,} runs: {units.text(first[2].median, first[2].unit)} in the first, {commit(first[0])}, and "
        f"{units.text(last[2].median, last[2].unit)} in the latest, {commit(last[0])}."
    )
