"""What a caller asks for: apps of storefronts, and the place for the records."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from playfast.items import App
from playfast.spiders.plan import Storefront


class Order:
    """Ids, each of all storefronts; `future` has all records once the last has come.

    Attributes:
        future: the records, all of the first storefront's first, each storefront's in the order of the ids.
    """

    def __init__(self, ids: Sequence[str], storefronts: Sequence[Storefront]) -> None:
        self.ids = ids
        self.storefronts = storefronts
        self.future: Future[list[App]] = Future()
        # From here on it cannot be cancelled, so that whoever sets its result need not ask; a caller who no longer waits does no harm.
        self.future.set_running_or_notify_cancel()
        self._records: list[App | None] = [None] * (len(ids) * len(storefronts))
        self._missing = len(self._records)
        if not self._missing:
            self.future.set_result([])

    def put(self, place: int, record: App) -> None:
        """The record for a place: that of `ids[place % len(ids)]` in `storefronts[place // len(ids)]`."""
        self._records[place] = record
        self._missing -= 1
        if not self._missing:
            self.future.set_result([record for record in self._records if record is not None])

    def fail(self, error: Exception) -> None:
        """There will be no records."""
        if not self.future.done():
            self.future.set_exception(error)
