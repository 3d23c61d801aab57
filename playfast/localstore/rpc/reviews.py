"""oCPfdb, and UsvDTd before it: reviews, a page at a time."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from playfast.localstore import corpus, tokens
from playfast.localstore.page.comments import page
from playfast.localstore.weeks import app_in

from .calls import GATEWAY_ERROR, NOT_FOUND_ERROR, NOTHING, Answer, Storefront

_MOST = 4_000
_APP = 7


class Wanted(NamedTuple):
    """What a call asks for; ``empty`` is what it gets for an app that is not there."""

    app_id: str
    sort: int
    rows: int
    token: str | None
    score: int | None
    device: int | None
    older: bool


def understand(arguments: str) -> Wanted | None:
    """Read the arguments of a call of today."""
    return _read(arguments, older=False)


def understand_older(arguments: str) -> Wanted | None:
    """Read the arguments of a call of the older kind, which have one more place in front."""
    return _read(arguments, older=True)


def _read(arguments: str, *, older: bool) -> Wanted | None:
    try:
        wish: Any = orjson.loads(arguments)
        how, (app_id, kind) = wish[2 if older else 1], wish[3 if older else 2]
        page_of = how[2]
        options = (how[4] if len(how) > 4 else None) or []  # noqa: PLR2004 - the filters' place
        rows, token = page_of[0], page_of[2] if len(page_of) > 2 else None  # noqa: PLR2004 - the token's place
        score = options[1] if len(options) > 1 else None
        device = options[8] if len(options) > 8 else None  # noqa: PLR2004 - the device's place
        sort = how[1] or corpus.HELPFUL
    except (LookupError, TypeError, ValueError):
        return None
    numbers = all(value is None or type(value) is int for value in (score, device)) and type(rows) is int
    if kind != _APP or not isinstance(app_id, str) or sort not in (1, 2, 3) or not numbers or rows < 1:
        return None
    return Wanted(app_id, sort, rows, token, score, device, older)


def answer(wanted: Wanted, front: Storefront) -> Answer:
    """A page of reviews in the language of the storefront; its country plays no part."""
    app = app_in(wanted.app_id, front.seed, front.week)
    if app.listing == "gone":
        return Answer([]) if wanted.older else NOTHING
    if wanted.rows > _MOST:
        return Answer(error=GATEWAY_ERROR)
    lang = corpus.spoken(front.hl)
    begin = 0
    if wanted.token is not None:
        asked = [wanted.app_id, lang, wanted.sort, wanted.score, wanted.device]
        values = tokens.opened("reviews", front.generation, wanted.token)
        if values is None or values[:-1] != asked:
            return Answer(error=NOT_FOUND_ERROR)
        begin = values[-1]
    made = page(
        app,
        lang,
        range(begin, begin + wanted.rows),
        wanted.sort,
        score=wanted.score,
        device=wanted.device,
        generation=front.generation,
        words=front.words,
    )
    return Answer(made)
