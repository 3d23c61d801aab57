"""Lists of apps: the sections of an answer or a page, their cards, and how a list goes on.

A section's name is read from its own mark (base64, at the same place in every language), never from its title. Cards come in four
wrappings: bare, each in one more array, beside an event, and, where a list goes on, in an older layout (`play.cards`). Facts: recorded
pages of developers, of similar apps, of searches and of the store's home, and a recorded chart; for lists that go on, what public projects
agree on, since nobody has recorded one.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NoBase64
from typing import Any, NamedTuple

from playfast.errors import UnreadableError
from playfast.play.cards import bare, id_of, is_older, of_record
from playfast.play.record import Path, at, find

SIMILAR = "similar"
BY_DEVELOPER = "more_by_developer"
_DEVELOPER_PAGE = re.compile(r"/store/apps/dev(?:eloper)?\?id=")
_WORDS = re.compile(rb"[A-Za-z0-9_.]{6,}")
_SHORTEST_NAME = 6
_TEXT_OF_1 = 0x0A
"""What a protocol buffer writes before the length of its first field, if that is a text."""
_NAMES = {"similar_apps": SIMILAR, "more_by_": BY_DEVELOPER}
_RESULTS = "search_results_cluster_apps"

_OF_AN_ANSWER = ((1,), (0,))  # ag2B9c; all others
_LAYOUTS = (21, 22, 28)
"""Where a section keeps its cards: bare ones (similar apps, a numbered developer), wrapped ones (a search, a named developer), wrapped ones
with what else a chart says of an app."""
_OF_EVENTS = 34
"""Where a section keeps events, each beside the card of its app."""
_TOKEN = (3, 1)
_LINK = (2, 4, 2)
_MARK = (3, 0)
_MORE = ((0, 0), (0, 6))
"""Where an answer that goes on keeps its list: of similar apps and searches, of a developer."""
_OLDER = ((0, 0), (0, 1, 0, 0))
"""Where the older kind of a search keeps its list: alone, or below another section."""
_TOKEN_OF_MORE = (7, 1)

_SHOWN_AT_LENGTH = (23, 16)
"""Where a section keeps the one app that it shows at length, as `[..., record, ids]`."""
_ITS_RECORD = (2,)
_ITS_ID = (11, 0, 0)


class More(NamedTuple):
    """A part of a list; `older` tells whether its cards are of the older layout."""

    cards: list[Any]
    token: str | None
    older: bool


class Section(NamedTuple):
    """One list.

    Attributes:
        name: which one; None for one of an unknown kind.
        title: as shown.
        mark: what Play calls it.
        above: cards of apps that are shown by themselves, before the others.
        beside: a part of the same list that was asked for beside, and comes behind the cards.
        cut: whether the list may have more, and the way to it gave no answer.
    """

    name: str | None
    title: str | None
    cards: list[Any]
    token: str | None
    link: str | None
    mark: str | None = None
    above: tuple[Any, ...] = ()
    beside: More | None = None
    cut: bool = False


def sections(payload: Any) -> list[Section]:
    """The lists of an answer or of a page's block, in the order in which they are shown.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    if payload.__class__ is not list:
        raise UnreadableError(f"a {type(payload).__name__} where lists of apps were expected")
    found = []
    for section in _listed(payload):
        mark = _mark(find(section, _MARK))
        for layout in _LAYOUTS:
            list_of = find(section, (layout,))
            cards = find(list_of, (0,))
            if cards.__class__ is list:
                head = find(list_of, (1,))
                link = _text(find(head, _LINK))
                title, token = _text(find(head, (0,))), _text(find(head, _TOKEN))
                found.append(
                    Section(_name(mark, link), title, [bare(card) for card in cards], token, link, mark)
                )
        list_of = find(section, (_OF_EVENTS,))
        events = find(list_of, (0,))
        if events.__class__ is list:
            cards = [find(event, (1, 0)) for event in events]
            found.append(Section(None, _text(find(list_of, (1,))), cards, None, None, mark))
    return found


def chart(payload: Any, name: str) -> list[Section]:
    """The sections of a chart's answer; none where Play has no such chart.

    Raises:
        UnreadableError: the payload is of another shape, or another chart.
    """
    shown = sections([[]] if payload is None else payload)
    for section in shown:
        if section.mark not in (None, name):
            raise UnreadableError(f"the answer is another chart: {section.mark!r} in the place of {name}")
    return shown


