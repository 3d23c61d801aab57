"""vyAe2: charts."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from playfast.localstore.page.chart import chart
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from .calls import Answer, Storefront
from .reading import Form, form, text

_NOBODY = "example.nobody.app"


class Charted(NamedTuple):
    """Which chart is asked for."""

    collection: str
    department: str
    form: Form


def understand(arguments: str) -> Charted | None:
    """Read the arguments of vyAe2, the long ones that pages send and the short ones alike."""
    try:
        wish: Any = orjson.loads(arguments)
        how = wish[0]
        _, collection, department = how[2]
        return Charted(text(collection), text(department), form(how[1]))
    except (LookupError, TypeError, ValueError):
        return None


def answer(wanted: Charted, front: Storefront) -> Answer:
    """The chart, as far down as is asked."""
    view = View(app_in(_NOBODY, front.seed, front.week), front.gl, front.hl, words=front.words)
    return Answer(chart(view, wanted.collection, wanted.department, wanted.form.rows, wanted.form.mask))
