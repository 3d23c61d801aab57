"""Bars and dots as Vega-Lite specifications, one function for each kind; colours are names of the page's style.

Rows are plain dicts: what stands in them is data, never an expression.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playfast.pages.figures import Chart, Row, Spec, basis

_BAR_STEP = 28
_DOT_STEP = 18
CHARACTER = 7
"""Pixels that a character takes at most, on average."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A part of a stacked bar."""

    key: str
    name: str
    colour: str


def bars(rows: Sequence[Row], words: str, *, across: str) -> Chart:
    """Lying bars in the order of the rows: `name`, `value`, `text` (which stands behind the bar) and `colour`."""
    most = max((row["value"] for row in rows), default=0)
    room = 10 + CHARACTER * max((len(row["text"]) for row in rows), default=0)
    spec: Spec = {
        **basis(rows, _BAR_STEP * len(rows)),
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": None, "title": None},
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": across,
                # Room for the text behind the longest bar.
                "scale": {"range": [0, {"expr": f"max(40, width - {room})"}], "domain": [0, most or 1]},
                "axis": None,
            },
            "tooltip": [
                {"field": "name", "type": "nominal", "title": "title"},
                {"field": "text", "type": "nominal", "title": across},
            ],
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 16, "cornerRadiusEnd": 2},
                "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"text": {"field": "text", "type": "nominal"}},
            },
        ],
    }
    return Chart(spec, words)


def stacked_bars(rows: Sequence[Row], kinds: Sequence[Kind], words: str, *, across: str) -> Chart:
    """Lying bars of several parts, in the order of the rows: `name`, `kind` (a key of `kinds`) and `value`."""
    order = {kind.key: number for number, kind in enumerate(kinds)}
    names = {kind.key: kind.name for kind in kinds}
    given = [{**row, "order": order[row["kind"]], "label": names[row["kind"]]} for row in rows]
    spec: Spec = {
        **basis(given, _BAR_STEP * len({row["name"] for row in rows})),
        "mark": {"type": "bar", "height": 16},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": None, "title": None},
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": across,
                "scale": {"nice": False},
                "axis": {"grid": True, "tickCount": {"expr": "max(2, ceil(width / 110))"}},
            },
            "color": {
                "field": "kind",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": [kind.key for kind in kinds], "range": [kind.colour for kind in kinds]},
            },
            "order": {"field": "order", "type": "quantitative"},
            "tooltip": [
                {"field": "name", "type": "nominal", "title": "title"},
                {"field": "label", "type": "nominal", "title": "status"},
                {"field": "value", "type": "quantitative", "format": ",", "title": across},
            ],
        },
    }
    return Chart(spec, words, [(kind.name, kind.colour, "box") for kind in kinds])


def share_dots(
    rows: Sequence[Row], words: str, *, colour: str, earlier: str | None = None, room: int = 0
) -> Chart:
    """A dot between 0 and 100 % for each row: `name`, `now`, `before`, `floor` (shares or None), and texts for the tooltip.

    earlier: name of the run that `before` is of; it is drawn as a ring, with a line to the dot.
    room: pixels that the names get at least, so that charts side by side have their dots in line.
    """
    x: Spec = {
        "field": "now",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1]},
        "axis": {
            "format": ".0%",
            "values": [0, 0.5, 1],
            "grid": True,
            "orient": "top",
            "domain": False,
        },
    }
    layers: list[Spec] = [
        {
            "mark": {
                "type": "rule",
                "color": colour,
                "strokeWidth": 2 if earlier else 1,
                "opacity": 0.6 if earlier else 0.35,
            },
            "encoding": {
                "x": x,
                "x2": {"field": "before"} if earlier else {"datum": 0},
            },
        },
        {
            "mark": {"type": "tick", "thickness": 2, "height": 12, "color": "var(--soft)"},
            "encoding": {"x": {**x, "field": "floor"}},
        },
    ]
    if earlier:
        layers.append(
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "fill": "var(--card)",
                    "stroke": "var(--soft)",
                    "strokeWidth": 1.5,
                    "size": 50,
                    "opacity": 1,
                },
                "encoding": {"x": {**x, "field": "before"}},
            }
        )
    layers.append(
        {
            "mark": {"type": "circle", "size": 50, "opacity": 1, "color": colour},
            "encoding": {"x": x},
        }
    )
    tips = {"name": "title", "now_text": "filled", "floor_text": "floor", "before_text": earlier or ""}
    spec: Spec = {
        **basis(rows, _DOT_STEP * len(rows)),
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"grid": True, "minExtent": room, "labelPadding": 10},
            },
            "tooltip": [
                {"field": column, "type": "nominal", "title": title}
                for column, title in tips.items()
                if title
            ],
        },
        "layer": layers,
    }
    legend = [("this run", colour, "dot")]
    if earlier:
        legend.append((earlier, "var(--soft)", "ring"))
    if any(row["floor"] is not None for row in rows):
        legend.append(("floor by its declaration", "var(--soft)", "tick"))
    return Chart(spec, words, legend if len(legend) > 1 else ())
