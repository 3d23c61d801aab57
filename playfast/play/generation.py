"""One build of the store's sitemaps: told by the names of its shards, which hold a Unix time, a number, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from playfast.errors import RepublishedError, SitemapError
from playfast.play.convert import ORIGIN

_SHARD = re.compile(
    r"(/[^?#]*play_sitemaps_\d{4}-\d{2}-\d{2}_)(\d{9,11})-(\d{5,6})-of-(\d{5,6})(\.xml(?:\.gz)?)", re.ASCII
)
_GENUINE = urlsplit(ORIGIN).hostname
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Generation:
    """A build.

    Attributes:
        run: when it was published, as its names have it: seconds since 1970.
        shards: how many there are.
        head: the path of a shard up to that time.
        tail: its ending.
    """

    run: str
    shards: int
    head: str
    tail: str

    @property
    def published_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.run), UTC)

    def name(self, number: int) -> str:
        """What a shard is called here."""
        width = max(5, len(str(self.shards)))
        return f"{number:0{width}}-of-{self.shards:0{width}}"

    def path(self, name: str) -> str:
        """The path of a shard that is called so."""
        return f"{self.head}{self.run}-{name}{self.tail}"


@dataclass(frozen=True, slots=True)
class Found:
    """What indices name: one generation, whole; and how many files that are no shards of it."""

    generation: Generation
    others: int


def number_of(name: str) -> tuple[int, int]:
    """The number of a shard, and of how many, by what it is called.

    Raises:
        ValueError: nothing is called so.
    """
    number, of = name.split("-of-")
    return int(number), int(of)


def path_of(address: str, host: str | None) -> str:
    """The path of an address of the store's, be it the genuine one's or that of the host which is asked in its place.

    Raises:
        SitemapError: it is of another host.
    """
    try:
        parts = urlsplit(address)
        named = parts.hostname
    except ValueError as error:
        raise SitemapError(f"{address[:100]!r} is no address: {error}") from error
    if named not in (_GENUINE, host) or parts.scheme not in ("http", "https") or not address.isprintable():
        raise SitemapError(f"{address[:100]!r} is no address of the store's")
    return parts.path + (f"?{parts.query}" if parts.query else "")


def whole(paths: Iterable[str]) -> Found:
    """The one generation whose shards stand at these paths.

    Raises:
        RepublishedError: they are of several generations.
        SitemapError: there are none, or some are missing.
    """
    kinds: dict[Generation, bytearray] = {}
    others = 0
    for path in paths:
        told = _SHARD.fullmatch(path)
        if told is None:
            others += 1
            continue
        head, run, number, of, tail = told.groups()
        generation = Generation(run, int(of), head, tail)
        if int(number) >= int(of) or generation.path(generation.name(int(number))) != path:
            raise SitemapError(f"{path[-100:]!r}: no shard has such a name")
        kinds.setdefault(generation, bytearray(int(of)))[int(number)] = 1
    if not kinds:
        raise SitemapError(f"the indices name no shard among their {others:,} files")
    if len(kinds) > 1:
        runs = ", ".join(sorted({kind.run for kind in kinds})[:_SHOWN])
        raise RepublishedError(f"the indices name shards of {len(kinds)} builds side by side ({runs})")
    ((generation, seen),) = kinds.items()
    missing = [number for number, there in enumerate(seen) if not there]
    if missing:
        shown = ", ".join(map(str, missing[:_SHOWN]))
        raise SitemapError(
            f"the indices name {generation.shards - len(missing):,} of {generation.shards:,} shards; missing are {shown}"
            + (" and others" if len(missing) > _SHOWN else "")
        )
    return Found(generation, others)
