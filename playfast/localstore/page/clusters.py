"""Sections of cards: the two of an app's page (ag2B9c), those of a developer's page, and how they go on."""

from __future__ import annotations

from typing import Any

from playfast.localstore import makers, shelves, tokens
from playfast.localstore.catalogue import App
from playfast.localstore.chance import Chance
from playfast.localstore.record.parts import link
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from . import marks
from .at_length import shown_at_length
from .cards import card, older_card

_CARDS = 6
_PLACES = 23
_BARE, _WRAPPED = 21, 22
STREAM_MARK = "qgIMCgoKBlNUUkVBTRoA"
"""A mark of the store's own logging, the same on every page."""
_OF_CLUSTERS, _OF_DEVELOPERS = 0, 6


def section(sign: list[Any], cards: list[Any], head: list[Any], layout: int = _BARE) -> list[Any]:
    """A section: what names it, its cards in one of two wrappings, and what stands over them."""
    node: list[Any] = [None] * (layout + 1)
    node[3] = sign
    node[layout] = [cards if layout == _BARE else [[one] for one in cards], head]
    return node


def stream(sections: list[Any]) -> list[Any]:
    """Sections as the pages of developers and of clusters send them."""
    return [[None, sections or None, None, [], 1, [STREAM_MARK]]]


def seen_by(view: View, app_ids: list[str]) -> list[View]:
    """Apps as the same storefront shows them."""
    return [
        View(app_in(app_id, view.app.seed, view.app.week), view.country.code, view.hl, words=view.words)
        for app_id in app_ids
    ]


def _cards(view: View, app_ids: list[str]) -> list[Any]:
    return [card(one) for one in seen_by(view, app_ids)]


def _token(kind: str, generation: int, of: Any, begin: int, total: int) -> list[Any] | None:
    return [None, tokens.seal(kind, generation, of, begin)] if begin < total else None


def related(view: View, rows: int = _CARDS, generation: int = 0) -> list[Any]:
    """Two sections of cards. A few apps have none, and those without other apps by their developer have one."""
    app, lang, country = view.app, view.lang, view.country.code
    sections = []
    if not shelves.has_similar(app):
        return [None, [None, None, None, [], 0, [STREAM_MARK]]]
    if app.chance.happens("more by", 0.85):
        developer = app.developer
        others = [
            app_id
            for app_id in shelves.by_developer(developer.key, app.seed, app.week, country)
            if app_id != app.app_id
        ]
        title = [lang.say("more_by").format(name=developer.name), None, link(developer.path)]
        more = _token("more by", generation, [developer.key, app.app_id], rows, len(others))
        sign = [marks.related(f"more_by_{developer.number}")]
        sections.append(section(sign, _cards(view, others[:rows]), [*title, more] if more else title))
    sections.append(_similar(view, rows, generation, len(sections)))
    return [None, [None, sections, None, [], 0, [STREAM_MARK]]]


def cluster(view: View, rows: int, generation: int = 0) -> list[Any]:
    """CNT7ob: the page of similar apps."""
    return stream([_similar(view, rows, generation, 0)])


def _similar(view: View, rows: int, generation: int, place: int) -> list[Any]:
    app = view.app
    name = "similar_apps_GAME" if app.category.is_game else "similar_apps"
    found = shelves.similar(app, view.country.code)
    head = [
        view.lang.say("similar_games" if app.category.is_game else "similar"),
        None,
        link(cluster_path(app)),
        _token("similar", generation, app.app_id, rows, len(found)),
    ]
    sign = [marks.recommended(name, place), [[name, 2], None, None, place]]
    return section(sign, _cards(view, found[:rows]), head)


def cluster_path(app: App) -> str:
    """Where the page of similar apps stands."""
    noise = Chance("cluster", app.app_id).text("s", 11, "ABCdef0123_")
    return f"/store/apps/collection/cluster?gsr={tokens.seal('cluster', 0, app.app_id)}%3D:S:{noise}"


