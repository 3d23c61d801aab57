"""xdSrCf: what an app may do."""

from __future__ import annotations

from typing import Any

import orjson

from playfast.localstore.record.trust import permissions
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from .calls import NOTHING, Answer, Storefront


def understand(arguments: str) -> str | None:
    """The app that a call asks for."""
    try:
        wish: Any = orjson.loads(arguments)
        app_id = wish[0][1][0]
    except (LookupError, TypeError, ValueError):
        return None
    return app_id if isinstance(app_id, str) else None


def answer(app_id: str, front: Storefront) -> Answer:
    """The permissions of an app; empty groups for one without any."""
    app = app_in(app_id, front.seed, front.week)
    if app.status(front.gl) == "not_found":
        return NOTHING
    found = permissions(View(app, front.gl, front.hl, words=front.words))
    return Answer([[], []] if found is None else found[2])
