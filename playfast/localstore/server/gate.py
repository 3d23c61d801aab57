"""What comes before the answer itself: limits of requests, and walls."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from time import monotonic

from .counts import Counts
from .limits import Bucket
from .options import Options
from .reply import Kind, Reply
from .walls import opened, wall

TOO_MANY = b"<html><title>Error 429 (Too Many Requests)</title>Too many requests</html>"


def _parts(options: Options) -> tuple[object, ...]:
    return options.allow_rpc, options.allow_page, options.burst, options.wall, options.wall_share


class Gate:
    """Lets requests through, or answers them itself. A new one begins with full buckets."""

    def __init__(self, options: Options, counts: Counts, clock: Callable[[], float] = monotonic) -> None:
        self._options = options
        self._counts = counts
        self._clock = clock
        self._chance = Random(options.fault_seed ^ 0x3A11)
        allowed = {"rpc": options.allow_rpc, "page": options.allow_page}
        self._buckets = {
            kind: Bucket(rate, max(1.0, rate * options.burst)) for kind, rate in allowed.items() if rate
        }
        self.made_of = _parts(options)
        self.is_open = not self._buckets and not options.wall

    def for_options(self, options: Options) -> Gate:
        """The gate for other options: the same where they say the same of it, so that its buckets stay as full as they are."""
        return self if _parts(options) == self.made_of else Gate(options, self._counts, self._clock)

    def stops(self, kind: Kind, address: str, host: str, cookie: str) -> Reply | None:
        """The reply of the gate; None for a request that may pass."""
        bucket = self._buckets.get(kind)
        if bucket is not None and (seconds := bucket.take(self._clock())) is not None:
            self._counts.faults["limited"] += 1
            return Reply(kind, 429, parts=[TOO_MANY], headers=[(b"retry-after", b"%d" % seconds)])
        name = self._options.wall
        if name and not opened(name, cookie) and self._chance.random() < self._options.wall_share:
            self._counts.faults[f"wall-{name}"] += 1
            return wall(name, kind, address, host)
        return None
