"""How many requests a second are allowed: a bucket of tokens for each kind of request."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """Gets ``rate`` tokens a second and holds at most ``burst``, with which it begins; a request takes one.

    Times are seconds of any one clock.
    """

    rate: float
    burst: float
    _tokens: float = field(init=False)
    _seen: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._tokens = self.burst

    def take(self, now: float) -> int | None:
        """None if there was a token; else the whole seconds until there will be one, at least 1."""
        if self._seen is not None:
            self._tokens = min(self.burst, self._tokens + (now - self._seen) * self.rate)
        self._seen = now
        if self._tokens >= 1:
            self._tokens -= 1
            return None
        return max(1, math.ceil((1 - self._tokens) / self.rate))
