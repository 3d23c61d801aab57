"""Cards: an app in a list. Lists of later pages are made of the same."""

from __future__ import annotations

from typing import Any

from playfast.localstore.chance import Chance
from playfast.localstore.media import tokens
from playfast.localstore.record import listing, offer, tags
from playfast.localstore.record.parts import html, icon, image, link
from playfast.localstore.record.view import View

_LAST = 33


def card(view: View) -> list[Any]:
    """The card of an app: 30 places, or 34 for those in the store's pass."""
    app = view.app
    ratings = app.ratings
    node: list[Any] = [None] * 30
    node[0] = [app.app_id, 7]
    node[1] = icon(app.icon)
    node[2] = [image(shot) for shot in app.screenshots[:8]]
    node[3] = app.title
    node[4] = [view.lang.decimal(ratings.score), ratings.score] if ratings else None
    node[5] = app.category.name_in(view.lang.code)
    node[8] = offer.offer_node(view)
    node[9] = []
    node[10] = link(f"/store/apps/details?id={app.app_id}")
    node[11] = ["qgJM" + tokens(Chance("card", app.app_id), "token", 96) + "=="]
    if app.video:
        node[12] = [
            [
                [None, None, app.video.youtube_id, [None, None, app.video.url]],
                None,
                1,
                [None, None, None, [None, None, app.video.thumbnail]],
            ]
        ]
    node[13] = html(app.description(view.hl))
    node[14] = app.developer.name
    node[15] = None if app.min_installs is None else view.lang.at_least(app.min_installs)
    node[17] = ""
    node[22] = app.header and image(app.header)
    node[24] = tags.content_rating(view)
    node[25] = offer.offer(view)
    node[26] = listing.availability(view)
    node[28] = listing.install_state(view)
    node[29] = offer.items(view)
    if app.in_play_pass:
        node += [None] * (_LAST - len(node)) + [listing.play_pass(view)]
    return node


def older_card(view: View) -> list[Any]:
    """The card of an app where a list goes on: an older layout with less in it."""
    app = view.app
    ratings = app.ratings
    node: list[Any] = [None] * 13
    node[1] = [None, [icon(app.icon)]]
    node[2] = app.title
    node[4] = [[[app.developer.name, link(app.developer.path)]], [None, [None, html(app.summary(view.hl))]]]
    if ratings:
        node[6] = [[None, None, [None, [view.lang.decimal(ratings.score), ratings.score]]]]
    price = offer.offer_node(view)
    if price is not None:
        amount = price[1][0]
        # Those who read this layout take an app for free where no text says what it costs; an empty one would be no number to them.
        node[7] = [[None, None, None, [None, None, [None, [amount if amount[2] else amount[:2]]]]]]
    node[9] = link(f"/store/apps/details?id={app.app_id}")
    node[12] = [app.app_id, 7]
    return node
