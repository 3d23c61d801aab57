"""Tables of apps, with the value before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from playfast.pages import words
from playfast.pages.markup import Column, Html, element, folded, table, together
from playfast.storage.findings import Moved

_MOST = 2_000
"""Rows of a table; a page with many more could hardly be opened."""
_SHORT = 30
"""Rows of a table that is open when the page is."""


def of_apps(label: str, moved: Sequence[Moved]) -> Html:
    """Apps and where, without values."""
    columns = [Column("app"), Column("id"), Column("countries")]
    return _cut(table(label, columns, [_about(one) for one in moved[:_MOST]]), len(moved))


def of_values(
    label: str,
    moved: Sequence[Moved],
    show: Callable[[Any], str] = words.text_of,
    *,
    unit: str = "",
    number: bool = False,
) -> Html:
    """Apps and where, with both values; `unit` heads a column for their units."""
    columns = [Column("app"), Column("id"), Column("countries"), *([Column(unit)] if unit else [])]
    columns += [Column("before", number=number), Column("after", number=number)]
    rows = [
        [*_about(one), *([one.unit or ""] if unit else []), show(one.before), show(one.after)]
        for one in moved[:_MOST]
    ]
    return _cut(table(label, columns, rows), len(moved))


def _about(one: Moved) -> list[str]:
    return [one.title or words.NOTHING, one.app_id, ", ".join(one.places)]


def _cut(found: Html, count: int) -> Html:
    if count > _MOST:
        rest = f"The first {_MOST:,} of {count:,}; `scrapy changes` writes all of them."
        found = together(found, element("p", rest, class_="soft"))
    return found if count <= _SHORT else folded(words.of(count, "row"), found)
