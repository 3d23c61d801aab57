"""What a crawl of the catalog makes of all shards together: an estimate from a sample, or a comparison with an earlier list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from playfast.errors import LedgerError
from playfast.items import CatalogComparison, CatalogEstimate
from playfast.items.catalog import GONE
from playfast.play.generation import Generation
from playfast.play.verdict import Status
from playfast.runs import estimate
from playfast.sources import catalog
from playfast.sources.earlier import Earlier
from playfast.sources.lines import Source


@dataclass(slots=True)
class Census:
    """The counts of the shards that were read, by this crawl and by earlier ones with its ledger.

    Attributes:
        counts: apps of each shard, by its name; of a sample alone.
        read: how many shards were read.
        apps: how many apps are in them.
        new: how many of these are not in the earlier list.
    """

    generation: Generation
    keeps_counts: bool
    counts: dict[str, int] = field(default_factory=dict)
    read: int = 0
    apps: int = 0
    new: int = 0

    def add(self, name: str, apps: int, new: int) -> None:
        """A shard was read."""
        self.read += 1
        self.apps += apps
        self.new += new
        if self.keeps_counts:
            self.counts[name] = apps

    def estimated(self, names: list[str], seed: str) -> CatalogEstimate | None:
        """The estimate from the shards that were drawn; None where too few could be read."""
        counts = [self.counts[name] for name in names if name in self.counts]
        if len(counts) < estimate.LEAST:
            return None
        found = estimate.total(counts, self.generation.shards)
        return CatalogEstimate(
            generation=self.generation.run,
            seed=seed,
            fetched_at=datetime.now(UTC),
            shards=self.generation.shards,
            sampled=len(names),
            read=len(counts),
            found=sum(counts),
            mean=found.mean,
            apps=found.total,
            standard_error=found.standard_error,
            margin=found.margin,
            low=found.low,
            high=found.high,
        )


class Comparison:
    """An earlier list, and what of it has been seen."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.name = source.name
        self.earlier = Earlier()
        self.before = 0
        self.gone = 0

    def read(self) -> None:
        """Read the earlier list. In a thread.

        Raises:
            SourceError: it cannot be read, or is not the whole list of one generation.
        """
        self.before = self.earlier.take(catalog.read(self._source.lines(), self.name))

    def missing(self) -> Iterator[str]:
        """The ids of the earlier list that no shard names, once all have been read."""
        for app_id in self.earlier.gone():
            self.gone += 1
            yield app_id

    def ended(self, census: Census) -> CatalogComparison:
        """The record that stands at its end."""
        shards = census.generation.shards
        whole = census.read == shards
        return CatalogComparison(
            shard=GONE,
            generation=census.generation.run,
            status=(Status.AVAILABLE if whole else Status.ERROR).value,
            error=None
            if whole
            else f"{shards - census.read:,} of {shards:,} sitemaps could not be read, so nobody knows what is gone",
            fetched_at=datetime.now(UTC),
            since=self.name,
            before=self.before,
            apps=census.apps if whole else None,
            new=census.new,
            gone=self.gone if whole else None,
        )


def mark(apps: list[str], new: int, *, ids: bool) -> str:
    """What a ledger keeps of a shard that was read, for a crawl that goes on: its apps, where these are compared, else how many."""
    told: dict[str, Any] = {"apps": len(apps), "new": new}
    return orjson.dumps(told | {"ids": apps} if ids else told).decode()


def from_mark(census: Census, comparison: Comparison | None, name: str, text: str | None) -> None:
    """Take in a shard that an earlier crawl has read.

    Raises:
        LedgerError: that crawl did not keep what this one needs.
    """
    told = {} if text is None else orjson.loads(text)
    if comparison is not None:
        if "ids" not in told:
            raise LedgerError(
                "what it holds was read without since=, so nobody knows which apps were there; take another ledger, and other feeds"
            )
        comparison.earlier.see(told["ids"])
    census.add(name, told.get("apps", 0), told.get("new", 0))
