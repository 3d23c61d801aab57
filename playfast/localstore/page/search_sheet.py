"""The page of a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

from playfast.localstore.record.view import View

from . import results
from .configuration import OF_APPS, configuration
from .sheets import STORE, Block, Sheet, framed, shown

_APPS = 4


def search(query: str, price: int) -> Callable[[View], Sheet]:
    """The page of a search for apps of one kind of price."""

    def make(view: View) -> Sheet:
        found = results.sections(view, query, OF_APPS, price)
        asked = [[[], configuration(of_search=True), [query], _APPS, [None, 1], None, None, [1], [1]], [1]]
        own: list[Block] = [("AZO9Cb", [query, _APPS, [1]], _tabs(query)), ("lGYRle", asked, found)]
        address = f"{STORE}/store/search?q={quote_plus(query)}&c=apps&hl={view.hl}"
        title = f"{query} - Android Apps on Google Play"
        cards = [
            row[0] for section in found[0][1] if len(section) == results.PLACES for row in section[-1][0]
        ]
        return Sheet(address, title, shown(query, cards), framed(view, own))

    return make


def _tabs(query: str) -> list[Any]:
    """AZO9Cb: what kinds of things the store can look for."""
    kinds = (("Apps & games", "apps"), ("Movies", "movies"), ("Books", "books"))
    at = f"/store/search?q={quote_plus(query)}&c="
    rows = [[None, name, None, None, int(kind == "apps"), [None, None, at + kind]] for name, kind in kinds]
    return [[[rows]]]
