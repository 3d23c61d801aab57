"""Which classes of items a database keeps, by the names of their tables, and what tells their rows apart. No SQL."""

from __future__ import annotations

from typing import Any

from playfast.items import (
    App,
    Availability,
    CatalogApp,
    CatalogChange,
    CatalogComparison,
    CatalogEstimate,
    CatalogShard,
    Collection,
    DataSafety,
    Developer,
    Listing,
    ListingSweep,
    Permissions,
    Presence,
    Review,
    ReviewSweep,
    StoreCategory,
    Suggestions,
)

RECORDS: dict[str, type[Any]] = {
    "apps": App,
    "permissions": Permissions,
    "data_safety": DataSafety,
    "availability": Availability,
    "developers": Developer,
}
"""Records of which there is one for each question, whose values change: the newest is kept, and every change."""
ONCE: dict[str, type[Any]] = {"reviews": Review}
"""Rows that are themselves wherever they come from: each is kept once, as it came last."""
SERIES: dict[str, type[Any]] = {
    "review_sweeps": ReviewSweep,
    "listings": Listing,
    "listing_sweeps": ListingSweep,
    "presence": Presence,
    "suggestions": Suggestions,
    "categories": StoreCategory,
    "collections": Collection,
    "catalog_apps": CatalogApp,
    "catalog_shards": CatalogShard,
    "catalog_changes": CatalogChange,
    "catalog_comparisons": CatalogComparison,
    "catalog_estimates": CatalogEstimate,
}
"""What a crawl found at its time, a rank or a count: kept of every crawl."""
NAMES: dict[type[Any], str] = {kind: name for name, kind in {**RECORDS, **ONCE, **SERIES}.items()}
"""The name of each class's table."""


def key(kind: type[Any]) -> tuple[str, ...]:
    """The fields that tell the rows of a class apart; in a series, beside the crawl."""
    identity = kind.identity
    if kind in ONCE.values():  # the language that it was asked in is a value like others
        return (identity.asked, *identity.row)
    return (*filter(None, (identity.asked, identity.country, identity.lang)), *identity.row)
