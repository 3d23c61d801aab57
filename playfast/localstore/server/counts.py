"""What the store saw: the numbers that tests and benchmarks assert on."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any


class Counts:
    """Counts requests, calls, bytes, connections and how much was in flight at once.

    In flight is a request from the moment it was received in full until the last byte of its answer was handed over, latency included.
    """

    def __init__(self) -> None:
        self._in_flight: Counter[str] = Counter()
        self.reset()

    def reset(self) -> None:
        """Forget everything but what is in flight now."""
        self.requests: Counter[str] = Counter()
        self.bytes_sent: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.peak: Counter[str] = Counter(self._in_flight)
        self.peak_total = sum(self._in_flight.values())
        self.agents: Counter[str] = Counter()
        self.connections: set[int] = set()
        self.starts: Counter[int] = Counter()
        self._first: float | None = None

    def begin(self, kind: str, agent: str, connection: int) -> None:
        """A request of this kind (page, rpc, other) was received in full."""
        now = time.monotonic()
        if self._first is None:
            self._first = now
        self.starts[int(now - self._first)] += 1
        self.requests[kind] += 1
        self.agents[agent] += 1
        self.connections.add(connection)
        self._in_flight[kind] += 1
        self.peak[kind] = max(self.peak[kind], self._in_flight[kind])
        self.peak_total = max(self.peak_total, sum(self._in_flight.values()))

    def end(self, kind: str) -> None:
        """Its answer was handed over, or its client went away."""
        self._in_flight[kind] -= 1

    def sent(self, kind: str, status: int, size: int) -> None:
        """An answer went out, with a body of that many bytes."""
        self.statuses[f"{kind} {status}"] += 1
        self.bytes_sent[kind] += size

    def report(self) -> dict[str, Any]:
        """All numbers, as plain JSON."""
        seconds = 0.0 if self._first is None else time.monotonic() - self._first
        busy = max(self.starts, default=-1) + 1
        return {
            "requests": dict(self.requests),
            "requests_total": sum(self.requests.values()),
            "statuses": dict(self.statuses),
            "bytes_sent": dict(self.bytes_sent),
            "bytes_sent_total": sum(self.bytes_sent.values()),
            "calls": dict(self.calls),
            "calls_total": sum(self.calls.values()),
            "in_flight": {kind: number for kind, number in self._in_flight.items() if number},
            "in_flight_total": sum(self._in_flight.values()),
            "peak_in_flight": dict(self.peak),
            "peak_in_flight_total": self.peak_total,
            "faults": dict(self.faults),
            "connections": len(self.connections),
            "user_agents": dict(self.agents),
            "starts_per_second": [self.starts[second] for second in range(busy)],
            "seconds_since_first_request": seconds,
        }
