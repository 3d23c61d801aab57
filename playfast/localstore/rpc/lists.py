"""The RPCs that list apps: related ones (ag2B9c), a developer's (MRTdke and r4RdKc, IRWBmd), and how lists go on (qnKhOb)."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from playfast.localstore import makers
from playfast.localstore.catalogue import App
from playfast.localstore.page import clusters, results
from playfast.localstore.page import front as sections
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from .calls import NOT_FOUND_ERROR, NOTHING, Answer, Storefront
from .reading import Form, form, number, text

_BY_NAME = "pub:"
_MOST = 100
_NOBODY = "example.nobody.app"


class Related(NamedTuple):
    """What a call for related apps asks."""

    app_id: str
    rows: int


class OfDeveloper(NamedTuple):
    """What a call for a developer's apps asks: by number, or by name."""

    developer: str
    rows: int
    by_name: bool


class Following(NamedTuple):
    """What a call for more of a list asks."""

    token: str
    form: Form


def understand_related(arguments: str) -> Related | None:
    """Read the arguments of ag2B9c."""
    try:
        wish: Any = orjson.loads(arguments)
        return Related(text(wish[0][1][0]), number(wish[0][3][0][1][0]))
    except (LookupError, TypeError, ValueError):
        return None


def related(wanted: Related, front: Storefront) -> Answer:
    """Similar apps, and more by the developer."""
    app = app_in(wanted.app_id, front.seed, front.week)
    if app.status(front.gl) == "not_found":
        return NOTHING
    return Answer(clusters.related(_view(app, front), wanted.rows, front.generation))


def understand_numbered(arguments: str) -> OfDeveloper | None:
    """Read the arguments of MRTdke."""
    try:
        wish: Any = orjson.loads(arguments)
        how = wish[2]
        return OfDeveloper(text(how[3][0]), number(how[1][0][1][0]), by_name=False)
    except (LookupError, TypeError, ValueError):
        return None


def understand_above(arguments: str) -> str | None:
    """Read the arguments of r4RdKc: the number of a developer."""
    try:
        wish: Any = orjson.loads(arguments)
        return text(wish[0][1][0])
    except (LookupError, TypeError, ValueError):
        return None


def above(number: str, front: Storefront) -> Answer:
    """The app that stands above a developer's list."""
    key = makers.by_number(number)
    if key is None:
        return NOTHING
    return Answer(clusters.above(_view(app_in(_NOBODY, front.seed, front.week), front), key))


def understand_named(arguments: str) -> OfDeveloper | None:
    """Read the arguments of IRWBmd."""
    try:
        wish: Any = orjson.loads(arguments)
        how = wish[0]
        asked = text(how[2][0])
        if not asked.startswith(_BY_NAME):
            return None
        return OfDeveloper(asked.removeprefix(_BY_NAME), number(how[1][0][1][0]), by_name=True)
    except (LookupError, TypeError, ValueError):
        return None


def of_developer(wanted: OfDeveloper, front: Storefront) -> Answer:
    """The first apps of a developer."""
    find = makers.by_name if wanted.by_name else makers.by_number
    key = find(wanted.developer)
    if key is None:
        return NOTHING
    view = _view(app_in(_NOBODY, front.seed, front.week), front)
    return Answer(
        clusters.of_developer(view, key, wanted.rows, by_name=wanted.by_name, generation=front.generation)
    )


def understand_following(arguments: str) -> Following | None:
    """Read the arguments of qnKhOb."""
    try:
        wish: Any = orjson.loads(arguments)
        how = wish[0]
        asked = form(how[1])
        return Following(text(how[3]), asked._replace(rows=min(asked.rows, _MOST)))
    except (LookupError, TypeError, ValueError):
        return None


def following(wanted: Following, front: Storefront) -> Answer:
    """How a list goes on. A dead token gets an error; one of a search that was asked for in another form gets nothing."""
    view = _view(app_in(_NOBODY, front.seed, front.week), front)
    token, asked = wanted
    begun = results.opened(token, front.generation)
    if begun is not None:
        return (
            Answer(results.more(view, begun, asked.rows, front.generation))
            if begun.kind == asked.kind
            else NOTHING
        )
    for more in (clusters.more, sections.more):
        listed = more(view, token, asked.rows, front.generation, older=asked.older)
        if listed is not None:
            return Answer(listed)
    return Answer(error=NOT_FOUND_ERROR)


def _view(app: App, front: Storefront) -> View:
    return View(app, front.gl, front.hl, words=front.words)
