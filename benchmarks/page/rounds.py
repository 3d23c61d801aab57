"""Bars with a range: the median of a metric's rounds, from the lowest to the highest."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.page import units
from benchmarks.results import Metric
from playfast.pages.charts import CHARACTER
from playfast.pages.figures import Chart, Row, Spec, basis

_STEP, _BAR = 42, 12
"""Pixels of a bar with the name above it, and of the bar alone."""
_NAME, _MIDDLE = -11, 8
"""Pixels from the middle of a step to the name and to the bar."""

_RANGE: Spec = {"filter": "datum.low < datum.high"}


def rounds(metrics: Sequence[Metric]) -> Chart:
    """A bar for each metric, in their order; all are of one unit."""
    unit = metrics[0].unit
    scale = units.scale(unit, max(metric.high for metric in metrics))
    rows = [_row(metric, scale) for metric in metrics]
    most = max(row["high"] for row in rows)
    room = 14 + CHARACTER * max(len(row["text"]) for row in rows)
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": scale.name,
        # Room for the number behind the longest bar.
        "scale": {
            "range": [0, {"expr": f"max(40, width - {room})"}],
            "domain": [0, most or 1],
            "nice": False,
        },
        "axis": {"grid": True, "tickCount": {"expr": "max(2, ceil(width / 140))"}},
    }
    spec: Spec = {
        **basis(rows, _STEP * len(rows)),
        # The tails of the axis' title reach below what Vega takes for its height.
        "padding": {"left": 0, "top": 0, "right": 0, "bottom": 4},
        "encoding": {
            "y": {"field": "key", "type": "nominal", "sort": None, "axis": None},
            "tooltip": [
                {"field": "name", "type": "nominal", "title": "title"},
                {"field": "text", "type": "nominal", "title": "median"},
                {"field": "range", "type": "nominal", "title": "range"},
                {"field": "rounds", "type": "nominal", "title": "rounds"},
            ],
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": _BAR, "yOffset": _MIDDLE, "cornerRadiusEnd": 2, "color": units.colour(unit)},
                "encoding": {"x": x},
            },
            {
                "transform": [_RANGE],
                "mark": {"type": "rule", "yOffset": _MIDDLE, "color": "var(--ink)", "strokeWidth": 1},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            *(
                {
                    "transform": [_RANGE],
                    "mark": {"type": "tick", "yOffset": _MIDDLE, "height": 8, "thickness": 1, "color": "var(--ink)"},
                    "encoding": {"x": {**x, "field": end}},
                }
                for end in ("low", "high")
            ),
            {
                "mark": {"type": "text", "align": "left", "yOffset": _NAME, "color": "var(--soft)", "limit": {"expr": "width"}},
                "encoding": {"x": {"value": 0}, "text": {"field": "name", "type": "nominal"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "yOffset": _MIDDLE, "fontWeight": "bold"},
                "encoding": {"x": {**x, "field": "high"}, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    }  # fmt: skip
    said = "; ".join(f"{row['name']} {row['text']} ({row['range']})" for row in rows)
    return Chart(spec, f"{said}.")


def _row(metric: Metric, scale: units.Scale) -> Row:
    return {
        "key": metric.name,
        "name": metric.title,
        "value": scale.of(metric.median),
        "low": scale.of(metric.low),
        "high": scale.of(metric.high),
        "text": units.text(metric.median, metric.unit),
        "range": units.between(metric.low, metric.high, metric.unit),
        "rounds": f"{len(metric.samples):,}",
    }
