"""lGYRle: apps that a search finds."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from playfast.localstore.page import results
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from .calls import Answer, Storefront
from .reading import Form, form, text

_NOBODY = "example.nobody.app"
_MOST = 100
_APPS = 4


class Sought(NamedTuple):
    """What a search asks."""

    query: str
    form: Form


def understand(arguments: str) -> Sought | None:
    """Read the arguments of lGYRle."""
    try:
        wish: Any = orjson.loads(arguments)
        how = wish[0]
        if how[3] != _APPS:
            return None
        return Sought(text(how[2][0]), form(how[1]))
    except (LookupError, TypeError, ValueError):
        return None


def answer(wanted: Sought, front: Storefront) -> Answer:
    """The first results, in the layout that is asked for."""
    view = View(app_in(_NOBODY, front.seed, front.week), front.gl, front.hl, words=front.words)
    query, asked = wanted
    if asked.older:
        return Answer(results.rows(view, query, min(asked.rows, _MOST), asked.kind, front.generation))
    return Answer(results.sections(view, query, asked.mask))
