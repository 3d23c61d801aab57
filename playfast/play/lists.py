"""Lists of apps: the sections of an answer or a page, their cards, and how a list goes on.

A section's name is read from its own mark (base64, at the same place in every language), never from its title. Cards come in three
wrappings: bare, each in one more array, and, where a list goes on, in an older layout (`PLACES_OF_MORE`). Facts: recorded pages of
developers and of similar apps; for lists that go on, what public projects agree on, since nobody has recorded one.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Mapping
from typing import Any, NamedTuple

from playfast.errors import UnreadableError
from playfast.play.record import Path, at, find

SIMILAR = "similar"
BY_DEVELOPER = "more_by_developer"
_DEVELOPER_PAGE = re.compile(r"/store/apps/dev(?:eloper)?\?id=")
_MARKS = {b"similar_apps": SIMILAR, b"more_by_": BY_DEVELOPER}

_OF_AN_ANSWER = ((1,), (0,))  # ag2B9c; the pages of developers and of similar apps
_LAYOUTS = (21, 22)
"""Where a section keeps its cards: bare ones (similar apps, a numbered developer), wrapped ones (a search, a named developer)."""
_TOKEN = (3, 1)
_LINK = (2, 4, 2)
_MARK = (3, 0)
_MORE = ((0, 0), (0, 6))
"""Where an answer that goes on keeps its list: of similar apps, of a developer."""
_TOKEN_OF_MORE = (7, 1)

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

_SHOWN_AT_LENGTH = (23, 16)
"""Where a section keeps the one app that it shows at length, as `[..., record, ids]`."""
_ITS_RECORD = (2,)
_ITS_ID = (11, 0, 0)
_PLACES_ON_A_CARD: Mapping[int, Path] = {
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
}
"""Where an app's record keeps what stands at an index of its card, in one and the same shape."""
_VIDEO_ON_A_CARD = 12


class Section(NamedTuple):
    """One list: its name (None for one of an unknown kind), its title as shown, its cards, and how it goes on."""

    name: str | None
    title: str | None
    cards: list[Any]
    token: str | None
    link: str | None


class More(NamedTuple):
    """The next part of a list; `older` tells whether its cards are of the older layout."""

    cards: list[Any]
    token: str | None
    older: bool


def sections(payload: Any) -> list[Section]:
    """The lists of an answer or of a page's block, in the order in which they are shown.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    if payload.__class__ is not list:
        raise UnreadableError(f"a {type(payload).__name__} where lists of apps were expected")
    found = []
    for section in _listed(payload):
        for layout in _LAYOUTS:
            list_of = find(section, (layout,))
            cards = find(list_of, (0,))
            if cards.__class__ is list:
                head = find(list_of, (1,))
                link = _text(find(head, _LINK))
                found.append(
                    Section(
                        _name(find(section, _MARK), link),
                        _text(find(head, (0,))),
                        [_bare(card) for card in cards],
                        _text(find(head, _TOKEN)),
                        link,
                    )
                )
    return found


def more(payload: Any) -> More:
    """The part of a list that an answer goes on with.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    if payload.__class__ is not list:
        raise UnreadableError(f"a {type(payload).__name__} where more of a list was expected")
    for place in _MORE:
        list_of = find(payload, place)
        cards = find(list_of, (0,))
        if cards.__class__ is list and all(id_of(card) is not None for card in cards):
            older = not cards or find(cards[0], (12, 0)) is not None
            return More(cards, _text(find(list_of, _TOKEN_OF_MORE)), older)
    for layout in _LAYOUTS:
        list_of = find(payload, (0, layout))
        cards = find(list_of, (0,))
        if cards.__class__ is list:
            return More([_bare(card) for card in cards], _text(find(list_of, (1, *_TOKEN))), older=False)
    if not find(payload, (0,)):
        return More([], None, older=False)
    raise UnreadableError("an answer without the list that it goes on with")


def above(payload: Any) -> Any:
    """A card of the app that stands by itself above a developer's list, made of the record that is sent of it; None where there is none.

    The list below, "More by ...", leaves that app out. How Play answers for a developer without such an app is not on record, so that
    whatever has no app in it is one.
    """
    listed = find(payload, (1, 1))
    for section in listed if listed.__class__ is list else ():
        shown = find(section, _SHOWN_AT_LENGTH)
        app_id, record = find(shown, _ITS_ID), find(shown, _ITS_RECORD)
        if isinstance(app_id, str) and app_id and record.__class__ is list:
            return _card(app_id, record)
    return None


def _card(app_id: str, record: Any) -> list[Any]:
    """A card as Play would write one, by field numbers."""
    video = [[find(record, (100, 0, 0)), None, None, find(record, (100, 0, 1))]]
    values = {
        0: [app_id],
        **{index: find(record, path) for index, path in _PLACES_ON_A_CARD.items()},
        _VIDEO_ON_A_CARD: video,
    }
    return [{str(index + 1): value for index, value in values.items() if value is not None}]


def id_of(card: Any) -> str | None:
    """Package name of the app on a card of any layout; None where the card has none."""
    for place in ((0, 0), (12, 0)):
        found = find(card, place)
        if isinstance(found, str) and found:
            return found
    return None


def _listed(payload: Any) -> list[Any]:
    for place in _OF_AN_ANSWER:
        if find(payload, place).__class__ is list:
            listed = at(payload, (*place, 1))
            if listed is None:
                return []  # nothing is listed, and Play says so
            if listed.__class__ is list:
                return list(listed)
    raise UnreadableError("an answer without sections")


def _bare(card: Any) -> Any:
    """A card without the array around it."""
    inner = find(card, (0, 0))
    return find(card, (0,)) if inner.__class__ is list else card


def _name(mark: Any, link: str | None) -> str | None:
    """By the mark; where that holds no words, as in 2022, by a link to the developer's page."""
    try:
        written = b64decode(mark, altchars=b"-_") if isinstance(mark, str) else b""
    except (NoBase64, ValueError):
        written = b""
    named = next((name for part, name in _MARKS.items() if part in written), None)
    return BY_DEVELOPER if named is None and link is not None and _DEVELOPER_PAGE.match(link) else named


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
