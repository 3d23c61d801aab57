"""Fields for labels: content rating, and further categories and tags."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from playfast.localstore.chance import Chance
from playfast.localstore.labels import ContentRating, Tag
from playfast.localstore.media import address

from .fields import field
from .parts import anchor, html, link, outside, picture
from .view import View

_ABOUT = "https://support.google.com/googleplay?p=appgame_ratings"
_EXPLAINED = "Content is fit for people of every age. It may hold minimal cartoon or fantasy violence and seldom mild language."
# Groups of tags that the store wraps once more: players, mood and offline.
_DEEPER = {3, 5, 6}


@lru_cache(maxsize=64)
def _board_image(board: str, level: int, name: str) -> str:
    return address(Chance("board", board, level), name)


@field(10)
def content_rating(view: View) -> Any:
    """For whom it is fit, with the board's images and its reasons."""
    found = view.app.content_rating(view.country.code)
    return _rating(found, view.lang.say("learn_more"), view.flag(value=found.board == "GRAC"))


@lru_cache(maxsize=4096, typed=True)
def _rating(found: ContentRating, learn_more: str, flag: Any) -> list[Any]:
    return [
        found.name,
        picture(_board_image(found.board, found.level, "large"), [512, 512]),
        html(found.descriptors) if found.descriptors else None,
        html(found.interactive) if found.interactive else None,
        html(anchor(_ABOUT, learn_more)),
        flag,
        html(_EXPLAINED) if found.level == 0 and found.board == "ESRB" and not found.interactive else None,
        picture(_board_image(found.board, found.level, "small"), [272, 272]),
        outside(_ABOUT),
    ]


@lru_cache(maxsize=1024)
def _tag(tag: Tag) -> list[Any]:
    path = (
        f"/store/apps/category/{tag.category}"
        if tag.category
        else f"/store/search?q={quote_plus(tag.name)}+games&c=apps"
    )
    return [tag.name, link(path), tag.category, tag.topic]


@field(119)
def tags(view: View) -> Any:
    """Further categories and tags: up to seven groups, some of them wrapped once more, absent ones null or empty."""
    groups = view.app.tags
    if groups is None:
        return None if view.app.tags_left_out else []
    out: list[Any] = []
    for place, group in enumerate(groups):
        if not group:
            out.append([] if view.words and place == 2 else None)  # noqa: PLR2004 - the unused group of 2022
        elif place in _DEEPER:
            halves = (group[:2], group[2:]) if place == 3 else tuple((tag,) for tag in group)  # noqa: PLR2004
            out.append([[[_tag(tag) for tag in half]] for half in halves if half])
        else:
            out.append([[_tag(tag) for tag in group]])
    while out and out[-1] is None:
        out.pop()
    return out
