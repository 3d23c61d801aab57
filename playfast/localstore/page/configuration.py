"""How a page asks for lists: the configuration that goes with each such call."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from .config import CONTEXT

LAYOUTS = [
    96, 108, 72, 100, 27, 177, 183, 222, 8, 57, 169, 110, 11, 184, 16, 1, 139, 152, 194, 165, 68, 163, 211, 9, 71, 31, 176, 195, 12, 64,
    151, 320, 150, 148, 113, 104, 55, 56, 145, 32, 34, 10, 122,
]  # fmt: skip
_MASKED = (
    285, 96, 108, 72, 100, 27, 177, 183, 8, 169, 110, 11, 184, 16, 1, 139, 194, 165, 68, 163, 211, 9, 65, 71, 31, 12, 64, 151, 150, 344,
    113, 104, 55, 56, 32, 10, 122,
)  # fmt: skip
_BOOKS = [1, 5, 14, 38, 19, 29, 34, 4, 12, 11, 6, 30, 43, 40, 42, 16, 10, 44]
# The fields of every kind of document: apps first, then what else the store has.
_FIELDS = {
    7: [
        1, 73, 96, 103, 97, 58, 50, 92, 52, 112, 69, 19, 31, 101, 123, 74, 49, 80, 20, 10, 14, 79, 43, 42, 139, 63, 169, 95, 183, 140, 155,
        156, 189, 152,
    ],
    9: [1, 7, 9, 24, 12, 31, 5, 15, 27, 8, 13, 28],
    17: [1, 7, 9, 25, 13, 31, 5, 41, 27, 8, 14, 28],
    65: [1, 5, 4, 7, 11, 6],
    10: [1, 7, 6, 9, 15, 8],
    58: [5, 3, 1, 2, 6, 8],
    44: [3, 4, 9, 6, 7, 2, 8, 1, 10, 11, 5],
    1: _BOOKS,
    4: [1, 3, 5, 4, 7, 6, 11, 19, 21, 17, 15, 12, 16, 20],
    3: [1, 5, 14, 4, 10, 17],
    2: [1, 5, 7, 4, 13, 16, 12, 27],
}  # fmt: skip
# What a search asks for besides.
_OF_SEARCH = {9: [10], 17: [10], 1: [7], 2: [18]}

#: The fields of an app that the store's pages ask for.
OF_APPS = frozenset(_FIELDS[7])


@lru_cache(maxsize=2)
def configuration(*, of_search: bool) -> list[Any]:
    """The configuration of a search, or of a front page. Not to be changed by who gets it."""
    masks = [
        [[kind, layout], [[*fields, *(_OF_SEARCH.get(kind, ()) if of_search else ())]]]
        for kind, fields in _FIELDS.items()
        for layout in _MASKED
    ]
    return [
        [8, [20, 50]], None, None, LAYOUTS, [None, None, CONTEXT, [masks]], None, None, [[[1, 2], [10, 8, 9]]],
    ]  # fmt: skip
