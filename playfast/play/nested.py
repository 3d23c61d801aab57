"""The shapes of values inside a record: their names and types, from which feeds make columns.

They are read as attributes (`app.categories[0].name`) and written by feeds as dicts. Every name is always there, None where Play does
not say. They never change, so that apps can share them (`play.shared`). They have no slots, since orjson writes such a dataclass in a
sixth of the time.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """A category: Play's code (`GAME_ARCADE`) and its name in the asked language."""

    id: str
    name: str | None


@dataclass(frozen=True)
class Tag:
    """A tag: its name, knowledge-graph id, the code of the category it is (if it is one), address, number of its group."""

    name: str | None
    kg_id: str | None
    category_id: str | None
    url: str | None
    group: int


@dataclass(frozen=True)
class PermissionGroup:
    """Permissions of one kind (`common`, `other`, `ungrouped`) under one heading (None for the ungrouped)."""

    kind: str
    group: str | None
    permissions: tuple[str, ...]


@dataclass(frozen=True)
class SafetyNote:
    """One line of the data-safety summary."""

    title: str | None
    text: str | None


@dataclass(frozen=True)
class Event:
    """A live event or offer; `when` is as shown."""

    title: str | None
    when: str | None
    image: str | None
    url: str | None


@dataclass(frozen=True)
class Story:
    """An editorial story the app is featured in."""

    title: str | None
    subtitle: str | None
    label: str | None
    image: str | None
    url: str | None


@dataclass(frozen=True)
class DataType:
    """One kind of data that is collected or shared: its category, its name, whether people can choose, and what for."""

    category: str | None
    name: str | None
    optional: bool | None
    purposes: str | None


@dataclass(frozen=True)
class Criterion:
    """One question that a reviewer answered beside the stars."""

    key: str
    rating: int | None
    choice: int | None
