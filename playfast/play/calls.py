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
SEARCH = "lGYRle"
SUGGESTIONS = "IJ4APc"
CHART = "vyAe2"
HOME = "w3QCWb"
"""The RPC behind the front page of the store, and of a category."""
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
# Those with which a public project goes on with searches, which have tokens for these alone.
_OLDER_SEARCH = (
    "[[10,[10,50]],true,null,[96,27,4,8,57,30,110,11,16,49,1,3,9,12,104,55,56,51,10,34,31,77,145],"
    "[null,null,null,[[[[7,31],[[1,52,43,112,92,58,69,31,19,96,103]]]]]]]"
)
# Those of charts, as the page of them once sent them, and as other tools do to this day.
_LAYOUTS_OF_CHARTS = (
    "[64,1,195,71,8,72,9,10,11,139,12,16,145,148,150,151,152,27,30,31,96,32,34,163,100,165,104,169,108,110,113,55,"
    "56,57,122]"
)
# The layouts of which a page says what fields their cards shall have.
_MASKED = tuple(
    (
        "285 96 108 72 100 27 177 183 8 169 110 11 184 16 1 139 194 165 68 163 211 9 65 71 31 12 64 151 150 344 113 104 55 56 32 10 122"
    ).split()
)
_MASKED_IN_CHARTS = tuple(
    "1 31 104 9 8 27 12 65 110 88 11 56 55 96 10 122 72 71 64 113 139 150 169 165 151 163 32 16 108 100".split()
)
CARD = (
    1, 73, 96, 103, 97, 58, 50, 92, 52, 112, 69, 19, 31, 101, 123, 74, 49, 80, 20, 10, 14, 79, 43, 42, 139, 63, 169, 95, 183, 140, 155,
    156, 189, 152,
)  # fmt: skip
"""The fields of an app that a page asks to have on cards, by their numbers in its record."""
CARD_OF_CHART = (
    1, 73, 96, 103, 97, 58, 50, 92, 52, 112, 69, 19, 31, 101, 123, 74, 49, 80, 38, 20, 10, 14, 79, 43, 42, 139,
)  # fmt: skip
"""The same of charts."""
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


def search(query: str, fields: Iterable[int], tag: str) -> Call:
    """Ask for apps by words, as the page of a search does."""
    return Call(
        SEARCH,
        f"[[[],{_page_of_lists(tuple(fields))},[{_json(query)}],4,[null,1],null,null,[1],[1]],[1]]",
        tag,
    )


def older_search(query: str, tag: str) -> Call:
    """Ask for apps by words in an older way, the one that can be gone on with (`more_of_search`); unverified since 2024."""
    return Call(SEARCH, f"[[[],{_OLDER_SEARCH},[{_json(query)}],4,[null,1],null,null,[]]]", tag)


def more_of_search(token: str, tag: str) -> Call:
    """Ask for the next part of a search of the older way; a token is good for the layouts only that it was given for."""
    return Call(MORE, f"[[null,{_OLDER_SEARCH},null,{_json(token)}]]", tag)


def suggestions(term: str, tag: str) -> Call:
    """Ask what people search for who have begun to type this."""
    return Call(SUGGESTIONS, f"[[null,[{_json(term)}],[10],[2],4]]", tag)


def chart(collection: str, category: str, rows: int, fields: Iterable[int], tag: str) -> Call:
    """Ask for the first so many apps of a chart; Play gives some 200 at most."""
    masks = _masks(tuple(fields), _MASKED_IN_CHARTS)
    how = f"[[8,[20,{rows}]],true,null,{_LAYOUTS_OF_CHARTS},[null,null,{_CONTEXT},{masks}],null,null,[[[1,2],[10,8,9],[],[]]]]"
    return Call(CHART, f"[[null,{how},{_json([2, collection, category])}]]", tag)


def home(category: str, fields: Iterable[int], tag: str) -> Call:
    """Ask for the lists on the front page of a category."""
    return Call(HOME, f"[[null,2,{_json(category)},null,{_page_of_lists(tuple(fields))},null,2],[1,1]]", tag)


@lru_cache(maxsize=64)
def _page_of_lists(fields: tuple[int, ...]) -> str:
    """What a page with lists says of their layouts, and of the fields of the apps in them; of books and films it says nothing here."""
    masks = _masks(fields, _MASKED)
    return f"[[8,[20,50]],null,null,{_LAYOUTS},[null,null,{_CONTEXT},{masks}],null,null,[[[1,2],[10,8,9]]]]"


@lru_cache(maxsize=64)
def _masks(fields: tuple[int, ...], layouts: tuple[str, ...]) -> str:
    mask = f"[[{_written(fields)}]]"
    return f"[[{','.join(f'[[{_APP},{layout}],{mask}]' for layout in layouts)}]]"


def storefront(tag: str) -> Call:
    """Ask which store answers."""
    return Call(STOREFRONT, "[]", tag)


def is_number(asked: str) -> bool:
    """Whether a developer is asked by number."""
    return asked.isascii() and asked.isdecimal()


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
