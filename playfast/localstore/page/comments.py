"""Rows of reviews, and the block of first ones (oCPfdb) that a page has."""

from __future__ import annotations

from typing import Any

from playfast.localstore import corpus, tokens
from playfast.localstore.catalogue import App
from playfast.localstore.languages import language
from playfast.localstore.media import address
from playfast.localstore.record.parts import picture
from playfast.localstore.record.view import View
from playfast.localstore.texts import review as text_of
from playfast.localstore.words import phrases

_ROWS = 20
_CRITERIA = (
    "vaf_games_offline_v1",
    "vaf_games_rating_controls",
    "vaf_games_rating_gameplay",
    "vaf_never_display_1",
)
#: How long an answer may be kept.
KEEP: list[Any] = [[None, [[1800], None, [72000]]]]


def row(app: App, number: int, lang: str, *, words: bool) -> list[Any]:
    """Review number k of an app in a language: 17 places."""
    chance = corpus.chance_of(app, lang, number)
    key = chance.stream("key", 16).hex()
    name = f"Reviewer {1 + chance.number('name') % 9_999}"
    face = picture(address(chance, "face", 60).replace(".com/", ".com/a-/"))
    when, nanoseconds = corpus.moment(app, lang, number)
    node: list[Any] = [None] * 17
    node[0] = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
    node[1] = [name, face]
    node[2] = corpus.stars(app, lang, number)
    node[4] = text_of(chance, lang)
    node[5] = [when, nanoseconds]
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
    """The first reviews that a page shows."""
    lang = corpus.spoken(view.hl)
    return page(view.app, lang, range(_ROWS), corpus.HELPFUL, words=view.words)


def page(
    app: App,
    lang: str,
    places: range,
    sort: int,
    *,
    score: int | None = None,
    device: int | None = None,
    generation: int = 0,
    words: bool,
) -> list[Any]:
    """The rows at some places of an order, and the token for the next; nothing but the time to keep it where there are none."""
    shown = corpus.order(app, lang, sort, score, device)
    rows = [row(app, number, lang, words=words) for number in shown[places.start : places.stop]]
    if not rows:
        return [None, None, KEEP]
    begin: int | None = places.stop if places.stop < len(shown) else None
    habit = corpus.habit(app)
    if begin is None and habit == "loops":
        begin = 0
    if places.start and habit == "stuck":
        begin = places.start
    if begin is None:
        return [rows, None, KEEP]
    token = tokens.seal("reviews", generation, app.app_id, lang, sort, score, device, begin)
    return [rows, [None, token], KEEP]
