"""Which apps stand in which department of the store: one for each category, and those that hold several."""

from __future__ import annotations

from collections.abc import Callable

from .catalogue import App
from .labels import CATEGORIES

#: The departments above all categories: apps (which holds everything) and games.
EVERYTHING, GAMES = "APPLICATION", "GAME"
_FAMILY = "FAMILY"
_FOR_CHILDREN = ("ACTION", "BRAINGAMES", "CREATE", "EDUCATION", "MUSICVIDEO", "PRETEND")
_ON_THE_WRIST, _FACES = "ANDROID_WEAR", "WATCH_FACE"
_CHILDREN_SHARE, _WRIST_SHARE, _FACES_SHARE = 0.12, 0.06, 0.01


def _is_for_families(app: App) -> bool:
    return app.chance.happens("for families", _CHILDREN_SHARE)


def _for_children(kind: str) -> Callable[[App], bool]:
    return lambda app: _is_for_families(app) and app.chance.pick("for children", _FOR_CHILDREN) == kind


_HOLDS: dict[str, Callable[[App], bool]] = {
    EVERYTHING: lambda _: True,
    GAMES: lambda app: app.category.is_game,
    _FAMILY: _is_for_families,
    **{f"{_FAMILY}_{kind}": _for_children(kind) for kind in _FOR_CHILDREN},
    _ON_THE_WRIST: lambda app: app.chance.happens("on the wrist", _WRIST_SHARE),
    _FACES: lambda app: app.chance.happens("watch face", _FACES_SHARE),
}
_NAMES = {
    EVERYTHING: "Apps", GAMES: "Games", _FAMILY: "Kids", f"{_FAMILY}_ACTION": "Action & Adventure", f"{_FAMILY}_BRAINGAMES": "Brain Games",
    f"{_FAMILY}_CREATE": "Creativity", f"{_FAMILY}_EDUCATION": "Education", f"{_FAMILY}_MUSICVIDEO": "Music & Video",
    f"{_FAMILY}_PRETEND": "Pretend Play", _ON_THE_WRIST: "Watch apps", _FACES: "Watch faces",
}  # fmt: skip
_CATEGORIES = {category.key: category for category in CATEGORIES}

#: Every department.
DEPARTMENTS = (*_HOLDS, *_CATEGORIES)


def holds(department: str, app: App) -> bool:
    """Whether an app stands in a department."""
    of_several = _HOLDS.get(department)
    return app.category.key == department if of_several is None else of_several(app)


def name_of(department: str, language: str) -> str:
    """A department's name as a page in this language writes it."""
    one = _CATEGORIES.get(department)
    return _NAMES[department] if one is None else one.name_in(language)
