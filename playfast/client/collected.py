"""What a crawl gave to its caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from scrapy import Spider

from playfast.errors import ClientError
from playfast.items import CatalogEstimate
from playfast.runs.outcome import judge
from playfast.spiders.base import PlaySpider

Item = TypeVar("Item")


@dataclass(slots=True)
class Collected:
    """What one crawl gave, and how it ended.

    Attributes:
        items: The items by their class, each class in the order in which they passed the pipelines.
        stats: What the crawl has counted (`docs/statistics.md`).
        ended: How the crawl ended, in a sentence: for the spiders of this project the one that `scrapy crawl` ends with.
    """

    items: dict[type[Any], list[Any]] = field(default_factory=dict)
    stats: Mapping[str, Any] = field(default_factory=dict)
    ended: str = "nothing was to be asked"

    def of(self, kind: type[Item]) -> list[Item]:
        """The items of one class; none where none came."""
        return self.items.get(kind, [])

    @property
    def finished(self) -> bool:
        """Whether the crawl came to its end: all was asked. False where it gave up, or was closed or stopped before."""
        return bool(self.stats.get("finish_reason", "finished") == "finished")


def finish(found: Collected, spider: type[Spider], stats: Mapping[str, Any]) -> Collected:
    """The crawl of a spider has ended, having counted this."""
    found.stats = stats
    ours = issubclass(spider, PlaySpider)
    found.ended = (
        judge(stats).line if ours else f"the crawl ended with the reason {stats.get('finish_reason')!r}"
    )
    return found


def estimate_of(found: Collected) -> CatalogEstimate:
    """The estimate that a crawl of a sample made.

    Raises:
        ClientError: it made none.
    """
    estimates = found.of(CatalogEstimate)
    if not estimates:
        raise ClientError(f"there is no estimate: {found.ended}")
    return estimates[0]
