"""Spiders of lists whose asking ends with a `ListingSweep`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from playfast.items import App, ListingSweep
from playfast.play.verdict import Status
from playfast.spiders.listings import Lists, ListsSpider
from playfast.spiders.plan import Asked, Storefront


class SweptLists(ListsSpider):
    """A spider of lists; a subclass says on which page they stand (`address_of`), too."""

    others_beside_apps: ClassVar[tuple[type[Any], ...]] = (ListingSweep,)
    other_items: ClassVar[tuple[type[Any], ...]] = (ListingSweep,)
    beside: ClassVar[Mapping[str, type[Any]]] = {"sweeps": ListingSweep, "apps": App}

    def address_of(self, what: str, storefront: Storefront) -> str:
        """Address of the page that shows the lists."""
        raise NotImplementedError

    def ended(self, asked: Asked, found: Lists) -> Any:
        return ListingSweep(
            **self._key(asked.what, asked.storefront),
            url=self.address_of(asked.what, asked.storefront),
            status=found.status.value,
            error=found.error,
            fetched_at=found.fetched_at,
            via=found.via and found.via.value,
            rows={name: len(seen) for name, seen in found.seen.items()},
            stopped=dict(found.stopped),
        )

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        return ListingSweep(
            **self._key(entry, storefront),
            status=Status.INVALID_ID.value,
            error=self.problem(entry),
        )

    def _key(self, what: str, storefront: Storefront) -> dict[str, Any]:
        return {"asked": what, "country": storefront.country, "lang": storefront.lang}
