"""A crawl over time: what came in each span of time, in bounded memory however long the crawl."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playfast.runs.histogram import Histogram

_MOST = 600
_PERCENTILES = (50, 95, 99)


@dataclass(slots=True)
class Span:
    """What came until `seconds` since the start, from the end of the span before."""

    seconds: float
    records: int
    requests: int
    errors: int
    memory_bytes: int
    latency: Histogram = field(default_factory=Histogram)

    def joined(self, later: Span) -> Span:
        return Span(
            later.seconds,
            self.records + later.records,
            self.requests + later.requests,
            self.errors + later.errors,
            later.memory_bytes,
            self.latency.joined(later.latency),
        )


class Series:
    """Spans of one length. When there are too many, neighbours are put together and the length doubles.

    Args:
        interval: seconds in a span at first.
        most: how many spans to keep.
    """

    def __init__(self, interval: float = 1.0, most: int = _MOST) -> None:
        self.interval = interval
        self.latency = Histogram()
        self._most = most
        self._spans: list[Span] = []
        self._before = (0, 0, 0)

    def due(self, seconds: float) -> bool:
        """Whether the span under way is over at this time."""
        return seconds >= (self._spans[-1].seconds if self._spans else 0.0) + self.interval

    def add(self, seconds: float, *, records: int, requests: int, errors: int, memory_bytes: int) -> None:
        """End a span. The counts are those since the start of the crawl; latencies are those put into `latency` meanwhile."""
        counts = (records, requests, errors)
        new = [now - before for now, before in zip(counts, self._before, strict=True)]
        self._before = counts
        self._spans.append(Span(seconds, new[0], new[1], new[2], memory_bytes, self.latency))
        self.latency = Histogram()
        if len(self._spans) > self._most:
            pairs = zip(self._spans[::2], [*self._spans[1::2], None], strict=False)
            self._spans = [one if other is None else one.joined(other) for one, other in pairs]
            self.interval *= 2

    def columns(self) -> dict[str, list[Any]]:
        """The spans as lists of one length, as the run report has them."""
        columns: dict[str, list[Any]] = {
            name: [getattr(span, name) for span in self._spans]
            for name in ("records", "requests", "errors", "memory_bytes")
        }
        columns["seconds"] = [round(span.seconds, 3) for span in self._spans]
        for percent in _PERCENTILES:
            columns[f"latency_p{percent}"] = [span.latency.percentile(percent) for span in self._spans]
        return columns