def results(payload: Any, name: str, beside: More | None = None) -> Section:
    """The results of a search as one list, whatever their number: the app that is shown at length first, if there is one.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    shown = sections(payload)
    # What else may stand on the page (more like the first app, say) is no result; without marks everything there is.
    listed = [one for one in shown if one.mark is not None and one.mark.startswith(_RESULTS)] or shown
    cards = [card for one in listed for card in one.cards]
    token = next((one.token for one in listed if one.token is not None), None)
    first = _at_length(payload)
    return Section(name, None, cards, token, None, None, () if first is None else (first,), beside)


def older(payload: Any) -> More:
    """The first part of a search of the older kind, which can go on.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    return _part(payload, _OLDER)


def more(payload: Any) -> More:
    """The part of a list that an answer goes on with.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    return _part(payload, _MORE)


def _part(payload: Any, places: tuple[Path, ...]) -> More:
    if payload.__class__ is not list:
        raise UnreadableError(f"a {type(payload).__name__} where a part of a list was expected")
    for place in places:
        list_of = find(payload, place)
        cards = find(list_of, (0,))
        if cards.__class__ is list and all(id_of(card) is not None for card in cards):
            older = not cards or is_older(cards[0])
            return More(cards, _text(find(list_of, _TOKEN_OF_MORE)), older)
    for layout in _LAYOUTS:
        list_of = find(payload, (0, layout))
        cards = find(list_of, (0,))
        if cards.__class__ is list:
            return More([bare(card) for card in cards], _text(find(list_of, (1, *_TOKEN))), older=False)
    if not find(payload, (0,)):
        return More([], None, older=False)
    raise UnreadableError("an answer without the part of a list that is due")


def above(payload: Any) -> Any:
    """A card of the app that stands by itself above a developer's list, made of the record that is sent of it; None where there is none.

    The list below, "More by ...", leaves that app out. How Play answers for a developer without such an app is not on record, so that
    whatever has no app in it is one.
    """
    listed = find(payload, (1, 1))
    return _at_length_in(listed if listed.__class__ is list else [])


def _at_length(payload: Any) -> Any:
    """The same of a search, whose sections stand elsewhere."""
    return _at_length_in(_listed(payload))


def _at_length_in(listed: list[Any]) -> Any:
    for section in listed:
        shown = find(section, _SHOWN_AT_LENGTH)
        app_id, record = find(shown, _ITS_ID), find(shown, _ITS_RECORD)
        if isinstance(app_id, str) and app_id and record.__class__ is list:
            return of_record(app_id, record)
    return None


def _listed(payload: Any) -> list[Any]:
    of_lists = [place for place in _OF_AN_ANSWER if find(payload, place).__class__ is list]
    if not of_lists:
        raise UnreadableError("an answer without sections")
    for place in of_lists:
        listed = at(payload, (*place, 1))
        if listed.__class__ is list:
            return list(listed)
        if listed is not None:
            raise UnreadableError("an answer without sections")
    return []  # nothing is listed, and Play says so


def _mark(written: Any) -> str | None:
    """The name in a mark: a text of a protocol buffer, which its length stands before; None where there is no such text."""
    try:
        inner = b64decode(written, altchars=b"-_") if isinstance(written, str) else b""
    except (NoBase64, ValueError):
        return None
    for match in _WORDS.finditer(inner):
        begin = match.start()
        while begin < match.end():  # its length may itself be a character that stands in names
            length = inner[begin - 1]
            if (
                begin > 1
                and inner[begin - 2] == _TEXT_OF_1
                and _SHORTEST_NAME <= length <= match.end() - begin
            ):
                return inner[begin : begin + length].decode()
            begin += 1
    return None


def _name(mark: str | None, link: str | None) -> str | None:
    """By the mark; where that holds no name, as in 2022, by a link to the developer's page."""
    named = None if mark is None else next((name for part, name in _NAMES.items() if part in mark), None)
    return BY_DEVELOPER if named is None and link is not None and _DEVELOPER_PAGE.match(link) else named


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
