"""Fields for versions: release and Android levels, what is new, when it was updated."""

from __future__ import annotations

from typing import Any

from playfast.localstore.releases import ANDROID

from .fields import field
from .parts import html, instant
from .view import View

_NOTHING: list[Any] = [None, []]


def _level(number: int) -> list[Any]:
    return [number, ANDROID[number]]


@field(141)
def version(view: View) -> Any:
    """The version and its Android levels, in one of the shapes that the store uses.

    Behind the version stands a pair. Usually its first half holds the target (a lone number, sometimes with its text) and its second
    the minimum; where the second is empty, the first holds the target when it is a lone number, and the minimum when it has a text.
    """
    found = view.app.release
    if found is None:
        return None
    name: list[Any] = [[found.version]] if found.version else list(_NOTHING)
    target, minimum = found.target_sdk, found.min_sdk
    if target is None and minimum is not None:
        return [name, [[_level(minimum)], list(_NOTHING)]]
    if minimum is None and target is not None:
        return [name, [[[target]], list(_NOTHING)]]
    if target is None or minimum is None:
        return [name, [list(_NOTHING), list(_NOTHING)]]
    goal = _level(target) if "text" in found.shape or "2022" in found.shape else [target]
    levels = [_level(minimum)]
    if found.max_sdk:
        levels.append(_level(found.max_sdk))
    node = [name, [[goal], [levels]]]
    if "2022" in found.shape:
        node.append([[view.lang.day(view.app.updated[0])]])
    return node


@field(145)
def notes(view: View) -> Any:
    """What is new."""
    text = view.app.release_notes(view.hl)
    if text is None:
        return None
    found = view.app.release
    if found is not None and "2022" in found.shape:
        moment = view.app.updated
        return [view.lang.day(moment[0]), html(text), instant(moment), 128]
    return [None, html(text)]


@field(146)
def updated(view: View) -> Any:
    """When it was updated."""
    moment = view.app.updated
    return [[view.lang.day(moment[0]), instant(moment)]]
