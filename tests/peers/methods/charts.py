"""`list` of npm's scraper beside the spider `charts`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.peers.asked import HOME, Storefront
from tests.peers.fields import SOMETHING, Case, Comparison
from tests.peers.methods import cards
from tests.peers.peers import Peer
from tests.peers.running import Run

FIELDS = {"npm": cards.FIELDS}
LEFT_OUT: dict[str, str] = {}
CATEGORIES = ("APPLICATION", "GAME", "GAME_PUZZLE", "TOOLS", "DATING", "COMICS", "FAMILY", "WATCH_FACE")
COLLECTIONS = {
    "TOP_FREE": "topselling_free",
    "TOP_PAID": "topselling_paid",
    "GROSSING": "topgrossing",
}
"""All that it can ask for, by its names."""
PLACES = (HOME, Storefront("de", "de"), Storefront("jp", "ja"))
_MOST = 660
"""More than any chart has; unless it is told a number, it asks for 500."""


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for every chart of some categories."""
    for place in PLACES:
        ask(run, peer, comparison, place, tuple(COLLECTIONS), CATEGORIES)


def ask(
    run: Run,
    peer: Peer,
    comparison: Comparison,
    place: Storefront,
    collections: Sequence[str],
    categories: Sequence[str],
) -> None:
    """Ask in one storefront."""
    ours = run.ours(
        "charts",
        categories=",".join(categories),
        collections=",".join(COLLECTIONS[name] for name in collections),
        countries=place.country,
        langs=place.lang,
    )
    asked = [(name, category) for name in collections for category in categories]
    answers = run.ask(
        peer,
        "list",
        [
            {
                "collection": name,
                "category": category,
                "num": _MOST,
                "lang": place.lang,
                "country": place.country,
            }
            for name, category in asked
        ],
    )
    for (name, category), answer in zip(asked, answers, strict=True):
        listed = cards.rows(ours, COLLECTIONS[name]).get(category, [])
        case = Case(
            ours={},
            what=f"{name} of {category} in {place.country}, {place.lang}",
            facts={"empty": not listed},
        )
        cards.compare(comparison, case, answer, SOMETHING if listed else "nothing", listed)
