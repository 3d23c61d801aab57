"""A cache bounded by bytes: what was used longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class ByteCache(Generic[V]):
    """Keeps values up to a number of bytes; the weight of each is told by whoever puts it in."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()

    def get(self, key: Hashable) -> V | None:
        """The value kept for the key, or None."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: V, weight: int) -> None:
        """Keep a value. One heavier than the whole cache is not kept."""
        if weight > self.limit:
            return
        before = self._kept.pop(key, None)
        if before is not None:
            self.weight -= before[1]
        self._kept[key] = (value, weight)
        self.weight += weight
        while self.weight > self.limit:
            _, (_, lost) = self._kept.popitem(last=False)
            self.weight -= lost

    def __len__(self) -> int:
        return len(self._kept)
