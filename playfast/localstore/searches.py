"""What a search finds: ids in order, and the app that stands above them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from . import makers, shelves
from .catalogue import App
from .chance import Chance
from .identifiers import is_well_formed
from .stock import available, plain, stock, titled, with_words, words_of

#: What the page may be told to show: apps of any price, free ones, paid ones.
ANY_PRICE, FREE, PAID = 0, 1, 2
PRICES = (ANY_PRICE, FREE, PAID)
_BY_DEVELOPER = "pub:"
_NONE = "nothing"
"""A search for this word finds nothing."""
_FEATURES = 0.33
_FEWEST, _MOST = 100, 250
_DRAWS = 1_000


class Found(NamedTuple):
    """What a search found: ids in order. ``features`` says that the first of them stands above the others, at length."""

    ids: tuple[str, ...]
    features: bool

    @property
    def featured(self) -> str | None:
        """Id of the app that stands above the others."""
        return self.ids[0] if self.features else None


def finds_nothing(text: str) -> bool:
    """Whether this is a text to which the store has no answer."""
    wanted = words_of(text)
    return not wanted or _NONE in wanted


def has_price(app: App, country: str, price: int) -> bool:
    """Whether an app is one of those that a search for this kind of price finds."""
    if price == ANY_PRICE:
        return True
    offer = app.offer(country)
    return offer is not None and (offer.micros > 0) == (price == PAID)


@lru_cache(maxsize=256)
def search(query: str, country: str, seed: int, week: int, price: int = ANY_PRICE) -> Found:
    """What a search finds in a country, whatever the language."""
    if query.startswith(_BY_DEVELOPER):
        return _of_developer(query.removeprefix(_BY_DEVELOPER), country, seed, week)
    if finds_nothing(query):
        return Found((), features=False)
    own = Chance(seed, "search", plain(query))
    exact = _meant(query, country, seed, week)
    exact = exact if exact is not None and has_price(exact, country, price) else None
    count = own.between("count", _FEWEST, _MOST)
    ids: dict[str, None] = {} if exact is None else {exact.app_id: None}
    for app in available(_candidates(query, own, seed, week), seed, week, country):
        if has_price(app, country, price):
            ids[app.app_id] = None
        if len(ids) == count:
            break
    features = bool(ids) and (exact is not None or own.happens("features one", _FEATURES))
    return Found(tuple(ids), features)


def _candidates(query: str, own: Chance, seed: int, week: int) -> Iterator[str]:
    """Apps with the words of the query in their titles; then others, as the store adds them."""
    yield from with_words(query, seed, week)
    everything = stock(seed)
    raw = own.stream("others", 4 * _DRAWS)
    for draw in range(0, 4 * _DRAWS, 4):
        yield everything[int.from_bytes(raw[draw : draw + 4], "little") % len(everything)]


def _meant(query: str, country: str, seed: int, week: int) -> App | None:
    """The app whose title or id the query is, if the country has it."""
    wanted = query.strip()
    app_ids = [wanted] if is_well_formed(wanted) else titled(wanted, seed, week)
    return next(iter(available(app_ids, seed, week, country)), None)


def _of_developer(name: str, country: str, seed: int, week: int) -> Found:
    key = makers.by_name(name)
    found = [] if key is None else shelves.by_developer(key, seed, week, country)
    return Found(tuple(found), features=False)
