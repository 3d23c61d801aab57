"""What a crawl gives: one class per kind of record, one line per field.

Paths are indices into what Play sends (`play.record` has the rule): into the record of an app, a row of reviews, a card of a list. Where
each was found, and what other tools call the same value, is in `docs/fields.md`, which is made from these lines. Play leaves out what it
does not say, and so do we: None.
"""

from playfast.items.app import App
from playfast.items.availability import Availability, Presence
from playfast.items.catalog import (
    CatalogApp,
    CatalogChange,
    CatalogComparison,
    CatalogEstimate,
    CatalogShard,
)
from playfast.items.category import StoreCategory
from playfast.items.change import Change, DeveloperChange
from playfast.items.collection import Collection
from playfast.items.developer import Developer
from playfast.items.frame import to_frame
from playfast.items.listing import Listing, ListingSweep
from playfast.items.review import Review, ReviewSweep
from playfast.items.suggestions import Suggestions
from playfast.items.trust import DataSafety, Permissions

__all__ = [
    "App",
    "Availability",
    "CatalogApp",
    "CatalogChange",
    "CatalogComparison",
    "CatalogEstimate",
    "CatalogShard",
    "Change",
    "Collection",
    "DataSafety",
    "Developer",
    "DeveloperChange",
    "Listing",
    "ListingSweep",
    "Permissions",
    "Presence",
    "Review",
    "ReviewSweep",
    "StoreCategory",
    "Suggestions",
    "to_frame",
]
