"""A request as the handlers see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the query (first value of each name) and the posted body, and the store that was asked."""

    store: Store
    query: dict[str, str]
    body: bytes

    @property
    def gl(self) -> str:
        """The country asked for, as given: "us" when missing."""
        return self.query.get("gl") or "us"

    @property
    def hl(self) -> str:
        """The language asked for, as given: "en" when missing."""
        return self.query.get("hl") or "en"
