"""What an exporter may know of an item class before it sees an item: whether it is declared, and which of its fields a feed takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from playfast.play.fields import is_declared

Pair = tuple[str, str]
"""An item's field and the name it is exported under."""


def names(kind: type[Any]) -> list[str]:
    """The fields of a dataclass, in order."""
    return [field.name for field in dataclasses.fields(kind)]


def columns(fields: Mapping[str, str] | Iterable[str] | None) -> list[Pair] | None:
    """The fields a feed was told to take, or None for all as they are."""
    if not fields:
        return None
    return list(fields.items()) if isinstance(fields, Mapping) else [(name, name) for name in fields]


class Chosen:
    """The fields that a feed takes of each item class; looked up once per class.

    `columns` is None where the feed takes all fields.
    """

    def __init__(self, fields: Mapping[str, str] | Iterable[str] | None, *, empty: bool = False) -> None:
        self.columns = columns(fields)
        self._empty = empty
        self._known: dict[type[Any], list[Pair] | None] = {}

    def of(self, kind: type[Any]) -> list[Pair] | None:
        """The fields of a class, without those it lacks (unless `empty` asks for them); None where the class is not declared."""
        try:
            return self._known[kind]
        except KeyError:
            self._known[kind] = self._pairs(kind) if is_declared(kind) else None
            return self._known[kind]

    def _pairs(self, kind: type[Any]) -> list[Pair]:
        own = names(kind)
        if self.columns is None:
            return [(name, name) for name in own]
        return [(field, column) for field, column in self.columns if self._empty or field in own]
