"""w3QCWb: the sections of a front page."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from playfast.localstore.page import front as sections
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from .calls import Answer, Storefront
from .reading import Form, form, text

_NOBODY = "example.nobody.app"


class Wanted(NamedTuple):
    """Of which department the front page is asked for."""

    department: str
    form: Form


def understand(arguments: str) -> Wanted | None:
    """Read the arguments of w3QCWb."""
    try:
        wish: Any = orjson.loads(arguments)
        how = wish[0]
        return Wanted(text(how[2]), form(how[4]))
    except (LookupError, TypeError, ValueError):
        return None


def answer(wanted: Wanted, front: Storefront) -> Answer:
    """The front page of a department; without sections where there is no such one."""
    view = View(app_in(_NOBODY, front.seed, front.week), front.gl, front.hl, words=front.words)
    return Answer(sections.front(view, wanted.department, wanted.form.mask, front.generation))
