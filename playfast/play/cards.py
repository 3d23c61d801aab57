"""Cards: an app as it stands in a list.

The same indices hold in all lists, but where a list goes on in an older layout. Facts: recorded pages and a recorded chart; of the older
layout, what public projects agree on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from playfast.play.fields import Source, sources
from playfast.play.record import Path, find

PLACES_OF_MORE: Mapping[str, Path] = {
    "title": (2,),
    "icon": (1, 1, 0, 3, 2),
    "developer": (4, 0, 0, 0),
    "summary": (4, 1, 1, 1, 1),
    "score": (6, 0, 2, 1),
    "score_text": (6, 0, 2, 1),
    "free": (7, 0, 3, 2, 1, 0, 0),
    "price": (7, 0, 3, 2, 1, 0, 0),
    "currency": (7, 0, 3, 2, 1, 0, 1),
    "price_text": (7, 0, 3, 2, 1, 0, 2),
}
"""Where a card of the older layout keeps the values of a `Listing`."""

_IN_A_RECORD: Mapping[int, Path] = {
    1: (95, 0),
    2: (78, 0),
    3: (0, 0),
    4: (51, 0),
    5: (79, 0, 0, 0),
    8: (57, 0, 0, 0, 0),
    13: (72, 0),
    14: (68, 0),
    15: (13, 0),
    22: (96, 0),
    24: (9,),
    25: (57,),
    26: (18,),
    29: (19,),
    33: (62,),
    73: (73,),
}
"""Where an app's record keeps what stands at an index of its card, in one and the same shape. No card reaches to the last one, the short
description: it keeps its place."""
_VIDEO = 12
_VIDEO_IN_A_RECORD = 100
_LOG_TOKENS = 92
_TITLE = 1


def id_of(card: Any) -> str | None:
    """Package name of the app on a card of any layout; None where the card has none."""
    for place in ((0, 0), (12, 0)):
        found = find(card, place)
        if isinstance(found, str) and found:
            return found
    return None


def bare(card: Any) -> Any:
    """A card without the array around it."""
    inner = find(card, (0, 0))
    return find(card, (0,)) if inner.__class__ is list else card


def is_older(card: Any) -> bool:
    """Whether a card is of the older layout."""
    return find(card, (12, 0)) is not None


def of_record(app_id: str, record: Any) -> list[Any]:
    """A card as Play would write one, by field numbers, of the record that it sends of an app that is shown at length."""
    video = [[find(record, (_VIDEO_IN_A_RECORD, 0, 0)), None, None, find(record, (_VIDEO_IN_A_RECORD, 0, 1))]]
    values = {
        0: [app_id],
        **{index: find(record, path) for index, path in _IN_A_RECORD.items()},
        _VIDEO: video,
    }
    return [{str(index + 1): value for index, value in values.items() if value is not None}]


def mask(item: type[Any], names: Iterable[str], page: Iterable[int]) -> tuple[int, ...]:
    """What to ask for to fill some fields of a card: of the numbers that Play's own page asks for (`page`), those that are needed.

    Where a field's number is not known, all that are not known are asked for. The log tokens are not, a kilobyte a card.
    """
    numbers = {index: path[0] + 1 for index, path in _IN_A_RECORD.items()} | {_VIDEO: _VIDEO_IN_A_RECORD + 1}
    declared: Mapping[str, Source] = sources(item)
    indices = {number - 1 for name in names for number in declared[name].numbers}
    needed = {_TITLE, *(numbers[index] for index in indices if index in numbers)}
    unknown = any(index not in numbers for index in indices)
    known = {*numbers.values(), _LOG_TOKENS}
    return tuple(number for number in page if number in needed or (unknown and number not in known))
