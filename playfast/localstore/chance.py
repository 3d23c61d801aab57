"""Repeatable chance: the same key and name give the same outcome on every machine and in every process."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b, shake_128
from itertools import accumulate
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_UNIT = 2.0**-64
_MASK = (1 << 64) - 1
_NOTHING_FORCED: Mapping[str, Any] = {}


@lru_cache(maxsize=20_000)
def _hashed(text: bytes | str) -> int:
    raw = text.encode() if isinstance(text, str) else text
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "little")


class Weighted(Generic[T]):
    """Options with their weights, which need not add up to 1."""

    def __init__(self, *options: tuple[float, T]) -> None:
        total = sum(weight for weight, _ in options)
        self._ends = [end / total for end in accumulate(weight for weight, _ in options)]
        self._options = [option for _, option in options]

    def at(self, point: float) -> T:
        """The option at a point from 0.0 up to, not including, 1.0."""
        return self._options[min(bisect_right(self._ends, point), len(self._options) - 1)]


class Chance:
    """Named draws for one key (a seed and an app id, usually).

    Every draw has a name and depends on nothing but the key and that name, so a value can be computed alone, in any
    order. ``forced`` gives draws a chosen outcome; the hand-placed apps of `varieties` are made with it.
    """

    __slots__ = ("_forced", "_head", "_key")

    def __init__(self, *key: object, forced: Mapping[str, Any] = _NOTHING_FORCED) -> None:
        self._head = "\x1f".join(map(str, key)).encode("utf-8", "surrogatepass") + b"\x1f"
        self._key = int.from_bytes(blake2b(self._head, digest_size=8).digest(), "little")
        self._forced = forced

    def number(self, name: str) -> int:
        """A number of 64 bits: key and name are hashed each for itself, then mixed, which is four times faster than hashing both."""
        mixed = self._key ^ _hashed(name)
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _MASK  # the finishing step of splitmix64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _MASK
        return mixed ^ mixed >> 31

    def unit(self, name: str) -> float:
        """A number from 0.0 up to, not including, 1.0."""
        return self.number(name) * _UNIT

    def happens(self, name: str, share: float) -> bool:
        """Whether something that happens to this share (0 to 1) of all keys happens to this one."""
        if self._forced and name in self._forced:
            return bool(self._forced[name])
        return self.number(name) * _UNIT < share

    def between(self, name: str, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        if self._forced and name in self._forced:
            return int(self._forced[name])
        return low + self.number(name) % (high - low + 1)

    def pick(self, name: str, options: Sequence[T]) -> T:
        """One of the options, each as likely as the others."""
        if self._forced and name in self._forced:
            chosen: T = self._forced[name]
            return chosen
        return options[self.number(name) % len(options)]

    def pick_weighted(self, name: str, options: Weighted[T]) -> T:
        """One of the options, by their weights."""
        if self._forced and name in self._forced:
            chosen: T = self._forced[name]
            return chosen
        return options.at(self.number(name) * _UNIT)

    def stream(self, name: str, length: int) -> bytes:
        """That many bytes, for values that need many small draws at once."""
        return shake_128(self._head + name.encode()).digest(length)

    def pick_many(self, name: str, options: Sequence[T], count: int) -> list[T]:
        """That many options, in an order of chance, repeats possible."""
        raw = self.stream(name, 2 * count)
        size = len(options)
        return [options[(raw[i] | raw[i + 1] << 8) % size] for i in range(0, 2 * count, 2)]

    def pick_some(self, name: str, options: Sequence[T], count: int) -> list[T]:
        """That many different options (all of them when there are fewer), in the order they were given."""
        if self._forced and name in self._forced:
            return list(self._forced[name])
        size = len(options)
        if count >= size:
            return list(options)
        left = list(range(size))
        point = self.number(name)
        chosen = []
        for remaining in range(size, size - count, -1):
            if point < size:  # used up: draw anew
                point = self.number(f"{name}{remaining}")
            point, place = divmod(point, remaining)
            chosen.append(left.pop(place))
        chosen.sort()
        return [options[place] for place in chosen]

    def text(self, name: str, length: int, alphabet: str) -> str:
        """Random characters of an alphabet."""
        size = len(alphabet)
        return "".join([alphabet[byte % size] for byte in self.stream(name, length)])

    def also(self, more: str) -> Chance:
        """A further chance, whose key is this one's with more behind it."""
        return Chance._of(self._head + more.encode() + b"\x1f", self.number(more), self._forced)

    @classmethod
    def _of(cls, head: bytes, key: int, forced: Mapping[str, Any]) -> Chance:
        self = cls.__new__(cls)
        self._head, self._key, self._forced = head, key, forced
        return self
