"""The table of fields: which builder makes which numbered field. A builder returns None for a field the app has not."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .view import View

Builder = Callable[[View], Any]

#: Builders by field number (the index in a full record, plus one).
FIELDS: dict[int, Builder] = {}

#: Fields that the store is asked for but never serves; it names them at the end of its answer.
REFUSED = (129, 139, 140, 47)

#: What the app page asks for.
PAGE_MASK = (
    1, 9, 10, 11, 13, 14, 19, 20, 38, 43, 47, 49, 52, 58, 59, 63, 69, 70, 73, 74, 75, 78, 79, 80, 91, 92, 95, 96, 97, 100, 101, 103, 106,
    112, 119, 129, 137, 140, 139, 141, 145, 146, 149, 151, 155, 169, 183, 187, 193,
)  # fmt: skip

# The order in which the store names the fields it served: these first, then the others as asked.
_SERVED_ORDER = (
    1, 10, 11, 13, 14, 19, 20, 49, 52, 69, 70, 73, 74, 75, 78, 79, 91, 92, 95, 96, 97, 100, 101, 106, 112, 137, 141, 146, 149, 169, 183,
    193, 38, 103, 9, 43, 80, 145, 119, 151, 58, 59, 155, 187, 63,
)  # fmt: skip
_RANK = {number: rank for rank, number in enumerate(_SERVED_ORDER)}


def field(number: int) -> Callable[[Builder], Builder]:
    """Register a builder for a field number."""

    def register(builder: Builder) -> Builder:
        if number in FIELDS:
            raise ValueError(f"field {number} is built twice")
        FIELDS[number] = builder
        return builder

    return register


@lru_cache(maxsize=1024)
def builders(mask: tuple[int, ...]) -> list[tuple[int, Builder]]:
    """The builders of the asked-for fields, in ascending order of the fields."""
    return [(number, FIELDS[number]) for number in sorted(set(mask)) if number in FIELDS]


@lru_cache(maxsize=1024)
def served(mask: tuple[int, ...]) -> list[int]:
    """The asked-for fields that the store serves, in the order in which it names them."""
    return sorted((n for n in mask if n not in REFUSED), key=lambda n: _RANK.get(n, 1_000))


@lru_cache(maxsize=1024)
def refused(mask: tuple[int, ...]) -> list[list[int]]:
    """The asked-for fields that the store refuses, in the way in which it names them."""
    return [[n] for n in REFUSED if n in mask]
