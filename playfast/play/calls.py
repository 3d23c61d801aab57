"""One small builder per RPC: from what is wanted to a call that can be packed.

The requests are the ones that Play's own pages send (`AF_dataServiceRequests` of the recorded pages has them word by word).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import orjson

from playfast.play.envelope import Call

DETAILS = "Ws7gDc"
"""The RPC behind an app's page."""
AVAILABILITY = 19
PACKAGE_ID = 78
ALWAYS_ASKED = (AVAILABILITY, PACKAGE_ID)
"""Fields without which a record's status cannot be told, nor whose record it is."""
REVIEWS = "oCPfdb"
RELATED = "ag2B9c"
"""The RPC behind the two lists of an app's page: more by its developer, and similar apps."""
NUMBERED_DEVELOPER = "MRTdke"
ABOVE = "r4RdKc"
"""The RPC behind the app that stands by itself above a numbered developer's list."""
NAMED_DEVELOPER = "IRWBmd"
MORE = "qnKhOb"
"""The RPC that goes on with a list, from the token of its first part."""
STOREFRONT = "jRco8"
"""The RPC behind the foot of every page, which says whose store it is."""

# What the page says of the device it renders for; without it some fields would be those of a phone.
_CONTEXT = (
    "[[[1,null,1],null,[[[]]],null,null,null,null,[null,2],null,null,null,null,null,null,null,null,null,null,null,null,null,null,[1]],"
    "[null,[[[]]],null,null,[1]],[null,[[[]]],null,[1]],[null,[[[]]]],null,null,null,null,[[[[]]]],[[[[]]]]]"
)
_APP = 7
_DEVELOPER = 8
_PROFILE_FIELDS = (1, 2, 3, 5, 6)
# The layouts of lists that the page of a developer knows.
_LAYOUTS = (
    "[96,108,72,100,27,177,183,222,8,57,169,110,11,184,16,1,139,152,194,165,68,163,211,9,71,31,176,195,12,64,151,320,150,148,113,104,55,"
    "56,145,32,34,10,122]"
)
# Those with which public projects go on with lists: the answer then has cards in an older layout (`play.lists`).
_LAYOUTS_OF_MORE = "[96,27,4,8,57,30,110,79,11,16,49,1,3,9,12,104,55,56,51,10,34,77]"
_DEVICE_SLOT = 8
_SCORE_SLOT = 1


def details(app_id: str, numbers: Iterable[int], tag: str) -> Call:
    """Ask for fields of an app's record by their numbers."""
    package = orjson.dumps([app_id, _APP]).decode()
    return Call(DETAILS, f"[null,null,[[{_written(tuple(numbers))}]],{_CONTEXT},null,[{package}]]", tag)


@lru_cache(maxsize=64)
def _written(numbers: tuple[int, ...]) -> str:
    """A mask as JSON writes it; a crawl asks for the same one in every call."""
    return ",".join(map(str, numbers))


def reviews(
    app_id: str,
    tag: str,
    *,
    rows: int,
    sort: int,
    score: int | None = None,
    device: int | None = None,
    token: str | None = None,
) -> Call:
    """Ask for reviews of an app, in the language of the POST.

    Args:
        app_id: whose.
        tag: of the call.
        rows: how many at most; more than 4,000 were refused in public measurements.
        sort: 1 the most helpful first, 2 the newest, 3 by stars.
        score: only those with so many stars.
        device: only those written on a kind of device: 2 phone, 3 tablet, 5 Chromebook, 6 television.
        token: of the page before; None for the first page.
    """
    slots: list[Any] = [None] * (_DEVICE_SLOT + 1)
    slots[_SCORE_SLOT], slots[_DEVICE_SLOT] = score, device
    while slots and slots[-1] is None:
        slots.pop()
    page: list[Any] = [rows] if token is None else [rows, None, token]
    return Call(REVIEWS, _json([None, [2, sort, page, None, slots or None], [app_id, _APP]]), tag)


def related(app_id: str, tag: str, rows: int) -> Call:
    """Ask for the first so many apps of both lists on an app's page."""
    return Call(RELATED, _json([[None, [app_id, _APP], None, [[3, [rows]], None, None, [1, 8]]], [1]]), tag)


def developer(asked: str, tag: str, rows: int) -> Call:
    """Ask for a developer's first so many apps, by number or by name; these are two RPCs, as there are two kinds of pages."""
    if is_number(asked):
        return Call(
            NUMBERED_DEVELOPER,
            f"[null,null,[null,[[1,[{rows}]],null,null,{_LAYOUTS}],null,{_json([asked, _DEVELOPER])}],null,[1]]",
            tag,
        )
    return Call(
        NAMED_DEVELOPER,
        f"[[null,[[10,[{rows}]],null,null,{_LAYOUTS}],{_json([f'pub:{asked}'])},4],[1]]",
        tag,
    )


def above(number: str, tag: str) -> Call:
    """Ask for the app that stands above the list of the developer with a number."""
    return Call(
        ABOVE,
        f"[[[null,null,null,null,null,[null,2]],{_json([number, _DEVELOPER])},[[1,[1]],null,null,{_LAYOUTS}]],[1]]",
        tag,
    )


def profile(number: str, tag: str) -> Call:
    """Ask for the record of the developer with a number."""
    return Call(
        DETAILS, f"[null,null,[[{_written(_PROFILE_FIELDS)}]],null,null,[{_json([number, _DEVELOPER])}]]", tag
    )


def more(token: str, tag: str, rows: int) -> Call:
    """Ask for the next so many apps of a list, 100 at most."""
    return Call(MORE, f"[[null,[[10,[10,{rows}]],true,null,{_LAYOUTS_OF_MORE}],null,{_json(token)}]]", tag)


def storefront(tag: str) -> Call:
    """Ask which store answers."""
    return Call(STOREFRONT, "[]", tag)


def is_number(asked: str) -> bool:
    """Whether a developer is asked by number."""
    return asked.isascii() and asked.isdecimal()


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
