"""GET of the pages on which apps are found: searches."""

from __future__ import annotations

from playfast.localstore.page import search_sheet
from playfast.localstore.searches import ANY_PRICE, PRICES

from .asked import Asked
from .reply import Reply
from .sheets import BAD, page_of


def search(asked: Asked) -> Reply:
    """The page of a search."""
    query, price = asked.query.get("q", "").strip(), asked.query.get("price", str(ANY_PRICE))
    if not query or price not in map(str, PRICES):
        return Reply("page", 400, parts=[BAD])
    return page_of(asked, ("search", query, price), search_sheet.search(query, int(price)))
