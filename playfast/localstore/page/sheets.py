"""Pages that are no app's: of developers, of similar apps, of an app's data safety. Each differs in what it puts into its blocks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from playfast.localstore import makers
from playfast.localstore.chance import Chance
from playfast.localstore.record.message import payload
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from . import clusters, frame_blocks, front
from .config import CONTEXT
from .configuration import LAYOUTS

STORE = "https://play.google.com"
_OF_NUMBERED, _OF_NAMED, _OF_CLUSTER = 10, 20, 50
_SAFETY_MASK = (1, 69, 70, 96, 100, 138)

Block = tuple[str, Any, Any]
"""The RPC of a block, what it was asked, and its data."""


class Sheet(NamedTuple):
    """What makes such a page: its address and title, what it shows, and its blocks in order."""

    address: str
    title: str
    body: str
    blocks: list[Block]


def developer(asked: str, *, by_name: bool, generation: int) -> Callable[[View], Sheet | None]:
    """The page of a developer, by number or by name."""

    def make(view: View) -> Sheet | None:
        key = makers.by_name(asked) if by_name else makers.by_number(asked)
        if key is None:
            return None
        name = makers.developer_number(key, Chance("developer", key)).name
        kind = "developer" if by_name else "dev"
        rows = _OF_NAMED if by_name else _OF_NUMBERED
        listed = clusters.of_developer(view, key, rows, by_name=by_name, generation=generation)
        if by_name:
            own: list[Block] = [
                ("IRWBmd", [[None, [[10, [rows]], None, None, LAYOUTS], [f"pub:{asked}"], 4], [1]], listed)
            ]
        else:
            of = [asked, 8]
            above = clusters.above(view, key)
            own = [
                ("MRTdke", [None, None, [None, [[1, [rows]], None, None, LAYOUTS], None, of], None, [1]], listed),
                ("r4RdKc", [[[None, None, None, None, None, [None, 2]], of, [[1, [1]], None, None, LAYOUTS]], [1]], above),
                ("Ws7gDc", [None, None, [[1, 2, 3, 5, 6]], None, None, [of]], clusters.profile(key)),
            ]  # fmt: skip
        address = f"{STORE}/store/apps/{kind}?id={quote_plus(asked)}&hl={view.hl}"
        return Sheet(address, f"{name} - {STORE}", shown(name, _cards(listed)), framed(view, own))

    return make


def cluster(gsr: str, *, generation: int) -> Callable[[View], Sheet | None]:
    """The page of one list alone: of the apps that are similar to one, or of a section of a front page."""

    def make(view: View) -> Sheet | None:
        sealed = gsr.partition("=")[0].partition(":")[0]
        app_id = clusters.app_of_cluster(sealed)
        if app_id is None:
            found = front.of_cluster(view, sealed, _OF_CLUSTER, generation)
            if found is None:
                return None
            title, listed = found
        else:
            app = app_in(app_id, view.app.seed, view.app.week)
            of_app = View(app, view.country.code, view.hl, words=False)
            title, listed = view.lang.say("similar"), clusters.cluster(of_app, _OF_CLUSTER, generation)
        own: list[Block] = [
            ("CNT7ob", [[None, None, [[8, [20, _OF_CLUSTER]], None, None, LAYOUTS], None, gsr]], listed),
            ("lUZwMe", [[None, 7]], []),
        ]
        address = f"{STORE}/store/apps/collection/cluster?gsr={quote_plus(gsr)}&hl={view.hl}"
        return Sheet(address, title, shown("", _cards(listed)), framed(view, own))

    return make


def data_safety(app_id: str) -> Callable[[View], Sheet | None]:
    """The page with the whole data-safety label of an app."""

    def make(view: View) -> Sheet | None:
        app = app_in(app_id, view.app.seed, view.app.week)
        if app.status(view.country.code) == "not_found":
            return None
        asked = [None, None, [list(_SAFETY_MASK)], CONTEXT, None, [[app_id, 7]]]
        told = payload(View(app, view.country.code, view.hl, words=False), _SAFETY_MASK)
        address = f"{STORE}/store/apps/datasafety?id={app_id}&hl={view.hl}"
        return Sheet(
            address,
            app.title,
            f"<main><h1>{escape(app.title)}</h1></main>",
            framed(view, [("Ws7gDc", asked, told)]),
        )

    return make


def framed(view: View, own: list[Block]) -> list[Block]:
    """The blocks that every page has around its own."""
    return [
        ("T6C6Se", [], frame_blocks.navigation()),
        ("Qu3lde", [None, 1], frame_blocks.menu()),
        ("X5bnOb", [], [1]),
        *own,
        ("jRco8", [], frame_blocks.echo(view)),
        ("shGlA", [None, 0], frame_blocks.footer()),
    ]


def _cards(listed: list[Any]) -> list[Any]:
    """The cards of sections, unwrapped."""
    entries = [entry for section in listed[0][1] or () for entry in section[-1][0]]
    return [entry[0] if isinstance(entry[0][0], list) else entry for entry in entries]


def shown(title: str, cards: list[Any]) -> str:
    """The cards as links."""
    links = [
        f'<a class="Si6A0c" href="{escape(card[10][4][2])}"><span>{escape(card[3])}</span></a>'
        for card in cards
    ]
    return "".join([f"<main><h1>{escape(title)}</h1>", *links, "</main>"])
