"""The apps that are found by looking through the store: the first of the catalogue, by the words of their titles and by department.

The catalogue has as many apps as one likes; a store that had to look through all of them for a word would never be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .catalogue import App
from .departments import holds
from .identifiers import ids
from .varieties import VARIETIES
from .weeks import app_in

_SIZE = 20_000
_WORD = re.compile(r"\w+")


def plain(text: str) -> str:
    """A text as searches compare it: in small letters, with one blank between two words."""
    return " ".join(text.casefold().split())


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(text.casefold())


@lru_cache(maxsize=8)
def stock(seed: int) -> Sequence[str]:
    """Ids of all apps that are found, the best known first."""
    found = [*VARIETIES, *ids(_SIZE, seed)]
    return sorted(found, key=lambda app_id: -App(app_id, seed).chance.unit("fame"))


@lru_cache(maxsize=3)
def _titles(seed: int, week: int) -> Sequence[str]:
    """The titles of the stock, in its order."""
    return [plain(app_in(app_id, seed, week).title) for app_id in stock(seed)]


@lru_cache(maxsize=3)
def _by_title(seed: int, week: int) -> dict[str, list[int]]:
    """Places in the stock by title."""
    found: dict[str, list[int]] = {}
    for place, title in enumerate(_titles(seed, week)):
        found.setdefault(title, []).append(place)
    return found


@lru_cache(maxsize=3)
def _by_word(seed: int, week: int) -> dict[str, list[int]]:
    """Places in the stock by word of the title."""
    found: dict[str, list[int]] = {}
    for place, title in enumerate(_titles(seed, week)):
        for word in dict.fromkeys(_WORD.findall(title)):
            found.setdefault(word, []).append(place)
    return found


def titled(title: str, seed: int, week: int) -> list[str]:
    """Ids of the apps with exactly this title, the best known first."""
    own = stock(seed)
    return [own[place] for place in _by_title(seed, week).get(plain(title), ())]


def with_words(text: str, seed: int, week: int) -> list[str]:
    """Ids of the apps whose titles have all words of a text, then of those that have some."""
    wanted = list(dict.fromkeys(words_of(text)))
    places = _by_word(seed, week)
    many: dict[int, int] = {}
    for word in wanted:
        for place in places.get(word, ()):
            many[place] = many.get(place, 0) + 1
    own = stock(seed)
    return [own[place] for place in sorted(many, key=lambda place: (-many[place], place))]


def titles_beginning(text: str, seed: int, week: int) -> list[str]:
    """The titles that begin with a text, in small letters, those of the best known apps first."""
    begin = plain(text)
    return [title for title in _titles(seed, week) if title.startswith(begin)]


@lru_cache(maxsize=256)
def of_department(department: str, seed: int) -> Sequence[str]:
    """Ids of the apps of a department, the best known first. No app changes its category."""
    return [app_id for app_id in stock(seed) if holds(department, App(app_id, seed))]


def available(app_ids: Iterable[str], seed: int, week: int, country: str) -> Iterable[App]:
    """Those of these apps that a country has, one by one."""
    for app_id in app_ids:
        app = app_in(app_id, seed, week)
        if app.status(country) == "available":
            yield app
