"""The sections of a front page (w3QCWb), and how they go on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from playfast.localstore import fronts, tokens
from playfast.localstore.chance import Chance
from playfast.localstore.fronts import Section
from playfast.localstore.media import tokens as letters
from playfast.localstore.record.listing import category
from playfast.localstore.record.offer import offer_node
from playfast.localstore.record.parts import html, image, link
from playfast.localstore.record.view import View
from playfast.localstore.releases import begin_of
from playfast.localstore.words import sentences, written_as

from . import marks
from .cards import card
from .clusters import continued, section, seen_by, stream

_EVENTS_PLACES = 35
_KIND, _GSR = "front", "front cluster"
_TOLD = 2  # of an event: what the number means is not known, it is the same on every one
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def front(view: View, department: str, mask: Collection[int] | None, generation: int) -> list[Any]:
    """The sections that the store recommends, and at last what is going on in apps."""
    found = fronts.front(department, view.country.code, view.app.seed, view.app.week)
    out = [_recommended(view, department, place, mask, generation) for place in range(len(found.sections))]
    if found.events:
        node: list[Any] = [None] * _EVENTS_PLACES
        name = f"non_personalized_mid_stream_popular_live_ops_{department}"
        node[3] = [marks.events(name, len(out))]
        node[-1] = [[_event(one, mask) for one in seen_by(view, [*found.events])], view.lang.say("events")]
        out.append(node)
    noise = Chance("front", department, view.hl, view.country.code).text("stream", 260, _LETTERS)
    return [
        [None, out, None, [None, f"EAUaxwEI{noise}"], view.no, [marks.page(f"HOME_V2_PHONE_{department}")]]
    ]


def _recommended(
    view: View, department: str, place: int, mask: Collection[int] | None, generation: int
) -> list[Any]:
    found = _sections(view, department)[place]
    sign = [marks.recommended(found.name, place), [[found.name, 2], None, None, place]]
    cards = [card(one, mask) for one in seen_by(view, [*found.ids[: found.shown]])]
    gsr = tokens.seal(_GSR, 0, department, place)
    noise = Chance(_GSR, department, place).text("s", 11, _LETTERS)
    address = link(f"/store/apps/collection/cluster?gsr={gsr}%3D:S:{noise}")
    more = _token(generation, department, place, found.shown, found)
    return section(sign, cards, [_title(view, found), None, address, *([more] if more else [])])


def _sections(view: View, department: str) -> tuple[Section, ...]:
    return fronts.front(department, view.country.code, view.app.seed, view.app.week).sections


def _title(view: View, found: Section) -> str:
    return found.topic or view.lang.say("popular")


def _token(generation: int, department: str, place: int, begin: int, found: Section) -> list[Any] | None:
    return (
        [None, tokens.seal(_KIND, generation, department, place, begin)] if begin < len(found.ids) else None
    )


def of_cluster(view: View, gsr: str, rows: int, generation: int) -> tuple[str, list[Any]] | None:
    """Title and block of the page of one section alone; None where an address asks for none."""
    values = tokens.opened(_GSR, 0, gsr)
    if values is None:
        return None
    department, place = values
    found = _sections(view, department)[place]
    sign = [marks.recommended(found.name, 0), [[found.name, 2], None, None, 0]]
    cards = [card(one) for one in seen_by(view, [*found.ids[:rows]])]
    title, more = _title(view, found), _token(generation, department, place, rows, found)
    head = [title, None, None, *([more] if more else [])]
    return title, stream([section(sign, cards, head)])


def more(view: View, token: str, rows: int, generation: int, *, older: bool) -> list[Any] | None:
    """qnKhOb: how a section goes on; None for a token that is no section's."""
    values = tokens.opened(_KIND, generation, token)
    if values is None:
        return None
    department, place, begin = values
    found = _sections(view, department)[place]
    following = _token(generation, department, place, begin + rows, found)
    return continued(seen_by(view, [*found.ids[begin : begin + rows]]), following, older=older)


def _event(view: View, mask: Collection[int] | None) -> list[Any]:
    """What is going on in an app: its card, and what the event is, with a picture and its end."""
    app = view.app
    token = "CCGqAnwaegg" + letters(Chance("event", app.app_id), "token", 200)
    number = Chance("event", app.app_id).between(
        "number", 4_820_000_000_000_000_000, 4_839_999_999_999_999_999
    )
    about = [link(f"/store/apps/details?id={app.app_id}"), [token], [offer_node(view)]]
    end = view.lang.say("ends").format(day=view.lang.day(begin_of(app.week + 1)))
    texts = app.chance.also(app.text_language(view.hl))
    head, text = (
        texts.pick(name, sentences(written_as(app.text_language(view.hl))))
        for name in ("event", "event text")
    )
    return [
        None,
        [
            card(view, mask), about, html(head), html(text), image(app.header or app.screenshots[0]), None, end,
            link(f"/store/apps/eventdetails/{number}"), _TOLD, None, [app.title], category(view),
        ],
    ]  # fmt: skip
