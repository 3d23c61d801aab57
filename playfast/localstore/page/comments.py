"""The block of first reviews (oCPfdb): twenty rows in the shape that the reviews' own RPC has too."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from playfast.localstore.catalogue import App
from playfast.localstore.chance import Chance, Weighted
from playfast.localstore.languages import language
from playfast.localstore.media import address
from playfast.localstore.record.parts import picture
from playfast.localstore.record.view import View
from playfast.localstore.texts import review as text_of
from playfast.localstore.words import phrases

_STARS = Weighted((0.2, 1), (0.08, 2), (0.1, 3), (0.17, 4), (0.45, 5))
_ROWS = 20
_NEWEST = 1_783_000_000
_CRITERIA = (
    "vaf_games_offline_v1",
    "vaf_games_rating_controls",
    "vaf_games_rating_gameplay",
    "vaf_never_display_1",
)
_KEEP: list[Any] = [[None, [[1800], None, [72000]]]]


def row(app: App, number: int, lang: str, *, words: bool) -> list[Any]:
    """Review number k of an app in a language: 17 places."""
    chance = Chance(app.seed, app.app_id, "review", lang, number)
    key = chance.stream("key", 16).hex()
    name = f"Reviewer {1 + chance.number('name') % 9_999}"
    face = picture(address(chance, "face", 60).replace(".com/", ".com/a-/"))
    when = _NEWEST - int(60_000_000 * chance.unit("when") ** 2)
    stars = chance.pick_weighted("stars", _STARS)
    node: list[Any] = [None] * 17
    node[0] = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
    node[1] = [name, face]
    node[2] = stars
    node[4] = text_of(chance, lang)
    node[5] = [when, chance.between("ms", 0, 999) * 1_000_000]
    node[6] = chance.between("thumbs", 0, 4_000) if chance.happens("liked", 0.5) else 0
    if chance.happens("answered", 0.25):
        node[7] = [app.developer.name, language(lang).say("reply"), [when + 86_400, 340_000_000]]
    node[9] = [
        "9" + f"{chance.number('account'):020}"[:20],
        name,
        None,
        [face, True if words else 1],
        picture(address(chance, "back", 80)),
    ]
    node[10] = (
        f"{chance.between('v1', 1, 20)}.{chance.between('v2', 0, 60)}.{chance.between('v3', 0, 9)}"
        if chance.happens("told", 0.8)
        else None
    )
    if chance.happens("criteria", 0.4):
        node[12] = [
            [
                [found, [1 + chance.number(found) % 3]]
                for found in chance.pick_some("criteria kinds", _CRITERIA, 2)
            ]
        ]
    if chance.happens("edited", 0.1):
        node[14] = [True, False] if words else [1, 0]
    if chance.happens("titled", 0.02):
        node[3] = chance.pick("title", phrases("en"))
    node[16] = 1
    return node


def first_reviews(view: View) -> list[Any]:
    """Twenty reviews (fewer where fewer were written) and the token for the next; nothing but the time to keep it when there are none."""
    written = view.app.reviews(view.country.code) or 0
    if not written:
        return [None, None, _KEEP]
    code = view.lang.code
    rows = [row(view.app, number, code, words=view.words) for number in range(min(_ROWS, written))]
    token = (
        urlsafe_b64encode(Chance("token", view.app.app_id).stream("next", 180)).decode()
        if written > _ROWS
        else None
    )
    return [rows, [None, token], _KEEP] if token else [rows, None, _KEEP]
