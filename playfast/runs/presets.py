"""Named paces: how many requests a second, and how many in flight.

Play publishes no limit. What public sources report for requests from one address (read in 2026, none of it checked by this project): 2
requests a second are safe for long, 12 go well in bursts of some 50, and 1,500 requests in 4 minutes, 6 a second, got an address blocked
for half an hour. Blocks of an hour are reported too.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Preset(NamedTuple):
    """Seconds between the starts of two requests, and most requests in flight."""

    delay: float
    in_flight: int
    told: str


PRESETS = {
    "polite": Preset(1.0, 2, "1 request a second: half of what is reported as safe"),
    "brisk": Preset(0.5, 4, "2 requests a second: what is reported as safe, without a margin"),
    "unpaced": Preset(0.0, 15, "as fast as it goes: for the local store"),
}
_SECONDS_EACH = 2.0
"""A pack takes about a second; so many may be in flight that the rate is kept when it takes two."""
_MOST = 1000.0


def read(text: str) -> Preset:
    """The pace that a text names: a preset, or a number of requests a second.

    Raises:
        ValueError: it is neither; the text says what is valid.
    """
    word = text.strip().casefold()
    if word in PRESETS:
        return PRESETS[word]
    try:
        rate = float(word)
    except ValueError:
        rate = math.nan
    if not 0 < rate <= _MOST:
        raise ValueError(
            f"one of {', '.join(PRESETS)} is due, or a number of requests a second up to {_MOST:,.0f}"
        )
    return Preset(1 / rate, max(2, math.ceil(rate * _SECONDS_EACH)), f"{rate:g} requests a second")
