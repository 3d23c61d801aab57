"""Charts as Vega-Lite specifications, one function for each kind; colours are names of the page's style.

Each returns a `Chart`, which `figure` puts on a page. Rows are plain dicts: what stands in them is data, never an expression.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from playfast.pages.markup import Html, data_block, element

Spec = dict[str, Any]
Row = Mapping[str, Any]

_TIME_HEIGHT = 200
_BAR_STEP = 28
_DOT_STEP = 18
_CHARACTER = 7
"""Pixels that a character takes at most, on average."""
_FEW = 40
"""Up to so many points in a line each gets a mark of its own."""
_FAR = 30
"""From so many times the least to the most a latency is drawn on a logarithmic scale."""


@dataclass(frozen=True, slots=True)
class Line:
    """A column of the rows that is drawn over time; `pattern` is d3's format of its numbers."""

    column: str
    name: str
    colour: str
    pattern: str = ",.1f"
    area: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A part of a stacked bar."""

    key: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A specification, what it shows in words, and its legend."""

    spec: Spec
    words: str
    legend: Sequence[tuple[str, str, str]] = field(default=())
    """Name, colour and sign (`box`, `line`, `dash`, `dot`, `ring`) of each."""


def figure(title: str, *charts: Chart, note: str = "") -> Html:
    """Charts that share a title and a legend, with the words of the first beneath the title."""
    legend = [
        element("li", _sign(colour, sign), name)
        for name, colour, sign in (charts[0].legend if charts else ())
    ]
    return element(
        "figure",
        element(
            "figcaption",
            element("h3", title),
            *([element("p", note)] if note else []),
            *([element("ul", *legend, class_="legend")] if legend else []),
        ),
        element(
            "div",
            *(
                element(
                    "div",
                    element("div", "", class_="chart", role="img", aria_label=f"{title}. {chart.words}"),
                    data_block(chart.spec),
                )
                for chart in charts
            ),
            class_="charts",
        ),
    )


def without_chart(title: str, words: str) -> Html:
    """What stands in a chart's place where there is nothing to draw."""
    return element(
        "figure", element("figcaption", element("h3", title), element("p", words)), class_="nothing"
    )


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
        **_basis(_with_reach(rows, steps=steps), _TIME_HEIGHT),
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


def bars(rows: Sequence[Row], words: str, *, across: str) -> Chart:
    """Lying bars in the order of the rows: `name`, `value`, `text` (which stands behind the bar) and `colour`."""
    most = max((row["value"] for row in rows), default=0)
    room = 10 + _CHARACTER * max((len(row["text"]) for row in rows), default=0)
    spec: Spec = {
        **_basis(rows, _BAR_STEP * len(rows)),
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
        **_basis(given, _BAR_STEP * len({row["name"] for row in rows})),
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
        **_basis(rows, _DOT_STEP * len(rows)),
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


def _basis(rows: Sequence[Row], height: int) -> Spec:
    return {
        "data": {"values": list(rows)},
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
    }


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


def _sign(colour: str, sign: str) -> Html:
    """A small drawing for the legend; SVG, since the page's policy forbids styles of single elements."""
    shapes = {
        "box": element("rect", x="1", y="2", width="12", height="10", rx="2", fill=colour),
        "line": element("rect", x="0", y="6", width="14", height="2.5", fill=colour),
        "dash": _dashes(colour),
        "dot": element("circle", cx="7", cy="7", r="4.5", fill=colour),
        "ring": element("circle", cx="7", cy="7", r="4", fill="none", stroke=colour, stroke_width="1.5"),
        "tick": element("rect", x="6", y="1", width="2", height="12", fill=colour),
    }
    return element("svg", shapes[sign], viewBox="0 0 14 14", width="14", height="14", aria_hidden="true")


def _dashes(colour: str) -> Html:
    return element("path", d="M0 7h4M7 7h4", stroke=colour, stroke_width="2", fill="none")
