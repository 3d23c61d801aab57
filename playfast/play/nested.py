"""The shapes of values inside a record's lists: their keys and types, from which feeds make columns.

They are plain dicts when read and written; every key is always there, None where Play does not say.
"""

from __future__ import annotations

from typing import TypedDict


class Category(TypedDict):
    """A category: Play's code (`GAME_ARCADE`) and its name in the asked language."""

    id: str
    name: str | None


class Tag(TypedDict):
    """A tag: its name, knowledge-graph id, the code of the category it is (if it is one), address, number of its group."""

    name: str | None
    kg_id: str | None
    category_id: str | None
    url: str | None
    group: int


class PermissionGroup(TypedDict):
    """Permissions of one kind (`common`, `other`, `ungrouped`) under one heading (None for the ungrouped)."""

    kind: str
    group: str | None
    permissions: list[str]


class SafetyNote(TypedDict):
    """One line of the data-safety summary."""

    title: str | None
    text: str | None


class Event(TypedDict):
    """A live event or offer; `when` is as shown."""

    title: str | None
    when: str | None
    image: str | None
    url: str | None


class Story(TypedDict):
    """An editorial story the app is featured in."""

    title: str | None
    subtitle: str | None
    label: str | None
    image: str | None
    url: str | None
