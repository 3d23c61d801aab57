"""One small builder per RPC: from what is wanted to a call that can be packed.

What a call says stands in its template (`play.templates`); here it gets its values.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import orjson

from playfast.play import templates
from playfast.play.envelope import Call
from playfast.play.templates import OURS, Template, in_force

DETAILS = OURS[templates.DETAILS].rpc
"""The RPC behind an app's page."""
AVAILABILITY = 19
PACKAGE_ID = 78
ALWAYS_ASKED = (AVAILABILITY, PACKAGE_ID)
"""Fields without which a record's status cannot be told, nor whose record it is."""
REVIEWS = OURS[templates.REVIEWS].rpc
RELATED = OURS[templates.RELATED].rpc
"""The RPC behind the two lists of an app's page: more by its developer, and similar apps."""
NUMBERED_DEVELOPER = OURS[templates.NUMBERED_DEVELOPER].rpc
ABOVE = OURS[templates.ABOVE].rpc
"""The RPC behind the app that stands by itself above a numbered developer's list."""
NAMED_DEVELOPER = OURS[templates.NAMED_DEVELOPER].rpc
MORE = OURS[templates.MORE].rpc
"""The RPC that goes on with a list, from the token of its first part."""
SEARCH = OURS[templates.SEARCH].rpc
SUGGESTIONS = OURS[templates.SUGGESTIONS].rpc
CHART = OURS[templates.CHART].rpc
HOME = OURS[templates.HOME].rpc
"""The RPC behind the front page of the store, and of a category."""
STOREFRONT = OURS[templates.STOREFRONT].rpc
"""The RPC behind the foot of every page, which says whose store it is."""

_APP = 7
_PROFILE_FIELDS = (1, 2, 3, 5, 6)
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
    template = in_force(templates.DETAILS)
    return Call(template.rpc, _json(app_id).join(_around_app(template, tuple(numbers))), tag)


@lru_cache(maxsize=64)
def _around_app(template: Template, numbers: tuple[int, ...]) -> tuple[str, ...]:
    """All of such a call but the app's id: a crawl asks for the same fields in every call."""
    return template.around("app", fields=f"[{_written(numbers)}]")


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
    return _call(templates.REVIEWS, tag, app=app_id, sort=sort, page=page, filters=slots or None)


def related(app_id: str, tag: str, rows: int) -> Call:
    """Ask for the first so many apps of both lists on an app's page."""
    return _call(templates.RELATED, tag, app=app_id, rows=rows)


def developer(asked: str, tag: str, rows: int) -> Call:
    """Ask for a developer's first so many apps, by number or by name; these are two RPCs, as there are two kinds of pages."""
    if is_number(asked):
        return _call(templates.NUMBERED_DEVELOPER, tag, developer=asked, rows=rows)
    return _call(templates.NAMED_DEVELOPER, tag, query=f"pub:{asked}", rows=rows)


def above(number: str, tag: str) -> Call:
    """Ask for the app that stands above the list of the developer with a number."""
    return _call(templates.ABOVE, tag, developer=number)


def profile(number: str, tag: str) -> Call:
    """Ask for the record of the developer with a number."""
    return _call(templates.PROFILE, tag, developer=number, fields=_PROFILE_FIELDS)


def more(token: str, tag: str, rows: int) -> Call:
    """Ask for the next so many apps of a list, 100 at most."""
    return _call(templates.MORE, tag, rows=rows, token=token)


def search(query: str, fields: Iterable[int], tag: str) -> Call:
    """Ask for apps by words, as the page of a search does."""
    return _call(templates.SEARCH, tag, _masks(tuple(fields), _MASKED), query=query)


def older_search(query: str, tag: str) -> Call:
    """Ask for apps by words in an older way, the one that can be gone on with (`more_of_search`); unverified since 2024."""
    return _call(templates.OLDER_SEARCH, tag, query=query)


def more_of_search(token: str, tag: str) -> Call:
    """Ask for the next part of a search of the older way; a token is good for the layouts only that it was given for."""
    return _call(templates.MORE_OF_SEARCH, tag, token=token)


def suggestions(term: str, tag: str) -> Call:
    """Ask what people search for who have begun to type this."""
    return _call(templates.SUGGESTIONS, tag, query=term)


def chart(collection: str, category: str, rows: int, fields: Iterable[int], tag: str) -> Call:
    """Ask for the first so many apps of a chart; Play gives some 200 at most."""
    masks = _masks(tuple(fields), _MASKED_IN_CHARTS)
    return _call(templates.CHART, tag, masks, collection=collection, category=category, rows=rows)


def home(category: str, fields: Iterable[int], tag: str) -> Call:
    """Ask for the lists on the front page of a category."""
    return _call(templates.HOME, tag, _masks(tuple(fields), _MASKED), category=category)


@lru_cache(maxsize=64)
def _masks(fields: tuple[int, ...], layouts: tuple[str, ...]) -> str:
    mask = f"[[{_written(fields)}]]"
    return f"[[{','.join(f'[[{_APP},{layout}],{mask}]' for layout in layouts)}]]"


def storefront(tag: str) -> Call:
    """Ask which store answers."""
    return _call(templates.STOREFRONT, tag)


def is_number(asked: str) -> bool:
    """Whether a developer is asked by number."""
    return asked.isascii() and asked.isdecimal()


def _call(kind: str, tag: str, masks: str = "", **values: Any) -> Call:
    """A call of a kind, with these values; `masks` is JSON already."""
    template = in_force(kind)
    return Call(
        template.rpc,
        template.filled(masks=masks, **{name: _json(value) for name, value in values.items()}),
        tag,
    )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
