"""A record as the store sends it: the asked-for fields in an array, the far ones in an object at its end."""

from __future__ import annotations

from typing import Any

from . import listing, moves, offer, people, stars, tags, trust, versions
from .fields import builders, refused, served
from .view import View

__all__ = ["fields", "payload", "record"]

_BUILDER_MODULES = (listing, offer, people, stars, tags, trust, versions)  # importing them fills FIELDS

#: The store leaves a gap of this many nulls in the array; behind a wider one it goes on with an object.
WIDEST_GAP = 20
_NARROW_GAP = 8
NO_GAP_TOO_WIDE = 10_000
_RATINGS = 52
_EMPTY: list[Any] = [[[]]]


def record(view: View, mask: tuple[int, ...], *, phone: bool = False) -> list[Any]:
    """The asked-for fields of an app.

    Field n stands at index n-1, or under the key ``"n"`` of an object that is the array's last element. Where the object begins
    differs from app to app, but is always the same for one app and one set of fields.
    """
    return encode(fields(view, mask, phone=phone), _gap(view, len(mask)))


def fields(view: View, mask: tuple[int, ...], *, phone: bool = False) -> list[tuple[int, Any]]:
    """The asked-for fields that an app has, in ascending order, where they have moved to."""
    found: list[tuple[int, Any]] = []
    for number, builder in builders(moves.fetched(mask, view.moves)):
        value = stars.phone_ratings(view) if phone and number == _RATINGS else builder(view)
        if value is not None:
            found.append((number, value))
    return moves.moved(found, view.moves, mask) if view.moves else found


def _gap(view: View, asked: int) -> int:
    style = view.app.chance.number("record style") % 10
    if style == 0:
        return _NARROW_GAP
    if style == 1 and asked > 1:
        return NO_GAP_TOO_WIDE
    return WIDEST_GAP


def encode(found: list[tuple[int, Any]], gap: int) -> list[Any]:
    """Fields (in ascending order) as an array that goes on as an object behind the first gap wider than ``gap`` nulls."""
    out: list[Any] = []
    for place, (number, value) in enumerate(found):
        missing = number - 1 - len(out)
        if missing > gap:
            out.append({str(n): v for n, v in found[place:]})
            break
        if missing:
            out += [None] * missing
        out.append(value)
    return out


def payload(view: View, mask: tuple[int, ...], *, phone: bool = False, flat: bool = False) -> list[Any]:
    """The whole answer to a call for the fields of one app.

    ``flat`` writes the echo of id and fields at its place in a long array, as in 2022, and not in an object.
    """
    echo, told = [[view.app.app_id, 7]], [served(mask)]
    body = record(view, mask, phone=phone)
    root: list[Any] = [None, None, body, {"12": echo, "40": told}]
    if flat:
        root = [None, None, body, *[None] * 8, echo, *[None] * 27, told]
    dropped = refused(mask)
    return [_EMPTY, root, dropped] if dropped else [_EMPTY, root]
