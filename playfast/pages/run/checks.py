"""What the schema of a run report cannot say, and the page relies on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

_TEXTS = ("stats", "settings")
"""Keys of the report whose values are shown as they are."""
_SHORTEST = 1e-9
_LARGEST = 2**53
"""Above it, numbers are no longer exact in a browser; no count of a crawl comes near."""


def problems(report: Mapping[str, Any]) -> list[str]:
    """A sentence for each mistake of a report that is valid by its schema, with the key it stands under."""
    series = report["series"]
    lengths = {name: len(values) for name, values in series.items()}
    found = []
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length:,}" for name, length in lengths.items())
        found.append(f"series: lists of one length are due, these are of {told}")
    if any(later < earlier for earlier, later in pairwise([0, *series["seconds"]])):
        found.append("series.seconds: ends of spans are due, each after the one before")
    if any(0 < later - earlier < _SHORTEST for earlier, later in pairwise([0, *series["seconds"]])):
        found.append(f"series.seconds: a span is shorter than {_SHORTEST:g} s")
    found += [
        f"{place}: {value!r} is no number a crawl can have"[:200] for place, value in _unusable(report, "")
    ]
    return found


def _unusable(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    match value:
        case float() if not math.isfinite(value):
            yield place, value
        case float() | int() if abs(value) > _LARGEST:
            yield place, value
        case dict():
            for key, inner in value.items():
                if place or key not in _TEXTS:
                    yield from _unusable(inner, f"{place}.{key}" if place else key)
        case list():
            for index, inner in enumerate(value):
                yield from _unusable(inner, f"{place}.{index}")
