"""The store's charts: for each collection and department the apps in their order."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .catalogue import App
from .departments import DEPARTMENTS
from .stock import available, of_department

#: No chart is longer, whatever is asked.
LONGEST = 200
_MOVES = 0.3
_AMONG = 4_000
"""So many of the best known apps of a department are looked at."""
_EMPTY = {("topselling_paid", "DATING")}
"""Charts that have no apps, as on record."""


def _is_free(app: App, country: str) -> bool:
    offer = app.offer(country)
    return offer is not None and not offer.micros


def _is_paid(app: App, country: str) -> bool:
    offer = app.offer(country)
    return offer is not None and offer.micros > 0


def _earns(app: App, country: str) -> bool:
    return _is_paid(app, country) or app.item_prices(country) is not None


def _is_new(app: App) -> bool:
    return app.chance.happens("new in charts", 0.15)


_HOLDS: dict[str, Callable[[App, str], bool]] = {
    "topselling_free": _is_free,
    "topselling_paid": _is_paid,
    "topgrossing": _earns,
    "topselling_new_free": lambda app, country: _is_new(app) and _is_free(app, country),
    "topselling_new_paid": lambda app, country: _is_new(app) and _is_paid(app, country),
    "movers_shakers": lambda app, _: app.chance.happens("moves and shakes", 0.3),
}

#: The collections that there are charts of.
COLLECTIONS = tuple(_HOLDS)


@lru_cache(maxsize=256)
def chart(collection: str, department: str, country: str, seed: int, week: int) -> tuple[str, ...]:
    """Ids of the apps of a chart, the first place first; none for a chart that there is not."""
    belongs = _HOLDS.get(collection)
    if belongs is None or department not in DEPARTMENTS or (collection, department) in _EMPTY:
        return ()
    known = of_department(department, seed)[:_AMONG]
    found = [app for app in available(known, seed, week, country) if belongs(app, country)]
    found.sort(key=lambda app: -_weight(app, collection, country))
    return tuple(app.app_id for app in found[:LONGEST])


def _weight(app: App, collection: str, country: str) -> float:
    """What an app's place comes from: how well it is known, and chance of the chart, which is another one in some weeks."""
    chance = app.chance
    moved = max(
        (w for w in range(1, app.week + 1) if chance.happens(f"{collection} moves in week {w}", _MOVES)),
        default=0,
    )
    return chance.unit("fame") + 0.1 * chance.unit(f"{collection} {country} in week {moved}")
