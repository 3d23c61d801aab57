"""A gauge: how far what was measured lies from its bound.

A drawing without script, whose widths are shares of its box, so that it fits any.
"""

from __future__ import annotations

from benchmarks.results import Target
from playfast.pages.markup import Html, element

_MIDDLE = 0.5
"""Where the bound lies in every gauge, so that those beneath each other can be compared."""
_HEIGHT, _BAR = 20, 8


def gauge(target: Target, words: str) -> Html:
    """The bound in the middle, the side that meets it shaded, a bar as far as what was measured; `words` say the same."""
    top = (_HEIGHT - _BAR) / 2
    parts = [
        _rect(0, 1, top, _BAR, "track"),
        _rect(_MIDDLE if target.at_least else 0, _MIDDLE, top, _BAR, "due"),
    ]
    if target.measured is not None:
        reach = max(0.0, target.measured / target.bound * _MIDDLE)
        parts.append(_rect(0, min(reach, 1), top, _BAR, "met" if target.met else "missed"))
        if reach > 1:
            parts.append(_beyond())
    parts.append(element("line", x1="50%", x2="50%", y1="1", y2=str(_HEIGHT - 1), class_="bound"))
    return element("svg", *parts, class_="gauge", height=str(_HEIGHT), role="img", aria_label=words)


def _rect(start: float, width: float, top: float, height: float, kind: str) -> Html:
    return element(
        "rect",
        x=f"{100 * start:.4g}%",
        width=f"{100 * width:.4g}%",
        y=f"{top:g}",
        height=f"{height:g}",
        rx="2",
        class_=kind,
    )


def _beyond() -> Html:
    """Two strokes through the end of a bar that would be longer than the gauge."""
    strokes = element("path", d="M-18 16l5 -12M-13 16l5 -12", class_="beyond")
    return element("svg", strokes, x="100%", overflow="visible")
