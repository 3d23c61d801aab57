"""Lists of apps: the sections of an answer or a page, their cards, and how a list goes on.

A section's name is read from its own mark (base64, at the same place in every language), never from its title. Cards come in three
wrappings: bare, each in one more array, and, where a list goes on, in an older layout (`PLACES_OF_MORE`). Facts: recorded pages of
developers and of similar apps; for lists that go on, what public projects agree on, since nobody has recorded one.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Mapping
from typing import Any, NamedTuple

from playfast.errors import UnreadableError
from playfast.play.record import Path, at, find

SIMILAR = "similar"
BY_DEVELOPER = "more_by_developer"
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
    "description": (4, 1, 1, 1, 1),
    "description_html": (4, 1, 1, 1, 1),
    "score": (6, 0, 2, 1),
    "score_text": (6, 0, 2, 1),
    "free": (7, 0, 3, 2, 1, 0, 0),
    "price": (7, 0, 3, 2, 1, 0, 0),
    "currency": (7, 0, 3, 2, 1, 0, 1),
    "price_text": (7, 0, 3, 2, 1, 0, 2),
}
"""Where a card of the older layout keeps the values of a `Listing`."""

_FEATURED = (23, 16)
"""Where a section keeps the one app that it shows at length, as `[..., record, ids]`."""
_FEATURED_RECORD = (2,)
_FEATURED_ID = (11, 0, 0)
_OFFER = (57, 0, 0, 0, 0, 1)

PLACES_OF_FEATURED: Mapping[str, Path] = {
    "title": (0, 0),
    "developer": (68, 0),
    "icon": (95, 0, 3, 2),
    "icon_size": (95, 0, 2),
    "score": (51, 0),
    "score_text": (51, 0),
    "genre": (79, 0, 0, 0),
    "free": (*_OFFER, 0, 0),
    "price": (*_OFFER, 0, 0),
    "currency": (*_OFFER, 0, 1),
    "price_text": (*_OFFER, 0, 2),
    "original_price": (*_OFFER, 1, 0),
    "installs": (13, 0),
    "description": (72, 0, 1),
    "description_html": (72, 0, 1),
    "content_rating": (9, 0),
    "content_rating_description": (9, 2, 1),
    "interactive_elements": (9, 3, 1),
    "availability": (18, 0),
    "play_pass": (62,),
    "in_app_price_range": (19, 0),
    "header_image": (96, 0, 3, 2),
    "screenshots": (78, 0),
    "screenshot_sizes": (78, 0),
    "video": (100, 0, 0, 3, 2),
    "video_id": (100, 0, 0, 2),
    "video_thumbnail": (100, 0, 1, 3, 2),
}
"""Where the record of an app that is shown at length keeps the values of a `Listing`: where every record of an app does."""


class Featured(NamedTuple):
    """An app that stands by itself: its id, and its record, which is no card."""

    app_id: str
    record: list[Any]


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
                found.append(
                    Section(
                        _name(find(section, _MARK)),
                        _text(find(head, (0,))),
                        [_bare(card) for card in cards],
                        _text(find(head, _TOKEN)),
                        _text(find(head, _LINK)),
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


def featured(payload: Any) -> Featured | None:
    """The app that stands by itself above a developer's others; None where there is none.

    The list below it, "More by ...", begins without that app.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    if payload.__class__ is not list:
        raise UnreadableError(f"a {type(payload).__name__} where an app was expected")
    for section in _listed(payload):
        shown = find(section, _FEATURED)
        app_id, record = find(shown, _FEATURED_ID), find(shown, _FEATURED_RECORD)
        if isinstance(app_id, str) and app_id and isinstance(record, list):
            return Featured(app_id, record)
    return None


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


def _name(mark: Any) -> str | None:
    if not isinstance(mark, str):
        return None
    try:
        written = b64decode(mark, altchars=b"-_")
    except (NoBase64, ValueError):
        return None
    return next((name for part, name in _MARKS.items() if part in written), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
