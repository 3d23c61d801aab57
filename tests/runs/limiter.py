"""A host that allows so many requests a second, and a crawler that keeps a pace, both in simulated time."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from playfast.runs.pace import Pace


@dataclass(slots=True)
class Bucket:
    """A token bucket: `allowed` a second at a time of the simulation, `burst` at once."""

    allowed: Callable[[float], float]
    burst: float
    tokens: float = field(init=False)
    seen: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def ask(self, now: float) -> float | None:
        """None if the request is answered, else the seconds after which to ask again, whole as in `Retry-After`."""
        self.tokens = min(self.burst, self.tokens + (now - self.seen) * self.allowed(now))
        self.seen = now
        if self.tokens >= 1:
            self.tokens -= 1
            return None
        return max(1.0, math.ceil((1 - self.tokens) / self.allowed(now)))


@dataclass(frozen=True, slots=True)
class Asked:
    at: float
    refused: bool


@dataclass(slots=True)
class Crawl:
    """Requests as fast as the pace and `in_flight` allow, each answered after some 0.1 s."""

    pace: Pace
    bucket: Bucket
    in_flight: int = 15
    jitter: float = 0.5
    tells_when: bool = True
    blocked: Callable[[float], bool] = lambda _: False
    asked: list[Asked] = field(default_factory=list)

    def run(self, seconds: float) -> list[Asked]:
        chance, pace = Random(1), self.pace
        flying: list[tuple[float, float, float | None, bool]] = []
        now = free = 0.0
        while now < seconds:
            room = len(flying) < (1 if pace.alone else self.in_flight)
            start = max(free, pace.not_before) if room else math.inf
            if flying and flying[0][0] <= start:
                now, started, wait, blocked = heapq.heappop(flying)
                if blocked:
                    pace.blocked(started, now)
                elif wait is None:
                    pace.answered(started, now)
                else:
                    pace.refused(started, now, wait if self.tells_when else None)
                continue
            now = start
            blocked = self.blocked(now)
            wait = None if blocked else self.bucket.ask(now)
            pace.started(now)
            self.asked.append(Asked(now, blocked or wait is not None))
            heapq.heappush(flying, (now + chance.uniform(0.05, 0.2), now, wait, blocked))
            jitter = 0.0 if pace.slowed else self.jitter
            free = now + pace.interval * chance.uniform(1 - jitter, 1 + jitter)
        return self.asked
