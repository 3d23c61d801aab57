"""An hour of simulated trouble: the limit falls, a captcha comes and goes, the limit rises again. Draws docs/pictures/pace-hour.png."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playfast.runs.pace import Pace
from tests.runs.limiter import Asked, Bucket, Crawl

MINUTE = 60.0
HIGH, LOW = 20.0, 5.0
FALLS, BLOCK, BLOCK_ENDS, RISES, END = 10 * MINUTE, 22 * MINUTE, 28 * MINUTE, 36 * MINUTE, 60 * MINUTE
_STEP = 15.0


def allowed(now: float) -> float:
    """Requests a second."""
    return LOW if FALLS <= now < RISES else HIGH


def is_blocked(now: float) -> bool:
    return BLOCK <= now < BLOCK_ENDS


def run() -> list[Asked]:
    """Every request of the hour, by a crawl that begins as fast as it goes."""
    one = Crawl(Pace(0.001), Bucket(allowed, HIGH), blocked=is_blocked)
    return one.run(END)


def rows(asked: list[Asked]) -> list[dict[str, Any]]:
    """Rates over steps of 15 seconds."""
    found = []
    for step in range(int(END / _STEP)):
        start = step * _STEP
        some = [one for one in asked if start <= one.at < start + _STEP]
        shown = 0.0 if is_blocked(start) else allowed(start)
        for what, rate in (
            ("allowed", shown),
            ("asked", len(some) / _STEP),
            ("refused", sum(one.refused for one in some) / _STEP),
        ):
            found.append({"minute": start / MINUTE, "what": what, "rate": rate})
    return found


def picture() -> dict[str, Any]:
    """The plot, for Vega-Lite."""
    colours = {"allowed": "#9aa0a6", "asked": "#1a73e8", "refused": "#d93025"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 820,
        "height": 260,
        "background": "white",
        "data": {"values": rows(run())},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2, "clip": True},
        "encoding": {
            "x": {
                "field": "minute",
                "type": "quantitative",
                "title": "minutes",
                "scale": {"domain": [0, END / MINUTE]},
            },
            "y": {
                "field": "rate",
                "type": "quantitative",
                "title": "requests a second",
                "scale": {"domain": [0, 1.25 * HIGH]},
            },
            "color": {
                "field": "what",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(colours), "range": list(colours.values())},
            },
        },
    }


if __name__ == "__main__":
    import vl_convert

    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures/pace-hour.png")
    path.write_bytes(vl_convert.vegalite_to_png(picture(), scale=1.5))
