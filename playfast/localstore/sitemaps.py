"""The store's own list of all apps: generations of sitemaps, and which app stands in which shard.

Only the numbers of ids are kept, four bytes each, so that a list of millions takes no more than a phone's picture.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .identifiers import ids

_FIRST_RUN = 1_787_500_934
_APART = 302_400
_CHANGING = 100
"""One in so many apps is new in a generation, and as many are gone."""
_MASK = (1 << 64) - 1


@dataclass(frozen=True)
class Generation:
    """One build of the sitemaps: the number of the generation, from 0; how many shards and apps it has; the catalogue's seed."""

    number: int
    shards: int
    apps: int
    seed: int = 0

    @property
    def run(self) -> int:
        """When it was published: seconds since 1970, which are part of its names."""
        return _FIRST_RUN + self.number * _APART

    def name(self, shard: int) -> str:
        """The file name of a shard."""
        date = time.strftime("%Y-%m-%d", time.gmtime(self.run))
        return f"play_sitemaps_{date}_{self.run}-{shard:05}-of-{self.shards:05}.xml.gz"

    def shard_of(self, name: str) -> int | None:
        """Which shard has this name; None for a name of no shard, or of another generation's."""
        told = name.rpartition("-of-")[0].rpartition("-")[2]
        if not (told.isascii() and told.isdecimal()) or int(told) >= self.shards:
            return None
        return int(told) if name == self.name(int(told)) else None

    def ids(self) -> Iterator[str]:
        """All ids that it lists."""
        return ids(self.apps, self.seed, self._first)

    def of_shard(self, shard: int) -> list[str]:
        """The ids that a shard lists."""
        numbers, ends = self._placed
        begin = ends[shard - 1] if shard else 0
        return [next(ids(1, self.seed, number)) for number in numbers[begin : ends[shard]]]

    def counts(self) -> list[int]:
        """How many ids each shard lists."""
        _, ends = self._placed
        return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]

    @property
    def _first(self) -> int:
        return self.number * max(1, self.apps // _CHANGING)

    @cached_property
    def _placed(self) -> tuple[array[int], array[int]]:
        """The numbers of the ids, shard by shard, and where those of each shard end."""
        numbers = range(self._first, self._first + self.apps)
        ends = array("L", bytes(self.shards * array("L").itemsize))
        for number in numbers:
            ends[_scattered(number) % self.shards] += 1
        places = array("L", ends)
        reached = 0
        for shard, count in enumerate(ends):
            places[shard] = reached
            reached += count
            ends[shard] = reached
        placed = array("L", bytes(self.apps * array("L").itemsize))
        for number in numbers:
            shard = _scattered(number) % self.shards
            placed[places[shard]] = number
            places[shard] += 1
        return placed, ends


def _scattered(number: int) -> int:
    """The finishing step of splitmix64: shards are a matter of hashes, not of order."""
    mixed = (number + 0x9E3779B97F4A7C15) & _MASK
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _MASK
    return mixed ^ mixed >> 31
