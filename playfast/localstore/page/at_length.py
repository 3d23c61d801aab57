"""The app that stands above a list, at length: a record in the place of a card."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from playfast.localstore.chance import Chance
from playfast.localstore.media import tokens
from playfast.localstore.record.message import NO_GAP_TOO_WIDE, encode, fields
from playfast.localstore.record.offer import offer_node
from playfast.localstore.record.parts import link
from playfast.localstore.record.view import View

_PLACES = 24
_FIELDS = (
    1, 73, 96, 97, 50, 92, 52, 112, 69, 19, 31, 101, 123, 74, 49, 20, 10, 14, 79, 42, 169, 95, 183, 156, 80, 103, 152, 58, 43, 155, 189, 63,
)  # fmt: skip
_NEAR = 97
"""Behind this field the record goes on in an object."""


def shown_at_length(view: View, sign: str, mask: Collection[int] | None = None) -> list[Any]:
    """A section with one app in it, with those of the asked-for fields that are served; all of them without a mask."""
    app_id = view.app.app_id
    served = tuple(number for number in _FIELDS if mask is None or number in mask)
    found = fields(view, served)
    near = encode([one for one in found if one[0] <= _NEAR], NO_GAP_TOO_WIDE)
    far = {str(field): value for field, value in found if field > _NEAR}
    told = [None, None, [*near, far] if far else near, {"12": [[app_id, 7]], "40": [list(served)]}]
    token = "qgJL" + tokens(Chance("at length", app_id), "token", 100)
    offered = [link(f"/store/apps/details?id={app_id}"), [token], [offer_node(view)]]
    no, yes = view.no, view.yes
    button = [
        offered,
        None,
        None,
        no,
        no,
        None,
        no,
        None,
        no,
        None,
        None,
        None,
        None,
        no,
        None,
        None,
        None,
        yes,
        None,
        no,
    ]
    node: list[Any] = [None] * _PLACES
    node[3] = [sign]
    node[-1] = [*[None] * 16, told, button]
    return node
