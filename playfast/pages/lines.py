"""Lines over time, or over anything else that ascends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from playfast.pages.figures import Chart, Row, Spec, basis

_HEIGHT = 200
_FEW = 40
"""Up to so many points in a line each gets a mark of its own."""
_FAR = 30
"""From so many times the least to the most on, the scale may be logarithmic."""
_UNITS = ((86400, "days", 2), (3600, "hours", 2), (60, "minutes", 2), (1, "seconds", 0))
"""Seconds of a unit, its name, and from how many of it on the axis counts in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A column of the rows that is drawn over time; `pattern` is d3's format of its numbers."""

    column: str
    name: str
    colour: str
    pattern: str = ",.1f"
    area: bool = False
    dashed: bool = False


def over_time(
    rows: Sequence[Row],
    lines: Sequence[Line],
    words: str,
    *,
    across: str,
    up: str,
    earlier: tuple[Sequence[Row], str] | None = None,
    steps: bool = True,
    spread: bool = False,
) -> Chart:
    """Lines over the rows' `x`, which ascends; `at` is the row's name in the tooltip.

    steps: each value holds for the span that ends at its `x`; else the values are joined.
    spread: take a logarithmic scale where the values lie far apart.
    earlier: rows of another run, drawn dashed behind the first line, and the run's name.
    """
    values = [row[line.column] for row in rows for line in lines if row[line.column] is not None]
    logarithmic = spread and bool(values) and min(values) > 0 and max(values) > _FAR * min(values)
    scale: Spec = {"type": "log", "nice": True} if logarithmic else {"zero": True}
    before = [] if earlier is None else [row[lines[0].column] for row in earlier[0]]
    if not any([*values, *before]):
        scale["domain"] = [0, 1]
    path = "step-before" if steps else "linear"
    layers: list[Spec] = []
    if earlier is not None:
        past: Spec = {"type": "line", "interpolate": path, "strokeWidth": 1.5, "strokeDash": [4, 3]}
        layers.append(
            {
                "data": {"values": list(earlier[0])},
                "mark": {**past, "color": "var(--soft)"},
                "encoding": {"y": _up(lines[0].column, up, scale)},
            }
        )
    for line in lines:
        mark: Spec = {"color": line.colour, "interpolate": path}
        if line.area:
            mark |= {"type": "area", "fillOpacity": 0.16, "line": {"color": line.colour, "strokeWidth": 1.5}}
        else:
            mark |= {"type": "line", "strokeWidth": 2, "strokeDash": [3, 2] if line.dashed else [1, 0]}
        if len(rows) <= _FEW and not steps:
            mark["point"] = {"color": line.colour, "size": 30}
        layers.append({"mark": mark, "encoding": {"y": {**_up(line.column, up, scale), "stack": None}}})
    layers.append(_pointer(lines))
    spec: Spec = {
        **basis(_with_reach(rows, steps=steps), _HEIGHT),
        "encoding": {
            "x": {
                "field": "x",
                "type": "quantitative",
                "title": across,
                "scale": {"nice": False, "zero": True},
                "axis": {"tickCount": {"expr": "max(3, ceil(width / 90))"}},
            }
        },
        "layer": layers,
    }
    legend = [(line.name, line.colour, "dash" if line.dashed else "line") for line in lines]
    if earlier is not None:
        legend.append((earlier[1], "var(--soft)", "dash"))
    return Chart(spec, words, legend if len(legend) > 1 else ())


def axis_unit(seconds: float) -> tuple[int, str]:
    """In what an axis of so many seconds is counted: the seconds of a unit, and its name."""
    return next((size, name) for size, name, least in _UNITS if seconds >= least * size)


def _up(column: str, title: str, scale: Spec) -> Spec:
    return {
        "field": column,
        "type": "quantitative",
        "title": title,
        "scale": scale,
        "axis": {"tickCount": 5},
    }


def _with_reach(rows: Sequence[Row], *, steps: bool) -> list[Row]:
    """The rows with `from` and `to`: the stretch of the axis that a row answers to, its span or what lies nearest to it."""
    places = [row["x"] for row in rows]
    if steps:
        ends = list(zip([places[0], *places], places, strict=False)) if places else []
    else:
        middles = [(one + other) / 2 for one, other in pairwise(places)]
        ends = list(zip([*places[:1], *middles], [*middles, *places[-1:]], strict=True))
    return [{**row, "from": start, "to": end} for row, (start, end) in zip(rows, ends, strict=True)]


def _pointer(lines: Sequence[Line]) -> Spec:
    """A stripe under the pointer, with all numbers of its row.

    Not Vega-Lite's `nearest`: its tooltips lose every column that is no number.
    """
    tips = [{"field": "at", "type": "nominal", "title": "title"}]
    tips += [
        {"field": line.column, "type": "quantitative", "title": line.name, "format": line.pattern}
        for line in lines
    ]
    return {
        "params": [
            {"name": "pointer", "select": {"type": "point", "on": "pointerover", "clear": "pointerout"}}
        ],
        "mark": {"type": "rect", "color": "var(--ink)"},
        "encoding": {
            "x": {"field": "from", "type": "quantitative"},
            "x2": {"field": "to"},
            "opacity": {"condition": {"param": "pointer", "empty": False, "value": 0.14}, "value": 0},
            "tooltip": tips,
        },
    }
