"""Charts on a page: what a chart is, and the figure that shows it with its title, legend and text alternative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playfast.pages.markup import Html, data_block, element

Spec = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A specification, what it shows in words, its legend, and its name among several of one figure."""

    spec: Spec
    words: str
    legend: Sequence[tuple[str, str, str]] = field(default=())
    """Name, colour and sign (`box`, `line`, `dash`, `dot`, `ring`) of each."""
    name: str = ""


def basis(rows: Sequence[Row], height: int) -> Spec:
    """What every chart has: its rows, the width of its box, and a height in pixels."""
    return {
        "data": {"values": list(rows)},
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
    }


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
                    *([element("p", chart.name, class_="name")] if chart.name else []),
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
