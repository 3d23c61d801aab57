"""Fields for trust: permissions, the summary of the data-safety label, and the whole label."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any

from playfast.localstore.chance import Chance
from playfast.localstore.media import address
from playfast.localstore.safety import DataType, PermissionGroup

from .fields import field
from .parts import anchor, html, outside, picture, two_tone
from .view import View

_ABOUT = "https://support.google.com/googleplay?p=data-safety&hl="
_SHOWN = 2


@lru_cache(maxsize=256)
def _drawing(name: str) -> list[Any]:
    chance = Chance("drawing", name)
    return two_tone(address(chance, "light", 78), address(chance, "dark", 76))


@lru_cache(maxsize=256)
def _symbol(name: str) -> list[Any]:
    return picture(address(Chance("symbol", name), "symbol"))


@lru_cache(maxsize=256)
def _permission(text: str) -> list[Any]:
    return [None, text]


@lru_cache(maxsize=256)
def _group(group: PermissionGroup) -> list[Any]:
    return [group.name, _symbol(group.icon), [_permission(text) for text in group.permissions], [group.icon]]


@field(75)
def permissions(view: View) -> Any:
    """Permissions: common groups, other groups, and those without a group."""
    found = view.app.permissions
    if found is None:
        # How an app that asks for nothing says so: with empty groups, or by leaving the field out.
        return (
            [None, None, [[], []]] if view.app.chance.happens("says that it asks for nothing", 0.5) else None
        )
    common = [_group(group) for group in found.common]
    other = [["Other", _symbol("quiz"), [_permission(text) for text in found.other], ["quiz"]]]
    parts: list[Any] = [common or None, other]
    if found.ungrouped:
        parts.append([_permission(text) for text in found.ungrouped])
    return [None, None, parts]


def _names(view: View, types: tuple[DataType, ...]) -> str:
    kinds = list(dict.fromkeys(entry.category for entry in types))
    if len(kinds) > _SHOWN + 1:
        return view.lang.say("others").format(first=kinds[0], second=kinds[1], count=len(kinds) - _SHOWN)
    return ", ".join(kinds)


def _declares(view: View) -> str:
    return view.lang.say("declares").format(
        link=anchor(f"{_ABOUT}{view.lang.code}", view.lang.say("learn_more")).replace("&", "&amp;")
    )


@field(137)
def summary(view: View) -> Any:
    """The headlines of the data-safety label."""
    found = view.app.data_safety
    if found is None:
        return None
    say = view.lang.say
    items: list[Any] = []
    for way, types in (("shared", found.shared), ("collected", found.collected)):
        text = _names(view, types) if types else _declares(view)
        items.append([_drawing(way), say(way if types else f"not_{way}"), html(text)])
    items += [[_drawing(practice), say(practice)] for practice in found.practices]
    flags = [None, [view.flag(value=bool(found.collected)), view.flag(value=bool(found.shared))]]
    return [flags, items, view.yes] if found.practices and not view.words else [flags, items]


def _entries(view: View, types: tuple[DataType, ...]) -> list[Any]:
    out = []
    for category, group in groupby(types, key=lambda entry: entry.category):
        rows = [[entry.name, view.flag(value=entry.optional), ", ".join(entry.purposes)] for entry in group]
        names = ", ".join(row[0] for row in rows)
        out.append([[_drawing(category), category, html(names)], None, None, None, rows])
    return out


def _side(view: View, way: str, types: tuple[DataType, ...]) -> list[Any]:
    say = view.lang.say
    if not types:
        return [None, say(f"not_{way}"), None, None, None, _drawing(f"no {way}"), html(_declares(view))]
    more = [
        None,
        [
            say("about_data"),
            say("declares").format(link=""),
            [say("learn_more"), outside(f"{_ABOUT}{view.lang.code}")],
        ],
    ]
    return [
        _entries(view, types),
        say(way),
        None,
        say("about_data"),
        more,
        _drawing(f"all {way}"),
        html(say(way)),
    ]


@field(138)
def label(view: View) -> Any:
    """The whole data-safety label, which only a request that names it gets."""
    found = view.app.data_safety
    if found is None:
        return None
    practices = [[_drawing(name), view.lang.say(name), html(view.lang.say(name))] for name in found.practices]
    return [
        [232, 234, 237, 255],
        [255, 255, 255, 255],
        outside(f"{_ABOUT}{view.lang.code}"),
        [None, [view.flag(value=bool(found.collected)), view.flag(value=bool(found.shared))]],
        [_side(view, "shared", found.shared), _side(view, "collected", found.collected)],
        None,
        None,
        [60, 64, 67, 255],
        [95, 99, 104, 255],
        [_drawing("practices"), view.lang.say("practices"), practices] if practices else None,
    ]
