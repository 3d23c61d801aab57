"""Which items a feed takes: by status, and by class where a spider gives several."""

from __future__ import annotations

from typing import Any

from scrapy.extensions.feedexport import ItemFilter

from playfast.play.verdict import Status

_STATUSES = frozenset(status.value for status in Status)


class ChosenItems(ItemFilter):
    """Takes what another filter takes, without items of the classes `but`, and without records of other statuses than `only`.

    Items that have no status, or one that is not ours, pass.
    """

    def __init__(
        self, inner: ItemFilter, *, only: frozenset[str] | None = None, but: tuple[type[Any], ...] = ()
    ) -> None:
        super().__init__(None)
        self.inner = inner
        self.item_classes = getattr(inner, "item_classes", ())
        self.unwanted = frozenset() if only is None else _STATUSES - only
        self.but = but

    def accepts(self, item: Any) -> bool:
        if self.but and isinstance(item, self.but):
            return False
        if self.unwanted and _status(item) in self.unwanted:
            return False
        return self.inner.accepts(item)


def _status(item: Any) -> str | None:
    try:
        status = item.get("status") if hasattr(item, "get") else getattr(item, "status", None)
    except Exception:  # noqa: BLE001 - somebody else's item; it passes
        return None
    return status if isinstance(status, str) else None
