"""Rows, and how complete they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from playfast.items import App, Presence

Row = TypeVar("Row")
Closing = TypeVar("Closing")

_ANSWERED = ("available", "preregister", "not_in_region")
_AS_ASKED = ("end", "empty", "since", "max_per_app", "limit")
"""Why a list may end without anything amiss: there is no more, or no more was asked for."""


@dataclass(slots=True)
class Swept(Generic[Row, Closing]):
    """Rows, and for each thing that was asked one closing record that says how asking for it went. Iterating gives the rows.

    Attributes:
        rows: The rows, those of what was asked first before the others.
        closing: One record for each thing that was asked, in that order.
        ended: How the crawl ended, in a sentence.
        apps: With `details`: the whole record of each app that stands in a row.
    """

    rows: list[Row]
    closing: list[Closing]
    ended: str
    apps: list[App] = field(default_factory=list)

    @property
    def incomplete(self) -> list[Closing]:
        """The closing records of what is not all there: not found, no id, no answer to trust, or a list that ended before its end."""
        return [record for record in self.closing if not is_complete(record)]

    @property
    def complete(self) -> bool:
        """Whether everything that was asked is there. Look at it, or at `incomplete`: a list that stopped early looks like a short one."""
        return not self.incomplete

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def is_complete(closing: Any) -> bool:
    """Whether a closing record says that what it is about is all there."""
    if isinstance(closing, Presence):
        return closing.answered == closing.countries
    stopped = closing.stopped
    reasons = stopped.values() if isinstance(stopped, dict) else (stopped,)
    return closing.status in _ANSWERED and all(reason is None or reason in _AS_ASKED for reason in reasons)
