"""A line as small as a word: how a number came to be, without axes."""

from __future__ import annotations

from collections.abc import Sequence

from playfast.pages.markup import Html, element

_WIDTH, _HEIGHT, _EDGE = 100, 24, 3
_CALM = 0.3
"""The least height of the drawing as a share of the latest number, so that small differences look small."""


def spark(values: Sequence[float], words: str) -> Html:
    """A line through the values, which ends in a dot; drawn without script. `words` say the same."""
    low, high = min(values), max(values)
    missing = max(0.0, _CALM * abs(values[-1]) - (high - low))
    low, height = low - missing / 2, high - low + missing or 1
    places = [
        (
            _EDGE + index * (_WIDTH - 2 * _EDGE) / max(1, len(values) - 1),
            _HEIGHT - _EDGE - (value - low) / height * (_HEIGHT - 2 * _EDGE),
        )
        for index, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return element(
        "svg",
        element("polyline", points=line, class_="line"),
        element("path", d=f"M{x:.1f} {y:.1f}h0", class_="end"),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        preserveAspectRatio="none",
        class_="spark",
        role="img",
        aria_label=words,
    )
