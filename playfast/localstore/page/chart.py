"""A chart (vyAe2): one section with a row for each place."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from playfast.localstore import charts
from playfast.localstore.catalogue import App
from playfast.localstore.record.view import View

from . import marks
from .cards import card
from .clusters import STREAM_MARK, seen_by

_PLACES = 29
_MOST_TAGS = 4
_NAMELESS, _BEGIN_WITH_TWO = 0.05, 0.02


def chart(view: View, collection: str, department: str, rows: int, mask: Collection[int] | None) -> list[Any]:
    """The first places of a chart; no section for one that has none."""
    ids = charts.chart(collection, department, view.country.code, view.app.seed, view.app.week)[:rows]
    told = []
    if ids:
        node: list[Any] = [None] * _PLACES
        node[3] = [marks.charted(f"{collection}_{department}")]
        node[-1] = [[[card(one, mask), _tags(one.app), 0] for one in seen_by(view, [*ids])]]
        told.append(node)
    return [[None, told or None, None, [], view.yes, [STREAM_MARK]]]


def _tags(app: App) -> list[Any]:
    """The names of what an app is, deep within arrays that say nothing. Now and then one without a name stands before them."""
    names = [tag.name for group in app.tags or () for tag in group] or [app.category.name]
    tags: list[Any] = [[None, None, None, [name]] for name in names[:_MOST_TAGS]]
    if app.chance.happens("tag without a name", _NAMELESS):
        tags = [[None, None, None, None, []], *tags[: _MOST_TAGS - 1]]
    last: list[Any] = [None, None, None, None, None, []]
    few = app.chance.happens("tags begin with two", _BEGIN_WITH_TWO)
    before: list[Any] = [[[[[]]]], *[None] * 7, []]
    named: list[Any] = [[tags], None, None, None, [], None, None, None, []]
    behind: list[Any] = [
        [[[None, None, []], *([last] if few else [])]], [[last]], None, [], None, None, None, None, [],
    ]  # fmt: skip
    return [[before, named, behind]]