def app_of_cluster(sealed: str) -> str | None:
    """Id of the app whose similar apps an address asks for; None for none."""
    values = tokens.opened("cluster", 0, sealed)
    return None if values is None else str(values[0])


def of_developer(view: View, key: int, rows: int, *, by_name: bool, generation: int = 0) -> list[Any]:
    """MRTdke and IRWBmd: the apps of developer k; those asked by name stand in one more array each."""
    developer = makers.developer_number(key, Chance("developer", key))
    kind = "developer" if by_name or not shelves.has_above(key) else "developer below"
    found = _listed(view, kind, key)
    more = _token(kind, generation, key, rows, len(found))
    cards = _cards(view, found[:rows])
    if by_name:
        name = f"search_results_cluster_apps_range_0_{len(cards)}"
        sign = [marks.found(name, 0), [[name, 2], None, None, 0]]
        return stream([section(sign, cards, [developer.name, None, None, more, 1], _WRAPPED)])
    title = view.lang.say("more_by").format(name=developer.name)
    head = [title, None, link(f"/store/apps/dev?id={developer.number}"), more, 1]
    return stream([section([marks.related(f"more_by_{developer.number}")], cards, head)])


def above(view: View, key: int) -> list[Any]:
    """r4RdKc: the app that stands above the list of developer k, at length; no section where there is none."""
    found = _listed(view, "developer", key) if shelves.has_above(key) else []
    if not found:
        return [[[]], [None, None, None, [], 1, [STREAM_MARK]]]
    (one,) = seen_by(view, found[:1])
    return [[[]], [None, [shown_at_length(one, marks.alone())], None, [], 1, [STREAM_MARK]]]


def profile(key: int) -> list[Any]:
    """Ws7gDc for a developer: pictures, name and tagline."""
    developer = makers.developer_number(key, Chance("developer", key))
    header = [[None, 2, None, [None, None, developer.header]]] if developer.header else None
    logo = [[None, 2, None, [None, None, developer.logo]], 1] if developer.logo else None
    tagline = [None, [None, developer.tagline]] if developer.tagline else None
    told = [None, header, logo, None, [developer.name], tagline]
    return [
        [[[]]],
        [{"12": [[developer.number, 8]], "13": told, "40": [[1, 2, 3, 5, 6]]}],
    ]


def more(view: View, token: str, rows: int, generation: int, *, older: bool) -> list[Any] | None:
    """qnKhOb: how a list goes on, in the layout that is asked for; None for a token that is no good."""
    places = {
        "similar": _OF_CLUSTERS,
        **dict.fromkeys(("more by", "developer", "developer below"), _OF_DEVELOPERS),
    }
    for kind, place in places.items():
        values = tokens.opened(kind, generation, token)
        if values is not None:
            of, begin = values
            found = _listed(view, kind, of)
            following = _token(kind, generation, of, begin + rows, len(found))
            shown = seen_by(view, found[begin : begin + rows])
            return continued(shown, following, place, older=older)
    return None


def continued(
    shown: list[View], following: list[Any] | None, place: int = _OF_CLUSTERS, *, older: bool
) -> list[Any]:
    """More of a list, in the layout that is asked for, with the token of what comes then."""
    if not older:
        return [section([], [card(one) for one in shown], ["", None, None, following])]
    list_of = [[older_card(one) for one in shown], *[None] * 6, following]
    return [[*[None] * place, list_of]]


def _listed(view: View, kind: str, of: Any) -> list[str]:
    seed, week, country = view.app.seed, view.app.week, view.country.code
    if kind == "similar":
        return shelves.similar(app_in(of, seed, week), country)
    if kind.startswith("developer"):
        found = shelves.by_developer(of, seed, week, country)
        return found[1:] if kind == "developer below" else found
    key, but = of
    return [app_id for app_id in shelves.by_developer(key, seed, week, country) if app_id != but]
