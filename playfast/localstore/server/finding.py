"""GET of the pages on which apps are found: searches, and the front pages of departments."""

from __future__ import annotations

from playfast.localstore.departments import DEPARTMENTS, EVERYTHING, GAMES
from playfast.localstore.page import front_sheet, search_sheet
from playfast.localstore.searches import ANY_PRICE, PRICES

from .asked import Asked
from .control import Handler
from .reply import Reply
from .sheets import BAD, page_of


def search(asked: Asked) -> Reply:
    """The page of a search."""
    query, price = asked.query.get("q", "").strip(), asked.query.get("price", str(ANY_PRICE))
    if not query or price not in map(str, PRICES):
        return Reply("page", 400, parts=[BAD])
    return page_of(asked, ("search", query, price), search_sheet.search(query, int(price)))


def _department(key: str) -> Handler:
    def answer(asked: Asked) -> Reply:
        make = front_sheet.department(key, generation=asked.store.options.tokens)
        return page_of(asked, ("department", key), make)

    return answer


def top(_: Asked) -> Reply:
    """Where the charts stood once: the way to the front page."""
    return Reply("page", 302, headers=[(b"location", front_sheet.path_of(EVERYTHING).encode())])


#: The front pages. That of everything and that of games stand at paths of their own.
FRONTS: dict[tuple[str, str], Handler] = {
    **{("GET", front_sheet.path_of(key)): _department(key) for key in DEPARTMENTS},
    **{("GET", f"/store/apps/category/{key}"): _department(key) for key in (EVERYTHING, GAMES)},
    ("GET", "/store/apps/top"): top,
}
