"""What the arguments of several RPCs have in common: texts, numbers, and how a list is to be told."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

_APPS = 7
_OLDER = 10


class Form(NamedTuple):
    """How a list of apps is to be told.

    ``mask`` are the fields of a card, None where none are named. ``older`` is the layout of the cards. ``kind`` stands for the layouts that
    are asked for: a list goes on for those alone who ask as they did at first.
    """

    rows: int
    mask: frozenset[int] | None
    older: bool
    kind: str


def form(configuration: Any) -> Form:
    """Read a configuration, as the calls for lists have it.

    Raises:
        LookupError: or TypeError, for what is none.
    """
    head = configuration[0]
    layouts = configuration[3] if len(configuration) > 3 else None  # noqa: PLR2004 - the place of the layouts
    return Form(
        number(head[1][-1]),
        _mask(configuration[4] if len(configuration) > 4 else None),  # noqa: PLR2004 - the place of the masks
        older=head[0] == _OLDER,
        kind=blake2b(orjson.dumps([head[0], layouts]), digest_size=6).hexdigest(),
    )


def _mask(told: Any) -> frozenset[int] | None:
    """The fields of apps in any layout; None where nothing says which."""
    if not told or len(told) < 4 or not told[3]:  # noqa: PLR2004 - the place of the masks
        return None
    return frozenset(field for (kind, _), (fields, *_) in told[3][0] if kind == _APPS for field in fields)


def text(value: Any) -> str:
    """This value, if it is a text; raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def number(value: Any) -> int:
    """This value, if it is a number from 1; raises TypeError for anything else."""
    if type(value) is not int or value < 1:
        raise TypeError(value)
    return value
