"""Ws7gDc: the record of an app, all of it or the fields that the call names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from playfast.localstore import makers
from playfast.localstore.catalogue import App
from playfast.localstore.chance import Chance
from playfast.localstore.page import clusters
from playfast.localstore.record.message import payload
from playfast.localstore.record.view import View
from playfast.localstore.weeks import app_in

from .calls import NOT_FOUND_ERROR, NOTHING, Answer, Storefront

_APP = 7
_DEVELOPER = 8
_FORM_FACTOR = 23
_PHONE = [2]
_BEFORE_ID = '[["'


class Wanted(NamedTuple):
    """What a call asks for: which thing, of which kind, which of its fields, and whether as seen by phones only."""

    app_id: str
    kind: int
    mask: tuple[int, ...]
    phone: bool


def understand(arguments: str) -> Wanted | None:
    """Read the arguments of a call, or None if they make no sense.

    Calls of one client differ in the id only, so the rest is read once and remembered.
    """
    start = arguments.rfind(_BEFORE_ID) + len(_BEFORE_ID)
    end = arguments.find('"', start)
    app_id = arguments[start:end]
    if start < len(_BEFORE_ID) or "\\" in app_id:
        return _read(arguments)
    rest = _read(f"{arguments[:start]}{arguments[end:]}")
    return rest and rest._replace(app_id=app_id)


@lru_cache(maxsize=1024)
def _read(arguments: str) -> Wanted | None:
    try:
        decoded: Any = orjson.loads(arguments)
        mask = tuple(decoded[2][0])
        app_id, kind = decoded[5][0][:2]
    except (LookupError, TypeError, ValueError):
        return None
    if not isinstance(app_id, str) or not all(type(number) is int for number in mask):
        return None
    return Wanted(app_id, kind, mask, _for_phones(decoded[3]))


def _for_phones(context: Any) -> bool:
    """Whether the context of a call narrows it to phones."""
    try:
        return bool(context[0][_FORM_FACTOR] == _PHONE)
    except (LookupError, TypeError):
        return False


def answer(wanted: Wanted, front: Storefront) -> Answer:
    """The fields that the call names.

    An id that is not there gets no payload; for a third of such ids the answer is an error instead. Things that are no apps get none.
    """
    if wanted.kind == _DEVELOPER:
        key = makers.by_number(wanted.app_id)
        return NOTHING if key is None else Answer(clusters.profile(key))
    if wanted.kind != _APP:
        return NOTHING
    app = app_in(wanted.app_id, front.seed, front.week)
    if app.status(front.gl) == "not_found":
        return Answer(error=NOT_FOUND_ERROR) if errs_when_missing(app) else NOTHING
    view = View(app, front.gl, front.hl, words=front.words, moves=front.moves)
    flat = app.chance.number("flat echo") % 10 == 0
    return Answer(payload(view, wanted.mask, phone=wanted.phone, flat=flat))


def errs_when_missing(app: App) -> bool:
    """Whether the store answers a call for this missing app with an error, rather than with nothing."""
    return Chance("missing", app.app_id).happens("error", 0.33)
