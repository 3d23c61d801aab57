"""Results of a search (lGYRle): sections of today's layout, or rows of the older one, which go on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from playfast.localstore import searches, tokens
from playfast.localstore.chance import Chance
from playfast.localstore.media import tokens as letters
from playfast.localstore.record.view import View
from playfast.localstore.searches import Found

from . import marks
from .at_length import shown_at_length
from .cards import found_card
from .clusters import continued, seen_by

_CARDS, _BESIDE_ONE = 30, 19
PLACES = 23
_KIND = "search"


class Begun(NamedTuple):
    """A list of results that was begun: of which query, how many were told, and in which form they were asked for."""

    query: str
    begin: int
    kind: str


def searched(view: View, query: str, price: int = searches.ANY_PRICE) -> Found:
    """What a search finds in the storefront of a view."""
    return searches.search(query, view.country.code, view.app.seed, view.app.week, price)


def sections(
    view: View, query: str, mask: Collection[int] | None, price: int = searches.ANY_PRICE
) -> list[Any]:
    """The answer in today's layout: the app that stands above, if one does, and the first results. It does not go on."""
    found = searched(view, query, price)
    out: list[Any] = []
    if found.features:
        (one,) = seen_by(view, [*found.ids[:1]])
        out.append(shown_at_length(one, marks.above(one.app.app_id), mask))
    begin = len(out)
    shown = found.ids[begin : begin + (_BESIDE_ONE if begin else _CARDS)]
    if shown:
        cards = [[found_card(one, mask)] for one in seen_by(view, [*shown])]
        name = f"search_results_cluster_apps_range_{begin}_{begin + len(shown)}"
        node: list[Any] = [None] * PLACES
        node[3] = [marks.found(name, begin), [[name, 2], None, None, begin]]
        node[-1] = [cards, [""] if begin else ["", None, None, None, 1]]
        out.append(node)
    noise = Chance("search", query, view.hl, view.country.code)
    stream = [None, out, None, [None, "EAEaIA" + letters(noise, "stream", 42)], 1 - begin]
    log = "CAESGQgGEANaEw" + letters(noise, "log", 96) + "=="
    return [[*stream, [marks.page("search_clusters")]], [log], None, []]


def rows(view: View, query: str, count: int, kind: str, generation: int) -> list[Any]:
    """The answer in the older layout: as many rows as are asked for, and where they go on."""
    return more(view, Begun(query, 0, kind), count, generation)


def opened(token: str, generation: int) -> Begun | None:
    """What a token goes on with; None for one that is no search's."""
    values = tokens.opened(_KIND, generation, token)
    return None if values is None else Begun(*values)


def more(view: View, begun: Begun, count: int, generation: int) -> list[Any]:
    """qnKhOb: how results go on."""
    ids = searched(view, begun.query).ids
    end = begun.begin + count
    going_on = [None, tokens.seal(_KIND, generation, begun.query, end, begun.kind)]
    shown = seen_by(view, [*ids[begun.begin : end]])
    return continued(shown, going_on if end < len(ids) else None, older=True)
