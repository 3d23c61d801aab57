"""How searches, charts and front pages are asked for: what pages send, and the shorter forms that others have used."""

from __future__ import annotations

from typing import Any

from playfast.localstore.page.configuration import configuration

PAGE = configuration(of_search=True)
"""As the store's own page asks."""
SHORT = [[8, [20, 50]], None, None, [113]]
"""Names no fields, so that cards have all."""
OLDER: list[Any] = [
    [10, [10, 50]], True, None, [96, 27, 4, 8, 57, 30, 110, 11, 16, 49, 1, 3, 9, 12, 104, 55, 56, 51, 10, 34, 31, 77, 145],
    [None, None, None, [[[[7, 31], [[1, 52, 43, 112, 92, 58, 69, 31, 19, 96, 103]]]]]],
]  # fmt: skip
OTHER = [[10, [10, 50]], True, None, [96, 27, 4, 8, 57, 30, 110, 79, 11, 16, 49]]
"""Another older form."""


def masked(*fields: int) -> list[Any]:
    """A form that names some fields of apps, and none of anything else."""
    return [
        [8, [20, 50]],
        None,
        None,
        [96],
        [None, None, [], [[[[7, 96], [list(fields)]], [[9, 96], [[1, 7, 24]]]]]],
    ]


def search(query: str, form: list[Any] = PAGE) -> list[Any]:
    """The arguments of lGYRle."""
    return [[[], form, [query], 4, [None, 1], None, None, [1], [1]], [1]]


def more(token: str, form: list[Any] = OLDER) -> list[Any]:
    """The arguments of qnKhOb."""
    return [[None, form, None, token]]


def suggest(term: str, rows: int = 10) -> list[Any]:
    """The arguments of IJ4APc."""
    return [[None, [term], [rows], [2], 4]]


def chart(collection: str, category: str, rows: int = 660, form: list[Any] | None = None) -> list[Any]:
    """The arguments of vyAe2: the short ones, or with a form the long ones."""
    short = [[None, [None, rows]], None, None, [113]]
    long = form and [[8, [20, rows]], True, *form[2:]]
    return [[None, long or short, [2, collection, category]]]


def front(category: str, form: list[Any] | None = None) -> list[Any]:
    """The arguments of w3QCWb."""
    return [[None, 2, category, None, form or configuration(of_search=False), None, 2], [1, 1]]
