"""The block of related apps (ag2B9c): more by the developer, and similar ones."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from typing import Any

from playfast.localstore import makers
from playfast.localstore.catalogue import App
from playfast.localstore.chance import Chance
from playfast.localstore.identifiers import ids
from playfast.localstore.record.parts import link
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from .cards import card

_CARDS = 6
_POOL = 3_000_000
_PLACES = 22
_STREAM_MARK = "qgIMCgoKBlNUUkVBTRoA"  # a mark of the store's own logging, the same on every page


def mark(name: str) -> str:
    """The mark of a section, in base64: it holds the section's name, in every language."""
    inner = name.encode()
    named = b"\x0a" + bytes([len(inner)]) + inner
    wrapped = b"\x1a" + bytes([len(named) + 2]) + b"\x0a" + bytes([len(named)]) + named
    return b64encode(
        b"\xaa\x02"
        + bytes([len(wrapped) + 6])
        + b"\x12"
        + bytes([len(wrapped) + 4])
        + b"\x10\x00"
        + wrapped
        + b"\x10\x2d\x18\x03"
    ).decode()


def _section(marks: list[Any], cards: list[Any], head: list[Any]) -> list[Any]:
    node: list[Any] = [None] * _PLACES
    node[3] = marks
    node[21] = [cards, head]
    return node


def _cards(view: View, app_ids: list[str]) -> list[Any]:
    apps = [app_in(app_id, view.app.seed, view.app.week) for app_id in app_ids]
    return [
        card(View(app, view.country.code, view.hl, words=view.words))
        for app in apps
        if app.status(view.country.code) == "available"
    ]


def similar_ids(app: App) -> list[str]:
    """The ids of apps that the store calls similar."""
    numbers = [app.chance.between(f"similar{k}", 0, _POOL) for k in range(_CARDS)]
    return [next(ids(1, app.seed, number)) for number in numbers]


def related(view: View) -> list[Any]:
    """Two sections of cards. A few apps have none, and those without other apps by their developer have one."""
    app, lang = view.app, view.lang
    sections = []
    if app.chance.happens("no related", 0.04):
        return [None, [None, None, None, [], 0, [_STREAM_MARK]]]
    if app.chance.happens("more by", 0.85):
        count = app.chance.between("more by count", 1, _CARDS)
        others = [app_id for app_id in makers.ids_of(app.developer.key, count + 1) if app_id != app.app_id][
            :count
        ]
        title = [lang.say("more_by").format(name=app.developer.name), None, link(app.developer.path)]
        sections.append(_section([mark(f"more_by_{app.developer.number}")], _cards(view, others), title))
    game = app.category.is_game
    name = "similar_apps_GAME" if game else "similar_apps"
    token = Chance("cluster", app.app_id)
    path = (
        "/store/apps/collection/cluster?gsr="
        + urlsafe_b64encode(token.stream("path", 120)).decode()
        + "%3D:S:"
        + token.text("s", 11, "ABCdef0123_")
    )
    head = [
        lang.say("similar_games" if game else "similar"),
        None,
        link(path),
        [None, urlsafe_b64encode(token.stream("next", 150)).decode()],
    ]
    sections.append(_section([mark(name), [[name, 2], None, None, 1]], _cards(view, similar_ids(app)), head))
    return [None, [None, sections, None, [], 0, [_STREAM_MARK]]]
