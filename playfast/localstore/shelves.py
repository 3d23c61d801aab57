"""Lists of apps: those that are similar to one, and those of a developer."""

from __future__ import annotations

from . import makers
from .catalogue import App
from .chance import Chance
from .identifiers import ids
from .weeks import app_in

_POOL = 3_000_000


def similar(app: App, country: str) -> list[str]:
    """Ids of the apps that the store calls similar, of those that are available in a country: 30 to 110."""
    count = app.chance.between("similar count", 32, 118)
    numbers = [app.chance.between(f"similar{k}", 0, _POOL) for k in range(count)]
    found = dict.fromkeys(next(ids(1, app.seed, number)) for number in numbers)
    return _available([app_id for app_id in found if app_id != app.app_id], app.seed, app.week, country)


def has_similar(app: App) -> bool:
    """Whether there are any; a few apps have none."""
    return not app.chance.happens("no related", 0.04)


def by_developer(key: int, seed: int, week: int, country: str) -> list[str]:
    """Ids of the apps of developer k that are available in a country."""
    own = Chance("developer", key)
    many = own.happens("many apps", 0.12)
    count = own.between("many", 60, 140) if many else own.between("apps", 1, 24)
    return _available(makers.ids_of(key, count), seed, week, country)


def has_above(key: int) -> bool:
    """Whether the first app of developer k stands by itself above the list on the numbered page, and is left out of it."""
    return Chance("developer", key).happens("one above the list", 0.5)


def _available(app_ids: list[str], seed: int, week: int, country: str) -> list[str]:
    return [app_id for app_id in app_ids if app_in(app_id, seed, week).status(country) == "available"]
